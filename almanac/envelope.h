/* SPDX-License-Identifier: MIT */
/* envelope.h - the JSON envelope of answers under /api/v1/, as in Prometheus' API */
#ifndef ALMANAC_ENVELOPE_H
#define ALMANAC_ENVELOPE_H

#include "reply.h"

#define ENVELOPE_TYPE "application/json"

/* Wraps a plain-text error, and keeps its headers: {"status":"error","errorType":"bad_data",
 * "error":"words"}; the status determines the type. Leaves other replies unchanged. The server does
 * so with those under /api/. */
void envelope_words(struct reply *reply);

/* The errorType of a status: "bad_data", "not_found", … */
const char *envelope_error_type(unsigned status);

#endif
