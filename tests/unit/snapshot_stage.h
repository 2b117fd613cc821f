/* SPDX-License-Identifier: MIT */
/* snapshot_stage.h - a snapshot made by hand, for the tests of what is written from one */
#ifndef TESTS_SNAPSHOT_STAGE_H
#define TESTS_SNAPSHOT_STAGE_H

#include "../../exporter/snapshot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct figure figures[] = {
    { .name = "funds", .freq = '\0', .due_days = 30, .help = "Funds." },
    { .name = "paid_cny", .unit = "cny", .freq = 'Q', .due_days = 45, .help = "Paid." },
    { .name = "planned", .freq = 'A', .due_days = -1, .help = "Planned." },
};

static const struct label north = { "area", "north" }, south = { "area", "south" };

static const struct vintage vintages[] = {
    { .recorded = 1700000000, .count = 1, .statement = { .status = 'A' } },
    { .recorded = 1700000001,
      .count = 3,
      .has_released = true,
      .released = 1690000000,
      .statement = { .comparator = COMPARATOR_MORE, .status = 'P' } },
    { .recorded = 1700000002, .count = 1, .statement = { .status = 'A' } },
    { .recorded = 1700000003, .count = 1, .statement = { .status = 'F' } },
};
static const struct vintage revised = { .revised = 1700000004, .revised_by = -1. / 3 };
static const struct {
    int figure;
    const struct label *label;
    const char *period, *value; /* NULL: withdrawn */
    int64_t due;
} reports[] = {
    { 0, &north, "2024-06", "4.50", SNAPSHOT_NEVER }, { 1, &north, "2024-Q1", "100", 1723680000 },
    { 1, &south, "2023-Q4", "7", 1715817600 },        { 2, &south, "2024", "9", SNAPSHOT_NEVER },
    { 2, &north, "2024", NULL, SNAPSHOT_NEVER },
};
enum { REPORTS = 5 };

struct stage {
    struct settings settings;
    struct snapshot snapshot;
    struct snapshot_series series[REPORTS];
    struct vintage vintages[REPORTS];
};

static inline void set_stage(struct stage *stage)
{
    struct fault fault = { 0 };
    *stage = (struct stage){ .settings = { .catalogue = { figures, 3 } } };
    for (size_t i = 0; i < REPORTS; i++) {
        struct snapshot_series *series = &stage->series[i];
        *series = (struct snapshot_series){ .figure = &figures[reports[i].figure],
                                            .labels = reports[i].label,
                                            .due = reports[i].due,
                                            .label_count = 1 };
        if (reports[i].value == NULL)
            continue;
        struct vintage *vintage = &stage->vintages[i];
        *vintage = vintages[i];
        period_read(reports[i].period, &vintage->statement.period, &fault);
        quantity_read(reports[i].value, &vintage->statement.value, &fault);
        series->vintage = vintage;
        series->newest = &vintage->statement;
    }
    assert_string_equal(fault.text, "");
    stage->series[1].revised = &revised;
    stage->snapshot = (struct snapshot){ .settings = &stage->settings,
                                         .series = stage->series,
                                         .series_count = REPORTS };
    renditions_init(&stage->snapshot.renditions);
}

/* All bytes of a rendition, to be passed to text_free. */
static inline struct text bytes_of(const struct rendition *rendition)
{
    struct text page = { 0 };
    text_put(&page, "");
    for (size_t i = 0; i < rendition->byte_count; i++)
        text_bytes(&page, rendition->bytes[i].bytes, rendition->bytes[i].size);
    return page;
}

static inline void clear_stage(struct stage *stage)
{
    renditions_free(&stage->snapshot.renditions);
}

#endif
