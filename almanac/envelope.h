/* SPDX-License-Identifier: MIT */
/* envelope.h - the JSON envelope of answers under /api/v1/, as in Prometheus' API */
#ifndef ALMANAC_ENVELOPE_H
#define ALMANAC_ENVELOPE_H

#include "reply.h"

#define ENVELOPE_TYPE "application/json"

/* {"status":"error","errorType":"bad_data","error":"words"}; the status determines the type. */
void envelope_error(struct reply *reply, unsigned status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Wraps a plain-text error in the envelope and keeps its headers. Leaves other replies
 * unchanged. */
void envelope_words(struct reply *reply);

/* The errorType of a status: "bad_data", "not_found", … */
const char *envelope_error_type(unsigned status);

#endif
