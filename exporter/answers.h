/* SPDX-License-Identifier: MIT */
/* answers.h - the exporter's table of routes */
#ifndef EXPORTER_ANSWERS_H
#define EXPORTER_ANSWERS_H

#include "../almanac/process.h"
#include "../almanac/reload.h"
#include "../almanac/route.h"
#include "follower.h"
#include "remote_queue.h"
#include "spool.h"

/* The context of all answer functions. */
struct answers {
    struct follower *follower;
    struct remote_queue *remote_queue;
    struct spools *spools;
    atomic_size_t exports; /* the number of exports under way */
    atomic_size_t chosen;  /* bytes of scrapes' own pages that are not sent yet */
    size_t most_chosen;    /* while there are more, no other page is begun */
    const char *ledger_path;
    const char *rrd_directory;
    const char *metrics_path; /* "/metrics" */
    const struct clock *clock;
    struct process *process;
    struct reload *reload;
};

extern const struct route exporter_routes[];
extern const size_t exporter_route_count;

#endif
