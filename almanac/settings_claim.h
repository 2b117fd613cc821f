/* SPDX-License-Identifier: MIT */
/* settings_claim.h - what a source's configuration says of its rows, whatever their format */
#ifndef ALMANAC_SETTINGS_CLAIM_H
#define ALMANAC_SETTINGS_CLAIM_H

#include "form.h"
#include "table_terms.h"

#include <stdbool.h>
#include <stddef.h>

struct settings_claim {
    const char *part;                 /* the key of the source's mapping: "csv" */
    const struct glossary *figures;   /* the rows are about meanings of these; NULL: about any */
    const struct glossary *columns;   /* whose meanings are fields and labels, or "" */
    const struct glossary *constants; /* whose words are */
    const char *as;                   /* what wide says, a field or label; NULL: there is none */
    size_t as_line;
    const struct glossary *wide;
    bool year_apart;                 /* a period without a year has that of another column */
    const struct table_terms *terms; /* NULL: a page of metrics, whose rows have values */
};

/* false: the format says nothing. */
bool settings_claim_of(const struct form *form, struct settings_claim *claim);

#endif
