/* SPDX-License-Identifier: MIT */
/* re2.h - RE2's regular expressions, as Go reads them, put into PCRE2's words */
#ifndef ALMANAC_RE2_H
#define ALMANAC_RE2_H

#include "fault.h"
#include "text.h"

enum {
    RE2_REPEATS = 1000, /* the largest number that may stand in {} */
    RE2_WIDE_RANGES = 64,
};

/* What PCRE2 takes for a regular expression. Zero-initialise; pcre is to be freed. */
struct re2 {
    struct text pcre;
    size_t longest_class; /* bytes, with what PCRE2 does for one character growing by them */
};

/* Writes what matches in PCRE2 as the text does in RE2 (github.com/google/re2, "Syntax"), to be
 * compiled without PCRE2_UCP and with PCRE2_DOLLAR_ENDONLY. The text is UTF-8. Callouts stand in it
 * so that between two of them, or two steps of PCRE2's own count, little is done. 0, or -1 with a
 * fault that says what RE2 does not have, or that there are more than RE2_WIDE_RANGES with (?i),
 * each of which takes PCRE2 long; other errors are left for PCRE2 to find. */
int re2_translate(const char *text, struct re2 *re2, struct fault *fault);

#endif
