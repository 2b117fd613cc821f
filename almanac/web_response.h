/* SPDX-License-Identifier: MIT */
/* web_response.h - turns a reply into a response of libmicrohttpd */
#ifndef ALMANAC_WEB_RESPONSE_H
#define ALMANAC_WEB_RESPONSE_H

#include "reply.h"
#include "web_config.h"

struct MHD_Response;

/* Moves the reply's bytes or file to a response, and adds the headers of the configuration and of
 * the reply. NULL: out of memory; the reply keeps them. */
struct MHD_Response *web_response(const struct web_config *config, struct reply *reply);

#endif
