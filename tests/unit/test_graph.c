/* SPDX-License-Identifier: MIT */
/* test_graph.c - a figure's series as one picture, or words why not */
#include "../../exporter/graph.h"

#include "../../almanac/rrd_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* librrd 1.7.2 loses the title and the legend of each picture; fontconfig and pango keep what they
 * load. tests/librrd.supp says so to valgrind, more narrowly. */
const char *__lsan_default_suppressions(void);
const char *__asan_default_options(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:librrd.so\nleak:libfontconfig.so\nleak:libpango\n";
}

const char *__asan_default_options(void)
{
    return "fast_unwind_on_malloc=0"; /* else the stacks do not reach these libraries */
}

enum { DAY = PERIOD_DAY, MOST = 64 };

static const char *area[] = { "area", "stage" };

/* Sorted by name. */
static const struct figure figures[] = {
    { .name = "fund_size_cny",
      .kind = FIGURE_STOCK,
      .unit = "cny",
      .step = DAY,
      .keep = 7300LL * DAY },
    { .name = "pilot_platforms",
      .kind = FIGURE_STOCK,
      .labels = area,
      .label_count = 2,
      .title_en = "Pilot platforms: built and planned",
      .title_zh = "中试平台:已建成与拟筹建",
      .step = DAY,
      .keep = 7500LL * DAY },
    { .name = "queue_length", .kind = FIGURE_STOCK, .step = 3600, .keep = 90LL * DAY },
    { .name = "subsidies_cny",
      .kind = FIGURE_FLOW,
      .unit = "cny",
      .title_en = "Subsidies paid",
      .step = DAY,
      .keep = 7500LL * DAY },
};
enum { FUND, PILOT, QUEUE, SUBSIDIES };

struct place {
    char folder[256];
    struct rrd_store *store;
    struct timeline timeline;
    struct settings settings;
    struct snapshot snapshot;
    struct snapshot_series series[MOST];
    struct label labels[MOST][2];
    struct statement newest[MOST];
    struct text png;
    struct fault fault;
    int64_t now;
};

static int64_t day_of(const char *date)
{
    struct fault fault = { 0 };
    struct period period;
    assert_int_equal(period_read(date, &period, &fault), 0);
    return period.start;
}

/* The colon has to be escaped on the way to librrd. */
static int open_place(void **state)
{
    struct fault fault = { 0 };
    struct place *place = calloc(1, sizeof *place);
    const char *scratch = getenv("ALMANAC_SCRATCH");
    snprintf(place->folder, sizeof place->folder, "%s/graph:XXXXXX", scratch ? scratch : "/tmp");
    assert_non_null(mkdtemp(place->folder));
    place->store = rrd_store_open(place->folder, &fault);
    assert_string_equal(fault.text, "");
    place->settings = (struct settings){ .figures = figures, .figure_count = 4 };
    place->snapshot.settings = &place->settings;
    place->snapshot.series = place->series;
    place->now = day_of("2026-11-23") + 5000;
    *state = place;
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;
    rrd_store_close(place->store);
    timeline_free(&place->timeline);
    text_free(&place->png);
    char command[400];
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    assert_int_equal(system(command), 0);
    free(place);
    return 0;
}

/* "2024-06=>4": a dash stands for a missing value. */
static struct statement statement_of(const char *words)
{
    struct fault fault = { 0 };
    struct statement statement = { .status = 'A' };
    char period[64];
    const char *value = strchr(words, '=') + 1;
    snprintf(period, sizeof period, "%.*s", (int)(value - 1 - words), words);
    assert_int_equal(period_read(period, &statement.period, &fault), 0);
    if (*value == '>') {
        statement.comparator = COMPARATOR_MORE;
        value++;
    }
    statement.missing = strcmp(value, "-") == 0;
    if (!statement.missing)
        assert_int_equal(quantity_read(value, &statement.value, &fault), 0);
    return statement;
}

