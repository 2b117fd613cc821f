/* SPDX-License-Identifier: MIT */
/* test_inquiry.c - what is asked of the ledger is answered, and nothing else */
#include "../../almanac/inquiry_answer.h"
#include "../../almanac/inquiry_first.h"
#include "ledger_place.h"

static const char *built_labels[] = { "ref_area", "stage" };
static const struct figure declared[] = {
    { .name = "fund_size_cny" },
    { .name = "pilot_platforms", .labels = built_labels, .label_count = 2 },
};
static const struct catalogue catalogue = { declared, 2 };

/* Of any figure, with as many labels as it has. */
static void report(struct ledger *ledger, const struct figure *figure, const char *const *values,
                   const char *value)
{
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct saying saying = { .period = "2024-06", .value = value };
    struct observation observation = observation_of(&saying, values);
    observation.figure = figure;
    assert_int_equal(ledger_begin(ledger, "reply", 1700000000, &fault), 0);
    assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_commit(ledger, &fault), 0);
}

/* The answer as CSV without its header's second half, for the eye. */
static void must_answer(struct inquiry inquiry, const char *expected)
{
    struct fault fault = { 0 };
    struct writer writer = { 0 };
    char *bytes;
    size_t size;
    struct inquiry_sum sum;
    FILE *out = open_memstream(&bytes, &size);
    assert_int_equal(inquiry_check(&inquiry, &fault), 0);
    assert_int_equal(inquiry_answer_print(&inquiry, &format_csv, &writer, out, &sum, &fault), 0);
    fclose(out);
    assert_string_equal(bytes, expected);
    free(bytes);
}

#define SAID ",time_period,obs_value,comparator,obs_status,released,reference,comment\n"

static struct inquiry about(const struct place *place)
{
    return (struct inquiry){ .ledger = place->ledger,
                             .catalogue = &catalogue,
                             .known_by = LEDGER_ALWAYS };
}

static void report_some(struct ledger *ledger)
{
    static const char *const planned[] = { "440304", "planned" }, *const built[] = { "440304",
                                                                                     "built" };
    report(ledger, &platforms, planned, "6");
    report(ledger, &platforms, built, "4");
    report(ledger, &platforms, built, "5");
    report(ledger, &declared[0], NULL, "100");
}

static void everything_comes_by_figure_and_labels(void **state)
{
    report_some(((struct place *)*state)->ledger);
    must_answer(about(*state), "figure,ref_area,stage" SAID "fund_size_cny,,,2024-06,100,,A,,,\n"
                               "pilot_platforms,440304,built,2024-06,5,,A,,,\n"
                               "pilot_platforms,440304,planned,2024-06,6,,A,,,\n");
}

static void a_figure_comes_alone(void **state)
{
    static const char *const figures[] = { "fund_size_cny" };
    struct inquiry inquiry = about(*state);
    report_some(inquiry.ledger);
    inquiry.figures = figures;
    inquiry.figure_count = 1;
    must_answer(inquiry, "figure" SAID "fund_size_cny,2024-06,100,,A,,,\n");
}

static void of_several_figures_each_comes(void **state)
{
    static const char *const figures[] = { "pilot_platforms", "fund_size_cny" };
    struct inquiry inquiry = about(*state);
    report_some(inquiry.ledger);
    inquiry.figures = figures;
    inquiry.figure_count = 2;
    must_answer(inquiry, "figure,ref_area,stage" SAID "fund_size_cny,,,2024-06,100,,A,,,\n"
                         "pilot_platforms,440304,built,2024-06,5,,A,,,\n"
                         "pilot_platforms,440304,planned,2024-06,6,,A,,,\n");
}

static void labels_choose_series(void **state)
{
    static const char *const figures[] = { "pilot_platforms" };
    static const struct label stage[] = { { "stage", "built" }, { "ref_area", "440304" } };
    static const struct label other[] = { { "stage", "built" }, { "ref_area", "440300" } };
    struct inquiry inquiry = about(*state);
    report_some(inquiry.ledger);
    inquiry.figures = figures;
    inquiry.figure_count = 1;
    inquiry.labels = stage;
    inquiry.label_count = 2;
    inquiry.history = true;
    must_answer(inquiry,
                "figure,ref_area,stage" SAID "pilot_platforms,440304,built,2024-06,4,,A,,,\n"
                "pilot_platforms,440304,built,2024-06,5,,A,,,\n");
    inquiry.labels = other;
    must_answer(inquiry, "figure" SAID);
    inquiry.figure_count = 0;
    must_answer(inquiry, "figure" SAID);
}

