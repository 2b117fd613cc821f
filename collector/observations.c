/* SPDX-License-Identifier: MIT */
/* observations.c - the command that prints observations from the ledger */
#include "../almanac/inquiry_answer.h"
#include "collector.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const observations_formats[] = { "table", "csv", "json", NULL };
static const struct format *const formats[] = { &format_table, &format_csv, &format_json };

/* The last second of the day, or of a longer period. */
static int read_as_of(const char *text, int64_t *known_by, struct fault *fault)
{
    struct period period;
    *known_by = LEDGER_ALWAYS;
    if (text == NULL)
        return 0;
    if (period_read(text, &period, fault) != 0)
        return fault_at(fault, "--as-of: ");
    *known_by = period.end - 1;
    return 0;
}

/* Splits "stage=built" in place. */
static int read_label(char *word, struct label *label, struct fault *fault)
{
    char *equals = strchr(word, '=');
    if (equals == NULL || equals == word || equals[1] == '\0')
        return fault_set(fault, "'%s' is no label; expected NAME=VALUE, like stage=built", word);
    *equals = '\0';
    *label = (struct label){ word, equals + 1 };
    return 0;
}

static int check_once(const struct label *labels, size_t last, struct fault *fault)
{
    for (size_t i = 0; i < last; i++)
        if (strcmp(labels[i].name, labels[last].name) == 0)
            return fault_set(fault, "the label '%s' is given twice; expected it once",
                             labels[i].name);
    return 0;
}

static int read_inquiry(const struct collector *collector, char **operands, struct inquiry *inquiry,
                        struct label *labels, struct fault *fault)
{
    if (read_as_of(collector->asking.as_of, &inquiry->known_by, fault) != 0)
        return -1;
    for (size_t i = 0; i < inquiry->label_count; i++)
        if (read_label(operands[1 + i], &labels[i], fault) != 0 ||
            check_once(labels, i, fault) != 0)
            return -1;
    return inquiry_check(inquiry, fault);
}

int command_observations(struct collector *collector, char **operands, int count)
{
    struct fault fault = { 0 };
    size_t undeclared;
    struct label *labels = array_new((size_t)count, sizeof *labels);
    struct inquiry inquiry = { .ledger = collector->ledger,
                               .catalogue = &collector->catalogue,
                               .figures = (const char *const *)operands,
                               .figure_count = 1,
                               .labels = labels,
                               .label_count = (size_t)count - 1,
                               .history = collector->asking.history };
    const struct format *format = formats[collector->asking.format];
    struct writer writer = { .provenance = format == &format_json || inquiry.history };
    int status = 0;
    if (read_inquiry(collector, operands, &inquiry, labels, &fault) != 0)
        status = 2;
    else if (inquiry_answer_print(&inquiry, format, &writer, stdout, &undeclared, &fault) != 0)
        status = 1;
    if (status != 0)
        fprintf(stderr, "%s\n", fault.text);
    free(labels);
    return status;
}
