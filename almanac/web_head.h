/* SPDX-License-Identifier: MIT */
/* web_head.h - the header fields of a request */
#ifndef ALMANAC_WEB_HEAD_H
#define ALMANAC_WEB_HEAD_H

#include "arena.h"

#include <stdbool.h>

struct MHD_Connection;

/* The header's value; repeated headers are joined with commas (RFC 9110, section 5.3). NULL if
 * absent. Valid as long as the request and the arena. */
const char *web_head_field(struct MHD_Connection *connection, const char *name,
                           struct arena *arena);

/* Whether a body follows, by any of the headers: of several lengths the library takes the first. */
bool web_head_has_body(struct MHD_Connection *connection);

/* Spells "basic" in Authorization as the library does, which knows it only so: the case of a scheme
 * does not count (RFC 9110, section 11.1). */
void web_head_spell_basic(struct MHD_Connection *connection);

#endif
