/* SPDX-License-Identifier: MIT */
/* source.c - from the body of a source to a delivery, through jq if it has a program */
#include "source.h"

#include "../almanac/page_choice.h"
#include "foreign_json.h"

/* The Accept header for services that offer several formats. */
static const char *const accepted[FORMS] = {
    [FORM_SDMX_CSV] = "application/vnd.sdmx.data+csv;version=2.0.0, */*;q=0.1",
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
    const char *bytes = body->size > 0 ? body->bytes : "";
    struct text made = { 0 };
    delivery->batch.interrupt = reading->interrupt;
    delivery->batch.configured = true;
    if (source->form.jq == NULL)
        delivery_read(delivery, bytes, body->size);
    else if (foreign_json_check(bytes, body->size, &delivery->batch) &&
             jq_run(source, body, reading, &made, &delivery->fault) == 0 && made.size > 0)
        delivery_read(delivery, made.bytes, made.size);
    if (!source->may_be_empty && source->form.rules == NULL) /* rules state their number */
        delivery_must_say(delivery);
    text_free(&made);
}
