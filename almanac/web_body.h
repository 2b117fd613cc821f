/* SPDX-License-Identifier: MIT */
/* web_body.h - the body of a request: taken into memory piece by piece, within limits */
#ifndef ALMANAC_WEB_BODY_H
#define ALMANAC_WEB_BODY_H

#include "route.h"

#include <stdatomic.h>

struct web_body {
    struct text bytes;
    size_t limit;
    atomic_size_t *all; /* the bytes of all bodies under way, those of this one among them */
    size_t held;        /* of this one */
    bool gzip;
    unsigned refused; /* the status of HTTP; 0: it is good so far */
};

/* Whether the route reads such a body, as the request's headers describe it; or false, where the
 * reply says why not. web_body_free either way. */
bool web_body_begin(struct web_body *body, const struct request *request, const struct route *route,
                    atomic_size_t *all, struct reply *reply);
void web_body_take(struct web_body *body, const char *piece, size_t size);

/* There is no more of it. bytes is the body, inflated from gzip; or false, where the reply says
 * what is wrong with it. */
bool web_body_end(struct web_body *body, struct reply *reply);
void web_body_free(struct web_body *body);

#endif
