/* SPDX-License-Identifier: MIT */
/* foreign_json.h - whether a document is JSON, of which somebody else makes observations */
#ifndef COLLECTOR_FOREIGN_JSON_H
#define COLLECTOR_FOREIGN_JSON_H

#include "batch.h"

/* Whether the bytes are UTF-8, and one JSON value or several one after the other, of any kind, in
 * which no object has a name twice; if not, that is refused with its place, as decode_json does. */
bool foreign_json_check(const char *bytes, size_t size, struct batch *batch);

#endif
