/* SPDX-License-Identifier: MIT */
/* published.c - published text in a reduced form for searching, with the original places */
#include "published.h"

#include "../almanac/arena.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MILE = 1024 };

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

static void walk(struct milestone *place, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        place->column += ((unsigned char)bytes[i] & 0xC0) != 0x80;
        if (bytes[i] == '\n') {
            place->line++;
            place->column = 1;
        }
    }
}

static struct milestone *set_milestones(const char *bytes, size_t size)
{
    struct milestone *milestones = array_new(size / MILE + 1, sizeof *milestones);
    milestones[0] = (struct milestone){ 1, 1 };
    for (size_t i = 1; i <= size / MILE; i++) {
        milestones[i] = milestones[i - 1];
        walk(&milestones[i], bytes + (i - 1) * MILE, MILE);
    }
    return milestones;
}

int published_read(struct published *published, const char *bytes, size_t size, bool html,
                   struct fault *fault)
{
    *published = (struct published){ .bytes = bytes };
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
    published->search = (struct pattern_search){ text->bytes, text->size, PUBLISHED_EFFORT, NULL };
    published->milestones = set_milestones(bytes, size);
    return 0;
}

void published_free(struct published *published)
{
    reduced_free(&published->reduced);
    free(published->milestones);
}

size_t published_place(const struct published *published, size_t at, char place[PUBLISHED_PLACE])
{
    size_t from = reduced_origin(&published->reduced, at), mile = from / MILE;
    struct milestone here = published->milestones[mile];
    walk(&here, published->bytes + mile * MILE, from - mile * MILE);
    snprintf(place, PUBLISHED_PLACE, ":%zu:%zu", here.line, here.column);
    return here.line;
}
