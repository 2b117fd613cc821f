/* SPDX-License-Identifier: MIT */
/* answers.h - what the collector answers under which path */
#ifndef COLLECTOR_ANSWERS_H
#define COLLECTOR_ANSWERS_H

#include "push.h"
#include "telemetry.h"

#include <stdatomic.h>

struct answers {
    struct push push; /* of the routes that take reports in, too */
    struct telemetry *telemetry;
    atomic_bool ready;
};

/* The server's context is a struct answers. */
extern const struct route collector_routes[];
extern const size_t collector_route_count;

#endif
