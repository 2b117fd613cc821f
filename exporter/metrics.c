/* SPDX-License-Identifier: MIT */
/* metrics.c - which families /metrics has; knows no escaping */
#include "metrics.h"

#include "../almanac/process.h"
#include "meaning.h"

#include <stdio.h>

enum { NUMBER_TEXT = 32 };

static void write_figures(struct exposition *out, const struct snapshot *snapshot,
                          struct choice *choice)
{
    for (size_t i = 0; i < snapshot->series_count; i++) {
        const struct snapshot_series *series = &snapshot->series[i];
        const struct figure *figure = series->figure;
        const struct family family = { figure->name, FAMILY_GAUGE, figure->unit, figure->help };
        if (series->newest != NULL && choice_has_family(choice, figure->name) &&
            choice_has_figure(choice, figure->name))
            exposition_sample(out, &family, series->labels, series->label_count,
                              series->newest->value.text);
    }
}

static void write_build(struct exposition *out, struct choice *choice)
{
    static const struct label labels[] = { { "compiler", ALMANAC_COMPILER },
                                           { "revision", ALMANAC_REVISION },
                                           { "version", ALMANAC_VERSION } };
    static const struct family family = {
        "almanac_exporter_build_info", FAMILY_INFO, NULL,
        "A constant 1, labelled with what the exporter was built from and with."
    };
    if (choice_has_family(choice, family.name) && choice_has_figure(choice, NULL))
        exposition_sample(out, &family, labels, 3, "1");
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
    struct family family;
    void (*put)(const struct source_state *state, char *value);
} source_families[] = {
    { { "almanac_source_up", FAMILY_GAUGE, NULL,
        "Whether the last fetch of a source was taken whole (1) or failed or was refused (0)." },
      put_up },
    { { "almanac_source_last_success_timestamp_seconds", FAMILY_GAUGE, "seconds",
        "When a fetch of a source was last taken whole." },
      put_last_success },
    { { "almanac_source_fetch_duration_seconds", FAMILY_GAUGE, "seconds",
        "How long the last fetch of a source took." },
      put_duration },
};

static void write_sources(struct exposition *out, const struct snapshot *snapshot,
                          struct choice *choice)
{
    for (size_t row = 0; row < sizeof source_families / sizeof *source_families; row++) {
        const struct family *family = &source_families[row].family;
        if (!choice_has_family(choice, family->name) || !choice_has_figure(choice, NULL))
            continue;
        for (size_t i = 0; i < snapshot->source_count; i++) {
            const struct source_state *state = &snapshot->sources[i];
            const struct label label = { "source", state->source };
            char value[NUMBER_TEXT] = "";
            source_families[row].put(state, value);
            if (*value != '\0')
                exposition_sample(out, family, &label, 1, value);
        }
    }
}

void metrics_write(struct exposition *out, const struct snapshot *snapshot, struct choice *choice)
{
    write_figures(out, snapshot, choice);
    if (!snapshot->figures_only)
        meaning_write(out, snapshot, choice);
    write_build(out, choice);
    write_sources(out, snapshot, choice);
}

void metrics_write_scrape(struct exposition *out, struct choice *choice, bool ledger_up,
                          int64_t started_ms)
{
    static const struct family family = {
        "almanac_exporter_ledger_up", FAMILY_GAUGE, NULL,
        "Whether the ledger can be read (1); if not (0), the figures are those of "
        "the last time that it could."
    };
    if (choice_has_family(choice, family.name) && choice_has_figure(choice, NULL))
        exposition_sample(out, &family, NULL, 0, ledger_up ? "1" : "0");
    process_write(out, choice, started_ms);
    exposition_end(out);
}
