/* SPDX-License-Identifier: MIT */
/* format.c - observations as output, one format per file; knows no ledger */
#include "format.h"

const char *format_label(const struct subject *subject, const char *name)
{
    return label_value_or_empty(subject->labels, subject->label_count, name);
}

const char *format_released(const struct row *row, char out[PERIOD_TIME])
{
    out[0] = '\0';
    if (row->has_released)
        period_write_time(row->released, out);
    return out;
}

void format_free(struct writer *writer)
{
    text_free(&writer->out);
    arena_free(&writer->arena);
}
