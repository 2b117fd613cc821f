/* SPDX-License-Identifier: MIT */
/* jq.c - turns foreign JSON into observations with jq, in a child process */
#include "jq.h"

#include "../almanac/wording.h"
#include "child.h"
#include "json_numbers.h"

#include <string.h>

static int run(const struct source_settings *source, const struct text *input,
               const struct reading *reading, struct text *output, struct fault *fault)
{
    struct text program = { 0 };
    text_printf(&program, " %s", source->form.jq); /* leading blank: a '-' must not begin a flag */
    const char *const argv[] = { "jq", "-c", "-M", program.bytes, NULL };
    const struct child child = { .argv = argv,
                                 .input = input->bytes,
                                 .input_size = input->size,
                                 .seconds = source->timeout,
                                 .memory = JQ_MEMORY,
                                 .output = source->body_size_limit,
                                 .interrupt = reading->interrupt,
                                 .clock = reading->clock,
                                 .remarks = reading->remarks };
    int result = child_run(&child, output, fault);
    text_free(&program);
    return result;
}

/* jq writes the largest double instead of infinity. */
static int check_finite(const struct text *output, struct fault *fault)
{
    static const char infinite[] = "1.7976931348623157e+308";
    if (memmem(output->bytes, output->size, infinite, sizeof infinite - 1) == NULL)
        return 0;
    return fault_set(fault, "jq: it makes a number that is infinite; expected decimal numbers");
}

int jq_run(const struct source_settings *source, const struct text *document,
           const struct reading *reading, struct text *output, struct fault *fault)
{
    struct text input = { 0 };
    const struct wording_style *wording = source->form.wording;
    char point = wording != NULL && wording->decimal_comma ? ',' : '.';
    text_put(&input, "");
    json_quote_numbers(document->bytes, document->size, JQ_DIGITS, point, &input);
    text_put(output, "");
    int result = run(source, &input, reading, output, fault);
    text_free(&input);
    return result == 0 ? check_finite(output, fault) : result;
}

/* Without input, jq compiles the program and runs nothing. */
int jq_check(const struct source_settings *source, const struct clock *clock, struct fault *fault)
{
    struct text nothing = { 0 }, output = { 0 };
    const struct reading reading = { .interrupt = -1, .clock = clock };
    text_put(&nothing, "");
    int result = run(source, &nothing, &reading, &output, fault);
    text_free(&nothing);
    text_free(&output);
    return result;
}
