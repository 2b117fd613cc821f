/* SPDX-License-Identifier: MIT */
/* api_query.h - what the parameters of a request ask of the ledger */
#ifndef EXPORTER_API_QUERY_H
#define EXPORTER_API_QUERY_H

#include "../almanac/inquiry.h"
#include "../almanac/request.h"

/* All of them; a route lets some through. */
#define API_QUERY_PARAMETERS                                                                       \
    "figure[],label[],asOf,includeHistory,updatedAfter,startPeriod,endPeriod,firstNObservations,"  \
    "lastNObservations"

struct api_query {
    struct inquiry inquiry; /* without a ledger */
    const char *figures[REQUEST_PARAMETERS];
    struct label labels[REQUEST_PARAMETERS];
    struct arena arena;
};

/* Parameters of other names are passed over. false where the reply is the error already: 404 for a
 * figure that there is not, else 400. The query borrows from the request and the catalogue;
 * api_query_free either way. */
bool api_query_read(struct api_query *query, const struct catalogue *catalogue,
                    const struct request *request, struct reply *reply);

/* The same of one figure, which there is: 0, or -1 with a fault. */
int api_query_of_figure(struct api_query *query, const struct catalogue *catalogue,
                        const char *figure, const struct request *request, struct fault *fault);
void api_query_free(struct api_query *query);

#endif
