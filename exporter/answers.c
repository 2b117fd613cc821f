/* SPDX-License-Identifier: MIT */
/* answers.c - the exporter's table of routes */
#include "answers.h"

#include "api.h"
#include "api_export.h"
#include "graph.h"
#include "pages.h"
#include "scrape.h"

#include <string.h>

static bool read_language(const struct request *request, bool *chinese, struct reply *reply)
{
    const char *text = request_parameter(request, "lang");
    *chinese = text != NULL && strcmp(text, "zh") == 0;
    if (text == NULL || *chinese || strcmp(text, "en") == 0)
        return true;
    reply_words(reply, 400, "parameter 'lang': '%s'; expected en or zh", text);
    return false;
}

static bool read_page(const struct request *request, struct landing *landing, struct reply *reply)
{
    const char *text = request_parameter(request, "page");
    struct fault fault = { 0 };
    landing->page = 1;
    if (text == NULL ||
        api_query_number(text, pages_count(landing->snapshot), &landing->page, &fault) == 0)
        return true;
    reply_words(reply, 400, "parameter 'page': %s", fault.text);
    return false;
}

static void answer_landing(void *context, const struct request *request, struct reply *reply)
{
    const struct answers *answers = context;
    struct snapshot *snapshot = follower_snapshot(answers->follower);
    struct landing landing = { .snapshot = snapshot,
                               .metrics_path = answers->metrics_path,
                               .ready = follower_ready(answers->follower),
                               .ledger_up = follower_ledger_up(answers->follower),
                               .now = clock_seconds(answers->clock) };
    struct text page = { 0 };
    if (read_language(request, &landing.chinese, reply) && read_page(request, &landing, reply)) {
        pages_landing(&page, &landing);
        reply_text(reply, 200, PAGES_TYPE, &page);
    }
    snapshot_release(snapshot);
}

/* Reads a bound of the graph: a period; *has becomes whether it is given. false: malformed. */
static bool read_bound(const struct request *request, const char *name, bool *has,
                       struct period *period, struct reply *reply)
{
    const char *text = request_parameter(request, name);
    struct fault fault = { 0 };
    *has = text != NULL;
    if (text == NULL || period_read(text, period, &fault) == 0)
        return true;
    reply_words(reply, 400, "parameter '%s': %s", name, fault.text);
    return false;
}

static bool read_span(const struct request *request, struct graph_request *graph,
                      struct reply *reply)
{
    struct period from = { 0 }, to = { 0 };
    if (!read_bound(request, "from", &graph->has_from, &from, reply) ||
        !read_bound(request, "to", &graph->has_to, &to, reply))
        return false;
    graph->from = from.start;
    graph->to = to.end;
    if (!graph->has_from || !graph->has_to || graph->from < graph->to)
        return true;
    reply_words(reply, 400, "parameter 'to': ends before 'from' begins; expected a later period");
    return false;
}

static void draw(const struct snapshot *snapshot, const struct graph_request *graph,
                 struct reply *reply)
{
    static const unsigned status[] = {
        [GRAPH_DRAWN] = 200, [GRAPH_NO_DATA] = 404, [GRAPH_NO_SPAN] = 400, [GRAPH_FAILED] = 503
    };
    struct text png = { 0 };
    struct fault fault = { 0 };
    enum graph_end end = graph_draw(snapshot, graph, &png, &fault);
    if (end == GRAPH_DRAWN)
        reply_text(reply, status[end], "image/png", &png);
    else
        reply_words(reply, status[end], "%s", fault.text);
    text_free(&png);
}

static void draw_labelled(const struct snapshot *snapshot, const struct request *request,
                          struct graph_request *graph, struct reply *reply)
{
    const struct catalogue *catalogue = &snapshot->settings->catalogue;
    struct api_query query = { 0 };
    struct fault fault = { 0 };
    graph->figure = catalogue_find(catalogue, request->tail);
    graph->has_as_of = request_parameter(request, "asOf") != NULL;
    if (graph->figure == NULL) {
        reply_words(reply, 404, "there is no figure '%s'", request->tail);
    } else if (api_query_of_figure(&query, catalogue, request->tail, request, &fault) != 0) {
        reply_words(reply, 400, "%s", fault.text);
    } else {
        graph->labels = query.inquiry.labels;
        graph->label_count = query.inquiry.label_count;
        graph->known_by = query.inquiry.known_by;
        draw(snapshot, graph, reply);
    }
    api_query_free(&query);
}

static void answer_graph(void *context, const struct request *request, struct reply *reply)
{
    const struct answers *answers = context;
    struct graph_request graph = { .rrd_directory = answers->rrd_directory,
                                   .ledger_path = answers->ledger_path,
                                   .now = clock_seconds(answers->clock) };
    if (!read_span(request, &graph, reply) || !read_language(request, &graph.chinese, reply))
        return;
    if (!follower_ready(answers->follower)) {
        reply_words(reply, 503, "the ledger has not been read yet");
        return;
    }
    struct snapshot *snapshot = follower_snapshot(answers->follower);
    draw_labelled(snapshot, request, &graph, reply);
    snapshot_release(snapshot);
}

static void answer_healthy(void *context, const struct request *request, struct reply *reply)
{
    (void)context;
    (void)request;
    reply_words(reply, 200, "Almanac exporter is healthy.");
}

static void answer_ready(void *context, const struct request *request, struct reply *reply)
{
    (void)request;
    const struct answers *answers = context;
    if (follower_ready(answers->follower))
        reply_words(reply, 200, "Almanac exporter is ready.");
    else
        reply_words(reply, 503, "Almanac exporter has not read the ledger yet.");
}

/* Graphs, the API and exports do not wait for each other. Graphs are drawn one at a time: see
 * graph.h. */
enum { QUEUE_OF_GRAPHS = 1, QUEUE_OF_API, QUEUE_OF_EXPORTS };

const struct route exporter_routes[] = {
    { .path = "/", .parameters = "lang,page", .answer = answer_landing },
    { .path = "/metrics", .parameters = SCRAPE_PARAMETERS, .answer = scrape_answer },
    { .path = "/graph/*.png",
      .parameters = "from,to,asOf,lang,label[]",
      .slow = QUEUE_OF_GRAPHS,
      .answer = answer_graph },
    { .path = "/api/v1/read",
      .answer = remote_queue_answer,
      .methods = "POST",
      .later = true,
      .body_limit = REMOTE_REQUEST_BYTES,
      .coding = "snappy" },
    { .path = "/api/v1/figures",
      .parameters = API_FIGURES_PARAMETERS,
      .slow = QUEUE_OF_API,
      .answer = api_answer_figures },
    { .path = "/api/v1/series",
      .parameters = API_SERIES_PARAMETERS,
      .slow = QUEUE_OF_API,
      .answer = api_answer_series },
    { .path = "/api/v1/observations",
      .parameters = API_QUERY_PARAMETERS,
      .slow = QUEUE_OF_API,
      .answer = api_answer_observations },
    { .path = "/api/v1/export",
      .parameters = API_EXPORT_PARAMETERS,
      .slow = QUEUE_OF_EXPORTS,
      .answer = api_answer_export },
    { .path = "/api/v1/openapi.json", .answer = api_answer_openapi },
    { .path = "/-/healthy", .answer = answer_healthy },
    { .path = "/-/ready", .answer = answer_ready },
};
const size_t exporter_route_count = sizeof exporter_routes / sizeof *exporter_routes;
