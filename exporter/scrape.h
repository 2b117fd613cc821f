/* SPDX-License-Identifier: MIT */
/* scrape.h - the answer to a scrape of /metrics: which format, which coding, which families */
#ifndef EXPORTER_SCRAPE_H
#define EXPORTER_SCRAPE_H

#include "../almanac/route.h"

#define SCRAPE_PARAMETERS "name[],figure[]"

/* A route's answer, for struct answers. The whole page comes from bytes that lie ready, followed
 * by what only this scrape knows; a choice of families is written for the one who asks. */
void scrape_answer(void *context, const struct request *request, struct reply *reply);

#endif
