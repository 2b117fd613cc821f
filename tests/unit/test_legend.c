/* SPDX-License-Identifier: MIT */
/* test_legend.c - the words on a graph */
#include "../../almanac/utf8.h"
#include "legend_stage.h"

static void values_are_said_as_reported(void **state)
{
    struct words *words = begin(&platforms);
    (void)state;
    add(words, "福田", "built", SAID("2024-06 >160.50 P"));
    add(words, "福田", "planned", SAID("2023 4", "2024 - O"));
    add(words, "福田", "later", SAID("2040 9"));
    compare(words);
    must_say(words, 0, "stage=built: >160.50 (2024-06, P)");
    must_say(words, 1, "stage=planned: withdrawn (2024)");
    must_say(words, 2, "stage=later: not yet begun");
    must_note(words, "area=福田\n>: more than, P: provisional\n");
    must_be_titled(words, "Pilot platforms");

    words->legend.chinese = true;
    must_say(words, 1, "stage=planned: 已撤回 (2024)");
    must_note(words, "area=福田\n>: 超过，P: 暂定\n");
    end(words);
}

static void values_are_counted_like_the_axis(void **state)
{
    struct words *words = begin(&paid);
    (void)state;
    add(words, "a", "w", SAID("2024 >1234560000000"));
    add(words, "a", "x", SAID("2024 0"));
    add(words, "a", "y", SAID("2024 -200000000.50"));
    add(words, "a", "z", SAID("2024 0.000000000000000000000000000000001"));
    compare(words);
    must_say(words, 2, "stage=y: -200000000.50 (2024)");
    words->legend.chinese = true;
    words->legend.axis = &(const struct axis){ .places = 8, .unit_word = "亿" };
    must_say(words, 0, "stage=w: >12345.6亿元 (2024)");
    must_say(words, 1, "stage=x: 0亿元 (2024)");
    must_say(words, 2, "stage=y: -2.000000005亿元 (2024)");
    must_say(words, 3, "stage=z: 0.000000000000000000000000000000001e-8亿元 (2024)");
    words->legend.chinese = false;
    words->legend.axis = &(const struct axis){ .places = 6, .unit_word = "million" };
    must_say(words, 0, "stage=w: >1234560 million cny (2024)");
    must_say(words, 2, "stage=y: -200.0000005 million cny (2024)");
    end(words);
}

static void only_what_had_a_value_and_has_none_without_a_reason_is_called_withdrawn(void **state)
{
    struct words *words = begin(&platforms);
    (void)state;
    add(words, "a", "w", SAID("2024 - O"));
    add(words, "a", "x", SAID("2023 - L", "2024 - M"));
    add(words, "a", "y", SAID("2024 - O"));
    words->courses[2].valued = true; /* until it was corrected */
    add(words, "a", "z", SAID("2023 4", "2024 - L"));
    compare(words);
    must_say(words, 0, "stage=w: no value (2024)");
    must_say(words, 1, "stage=x: cannot exist (2024)");
    must_say(words, 2, "stage=y: withdrawn (2024)");
    must_say(words, 3, "stage=z: not collected (2024)");
    must_note(words, "area=a\n");
    words->legend.chinese = true;
    must_say(words, 0, "stage=w: 无数值 (2024)");
    must_say(words, 3, "stage=z: 未收集 (2024)");
    end(words);
}

static void the_title_has_the_day_of_what_was_known(void **state)
{
    struct words *words = begin(&paid);
    char long_title[121];
    struct figure figure = paid;
    (void)state;
    words->legend.as_of = "2024-09-01";
    must_be_titled(words, "Paid (as known on 2024-09-01)");
    words->legend.empty = true;
    must_be_titled(words, "Paid (as known on 2024-09-01): no values in this time");
    words->legend.chinese = true;
    must_be_titled(words, "补贴（截至 2024-09-01 所知）：此时段没有数值");
    memset(long_title, 'x', sizeof long_title);
    long_title[120] = '\0';
    figure.title_en = long_title;
    words->legend.figure = &figure;
    words->legend.chinese = words->legend.empty = false;
    legend_title(&words->legend, &words->line);
    assert_in_range(words->line.size, 85, 90 + strlen("…"));
    end(words);
}

