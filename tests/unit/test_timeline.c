/* SPDX-License-Identifier: MIT */
/* test_timeline.c - what is in force when, in tables and against a slow model */
#include "../../almanac/timeline.h"
#include "said.h"

enum { MOST = 12 };

static const char *value_text(const struct statement *statement)
{
    return statement == NULL ? "none" : statement->missing ? "-" : statement->value.text;
}

/* "2024-01-01 to 2024-04-01: 4; 2024-04-01 on: 5" */
static void write_segments(const struct timeline *timeline, char *out, size_t size)
{
    size_t used = 0;
    *out = '\0';
    for (size_t i = 0; i < timeline->segment_count; i++) {
        const struct segment *segment = &timeline->segments[i];
        char from[32], until[32];
        period_write_time(segment->from, from);
        if (segment->until != TIMELINE_OPEN)
            period_write_time(segment->until, until);
        used += (size_t)snprintf(out + used, size - used, "%s%s%s%s: %s", i > 0 ? "; " : "", from,
                                 segment->until == TIMELINE_OPEN ? " on" : " to ",
                                 segment->until == TIMELINE_OPEN ? "" : until,
                                 value_text(segment->statement));
        assert_true(used < size);
    }
}

static void must_settle_as(enum figure_kind kind, const char *const *said, size_t count,
                           const char *expected)
{
    struct timeline timeline = { 0 };
    char segments[1000];
    for (size_t i = 0; i < count; i++) {
        struct statement statement = statement_of(said[i]);
        timeline_add(&timeline, &statement);
    }
    timeline_settle(&timeline, kind);
    write_segments(&timeline, segments, sizeof segments);
    assert_string_equal(segments, expected);
    timeline_free(&timeline);
}

/* Every order of adding. */
static void must_settle_in_any_order(enum figure_kind kind, const char **said, size_t count,
                                     size_t fixed, const char *expected)
{
    if (fixed == count)
        must_settle_as(kind, said, count, expected);
    for (size_t i = fixed; i < count; i++) {
        const char *first = said[fixed];
        said[fixed] = said[i];
        said[i] = first;
        must_settle_in_any_order(kind, said, count, fixed + 1, expected);
        said[i] = said[fixed];
        said[fixed] = first;
    }
}

struct settled {
    const char *said[6], *segments;
};

static void must_settle_all(enum figure_kind kind, const struct settled *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *said[6];
        size_t statements = 0;
        while (statements < 6 && cases[i].said[statements] != NULL)
            statements++;
        memcpy(said, cases[i].said, sizeof said);
        must_settle_in_any_order(kind, said, statements, 0, cases[i].segments);
    }
}

static void a_stock_holds_from_its_last_day_until_the_next(void **state)
{
    static const struct settled cases[] = {
        { { NULL }, "" },
        { { "2024-06 4" }, "2024-06-30 on: 4" },
        { { "2024-01 3", "2024-06 6" }, "2024-01-31 to 2024-06-30: 3; 2024-06-30 on: 6" },
        { { "2024-01 3", "2024-03 4", "2024-06 6" },
          "2024-01-31 to 2024-03-31: 3; 2024-03-31 to 2024-06-30: 4; 2024-06-30 on: 6" },
        /* the same value twice is two statements */
        { { "2024-01 3", "2024-02 3" }, "2024-01-31 to 2024-02-29: 3; 2024-02-29 on: 3" },
        /* of those that begin together the shorter */
        { { "2024 1", "2024-Q4 2", "2024-12 3", "2024-12-31 4" }, "2024-12-31 on: 4" },
        { { "2024 1", "2024-Q4 2" }, "2024-12-31 on: 2" },
        { { "2021/2023 9", "2023 8", "2024-06 7" },
          "2023-12-31 to 2024-06-30: 8; 2024-06-30 on: 7" },
        /* a year that ends before a month */
        { { "2023 5", "2024-01 6" }, "2023-12-31 to 2024-01-31: 5; 2024-01-31 on: 6" },
        /* withdrawn: a gap from then on, until something is said again */
        { { "2024-01 3", "2024-02 -", "2024-04 5" },
          "2024-01-31 to 2024-02-29: 3; 2024-02-29 to 2024-04-30: -; 2024-04-30 on: 5" },
        { { "2024-12 -", "2024 7" }, "2024-12-31 on: -" },
        /* moments */
        { { "2024-06-30 1", "2024-06-30T10:00:00 2", "2024-06-30T09:00:00/PT2H 3" },
          "2024-06-30 to 2024-06-30T09:00:00Z: 1; 2024-06-30T09:00:00Z to 2024-06-30T10:00:00Z: 3; "
          "2024-06-30T10:00:00Z on: 2" },
        { { "2024-06-30T00:00:00 1", "2024-06-30 2", "2024-06 3" }, "2024-06-30 on: 1" },
        { { "1960 1", "1980 2" }, "1960-12-31 to 1980-12-31: 1; 1980-12-31 on: 2" },
    };
    (void)state;
    must_settle_all(FIGURE_STOCK, cases, sizeof cases / sizeof *cases);
}

