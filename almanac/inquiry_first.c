/* SPDX-License-Identifier: MIT */
/* inquiry_first.c - when the first of what is asked for became known */
#include "inquiry_first.h"

#include "inquiry_answer.h"

#include <stdio.h>

struct first {
    bool found, released; /* or else recorded */
    int64_t known;
};

static void begin(struct writer *writer)
{
    (void)writer;
}

static void take_row(struct writer *writer, const struct row *row)
{
    struct first *first = writer->state;
    int64_t known = row->has_released ? row->released : row->recorded;
    if (first->found && first->known <= known)
        return;
    *first = (struct first){ .found = true, .released = row->has_released, .known = known };
}

static const struct format format_first = { .begin = begin, .row = take_row, .end = begin };

static int find(const struct inquiry *inquiry, struct first *first, struct fault *fault)
{
    struct inquiry whole = *inquiry;
    struct writer writer = { .state = first };
    whole.known_by = LEDGER_ALWAYS;
    whole.history = true;
    whole.first = whole.last = 0;
    struct inquiry_answer *answer = inquiry_answer_begin(&whole, &format_first, &writer, fault);
    if (answer == NULL)
        return -1;
    int more;
    while ((more = inquiry_answer_next(answer, fault)) > 0)
        ;
    inquiry_answer_end(answer);
    return more;
}

int inquiry_first_known(const struct inquiry *inquiry, struct text *words, struct fault *fault)
{
    struct first first = { 0 };
    char by[PERIOD_TIME], day[PERIOD_TIME];
    if (inquiry->known_by == LEDGER_ALWAYS)
        return 0;
    if (find(inquiry, &first, fault) != 0)
        return -1;
    if (!first.found || first.known <= inquiry->known_by)
        return 0;
    period_write_last(inquiry->known_by, by);
    period_write_around(first.known, 'D', day);
    text_printf(words, "no observations known by %s; the first was %s %s%s", by,
                first.released ? "released" : "recorded", day,
                first.released ? "" : " (give 'released' with what was published earlier)");
    return 0;
}

int inquiry_first_tell(const struct inquiry *inquiry, struct fault *fault)
{
    struct text words = { 0 };
    int result = inquiry_first_known(inquiry, &words, fault);
    if (words.size > 0)
        fprintf(stderr, "%s\n", words.bytes);
    text_free(&words);
    return result;
}
