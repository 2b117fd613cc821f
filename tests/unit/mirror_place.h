/* SPDX-License-Identifier: MIT */
/* mirror_place.h - a ledger and the mirror of its RRD files in a scratch folder, with their own
 * time */
#ifndef TESTS_MIRROR_PLACE_H
#define TESTS_MIRROR_PLACE_H

#include "../../almanac/ledger_append.h"
#include "../../collector/mirror.h"
#include "scratch.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { FIGURES = 2 };

struct place {
    char folder[SCRATCH_PATH], rrd[320], log_path[320];
    struct ledger *ledger;
    struct mirror *mirror;
    struct figure figures[FIGURES];
    struct catalogue catalogue;
    int64_t wall, steady; /* milliseconds of the place's own clock */
    struct clock clock;
    struct log log;
};

static const char *area_label[] = { "area" };

static inline int64_t wall_of(void *owner)
{
    return ((struct place *)owner)->wall;
}

static inline int64_t steady_of(void *owner)
{
    return ((struct place *)owner)->steady;
}

static inline void open_mirror(struct place *place)
{
    struct fault fault = { 0 };
    place->mirror = mirror_open(place->rrd, place->ledger, &place->log, &fault);
    assert_string_equal(fault.text, "");
    assert_non_null(place->mirror);
}

static inline int open_place(void **state)
{
    struct fault fault = { 0 };
    struct place *place = calloc(1, sizeof *place);
    char path[400];
    make_scratch("mirror", place->folder);
    snprintf(place->rrd, sizeof place->rrd, "%s/rrd", place->folder);
    snprintf(path, sizeof path, "%s/ledger.db", place->folder);
    place->ledger = ledger_open(path, LEDGER_WRITER, &fault);
    for (size_t i = 0; i < FIGURES; i++)
        place->figures[i] = (struct figure){ .name = i == 0 ? "funds" : "platforms",
                                             .kind = FIGURE_STOCK,
                                             .labels = area_label,
                                             .label_count = 1,
                                             .step = PERIOD_DAY,
                                             .keep = 1000LL * PERIOD_DAY };
    place->catalogue = (struct catalogue){ place->figures, FIGURES };
    place->wall = 1795392000LL * 1000; /* 2026-11-23 */
    place->clock = (struct clock){ wall_of, steady_of, place };
    snprintf(place->log_path, sizeof place->log_path, "%s/log", place->folder);
    int log = open(place->log_path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    place->log = (struct log){ log, LOG_LEVEL_ERROR, LOG_FORMAT_LOGFMT, &place->clock };
    open_mirror(place);
    *state = place;
    return 0;
}

static inline int close_place(void **state)
{
    struct place *place = *state;
    mirror_close(place->mirror);
    ledger_close(place->ledger);
    close(place->log.fd);
    remove_scratch(place->folder);
    free(place);
    return 0;
}

static inline void say(struct place *place, size_t figure, const char *area, const char *value)
{
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct observation observation = { .figure = &place->figures[figure],
                                       .label_values = &area,
                                       .statement.status = 'A' };
    period_read("2026-06", &observation.statement.period, &fault);
    quantity_read(value, &observation.statement.value, &fault);
    assert_int_equal(ledger_begin(place->ledger, "test", 1, &fault), 0);
    assert_int_equal(ledger_append(place->ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_commit(place->ledger, &fault), 0);
}

/* How many files a look finds behind. */
static inline size_t look(struct place *place)
{
    struct fault fault = { 0 };
    assert_int_equal(mirror_look(place->mirror, &place->catalogue, &fault), 0);
    return mirror_behind(place->mirror);
}

/* The same; and tries to build them. */
static inline size_t work(struct place *place)
{
    size_t behind = look(place);
    while (mirror_behind(place->mirror) > 0)
        mirror_work(place->mirror, 1000);
    return behind;
}

static inline size_t level(struct place *place)
{
    size_t behind = work(place);
    assert_int_equal(mirror_tally(place->mirror).failed, 0);
    assert_int_equal(mirror_tally(place->mirror).lacking, 0);
    return behind;
}

static inline void restart(struct place *place)
{
    mirror_close(place->mirror);
    open_mirror(place);
}

static inline bool exists(const struct place *place, const char *name)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", place->rrd, name);
    return access(path, F_OK) == 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_place, close_place)

#endif
