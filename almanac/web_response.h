/* SPDX-License-Identifier: MIT */
/* web_response.h - a reply as libmicrohttpd sends it */
#ifndef ALMANAC_WEB_RESPONSE_H
#define ALMANAC_WEB_RESPONSE_H

#include "reply.h"
#include "web_config.h"

struct MHD_Response;

/* Hands the reply's bytes or file over to a response, with the headers of the configuration and its
 * own. NULL: out of memory; they are still the reply's. */
struct MHD_Response *web_response(const struct web_config *config, struct reply *reply);

#endif