static void what_was_not_known_yet_is_left_out(void **state)
{
    struct inquiry inquiry = about(*state);
    report_some(inquiry.ledger);
    inquiry.known_by = 1699999999;
    must_answer(inquiry, "figure,ref_area,stage" SAID);
}

static int64_t at(const char *text)
{
    struct fault fault = { 0 };
    struct period period;
    assert_int_equal(period_read(text, &period, &fault), 0);
    return period.end - 1;
}

static void the_first_to_be_known_is_told_of_a_time_before_it(void **state)
{
    static const struct label planned[] = { { "stage", "planned" } };
    const struct {
        const char *by;
        struct inquiry also;
        const char *words;
    } cases[] = {
        { "2024-01-31",
          { 0 },
          "no observations known by 2024-01-31; the first was released 2024-02-01" },
        { "2023", { 0 }, "no observations known by 2023-12-31; the first was released 2024-02-01" },
        { "2024-01-31",
          { .last = 1 },
          "no observations known by 2024-01-31; the first was released 2024-02-01" },
        { "2024-01-31T10:00:00",
          { .within = true, .from = at("2022"), .until = at("2023") + 1 },
          "no observations known by 2024-01-31T10:00:00Z; the first was recorded 2024-06-03 (give "
          "'released' with what was published earlier)" },
        { "2024-01-31", { .updated = true, .recorded_after = at("2025") }, "" },
        { "2024-01-31", { .labels = planned, .label_count = 1 }, "" },
        { "2024-02-01", { 0 }, "" },
    };
    struct inquiry basis = about(*state);
    say(basis.ledger, (struct saying){ .period = "2023", .value = "4", .recorded = 1717400000 });
    say(basis.ledger, (struct saying){ .period = "2022", .value = "5", .released = "2024-03-01" });
    say(basis.ledger, (struct saying){ .period = "2022", .value = "6", .released = "2024-02-01" });
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct inquiry inquiry = cases[i].also;
        struct fault fault = { 0 };
        struct text words = { 0 };
        inquiry.ledger = basis.ledger;
        inquiry.catalogue = basis.catalogue;
        inquiry.known_by = at(cases[i].by);
        assert_int_equal(inquiry_first_known(&inquiry, &words, &fault), 0);
        assert_string_equal(words.size > 0 ? words.bytes : "", cases[i].words);
        text_free(&words);
    }
}

static void series_whose_figure_is_gone_are_counted(void **state)
{
    static const struct catalogue smaller = { declared, 1 };
    struct fault fault = { 0 };
    struct writer writer = { 0 };
    struct inquiry inquiry = about(*state);
    char *bytes;
    size_t size;
    struct inquiry_sum sum;
    report_some(inquiry.ledger);
    inquiry.catalogue = &smaller;
    FILE *out = open_memstream(&bytes, &size);
    assert_int_equal(inquiry_answer_print(&inquiry, &format_csv, &writer, out, &sum, &fault), 0);
    fclose(out);
    assert_int_equal(sum.undeclared, 2);
    assert_string_equal(bytes, "figure" SAID "fund_size_cny,2024-06,100,,A,,,\n");
    free(bytes);
}

static void labels_of_earlier_times_are_columns_too(void **state)
{
    static const struct figure now = { .name = "pilot_platforms" };
    static const struct catalogue changed = { &now, 1 };
    static const char *const built[] = { "440304", "built" };
    struct inquiry inquiry = about(*state);
    inquiry.catalogue = &changed;
    report(inquiry.ledger, &platforms, built, "4");
    report(inquiry.ledger, &now, NULL, "10");
    must_answer(inquiry,
                "figure,ref_area,stage" SAID "pilot_platforms,440304,built,2024-06,4,,A,,,\n"
                "pilot_platforms,,,2024-06,10,,A,,,\n");
}