static void write_file(struct place *place, size_t index, const char *const *said)
{
    const struct snapshot_series *series = &place->series[index];
    timeline_clear(&place->timeline);
    for (; *said != NULL; said++) {
        struct statement statement = statement_of(*said);
        timeline_add(&place->timeline, &statement);
    }
    timeline_settle(&place->timeline, series->figure->kind);
    place->fault = (struct fault){ 0 };
    struct text name = { 0 };
    rrd_store_name(&name, series->figure->name, series->labels, series->label_count, series->id);
    rrd_store_write(place->store, name.bytes, series->figure, &place->timeline, place->now,
                    &place->fault);
    assert_string_equal(place->fault.text, "");
    text_free(&name);
}

/* A series as the snapshot would have it, and its file. */
static void report(struct place *place, int figure, const char *stage, const char *const *said)
{
    size_t index = place->snapshot.series_count++;
    struct label *labels = place->labels[index];
    labels[0] = (struct label){ "area", "440304" };
    labels[1] = (struct label){ "stage", stage };
    place->series[index] = (struct snapshot_series){
        .id = (int64_t)index + 1,
        .figure = &figures[figure],
        .labels = labels,
        .label_count = figures[figure].label_count,
    };
    write_file(place, index, said);
    int64_t changes;
    const struct statement *newest = timeline_newest(&place->timeline, place->now, &changes);
    place->series[index].first = place->timeline.segments[0].from;
    if (newest != NULL && !newest->missing) {
        place->newest[index] = *newest;
        place->series[index].newest = &place->newest[index];
    }
}

#define SAID(...) ((const char *const[]){ __VA_ARGS__, NULL })

static enum graph_end draw(struct place *place, const char *figure, const char *from,
                           const char *to, bool chinese)
{
    struct graph_request request = {
        .rrd_directory = place->folder,
        .figure = figure,
        .from = from == NULL ? -1 : day_of(from),
        .to = to == NULL ? -1 : day_of(to),
        .chinese = chinese,
        .now = place->now,
    };
    place->fault = (struct fault){ 0 };
    text_clear(&place->png);
    return graph_draw(&place->snapshot, &request, &place->png, &place->fault);
}

static unsigned big_endian(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;
    return (unsigned)at[0] << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
}

static unsigned height_of(const struct text *png)
{
    return big_endian(png->bytes + 20);
}

