/* SPDX-License-Identifier: MIT */
/* test_rrd_store.c - every row of an RRD file is a reported value or unknown */
#include "rrd_place.h"

#include <sys/stat.h>

static const struct figure flow = {
    .name = "subsidies_cny", .kind = FIGURE_FLOW, .step = DAY, .keep = 3650LL * DAY
};
static const struct figure hourly = {
    .name = "queue_length", .kind = FIGURE_STOCK, .step = 3600, .keep = 30LL * DAY
};

static void a_stock_is_exact_steps_until_today(void **state)
{
    struct place *place = *state;
    char rows[512];
    write_file(place, &stock, (const char *[]){ "2023 3", "2024-06 6", "2024-03-05 4", NULL },
               "a.rrd", day_of("2024-08-01") + 1234);
    describe_rows(place, "a.rrd", "2023-12-01", "2024-08-02", rows);
    assert_string_equal(rows, "2023-12-01 U 2023-12-31 3 2024-03-05 4 2024-06-30 6");
    unsigned long step = DAY;
    int64_t end = day_of("2024-08-02");
    double *after = rows_of(place, "a.rrd", "LAST", end, end + DAY, &step);
    assert_true(isnan(after[0]));
    rrd_freemem(after);
}

static void a_flow_is_in_force_over_its_period_only(void **state)
{
    struct place *place = *state;
    char rows[512];
    static const char *const said[] = { "2021/2023 100000000", "2025-04-02T06:00:00 5", NULL };
    write_file(place, &flow, said, "a.rrd", day_of("2026-11-23"));
    describe_rows(place, "a.rrd", "2020-06-01", "2026-11-24", rows);
    assert_string_equal(rows, "2020-06-01 U 2021-01-01 100000000 2024-01-01 U");
}

static void a_withdrawn_value_is_a_gap(void **state)
{
    struct place *place = *state;
    char rows[512];
    write_file(place, &stock, (const char *[]){ "2024-01 3", "2024-02 -", "2024-03 5", NULL },
               "a.rrd", day_of("2024-04-02"));
    describe_rows(place, "a.rrd", "2024-01-30", "2024-04-03", rows);
    assert_string_equal(rows, "2024-01-30 U 2024-01-31 3 2024-02-29 U 2024-03-31 5");
}

static void a_figure_reported_for_today_is_on_todays_row(void **state)
{
    struct place *place = *state;
    char rows[512];
    write_file(place, &stock, (const char *[]){ "2024-04-02 7.25", NULL }, "a.rrd",
               day_of("2024-04-02") + 60);
    describe_rows(place, "a.rrd", "2024-04-01", "2024-04-03", rows);
    assert_string_equal(rows, "2024-04-01 U 2024-04-02 7.25");
}

static void no_row_mixes_two_values_of_a_day(void **state)
{
    struct place *place = *state;
    char rows[512];
    write_file(
        place, &stock,
        (const char *[]){ "2024-04-01 1", "2024-04-02T06:00:00 2", "2024-04-02T18:00:00 3", NULL },
        "a.rrd", day_of("2024-04-03"));
    describe_rows(place, "a.rrd", "2024-04-01", "2024-04-04", rows);
    assert_string_equal(rows, "2024-04-01 1 2024-04-02 3");
}

static void faster_files_hold_complete_steps(void **state)
{
    struct place *place = *state;
    int64_t noon = day_of("2024-04-02") + 12 * 3600;
    write_file(place, &hourly, (const char *[]){ "2024-04-02T09:30:00Z 5", NULL }, "a.rrd",
               noon + 1800);
    unsigned long step = 3600;
    double *rows = rows_of(place, "a.rrd", "LAST", noon - 4 * 3600, noon + 3600, &step);
    assert_true(isnan(rows[0])); /* 08:00 to 09:00 */
    assert_true(rows[1] == 5);   /* moved down to 09:00 */
    assert_true(rows[3] == 5);   /* until 12:00 */
    assert_true(isnan(rows[4])); /* this hour is not over */
    rrd_freemem(rows);
}

static void what_is_older_than_keep_is_left_out(void **state)
{
    struct place *place = *state;
    char rows[512];
    write_file(place, &stock, (const char *[]){ "1950 1", "2001-01-01 2", "2024-01-01 3", NULL },
               "a.rrd", day_of("2024-01-02"));
    describe_rows(place, "a.rrd", "2016-01-01", "2024-01-03", rows);
    assert_string_equal(rows, "2016-01-01 2 2024-01-01 3");
}

