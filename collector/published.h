/* SPDX-License-Identifier: MIT */
/* published.h - a published text, reduced to be searched, with the places it was made of */
#ifndef COLLECTOR_PUBLISHED_H
#define COLLECTOR_PUBLISHED_H

#include "../almanac/fault.h"
#include "../almanac/pattern.h"
#include "reduce.h"

enum {
    PUBLISHED_BYTES = 8 << 20,         /* of the reduced text, at most */
    PUBLISHED_EFFORT = 1000 * 1000000, /* what all searches in a text may cost together */
    PUBLISHED_PLACE = 48,
};

struct published {
    const char *bytes; /* borrowed */
    struct reduced reduced;
    struct pattern_search search;
    size_t line, at; /* of the place asked for last: the line, and where it begins */
};

/* The bytes are UTF-8. 0, or -1 with a fault; published_free either way. */
int published_read(struct published *published, const char *bytes, size_t size, bool html,
                   struct fault *fault);
void published_free(struct published *published);

/* ":LINE:COLUMN" of a byte of the reduced text, in the original, and the line. */
size_t published_place(struct published *published, size_t at, char place[PUBLISHED_PLACE]);

#endif
