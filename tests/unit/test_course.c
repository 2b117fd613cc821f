/* SPDX-License-Identifier: MIT */
/* test_course.c - what is in force within a span, and which of it is the same */
#include "../../almanac/ledger_history.h"
#include "course_stage.h"
#include "ledger_place.h"

/* "2020-01-01..2021-01-01=4 …" */
static void must_be(const struct course *course, const char *expected)
{
    char line[512] = "";
    for (size_t i = 0; i < course->count; i++) {
        const struct stretch *stretch = &course->stretches[i];
        char from[32], until[32];
        period_write_time(stretch->from, from);
        period_write_time(stretch->until, until);
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s..%s=%g", i > 0 ? " " : "",
                 from, until, stretch->value);
    }
    assert_string_equal(line, expected);
}

static void a_span_cuts_what_is_in_force(void **state)
{
    struct course course = { 0 };
    (void)state;
    tell(&course, FIGURE_FLOW, SAID("2020 4", "2021 -", "2022/2024 12.5"));
    must_be(&course, "2020-01-01..2021-01-01=4 2022-01-01..2025-01-01=12.5");
    course_cut(&course, day_of("2020-07-01"), day_of("2023"));
    must_be(&course, "2020-07-01..2021-01-01=4 2022-01-01..2023-01-01=12.5");
    assert_string_equal(course.last->period.text, "2022/2024");
    course_cut(&course, day_of("2021"), day_of("2022"));
    must_be(&course, "");
    assert_true(course.last->missing);
    course_cut(&course, day_of("2025"), day_of("2029"));
    must_be(&course, "");
    assert_string_equal(course.last->period.text, "2022/2024");
    course_cut(&course, day_of("2010"), day_of("2019"));
    must_be(&course, "");
    assert_null(course.last);
    course_cut(&course, day_of("2023"), day_of("2020-07-01"));
    must_be(&course, "");
    course_cut(&course, day_of("2020-07-01"), day_of("2020-03-01"));
    must_be(&course, "");
    course_free(&course);
}

static void the_ledger_says_what_is_in_force(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    static const struct figure stock = { .kind = FIGURE_STOCK };
    static const struct snapshot_series series = { .id = 1, .figure = &stock };
    struct course course = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(course_read(&course, &series, ledger, LEDGER_ALWAYS, &fault), 0);
    course_cut(&course, 0, day_of("2030"));
    must_be(&course, "");
    course_free(&course);
    say(ledger, (struct saying){ .period = "2023", .value = "3" });
    say(ledger, (struct saying){ .period = "2023", .value = "2" });
    say(ledger, (struct saying){ .period = "2024", .value = "5" });
    assert_int_equal(course_read(&course, &series, ledger, LEDGER_ALWAYS, &fault), 0);
    course_cut(&course, 0, day_of("2026"));
    must_be(&course, "2023-12-31..2024-12-31=2 2024-12-31..2026-01-01=5");
    course_free(&course);
}

static void the_ledger_says_what_was_known_at_a_time(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    static const struct figure stock = { .kind = FIGURE_STOCK };
    static const struct snapshot_series series = { .id = 1, .figure = &stock };
    static const struct {
        int64_t known_by;
        const char *expected;
        bool valued;
    } cases[] = {
        { 1699999999, "", false },
        { 1700000000, "", false },
        { 1700000100, "2023-12-31..2026-01-01=3", true },
        { 1700000200, "", true },
        { LEDGER_ALWAYS, "2024-12-31..2026-01-01=5", true },
    };
    say(ledger, (struct saying){ .period = "2023", .status = 'L' });
    say(ledger, (struct saying){ .period = "2023", .value = "3", .recorded = 1700000100 });
    say(ledger, (struct saying){ .period = "2023", .status = 'O', .recorded = 1700000200 });
    say(ledger, (struct saying){ .period = "2024", .value = "5", .recorded = 1700000300 });
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct course course = { 0 };
        struct fault fault = { 0 };
        int result = course_read(&course, &series, ledger, cases[i].known_by, &fault);
        assert_int_equal(result, 0);
        course_cut(&course, 0, day_of("2026"));
        must_be(&course, cases[i].expected);
        assert_int_equal(course.valued, cases[i].valued);
        course_free(&course);
    }
}

