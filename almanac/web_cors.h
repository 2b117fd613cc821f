/* SPDX-License-Identifier: MIT */
/* web_cors.h - CORS: which other sites may read answers; none may change anything */
#ifndef ALMANAC_WEB_CORS_H
#define ALMANAC_WEB_CORS_H

#include "pattern.h"

#include <stdbool.h>

struct MHD_Connection;
struct MHD_Response;

/* origins: the allowed ones; NULL: none. */

/* Whether this is a CORS preflight: answer it before asking for a password, which it does not
 * carry. */
bool web_cors_asks(const struct pattern *origins, struct MHD_Connection *connection,
                   const char *method);

/* Whether a page of another site, be it an allowed one, tries to change something. Browsers send
 * form-like requests from any page without a preflight. */
bool web_cors_forbids(struct MHD_Connection *connection, const char *method);

/* Adds the headers that let the requesting page read the answer. */
void web_cors_answer(const struct pattern *origins, struct MHD_Connection *connection,
                     struct MHD_Response *response);

#endif
