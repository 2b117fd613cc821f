/* SPDX-License-Identifier: MIT */
/* snapshot_place.h - a ledger of two figures in a folder of its own, and the page of a snapshot */
#ifndef TESTS_SNAPSHOT_PLACE_H
#define TESTS_SNAPSHOT_PLACE_H

#include "../../almanac/ledger_append.h"
#include "../../exporter/snapshot.h"
#include "scratch.h"

#include <string.h>

static const char configuration[] =
    "figures:\n"
    "  - {name: funds, kind: stock, labels: [area], title: {en: F, zh: 基金}, help: Funds.}\n"
    "  - {name: paid_cny, kind: flow, unit: cny, freq: Q, due: 45, title: {en: P, zh: 支付}, "
    "help: Paid.}\n"
    "sources:\n"
    "  - {name: reply, url: 'http://127.0.0.1:1/'}\n";

struct place {
    char folder[SCRATCH_PATH], ledger_path[320];
    struct ledger *ledger;
    struct settings *settings;
    int64_t now;      /* seconds, of the place's own clock */
    int64_t recorded; /* when all is said that is said from here */
};

static inline int open_place(void **state)
{
    struct fault fault = { 0 };
    struct place *place = calloc(1, sizeof *place);
    char path[400];
    make_scratch("snapshot", place->folder);
    snprintf(place->ledger_path, sizeof place->ledger_path, "%s/ledger.db", place->folder);
    snprintf(path, sizeof path, "%s/almanac.yaml", place->folder);
    FILE *file = fopen(path, "w");
    fputs(configuration, file);
    fclose(file);
    place->settings = settings_load(path, &fault);
    assert_string_equal(fault.text, "");
    place->ledger = ledger_open(place->ledger_path, LEDGER_WRITER, &fault);
    place->now = 1795392000; /* 2026-11-23 */
    place->recorded = 1;
    *state = place;
    return 0;
}

static inline int close_place(void **state)
{
    struct place *place = *state;
    ledger_close(place->ledger);
    settings_free(place->settings);
    remove_scratch(place->folder);
    free(place);
    return 0;
}

/* Of any figure; value NULL: missing. */
static inline void say_of(struct place *place, const struct figure *figure,
                          const char *const *labels, char status, const char *period,
                          const char *value)
{
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct observation observation = { .figure = figure,
                                       .label_values = labels,
                                       .statement = { .status = status,
                                                      .missing = value == NULL } };
    assert_int_equal(period_read(period, &observation.statement.period, &fault), 0);
    if (value != NULL)
        assert_int_equal(quantity_read(value, &observation.statement.value, &fault), 0);
    assert_int_equal(ledger_begin(place->ledger, "reply", place->recorded, &fault), 0);
    assert_int_equal(ledger_append(place->ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_commit(place->ledger, &fault), 0);
}

static inline void say(struct place *place, const char *area, const char *period, const char *value)
{
    say_of(place, &place->settings->catalogue.figures[area == NULL], &area,
           value == NULL ? 'O' : 'A', period, value);
}

static inline struct snapshot *read_snapshot(struct place *place)
{
    struct fault fault = { 0 };
    struct snapshot *snapshot =
        snapshot_read(NULL, place->ledger, place->settings, place->now, &fault);
    assert_string_equal(fault.text, "");
    return snapshot;
}

/* To be passed to free(). */
static inline char *page_of(struct snapshot *snapshot)
{
    const struct rendition *made = rendition_of(snapshot, EXPOSITION_TEXT, ACCEPT_IDENTITY);
    struct text page = { 0 };
    for (size_t i = 0; i < made->byte_count; i++)
        text_bytes(&page, made->bytes[i].bytes, made->bytes[i].size);
    return page.bytes;
}

static inline bool page_has(struct snapshot *snapshot, const char *words)
{
    char *page = page_of(snapshot);
    bool has = strstr(page, words) != NULL;
    free(page);
    return has;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_place, close_place)

#endif
