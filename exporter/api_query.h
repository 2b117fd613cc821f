/* SPDX-License-Identifier: MIT */
/* api_query.h - reads an inquiry from the parameters of a request */
#ifndef EXPORTER_API_QUERY_H
#define EXPORTER_API_QUERY_H

#include "../almanac/inquiry.h"
#include "../almanac/request.h"

/* All parameters; each route allows some of them. */
#define API_QUERY_PARAMETERS                                                                       \
    "figure[],label[],asOf,includeHistory,updatedAfter,startPeriod,endPeriod,firstNObservations,"  \
    "lastNObservations"

struct api_query {
    struct inquiry inquiry; /* ledger not set */
    const char *figures[REQUEST_PARAMETERS];
    struct label labels[REQUEST_PARAMETERS];
    struct arena arena;
};

/* Ignores parameters with other names. false if the reply is an error: 404 for an unknown figure,
 * otherwise 400. The query borrows from the request and the catalogue. Call api_query_free either
 * way. */
bool api_query_read(struct api_query *query, const struct catalogue *catalogue,
                    const struct request *request, struct reply *reply);

/* The same for one existing figure: 0, or -1 with a fault. */
int api_query_of_figure(struct api_query *query, const struct catalogue *catalogue,
                        const char *figure, const struct request *request, struct fault *fault);
void api_query_free(struct api_query *query);

/* Reads a number from 1 to most, which has nine digits at most. 0, or -1 with a fault. */
int api_query_number(const char *text, size_t most, size_t *number, struct fault *fault);

#endif