static void labels_of_an_earlier_catalogue_are_said(void **state)
{
    struct figure without = platforms;
    struct words *words = begin(&without);
    (void)state;
    without.label_count = 0;
    add(words, "福田", "built", SAID("2024-06 4"));
    add(words, "福田", "planned", SAID("2024-06 6"));
    add(words, "福田", "", SAID("2024-06 7"));
    words->series[2].label_count = 1; /* it has no stage */
    compare(words);
    must_say(words, 0, "stage=built: 4 (2024-06)");
    must_say(words, 1, "stage=planned: 6 (2024-06)");
    must_say(words, 2, "stage=: 7 (2024-06)");
    must_note(words, "area=福田\n");
    end(words);
}

/* Or the digits behind it would be shown the other way round. */
static void the_direction_of_a_label_ends_with_it(void **state)
{
    struct words *words = begin(&platforms);
    (void)state;
    add(words, "a", "\u202Eabc", SAID("2024-06 9001"));
    add(words, "a", "مبنى", SAID("2024-06 345"));
    add(words, "a", "已建€\u0900", SAID("2024-06 6"));
    add(words, "a", "\u08A0", SAID("2024-06 6"));
    compare(words);
    must_say(words, 0, "stage=\u2068\u202Eabc\u2069: 9001 (2024-06)");
    must_say(words, 1, "stage=\u2068مبنى\u2069: 345 (2024-06)");
    must_say(words, 2, "stage=已建€\u0900: 6 (2024-06)");
    must_say(words, 3, "stage=\u2068\u08A0\u2069: 6 (2024-06)");
    end(words);
}

/* Some would be read as a tab. */
static void nothing_in_a_label_moves_the_text_behind_it(void **state)
{
    struct words *words = begin(&platforms);
    (void)state;
    add(words, "a", "x\\ty", SAID("2024 4"));
    add(words, "a", "x\ty\n\x7Fz", SAID("2024 4"));
    compare(words);
    must_say(words, 0, "stage=x\\\u200Bty: 4 (2024)");
    must_say(words, 1, "stage=x y  z: 4 (2024)");
    end(words);
}

static void a_lone_series_needs_no_label(void **state)
{
    struct words *words = begin(&platforms);
    (void)state;
    add(words, "福田", "built", SAID("2021/2023 4"));
    compare(words);
    must_say(words, 0, "4 (2021/2023)");
    must_note(words, "area=福田, stage=built\n");
    end(words);
}

static void the_last_value_in_the_picture_is_said(void **state)
{
    struct words *words = begin(&platforms);
    (void)state;
    add(words, "福田", "built", SAID("2020 <=3", "2024 5"));
    add(words, "福田", "planned", SAID("2024 5"));
    course_cut(&words->courses[0], day_of("2021"), day_of("2022"));
    course_cut(&words->courses[1], day_of("2021"), day_of("2022"));
    compare(words);
    must_say(words, 0, "stage=built: <=3 (2020)");
    must_say(words, 1, "stage=planned: none in this time");
    must_be_titled(words, "Pilot platforms");
    end(words);
}

static void a_time_without_values_is_told(void **state)
{
    struct words *words = begin(&paid);
    (void)state;
    add(words, "a", "b", SAID("2020 3"));
    course_cut(&words->courses[0], day_of("1990"), day_of("1995"));
    compare(words);
    must_say(words, 0, "none in this time");
    must_be_titled(words, "Paid: no values in this time");
    words->legend.chinese = true;
    must_be_titled(words, "补贴：此时段没有数值");
    words->legend.oldest = day_of("2016-11-29");
    must_say(words, 0, "此时段没有保留的数值");
    must_be_titled(words, "补贴：不在图的保存期内");
    must_note(words, "area=a, stage=b\n早于 2016-11-29 的数值不在图中。\n");
    words->legend.chinese = false;
    must_be_titled(words, "Paid: not kept for graphs");
    must_note(words,
              "area=a, stage=b\nThere are values before 2016-11-29, which graphs do not keep.\n");
    end(words);
}

static void values_of_unlike_periods_are_said_with_them(void **state)
{
    struct words *words = begin(&paid);
    (void)state;
    add(words, "a", "x", SAID("2021/2023 >90", "2024 40", "2025 ~38 P"));
    add(words, "a", "y", SAID("2021 1", "2022 2", "2023 <3", "2024 4", "2025 5"));
    compare(words);
    must_say(words, 0, "stage=x: >90 (2021/2023), 40 (2024), ~38 (2025, P)");
    must_say(words, 1, "stage=y: …, 2 (2022), <3 (2023), 4 (2024), 5 (2025)");
    must_note(words, "area=a\n"
                     "Each value is of its whole period, and these are of unlike length: the "
                     "heights do not compare.\n"
                     "<: less than, >: more than, ~: about, P: provisional\n");
    end(words);
}

