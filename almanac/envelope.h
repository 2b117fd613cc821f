/* SPDX-License-Identifier: MIT */
/* envelope.h - answers under /api/v1/: JSON that says whether it went well, as Prometheus has it */
#ifndef ALMANAC_ENVELOPE_H
#define ALMANAC_ENVELOPE_H

#include "reply.h"

#define ENVELOPE_TYPE "application/json"

/* {"status":"error","errorType":"bad_data","error":"words"}; the type follows from the status. */
void envelope_error(struct reply *reply, unsigned status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts an error in words into the envelope; its headers stay. Others are left as they are. */
void envelope_words(struct reply *reply);

/* What errors of this status are called: "bad_data", "not_found", … */
const char *envelope_error_type(unsigned status);

#endif
