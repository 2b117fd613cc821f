/* SPDX-License-Identifier: MIT */
/* metrics.c - which families /metrics has; knows no escaping */
#include "metrics.h"

#include "../almanac/process.h"
#include "../almanac/vitals.h"
#include "meaning.h"

#include <stdio.h>

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
    static const struct family family = {
        "almanac_exporter_build_info", FAMILY_INFO, NULL,
        "A constant 1, labelled with what the exporter was built from and with."
    };
    vitals_write_build(out, choice, &family);
}

void metrics_write(struct exposition *out, const struct snapshot *snapshot, struct choice *choice)
{
    write_figures(out, snapshot, choice);
    if (!snapshot->figures_only)
        meaning_write(out, snapshot, choice);
    write_build(out, choice);
    vitals_write_sources(out, choice, snapshot->sources, snapshot->source_count);
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
