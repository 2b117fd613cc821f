/* SPDX-License-Identifier: MIT */
/* shared_body.h - a reply's body in one run of bytes, shared by those who are sent the same */
#ifndef EXPORTER_SHARED_BODY_H
#define EXPORTER_SHARED_BODY_H

#include "../almanac/reply.h"

#include <stdatomic.h>

struct shared_body {
    atomic_int holders;
    size_t size;
    char bytes[];
};

/* Of replies with the same head and parts: the newest body again if it ends with the reply's tail,
 * otherwise a new one, which then is the newest. To be passed to shared_body_release, as the newest
 * is in the end. One thread at a time. NULL when out of memory. */
struct shared_body *shared_body_of(struct shared_body **newest, const struct reply *reply);

/* From any thread; NULL is nothing. */
void shared_body_release(struct shared_body *body);

/* Of head, parts and tail. */
size_t shared_body_size(const struct reply *reply);

#endif
