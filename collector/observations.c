/* SPDX-License-Identifier: MIT */
/* observations.c - the command that prints observations from the ledger */
#include "../almanac/inquiry_answer.h"
#include "../almanac/inquiry_first.h"
#include "collector.h"

#include <stdio.h>

const char *const observations_formats[] = { "table", "csv", "json", NULL };
static const struct format *const formats[] = { &format_table, &format_csv, &format_json };

static int read_labels(char **words, size_t count, struct inquiry *inquiry, struct arena *arena,
                       struct fault *fault)
{
    struct label *labels = arena_take(arena, count, sizeof *labels);
    inquiry->labels = labels;
    for (size_t i = 0; i < count; i++)
        if (inquiry_read_label(words[i], labels, &inquiry->label_count, arena, fault) != 0)
            return -1;
    return 0;
}

static int answer(const struct inquiry *inquiry, const struct format *format, struct fault *fault)
{
    struct writer writer = { .provenance = format == &format_json || inquiry->history };
    struct inquiry_sum sum;
    if (inquiry_answer_print(inquiry, format, &writer, stdout, &sum, fault) != 0)
        return -1;
    return sum.rows > 0 ? 0 : inquiry_first_tell(inquiry, fault);
}

int command_observations(struct collector *collector, char **operands, int count)
{
    struct fault fault = { 0 };
    struct arena arena = { 0 };
    struct inquiry inquiry = { .ledger = collector->ledger,
                               .catalogue = &collector->catalogue,
                               .figures = (const char *const *)operands,
                               .figure_count = 1,
                               .known_by = LEDGER_ALWAYS,
                               .history = collector->asking.history };
    int status = 0;
    if (inquiry_read_as_of_flag(collector->asking.as_of, &inquiry, &fault) != 0 ||
        read_labels(operands + 1, (size_t)count - 1, &inquiry, &arena, &fault) != 0 ||
        inquiry_check(&inquiry, &fault) != 0)
        status = 2;
    else if (answer(&inquiry, formats[collector->asking.format], &fault) != 0)
        status = 1;
    if (status != 0)
        fprintf(stderr, "%s\n", fault.text);
    arena_free(&arena);
    return status;
}
