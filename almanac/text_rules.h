/* SPDX-License-Identifier: MIT */
/* text_rules.h - the rules that find a source's values in published text */
#ifndef ALMANAC_TEXT_RULES_H
#define ALMANAC_TEXT_RULES_H

#include "catalogue.h"

#include <stdbool.h>

/* A sample text, and the result that the rule must give for it. */
struct text_example {
    size_t line; /* of its declaration */
    const char *text;
    bool gives_nothing;
    const char *fields[REPORT_FIELDS]; /* NULL: not stated */
    const struct label *labels;
    size_t label_count;
};

/* Each match of the pattern is an observation. The pattern's groups give what varies between
 * matches, fields and labels give what is constant. */
struct text_rule {
    const char *name;
    const char *path; /* the file that declares it; below, the lines for complaints */
    size_t line, match_line, period_line, year_line;
    const char *match;     /* a PCRE2 pattern */
    const char *period_of; /* a pattern that finds the period elsewhere in the text; NULL: none */
    const char *year_of;   /* one that finds the year of periods in words without one; NULL: none */
    int64_t least, most;   /* number of matches */
    const char *fields[REPORT_FIELDS];
    const struct label *labels;
    size_t label_count;
    const struct text_example *examples;
    size_t example_count;
};

struct text_rules {
    bool html;
    const char *encoding;  /* as charset.h names it; NULL: UTF-8 */
    const char *reference; /* default for rules without one */
    const struct text_rule *rules;
    size_t count;
};

#endif
