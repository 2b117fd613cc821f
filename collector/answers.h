/* SPDX-License-Identifier: MIT */
/* answers.h - the collector's table of routes */
#ifndef COLLECTOR_ANSWERS_H
#define COLLECTOR_ANSWERS_H

#include "push.h"
#include "telemetry.h"

#include <stdatomic.h>

struct answers {
    struct push push; /* also the context of the routes that accept reports */
    struct telemetry *telemetry;
    atomic_bool ready;
};

/* The server's context must be a struct answers. */
extern const struct route collector_routes[];
extern const size_t collector_route_count;

#endif
