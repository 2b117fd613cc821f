/* SPDX-License-Identifier: MIT */
/* gateway.h - Pushgateway's door: PUT, POST and DELETE /metrics/job/… */
#ifndef COLLECTOR_GATEWAY_H
#define COLLECTOR_GATEWAY_H

#include "push.h"

/* A later route's answer, for a struct push. The body is a page in text 0.0.4, its families figures
 * of the catalogue, and the second of the push is the period. The path's labels win over those of
 * the page; "job" and "instance" name the group and no more, unless a figure has the label. PUT
 * withdraws what else the group had, POST what else it had of the same figures, DELETE all of it.
 * 200, for DELETE 202, once that is in the ledger; else nothing is changed, and words say why: 400,
 * 403 where the user may not report what is pushed or withdrawn, 415 where the body is said to be
 * OpenMetrics or protobuf, 503 where it may be tried again. */
void gateway_answer(void *context, const struct request *request, struct reply *reply);

enum { GATEWAY_BYTES = 4 << 20 };

#endif