static void a_flow_holds_over_its_period_and_nowhere_else(void **state)
{
    static const struct settled cases[] = {
        { { NULL }, "" },
        { { "2021/2023 100" }, "2021-01-01 to 2024-01-01: 100" },
        { { "2024-01 1", "2024-02 2" },
          "2024-01-01 to 2024-02-01: 1; 2024-02-01 to 2024-03-01: 2" },
        { { "2024-01 1", "2024-03 3" },
          "2024-01-01 to 2024-02-01: 1; 2024-03-01 to 2024-04-01: 3" },
        /* where they overlap, the one that ends later */
        { { "2024-Q1 1", "2024-02-15/P3M 2" },
          "2024-01-01 to 2024-02-15: 1; 2024-02-15 to 2024-05-15: 2" },
        { { "2024 1", "2024-Q2 2" }, "2024-01-01 to 2025-01-01: 1" },
        { { "2024-Q1 1", "2024-Q2 2", "2024 3" }, "2024-01-01 to 2025-01-01: 3" },
        { { "2023-07-01/P1Y 1", "2024 2", "2024-03 3" },
          "2023-07-01 to 2024-01-01: 1; 2024-01-01 to 2025-01-01: 2" },
        /* of those that end together the shorter */
        { { "2024 1", "2024-S2 2", "2024-Q4 3", "2024-12 4" },
          "2024-01-01 to 2024-07-01: 1; 2024-07-01 to 2024-10-01: 2; 2024-10-01 to 2024-12-01: 3; "
          "2024-12-01 to 2025-01-01: 4" },
        /* what ends earlier is hidden by what goes on */
        { { "2021/2023 1", "2023 2", "2022 3" },
          "2021-01-01 to 2023-01-01: 1; 2023-01-01 to 2024-01-01: 2" },
        { { "2024-01 1", "2024-Q1 -" }, "2024-01-01 to 2024-04-01: -" },
        { { "2024-Q1 1", "2024-03 -" },
          "2024-01-01 to 2024-03-01: 1; 2024-03-01 to 2024-04-01: -" },
        { { "2024-01-01T10:00:00/PT2S 1", "2024-01-01T10:00:01/PT2S 2" },
          "2024-01-01T10:00:00Z to 2024-01-01T10:00:01Z: 1; "
          "2024-01-01T10:00:01Z to 2024-01-01T10:00:03Z: 2" },
        { { "2024-01-01T10:00:00 1" }, "2024-01-01T10:00:00Z to 2024-01-01T10:00:01Z: 1" },
    };
    (void)state;
    must_settle_all(FIGURE_FLOW, cases, sizeof cases / sizeof *cases);
}

