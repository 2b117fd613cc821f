/* SPDX-License-Identifier: MIT */
/* decode_text.c - decodes published text: the source's rules find the observations */
#include "decode.h"
#include "rule.h"

#include <poll.h>

static bool apply(const struct text_rule *text, struct published *published, struct batch *batch)
{
    struct rule rule;
    struct fault fault = { 0 };
    bool goes_on = true;
    if (rule_open(&rule, text, &fault) == 0)
        goes_on = rule_apply(&rule, published, text->least, text->most, batch);
    else
        batch_refuse_at(batch, REFUSED_RULE, 0, 0, "%s", fault.text);
    rule_close(&rule);
    return goes_on;
}

/* Whether decoding may continue: see batch.h. */
static bool goes_on(void *owner)
{
    const struct batch *batch = owner;
    struct pollfd stop = { .fd = batch->interrupt, .events = POLLIN };
    return stop.fd < 0 || poll(&stop, 1, 0) <= 0;
}

static void decode_utf8(const char *bytes, size_t size, struct batch *batch)
{
    const struct text_rules *rules = batch->form->rules;
    const struct pattern_patience patience = { goes_on, batch };
    struct published published;
    struct fault fault = { 0 };
    if (!decode_is_text(&bytes, &size, batch))
        return;
    batch->by_line = true;
    bool good = published_read(&published, bytes, size, rules->html, &fault) == 0;
    published.search.patience = &patience;
    if (!good)
        batch_refuse_at(batch, REFUSED_DOCUMENT, 0, 0, "%s", fault.text);
    for (size_t i = 0; good && i < rules->count; i++)
        good = apply(&rules->rules[i], &published, batch);
    published_free(&published);
}

void decode_text(const char *bytes, size_t size, struct batch *batch)
{
    decode_from(batch->form->rules->encoding, decode_utf8, bytes, size, batch);
}
