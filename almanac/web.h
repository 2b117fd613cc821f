/* SPDX-License-Identifier: MIT */
/* web.h - the HTTP server: listeners, threads and limits around a table of routes */
#ifndef ALMANAC_WEB_H
#define ALMANAC_WEB_H

#include "fault.h"
#include "log.h"
#include "route.h"

struct web;

struct web_settings {
    const char *const *listen; /* "127.0.0.1:10196", "[::1]:10196", ":10196" */
    size_t listen_count;
    const struct route *routes; /* borrowed */
    size_t route_count;
    void *context;         /* handed to every answer */
    const struct log *log; /* borrowed */
};

/* Answers from threads of its own until web_stop, which ends the answers under way first.
 * Slow routes run on one thread, one at a time, with a bounded queue (503 beyond it).
 * NULL with a fault that names the address which could not be had. */
struct web *web_start(const struct web_settings *settings, struct fault *fault);
void web_stop(struct web *web);

#endif