static void what_is_kept_longer_than_files_reach_begins_with_them(void **state)
{
    struct place *place = *state;
    const struct figure kept = { .kind = FIGURE_STOCK, .step = DAY, .keep = 36500LL * DAY };
    char rows[512];
    write_file(place, &kept, (const char *[]){ "1950 1", "2001-01-01 2", NULL }, "a.rrd",
               day_of("2024-01-02"));
    describe_rows(place, "a.rrd", "1990-01-01", "2024-01-03", rows);
    assert_string_equal(rows, "1990-01-01 1 2001-01-01 2");
}

static void a_future_change_is_not_drawn_yet(void **state)
{
    struct place *place = *state;
    char rows[512];
    write_file(place, &stock, (const char *[]){ "2024-01-01 1", "2024 2", NULL }, "a.rrd",
               day_of("2024-01-03"));
    describe_rows(place, "a.rrd", "2024-01-01", "2024-01-04", rows);
    assert_string_equal(rows, "2024-01-01 1");
}

/* A week of the file is from Thursday to Wednesday. */
static void a_long_step_has_what_is_in_force_today(void **state)
{
    static const struct {
        enum figure_kind kind;
        const char *said, *next, *now;
        double expected;
    } cases[] = {
        { FIGURE_STOCK, "2024-09 1", "2024-11-19 2", "2024-11-18", 1 },
        { FIGURE_STOCK, "2024-09 1", "2024-11-19 2", "2024-11-19", 2 },
        { FIGURE_STOCK, "2024-09 1", "2024-11-19 2", "2024-11-21", 2 },
        { FIGURE_FLOW, "2024-11-11/P8D 1", "2024-11-20/P9D 2", "2024-11-18", 1 },
        { FIGURE_FLOW, "2024-11-11/P8D 1", "2024-11-20/P9D 2", "2024-11-19", NAN },
        { FIGURE_FLOW, "2024-11-11/P8D 1", "2024-11-20/P9D 2", "2024-11-20", 2 },
    };
    int64_t thursday = day_of("2024-11-14");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const said[] = { cases[i].said, cases[i].next, NULL };
        const struct figure weekly = { .kind = cases[i].kind, .step = 7 * DAY, .keep = 700 * DAY };
        unsigned long step = 7 * DAY;
        write_file(*state, &weekly, said, "a.rrd", day_of(cases[i].now) + 3600);
        double *rows = rows_of(*state, "a.rrd", "LAST", thursday, thursday + 7 * DAY, &step);
        if (isnan(cases[i].expected) ? !isnan(rows[0]) : rows[0] != cases[i].expected)
            fail_msg("case %zu: %g", i, rows[0]);
        rrd_freemem(rows);
    }
}

static void averages_live_in_coarser_archives(void **state)
{
    struct place *place = *state;
    write_file(place, &stock, (const char *[]){ "2001 1", "2024-01-01 2", NULL }, "a.rrd",
               day_of("2024-06-01"));
    static const char *const kinds[] = { "AVERAGE", "MIN", "MAX" };
    for (size_t i = 0; i < 6; i++) {
        unsigned long step = (i < 3 ? 7 : 91) * (unsigned long)DAY, asked = step;
        int64_t coarse = (int64_t)step, end = day_of("2024-06-01") / coarse * coarse;
        int64_t oldest = (day_of("2024-06-02") - stock.keep) / coarse * coarse;
        double *rows = rows_of(place, "a.rrd", kinds[i % 3], oldest, end, &step);
        assert_int_equal(step, asked);
        assert_true(rows[0] == 1 && rows[(end - oldest) / coarse - 1] == 2);
        rrd_freemem(rows);
    }
}

static char *dump_of(const struct place *place, const char *name)
{
    char command[512];
    snprintf(command, sizeof command, "rrdtool dump '%s/%s'", place->folder, name);
    FILE *pipe = popen(command, "r");
    struct text text = { 0 };
    char block[4096];
    size_t size;
    while ((size = fread(block, 1, sizeof block, pipe)) > 0)
        text_bytes(&text, block, size);
    assert_int_equal(pclose(pipe), 0);
    assert_true(text.size > 100000);
    return text.bytes;
}

