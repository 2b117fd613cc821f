/* SPDX-License-Identifier: MIT */
/* dataflow.h - an SDMX dataflow, and the meaning of its dimensions and attributes */
#ifndef ALMANAC_DATAFLOW_H
#define ALMANAC_DATAFLOW_H

#include "table_terms.h"

struct dataflow {
    const char *id;               /* "ESTAT:NAMQ(1.0)"; NULL: any */
    const char *figure_dimension; /* the dimension that names the figure, which a constant may do as
                                     well; NULL: FIGURE */
    struct glossary figures; /* code to figure; "": ignored; without terms the code is the figure */
    struct table_terms terms;
    struct glossary fixed; /* dimension or attribute to its value in every row */
};

#endif
