/* SPDX-License-Identifier: MIT */
/* pattern.h - regular expressions, RE2's or PCRE2's, that end in bounded time and memory */
#ifndef ALMANAC_PATTERN_H
#define ALMANAC_PATTERN_H

#include "fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pattern_flavour {
    PATTERN_RE2_ANCHORED, /* what RE2 has, and it must match all of the subject */
    PATTERN_PCRE,         /* what PCRE2 has but \C and back-references; it may match anywhere */
};
enum pattern_end {
    PATTERN_MISS,
    PATTERN_HIT,
    PATTERN_LIMIT, /* given up: a limit was reached, so nobody knows */
};

enum {
    PATTERN_LONGEST = 65536,       /* bytes of a pattern */
    PATTERN_MATCH_LIMIT = 1000000, /* steps from one place in the subject; long classes: fewer */
    PATTERN_EFFORT = 3000000,      /* of a match, as struct pattern_search counts it */
    PATTERN_HEAP_LIMIT = 16384,    /* KiB that a match may take */
    PATTERN_BREATH = 65536,        /* of effort, from one question whether it goes on to the next */
};

#define PATTERN_UNSET SIZE_MAX

/* The bytes [start, end) of the subject; both PATTERN_UNSET where the group took no part. */
struct pattern_span {
    size_t start, end;
};

struct pattern; /* does not change: any number of threads may match with it */

/* The text is UTF-8. NULL with a fault that quotes it: "'a(' is no regular expression: …", of
 * PCRE2's with the byte at which it goes wrong. */
struct pattern *pattern_compile(const char *text, enum pattern_flavour flavour,
                                struct fault *fault);
void pattern_free(struct pattern *pattern);

size_t pattern_groups(const struct pattern *pattern); /* how many of its parentheses capture */
int pattern_group(const struct pattern *pattern, const char *name); /* its number, or -1 */
/* The name of a group by its number, from 1; NULL: it has none. */
const char *pattern_group_name(const struct pattern *pattern, size_t group);

/* The leftmost match at or behind the byte from, which begins a character. The subject is UTF-8:
 * the caller has checked that. spans, of all that matched and then of the groups, has room for
 * pattern_groups + 1 or is NULL; it is written after a hit. At the worst it takes a tenth of a
 * second or two. */
enum pattern_end pattern_match(const struct pattern *pattern, const char *subject, size_t size,
                               size_t from, struct pattern_span *spans);

/* Whoever matches for somebody who waits is asked now and then. */
struct pattern_patience {
    bool (*goes_on)(void *owner); /* false: it is given up */
    void *owner;
};

/* As pattern_match, from the subject's beginning. */
enum pattern_end pattern_match_while(const struct pattern *pattern,
                                     const struct pattern_patience *patience, const char *subject,
                                     size_t size);

/* Whoever searches a long text many times sets a limit to all of it: each step costs 1, and each
 * byte gone over another. */
struct pattern_search {
    const char *subject;
    size_t size;
    int64_t left;                            /* 0 as well once patience has ended */
    const struct pattern_patience *patience; /* borrowed; NULL: without end */
};

/* As pattern_match, and given up when nothing is left. */
enum pattern_end pattern_find(const struct pattern *pattern, struct pattern_search *search,
                              size_t from, struct pattern_span *spans);

#endif
