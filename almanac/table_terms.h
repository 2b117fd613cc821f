/* SPDX-License-Identifier: MIT */
/* table_terms.h - the words of a source's table in ours, and what the table does not say */
#ifndef ALMANAC_TABLE_TERMS_H
#define ALMANAC_TABLE_TERMS_H

#include "glossary.h"

/* A column whose cells say a field or label in words of their own; the same column may say several.
 */
struct coded_column {
    const char *header, *says;
    struct glossary codes; /* every text of its cells to what it says; "": nothing */
    size_t line;           /* in the configuration, of what it says */
};

/* Each field or label is said once, by a column, a coded one or a constant. */
struct table_terms {
    struct glossary columns; /* header (of SDMX: component) to field or label; "": ignored */
    struct coded_column *coded;
    size_t coded_count;
    struct glossary constants; /* field or label to its value in every row */
    struct glossary statuses;  /* the source's code of a status to obs_status */
    struct glossary missing;   /* placeholder to the status that says why; "": no report */
};

#endif
