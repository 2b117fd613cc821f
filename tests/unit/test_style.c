/* SPDX-License-Identifier: MIT */
/* test_style.c - lines that can be told apart, and keep their colours */
#include "../../exporter/style.h"
#include "course_stage.h"

struct lines {
    struct snapshot_series all[64];
    size_t all_count;
    struct course courses[STYLES];
    size_t count;
    struct style styles[STYLES];
};

/* A series with this id; drawn, if something is said of it. */
static void add(struct lines *lines, int64_t id, const char *const *said)
{
    struct snapshot_series *series = &lines->all[lines->all_count++];
    *series = (struct snapshot_series){ .id = id };
    if (said == NULL)
        return;
    struct course *course = &lines->courses[lines->count++];
    course->series = series;
    tell(course, FIGURE_STOCK, said);
}

static void choose(struct lines *lines)
{
    styles_choose(lines->styles, lines->courses, lines->count, lines->all, lines->all_count);
}

static const struct style *style_of(const struct lines *lines, int64_t id)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->courses[lines->styles[i].course].series->id == id)
            return &lines->styles[i];
    fail_msg("%d is not drawn", (int)id);
    return NULL;
}

static void clear(struct lines *lines)
{
    for (size_t i = 0; i < STYLES; i++)
        course_free(&lines->courses[i]);
}

static void twenty_are_told_apart(void **state)
{
    struct lines lines = { 0 };
    (void)state;
    for (int i = 0; i < STYLES; i++) {
        char words[24];
        snprintf(words, sizeof words, "2020 %d", i);
        add(&lines, 100 + i, SAID(words));
    }
    choose(&lines);
    for (size_t i = 0; i < STYLES; i++)
        for (size_t j = 0; j < i; j++)
            assert_false(strcmp(lines.styles[i].colour, lines.styles[j].colour) == 0 &&
                         (lines.styles[i].on > 0) == (lines.styles[j].on > 0));
    for (size_t i = 0; i < STYLES; i++)
        assert_int_equal(lines.styles[i].on > 0, i >= STYLES / 2);
    clear(&lines);
}

static void a_series_keeps_its_colour_when_another_comes_in(void **state)
{
    struct lines before = { 0 }, after = { 0 };
    (void)state;
    add(&before, 5, SAID("2020 1"));
    add(&before, 7, SAID("2020 2"));
    choose(&before);
    add(&after, 9, SAID("2020 3")); /* in front of them, by its labels */
    add(&after, 5, SAID("2020 1"));
    add(&after, 7, SAID("2020 2"));
    choose(&after);
    assert_string_equal(style_of(&before, 5)->colour, style_of(&after, 5)->colour);
    assert_string_equal(style_of(&before, 7)->colour, style_of(&after, 7)->colour);
    assert_string_not_equal(style_of(&after, 9)->colour, style_of(&after, 5)->colour);
    clear(&before);
    clear(&after);
}

static void a_series_has_the_same_colour_alone(void **state)
{
    struct lines all = { 0 }, alone = { 0 };
    (void)state;
    for (int id = 1; id <= 8; id++) {
        add(&all, id, SAID("2020 1"));
        add(&alone, id, id == 6 ? SAID("2020 1") : NULL);
    }
    choose(&all);
    choose(&alone);
    assert_string_equal(style_of(&all, 6)->colour, style_of(&alone, 6)->colour);
    clear(&all);
    clear(&alone);
}

static void of_two_that_would_have_the_same_colour_the_older_has_it(void **state)
{
    struct lines lines = { 0 };
    (void)state;
    for (int id = 1; id <= 20; id++)
        add(&lines, id, id == 3 || id == 13 ? SAID("2020 1", "2021 2") : NULL);
    choose(&lines);
    assert_string_not_equal(style_of(&lines, 3)->colour, style_of(&lines, 13)->colour);
    assert_string_equal(style_of(&lines, 3)->colour, "009e73");
    clear(&lines);
}

static void equal_lines_take_turns(void **state)
{
    struct lines lines = { 0 };
    (void)state;
    add(&lines, 1, SAID("2020 1"));
    add(&lines, 2, SAID("2020 5"));
    add(&lines, 3, SAID("2020 1.0"));
    add(&lines, 4, SAID("2020 1"));
    choose(&lines);
    const int64_t order[] = { 1, 3, 4, 2 }; /* those that take turns one behind the other */
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(lines.courses[lines.styles[i].course].series->id, order[i]);
    assert_int_equal(lines.styles[0].on, 0);
    assert_int_equal(lines.styles[1].on * 2, lines.styles[1].off);
    assert_int_equal(lines.styles[1].on, lines.styles[2].on);
    assert_int_equal(lines.styles[1].offset - lines.styles[2].offset, lines.styles[1].on);
    assert_int_equal(lines.styles[3].on, 0);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(lines.styles[i].above_count, 0);
    clear(&lines);
}

static void of_lines_that_touch_the_earlier_knows_the_later(void **state)
{
    struct lines lines = { 0 };
    (void)state;
    add(&lines, 1, SAID("2020 1", "2022 3"));
    add(&lines, 2, SAID("2020 1", "2022 2"));
    add(&lines, 3, SAID("2021 1", "2022 4"));
    add(&lines, 4, SAID("2020 9"));
    choose(&lines);
    const size_t above[] = { 2, 1, 0, 0 };
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(lines.styles[i].above_count, above[i]);
        for (size_t j = 0; j < above[i]; j++)
            assert_int_equal(lines.styles[i].above[j], i + 1 + j);
    }
    clear(&lines);
}

static void a_line_grows_with_those_above_it_up_to_a_limit(void **state)
{
    const int widths[] = { 2, 5, 8, 11, 11 };
    (void)state;
    for (size_t above = 0; above < 5; above++)
        assert_int_equal(styles_width(above), widths[above]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twenty_are_told_apart),
        cmocka_unit_test(a_series_keeps_its_colour_when_another_comes_in),
        cmocka_unit_test(a_series_has_the_same_colour_alone),
        cmocka_unit_test(of_two_that_would_have_the_same_colour_the_older_has_it),
        cmocka_unit_test(equal_lines_take_turns),
        cmocka_unit_test(of_lines_that_touch_the_earlier_knows_the_later),
        cmocka_unit_test(a_line_grows_with_those_above_it_up_to_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
