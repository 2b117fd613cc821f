/* SPDX-License-Identifier: MIT */
/* sdmx_header.h - the first row of SDMX-CSV: its version, its delimiter, and names beside ids */
#ifndef COLLECTOR_SDMX_HEADER_H
#define COLLECTOR_SDMX_HEADER_H

#include "csv.h"

/* The parameter "labels" of the media type. */
enum sdmx_labels {
    SDMX_LABELS_ID,
    SDMX_LABELS_NAME, /* names are in columns of their own, each behind that of its id */
    SDMX_LABELS_BOTH, /* names are behind the ids: "A: Annual" */
};

struct sdmx_header {
    bool is_1_0; /* the first column is DATAFLOW, in the place of STRUCTURE and STRUCTURE_ID */
    enum sdmx_labels labels;
    bool named[CSV_FIELDS]; /* the column's ids have names behind them: with BOTH, all; a component
                               may lack one itself, in the language asked for */
};

/* Whether the document begins with the first id and a delimiter. */
bool sdmx_header_begins(const char *bytes, size_t size);

/* What stands behind the first id of a document; a comma if there is none. */
char sdmx_header_delimiter(const char *bytes, size_t size);

/* Reads the record as a header, and cuts the names behind its ids. 0, or -1 with a fault. */
int sdmx_header_read(struct csv *csv, struct sdmx_header *header, struct fault *fault);

/* Cuts the name behind the id in a field. */
void sdmx_header_cut(struct csv *csv, size_t field);

/* Whether names have no column behind this id: STRUCTURE_ID, ACTION and the like. */
bool sdmx_header_leads(const char *id);

#endif