static void the_newest_is_the_last_that_has_begun(void **state)
{
    static const struct {
        enum figure_kind kind;
        const char *now, *newest, *changes;
    } cases[] = {
        { FIGURE_STOCK, "2024-01-30", "none", "2024-01-31" },
        { FIGURE_STOCK, "2024-01-31", "1", "2024-03-31" },
        { FIGURE_STOCK, "2024-03-30", "1", "2024-03-31" },
        { FIGURE_STOCK, "2024-03-31", "-", "2024-05-31" },
        { FIGURE_STOCK, "2030-01-01", "3", NULL },
        { FIGURE_FLOW, "2023-12-31", "none", "2024-01-01" },
        { FIGURE_FLOW, "2024-01-01", "1", "2024-03-01" },
        { FIGURE_FLOW, "2024-02-15", "1", "2024-03-01" }, /* over, and still the newest */
        { FIGURE_FLOW, "2024-03-01", "-", "2024-05-01" },
        { FIGURE_FLOW, "2030-01-01", "3", NULL },
    };
    struct timeline timeline = { 0 };
    (void)state;
    tell_timeline(&timeline, FIGURE_STOCK, SAID("2024-05 3", "2024-01 1", "2024-03 -"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t changes = 0;
        timeline_settle(&timeline, cases[i].kind);
        const struct statement *newest = timeline_newest(&timeline, day_of(cases[i].now), &changes);
        assert_string_equal(value_text(newest), cases[i].newest);
        assert_true(changes ==
                    (cases[i].changes == NULL ? TIMELINE_OPEN : day_of(cases[i].changes)));
    }
    timeline_free(&timeline);
}

static void an_empty_timeline_has_no_newest(void **state)
{
    struct timeline timeline = { 0 };
    int64_t changes = 0;
    (void)state;
    timeline_settle(&timeline, FIGURE_STOCK);
    assert_null(timeline_newest(&timeline, 0, &changes));
    assert_true(changes == TIMELINE_OPEN);
    timeline_free(&timeline);
}

static void a_cleared_timeline_forgets(void **state)
{
    struct timeline timeline = { 0 };
    struct statement statement = statement_of("2024 1");
    char segments[200];
    (void)state;
    timeline_add(&timeline, &statement);
    timeline_settle(&timeline, FIGURE_STOCK);
    timeline_clear(&timeline);
    statement = statement_of("2025 2");
    timeline_add(&timeline, &statement);
    timeline_settle(&timeline, FIGURE_STOCK);
    write_segments(&timeline, segments, sizeof segments);
    assert_string_equal(segments, "2025-12-31 on: 2");
    timeline_free(&timeline);
}

/* The model: a grid of quarter days, and at each point a look at all that was said. */
enum { GRID = 21600, POINTS = 120 };

static uint32_t draw(uint32_t *random, uint32_t below)
{
    *random = *random * 1664525 + 1013904223;
    return (*random >> 8) % below;
}

static size_t draw_statements(uint32_t *random, struct statement *statements)
{
    size_t count = 0, tries = draw(random, MOST + 1);
    for (size_t i = 0; i < tries; i++) {
        struct statement *statement = &statements[count];
        *statement = (struct statement){ .status = 'A', .missing = draw(random, 4) == 0 };
        statement->period.start = draw(random, 80) * (int64_t)GRID;
        statement->period.end = statement->period.start + (1 + draw(random, 30)) * (int64_t)GRID;
        snprintf(statement->value.text, sizeof statement->value.text, "%zu", count);
        bool twice = false;
        for (size_t other = 0; other < count; other++)
            twice |= statements[other].period.start == statement->period.start &&
                     statements[other].period.end == statement->period.end;
        count += !twice;
    }
    return count;
}

static int64_t last_day(const struct period *period)
{
    int64_t length = period->end - period->start;
    return period->start + (length > 86400 ? length - 86400 : 0);
}

static bool model_holds(enum figure_kind kind, const struct period *period, int64_t at)
{
    if (kind == FIGURE_STOCK)
        return last_day(period) <= at;
    return period->start <= at && at < period->end;
}

static bool model_prefers(enum figure_kind kind, const struct period *a, const struct period *b)
{
    int64_t of_a = kind == FIGURE_STOCK ? last_day(a) : a->end;
    int64_t of_b = kind == FIGURE_STOCK ? last_day(b) : b->end;
    return of_a != of_b ? of_a > of_b : a->end - a->start < b->end - b->start;
}

static const struct statement *model_at(enum figure_kind kind, const struct statement *statements,
                                        size_t count, int64_t at)
{
    const struct statement *best = NULL;
    for (size_t i = 0; i < count; i++)
        if (model_holds(kind, &statements[i].period, at) &&
            (best == NULL || model_prefers(kind, &statements[i].period, &best->period)))
            best = &statements[i];
    return best;
}

static const struct statement *segment_at(const struct timeline *timeline, int64_t at)
{
    for (size_t i = 0; i < timeline->segment_count; i++)
        if (timeline->segments[i].from <= at && at < timeline->segments[i].until)
            return timeline->segments[i].statement;
    return NULL;
}

static void must_agree(enum figure_kind kind, const struct timeline *timeline,
                       const struct statement *statements, size_t count)
{
    const struct statement *newest = NULL;
    for (size_t i = 1; i < timeline->segment_count; i++)
        assert_true(timeline->segments[i - 1].until <= timeline->segments[i].from);
    for (int64_t at = -GRID; at < POINTS * GRID; at += GRID) {
        int64_t changes;
        const struct statement *expected = model_at(kind, statements, count, at);
        assert_string_equal(value_text(segment_at(timeline, at)), value_text(expected));
        newest = expected != NULL ? expected : newest;
        assert_string_equal(value_text(timeline_newest(timeline, at, &changes)),
                            value_text(newest));
        assert_true(changes > at);
    }
}

static void random_statements_settle_as_the_model_says(void **state)
{
    uint32_t random = 20240630;
    struct timeline timeline = { 0 };
    (void)state;
    for (int round = 0; round < 4000; round++) {
        enum figure_kind kind = round % 2 == 0 ? FIGURE_STOCK : FIGURE_FLOW;
        struct statement statements[MOST];
        char forwards[2000], backwards[2000];
        size_t count = draw_statements(&random, statements);
        timeline_clear(&timeline);
        for (size_t i = 0; i < count; i++)
            timeline_add(&timeline, &statements[i]);
        timeline_settle(&timeline, kind);
        must_agree(kind, &timeline, statements, count);
        write_segments(&timeline, forwards, sizeof forwards);
        timeline_clear(&timeline);
        for (size_t i = count; i-- > 0;)
            timeline_add(&timeline, &statements[i]);
        timeline_settle(&timeline, kind);
        write_segments(&timeline, backwards, sizeof backwards);
        assert_string_equal(forwards, backwards);
    }
    timeline_free(&timeline);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stock_holds_from_its_last_day_until_the_next),
        cmocka_unit_test(a_flow_holds_over_its_period_and_nowhere_else),
        cmocka_unit_test(the_newest_is_the_last_that_has_begun),
        cmocka_unit_test(an_empty_timeline_has_no_newest),
        cmocka_unit_test(a_cleared_timeline_forgets),
        cmocka_unit_test(random_statements_settle_as_the_model_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
