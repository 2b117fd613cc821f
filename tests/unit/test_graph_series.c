/* SPDX-License-Identifier: MIT */
/* test_graph_series.c - the series of a figure as one picture */
#include "graph_stage.h"

static void all_series_of_a_figure_are_one_picture(void **state)
{
    struct place *place = *state;
    report(place, PILOT, "built", SAID("2024-06 4"));
    report(place, PILOT, "planned", SAID("2024-06 >6"));
    report(place, SUBSIDIES, NULL, SAID("2021/2023 >100000000"));
    DRAWN(place, "pilot-en", PILOT, NULL, NULL, false);
    unsigned two = height_of(&place->png);
    DRAWN(place, "pilot-zh", PILOT, NULL, NULL, true);
    assert_int_equal(height_of(&place->png), two);
    place->snapshot.series_count = 1;
    DRAWN(place, "pilot-built", PILOT, NULL, NULL, false);
    assert_true(height_of(&place->png) < two);
}

static void equal_lines_are_all_seen(void **state)
{
    struct place *place = *state;
    report(place, PILOT, "a", SAID("2024-06 1"));
    report(place, PILOT, "b", SAID("2024-06 1"));
    report(place, PILOT, "c", SAID("2024-06 1.0"));
    DRAWN(place, "equal", PILOT, NULL, NULL, false);
}

/* Pixels of the first line's colour, to a hundred that it has beside others. */
static void a_line_is_wider_only_where_another_has_its_value(void **state)
{
    const struct {
        const char *name;
        const char *const *other;
        size_t least, most;
    } cases[] = {
        { "apart", SAID("2018 5", "2020-03 7", "2020-04 8"), 100, 100 },
        { "equal-a-month", SAID("2018 5", "2020-03 6", "2020-04 8"), 90, 110 },
        { "equal-for-years", SAID("2018 5", "2020-03 7", "2020-04 3"), 60, 140 },
        { "equal", SAID("2018 2", "2020-03 6", "2020-04 3"), 40, 60 },
    };
    struct place *place = *state;
    size_t apart = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin_ledger(place);
        report(place, PILOT, "a", SAID("2018 2", "2020-03 6", "2020-04 3"));
        report(place, PILOT, "b", cases[i].other);
        report(place, PILOT, "c", SAID("2018 9")); /* so that all have one axis */
        DRAWN(place, cases[i].name, PILOT, "2018", "2022", false);
        size_t count = png_count(&place->png, 0x0072b2);
        apart = i == 0 ? count : apart;
        if (count * 100 < apart * cases[i].least || count * 100 > apart * cases[i].most)
            fail_msg("%s: %zu, apart %zu", cases[i].name, count, apart);
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
        report(place, PILOT, values[i], SAID("2024-06 4"));
    DRAWN(place, "values", PILOT, NULL, NULL, false);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        begin_ledger(place);
        report(place, PILOT, values[i], SAID("2024-06 4"));
        DRAWN(place, "value", PILOT, NULL, NULL, false);
    }
}

static void of_many_series_those_are_drawn_that_can_be_told_apart(void **state)
{
    struct place *place = *state;
    char stages[35][16];
    for (int i = 0; i < 35; i++) {
        char said[32];
        snprintf(stages[i], sizeof stages[i], "stage %02d", i);
        snprintf(said, sizeof said, "2024-06 %d", i * i);
        report(place, PILOT, stages[i], SAID(said));
        if (i == STYLES - 1)
            DRAWN(place, "twenty", PILOT, NULL, NULL, false);
    }
    unsigned twenty = height_of(&place->png);
    char command[400];
    snprintf(command, sizeof command, "rm '%s'/pilot_platforms/*2?.rrd", place->folder);
    assert_int_equal(system(command), 0);
    DRAWN(place, "thirty-five", PILOT, NULL, NULL, false);
    unsigned line = height_of(&place->png) - twenty; /* the note's */
    assert_in_range(line, 5, 30);
    DRAWN(place, "thirty-five-zh", PILOT, NULL, NULL, true);
}

