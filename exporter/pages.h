/* SPDX-License-Identifier: MIT */
/* pages.h - what a browser is shown: HTML */
#ifndef EXPORTER_PAGES_H
#define EXPORTER_PAGES_H

#include "snapshot.h"

#define PAGES_TYPE "text/html; charset=utf-8"

/* The landing page: the addresses there are, and the figures with their graphs. Its links are
 * relative, so that it works below any prefix. metrics_path: "/metrics", or where they are. */
void pages_landing(struct text *page, const struct snapshot *snapshot, const char *metrics_path);

#endif
