/* SPDX-License-Identifier: MIT */
/* scrape.h - the answer to a scrape of /metrics: its format, coding and families */
#ifndef EXPORTER_SCRAPE_H
#define EXPORTER_SCRAPE_H

#include "../almanac/route.h"

#define SCRAPE_PARAMETERS "name[],figure[]"

/* While more bytes of chosen families are unsent, no other choice is answered. */
enum { SCRAPE_CHOSEN_BYTES = 512 << 20 };

/* Answers a route, whose context is a struct answers. A whole page is sent from prepared bytes,
 * followed by the families of this scrape; a choice of families is written for the request; 503 if
 * clients read earlier ones so slowly that they fill the memory. */
void scrape_answer(void *context, const struct request *request, struct reply *reply);

#endif
