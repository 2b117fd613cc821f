/* SPDX-License-Identifier: MIT */
/* doubts.c - what may be recorded, but may not be what was meant */
#include "doubts.h"

#include "../almanac/least.h"
#include "../almanac/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* When a value that seems to be lost comes into force: of a period that has not ended, or a
 * forecast. INT64_MIN: it is no such value. */
static int64_t comes_later(const struct observation *observation, int64_t now)
{
    int64_t begins = timeline_begins(&observation->statement.period, observation->figure->kind);
    return begins > now ? begins : INT64_MIN;
}

/* When the period of a flow ends, which may be a slip: a value of 2026 in the middle of that year.
 */
static int64_t goes_on(const struct observation *observation, int64_t now)
{
    const struct statement *statement = &observation->statement;
    bool whole = observation->figure->kind == FIGURE_STOCK || statement->status == 'F' ||
                 statement->period.start > now || statement->period.end <= now;
    return whole ? INT64_MIN : statement->period.end;
}

/* When a value was released whose period had not begun, in any time zone, and which is no
 * forecast. */
static int64_t came_early(const struct observation *observation, int64_t now)
{
    const struct statement *statement = &observation->statement;
    (void)now;
    bool early = observation->has_released && statement->status != 'F' &&
                 observation->released + PERIOD_DAY <= statement->period.start;
    return early ? observation->released : INT64_MIN;
}

/* Less than, equal to or greater than 0 as the period of a flow is shorter than its rhythm, as long
 * or longer. */
static int compare_length(const struct observation *observation)
{
    const struct figure *figure = observation->figure;
    const struct period *period = &observation->statement.period;
    const struct period before = { .end = period->start };
    if (figure->kind != FIGURE_FLOW || figure->freq == '\0')
        return 0;
    int64_t end = period_next_end(&before, figure->freq);
    return (period->end > end) - (period->end < end);
}

/* When the period of a flow began that is shorter than its rhythm: a day in place of its month. */
static int64_t is_short(const struct observation *observation, int64_t now)
{
    (void)now;
    return compare_length(observation) < 0 ? observation->statement.period.start : INT64_MIN;
}

/* When the period of a flow began that is longer than its rhythm: it hides what is shorter, as the
 * means of years do among months. */
static int64_t is_long(const struct observation *observation, int64_t now)
{
    (void)now;
    return compare_length(observation) > 0 ? observation->statement.period.start : INT64_MIN;
}

/* When a period began that is written as two years in a row, 2023/2024, as others write one from
 * summer to summer. */
static int64_t is_of_two_years(const struct observation *observation, int64_t now)
{
    const struct period *period = &observation->statement.period;
    const char *text = period->text;
    (void)now;
    bool two = text[4] == '/' && strtol(text + 5, NULL, 10) == strtol(text, NULL, 10) + 1;
    return two ? period->start : INT64_MIN;
}

/* The first day of a month or year that a stock is reported for, which may be meant as a whole: its
 * value would stand at the end. */
static int64_t is_first_day(const struct observation *observation, int64_t now)
{
    const struct figure *figure = observation->figure;
    const struct period *period = &observation->statement.period;
    struct period around;
    (void)now;
    bool day = figure->kind == FIGURE_STOCK && figure->freq != '\0' && figure->freq != 'D' &&
               period->end - period->start <= PERIOD_DAY &&
               period_around(period->start, figure->freq, &around);
    return day && around.start == period->start ? period->start : INT64_MIN;
}

/* When the period of a ratio above 1 began: it may be meant in per cent. */
static int64_t exceeds_one(const struct observation *observation, int64_t now)
{
    const char *unit = observation->figure->unit;
    (void)now;
    bool above = unit != NULL && strcmp(unit, "ratio") == 0 &&
                 strtod(observation->statement.value.text, NULL) > 1;
    return above ? observation->statement.period.start : INT64_MIN;
}

static const struct doubt {
    enum doubts from; /* told from this on */
    int64_t (*when)(const struct observation *observation, int64_t now);
    const char *one, *several; /* before that time, of several the first */
} doubts[] = {
    { DOUBTS_ALL, comes_later, "comes into force later, on",
      "come into force later, the first on" },
    { DOUBTS_ALL, goes_on, "is about a period that goes on until",
      "are about periods that go on, the first until" },
    { DOUBTS_ALL, is_long, "is about a period longer than the figure's freq, from",
      "are about periods longer than the figure's freq, the first from" },
    { DOUBTS_LASTING, came_early, "was released before its period began, on",
      "were released before their periods began, the first on" },
    { DOUBTS_LASTING, is_short, "is about a period shorter than the figure's freq, from",
      "are about periods shorter than the figure's freq, the first from" },
    { DOUBTS_LASTING, is_of_two_years,
      "is about two years, but may be meant as one from summer to summer, from",
      "are about two years, but may be meant as one from summer to summer, the first from" },
    { DOUBTS_LASTING, is_first_day, "is a stock of the first day of a period of the figure's freq,",
      "are stocks of the first day of a period of the figure's freq, the first of" },
    { DOUBTS_LASTING, exceeds_one, "is a ratio above 1, that is 100%, of the period from",
      "are ratios above 1, that is 100%, the first of the period from" },
};

static void tell_one(const struct batch *batch, const struct doubt *doubt, doubt_teller *tell,
                     void *context)
{
    size_t count = 0;
    int64_t first = INT64_MAX;
    char date[PERIOD_TIME];
    struct fault words = { 0 };
    for (size_t i = 0; i < batch->count; i++) {
        const struct observation *observation = &batch_item(batch, i)->observation;
        int64_t when =
            observation->statement.missing ? INT64_MIN : doubt->when(observation, batch->now);
        if (when == INT64_MIN)
            continue;
        count++;
        first = least_of(first, when);
    }
    if (count == 0)
        return;
    period_write_time(first, date);
    fault_set(&words, "%s %s", count == 1 ? doubt->one : doubt->several, date);
    tell(context, count, words.text);
}

void doubts_tell(const struct batch *batch, enum doubts which, doubt_teller *tell, void *context)
{
    if (which == DOUBTS_ALL && batch->passed > 0)
        tell(context, batch->passed,
             batch->passed == 1 ? "is passed over, for its period is not as long as 'only' says"
                                : "are passed over, for their periods are not as long as 'only' "
                                  "says");
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++)
        if (doubts[i].from <= which)
            tell_one(batch, &doubts[i], tell, context);
}
