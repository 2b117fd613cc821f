/* SPDX-License-Identifier: MIT */
/* test_qualifier.c - when values were not exact or not normal, as info series */
#include "../../exporter/qualifier.h"
#include "said.h"

static const struct qualifier *qualifier_of(const char *label, const char *word)
{
    for (size_t i = 0; i < QUALIFIERS; i++)
        if (strcmp(qualifiers[i].label, label) == 0 && strcmp(qualifiers[i].word, word) == 0)
            return &qualifiers[i];
    fail_msg("no %s '%s'", label, word);
    return NULL;
}

static void there_is_one_for_all_that_a_value_can_be(void **state)
{
    size_t count = 0;
    (void)state;
    for (int comparator = COMPARATOR_LESS; comparator <= COMPARATOR_ABOUT; comparator++, count++)
        assert_string_equal(
            qualifier_of("comparator", comparator_text((enum comparator)comparator))->family->name,
            "almanac_comparator_info");
    for (char status = 'B'; status <= 'Z'; status++) {
        enum status_value value = status_value(status);
        if (value != STATUS_WITH_VALUE && value != STATUS_EITHER)
            continue;
        assert_string_equal(
            qualifier_of("obs_status", (const char[]){ status, '\0' })->family->name,
            "almanac_obs_status_info");
        count++;
    }
    assert_int_equal(count, QUALIFIERS);
}

static void every_reason_for_no_value_has_its_words(void **state)
{
    static const struct {
        const char *said;
        bool valued;
        const char *english, *chinese;
    } cases[] = {
        { "2024 - H", true, "holiday", "假日" },
        { "2024 - J", true, "derogation", "豁免" },
        { "2024 - K", true, "included in another category", "计入其他类别" },
        { "2024 - L", false, "not collected", "未收集" },
        { "2024 - M", true, "cannot exist", "不可能存在" },
        { "2024 - N", true, "not significant", "不显著" },
        { "2024 - O", true, "withdrawn", "已撤回" },
        { "2024 - O", false, "no value", "无数值" },
        { "2024 - Q", true, "suppressed", "不予公布" },
        { "2024 - S", true, "special event", "特殊事件" },
    };
    size_t reasons = 1; /* O has two */
    (void)state;
    for (char status = 'A'; status <= 'Z'; status++)
        reasons += status_value(status) >= STATUS_WITHOUT_VALUE;
    assert_int_equal(reasons, sizeof cases / sizeof *cases);
    for (size_t i = 0; i < reasons; i++) {
        const struct statement statement = statement_of(cases[i].said);
        const struct qualifier *reason = qualifier_of_gap(&statement, cases[i].valued);
        assert_string_equal(reason->english, cases[i].english);
        assert_string_equal(reason->chinese, cases[i].chinese);
    }
}

/* "name=value name=value" */
static void must_have_labels(const struct qualifier *qualifier, const struct series *series,
                             const char *expected)
{
    struct label labels[8];
    char line[200] = "";
    struct series info = qualifier_series(qualifier, series, labels);
    assert_string_equal(info.figure, qualifier->family->name);
    assert_int_equal(info.label_count, series->label_count + QUALIFIER_LABELS);
    for (size_t i = 0; i < info.label_count; i++)
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s=%s", i > 0 ? " " : "",
                 info.labels[i].name, info.labels[i].value);
    assert_string_equal(line, expected);
}

static void its_labels_are_those_of_the_series_and_what_it_says(void **state)
{
    static const struct label some[] = { { "area", "1" }, { "field", "2" }, { "stage", "3" } };
    static const struct series series = { 1, "platforms", some, 3 }, bare = { 2, "funds", NULL, 0 };
    (void)state;
    must_have_labels(qualifier_of("comparator", ">"), &series,
                     "area=1 comparator=> field=2 figure=platforms stage=3");
    must_have_labels(qualifier_of("obs_status", "P"), &series,
                     "area=1 field=2 figure=platforms obs_status=P stage=3");
    must_have_labels(qualifier_of("comparator", "~"), &bare, "comparator=~ figure=funds");
}

/* "2021-12-31..2022-12-31=1": what is in force, the days of change. */
static void must_apply(const struct qualifier *qualifier, const struct timeline *timeline,
                       enum figure_kind kind, const char *expected)
{
    struct timeline info = { 0 };
    char line[300] = "", from[32], until[32] = "";
    bool any = (qualifiers_in(timeline) >> (qualifier - qualifiers) & 1) != 0;
    assert_int_equal(any, *expected != '\0');
    qualifier_timeline(qualifier, timeline, kind, &info);
    for (size_t i = 0; i < info.segment_count; i++) {
        const struct segment *segment = &info.segments[i];
        if (segment->statement->missing)
            continue;
        period_write_time(segment->from, from);
        if (segment->until != TIMELINE_OPEN)
            period_write_time(segment->until, until);
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s..%s=%s",
                 *line != '\0' ? " " : "", from, segment->until == TIMELINE_OPEN ? "" : until,
                 segment->statement->value.text);
    }
    assert_string_equal(line, expected);
    timeline_free(&info);
}

static void it_is_in_force_while_a_value_has_it(void **state)
{
    const struct qualifier *more = qualifier_of("comparator", ">");
    const struct qualifier *provisional = qualifier_of("obs_status", "P");
    struct timeline stock = { 0 }, flow = { 0 };
    (void)state;
    tell_timeline(&stock, FIGURE_STOCK,
                  SAID("2020 >160", "2021 160 P", "2022 >160 P", "2023 >- O", "2024 >160"));
    must_apply(more, &stock, FIGURE_STOCK,
               "2020-12-31..2021-12-31=1 2022-12-31..2023-12-31=1 2024-12-31..=1");
    must_apply(provisional, &stock, FIGURE_STOCK,
               "2021-12-31..2022-12-31=1 2022-12-31..2023-12-31=1");
    must_apply(qualifier_of("comparator", ">="), &stock, FIGURE_STOCK, "");
    must_apply(qualifier_of("obs_status", "N"), &stock, FIGURE_STOCK, "");
    tell_timeline(&flow, FIGURE_FLOW, SAID("2020 >160"));
    must_apply(more, &flow, FIGURE_FLOW, "2020-01-01..2021-01-01=1");
    timeline_free(&stock);
    timeline_free(&flow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_is_one_for_all_that_a_value_can_be),
        cmocka_unit_test(every_reason_for_no_value_has_its_words),
        cmocka_unit_test(its_labels_are_those_of_the_series_and_what_it_says),
        cmocka_unit_test(it_is_in_force_while_a_value_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
