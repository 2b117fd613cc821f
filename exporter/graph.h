/* SPDX-License-Identifier: MIT */
/* graph.h - all series of a figure as a PNG, drawn by librrd from the RRD files */
#ifndef EXPORTER_GRAPH_H
#define EXPORTER_GRAPH_H

#include "snapshot.h"

/* The times are within the years that period.h knows. */
struct graph_request {
    const char *rrd_directory, *ledger_path;
    const struct figure *figure; /* of the snapshot's catalogue */
    const struct label *labels;  /* those that a series must have */
    size_t label_count;
    bool has_from, has_to; /* or from the first value, to the end of the newest row */
    int64_t from, to;      /* seconds */
    bool chinese;          /* title_zh instead of title_en */
    int64_t now;
};

enum graph_end { GRAPH_DRAWN, GRAPH_NO_DATA, GRAPH_NO_SPAN, GRAPH_FAILED };

/* Appends the picture to png. The fault words every end but GRAPH_DRAWN. Lines come from the RRD
 * files, words from the ledger. A stock's steps are joined; a flow's values are apart from each
 * other, as far as there is room; the newest row is included. The legend says the last value in the
 * picture as it was reported.
 * Not to be called from two threads at once (librrd's graph is not thread-safe). librrd draws
 * days in the process' time zone: main sets TZ=UTC0 before its first thread. */
enum graph_end graph_draw(const struct snapshot *snapshot, const struct graph_request *request,
                          struct text *png, struct fault *fault);

#endif
