/* SPDX-License-Identifier: MIT */
/* text_rules.h - where in published text the values of a source are */
#ifndef ALMANAC_TEXT_RULES_H
#define ALMANAC_TEXT_RULES_H

#include "catalogue.h"

#include <stdbool.h>

/* A text of the author's, and what the rule makes of it. */
struct text_example {
    size_t line; /* where it is declared */
    const char *text;
    bool gives_nothing;
    const char *fields[REPORT_FIELDS]; /* NULL: not said */
    const struct label *labels;
    size_t label_count;
};

/* Each match of the pattern is an observation. The pattern's groups say what differs from match to
 * match, the fields and labels what does not. */
struct text_rule {
    const char *name;
    const char *path; /* the file that declares it, and the lines of what may be wrong there */
    size_t line, match_line, period_line;
    const char *match;     /* PCRE2's */
    const char *period_of; /* finds the period elsewhere in the text; NULL: none */
    int64_t least, most;   /* matches */
    const char *fields[REPORT_FIELDS];
    const struct label *labels;
    size_t label_count;
    const struct text_example *examples;
    size_t example_count;
};

struct text_rules {
    bool html;
    const char *encoding;  /* as iconv names it; NULL: UTF-8 */
    const char *reference; /* of what is found, where the rule says none */
    const struct text_rule *rules;
    size_t count;
};

#endif
