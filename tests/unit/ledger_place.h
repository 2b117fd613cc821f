/* SPDX-License-Identifier: MIT */
/* ledger_place.h - a ledger in a scratch folder, for the tests that need one */
#ifndef TESTS_LEDGER_PLACE_H
#define TESTS_LEDGER_PLACE_H

#include "../../almanac/ledger_append.h"
#include "../../almanac/settings.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *platform_labels[] = { "ref_area", "stage" };
static const struct figure platforms = { .name = "pilot_platforms",
                                         .labels = platform_labels,
                                         .label_count = 2 };

struct place {
    char folder[SCRATCH_PATH], path[320];
    struct ledger *ledger;
};

static inline int open_place(void **state)
{
    struct fault fault = { 0 };
    struct place *place = calloc(1, sizeof *place);
    make_scratch("ledger", place->folder);
    snprintf(place->path, sizeof place->path, "%s/ledger.db", place->folder);
    place->ledger = ledger_open(place->path, LEDGER_WRITER, &fault);
    assert_string_equal(fault.text, "");
    *state = place;
    return 0;
}

static inline int close_place(void **state)
{
    struct place *place = *state;
    ledger_close(place->ledger);
    remove_scratch(place->folder);
    free(place);
    return 0;
}

/* What is said of pilot_platforms{stage="built"}; released is a date or NULL. */
struct saying {
    const char *source, *period, *value, *released;
    char status;
    enum comparator comparator;
    int64_t recorded; /* 0: 1700000000 */
};

static inline struct observation observation_of(const struct saying *saying,
                                                const char *const *values)
{
    struct fault fault = { 0 };
    struct observation observation = { .figure = &platforms, .label_values = values };
    struct statement *statement = &observation.statement;
    statement->status = saying->status ? saying->status : 'A';
    statement->comparator = saying->comparator;
    assert_int_equal(period_read(saying->period, &statement->period, &fault), 0);
    statement->missing = saying->value == NULL;
    if (saying->value != NULL)
        assert_int_equal(quantity_read(saying->value, &statement->value, &fault), 0);
    if (saying->released != NULL) {
        struct period released;
        assert_int_equal(period_read(saying->released, &released, &fault), 0);
        observation.has_released = true;
        observation.released = released.start;
    }
    return observation;
}

static inline enum ledger_outcome say(struct ledger *ledger, struct saying saying)
{
    static const char *const built[] = { "440304", "built" };
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct observation observation = observation_of(&saying, built);
    const char *source = saying.source ? saying.source : "reply";
    int64_t recorded = saying.recorded ? saying.recorded : 1700000000;
    assert_int_equal(ledger_begin(ledger, source, recorded, &fault), 0);
    assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_commit(ledger, &fault), 0);
    assert_string_equal(fault.text, "");
    return outcome;
}

/* Bureau counts more than reply, and reply more than the others. */
static inline void prefer(struct place *place)
{
    static const char *order[] = { "bureau", "reply" };
    static struct figure figure;
    figure = platforms;
    figure.preference = order;
    figure.preference_count = 2;
    ledger_prefer(place->ledger, &(struct catalogue){ &figure, 1 });
}

static inline int put_in_force(void *owner, const struct vintage *vintage, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    const struct statement *statement = &vintage->statement;
    snprintf(line + strlen(line), 256 - strlen(line), "%s%s=%s%s", *line ? " " : "",
             statement->period.text, comparator_text(statement->comparator),
             statement->missing ? "-" : statement->value.text);
    return 0;
}

/* Expects "2024-06=4 2025=>5 2026=-": a period, then what is in force of it. */
static inline void assert_in_force(struct ledger *ledger, const char *expected)
{
    struct fault fault = { 0 };
    char line[256] = "";
    assert_int_equal(ledger_each_in_force(ledger, 0, put_in_force, line, &fault), 0);
    assert_string_equal(line, expected);
}

static inline int64_t count_observations(const struct place *place)
{
    struct fault fault = { 0 };
    int64_t newest = ledger_newest(place->ledger, &fault); /* ids begin at 1, without gaps */
    assert_string_equal(fault.text, "");
    return newest;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_place, close_place)

/* Of a catalogue whose only figure is the platforms. */
static inline struct settings *load_settings(const struct place *place)
{
    char path[400];
    struct fault fault = { 0 };
    snprintf(path, sizeof path, "%s/almanac.yaml", place->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("figures:\n  - {name: pilot_platforms, kind: stock, labels: [ref_area, stage],\n"
          "     title: {en: P, zh: 平台}, help: P.}\n",
          file);
    fclose(file);
    struct settings *settings = settings_load(path, &fault);
    assert_string_equal(fault.text, "");
    return settings;
}

#endif
