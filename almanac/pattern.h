/* SPDX-License-Identifier: MIT */
/* pattern.h - regular expressions, RE2's or PCRE2's, with bounded time and memory */
#ifndef ALMANAC_PATTERN_H
#define ALMANAC_PATTERN_H

#include "fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pattern_flavour {
    PATTERN_RE2_ANCHORED, /* RE2's syntax; must match the whole subject */
    PATTERN_PCRE,         /* PCRE2's syntax without \C and back-references; may match anywhere */
};
enum pattern_end {
    PATTERN_MISS,
    PATTERN_HIT,
    PATTERN_LIMIT, /* a limit was reached: the result is unknown */
};

enum {
    PATTERN_LONGEST = 65536,       /* bytes of a pattern */
    PATTERN_MATCH_LIMIT = 1000000, /* steps per start in the subject; fewer with long classes */
    PATTERN_EFFORT = 3000000,      /* per match, counted as in struct pattern_search */
    PATTERN_HEAP_LIMIT = 16384,    /* KiB of memory per match */
    PATTERN_BREATH = 65536,        /* effort between two calls of goes_on */
};

#define PATTERN_UNSET SIZE_MAX

/* The bytes [start, end) of the subject, start <= end; both PATTERN_UNSET if the group took no
 * part. */
struct pattern_span {
    size_t start, end;
};

struct pattern; /* immutable: any number of threads may match with it */

/* The text is UTF-8. NULL with a fault that quotes it: "'a(' is no regular expression: …"; PCRE2's
 * errors add the byte offset. */
struct pattern *pattern_compile(const char *text, enum pattern_flavour flavour,
                                struct fault *fault);
void pattern_free(struct pattern *pattern);

size_t pattern_groups(const struct pattern *pattern); /* the number of capturing groups */
bool pattern_has_group(const struct pattern *pattern, const char *name); /* one or several */
/* The name of the group with this number, from 1; NULL: it has none. */
const char *pattern_group_name(const struct pattern *pattern, size_t group);

/* Lets the caller abort a match: goes_on is called from time to time. */
struct pattern_patience {
    bool (*goes_on)(void *owner); /* false: give up */
    void *owner;
};

/* Whether the subject, valid UTF-8, has a match; patience NULL: never abort. The worst case takes a
 * tenth or two of a second. */
enum pattern_end pattern_match(const struct pattern *pattern,
                               const struct pattern_patience *patience, const char *subject,
                               size_t size);

/* One limit for many searches of a long text: each step costs 1, and so does each byte passed
 * over. */
struct pattern_search {
    const char *subject;
    size_t size;
    int64_t left;                            /* also 0 once patience has ended */
    const struct pattern_patience *patience; /* borrowed; NULL: never abort */
};

/* Finds the leftmost match at or after the byte from, which must begin a character; gives up when
 * nothing is left. spans receives the whole match, then the groups, on a hit; it holds
 * pattern_groups + 1 spans or is NULL. */
enum pattern_end pattern_find(const struct pattern *pattern, struct pattern_search *search,
                              size_t from, struct pattern_span *spans);

#endif
