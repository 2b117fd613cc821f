/* SPDX-License-Identifier: MIT */
/* metrics.c - which families /metrics has; knows no escaping */
#include "metrics.h"

#include "exposition.h"
#include "process.h"

#include <stdio.h>
#include <string.h>

enum { NUMBER_TEXT = 32, LABELS = 64 };

static void write_figures(struct text *page, const struct snapshot *snapshot)
{
    const struct figure *family = NULL;
    for (size_t i = 0; i < snapshot->series_count; i++) {
        const struct snapshot_series *series = &snapshot->series[i];
        if (series->newest == NULL)
            continue;
        if (series->figure != family)
            exposition_family(page, series->figure->name, "gauge", series->figure->help);
        family = series->figure;
        exposition_sample(page, family->name, series->labels, series->label_count,
                          series->newest->value.text);
    }
}

/* The figure's name goes in front of the series' own labels. */
static void write_as_of(struct text *page, const struct snapshot_series *series)
{
    static const char name[] = "almanac_as_of_timestamp_seconds";
    struct label labels[LABELS] = { { "figure", series->figure->name } };
    size_t count = series->label_count < LABELS - 1 ? series->label_count : LABELS - 1;
    char seconds[NUMBER_TEXT];
    memcpy(labels + 1, series->labels, count * sizeof *labels);
    snprintf(seconds, sizeof seconds, "%lld", (long long)period_as_of(&series->newest->period));
    exposition_sample(page, name, labels, count + 1, seconds);
}

static void write_all_as_of(struct text *page, const struct snapshot *snapshot)
{
    bool any = false;
    for (size_t i = 0; i < snapshot->series_count; i++) {
        if (snapshot->series[i].newest == NULL)
            continue;
        if (!any)
            exposition_family(page, "almanac_as_of_timestamp_seconds", "gauge",
                              "Start of the last day of the period that the newest value of a "
                              "series is about.");
        any = true;
        write_as_of(page, &snapshot->series[i]);
    }
}

static void write_milliseconds(char *out, int64_t ms)
{
    snprintf(out, NUMBER_TEXT, "%lld.%03d", (long long)(ms / 1000), (int)(ms % 1000));
}

static void put_up(const struct source_state *state, char *value)
{
    snprintf(value, NUMBER_TEXT, "%d", state->up);
}

static void put_last_success(const struct source_state *state, char *value)
{
    if (state->last_success_ms != 0)
        write_milliseconds(value, state->last_success_ms);
}

static void put_duration(const struct source_state *state, char *value)
{
    write_milliseconds(value, state->duration_ms);
}

/* A row leaves value empty where it has nothing to say of a source. */
static const struct {
    const char *name, *help;
    void (*put)(const struct source_state *state, char *value);
} source_families[] = {
    { "almanac_source_up",
      "Whether the last fetch of a source was taken whole (1) or failed or was refused (0).",
      put_up },
    { "almanac_source_last_success_timestamp_seconds",
      "When a fetch of a source was last taken whole.", put_last_success },
    { "almanac_source_fetch_duration_seconds", "How long the last fetch of a source took.",
      put_duration },
};

static void write_sources(struct text *page, const struct snapshot *snapshot)
{
    for (size_t row = 0; row < sizeof source_families / sizeof *source_families; row++) {
        bool any = false;
        for (size_t i = 0; i < snapshot->source_count; i++) {
            const struct source_state *state = &snapshot->sources[i];
            struct label label = { "source", state->source };
            char value[NUMBER_TEXT] = "";
            source_families[row].put(state, value);
            if (*value == '\0')
                continue;
            if (!any)
                exposition_family(page, source_families[row].name, "gauge",
                                  source_families[row].help);
            any = true;
            exposition_sample(page, source_families[row].name, &label, 1, value);
        }
    }
}

void metrics_write(struct text *page, const struct snapshot *snapshot)
{
    static const struct label build[] = { { "compiler", ALMANAC_COMPILER },
                                          { "revision", ALMANAC_REVISION },
                                          { "version", ALMANAC_VERSION } };
    write_figures(page, snapshot);
    write_all_as_of(page, snapshot);
    exposition_family(page, "almanac_exporter_build_info", "gauge",
                      "A constant 1, labelled with what the exporter was built from and with.");
    exposition_sample(page, "almanac_exporter_build_info", build, 3, "1");
    write_sources(page, snapshot);
}

void metrics_write_scrape(struct text *page, bool ledger_up, int64_t started_ms)
{
    exposition_family(page, "almanac_exporter_ledger_up", "gauge",
                      "Whether the ledger can be read (1); if not (0), the figures are those of "
                      "the last time that it could.");
    exposition_sample(page, "almanac_exporter_ledger_up", NULL, 0, ledger_up ? "1" : "0");
    process_write(page, started_ms);
}