static void as_many_last_values_are_said_as_a_line_holds(void **state)
{
    struct words *words = begin(&paid);
    (void)state;
    add(words, "a", "x",
        SAID("2021/2022 1", "2023 100000000002", "2024 1000000000003", "2025 1000000000004"));
    add(words, "a", "y",
        SAID("2021/2022 1", "2023 1000000000002", "2024 1000000000003", "2025 1000000000004"));
    compare(words);
    must_say(words, 0,
             "stage=x: …, 100000000002 (2023), 1000000000003 (2024), "
             "1000000000004 (2025)");
    must_say(words, 1, "stage=y: …, 1000000000003 (2024), 1000000000004 (2025)");
    end(words);
}

static void every_mark_has_its_meaning(void **state)
{
    static const struct {
        const char *said, *mark, *english, *chinese;
    } cases[] = {
        { "2024 <4", "<", "less than", "少于" },
        { "2024 <=4", "<=", "at most", "至多" },
        { "2024 >=4", ">=", "at least", "至少" },
        { "2024 >4", ">", "more than", "超过" },
        { "2024 ~4", "~", "about", "约" },
        { "2024 4 B", "B", "break in the series", "序列中断" },
        { "2024 4 D", "D", "definition differs", "定义不同" },
        { "2024 4 E", "E", "estimated", "估计" },
        { "2024 4 F", "F", "forecast", "预测" },
        { "2024 4 G", "G", "experimental", "试验" },
        { "2024 4 I", "I", "imputed", "插补" },
        { "2024 4 J", "J", "derogation", "豁免" },
        { "2024 4 K", "K", "included in another category", "计入其他类别" },
        { "2024 4 N", "N", "not significant", "不显著" },
        { "2024 4 P", "P", "provisional", "暂定" },
        { "2024 4 S", "S", "special event", "特殊事件" },
        { "2024 4 U", "U", "low reliability", "可靠性低" },
        { "2024 4 V", "V", "unvalidated", "未经核实" },
        { "2024 4 W", "W", "includes another category", "含其他类别" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct words *words = begin(&platforms);
        char expected[128];
        add(words, "a", "x", SAID(cases[i].said));
        compare(words);
        snprintf(expected, sizeof expected, "area=a, stage=x\n%s: %s\n", cases[i].mark,
                 cases[i].english);
        must_note(words, expected);
        words->legend.chinese = true;
        snprintf(expected, sizeof expected, "area=a, stage=x\n%s: %s\n", cases[i].mark,
                 cases[i].chinese);
        must_note(words, expected);
        end(words);
    }
}

static void alike_ones_and_stocks_need_no_such_words(void **state)
{
    (void)state;
    for (int stock = 0; stock < 2; stock++) {
        struct words *words = begin(stock ? &platforms : &paid);
        add(words, "a", "x", stock ? SAID("2021/2023 9", "2024 4") : SAID("2023 >9 E", "2024 4"));
        compare(words);
        must_say(words, 0, "4 (2024)");
        must_note(words, stock ? "area=a, stage=x\n"
                               : "area=a, stage=x\n"
                                 "Among the earlier values: >: more than, E: estimated\n");
        end(words);
    }
}

static void what_is_left_out_can_be_chosen(void **state)
{
    struct words *words = begin(&platforms);
    (void)state;
    add(words, "a", "x", SAID("2024 4"));
    add(words, "a", "y", SAID("2024 4"));
    add(words, "b", "y", SAID("2024 4"));
    words->legend.drawn = 2;
    compare(words);
    must_note(words, "2 of 3 series are drawn; choose with label[]=area=… or label[]=stage=…\n");
    words->legend.chinese = true;
    must_note(words, "共 3 个序列，只画 2 个；可用 label[]=area=… 或 label[]=stage=… 选择\n");
    end(words);
}

static const struct figure used = { .name = "power_kwh", .unit = "kwh", .title_en = "Power" };

static void the_axis_says_what_it_counts_and_where_it_begins(void **state)
{
    static const struct {
        const struct figure *figure;
        const char *unit_word;
        bool from_zero, chinese;
        const char *label;
    } cases[] = {
        { &paid, "", true, false, "cny" },
        { &paid, "", false, false, "cny · not from zero" },
        { &paid, "billion", true, false, "billion cny" },
        { &paid, "", true, true, "元" },
        { &paid, "亿", false, true, "亿元 · 不从零起" },
        { &used, "亿", true, true, "亿 kwh" },
        { &platforms, "", true, false, "" },
        { &platforms, "", false, true, "不从零起" },
        { &platforms, "million", true, false, "million" },
        { &platforms, "万", false, true, "万 · 不从零起" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct words *words = begin(cases[i].figure);
        const struct axis axis = { .unit_word = cases[i].unit_word,
                                   .from_zero = cases[i].from_zero };
        words->legend.chinese = cases[i].chinese;
        text_put(&words->line, "before");
        words->legend.axis = &axis;
        legend_axis(&words->legend, &words->line);
        assert_int_equal(words->line.size, strlen(cases[i].label));
        assert_memory_equal(words->line.bytes, cases[i].label, words->line.size);
        end(words);
    }
}

static void long_labels_are_cut_between_characters_and_keep_their_ends(void **state)
{
    (void)state;
    char value[400];
    for (size_t lead = 0; lead < 2; lead++) {
        memset(value, 'x', lead);
        for (size_t at = lead; at + 4 <= sizeof value; at += 3)
            memcpy(value + at, "圳", 4);
        strcpy(value + strlen(value) - 3, "end");
        struct words *words = begin(&platforms);
        add(words, "a", value, SAID("2024 4"));
        add(words, "b", "short", SAID("2024 4"));
        compare(words);
        legend_series(&words->legend, 0, &words->line);
        const char *line = words->line.bytes;
        assert_int_equal(utf8_until(line, words->line.size), words->line.size);
        assert_non_null(strstr(line, "area=a, stage="));
        assert_non_null(strstr(line, "圳…圳"));
        assert_non_null(strstr(line, "圳end: 4 (2024)"));
        assert_in_range(words->line.size, 60, 140);
        end(words);
    }
}

/* Of as many columns as asked, with the cut in the middle. */
static void what_is_too_long_keeps_as_much_of_either_end(void **state)
{
    static const struct {
        const char *character;
        size_t first, last; /* of the title, how many characters are kept */
    } cases[] = { { "x", 45, 44 }, { "Ж", 45, 44 }, { "圳", 22, 22 } };
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct text title = { 0 }, expected = { 0 };
        struct figure figure = platforms;
        struct words *words = begin(&figure);
        for (size_t k = 0; k < 100; k++)
            text_put(&title, cases[i].character);
        for (size_t k = 0; k < cases[i].first + cases[i].last; k++)
            text_printf(&expected, "%s%s", k == cases[i].first ? "…" : "", cases[i].character);
        figure.title_en = title.bytes;
        must_be_titled(words, expected.bytes);
        add(words, "a", title.bytes, SAID("2024 4"));
        add(words, "a", "short", SAID("2024 4"));
        compare(words);
        text_clear(&expected);
        text_put(&expected, "stage=");
        for (size_t k = 0; k < (i < 2 ? 81 : 40); k++)
            text_printf(&expected, "%s%s", k == (i < 2 ? 41 : 20) ? "…" : "", cases[i].character);
        text_put(&expected, ": 4 (2024)");
        must_say(words, 0, expected.bytes);
        end(words);
        text_free(&title);
        text_free(&expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_said_as_reported),
        cmocka_unit_test(values_are_counted_like_the_axis),
        cmocka_unit_test(only_what_had_a_value_and_has_none_without_a_reason_is_called_withdrawn),
        cmocka_unit_test(the_title_has_the_day_of_what_was_known),
        cmocka_unit_test(labels_of_an_earlier_catalogue_are_said),
        cmocka_unit_test(the_direction_of_a_label_ends_with_it),
        cmocka_unit_test(nothing_in_a_label_moves_the_text_behind_it),
        cmocka_unit_test(a_lone_series_needs_no_label),
        cmocka_unit_test(the_last_value_in_the_picture_is_said),
        cmocka_unit_test(a_time_without_values_is_told),
        cmocka_unit_test(values_of_unlike_periods_are_said_with_them),
        cmocka_unit_test(as_many_last_values_are_said_as_a_line_holds),
        cmocka_unit_test(every_mark_has_its_meaning),
        cmocka_unit_test(alike_ones_and_stocks_need_no_such_words),
        cmocka_unit_test(what_is_left_out_can_be_chosen),
        cmocka_unit_test(the_axis_says_what_it_counts_and_where_it_begins),
        cmocka_unit_test(long_labels_are_cut_between_characters_and_keep_their_ends),
        cmocka_unit_test(what_is_too_long_keeps_as_much_of_either_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
