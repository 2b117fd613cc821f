/* SPDX-License-Identifier: MIT */
/* dataflow.h - an SDMX dataflow, and what its dimensions and attributes mean */
#ifndef ALMANAC_DATAFLOW_H
#define ALMANAC_DATAFLOW_H

#include "glossary.h"

struct dataflow {
    const char *id;               /* "ESTAT:NAMQ(1.0)"; NULL: any */
    const char *figure;           /* what all of it is about; NULL: each row says it */
    const char *figure_dimension; /* where a row says it; NULL: FIGURE */
    struct glossary figures;      /* its code: the figure, "": it is not read; none: as it is */
    struct glossary columns;      /* a dimension or attribute: field or label; "": it is not read */
    struct glossary fixed;        /* a dimension or attribute: what it is in every row */
};

#endif