static void labels_choose_among_the_series(void **state)
{
    struct place *place = *state;
    static const struct label built = { "stage", "built" }, none = { "stage", "none" };
    report(place, PILOT, "built", SAID("2024-06 4"));
    DRAWN(place, "built-alone", PILOT, NULL, NULL, false);
    struct text alone = place->png;
    place->png = (struct text){ 0 };
    report(place, PILOT, "planned", SAID("2020-06 >6"));
    assert_int_equal(draw_of(place, &built, PILOT, NULL, NULL, false), GRAPH_DRAWN);
    assert_int_equal(place->png.size, alone.size);
    assert_memory_equal(place->png.bytes, alone.bytes, alone.size);
    text_free(&alone);
    assert_int_equal(draw_of(place, &none, PILOT, NULL, NULL, false), GRAPH_NO_DATA);
    assert_string_equal(place->fault.text,
                        "nobody has reported pilot_platforms with these labels yet");
}

static void another_series_changes_no_colour(void **state)
{
    struct place *place = *state;
    static const struct label planned = { "stage", "planned" };
    report(place, PILOT, "planned", SAID("2024-06 >6"));
    assert_int_equal(draw_of(place, &planned, PILOT, NULL, NULL, false), GRAPH_DRAWN);
    struct text before = place->png;
    place->png = (struct text){ 0 };
    report(place, PILOT, "built", SAID("2024-06 4"));
    struct snapshot_series first = place->series[0]; /* by label, as the snapshot has them */
    place->series[0] = place->series[1];
    place->series[1] = first;
    assert_int_equal(draw_of(place, &planned, PILOT, NULL, NULL, false), GRAPH_DRAWN);
    assert_int_equal(place->png.size, before.size);
    assert_memory_equal(place->png.bytes, before.bytes, before.size);
    text_free(&before);
}

static void a_time_without_values_says_so(void **state)
{
    struct place *place = *state;
    report(place, PILOT, "built", SAID("2024-06 4"));
    DRAWN(place, "empty", PILOT, "1990", "1995", false);
    DRAWN(place, "empty-zh", PILOT, "1990", "1995", true);
    struct text without = place->png;
    place->png = (struct text){ 0 };
    begin_ledger(place);
    report(place, PILOT, "built", SAID("1991 3", "2024-06 4"));
    DRAWN(place, "not-kept", PILOT, "1990", "1995", true);
    assert_true(height_of(&place->png) > height_of(&without)); /* by a note */
    text_free(&without);
}

static void values_of_a_flow_are_apart(void **state)
{
    struct place *place = *state;
    report(place, SUBSIDIES, NULL, SAID("2021/2023 90000000", "2024 40000000", "2025 40000000"));
    DRAWN(place, "unlike", SUBSIDIES, NULL, NULL, false);
    unsigned unlike = height_of(&place->png);
    begin_ledger(place);
    report(place, SUBSIDIES, NULL, SAID("2023 90000000", "2024 40000000", "2025 40000000"));
    DRAWN(place, "alike", SUBSIDIES, NULL, NULL, false);
    assert_true(height_of(&place->png) < unlike); /* which has a note */
}

static void zero_has_a_line_where_values_are_on_both_sides_of_it(void **state)
{
    struct place *place = *state;
    report(place, FUND, NULL, SAID("2022 -3", "2024 5"));
    DRAWN(place, "both-sides", FUND, NULL, NULL, false);
    size_t both = png_count(&place->png, 0x606060);
    begin_ledger(place);
    report(place, FUND, NULL, SAID("2022 3", "2024 5"));
    DRAWN(place, "one-side", FUND, NULL, NULL, false);
    assert_true(both > png_count(&place->png, 0x606060) + 400);
}

