/* SPDX-License-Identifier: MIT */
/* inquiry.h - a query of the ledger */
#ifndef ALMANAC_INQUIRY_H
#define ALMANAC_INQUIRY_H

#include "catalogue.h"
#include "ledger_history.h"

struct inquiry {
    struct ledger *ledger;
    const struct catalogue *catalogue;
    const char *const *figures; /* names; none: the whole catalogue */
    size_t figure_count;
    const struct label *labels; /* labels that a series must have */
    size_t label_count;
    int64_t known_by; /* see ledger_history.h */
    bool history;     /* every vintage, not only those in force */
    bool within;      /* see ledger_history.h */
    int64_t from, until;
    bool updated;           /* only what was recorded after recorded_after */
    int64_t recorded_after; /* seconds */
    size_t first, last; /* per series, at most this many of the earliest or latest matching periods;
                           0: all; not both */
    bool (*goes_on)(void *owner); /* asked before each series; false: abort. NULL: do not */
    void *owner;
};

/* Whether the catalogue has these figures, and each figure (with no figures given: any figure) has
 * these labels. 0, or -1 with a fault that names the first that is missing. */
int inquiry_check(const struct inquiry *inquiry, struct fault *fault);

/* Reads "stage=built" as the next of the labels: the name lives in the arena, the value is borrowed
 * from the text. -1 with a fault, also if a label has the name already. */
int inquiry_read_label(const char *text, struct label *labels, size_t *count, struct arena *arena,
                       struct fault *fault);

/* known_by becomes the last second of the day, or of a longer period. */
int inquiry_read_as_of(const char *text, int64_t *known_by, struct fault *fault);
/* The same for a command's --as-of; NULL, if it is not given, changes nothing. */
int inquiry_read_as_of_flag(const char *text, struct inquiry *inquiry, struct fault *fault);

bool inquiry_asks_for(const struct inquiry *inquiry, const char *figure);

#endif