static void the_columns_are_all_labels_by_their_names(void **state)
{
    static const char *tier[] = { "tier" }, *const values[] = { "440304", "built" };
    const struct figure figures[] = { { .name = "clusters", .labels = tier, .label_count = 1 },
                                      platforms };
    const struct catalogue two = { figures, 2 };
    struct inquiry inquiry = about(*state);
    inquiry.catalogue = &two;
    report(inquiry.ledger, &figures[0], values, "1");
    report(inquiry.ledger, &figures[1], values, "2");
    must_answer(inquiry, "figure,ref_area,stage,tier" SAID "clusters,,,440304,2024-06,1,,A,,,\n"
                         "pilot_platforms,440304,built,,2024-06,2,,A,,,\n");
}

/* What was said of pilot_platforms{stage="built"}: four periods, two of them twice. */
static struct inquiry about_years(const struct place *place)
{
    static const char *const years[] = { "2021", "2022", "2022", "2023", "2023", "2024" };
    struct inquiry inquiry = about(place);
    char value[] = "1";
    for (size_t i = 0; i < sizeof years / sizeof *years; i++, value[0]++)
        say(inquiry.ledger, (struct saying){ .period = years[i],
                                             .value = value,
                                             .recorded = 1700000000 + (int64_t)i });
    return inquiry;
}

/* Periods and values alone. */
static void must_tell(struct inquiry inquiry, const char *expected)
{
    struct fault fault = { 0 };
    struct writer writer = { 0 };
    struct text told = { 0 };
    char *bytes, *line;
    size_t size;
    struct inquiry_sum sum;
    FILE *out = open_memstream(&bytes, &size);
    assert_int_equal(inquiry_answer_print(&inquiry, &format_csv, &writer, out, &sum, &fault), 0);
    fclose(out);
    char *rest = bytes;
    strsep(&rest, "\n");
    while ((line = strsep(&rest, "\n")) != NULL && *line != '\0') {
        for (int i = 0; i < 3; i++)
            strsep(&line, ",");
        const char *period = strsep(&line, ",");
        text_printf(&told, "%s%s=%s", told.size == 0 ? "" : " ", period, strsep(&line, ","));
    }
    assert_string_equal(told.size == 0 ? "" : told.bytes, expected);
    text_free(&told);
    free(bytes);
}

static void periods_may_be_bounded(void **state)
{
    struct inquiry inquiry = about_years(*state);
    struct period from, until;
    must_tell(inquiry, "2021=1 2022=3 2023=5 2024=6");
    period_read("2022", &from, &(struct fault){ 0 });
    period_read("2023", &until, &(struct fault){ 0 });
    inquiry.within = true;
    inquiry.from = from.start;
    inquiry.until = until.end;
    must_tell(inquiry, "2022=3 2023=5");
    inquiry.history = true;
    must_tell(inquiry, "2022=2 2022=3 2023=4 2023=5");
}

static void what_was_recorded_since_comes_alone(void **state)
{
    struct inquiry inquiry = about_years(*state);
    inquiry.updated = true;
    inquiry.recorded_after = 1700000003;
    must_tell(inquiry, "2023=5 2024=6");
    inquiry.recorded_after = 1700000002;
    must_tell(inquiry, "2023=5 2024=6");
    inquiry.history = true;
    must_tell(inquiry, "2023=4 2023=5 2024=6");
    inquiry.recorded_after = 1700000005;
    must_tell(inquiry, "");
}

static void what_was_recorded_before_1970_comes_too(void **state)
{
    struct inquiry inquiry = about(*state);
    say(inquiry.ledger, (struct saying){ .period = "1964", .value = "1", .recorded = -1 });
    must_tell(inquiry, "1964=1");
    inquiry.updated = true;
    must_tell(inquiry, "");
}

static void the_first_or_last_periods_of_each_series_come_alone(void **state)
{
    static const char *const planned[] = { "440304", "planned" };
    struct inquiry inquiry = about_years(*state);
    report(inquiry.ledger, &platforms, planned, "9");
    inquiry.first = 2;
    must_tell(inquiry, "2021=1 2022=3 2024-06=9");
    inquiry.history = true;
    must_tell(inquiry, "2021=1 2022=2 2022=3 2024-06=9");
    inquiry.first = 0;
    inquiry.last = 2;
    must_tell(inquiry, "2023=4 2023=5 2024=6 2024-06=9");
    inquiry.history = false;
    inquiry.last = 100;
    must_tell(inquiry, "2021=1 2022=3 2023=5 2024=6 2024-06=9");
}