static size_t count_drawn(struct place *place, const char *const *said)
{
    begin_ledger(place);
    report(place, SUBSIDIES, NULL, said);
    DRAWN(place, "flow", SUBSIDIES, "2023", "2025", false);
    return png_count(&place->png, 0x0072b2);
}

/* From one value to another there is no line, unless there are so many that they would not be seen
 * apart. */
static void between_values_of_a_flow_nothing_is_drawn(void **state)
{
    struct place *place = *state;
    char days[366][32];
    const char *said[367] = { NULL };
    size_t alike = count_drawn(place, SAID("2023 90000000", "2024 90000000"));
    assert_in_range(count_drawn(place, SAID("2023 90000000", "2024 10000000")), alike / 2,
                    alike + 100);
    for (size_t i = 0; i < 366; i++) {
        char date[PERIOD_TIME];
        period_write_time(day_of("2024") + (int64_t)i * DAY, date);
        snprintf(days[i], sizeof days[i], "%.20s %s", date, i % 2 == 0 ? "90000000" : "10000000");
        said[i] = days[i];
    }
    assert_true(count_drawn(place, said) > 2 * alike);
}

/* Whatever the axis counts in, and in both languages, the line is where they say it is. */
static void a_line_is_drawn_at_any_size_of_its_values(void **state)
{
    static const struct {
        const char *said;
        int figure;
    } cases[] = {
        { "2024 0.056", FUND },     { "2024 10", FUND },
        { "2024 10000", FUND },     { "2024 250000", FUND },
        { "2024 3000000", FUND },   { "2024 600000000000", FUND },
        { "2024 -45000000", FUND }, { "2024 1234567890123", FUND },
        { "2024 3000000", PILOT },  { "2024 600000000000", SUBSIDIES },
    };
    struct place *place = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t counts[2];
        begin_ledger(place);
        report(place, cases[i].figure, "built", SAID("2023 0", cases[i].said));
        for (int chinese = 0; chinese < 2; chinese++) {
            char name[64];
            snprintf(name, sizeof name, "axis-%zu-%s", i, chinese ? "zh" : "en");
            DRAWN(place, name, cases[i].figure, NULL, NULL, chinese);
            counts[chinese] = png_count(&place->png, 0x0072b2);
        }
        if (counts[0] < 400 || counts[1] != counts[0])
            fail_msg("%s: lines of %zu and %zu pixels", cases[i].said, counts[0], counts[1]);
    }
}

static unsigned drawn_width(struct place *place, const char *name, const char *said)
{
    begin_ledger(place);
    report(place, PILOT, "built", SAID(said));
    DRAWN(place, name, PILOT, NULL, NULL, false);
    return png_number((const unsigned char *)place->png.bytes + 16);
}

/* Without it, librrd cuts off the minus sign. */
static void there_is_room_for_a_long_number(void **state)
{
    struct place *place = *state;
    unsigned width = drawn_width(place, "short", "2024 -500");
    assert_int_equal(drawn_width(place, "fits", "2024 500000"), width);
    assert_true(drawn_width(place, "long", "2024 -999999") > width);
    assert_true(drawn_width(place, "power", "2024 -100000000000000000000") > width);
}

int main(void)
{
    setenv("TZ", "UTC0", 1);
    const struct CMUnitTest tests[] = {
        TEST(all_series_of_a_figure_are_one_picture),
        TEST(equal_lines_are_all_seen),
        TEST(a_line_is_wider_only_where_another_has_its_value),
        TEST(label_values_may_be_anything),
        TEST(of_many_series_those_are_drawn_that_can_be_told_apart),
        TEST(labels_choose_among_the_series),
        TEST(another_series_changes_no_colour),
        TEST(a_time_without_values_says_so),
        TEST(zero_has_a_line_where_values_are_on_both_sides_of_it),
        TEST(values_of_a_flow_are_apart),
        TEST(between_values_of_a_flow_nothing_is_drawn),
        TEST(a_line_is_drawn_at_any_size_of_its_values),
        TEST(there_is_room_for_a_long_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
