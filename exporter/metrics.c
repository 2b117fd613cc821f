/* SPDX-License-Identifier: MIT */
/* metrics.c - the families of /metrics, written through exposition.h, which escapes */
#include "metrics.h"

#include "../almanac/vitals.h"
#include "meaning.h"

static void write_figures(struct exposition *out, const struct snapshot_series *series,
                          size_t count, struct choice *choice)
{
    for (const struct snapshot_series *end = series + count; series < end; series++) {
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

size_t metrics_sections(const struct snapshot *snapshot)
{
    return snapshot->figures_only ? 1 : 1 + meaning_families;
}

void metrics_write_section(struct exposition *out, size_t section,
                           const struct snapshot_series *series, size_t count,
                           struct choice *choice)
{
    if (section == 0)
        write_figures(out, series, count, choice);
    else
        meaning_write(out, section - 1, series, count, choice);
}

void metrics_write_rest(struct exposition *out, const struct snapshot *snapshot,
                        struct choice *choice)
{
    if (!snapshot->figures_only)
        meaning_write_due(out, snapshot, choice);
    write_build(out, choice);
    vitals_write_sources(out, choice, snapshot->sources, snapshot->source_count);
}

void metrics_write(struct exposition *out, const struct snapshot *snapshot, struct choice *choice)
{
    size_t sections = metrics_sections(snapshot);
    for (size_t section = 0; section < sections; section++)
        metrics_write_section(out, section, snapshot->series, snapshot->series_count, choice);
    metrics_write_rest(out, snapshot, choice);
}

void metrics_write_scrape(struct exposition *out, struct choice *choice, bool ledger_up,
                          struct reload *reload, struct process *process)
{
    static const struct family family = {
        "almanac_exporter_ledger_up", FAMILY_GAUGE, NULL,
        "Whether the ledger can be read (1); if not (0), the figures are those of "
        "the last time that it could."
    };
    choice_put(choice, out, &family, ledger_up ? "1" : "0");
    reload_write(reload, out, choice, "almanac_exporter_config_last_reload_successful",
                 "almanac_exporter_config_last_reload_success_timestamp_seconds");
    process_write(process, out, choice);
    exposition_end(out);
}
