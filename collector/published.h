/* SPDX-License-Identifier: MIT */
/* published.h - a published text, reduced to be searched, with the places it was made of */
#ifndef COLLECTOR_PUBLISHED_H
#define COLLECTOR_PUBLISHED_H

#include "../almanac/fault.h"
#include "../almanac/pattern.h"
#include "reduce.h"

enum {
    PUBLISHED_BYTES = 8 << 20,        /* of the reduced text, at most */
    PUBLISHED_EFFORT = 300 * 1000000, /* what all searches in a text may cost together, */
    PUBLISHED_MATCHES = 100000,       /* and find */
    PUBLISHED_PLACE = 48,
};

struct milestone {
    size_t line, column;
};

struct published {
    const char *bytes; /* borrowed */
    struct reduced reduced;
    struct pattern_search search;
    size_t matches;               /* that were found so far */
    struct milestone *milestones; /* where every so many bytes of the original are */
};

/* The bytes are UTF-8. 0, or -1 with a fault; published_free either way. */
int published_read(struct published *published, const char *bytes, size_t size, bool html,
                   struct fault *fault);
void published_free(struct published *published);

/* ":LINE:COLUMN" of a byte of the reduced text, in the original, and the line. It costs the same
 * wherever that is. */
size_t published_place(const struct published *published, size_t at, char place[PUBLISHED_PLACE]);

#endif
