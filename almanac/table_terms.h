/* SPDX-License-Identifier: MIT */
/* table_terms.h - the words of a source's table in ours, and what the table does not say */
#ifndef ALMANAC_TABLE_TERMS_H
#define ALMANAC_TABLE_TERMS_H

#include "glossary.h"

/* Each field or label is said once, by a column or a constant. */
struct table_terms {
    struct glossary columns;   /* header (of SDMX: component) to field or label; "": ignored */
    struct glossary constants; /* field or label to its value in every row */
    struct glossary statuses;  /* the source's code of a status to obs_status */
    struct glossary missing;   /* placeholder to the status that says why; "": no report */
};

#endif
