/* SPDX-License-Identifier: MIT */
/* graph.h - draws all series of a figure as a PNG, from the RRD files with librrd */
#ifndef EXPORTER_GRAPH_H
#define EXPORTER_GRAPH_H

#include "snapshot.h"

/* Times are within the years of period.h. */
struct graph_request {
    const char *rrd_directory, *ledger_path;
    const struct figure *figure; /* from the snapshot's catalogue */
    const struct label *labels;  /* labels that a series must have */
    size_t label_count;
    bool has_from, has_to; /* otherwise from the first value to the end of the newest row */
    int64_t from, to;      /* seconds */
    bool chinese;          /* use title_zh instead of title_en */
    int64_t now;
    bool has_as_of;
    int64_t known_by; /* with has_as_of: draw what was known by this second, as it was drawn then */
};

enum graph_end { GRAPH_DRAWN, GRAPH_NO_DATA, GRAPH_NO_SPAN, GRAPH_FAILED };

/* Appends the picture to png. The fault describes every result but GRAPH_DRAWN. Lines come from the
 * RRD files, text from the ledger. A stock's steps are joined; a flow's values are drawn apart, if
 * there is room; the newest row is included. The legend has the last value in the picture as it was
 * reported. What was known earlier is drawn from RRD files of its own, among the temporary files.
 * Call it from one thread at a time (librrd's graph is not thread-safe). librrd draws
 * days in the process' time zone: main sets TZ=UTC0 before it starts threads. */
enum graph_end graph_draw(const struct snapshot *snapshot, const struct graph_request *request,
                          struct text *png, struct fault *fault);

#endif
