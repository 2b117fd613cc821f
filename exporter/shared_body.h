/* SPDX-License-Identifier: MIT */
/* shared_body.h - a reply's body in one run of bytes, shared by equal replies */
#ifndef EXPORTER_SHARED_BODY_H
#define EXPORTER_SHARED_BODY_H

#include "../almanac/reply.h"

#include <stdatomic.h>

struct shared_body {
    atomic_int holders;
    size_t size;
    char bytes[];
};

/* The body for replies with the same head and parts: the newest one if it ends with the reply's
 * tail, otherwise a new one, which becomes the newest. Pass the result to shared_body_release, and
 * finally the newest too. One thread at a time. */
struct shared_body *shared_body_of(struct shared_body **newest, const struct reply *reply);

/* Thread-safe; NULL does nothing. */
void shared_body_release(struct shared_body *body);

#endif
