/* SPDX-License-Identifier: MIT */
/* inquiry.h - what is asked of the ledger, and the walk that answers it */
#ifndef ALMANAC_INQUIRY_H
#define ALMANAC_INQUIRY_H

#include "catalogue.h"
#include "format.h"
#include "ledger_history.h"

struct inquiry {
    struct ledger *ledger;
    const struct catalogue *catalogue;
    const char *const *figures; /* names; none: all of the catalogue */
    size_t figure_count;
    const struct label *labels; /* those that a series must have */
    size_t label_count;
    int64_t known_by; /* as of ledger_history.h */
    bool history;     /* every vintage; otherwise those in force */
    bool within;      /* as of ledger_history.h */
    int64_t from, until;
    int64_t recorded_after; /* seconds: only what reached the ledger behind that */
    size_t first, last;     /* of each series at most so many periods of those that are left, the
                               earliest or the latest; 0: all. Not both */
};

/* Whether the catalogue has these figures, and each of them (without figures: any of all) these
 * labels. 0, or -1 with a fault that names the first it does not have. */
int inquiry_check(const struct inquiry *inquiry, struct fault *fault);

bool inquiry_asks_for(const struct inquiry *inquiry, const char *figure);

/* Hands all that answers to the writer, of one moment of the ledger: by figure, labels, period and
 * order of record. A format that wants the vintages in force gets no others. *undeclared becomes
 * how many series are left out because the catalogue does not have their figure. 0, or -1 with a
 * fault. */
int inquiry_answer(const struct inquiry *inquiry, const struct format *format,
                   struct writer *writer, size_t *undeclared, struct fault *fault);

#endif
