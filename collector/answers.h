/* SPDX-License-Identifier: MIT */
/* answers.h - the collector's table of routes, and what their answers need */
#ifndef COLLECTOR_ANSWERS_H
#define COLLECTOR_ANSWERS_H

#include "../almanac/log.h"
#include "../almanac/route.h"
#include "intake.h"
#include "telemetry.h"

#include <stdatomic.h>

/* The server's context. */
struct answers {
    struct telemetry *telemetry; /* borrowed, like intake and log */
    struct intake *intake;
    const struct log *log; /* for refusals, which are not warnings */
    atomic_bool ready;
};

extern const struct route collector_routes[];
extern const size_t collector_route_count;

#endif
