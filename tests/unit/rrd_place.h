/* SPDX-License-Identifier: MIT */
/* rrd_place.h - a folder of RRD files, and what is read back from them */
#ifndef TESTS_RRD_PLACE_H
#define TESTS_RRD_PLACE_H

#include "../../almanac/rrd_store.h"
#include "said.h"
#include "scratch.h"

#include <math.h>
#include <rrd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { DAY = PERIOD_DAY };

static const struct figure stock = {
    .name = "pilot_platforms", .kind = FIGURE_STOCK, .step = DAY, .keep = 3650LL * DAY
};
struct place {
    char folder[SCRATCH_PATH];
    struct rrd_store *store;
    struct timeline timeline;
};

static inline int open_place(void **state)
{
    struct fault fault = { 0 };
    struct place *place = calloc(1, sizeof *place);
    make_scratch("rrd", place->folder);
    place->store = rrd_store_open(place->folder, &fault);
    assert_string_equal(fault.text, "");
    *state = place;
    return 0;
}

static inline int close_place(void **state)
{
    struct place *place = *state;
    rrd_store_close(place->store);
    timeline_free(&place->timeline);
    remove_scratch(place->folder);
    free(place);
    return 0;
}

static inline void write_file(struct place *place, const struct figure *figure,
                              const char *const *said, const char *name, int64_t now)
{
    struct fault fault = { 0 };
    tell_timeline(&place->timeline, figure->kind, said);
    rrd_store_write(place->store, name, figure, &place->timeline, now, &fault);
    assert_string_equal(fault.text, "");
}

/* The rows of an archive over (from, until], to be passed to free(). *step is its resolution. */
static inline double *rows_of(const struct place *place, const char *name, const char *cf,
                              int64_t from, int64_t until, unsigned long *step)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", place->folder, name);
    time_t start = (time_t)from, end = (time_t)until;
    unsigned long count;
    char **names;
    double *rows;
    rrd_clear_error();
    if (rrd_fetch_r(path, cf, &start, &end, step, &count, &names, &rows) != 0)
        fail_msg("%s", rrd_get_error());
    assert_int_equal(count, 1);
    assert_string_equal(names[0], RRD_STORE_SOURCE);
    assert_int_equal(start, from);
    rrd_freemem(names[0]);
    rrd_freemem(names);
    return rows;
}

/* Each run of equal days, "U" for unknown: "2024-06-30 U 2024-07-02 4 …". */
static inline void describe_rows(const struct place *place, const char *name, const char *from,
                                 const char *until, char *out)
{
    unsigned long step = DAY;
    int64_t start = day_of(from), end = day_of(until);
    double *rows = rows_of(place, name, "LAST", start, end, &step);
    assert_int_equal(step, DAY);
    *out = '\0';
    for (int64_t i = 0; i < (end - start) / DAY; i++) {
        bool same = i > 0 && (rows[i] == rows[i - 1] || (isnan(rows[i]) && isnan(rows[i - 1])));
        char date[32];
        if (same)
            continue;
        period_write_time(start + i * DAY, date);
        sprintf(out + strlen(out), isnan(rows[i]) ? "%s%s U" : "%s%s %.17g", *out ? " " : "", date,
                rows[i]);
    }
    rrd_freemem(rows);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_place, close_place)

#endif
