/* SPDX-License-Identifier: MIT */
/* web_body.h - receives the body of a request piece by piece, within limits */
#ifndef ALMANAC_WEB_BODY_H
#define ALMANAC_WEB_BODY_H

#include "route.h"

#include <stdatomic.h>

struct web_body {
    struct text bytes;
    size_t limit;
    atomic_size_t *all; /* bytes of all bodies being received, this one included */
    size_t held;        /* bytes of this one */
    bool gzip;
    unsigned refused; /* HTTP status; 0: none so far */
};

/* Whether the route accepts such a body, as the request's headers describe it; if not, the reply
 * says why. Call web_body_free either way. */
bool web_body_begin(struct web_body *body, const struct request *request, const struct route *route,
                    atomic_size_t *all, struct reply *reply);
void web_body_take(struct web_body *body, const char *piece, size_t size);

/* Ends the body and inflates it from gzip into bytes; false: the reply says what is wrong. */
bool web_body_end(struct web_body *body, struct reply *reply);
void web_body_free(struct web_body *body);

#endif
