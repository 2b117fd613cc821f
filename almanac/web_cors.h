/* SPDX-License-Identifier: MIT */
/* web_cors.h - which other sites' pages may read the answers; none may change anything */
#ifndef ALMANAC_WEB_CORS_H
#define ALMANAC_WEB_CORS_H

#include "pattern.h"

#include <stdbool.h>

struct MHD_Connection;
struct MHD_Response;

/* origins: those that are allowed; NULL: none. */

/* Whether a browser asks if it may ask: to be answered before a password is, which it does not send
 * yet. */
bool web_cors_asks(const struct pattern *origins, struct MHD_Connection *connection,
                   const char *method);

/* Whether it is a page of another site that wants to change something. Browsers let any page send
 * it, without asking first, as long as it looks like a form. */
bool web_cors_forbids(const struct pattern *origins, struct MHD_Connection *connection,
                      const char *method);

/* Adds the headers by which a browser lets the page that asks have the answer. */
void web_cors_answer(const struct pattern *origins, struct MHD_Connection *connection,
                     struct MHD_Response *response);

#endif
