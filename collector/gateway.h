/* SPDX-License-Identifier: MIT */
/* gateway.h - the Pushgateway API: PUT, POST and DELETE /metrics/job/… */
#ifndef COLLECTOR_GATEWAY_H
#define COLLECTOR_GATEWAY_H

#include "push.h"

/* Answers a later route; the context is a struct answers. The body is a page in text 0.0.4 whose
 * families are figures of the catalogue; the second of the push is the period. Labels of the path
 * override those of the page; "job" and "instance" only name the group. PUT withdraws everything
 * else in the group, POST everything else of the same figures, DELETE the whole group; but series
 * of figures that the catalogue does not have stay. 200 (202 for DELETE) once that is in the
 * ledger; otherwise nothing is changed, and the reply says why: 400; 403 if the user may not report
 * what is pushed or withdrawn; 415 if the body is declared as OpenMetrics or protobuf; 503 if a
 * retry may succeed. */
void gateway_answer(void *context, const struct request *request, struct reply *reply);

enum { GATEWAY_BYTES = 4 << 20 };

#endif