static void any_order_of_reports_gives_the_identical_dump(void **state)
{
    static const char *const orders[][4] = {
        { "2023 3", "2024 6", "2024-03 4", NULL }, { "2023 3", "2024-03 4", "2024 6", NULL },
        { "2024 6", "2023 3", "2024-03 4", NULL }, { "2024 6", "2024-03 4", "2023 3", NULL },
        { "2024-03 4", "2023 3", "2024 6", NULL }, { "2024-03 4", "2024 6", "2023 3", NULL },
    };
    struct place *place = *state;
    char *first = NULL;
    for (size_t i = 0; i < 6; i++) {
        write_file(place, &stock, orders[i], "a.rrd", day_of("2026-11-23"));
        char *dump = dump_of(place, "a.rrd");
        if (first != NULL)
            assert_string_equal(dump, first);
        else
            first = strdup(dump);
        free(dump);
    }
    free(first);
}

static void a_store_opened_anew_builds_the_identical_dump(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    const char *const said[] = { "2023 3", "2024 6.1", NULL };
    write_file(place, &stock, said, "a.rrd", day_of("2026-11-23"));
    char *before = dump_of(place, "a.rrd");
    rrd_store_close(place->store);
    place->store = rrd_store_open(place->folder, &fault);
    write_file(place, &stock, said, "a.rrd", day_of("2026-11-23") + 3600);
    char *after = dump_of(place, "a.rrd");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* What a row of that day must show, straight from the rule. */
static void the_umask_holds_for_every_file(void **state)
{
    static const char *const names[] = { "first.rrd", "second.rrd" };
    static const char *const said[] = { "2024-06-30 4", NULL };
    struct place *place = *state;
    mode_t before = umask(077);
    for (size_t i = 0; i < 2; i++) {
        char path[SCRATCH_PATH + 20];
        struct stat about;
        write_file(place, &stock, said, names[i], day_of("2024-07-05"));
        snprintf(path, sizeof path, "%s/%s", place->folder, names[i]);
        assert_int_equal(stat(path, &about), 0);
        assert_int_equal(about.st_mode & 0777, 0600);
    }
    umask(before);
}

static double expected_on(const struct timeline *timeline, int64_t day)
{
    for (size_t i = timeline->segment_count; i-- > 0;) {
        const struct segment *segment = &timeline->segments[i];
        if (day >= segment->from && day < segment->until)
            return segment->statement->missing ? NAN : strtod(segment->statement->value.text, NULL);
    }
    return NAN;
}

static void every_row_is_what_the_timeline_says(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    int64_t first = day_of("2016-01-01"), now = day_of("2024-01-01");
    srand(7);
    for (int round = 0; round < 40; round++) {
        const struct figure *figure = round % 2 ? &flow : &stock;
        timeline_clear(&place->timeline);
        for (int i = 0; i < 30; i++) {
            struct statement statement = { .status = 'A', .missing = rand() % 6 == 0 };
            statement.period.start = first + rand() % 3000 * (int64_t)DAY;
            statement.period.end = statement.period.start + (i + 1) * (int64_t)DAY;
            sprintf(statement.value.text, "%d.%d", rand() % 1000, rand() % 10);
            timeline_add(&place->timeline, &statement);
        }
        timeline_settle(&place->timeline, figure->kind);
        assert_int_equal(
            rrd_store_write(place->store, "r.rrd", figure, &place->timeline, now, &fault), 0);
        unsigned long step = DAY;
        double *rows = rows_of(place, "r.rrd", "LAST", first, now + DAY, &step);
        for (int64_t day = first; day <= now; day += DAY) {
            double expected = expected_on(&place->timeline, day), row = rows[(day - first) / DAY];
            if (!(isnan(expected) ? isnan(row) : row == expected))
                fail_msg("round %d: day %lld: %g, expected %g", round, (long long)day, row,
                         expected);
        }
        rrd_freemem(rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_stock_is_exact_steps_until_today),
        TEST(a_flow_is_in_force_over_its_period_only),
        TEST(a_withdrawn_value_is_a_gap),
        TEST(a_figure_reported_for_today_is_on_todays_row),
        TEST(no_row_mixes_two_values_of_a_day),
        TEST(faster_files_hold_complete_steps),
        TEST(what_is_older_than_keep_is_left_out),
        TEST(what_is_kept_longer_than_files_reach_begins_with_them),
        TEST(a_future_change_is_not_drawn_yet),
        TEST(a_long_step_has_what_is_in_force_today),
        TEST(averages_live_in_coarser_archives),
        TEST(any_order_of_reports_gives_the_identical_dump),
        TEST(a_store_opened_anew_builds_the_identical_dump),
        TEST(the_umask_holds_for_every_file),
        TEST(every_row_is_what_the_timeline_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
