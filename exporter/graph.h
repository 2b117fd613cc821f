/* SPDX-License-Identifier: MIT */
/* graph.h - all series of a figure as a PNG, drawn by librrd from the RRD files */
#ifndef EXPORTER_GRAPH_H
#define EXPORTER_GRAPH_H

#include "snapshot.h"

/* The times are within the years that period.h knows. */
struct graph_request {
    const char *rrd_directory;
    const char *figure;
    int64_t from, to; /* seconds; from -1: the figure's first; to -1: the end of the newest row */
    bool chinese;     /* title_zh instead of title_en */
    int64_t now;
};

enum graph_end { GRAPH_DRAWN, GRAPH_NO_FIGURE, GRAPH_NO_DATA, GRAPH_FAILED };

/* Appends the picture to png. The fault words every end but GRAPH_DRAWN. Steps are drawn as
 * steps, the newest row included; the legend says the newest value as it was reported.
 * Not to be called from two threads at once (librrd's graph is not thread-safe). librrd draws
 * days in the process' time zone: main sets TZ=UTC0 before its first thread. */
enum graph_end graph_draw(const struct snapshot *snapshot, const struct graph_request *request,
                          struct text *png, struct fault *fault);

#endif
