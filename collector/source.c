/* SPDX-License-Identifier: MIT */
/* source.c - from the body of a source to a delivery, through jq if it has a program */
#include "source.h"

#include "../almanac/page_choice.h"
#include "foreign_json.h"

#include <stdio.h>
#include <string.h>

/* The Accept header for services that offer several formats. */
static const char *const accepted[FORMS] = {
    [FORM_SDMX_CSV] = "application/vnd.sdmx.data+csv;version=2.0.0, "
                      "application/vnd.sdmx.data+csv;version=1.0.0;q=0.5, */*;q=0.1",
};

static const char *const accepted_pages[] = {
    [EXPOSITION_TEXT] = "text/plain;version=0.0.4, */*;q=0.1",
    [EXPOSITION_OPENMETRICS] = "application/openmetrics-text;version=1.0.0, */*;q=0.1",
    [EXPOSITION_FORMATS] =
        "application/openmetrics-text;version=1.0.0, text/plain;version=0.0.4;q=0.5, */*;q=0.1",
};

struct fetch_request source_request(const struct source_settings *source, void *owner)
{
    return (struct fetch_request){ .url = source->url,
                                   .timeout = source->timeout,
                                   .body_size_limit = source->body_size_limit,
                                   .accept = source->form.format == FORM_METRICS
                                                 ? accepted_pages[source->form.page->exposition]
                                                 : accepted[source->form.format],
                                   .transport = &source->transport,
                                   .owner = owner };
}

void source_read(const struct source_settings *source, const struct text *body,
                 const struct reading *reading, struct delivery *delivery)
{
    struct text made = { 0 };
    delivery->batch.interrupt = reading->interrupt;
    delivery->batch.advice = ADVISE_KEY;
    if (source->form.jq == NULL)
        delivery_read(delivery, body->bytes, body->size);
    else if (foreign_json_check(body->bytes, body->size, &delivery->batch) &&
             jq_run(source, body, reading, &made, &delivery->fault) == 0 && made.size > 0)
        delivery_read(delivery, made.bytes, made.size);
    if (!source->may_be_empty && source->form.rules == NULL) /* rules state their number */
        delivery_must_say(delivery);
    text_free(&made);
}

static void print_remarks(const struct text *remarks, const char *name)
{
    const char *at = remarks->size > 0 ? remarks->bytes : "";
    while (*at != '\0') {
        struct fault line = { 0 };
        size_t length = strcspn(at, "\n");
        fault_set(&line, "%.*s", (int)length, at);
        fprintf(stderr, "%s: jq says: %s\n", name, line.text);
        at += length + (at[length] == '\n');
    }
}

struct delivery *source_deliver(const struct source_settings *source, struct settings *settings,
                                const struct text *body, const char *name,
                                const struct clock *clock)
{
    struct text remarks = { 0 };
    const struct reading reading = { -1, clock, &remarks };
    struct delivery *delivery =
        delivery_new(source->name, settings, &source->form, clock_seconds(clock));
    source_read(source, body, &reading, delivery);
    print_remarks(&remarks, name);
    text_free(&remarks);
    return delivery;
}
