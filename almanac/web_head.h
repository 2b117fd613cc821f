/* SPDX-License-Identifier: MIT */
/* web_head.h - what the head of a request says, behind its first line */
#ifndef ALMANAC_WEB_HEAD_H
#define ALMANAC_WEB_HEAD_H

#include "arena.h"

#include <stdbool.h>

struct MHD_Connection;

/* The header's value; where it is there more than once, all of them with a comma between them (RFC
 * 9110, 5.3). NULL where it is not there. Lasts as long as the request and the arena. */
const char *web_head_field(struct MHD_Connection *connection, const char *name,
                           struct arena *arena);

/* Whether a body follows. */
bool web_head_has_body(struct MHD_Connection *connection);

#endif
