/* SPDX-License-Identifier: MIT */
/* test_legend.c - the words on a graph */
#include "../../exporter/legend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *names[] = { "area", "stage" };
static const struct figure figure = {
    .name = "pilot_platforms", .title_en = "Pilot\nplatforms", .labels = names, .label_count = 2
};
static const struct label labels[][2] = {
    { { "area", "福田" }, { "stage", "built" } },
    { { "area", "福田" }, { "stage", "planned" } },
    { { "area", "福田" }, { "stage", "later" } },
};
static const struct statement more = { .value = { "160.50" },
                                       .comparator = COMPARATOR_MORE,
                                       .status = 'P',
                                       .period = { .text = "2024-06" } };
static const struct statement four = { .value = { "4" },
                                       .status = 'A',
                                       .period = { .text = "2021/2023" } };

static void must_say(const struct legend *legend, size_t index, const char *expected)
{
    struct text line = { 0 };
    legend_series(legend, index, &line);
    assert_string_equal(line.bytes, expected);
    text_free(&line);
}

static void values_are_said_as_reported(void **state)
{
    (void)state;
    struct arena arena = { 0 };
    struct text line = { 0 };
    const struct snapshot_series series[] = {
        { .labels = labels[0], .label_count = 2, .first = 5, .newest = &more },
        { .labels = labels[1], .label_count = 2, .first = 5 },
        { .labels = labels[2], .label_count = 2, .first = 50, .newest = NULL },
    };
    struct legend legend = { .figure = &figure, .series = series, .count = 3, .now = 10 };
    legend_compare(&legend, &arena);
    must_say(&legend, 0, "stage=built: >160.50 (2024-06, P)");
    must_say(&legend, 1, "stage=planned: withdrawn");
    must_say(&legend, 2, "stage=later: not yet begun");
    legend_shared(&legend, &line);
    assert_string_equal(line.bytes, "area=福田");
    legend_drawn(&legend, 2, &line);
    assert_string_equal(line.bytes, "2 of 3 series");
    legend_title(&legend, &line);
    assert_string_equal(line.bytes, "Pilot platforms");

    legend.chinese = true;
    must_say(&legend, 1, "stage=planned: 已撤回");
    legend_title(&legend, &line);
    assert_string_equal(line.bytes, "pilot_platforms"); /* it has no Chinese one */
    text_free(&line);
    arena_free(&arena);
}

static void a_lone_series_needs_no_label(void **state)
{
    (void)state;
    struct arena arena = { 0 };
    struct text line = { 0 };
    const struct snapshot_series series = { .labels = labels[0],
                                            .label_count = 2,
                                            .newest = &four };
    struct legend legend = { .figure = &figure, .series = &series, .count = 1 };
    legend_compare(&legend, &arena);
    must_say(&legend, 0, "4 (2021/2023)");
    legend_shared(&legend, &line);
    assert_string_equal(line.bytes, "area=福田, stage=built");
    text_free(&line);
    arena_free(&arena);
}

static void long_labels_are_cut_between_characters(void **state)
{
    (void)state;
    char value[400];
    for (size_t lead = 0; lead < 2; lead++) {
        struct arena arena = { 0 };
        struct text line = { 0 };
        memset(value, 'x', lead);
        for (size_t at = lead; at + 4 <= sizeof value; at += 3)
            memcpy(value + at, "圳", 4);
        const struct label both[] = { { "area", "a" }, { "stage", value } };
        const struct snapshot_series series[] = {
            { .labels = both, .label_count = 2, .newest = &four },
            { .labels = labels[0], .label_count = 2 },
        };
        struct legend legend = { .figure = &figure, .series = series, .count = 2 };
        legend_compare(&legend, &arena);
        legend_series(&legend, 0, &line);
        assert_int_equal(text_utf8_until(line.bytes, line.size), line.size);
        assert_non_null(strstr(line.bytes, "圳…: 4 (2021/2023)"));
        assert_in_range(line.size, 70, 140);
        text_free(&line);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_said_as_reported),
        cmocka_unit_test(a_lone_series_needs_no_label),
        cmocka_unit_test(long_labels_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