/* ALMANAC_PICTURES names a folder that keeps the pictures, to be looked at. */
static void must_be_a_picture(const struct place *place, const char *name)
{
    const struct text *png = &place->png;
    assert_true(png->size > 1000);
    assert_memory_equal(png->bytes, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    assert_in_range(big_endian(png->bytes + 16), 800, 960);
    assert_in_range(height_of(png), 300, 1500);
    const char *folder = getenv("ALMANAC_PICTURES");
    if (folder == NULL)
        return;
    char path[256];
    snprintf(path, sizeof path, "%s/%s.png", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fwrite(png->bytes, 1, png->size, file);
    fclose(file);
}

#define DRAWN(place, name, ...)                                                                    \
    do {                                                                                           \
        enum graph_end end_ = draw(place, __VA_ARGS__);                                            \
        assert_string_equal((place)->fault.text, "");                                              \
        assert_int_equal(end_, GRAPH_DRAWN);                                                       \
        must_be_a_picture(place, name);                                                            \
    } while (0)

static void all_series_of_a_figure_are_one_picture(void **state)
{
    struct place *place = *state;
    report(place, PILOT, "built", SAID("2024-06=4"));
    report(place, PILOT, "planned", SAID("2024-06=>6"));
    report(place, SUBSIDIES, NULL, SAID("2021/2023=>100000000"));
    DRAWN(place, "pilot-en", "pilot_platforms", NULL, NULL, false);
    unsigned two = height_of(&place->png);
    DRAWN(place, "pilot-zh", "pilot_platforms", NULL, NULL, true);
    assert_int_equal(height_of(&place->png), two);
    place->snapshot.series_count = 1;
    DRAWN(place, "pilot-built", "pilot_platforms", NULL, NULL, false);
    assert_true(height_of(&place->png) < two);
}

static void any_span_is_drawn(void **state)
{
    static const struct {
        const char *name, *from, *to;
    } spans[] = {
        { "flow", "2020", "2026-11-24" },
        { "flow-first", NULL, NULL },
        { "flow-week", "2023-12-28", "2024-01-04" },
        { "flow-day", "2023-12-31", "2024-01-01" },
        { "flow-month", "2023-12-15", "2024-01-20" },
        { "flow-quarter", "2023-11-15", "2024-02-20" },
        { "flow-year", "2023-06", "2024-06" },
        { "flow-two-years", "2022-06", "2024-06" },
        { "flow-century", "1900", "2100" },
        { "flow-future", "2026", "2040" },
        { "flow-ever", "0001", "9999" },
        { "flow-forty", "1990", "2026" },
    };
    struct place *place = *state;
    report(place, SUBSIDIES, NULL, SAID("2021/2023=>100000000"));
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        DRAWN(place, spans[i].name, "subsidies_cny", spans[i].from, spans[i].to, false);
}

static void hours_are_drawn(void **state)
{
    struct place *place = *state;
    report(place, QUEUE, NULL, SAID("2026-11-22T09:30:00=0.6", "2026-11-22T20:00:00=0.25"));
    DRAWN(place, "hours", "queue_length", NULL, NULL, false);
}

static void steps_and_gaps_are_drawn(void **state)
{
    struct place *place = *state;
    report(place, FUND, NULL,
           SAID("2026-09-20=3.5", "2026-10-05=6", "2026-10-20=-", "2026-11-02=4.25"));
    DRAWN(place, "steps", "fund_size_cny", NULL, NULL, false);
    report(place, PILOT, "built", SAID("2026-10-05=6", "2026-11-05=-"));
    report(place, PILOT, "planned", SAID("2026-10-05=0"));
    report(place, PILOT, "future", SAID("2027=9"));
    DRAWN(place, "withdrawn", "pilot_platforms", NULL, NULL, true);
}

static void equal_lines_are_all_seen(void **state)
{
    struct place *place = *state;
    report(place, PILOT, "a", SAID("2024-06=1"));
    report(place, PILOT, "b", SAID("2024-06=1"));
    report(place, PILOT, "c", SAID("2024-06=1.0"));
    DRAWN(place, "equal", "pilot_platforms", NULL, NULL, false);
}

/* The snapshot and the limits stay the same, so the pictures differ in the row of today alone. */
static void must_show_todays_row(struct place *place, const char *first, const char *from)
{
    char before[32];
    snprintf(before, sizeof before, "%s=3", first);
    place->snapshot.series_count = 0;
    report(place, PILOT, "a", SAID(before, "2026-11-23=6"));
    report(place, PILOT, "b", SAID("2026-11-20=1", "2026-11-21=8"));
    DRAWN(place, first, "pilot_platforms", from, NULL, false);
    struct text with = place->png;
    place->png = (struct text){ 0 };
    write_file(place, 0, SAID(before));
    DRAWN(place, "without", "pilot_platforms", from, NULL, false);
    bool same = with.size == place->png.size && !memcmp(with.bytes, place->png.bytes, with.size);
    text_free(&with);
    assert_false(same);
}

static void todays_row_is_shown_whatever_the_span(void **state)
{
    struct place *place = *state;
    report(place, PILOT, "a", SAID("2026-11-23=6"));
    DRAWN(place, "today", "pilot_platforms", NULL, NULL, false);
    must_show_todays_row(place, "2026-11-01", NULL);
    must_show_todays_row(place, "2024-11-01", NULL);
    for (int day = 1; day < 12; day++) {
        char first[32];
        snprintf(first, sizeof first, "2006-12-%02d", day);
        must_show_todays_row(place, first, NULL);
        must_show_todays_row(place, "2006-12-01", first);
    }
}

static void label_values_may_be_anything(void **state)
{
    static const char *const values[] = {
        ":",    "a:b:c", "50%",  "%s%n%lf", "\\",      "a\\",         "\\:", "C:\\temp\\new\\l",
        "深圳", "=",     "a=b",  "dashes",  "STACK",   "skipscale",   "\"'", "a\nb\tc\x7f",
        "<b>",  " ",     "\\\\", "\\t\\t",  "color=x", "legend=:x\\", "\\g", "#ff0000",
    };
    struct place *place = *state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        report(place, PILOT, values[i], SAID("2024-06=4"));
    DRAWN(place, "values", "pilot_platforms", NULL, NULL, false);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        place->snapshot.series_count = 0;
        report(place, PILOT, values[i], SAID("2024-06=4"));
        DRAWN(place, "value", "pilot_platforms", NULL, NULL, false);
    }
}

static void of_many_series_fifty_are_drawn(void **state)
{
    struct place *place = *state;
    char stages[60][16];
    for (int i = 0; i < 60; i++) {
        char said[32];
        snprintf(stages[i], sizeof stages[i], "stage %02d", i);
        snprintf(said, sizeof said, "2024-06=%d", i * i);
        report(place, PILOT, stages[i], SAID(said));
        if (i == 49)
            DRAWN(place, "fifty", "pilot_platforms", NULL, NULL, false);
    }
    unsigned fifty = height_of(&place->png);
    char command[400];
    snprintf(command, sizeof command, "rm '%s'/pilot_platforms/*5?.rrd", place->folder);
    assert_int_equal(system(command), 0);
    DRAWN(place, "sixty", "pilot_platforms", NULL, NULL, false);
    unsigned line = height_of(&place->png) - fifty; /* the comment's */
    assert_in_range(line, 5, 30);
    DRAWN(place, "sixty-zh", "pilot_platforms", NULL, NULL, true);
}

static void must_fail(struct place *place, enum graph_end end, const char *words)
{
    assert_string_equal(place->fault.text, words);
    assert_int_equal(place->png.size, 0);
    assert_int_equal(end, GRAPH_FAILED);
}

static void what_cannot_be_drawn_is_said(void **state)
{
    static const struct {
        const char *figure, *from, *to;
        enum graph_end end;
        const char *words;
    } cases[] = {
        { "pilots", NULL, NULL, GRAPH_NO_FIGURE, "there is no figure 'pilots'" },
        { "fund_size_cny", NULL, NULL, GRAPH_NO_DATA, "nobody has reported fund_size_cny yet" },
        { "pilot_platforms", "2024-07-01", "2024-07-01", GRAPH_NO_DATA,
          "the graph of pilot_platforms would begin at 2024-07-01, not before its end at "
          "2024-07-01" },
        { "pilot_platforms", NULL, "2024-01-01", GRAPH_NO_DATA,
          "the graph of pilot_platforms would begin at 2024-06-30, not before its end at "
          "2024-01-01" },
    };
    struct place *place = *state;
    report(place, PILOT, "built", SAID("2024-06=4"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(draw(place, cases[i].figure, cases[i].from, cases[i].to, false),
                         cases[i].end);
        assert_string_equal(place->fault.text, cases[i].words);
        assert_int_equal(place->png.size, 0);
    }
}

static void a_missing_file_is_named(void **state)
{
    struct place *place = *state;
    char path[400], words[512];
    report(place, PILOT, "built", SAID("2024-06=4"));
    snprintf(path, sizeof path, "%s/pilot_platforms/area=440304,stage=built.rrd", place->folder);
    assert_int_equal(unlink(path), 0);
    enum graph_end end = draw(place, "pilot_platforms", NULL, NULL, false);
    snprintf(words, sizeof words, "RRD file %s is not there: the collector has not built it yet",
             path);
    must_fail(place, end, words);

    FILE *file = fopen(path, "w");
    fputs("no RRD", file);
    fclose(file);
    end = draw(place, "pilot_platforms", NULL, NULL, false);
    assert_int_equal(end, GRAPH_FAILED);
    assert_non_null(strstr(place->fault.text, path));

    write_file(place, 0, SAID("2024-06=4"));
    DRAWN(place, "mended", "pilot_platforms", NULL, NULL, false);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_place, close_place)

int main(void)
{
    setenv("TZ", "UTC0", 1);
    const struct CMUnitTest tests[] = {
        TEST(all_series_of_a_figure_are_one_picture),
        TEST(any_span_is_drawn),
        TEST(hours_are_drawn),
        TEST(steps_and_gaps_are_drawn),
        TEST(equal_lines_are_all_seen),
        TEST(todays_row_is_shown_whatever_the_span),
        TEST(label_values_may_be_anything),
        TEST(of_many_series_fifty_are_drawn),
        TEST(what_cannot_be_drawn_is_said),
        TEST(a_missing_file_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
