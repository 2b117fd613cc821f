/* SPDX-License-Identifier: MIT */
/* jq.c - foreign JSON made into observations by a jq program, in a process of its own */
#include "jq.h"

#include "../almanac/jq_program.h"
#include "child.h"
#include "json_numbers.h"

int jq_run(const struct source_settings *source, const struct text *document, int interrupt,
           const struct clock *clock, struct text *output, struct fault *fault)
{
    struct text input = { 0 }, program = { 0 };
    text_put(&input, "");
    json_quote_numbers(document->size > 0 ? document->bytes : "", document->size, JQ_DIGITS,
                       &input);
    text_printf(&program, " %s", source->form.jq->text); /* a blank: a '-' begins no flag then */
    int result = -1;
    if (text_failed(&input) || text_failed(&program)) {
        fault_set(fault, "jq: out of memory");
    } else {
        const char *const argv[] = { "jq", "-c", "-M", program.bytes, NULL };
        struct child child = { argv,       input.bytes,
                               input.size, source->timeout,
                               JQ_MEMORY,  source->body_size_limit,
                               interrupt,  clock };
        result = child_run(&child, output, fault);
    }
    text_free(&input);
    text_free(&program);
    return result;
}
