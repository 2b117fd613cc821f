/* SPDX-License-Identifier: MIT */
/* decode.c - decodes deliveries into observations, with one decoder per format */
#include "decode.h"

#include "../almanac/text.h"
#include "../almanac/utf8.h"
#include "charset.h"

#include <string.h>

static decoder *const decoders[FORMS] = {
    [FORM_JSON] = decode_json,       [FORM_CSV] = decode_csv,   [FORM_SDMX_CSV] = decode_sdmx_csv,
    [FORM_METRICS] = decode_metrics, [FORM_TEXT] = decode_text,
};

/* What is handed over for a text by mistake, by its first bytes. */
static const struct {
    const char *begins, *words;
} others[] = {
    { "PK\x03\x04", "is a ZIP archive, like a workbook (.xlsx, .ods); expected text, like a sheet "
                    "of it saved as CSV" },
    { "\xD0\xCF\x11\xE0", "is a workbook or document of an old Office (.xls, .doc); expected text, "
                          "like a sheet of it saved as CSV" },
    { "%PDF-", "is a PDF; expected text" },
    { "\x1F\x8B", "is compressed by gzip; expected it unpacked" },
};

bool decode_may_be_text(const char *bytes, size_t size, struct batch *batch)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        size_t length = strlen(others[i].begins);
        if (size >= length && memcmp(bytes, others[i].begins, length) == 0)
            return batch_refuse_at(batch, REFUSED_DOCUMENT, 0, 0, "%s", others[i].words);
    }
    return true;
}

void decode_delivery(const char *bytes, size_t size, struct batch *batch)
{
    if (decode_may_be_text(bytes, size, batch))
        decoders[batch->form->format](bytes, size, batch);
}

struct advice {
    const char *other, *utf16; /* how to have another encoding read, and this one */
};

static const struct advice *advice_of(const struct batch *batch)
{
    static const struct advice advices[] = {
        [ADVISE_NOTHING] = { "", "" },
        [ADVISE_SOURCE] = { ", or 'import --source' with a source whose 'encoding' is another",
                            ", or 'import --source' with a source of 'encoding: utf-16'" },
        [ADVISE_KEY] = { ", or the source's 'encoding' to name another",
                         ", or the source's 'encoding: utf-16'" },
    };
    enum form_format format = batch->form->format;
    bool has_key = format == FORM_CSV || format == FORM_TEXT;
    return &advices[has_key ? batch->advice : ADVISE_NOTHING];
}

/* What an encoding has its ASCII characters in: one byte, or two of which the other is zero. */
struct unit {
    size_t size, low; /* low: the index of the byte that is not zero */
};

static struct unit unit_of(const char *encoding, const char *bytes, size_t size)
{
    if (strcmp(encoding, "UTF-16") != 0)
        return (struct unit){ 1, 0 };
    return (struct unit){ 2, charset_is_big_endian(bytes, size) };
}

static bool unit_is(struct unit unit, const char *at, char ascii)
{
    return at[unit.low] == ascii && (unit.size == 1 || at[1 - unit.low] == '\0');
}

/* size if there is none. */
static size_t find_nul(struct unit unit, const char *bytes, size_t size)
{
    for (size_t i = 0; i + unit.size <= size; i += unit.size)
        if (unit_is(unit, bytes + i, '\0'))
            return i;
    return size;
}

/* Always false. */
static bool refuse_byte(const char *encoding, const char *bytes, size_t bad, bool nul,
                        struct batch *batch)
{
    struct unit unit = unit_of(encoding, bytes, bad);
    size_t line = 1, begin = 0;
    for (size_t i = 0; i + unit.size <= bad; i += unit.size) {
        if (unit_is(unit, bytes + i, '\n')) {
            line++;
            begin = i + unit.size;
        }
    }
    if (nul)
        return batch_refuse_at(batch, REFUSED_DOCUMENT, line, 0,
                               "byte %zu of the line is NUL; expected text", bad - begin + 1);
    return batch_refuse_at(batch, REFUSED_DOCUMENT, line, 0,
                           "byte %zu of the line (0x%02X) is not %s; expected %s throughout%s",
                           bad - begin + 1, (unsigned char)bytes[bad], encoding, encoding,
                           strcmp(encoding, "UTF-8") == 0 ? advice_of(batch)->other : "");
}

/* Whether the bytes have no mark of UTF-16; if they do, refuses them. */
static bool is_unmarked(const char *encoding, const char *bytes, size_t size, struct batch *batch)
{
    return !charset_has_utf16_mark(bytes, size) ||
           batch_refuse_at(batch, REFUSED_DOCUMENT, 1, 0,
                           "is UTF-16, by its byte order mark; expected %s throughout%s", encoding,
                           advice_of(batch)->utf16);
}

bool decode_is_text(const char **bytes, size_t *size, struct batch *batch)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t valid = utf8_until(*bytes, *size);
    if (!is_unmarked("UTF-8", *bytes, *size, batch))
        return false;
    if (valid < *size)
        return refuse_byte("UTF-8", *bytes, valid, (*bytes)[valid] == '\0', batch);
    if (*size >= 3 && memcmp(*bytes, mark, 3) == 0) {
        *bytes += 3;
        *size -= 3;
    }
    return *size > 0 ||
           batch_refuse_at(batch, REFUSED_DOCUMENT, 0, 0, "is empty; expected observations");
}

/* Whether the bytes could be appended to the text as UTF-8; if not, refuses them. */
static bool convert(const char *encoding, const char *bytes, size_t size, struct text *text,
                    struct batch *batch)
{
    struct fault fault = { 0 };
    size_t nul = find_nul(unit_of(encoding, bytes, size), bytes, size);
    text_put(text, "");
    if (strcmp(encoding, "UTF-16") != 0 && !is_unmarked(encoding, bytes, size, batch))
        return false;
    if (charset_is_utf8(encoding, bytes, size))
        return batch_refuse_at(
            batch, REFUSED_DOCUMENT, 1, 0,
            "is UTF-8; expected %s throughout, or the source's 'encoding: utf-8'", encoding);
    ssize_t valid = charset_to_utf8(encoding, bytes, size, text, &fault);
    if (valid < 0)
        return batch_refuse_at(batch, REFUSED_DOCUMENT, 0, 0, "%s", fault.text);
    if (nul < (size_t)valid)
        return refuse_byte(encoding, bytes, nul, true, batch);
    return (size_t)valid == size || refuse_byte(encoding, bytes, (size_t)valid, false, batch);
}

void decode_from(const char *encoding, decoder *decode, const char *bytes, size_t size,
                 struct batch *batch)
{
    struct text text = { 0 };
    if (encoding == NULL)
        decode(bytes, size, batch);
    else if (convert(encoding, bytes, size, &text, batch))
        decode(text.bytes, text.size, batch);
    text_free(&text);
}
