/* SPDX-License-Identifier: MIT */
/* meaning.c - families that describe the newest value of each series */
#include "meaning.h"

#include "../almanac/arena.h"
#include "qualifier.h"
#include "siblings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD = 32 };

static void put_number(char *word, int64_t number)
{
    snprintf(word, WORD, "%lld", (long long)number);
}

static void put_as_of(const struct snapshot_series *series, char *word)
{
    put_number(word, period_as_of(&series->newest->period));
}

static void put_start(const struct snapshot_series *series, char *word)
{
    put_number(word, series->newest->period.start);
}

static void put_end(const struct snapshot_series *series, char *word)
{
    put_number(word, series->newest->period.end);
}

static void put_released(const struct snapshot_series *series, char *word)
{
    if (series->vintage->has_released)
        put_number(word, series->vintage->released);
}

static void put_recorded(const struct snapshot_series *series, char *word)
{
    put_number(word, series->vintage->recorded);
}

static void put_vintages(const struct snapshot_series *series, char *word)
{
    put_number(word, series->vintage->count);
}

static void put_next_due(const struct snapshot_series *series, char *word)
{
    if (series->due != SNAPSHOT_NEVER)
        put_number(word, series->due);
}

static void put_revision(const struct snapshot_series *series, char *word)
{
    const struct vintage *revised = series->revised;
    if (revised != NULL && isinf(revised->revised_by))
        snprintf(word, WORD, "%cInf", revised->revised_by < 0 ? '-' : '+');
    else if (revised != NULL)
        snprintf(word, WORD, "%.6g", revised->revised_by);
}

static void put_revised(const struct snapshot_series *series, char *word)
{
    if (series->revised != NULL)
        put_number(word, series->revised->revised);
}

static void put_comparator(const struct snapshot_series *series, char *word)
{
    snprintf(word, WORD, "%s", comparator_text(series->newest->comparator));
}

static void put_status(const struct snapshot_series *series, char *word)
{
    if (series->newest->status != 'A')
        snprintf(word, WORD, "%c", series->newest->status);
}

/* A row leaves the word empty if it does not apply. The word is the sample's value or, if label is
 * set, that label's value. */
static const struct row {
    const struct family *family;
    const char *label;
    void (*put)(const struct snapshot_series *series, char *word);
} rows[] = {
    { &(const struct family){
          "almanac_as_of_timestamp_seconds", FAMILY_GAUGE, "seconds",
          "Start of the last day of the period that the newest value of a series is about." },
      NULL, put_as_of },
    { &(const struct family){ "almanac_period_start_timestamp_seconds", FAMILY_GAUGE, "seconds",
                              "Start of the period that the newest value of a series is about." },
      NULL, put_start },
    { &(const struct family){
          "almanac_period_end_timestamp_seconds", FAMILY_GAUGE, "seconds",
          "End of the period that the newest value of a series is about: the first second after "
          "it." },
      NULL, put_end },
    { &(const struct family){
          "almanac_released_timestamp_seconds", FAMILY_GAUGE, "seconds",
          "When the newest value of a series was published, where that is known." },
      NULL, put_released },
    { &(const struct family){ "almanac_recorded_timestamp_seconds", FAMILY_GAUGE, "seconds",
                              "When the newest value of a series was recorded in the ledger." },
      NULL, put_recorded },
    { &(const struct family){
          "almanac_next_due_timestamp_seconds", FAMILY_GAUGE, "seconds",
          "When the value of a series' next period is due, of figures that have a rhythm." },
      NULL, put_next_due },
    { &(const struct family){
          "almanac_vintages", FAMILY_GAUGE, NULL,
          "Statements recorded so far of the period that the newest value of a series is about." },
      NULL, put_vintages },
    { &(const struct family){
          "almanac_revision_ratio", FAMILY_GAUGE, "ratio",
          "Share of its former value by which a value of a series, of any period, was last "
          "revised; a forecast is no former value." },
      NULL, put_revision },
    { &(const struct family){ "almanac_revised_timestamp_seconds", FAMILY_GAUGE, "seconds",
                              "When a value of a series was last revised in the ledger." },
      NULL, put_revised },
    { &comparator_family, "comparator", put_comparator },
    { &obs_status_family, "obs_status", put_status },
};

/* The labels of a sample, in reusable memory. */
struct labels {
    struct label *at;
    size_t room;
};

static void write_sample(struct exposition *out, const struct row *row,
                         const struct snapshot_series *series, struct labels *labels)
{
    char word[WORD] = "";
    size_t count = series->label_count + 1;
    row->put(series, word);
    if (*word == '\0')
        return;
    labels->at = array_reserve(labels->at, &labels->room, count + 1, sizeof *labels->at);
    labels->at[0] = (struct label){ "figure", series->figure->name };
    if (series->label_count > 0)
        memcpy(labels->at + 1, series->labels, series->label_count * sizeof *labels->at);
    if (row->label != NULL)
        labels->at[count++] = (struct label){ row->label, word };
    exposition_sample(out, row->family, labels->at, count, row->label == NULL ? word : "1");
}

const size_t meaning_families = sizeof rows / sizeof *rows;

void meaning_write(struct exposition *out, size_t family, const struct snapshot_series *series,
                   size_t count, struct choice *choice)
{
    struct labels labels = { 0 };
    const struct row *row = &rows[family];
    bool wanted = choice_has_family(choice, row->family->name);
    for (size_t i = 0; i < count && wanted; i++)
        if (series[i].newest != NULL && choice_has_figure(choice, series[i].figure->name))
            write_sample(out, row, &series[i], &labels);
    free(labels.at);
}

void meaning_write_due(struct exposition *out, const struct snapshot *snapshot,
                       struct choice *choice)
{
    static const struct family family = {
        "almanac_figure_next_due_timestamp_seconds", FAMILY_GAUGE, "seconds",
        "When the next report of a figure is due, of figures that have a rhythm."
    };
    if (!choice_has_family(choice, family.name))
        return;
    for (size_t at = 0; at < snapshot->series_count;) {
        const struct figure *figure = snapshot->series[at].figure;
        int64_t due = siblings_next(snapshot, figure, &at).due;
        if (due == SNAPSHOT_NEVER || !choice_has_figure(choice, figure->name))
            continue;
        const struct label label = { "figure", figure->name };
        char word[WORD];
        put_number(word, due);
        exposition_sample(out, &family, &label, 1, word);
    }
}
