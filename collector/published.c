/* SPDX-License-Identifier: MIT */
/* published.c - a published text, reduced to be searched, with the places it was made of */
#include "published.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool begins_as_html(const char *bytes, size_t size)
{
    static const char *const beginnings[] = { "<!doctype html", "<html", "<head", "<body" };
    while (size > 0 && isspace((unsigned char)*bytes)) {
        bytes++;
        size--;
    }
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (size >= strlen(beginnings[i]) &&
            strncasecmp(bytes, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

int published_read(struct published *published, const char *bytes, size_t size, bool html,
                   struct fault *fault)
{
    *published = (struct published){ .bytes = bytes, .line = 1 };
    struct text *text = &published->reduced.text;
    if (!html && begins_as_html(bytes, size))
        return fault_set(fault, "is HTML; expected plain text, or 'html: true' with the rules");
    text->limit = PUBLISHED_BYTES;
    if (html)
        reduce_html(bytes, size, &published->reduced);
    else
        reduce_plain(bytes, size, &published->reduced);
    if (text_failed(text))
        return fault_set(fault, "is too long; expected at most %d bytes of text", PUBLISHED_BYTES);
    published->search = (struct pattern_search){ text->bytes, text->size, PUBLISHED_EFFORT };
    return 0;
}

void published_free(struct published *published)
{
    reduced_free(&published->reduced);
}

size_t published_place(struct published *published, size_t at, char place[PUBLISHED_PLACE])
{
    size_t from = reduced_origin(&published->reduced, at), column = 1;
    const char *end;
    if (from < published->at) {
        published->at = 0;
        published->line = 1;
    }
    while ((end = memchr(published->bytes + published->at, '\n', from - published->at)) != NULL) {
        published->at = (size_t)(end + 1 - published->bytes);
        published->line++;
    }
    for (size_t i = published->at; i < from; i++)
        column += ((unsigned char)published->bytes[i] & 0xC0) != 0x80;
    snprintf(place, PUBLISHED_PLACE, ":%zu:%zu", published->line, column);
    return published->line;
}
