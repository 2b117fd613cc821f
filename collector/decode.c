/* SPDX-License-Identifier: MIT */
/* decode.c - the table of formats, and what all of them ask of a delivery */
#include "decode.h"

#include "../almanac/text.h"

#include <stdio.h>
#include <string.h>

static decoder *const decoders[FORMS] = {
    [FORM_JSON] = decode_json,
    [FORM_CSV] = decode_csv,
    [FORM_TEXT] = decode_text,
};

void decode_delivery(const char *bytes, size_t size, struct batch *batch)
{
    decoders[batch->form->format](bytes, size, batch);
}

static void refuse_byte(const char *bytes, size_t bad, struct batch *batch)
{
    size_t line = 1, begin = 0;
    for (size_t i = 0; i < bad; i++) {
        if (bytes[i] == '\n') {
            line++;
            begin = i + 1;
        }
    }
    char place[32];
    struct fault fault = { 0 };
    snprintf(place, sizeof place, ":%zu", line);
    if (bytes[bad] == '\0')
        fault_set(&fault, "byte %zu of the line is NUL; expected text", bad - begin + 1);
    else
        fault_set(&fault, "byte %zu of the line (0x%02X) is not UTF-8; expected UTF-8 throughout",
                  bad - begin + 1, (unsigned char)bytes[bad]);
    batch_refuse(batch, place, fault.text);
}

bool decode_is_text(const char **bytes, size_t *size, struct batch *batch)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t valid = text_utf8_until(*bytes, *size);
    if (valid < *size) {
        refuse_byte(*bytes, valid, batch);
        return false;
    }
    if (*size >= 3 && memcmp(*bytes, mark, 3) == 0) {
        *bytes += 3;
        *size -= 3;
    }
    if (*size == 0)
        batch_refuse(batch, "", "is empty; expected observations");
    return *size > 0;
}
