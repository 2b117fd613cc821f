/* SPDX-License-Identifier: MIT */
/* api.h - the JSON API under /api/v1/: the catalogue, and observations from the ledger */
#ifndef EXPORTER_API_H
#define EXPORTER_API_H

#include "api_query.h"

/* The parameters of the routes. */
#define API_FIGURES_PARAMETERS "figure[]"
#define API_SERIES_PARAMETERS  "figure[],label[],asOf"

/* Answer slow routes, whose context is a struct answers, as exporter/openapi.json describes them.
 * Each reads the ledger on its own connection, as of one moment, and writes the whole answer before
 * it is sent. */
void api_answer_figures(void *context, const struct request *request, struct reply *reply);
void api_answer_series(void *context, const struct request *request, struct reply *reply);
void api_answer_observations(void *context, const struct request *request, struct reply *reply);

/* Answers at once with exporter/openapi.json. */
void api_answer_openapi(void *context, const struct request *request, struct reply *reply);

#endif
