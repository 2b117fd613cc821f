/* SPDX-License-Identifier: MIT */
/* decode_text.c - published text, in which the rules of its source find the observations */
#include "decode.h"
#include "rule.h"

static bool apply(const struct text_rule *text, struct published *published, struct batch *batch)
{
    struct rule rule;
    struct fault fault = { 0 };
    bool goes_on = true;
    if (rule_open(&rule, text, &fault) == 0)
        goes_on = rule_apply(&rule, published, text->least, text->most, batch);
    else
        batch_refuse(batch, REFUSED_RULE, "", fault.text);
    rule_close(&rule);
    return goes_on;
}

static void decode_utf8(const char *bytes, size_t size, struct batch *batch)
{
    const struct text_rules *rules = batch->form->rules;
    struct published published;
    struct fault fault = { 0 };
    if (!decode_is_text(&bytes, &size, batch))
        return;
    batch->by_line = true;
    bool goes_on = published_read(&published, bytes, size, rules->html, &fault) == 0;
    published.search.interrupt = batch->interrupt;
    if (!goes_on)
        batch_refuse(batch, REFUSED_DOCUMENT, "", fault.text);
    for (size_t i = 0; goes_on && i < rules->count; i++)
        goes_on = apply(&rules->rules[i], &published, batch);
    published_free(&published);
}

void decode_text(const char *bytes, size_t size, struct batch *batch)
{
    const char *encoding = batch->form->rules->encoding;
    struct text text = { 0 };
    if (encoding == NULL)
        decode_utf8(bytes, size, batch);
    else if (decode_to_utf8(encoding, bytes, size, &text, batch))
        decode_utf8(text.bytes, text.size, batch);
    text_free(&text);
}
