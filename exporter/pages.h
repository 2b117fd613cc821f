/* SPDX-License-Identifier: MIT */
/* pages.h - what a browser is shown: HTML */
#ifndef EXPORTER_PAGES_H
#define EXPORTER_PAGES_H

#include "snapshot.h"

#define PAGES_TYPE "text/html; charset=utf-8"

enum { PAGES_FIGURES = 100 }; /* on one page */

struct landing {
    const struct snapshot *snapshot;
    const char *metrics_path; /* "/metrics", or where they are */
    bool ready, ledger_up;    /* as follower.h has them */
    size_t page;              /* from 1 to pages_count */
    int64_t now;
};

/* The landing page: how the ledger and its sources are, the figures with what is newest of them and
 * what is due, and the addresses there are. Its links are relative, so that it works below any
 * prefix. */
void pages_landing(struct text *page, const struct landing *landing);
size_t pages_count(const struct snapshot *snapshot);

#endif
