/* SPDX-License-Identifier: MIT */
/* decode.c - decodes deliveries into observations, with one decoder per format */
#include "decode.h"

#include "charset.h"

#include <string.h>

static decoder *const decoders[FORMS] = {
    [FORM_JSON] = decode_json,       [FORM_CSV] = decode_csv,   [FORM_SDMX_CSV] = decode_sdmx_csv,
    [FORM_METRICS] = decode_metrics, [FORM_TEXT] = decode_text,
};

void decode_delivery(const char *bytes, size_t size, struct batch *batch)
{
    decoders[batch->form->format](bytes, size, batch);
}

/* Suggests an encoding, which the source's configuration may set. */
static const char *other_encoding(const struct batch *batch, const char *encoding)
{
    enum form_format format = batch->form->format;
    bool may = batch->configured && (format == FORM_CSV || format == FORM_TEXT);
    return may && strcmp(encoding, "UTF-8") == 0 ? ", or the source's 'encoding' to name another"
                                                 : "";
}

static void refuse_byte(const char *encoding, const char *bytes, size_t bad, struct batch *batch)
{
    size_t line = 1, begin = 0;
    for (size_t i = 0; i < bad; i++) {
        if (bytes[i] == '\n') {
            line++;
            begin = i + 1;
        }
    }
    struct fault fault = { 0 };
    if (bytes[bad] == '\0')
        fault_set(&fault, "byte %zu of the line is NUL; expected text", bad - begin + 1);
    else
        fault_set(&fault, "byte %zu of the line (0x%02X) is not %s; expected %s throughout%s",
                  bad - begin + 1, (unsigned char)bytes[bad], encoding, encoding,
                  other_encoding(batch, encoding));
    batch_refuse_at(batch, REFUSED_DOCUMENT, line, 0, fault.text);
}

bool decode_is_text(const char **bytes, size_t *size, struct batch *batch)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t valid = text_utf8_until(*bytes, *size);
    if (valid < *size) {
        refuse_byte("UTF-8", *bytes, valid, batch);
        return false;
    }
    if (*size >= 3 && memcmp(*bytes, mark, 3) == 0) {
        *bytes += 3;
        *size -= 3;
    }
    if (*size == 0)
        batch_refuse(batch, REFUSED_DOCUMENT, "", "is empty; expected observations");
    return *size > 0;
}

bool decode_to_utf8(const char *encoding, const char *bytes, size_t size, struct text *text,
                    struct batch *batch)
{
    struct fault fault = { 0 };
    size_t valid = 0;
    const char *nul = memchr(bytes, '\0', size);
    text_put(text, "");
    if (charset_to_utf8(encoding, bytes, size, text, &valid, &fault) != 0)
        batch_refuse(batch, REFUSED_DOCUMENT, "", fault.text);
    else if (nul != NULL && (size_t)(nul - bytes) < valid)
        refuse_byte(encoding, bytes, (size_t)(nul - bytes), batch);
    else if (valid < size)
        refuse_byte(encoding, bytes, valid, batch);
    return batch->refused == 0;
}
