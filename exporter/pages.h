/* SPDX-License-Identifier: MIT */
/* pages.h - the HTML pages for a browser */
#ifndef EXPORTER_PAGES_H
#define EXPORTER_PAGES_H

#include "snapshot.h"

#define PAGES_TYPE "text/html; charset=utf-8"

enum { PAGES_FIGURES = 100 }; /* per page */

struct landing {
    const struct snapshot *snapshot;
    const char *metrics_path; /* "/metrics", or their configured path */
    bool ready, ledger_up;    /* see follower.h */
    bool chinese;             /* not English */
    size_t page;              /* from 1 to pages_count */
    int64_t now;
};

/* The landing page: the status of the ledger and its sources, the figures with their newest values
 * and due reports, and the available addresses. Its links are relative, so that it works below any
 * prefix. */
void pages_landing(struct text *page, const struct landing *landing);
size_t pages_count(const struct snapshot *snapshot);

#endif
