/* SPDX-License-Identifier: MIT */
/* reduce.c - strips layout from published text and keeps track of the original places */
#include "reduce.h"

#include "squeeze.h"

#include <stdlib.h>
#include <string.h>

void reduced_free(struct reduced *reduced)
{
    text_free(&reduced->text);
    free(reduced->origins);
    *reduced = (struct reduced){ 0 };
}

size_t reduced_origin(const struct reduced *reduced, size_t at)
{
    size_t low = 0, high = reduced->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reduced->origins[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    const struct origin *origin = &reduced->origins[low - 1];
    return origin->from + (at - origin->at);
}

enum { DIGITS = 6 }; /* of a page number */

/* The state of reading plain text. */
struct plain {
    struct squeeze squeeze;
    const char *bytes;
    size_t size;
    size_t pages; /* 0: there are no page breaks */
    bool fresh;   /* at the start of a page */
};

/* The text around a page number. */
static const struct {
    const char *text;
    int dashes;
    bool tells; /* enough to identify a page number */
} frames[] = {
    { " ", 0, false },      { "\t", 0, false }, { "\r", 0, false }, { "\xC2\xA0", 0, false },
    { "\u3000", 0, false }, { "-", 1, false },  { "–", 1, false },  { "—", 1, false },
    { "－", 1, false },     { "·", 1, false },  { "/", 0, false },  { "第", 0, true },
    { "共", 0, true },      { "页", 0, true },  { "頁", 0, true },  { "Page", 0, true },
    { "page", 0, true },    { "of", 0, false },
};

static size_t frame_at(const char *at, const char *end, int *dashes, bool *tells)
{
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        size_t length = strlen(frames[i].text);
        if (length > (size_t)(end - at) || memcmp(at, frames[i].text, length) != 0)
            continue;
        *dashes += frames[i].dashes;
        *tells |= frames[i].tells;
        return length;
    }
    return 0;
}

/* "- 3 -", "第3页 共10页", "Page 3 of 10" on any page; "3" and "3/10" up to the number of pages. */
static bool is_page_number(const char *at, const char *end, size_t pages)
{
    size_t numbers = 0, biggest = 0;
    int dashes = 0;
    bool tells = false;
    while (at < end) {
        size_t number = 0, digits = 0;
        for (; at < end && *at >= '0' && *at <= '9' && digits <= DIGITS; digits++)
            number = number * 10 + (size_t)(*at++ - '0');
        if (digits > DIGITS)
            return false;
        if (digits > 0) {
            numbers++;
            biggest = number > biggest ? number : biggest;
            continue;
        }
        size_t length = frame_at(at, end, &dashes, &tells);
        if (length == 0)
            return false;
        at += length;
    }
    return (numbers == 1 || numbers == 2) &&
           (tells || dashes > 1 || (dashes == 0 && biggest <= pages));
}

static bool is_blank(const char *at, const char *end)
{
    while (at < end && strchr(" \t\r", *at) != NULL)
        at++;
    return at == end;
}

static bool ends_page(const struct plain *plain, size_t at)
{
    while (at < plain->size && strchr(" \t\r\n", plain->bytes[at]) != NULL)
        at++;
    return at == plain->size || plain->bytes[at] == '\f';
}

static void read_line(struct plain *plain, size_t begin, size_t end)
{
    const char *from = plain->bytes + begin, *until = plain->bytes + end;
    if (is_blank(from, until))
        return;
    bool edge = plain->pages > 0 && (plain->fresh || ends_page(plain, end));
    plain->fresh = false;
    if (edge && is_page_number(from, until, plain->pages))
        return;
    for (size_t at = begin; at < end;)
        at += squeeze_character(&plain->squeeze, plain->bytes + at, at);
}

static size_t line_end(const struct plain *plain, size_t at)
{
    while (at < plain->size && plain->bytes[at] != '\n' && plain->bytes[at] != '\f')
        at++;
    return at;
}

/* A form feed ends a page or stands between two. */
static size_t count_pages(const char *bytes, size_t size)
{
    size_t pages = 0;
    for (size_t i = 0; i < size; i++)
        pages += bytes[i] == '\f';
    while (size > 0 && strchr(" \t\r\n", bytes[size - 1]) != NULL)
        size--;
    return pages > 0 && bytes[size - 1] != '\f' ? pages + 1 : pages;
}

void reduce_plain(const char *bytes, size_t size, struct reduced *reduced)
{
    struct plain plain = { { .out = reduced }, bytes, size, count_pages(bytes, size), true };
    text_put(&reduced->text, "");
    for (size_t at = 0, end; at < size && !text_failed(&reduced->text); at = end + 1) {
        end = line_end(&plain, at);
        read_line(&plain, at, end);
        if (end < size)
            squeeze_gap(&plain.squeeze, GAP_LINE);
        plain.fresh |= end < size && bytes[end] == '\f';
    }
}
