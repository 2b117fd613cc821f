/* SPDX-License-Identifier: MIT */
/* published.h - published text in a reduced form for searching, with the original places */
#ifndef COLLECTOR_PUBLISHED_H
#define COLLECTOR_PUBLISHED_H

#include "../almanac/fault.h"
#include "../almanac/pattern.h"
#include "reduce.h"

enum {
    PUBLISHED_BYTES = 8 << 20,        /* maximum of the reduced text */
    PUBLISHED_EFFORT = 300 * 1000000, /* limits of all searches in a text together: effort */
    PUBLISHED_MATCHES = 100000,       /* and number of matches */
    PUBLISHED_PLACE = 48,
};

struct milestone {
    size_t line, column;
};

struct published {
    const char *bytes; /* borrowed */
    struct reduced reduced;
    struct pattern_search search;
    size_t matches;               /* found so far */
    struct milestone *milestones; /* at regular intervals of bytes of the original */
};

/* The bytes are UTF-8. 0, or -1 with a fault. Call published_free either way. */
int published_read(struct published *published, const char *bytes, size_t size, bool html,
                   struct fault *fault);
void published_free(struct published *published);

/* Writes ":LINE:COLUMN" in the original of a byte of the reduced text, and returns the line. The
 * cost does not depend on the place. */
size_t published_place(const struct published *published, size_t at, char place[PUBLISHED_PLACE]);

#endif
