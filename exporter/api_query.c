/* SPDX-License-Identifier: MIT */
/* api_query.c - reads an inquiry from the parameters of a request */
#include "api_query.h"

#include <stdlib.h>
#include <string.h>

static int read_figure(struct api_query *query, const char *value, struct fault *fault)
{
    (void)fault; /* existence is checked at the end, with another status */
    query->figures[query->inquiry.figure_count++] = value;
    return 0;
}

static int read_label(struct api_query *query, const char *value, struct fault *fault)
{
    return inquiry_read_label(value, query->labels, &query->inquiry.label_count, &query->arena,
                              fault);
}

static int read_as_of(struct api_query *query, const char *value, struct fault *fault)
{
    return inquiry_read_as_of(value, &query->inquiry.known_by, fault);
}

static int read_history(struct api_query *query, const char *value, struct fault *fault)
{
    query->inquiry.history = strcmp(value, "true") == 0;
    if (query->inquiry.history || strcmp(value, "false") == 0)
        return 0;
    return fault_set(fault, "'%s'; expected true or false", value);
}

/* A date means its midnight; a longer period would not define a moment. */
static int read_updated(struct api_query *query, const char *value, struct fault *fault)
{
    struct period period;
    struct fault unread = { 0 };
    if (strlen(value) < strlen("2024-09-01") || strchr(value, '/') != NULL ||
        period_read(value, &period, &unread) != 0)
        return fault_set(fault, "'%s' is no moment; expected one like 2024-09-01T10:00:00Z%s",
                         value,
                         strchr(value, ' ') != NULL ? " (in an address, + is written %2B)" : "");
    query->inquiry.updated = true;
    query->inquiry.recorded_after = period.start;
    return 0;
}

static int read_start(struct api_query *query, const char *value, struct fault *fault)
{
    struct period period;
    if (period_read(value, &period, fault) != 0)
        return -1;
    query->inquiry.within = true;
    query->inquiry.from = period.start;
    return 0;
}

static int read_end(struct api_query *query, const char *value, struct fault *fault)
{
    struct period period;
    if (period_read(value, &period, fault) != 0)
        return -1;
    query->inquiry.within = true;
    query->inquiry.until = period.end;
    return 0;
}

int api_query_number(const char *text, size_t most, size_t *number, struct fault *fault)
{
    size_t digits = strspn(text, "0123456789");
    *number = strtoul(text, NULL, 10);
    if (digits == 0 || digits > 9 || text[digits] != '\0' || *number == 0 || *number > most)
        return fault_set(fault, "'%s'; expected a number from 1 to %zu", text, most);
    return 0;
}

static int read_first(struct api_query *query, const char *value, struct fault *fault)
{
    return api_query_number(value, 999999999, &query->inquiry.first, fault);
}

static int read_last(struct api_query *query, const char *value, struct fault *fault)
{
    return api_query_number(value, 999999999, &query->inquiry.last, fault);
}

static const struct {
    const char *name;
    int (*read)(struct api_query *query, const char *value, struct fault *fault);
} parameters[] = {
    { "figure[]", read_figure },
    { "label[]", read_label },
    { "asOf", read_as_of },
    { "includeHistory", read_history },
    { "updatedAfter", read_updated },
    { "startPeriod", read_start },
    { "endPeriod", read_end },
    { "firstNObservations", read_first },
    { "lastNObservations", read_last },
};

static int read_parameter(struct api_query *query, const struct parameter *parameter,
                          struct fault *fault)
{
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
        if (strcmp(parameters[i].name, parameter->name) == 0 &&
            parameters[i].read(query, parameter->value, fault) != 0)
            return fault_at(fault, "parameter '%s': ", parameter->name);
    return 0;
}

/* Checks the parameters against each other and the catalogue. */
static int check(const struct inquiry *inquiry, struct fault *fault)
{
    if (inquiry->first > 0 && inquiry->last > 0)
        return fault_set(fault, "parameter 'lastNObservations': goes without 'firstNObservations'");
    if (inquiry->within && inquiry->from >= inquiry->until)
        return fault_set(fault, "parameter 'endPeriod': ends before 'startPeriod' begins; expected "
                                "a later period");
    return inquiry_check(inquiry, fault) == 0 ? 0 : fault_at(fault, "parameter 'label[]': ");
}

static bool check_figures(const struct api_query *query, struct reply *reply)
{
    const struct inquiry *inquiry = &query->inquiry;
    for (size_t i = 0; i < inquiry->figure_count; i++) {
        if (catalogue_find(inquiry->catalogue, query->figures[i]) != NULL)
            continue;
        reply_words(reply, 404, "parameter 'figure[]': there is no figure '%s'", query->figures[i]);
        return false;
    }
    return true;
}

static int read_parameters(struct api_query *query, const struct catalogue *catalogue,
                           const struct request *request, struct fault *fault)
{
    *query = (struct api_query){ .inquiry = { .catalogue = catalogue,
                                              .figures = query->figures,
                                              .labels = query->labels,
                                              .known_by = LEDGER_ALWAYS,
                                              .from = INT64_MIN,
                                              .until = INT64_MAX } };
    for (size_t i = 0; i < request->parameter_count; i++)
        if (read_parameter(query, &request->parameters[i], fault) != 0)
            return -1;
    return 0;
}

int api_query_of_figure(struct api_query *query, const struct catalogue *catalogue,
                        const char *figure, const struct request *request, struct fault *fault)
{
    if (read_parameters(query, catalogue, request, fault) != 0)
        return -1;
    read_figure(query, figure, fault);
    return check(&query->inquiry, fault);
}

bool api_query_read(struct api_query *query, const struct catalogue *catalogue,
                    const struct request *request, struct reply *reply)
{
    struct fault fault = { 0 };
    int failed = read_parameters(query, catalogue, request, &fault);
    if (failed == 0 && !check_figures(query, reply))
        return false;
    if (failed == 0)
        failed = check(&query->inquiry, &fault);
    if (failed != 0)
        reply_words(reply, 400, "%s", fault.text);
    return failed == 0;
}

void api_query_free(struct api_query *query)
{
    arena_free(&query->arena);
}
