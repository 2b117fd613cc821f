/* SPDX-License-Identifier: MIT */
/* push.h - reports over HTTP: POST /api/v1/observations */
#ifndef COLLECTOR_PUSH_H
#define COLLECTOR_PUSH_H

#include "../almanac/clock.h"
#include "../almanac/route.h"
#include "intake.h"
#include "telemetry.h"

enum { PUSH_BYTES = 32 << 20 }; /* of a body, inflated */

#define PUSH_SOURCE "push" /* of reports that no password vouches for */

struct push {
    struct telemetry *telemetry; /* borrowed */
    struct intake *intake;       /* borrowed, like the clock and the log */
    const struct clock *clock;
    const struct log *log; /* what is refused; a client's fault is no warning */
};

/* A later route's answer, for a struct push: JSON, NDJSON, CSV or SDMX-CSV as Content-Type says.
 * All of it is recorded or nothing, or with ?partial=true what is good. 200 once the ledger has it
 * on disk, with what became of it; where nothing is recorded 400 with every refusal by its place,
 * 403 where the user may not report some of it; 415, and 503 where it may be tried again. */
void push_answer(void *context, const struct request *request, struct reply *reply);
#define PUSH_PARAMETERS "partial"

#endif
