/* SPDX-License-Identifier: MIT */
/* api.h - the JSON API under /api/v1/: the catalogue, and what the ledger has of it */
#ifndef EXPORTER_API_H
#define EXPORTER_API_H

#include "api_query.h"

/* What the routes take. */
#define API_FIGURES_PARAMETERS "figure[]"
#define API_SERIES_PARAMETERS  "figure[],label[],asOf"
#define API_EXPORT_PARAMETERS  "format,repeat,figure[]"

/* Of an export, in seconds: what is repeated more often grows beyond what one request may cost, of
 * few observations, too. */
#define API_REPEAT_LEAST 86400

/* Answers of slow routes, for struct answers, as exporter/openapi.json describes them. Each reads
 * the ledger through a connection of its own, at one moment, and is written whole before it is
 * sent. */
void api_answer_figures(void *context, const struct request *request, struct reply *reply);
void api_answer_series(void *context, const struct request *request, struct reply *reply);
void api_answer_observations(void *context, const struct request *request, struct reply *reply);
void api_answer_export(void *context, const struct request *request, struct reply *reply);

/* The description itself, at once. */
void api_answer_openapi(void *context, const struct request *request, struct reply *reply);

#endif
