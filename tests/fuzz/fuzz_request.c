/* SPDX-License-Identifier: MIT */
/* fuzz_request.c - any request line and Accept header find a route, or are refused in words */
#include "../../almanac/accept.h"
#include "../../almanac/route.h"
#include "../../exporter/api_query.h"

#include "../../almanac/utf8.h"
#include "fuzz.h"

static const char *labels[] = { "area", "stage" };
static const struct figure figures[] = {
    { .name = "platforms", .labels = labels, .label_count = 2 }
};
static const struct catalogue catalogue = { figures, 1 };

static void no_answer(void *context, const struct request *request, struct reply *reply)
{
    (void)context, (void)request, (void)reply;
}

static const struct route routes[] = {
    { .path = "/", .answer = no_answer },
    { .path = "/metrics", .parameters = "name[],figure[]", .answer = no_answer },
    { .path = "/graph/*.png", .parameters = "from,to,lang", .answer = no_answer },
    { .path = "/api", .parameters = API_QUERY_PARAMETERS, .answer = no_answer },
    { .path = "/job/**", .answer = no_answer, .methods = "PUT,POST" },
};

/* The reply has words, and they are UTF-8. */
static void check_refusal(const struct reply *reply)
{
    MUST_HOLD(reply->status >= 300 && reply->status < 500);
    MUST_HOLD(reply->head.size > 1 && reply->head.bytes[reply->head.size - 1] == '\n');
    MUST_HOLD(utf8_until(reply->head.bytes, reply->head.size) == reply->head.size);
}

static void check_query(const struct request *request, struct reply *reply)
{
    struct api_query query;
    if (api_query_read(&query, &catalogue, request, reply)) {
        const struct inquiry *inquiry = &query.inquiry;
        MUST_HOLD(!inquiry->within || inquiry->from < inquiry->until);
        MUST_HOLD(inquiry->first == 0 || inquiry->last == 0);
        for (size_t i = 0; i < inquiry->label_count; i++)
            MUST_HOLD(inquiry->labels[i].name[0] != '\0' && inquiry->labels[i].value[0] != '\0');
    } else {
        check_refusal(reply);
    }
    api_query_free(&query);
}

static void check_route(struct request *request, const char *method, struct reply *reply)
{
    const struct route *route =
        route_find(routes, sizeof routes / sizeof *routes, method, request, reply);
    if (route == NULL) {
        check_refusal(reply);
        return;
    }
    MUST_HOLD(strlen(request->tail) <= strlen(request->written));
    if (strcmp(route->path, "/api") == 0)
        check_query(request, reply);
    if (strcmp(route->path, "/job/**") == 0)
        request_decode(request->tail);
}

static void check_accept(const char *value)
{
    static const char *const offers[] = { "text/plain; version=0.0.4; charset=utf-8",
                                          "application/openmetrics-text; version=1.0.0" };
    int best = accept_best(value, offers, 2);
    int quality = accept_quality(value, offers[0]), other = accept_quality(value, offers[1]);
    MUST_HOLD(quality >= -1 && quality <= 1000 && other >= -1 && other <= 1000);
    MUST_HOLD(best >= -1 && best < 2);
    MUST_HOLD(best != -1 || (quality <= 0 && other <= 0));
    MUST_HOLD(accept_coding(value) <= ACCEPT_NEITHER);
    accept_has_etag(value, "\"0123456789abcdef\"");
}

/* "METHOD TARGET\nHEADER" */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *input = fuzz_string(bytes, size), *rest = input;
    char *line = strsep(&rest, "\n");
    const char *prefix = line[0] == 'H' ? "/almanac/" : "/";
    char *target = strchrnul(line, ' ');
    if (*target != '\0')
        *target++ = '\0';
    struct request request;
    struct reply reply = { 0 };
    if (!request_read(&request, target, &reply) || !request_strip(&request, prefix, &reply))
        check_refusal(&reply);
    else
        check_route(&request, line, &reply);
    check_accept(rest == NULL ? target : rest);
    reply_release(&reply);
    request_free(&request);
    free(input);
    return 0;
}
