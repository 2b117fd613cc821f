/* SPDX-License-Identifier: MIT */
/* dataflow.h - an SDMX dataflow, and the meaning of its dimensions and attributes */
#ifndef ALMANAC_DATAFLOW_H
#define ALMANAC_DATAFLOW_H

#include "glossary.h"

struct dataflow {
    const char *id;               /* "ESTAT:NAMQ(1.0)"; NULL: any */
    const char *figure;           /* the figure of every row; NULL: each row names it */
    size_t figure_line;           /* in the configuration, as the terms have theirs */
    const char *figure_dimension; /* the dimension that names the figure; NULL: FIGURE */
    struct glossary figures; /* code to figure; "": ignored; without terms the code is the figure */
    struct glossary columns; /* dimension or attribute to field or label; "": ignored */
    struct glossary fixed;   /* dimension or attribute to its value in every row */
};

#endif
