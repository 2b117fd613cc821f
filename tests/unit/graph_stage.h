/* SPDX-License-Identifier: MIT */
/* graph_stage.h - figures, a ledger and RRD files, for the tests of pictures */
#ifndef TESTS_GRAPH_STAGE_H
#define TESTS_GRAPH_STAGE_H

#include "../../exporter/graph.h"

#include "../../almanac/ledger_append.h"
#include "../../almanac/rrd_store.h"
#include "../../exporter/style.h"
#include "course_stage.h"
#include "png_pixels.h"
#include "scratch.h"

#include <unistd.h>

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
      .title_en = "Funds",
      .title_zh = "基金",
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
    { .name = "queue_length",
      .kind = FIGURE_STOCK,
      .title_en = "Queue",
      .title_zh = "队列",
      .step = 3600,
      .keep = 90LL * DAY },
    { .name = "subsidies_cny",
      .kind = FIGURE_FLOW,
      .unit = "cny",
      .title_en = "Subsidies paid",
      .title_zh = "补贴",
      .step = DAY,
      .keep = 7500LL * DAY },
    { .name = "temperature",
      .kind = FIGURE_STOCK,
      .title_en = "Temperature",
      .title_zh = "气温",
      .step = 1,
      .keep = 300LL * DAY },
};
enum { FUND, PILOT, QUEUE, SUBSIDIES, TEMPERATURE };

struct place {
    char folder[SCRATCH_PATH], ledger_path[320];
    struct rrd_store *store;
    struct ledger *ledger;
    struct timeline timeline;
    struct settings settings;
    struct snapshot snapshot;
    struct snapshot_series series[MOST];
    struct label labels[MOST][2];
    struct statement newest[MOST];
    struct text png;
    struct fault fault;
    int64_t now;
    int64_t recorded;  /* what is reported next */
    const char *as_of; /* NULL: pictures of what is known now */
};

/* The colon has to be escaped on the way to librrd. */
static inline int open_place(void **state)
{
    struct fault fault = { 0 };
    struct place *place = calloc(1, sizeof *place);
    make_scratch("graph:", place->folder);
    place->store = rrd_store_open(place->folder, &fault);
    assert_string_equal(fault.text, "");
    snprintf(place->ledger_path, sizeof place->ledger_path, "%s/ledger.db", place->folder);
    place->settings = (struct settings){ .catalogue = { figures, 5 } };
    place->snapshot.settings = &place->settings;
    place->snapshot.series = place->series;
    place->now = day_of("2026-11-23") + 5000;
    place->recorded = 1700000000;
    *state = place;
    return 0;
}

static inline int close_place(void **state)
{
    struct place *place = *state;
    rrd_store_close(place->store);
    ledger_close(place->ledger);
    timeline_free(&place->timeline);
    text_free(&place->png);
    remove_scratch(place->folder);
    free(place);
    return 0;
}

/* Another one, in which nothing is said. */
static inline void begin_ledger(struct place *place)
{
    ledger_close(place->ledger);
    unlink(place->ledger_path);
    place->snapshot.series_count = 0;
    place->fault = (struct fault){ 0 };
    place->ledger = ledger_open(place->ledger_path, LEDGER_WRITER, &place->fault);
    assert_string_equal(place->fault.text, "");
}

static inline void append(struct place *place, const struct snapshot_series *series,
                          const struct statement *statement)
{
    const char *values[] = { series->labels[0].value, series->labels[1].value };
    const struct observation observation = { .figure = series->figure,
                                             .label_values = values,
                                             .statement = *statement };
    enum ledger_outcome outcome;
    assert_int_equal(ledger_append(place->ledger, &observation, &outcome, &place->fault), 0);
}

static inline void write_ledger(struct place *place, const struct snapshot_series *series,
                                const char *const *said)
{
    assert_int_equal(ledger_begin(place->ledger, "test", place->recorded, &place->fault), 0);
    for (; *said != NULL; said++) {
        struct statement statement = statement_of(*said);
        append(place, series, &statement);
    }
    assert_int_equal(ledger_commit(place->ledger, &place->fault), 0);
    assert_string_equal(place->fault.text, "");
}

static inline void write_file(struct place *place, size_t index, const char *const *said)
{
    const struct snapshot_series *series = &place->series[index];
    tell_timeline(&place->timeline, series->figure->kind, said);
    place->fault = (struct fault){ 0 };
    struct text name = { 0 };
    rrd_store_name(&name, series->figure->name, series->labels, series->label_count, series->id);
    rrd_store_write(place->store, name.bytes, series->figure, &place->timeline, place->now,
                    &place->fault);
    assert_string_equal(place->fault.text, "");
    text_free(&name);
}

/* A series as the snapshot would have it; returns its index. */
static inline size_t add_series(struct place *place, int figure, const char *stage,
                                const char *const *said)
{
    if (place->snapshot.series_count == 0)
        begin_ledger(place);
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
    write_ledger(place, &place->series[index], said);
    return index;
}

/* And its file. */
static inline void report(struct place *place, int figure, const char *stage,
                          const char *const *said)
{
    size_t index = add_series(place, figure, stage, said);
    write_file(place, index, said);
    int64_t changes;
    const struct statement *newest = timeline_newest(&place->timeline, place->now, &changes);
    place->series[index].first = place->timeline.segments[0].from;
    if (newest != NULL && !newest->missing) {
        place->newest[index] = *newest;
        place->series[index].newest = &place->newest[index];
    }
}

static inline enum graph_end draw_of(struct place *place, const struct label *label, int figure,
                                     const char *from, const char *to, bool chinese)
{
    struct graph_request request = {
        .rrd_directory = place->folder,
        .ledger_path = place->ledger_path,
        .figure = &figures[figure],
        .labels = label,
        .label_count = label != NULL,
        .has_from = from != NULL,
        .has_to = to != NULL,
        .from = from == NULL ? 0 : day_of(from),
        .to = to == NULL ? 0 : day_of(to),
        .chinese = chinese,
        .now = place->now,
        .has_as_of = place->as_of != NULL,
        .known_by = place->as_of == NULL ? 0 : day_of(place->as_of) + DAY - 1,
    };
    place->fault = (struct fault){ 0 };
    text_clear(&place->png);
    return graph_draw(&place->snapshot, &request, &place->png, &place->fault);
}

static inline enum graph_end draw(struct place *place, int figure, const char *from, const char *to,
                                  bool chinese)
{
    return draw_of(place, NULL, figure, from, to, chinese);
}

static inline unsigned width_of(const struct text *png)
{
    return png_number((const unsigned char *)png->bytes + 16);
}

static inline unsigned height_of(const struct text *png)
{
    return png_number((const unsigned char *)png->bytes + 20);
}

/* ALMANAC_PICTURES names a folder that keeps the pictures, to be looked at. */
static inline void must_be_a_picture(const struct place *place, const char *name)
{
    const struct text *png = &place->png;
    assert_true(png->size > 1000);
    assert_memory_equal(png->bytes, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    assert_in_range(width_of(png), 800, 960);
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_place, close_place)

#endif
