/* SPDX-License-Identifier: MIT */
/* squeeze.c - joins characters and the gaps between them into paragraphs */
#include "squeeze.h"

#include "../almanac/arena.h"
#include "../almanac/utf8.h"

#include <string.h>

struct range {
    uint32_t first, last;
};

/* White space next to these is removed: Han, kana, full-width forms and their punctuation. */
static const struct range wide[] = {
    { 0x2E80, 0x2FDF }, { 0x3001, 0x30FF },   { 0x31C0, 0x31EF }, { 0x3400, 0x4DBF },
    { 0x4E00, 0x9FFF }, { 0xF900, 0xFAFF },   { 0xFE30, 0xFE4F }, { 0xFF01, 0xFF60 },
    { 0xFFE0, 0xFFE6 }, { 0x20000, 0x3FFFF },
};
static const struct range white[] = {
    { 0x09, 0x0D },     { 0x20, 0x20 },     { 0x85, 0x85 },     { 0xA0, 0xA0 },
    { 0x1680, 0x1680 }, { 0x2000, 0x200A }, { 0x2028, 0x2029 }, { 0x202F, 0x202F },
    { 0x205F, 0x205F }, { 0x3000, 0x3000 },
};
static const struct range unseen[] = {
    { 0x00, 0x1F },     { 0x7F, 0x9F },     { 0xAD, 0xAD },
    { 0x200B, 0x200F }, { 0x2060, 0x2064 }, { 0xFEFF, 0xFEFF },
};
static const struct range small[] = { { 'a', 'z' }, { 0xDF, 0xF6 }, { 0xF8, 0xFF } };

#define IN(ranges, c) is_in(ranges, sizeof(ranges) / sizeof *(ranges), c)

static bool is_in(const struct range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

void squeeze_gap(struct squeeze *squeeze, enum gap gap)
{
    squeeze->lines += gap == GAP_LINE;
    if (gap == GAP_ROW)
        squeeze->cells = 0;
    if (gap > squeeze->gap)
        squeeze->gap = gap;
}

void squeeze_cell(struct squeeze *squeeze)
{
    squeeze->cells++;
}

static bool stops(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ';' || c == ':' || c == 0x3002 || c == 0xFF01 ||
           c == 0xFF1F || c == 0xFF1B || c == 0xFF1A;
}

static bool closes(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D ||
           c == 0x300D || c == 0x300F || c == 0x300B || c == 0xFF09 || c == 0x3011;
}

/* Whether a blank line ends a paragraph: only after a sentence, since there are also blank lines
 * between widely spaced lines and at page breaks. */
static bool ends_paragraph(const struct squeeze *squeeze)
{
    if (squeeze->gap != GAP_LINE || squeeze->lines < 2)
        return squeeze->gap >= GAP_PARAGRAPH;
    return stops(squeeze->last) || (closes(squeeze->last) && stops(squeeze->before));
}

/* sub-\nsidies */
static bool splits_word(const struct squeeze *squeeze, uint32_t next)
{
    return squeeze->gap == GAP_LINE && squeeze->lines == 1 &&
           (squeeze->last == '-' || squeeze->last == 0x2010) && IN(small, squeeze->before) &&
           IN(small, next);
}

static void drop_hyphen(struct squeeze *squeeze)
{
    struct reduced *out = squeeze->out;
    if (text_failed(&out->text))
        return;
    out->text.size -= squeeze->last == '-' ? 1 : 3;
    while (out->count > 0 && out->origins[out->count - 1].at >= out->text.size)
        out->count--;
}

static void close_gap(struct squeeze *squeeze, uint32_t next)
{
    struct text *text = &squeeze->out->text;
    bool joins = squeeze->soft && squeeze->gap == GAP_LINE;
    if (splits_word(squeeze, next))
        drop_hyphen(squeeze);
    else if (squeeze->cells > 0 && squeeze->gap != GAP_ROW)
        ; /* the cell already separates its elements */
    else if (ends_paragraph(squeeze))
        text_put(text, text->size > 0 ? "\n" : "");
    else if (squeeze->gap != GAP_NONE && text->size > 0 && !joins && !IN(wide, squeeze->last) &&
             !IN(wide, next))
        text_char(text, ' ');
    for (; squeeze->cells > 0; squeeze->cells--)
        text_char(text, '\t');
    squeeze->gap = GAP_NONE;
    squeeze->lines = 0;
    squeeze->soft = false;
}

static void put(struct reduced *out, const char *bytes, size_t length, size_t from)
{
    const struct origin *last = out->count > 0 ? &out->origins[out->count - 1] : NULL;
    if (text_failed(&out->text))
        return;
    if (last == NULL || from - last->from != out->text.size - last->at) {
        out->origins =
            array_reserve(out->origins, &out->room, out->count + 1, sizeof *out->origins);
        out->origins[out->count++] = (struct origin){ out->text.size, from };
    }
    text_bytes(&out->text, bytes, length);
}

size_t squeeze_character(struct squeeze *squeeze, const char *bytes, size_t from)
{
    const char *end = bytes;
    uint32_t c = utf8_point(&end);
    size_t length = (size_t)(end - bytes);
    if (IN(white, c)) {
        squeeze_gap(squeeze, GAP_BLANK);
    } else if (IN(unseen, c)) {
        squeeze->soft |= c == 0xAD;
    } else {
        close_gap(squeeze, c);
        put(squeeze->out, bytes, length, from);
        squeeze->before = squeeze->last;
        squeeze->last = c;
    }
    return length;
}