static void periods_that_begin_or_end_alike_are_counted_each(void **state)
{
    static const char *const periods[] = { "2022-01", "2022", "2022-12" };
    struct inquiry inquiry = about(*state);
    for (size_t i = 0; i < 3; i++)
        say(inquiry.ledger, (struct saying){ .period = periods[i], .value = "1" });
    inquiry.first = 1;
    must_tell(inquiry, "2022-01=1");
    inquiry.first = 2;
    must_tell(inquiry, "2022-01=1 2022=1");
    inquiry.first = 0;
    inquiry.last = 1;
    must_tell(inquiry, "2022-12=1");
}

static void the_last_ones_are_those_of_what_else_is_asked(void **state)
{
    struct inquiry inquiry = about_years(*state);
    inquiry.known_by = 1700000003;
    inquiry.last = 1;
    must_tell(inquiry, "2023=4");
    inquiry.updated = true;
    inquiry.recorded_after = 1700000002;
    inquiry.last = 3;
    must_tell(inquiry, "2023=4");
}

static void what_there_is_not_is_refused_by_name(void **state)
{
    static const struct {
        const char *figure;
        struct label label;
        const char *complaint;
    } cases[] = {
        { "pilot_platform",
          { "stage", "built" },
          "unknown figure 'pilot_platform'; expected one "
          "of the catalogue" },
        { "pilot_platforms",
          { "stag", "built" },
          "unknown label 'stag'; expected one of "
          "pilot_platforms: ref_area, stage" },
        { "fund_size_cny", { "stage", "built" }, "unknown label 'stage'; fund_size_cny has none" },
        { NULL, { "stag", "built" }, "unknown label 'stag'; no figure of the catalogue has it" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct inquiry inquiry = about(*state);
        inquiry.figures = &cases[i].figure;
        inquiry.figure_count = cases[i].figure == NULL ? 0 : 1;
        inquiry.labels = &cases[i].label;
        inquiry.label_count = 1;
        assert_int_equal(inquiry_check(&inquiry, &fault), -1);
        assert_string_equal(fault.text, cases[i].complaint);
    }
    static const char *const figures[] = { "fund_size_cny", "fund" };
    struct fault fault = { 0 };
    struct inquiry inquiry = about(*state);
    inquiry.figures = figures;
    inquiry.figure_count = 2;
    assert_int_equal(inquiry_check(&inquiry, &fault), -1);
    assert_non_null(strstr(fault.text, "'fund'"));
    static const struct label labels[] = { { "stage", "built" }, { "stag", "built" } };
    inquiry.figure_count = 0;
    inquiry.labels = labels;
    inquiry.label_count = 2;
    assert_int_equal(inquiry_check(&inquiry, &fault), -1);
}

static void a_full_disk_ends_the_walk(void **state)
{
    struct fault fault = { 0 };
    struct writer writer = { 0 };
    FILE *out = fopen("/dev/full", "w");
    struct inquiry inquiry = about(*state);
    struct inquiry_sum sum;
    report_some(inquiry.ledger);
    assert_int_equal(inquiry_answer_print(&inquiry, &format_csv, &writer, out, &sum, &fault), -1);
    assert_string_equal(fault.text, "cannot write: No space left on device");
    fclose(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_comes_by_figure_and_labels),
        TEST(a_figure_comes_alone),
        TEST(of_several_figures_each_comes),
        TEST(labels_choose_series),
        TEST(what_was_not_known_yet_is_left_out),
        TEST(the_first_to_be_known_is_told_of_a_time_before_it),
        TEST(series_whose_figure_is_gone_are_counted),
        TEST(labels_of_earlier_times_are_columns_too),
        TEST(the_columns_are_all_labels_by_their_names),
        TEST(periods_may_be_bounded),
        TEST(what_was_recorded_since_comes_alone),
        TEST(what_was_recorded_before_1970_comes_too),
        TEST(the_first_or_last_periods_of_each_series_come_alone),
        TEST(periods_that_begin_or_end_alike_are_counted_each),
        TEST(the_last_ones_are_those_of_what_else_is_asked),
        TEST(what_there_is_not_is_refused_by_name),
        TEST(a_full_disk_ends_the_walk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
