/* SPDX-License-Identifier: MIT */
/* jq.c - foreign JSON made into observations by a jq program, in a process of its own */
#include "jq.h"

#include "../almanac/jq_program.h"
#include "child.h"
#include "json_numbers.h"

static int run(const struct source_settings *source, const struct text *input, int interrupt,
               const struct clock *clock, struct text *output, struct fault *fault)
{
    struct text program = { 0 };
    text_printf(&program, " %s", source->form.jq->text); /* a blank: a '-' begins no flag then */
    int result = -1;
    if (text_failed(input) || text_failed(&program)) {
        fault_set(fault, "jq: out of memory");
    } else {
        const char *const argv[] = { "jq", "-c", "-M", program.bytes, NULL };
        struct child child = { argv,        input->bytes,
                               input->size, source->timeout,
                               JQ_MEMORY,   source->body_size_limit,
                               interrupt,   clock };
        result = child_run(&child, output, fault);
    }
    text_free(&program);
    return result;
}

int jq_run(const struct source_settings *source, const struct text *document, int interrupt,
           const struct clock *clock, struct text *output, struct fault *fault)
{
    struct text input = { 0 };
    text_put(&input, "");
    json_quote_numbers(document->size > 0 ? document->bytes : "", document->size, JQ_DIGITS,
                       &input);
    int result = run(source, &input, interrupt, clock, output, fault);
    text_free(&input);
    return result;
}

/* Of no input it has nothing to make, but it is compiled. */
int jq_check(const struct source_settings *source, const struct clock *clock, struct fault *fault)
{
    struct text nothing = { 0 }, output = { 0 };
    text_put(&nothing, "");
    int result = run(source, &nothing, -1, clock, &output, fault);
    text_free(&nothing);
    text_free(&output);
    return result;
}
