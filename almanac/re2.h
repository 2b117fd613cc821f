/* SPDX-License-Identifier: MIT */
/* re2.h - translates RE2's regular expressions, as in Go, to PCRE2's */
#ifndef ALMANAC_RE2_H
#define ALMANAC_RE2_H

#include "fault.h"
#include "text.h"

enum {
    RE2_REPEATS = 1000, /* the largest repeat count in {} */
    RE2_WIDE_RANGES = 64,
};

/* The translated expression. Zero-initialise; the caller frees pcre. */
struct re2 {
    struct text pcre;
    size_t longest_class; /* bytes; PCRE2's work per character grows with it */
};

/* Translates the UTF-8 text from RE2 (github.com/google/re2, "Syntax") to PCRE2; compile the result
 * without PCRE2_UCP and with PCRE2_DOLLAR_ENDONLY. It contains callouts, so that PCRE2 does little
 * work between two callouts, or between two steps that it counts itself. 0, or -1 with a fault that
 * says what RE2 does not support, or that (?i) applies to more than RE2_WIDE_RANGES wide ranges,
 * which are slow in PCRE2; PCRE2 reports all other errors. */
int re2_translate(const char *text, struct re2 *re2, struct fault *fault);

#endif