static void a_value_is_remembered_though_it_is_withdrawn(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    static const struct figure stock = { .kind = FIGURE_STOCK };
    static const struct snapshot_series series = { .id = 1, .figure = &stock };
    const struct {
        struct saying saying;
        bool valued;
    } cases[] = {
        { { .period = "2022", .status = 'M' }, false },
        { { .period = "2023", .status = 'L' }, false },
        { { .period = "2024", .value = "4" }, true },
        { { .period = "2024", .status = 'O' }, true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct course course = { 0 };
        struct fault fault = { 0 };
        say(ledger, cases[i].saying);
        assert_int_equal(course_read(&course, &series, ledger, LEDGER_ALWAYS, &fault), 0);
        if (course.valued != cases[i].valued)
            fail_msg("case %zu", i);
        course_free(&course);
    }
}

static void courses_are_compared_by_what_is_drawn(void **state)
{
    const struct {
        const char *const *a, *const *b;
        bool touches, equals;
    } cases[] = {
        { SAID("2020 4", "2022 5"), SAID("2020 4.0", "2022 5"), true, true },
        { SAID("2020 4", "2022 5"), SAID("2020 4", "2021 4", "2022 5"), true, true },
        { SAID("2020 4", "2022 5"), SAID("2020 4", "2022 6"), true, false },
        { SAID("2020 4", "2022 5"), SAID("2021 4", "2022 5"), true, false },
        { SAID("2020 4", "2022 5"), SAID("2020 5", "2022 4"), false, false },
        { SAID("2020 4"), SAID("2021 -"), false, false },
        { SAID("2021 -"), SAID("2021 -"), false, false },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct course a = { 0 }, b = { 0 };
        tell(&a, FIGURE_STOCK, cases[i].a);
        tell(&b, FIGURE_STOCK, cases[i].b);
        if (course_touches(&a, &b) != cases[i].touches ||
            course_touches(&b, &a) != cases[i].touches ||
            course_equals(&a, &b) != cases[i].equals || course_equals(&b, &a) != cases[i].equals)
            fail_msg("case %zu", i);
        course_free(&a);
        course_free(&b);
    }
}

static void months_are_alike_and_a_month_and_a_year_are_not(void **state)
{
    const struct {
        const char *const *said;
        bool unlike;
    } cases[] = {
        { SAID("2021-02 1", "2021-03 2"), false },
        { SAID("2020 1", "2021 2"), false },
        { SAID("2021-Q1 1", "2021-Q3 2"), false },
        { SAID("2021-12 1", "2022 2"), true },
        { SAID("2021/2023 90", "2024 40"), true },
        { SAID("2021-02-01/P2M 1", "2021-04-01/P3M 2"), true },
        { SAID("2021-01-01/P30D 1", "2021-03-01/P36D 2"), false }, /* a fifth */
        { SAID("2021-01-01/P30D 1", "2021-03-01/P37D 2"), true },
        { SAID("2021 -"), false },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct course course = { 0 };
        tell(&course, FIGURE_FLOW, cases[i].said);
        if (courses_unlike(&course, 1) != cases[i].unlike)
            fail_msg("case %zu", i);
        course_free(&course);
    }
    struct course courses[2] = { 0 };
    tell(&courses[0], FIGURE_FLOW, SAID("2021-12 1"));
    tell(&courses[1], FIGURE_FLOW, SAID("2022 2"));
    assert_true(courses_unlike(courses, 2));
    assert_false(courses_unlike(courses, 1));
    course_free(&courses[0]);
    course_free(&courses[1]);
}

static void values_extend_over_all_courses(void **state)
{
    struct course courses[2] = { 0 };
    (void)state;
    tell(&courses[0], FIGURE_STOCK, SAID("2020 4", "2021 -", "2022 -3"));
    tell(&courses[1], FIGURE_STOCK, SAID("2020 12.5", "2021 9"));
    struct extent one = courses_extent(courses, 1), both = courses_extent(courses, 2);
    struct extent none = courses_extent(courses, 0);
    assert_true(one.least == -3 && one.most == 4 && one.whole);
    assert_true(both.least == -3 && both.most == 12.5 && !both.whole);
    assert_true(none.least > none.most);
    course_free(&courses[0]);
    course_free(&courses[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_cuts_what_is_in_force),
        TEST(the_ledger_says_what_is_in_force),
        TEST(the_ledger_says_what_was_known_at_a_time),
        TEST(a_value_is_remembered_though_it_is_withdrawn),
        cmocka_unit_test(courses_are_compared_by_what_is_drawn),
        cmocka_unit_test(values_extend_over_all_courses),
        cmocka_unit_test(months_are_alike_and_a_month_and_a_year_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
