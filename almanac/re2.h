/* SPDX-License-Identifier: MIT */
/* re2.h - RE2's regular expressions, as Go reads them, put into PCRE2's words */
#ifndef ALMANAC_RE2_H
#define ALMANAC_RE2_H

#include "fault.h"
#include "text.h"

enum { RE2_REPEATS = 1000 }; /* the largest number that may stand in {} */

/* Appends to pcre what matches there as the text does in RE2 (github.com/google/re2, "Syntax"), to
 * be compiled without PCRE2_UCP and with PCRE2_DOLLAR_ENDONLY. The text is UTF-8. 0, or -1 with a
 * fault that says what RE2 does not have; other errors are left for PCRE2 to find. */
int re2_translate(const char *text, struct text *pcre, struct fault *fault);

#endif
