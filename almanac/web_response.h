/* SPDX-License-Identifier: MIT */
/* web_response.h - turns a reply into a response of libmicrohttpd */
#ifndef ALMANAC_WEB_RESPONSE_H
#define ALMANAC_WEB_RESPONSE_H

#include "reply.h"
#include "web_config.h"

#include <sys/types.h>

struct MHD_Response;

/* Reads a stream, as libmicrohttpd's MHD_ContentReaderCallback does. */
typedef ssize_t web_reader(void *owner, uint64_t position, char *out, size_t room);

/* Moves the reply's bytes or file to a response, and adds the headers of the configuration and of
 * the reply. A stream stays with the reply, and is read by the function. NULL: the library makes
 * none; the reply keeps its body. */
struct MHD_Response *web_response(const struct web_config *config, struct reply *reply,
                                  web_reader *read, void *owner);

#endif
