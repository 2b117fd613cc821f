/* SPDX-License-Identifier: MIT */
/* api_export.h - every vintage in the formats of export.h, as a stream */
#ifndef EXPORTER_API_EXPORT_H
#define EXPORTER_API_EXPORT_H

#include "../almanac/request.h"

#define API_EXPORT_PARAMETERS "format,repeat,figure[],asOf"

/* Concurrent streams, each with its own connection to the ledger; 503 above. */
enum { API_EXPORTS = 16 };

/* Answers a slow route, whose context is a struct answers. The answer is as of one moment of the
 * ledger, or what was known of it on an earlier day. While the client reads, a stream holds no
 * transaction, and about FORMAT_PIECE bytes besides the ids of the series; in openmetrics also the
 * values in force of the current series. A period's vintages are read at a time. */
void api_answer_export(void *context, const struct request *request, struct reply *reply);

#endif
