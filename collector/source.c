/* SPDX-License-Identifier: MIT */
/* source.c - from what a source sends to a delivery, by way of jq where it has a program */
#include "source.h"

#include "../almanac/page_choice.h"
#include "jq.h"

/* A service that speaks several formats is asked for the one that is read. */
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

static void read_text(struct delivery *delivery, const struct text *text)
{
    delivery_read(delivery, text->size > 0 ? text->bytes : "", text->size);
}

void source_read(const struct source_settings *source, const struct text *body, int interrupt,
                 const struct clock *clock, struct delivery *delivery)
{
    struct text made = { 0 };
    delivery->batch.configured = true;
    if (source->form.jq == NULL)
        read_text(delivery, body);
    else if (jq_run(source, body, interrupt, clock, &made, &delivery->fault) == 0)
        read_text(delivery, &made);
    text_free(&made);
}
