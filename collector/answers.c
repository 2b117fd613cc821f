/* SPDX-License-Identifier: MIT */
/* answers.c - the collector's table of routes, and what their answers need */
#include "answers.h"

#include "gateway.h"
#include "push.h"

static void answer_landing(void *context, const struct request *request, struct reply *reply)
{
    (void)context;
    (void)request;
    reply_words(reply, 200, "%s",
                "Almanac collector. It records what is reported; the exporter shows it.\n\n"
                "POST /api/v1/observations        JSON, NDJSON, CSV or SDMX-CSV\n"
                "PUT, POST, DELETE /metrics/job/  as a Pushgateway\n"
                "GET /metrics                     how the collector is, for Prometheus\n"
                "GET /-/healthy, /-/ready\n\n"
                "almanac-collector(1) tells more.");
}

static void answer_healthy(void *context, const struct request *request, struct reply *reply)
{
    (void)context;
    (void)request;
    reply_words(reply, 200, "Almanac collector is healthy.");
}

static void answer_ready(void *context, const struct request *request, struct reply *reply)
{
    (void)request;
    const struct answers *answers = context;
    if (atomic_load(&answers->ready))
        reply_words(reply, 200, "Almanac collector is ready.");
    else
        reply_words(reply, 503, "Almanac collector has not read its ledger yet.");
}

static void answer_metrics(void *context, const struct request *request, struct reply *reply)
{
    const struct answers *answers = context;
    telemetry_answer(answers->telemetry, request, reply);
}

const struct route collector_routes[] = {
    { .path = "/", .answer = answer_landing },
    { .path = "/metrics", .parameters = "name[]", .slow = 1, .answer = answer_metrics },
    { .path = "/-/healthy", .answer = answer_healthy },
    { .path = "/-/ready", .answer = answer_ready },
    { .path = "/api/v1/observations",
      .parameters = PUSH_PARAMETERS,
      .methods = "POST",
      .later = true,
      .body_limit = PUSH_BYTES,
      .answer = push_answer },
    { .path = "/metrics/job/**",
      .methods = "PUT,POST,DELETE",
      .later = true,
      .body_limit = GATEWAY_BYTES,
      .answer = gateway_answer },
    { .path = "/metrics/job@base64/**",
      .methods = "PUT,POST,DELETE",
      .later = true,
      .body_limit = GATEWAY_BYTES,
      .answer = gateway_answer },
};
const size_t collector_route_count = sizeof collector_routes / sizeof *collector_routes;
