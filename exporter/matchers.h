/* SPDX-License-Identifier: MIT */
/* matchers.h - Prometheus' matchers, which select series by name and labels */
#ifndef EXPORTER_MATCHERS_H
#define EXPORTER_MATCHERS_H

#include "../almanac/ledger.h"
#include "../almanac/pattern.h"

enum matcher_type { MATCHER_EQUAL, MATCHER_NOT_EQUAL, MATCHER_RE, MATCHER_NOT_RE, MATCHER_TYPES };

/* The figure's name is the value of the label __name__; a label that a series lacks has the empty
 * value. Regular expressions are RE2's and match the whole value. */
struct matcher {
    enum matcher_type type;
    const char *name, *value; /* UTF-8 */
};

struct matchers;

/* Borrows the list and the patience until matchers_free. NULL with a fault that names the
 * matcher. */
struct matchers *matchers_compile(const struct matcher *list, size_t count,
                                  const struct pattern_patience *patience, struct fault *fault);
void matchers_free(struct matchers *matchers);

/* 1: all matchers match the series; 0: one does not; -1 with a fault: one takes too long. */
int matchers_match(const struct matchers *matchers, const struct series *series,
                   struct fault *fault);
/* The same, for a series of this name whose labels are not looked at. */
int matchers_match_name(const struct matchers *matchers, const char *name, struct fault *fault);

#endif
