/* SPDX-License-Identifier: MIT */
/* foreign_json.h - checks that a document for jq is JSON */
#ifndef COLLECTOR_FOREIGN_JSON_H
#define COLLECTOR_FOREIGN_JSON_H

#include "batch.h"

/* Whether the bytes are UTF-8 and one or several JSON values of any kind, whose objects have no
 * duplicate names; if not, refuses them with the place, like decode_json. */
bool foreign_json_check(const char *bytes, size_t size, struct batch *batch);

#endif
