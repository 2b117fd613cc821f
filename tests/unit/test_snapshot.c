/* SPDX-License-Identifier: MIT */
/* test_snapshot.c - the page says what is in force now */
#include "snapshot_place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The samples of the page whose names begin so, one behind the other. */
static void assert_samples(struct place *place, const char *name, const char *expected)
{
    struct snapshot *snapshot = read_snapshot(place);
    struct text found = { 0 };
    text_put(&found, "");
    char *page = page_of(snapshot), *rest = page, *line;
    while ((line = strsep(&rest, "\n")) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            text_printf(&found, "%s%s", found.size ? "; " : "", line);
    assert_string_equal(found.bytes, expected);
    free(page);
    text_free(&found);
    snapshot_release(snapshot);
}

static void nothing_reported_is_nothing_on_the_page(void **state)
{
    struct place *place = *state;
    assert_samples(place, "funds", "");
    assert_samples(place, "# TYPE funds", "");
    assert_samples(place, "almanac_as_of", "");
    assert_samples(place, "# TYPE almanac_as_of", "");
}

static void the_newest_stock_is_shown_as_it_was_reported(void **state)
{
    struct place *place = *state;
    say(place, "b", "2024-06", "4.50");
    say(place, "b", "2023-06", "9");
    say(place, "a", "2024-06", "12345678901234567890.123");
    assert_samples(place, "funds",
                   "funds{area=\"a\"} 12345678901234567890.123; funds{area=\"b\"} 4.50");
    assert_samples(place, "almanac_as_of_timestamp_seconds{figure=\"funds\",area=\"b\"",
                   "almanac_as_of_timestamp_seconds{figure=\"funds\",area=\"b\"} 1719705600");
}

static void a_correction_is_on_the_page(void **state)
{
    struct place *place = *state;
    say(place, "a", "2024-06", "4");
    say(place, "a", "2024-06", "5");
    assert_samples(place, "funds", "funds{area=\"a\"} 5");
}

static void the_vintage_in_force_is_known_with_its_count(void **state)
{
    struct place *place = *state;
    say(place, "a", "2024-03", "1");
    say(place, "a", "2024-06", "4");
    say(place, "a", "2024-06", "5");
    say(place, "a", "2024-06", "6");
    say(place, "a", "2023-06", "2");
    say(place, "b", "2024-01", "7");
    say(place, "b", "2024", "8");
    struct snapshot *snapshot = read_snapshot(place);
    assert_int_equal(snapshot->series_count, 2);
    assert_string_equal(snapshot->series[0].newest->value.text, "6");
    assert_ptr_equal(snapshot->series[0].newest, &snapshot->series[0].vintage->statement);
    assert_int_equal(snapshot->series[0].vintage->count, 3);
    assert_int_equal(snapshot->series[0].vintage->recorded, 1);
    assert_int_equal(snapshot->series[0].first, 1688083200); /* 2023-06-30 */
    assert_string_equal(snapshot->series[1].newest->value.text, "8");
    assert_int_equal(snapshot->series[1].vintage->count, 1);
    snapshot_release(snapshot);
}

static void the_last_revision_is_told_of_whatever_period(void **state)
{
    struct place *place = *state;
    const char *ratio = "almanac_revision_ratio", *time = "almanac_revised_timestamp_seconds";
    say(place, "a", "2023-06", "2");
    say(place, "a", "2024-06", "4");
    assert_samples(place, ratio, "");
    assert_samples(place, time, "");
    place->recorded = 2;
    say(place, "a", "2023-06", "3");
    say(place, "a", "2024-06", "5");
    assert_samples(place, ratio, "almanac_revision_ratio{figure=\"funds\",area=\"a\"} 0.5");
    place->recorded = 3;
    say(place, "a", "2024-06", "4");
    say(place, "a", "2025-06", "9");
    assert_samples(place, ratio, "almanac_revision_ratio{figure=\"funds\",area=\"a\"} -0.2");
    assert_samples(place, time, "almanac_revised_timestamp_seconds{figure=\"funds\",area=\"a\"} 3");
    place->recorded = 4;
    say(place, "a", "2023-06", "3.375");
    assert_samples(place, ratio, "almanac_revision_ratio{figure=\"funds\",area=\"a\"} 0.125");
    place->recorded = 5; /* of several at once the largest, up or down */
    say(place, "a", "2024-06", "6");
    say(place, "a", "2025-06", "0");
    assert_samples(place, ratio, "almanac_revision_ratio{figure=\"funds\",area=\"a\"} -1");
}

static void a_revision_of_nothing_is_infinite(void **state)
{
    struct place *place = *state;
    say(place, "a", "2024-06", "0");
    say(place, "a", "2024-06", "4");
    say(place, "b", "2024-06", "0");
    say(place, "b", "2024-06", "-4");
    assert_samples(place, "almanac_revision_ratio",
                   "almanac_revision_ratio{figure=\"funds\",area=\"a\"} +Inf; "
                   "almanac_revision_ratio{figure=\"funds\",area=\"b\"} -Inf");
}

static void a_revision_is_from_one_reported_value_to_another(void **state)
{
    static const struct {
        const char *area, *said[5]; /* values, behind a status if that is not A */
        const char *ratio;          /* NULL: nothing was revised */
    } cases[] = {
        { "a", { "F100", "150" }, NULL },
        { "b", { "F100", "F150", "150" }, NULL },
        { "c", { "F100", "O", "150" }, NULL },
        { "d", { "F100", "100", "150" }, "0.5" },
        { "e", { "100", "F120" }, NULL },
        { "f", { "100", "F120", "150" }, "0.5" },
        { "g", { "1000", "O", "5" }, "-0.995" },
        { "h", { "1000", "L", "1000", "Q" }, NULL },
        { "i", { "1000", "F7", "O", "5", "P5" }, "-0.995" },
    };
    struct place *place = *state;
    const struct figure *funds = &place->settings->catalogue.figures[0];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[80], expected[120] = "";
        for (size_t k = 0; k < 5 && cases[i].said[k] != NULL; k++) {
            const char *said = cases[i].said[k], *value = said + (*said >= 'A');
            say_of(place, funds, &cases[i].area, value > said ? *said : 'A', "2024",
                   *value == '\0' ? NULL : value);
        }
        say_of(place, funds, &cases[i].area, 'F', "2026-06", "1"); /* in force, so all is told */
        snprintf(name, sizeof name, "almanac_revision_ratio{figure=\"funds\",area=\"%s\"}",
                 cases[i].area);
        if (cases[i].ratio != NULL)
            snprintf(expected, sizeof expected, "%s %s", name, cases[i].ratio);
        assert_samples(place, name, expected);
    }
}

static void a_past_flow_is_still_the_newest_known(void **state)
{
    struct place *place = *state;
    say(place, NULL, "2021/2023", "100000000");
    assert_samples(place, "paid_cny", "paid_cny 100000000");
}

static void a_withdrawn_value_has_no_sample(void **state)
{
    struct place *place = *state;
    say(place, "a", "2024-06", "4");
    say(place, "b", "2024-06", "5");
    say(place, "a", "2024-06", NULL);
    assert_samples(place, "funds", "funds{area=\"b\"} 5");
    assert_samples(place, "almanac_as_of",
                   "almanac_as_of_timestamp_seconds{figure=\"funds\","
                   "area=\"b\"} 1719705600");
    struct snapshot *snapshot = read_snapshot(place);
    assert_int_equal(snapshot->series[0].vintage->statement.status, 'O');
    assert_int_equal(snapshot->series[0].vintage->count, 2);
    assert_null(snapshot->series[0].newest);
    snapshot_release(snapshot);
}

/* Says it of the area a, and asks whether there ever was a value. */
static void assert_valued(struct place *place, char status, const char *period, const char *value,
                          bool expected)
{
    say_of(place, &place->settings->catalogue.figures[0], (const char *const[]){ "a" }, status,
           period, value);
    struct snapshot *snapshot = read_snapshot(place);
    assert_int_equal(snapshot->series[0].vintage->valued, expected);
    snapshot_release(snapshot);
}

static void what_is_missing_tells_whether_there_ever_was_a_value(void **state)
{
    struct place *place = *state;
    place->recorded = place->now; /* when these periods have begun */
    assert_valued(place, 'O', "2023", NULL, false);
    assert_valued(place, 'L', "2024", NULL, false); /* the second period */
    assert_valued(place, 'O', "2024", NULL, false); /* and the second vintage of it */
    assert_valued(place, 'A', "2022", "4", true);
    assert_valued(place, 'O', "2022", NULL, true);
}

#define DUE "almanac_figure_next_due_timestamp_seconds"

static void the_next_report_is_due_after_the_newest_period(void **state)
{
    struct place *place = *state;
    say(place, "b", "2024-06", "4");
    assert_samples(place, DUE, "");
    say(place, NULL, "2023-Q4", "7"); /* 45 days behind the end of 2024-Q1 */
    assert_samples(place, DUE, DUE "{figure=\"paid_cny\"} 1715817600");
    say(place, NULL, "2024-Q1", "8");
    assert_samples(place, DUE, DUE "{figure=\"paid_cny\"} 1723680000");
}

static void what_was_withdrawn_is_still_to_come(void **state)
{
    struct place *place = *state;
    say(place, NULL, "2024-Q1", "8");
    say(place, NULL, "2024-Q2", "9");
    say(place, NULL, "2024-Q2", NULL);
    assert_samples(place, DUE, DUE "{figure=\"paid_cny\"} 1723680000");
    assert_samples(place, "almanac_next_due_timestamp_seconds", "");
}

static void so_is_what_was_only_forecast_or_has_not_begun(void **state)
{
    struct place *place = *state;
    const struct figure *paid = &place->settings->catalogue.figures[1];
    say_of(place, paid, NULL, 'F', "2024-Q2", "9");
    say(place, NULL, "2027-Q1", "9");
    assert_samples(place, DUE, "");
    say(place, NULL, "2024-Q1", "8");
    assert_samples(place, DUE, DUE "{figure=\"paid_cny\"} 1723680000");
    say_of(place, paid, NULL, 'M', "2024-Q2", NULL); /* and this is all that will come */
    assert_samples(place, DUE, DUE "{figure=\"paid_cny\"} 1731628800");
    say(place, NULL, "2026-Q4", "9"); /* which has begun */
    assert_samples(place, DUE, DUE "{figure=\"paid_cny\"} 1810425600");
}

static void what_is_not_in_force_yet_waits_for_its_day(void **state)
{
    struct place *place = *state;
    say(place, "a", "2026-06", "4");
    say(place, "a", "2026", "5"); /* as of 2026-12-31 */
    assert_samples(place, "funds", "funds{area=\"a\"} 4");
    struct snapshot *snapshot = read_snapshot(place);
    assert_int_equal(snapshot->changes, 1798675200);
    snapshot_release(snapshot);
    place->now = 1798675200;
    assert_samples(place, "funds", "funds{area=\"a\"} 5");
}

static void of_an_earlier_catalogue_labels_are_shown_and_figures_are_not(void **state)
{
    static const char *names[] = { "area", "stage" }, *other[] = { "district" };
    static const struct figure gone = { .name = "gone" };
    static const struct figure two = { .name = "funds", .labels = names, .label_count = 2 };
    static const struct figure one = { .name = "funds", .labels = other, .label_count = 1 };
    static const char *const values[] = { "a", "b" };
    struct place *place = *state;
    say_of(place, &gone, NULL, 'A', "2024", "1");
    say_of(place, &two, values, 'A', "2024", "2");
    say_of(place, &one, values, 'A', "2024", "3");
    assert_samples(place, "gone", "");
    assert_samples(place, "funds", "funds{area=\"a\",stage=\"b\"} 2; funds{district=\"a\"} 3");
}

static void sources_are_shown_when_they_are_configured(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    ledger_put_source(place->ledger, &(struct source_state){ "reply", false, 0, 1250 }, &fault);
    ledger_put_source(place->ledger, &(struct source_state){ "other", true, 1, 1 }, &fault);
    assert_samples(place, "almanac_source",
                   "almanac_source_up{source=\"reply\"} 0; "
                   "almanac_source_fetch_duration_seconds{source="
                   "\"reply\"} 1.250");
    ledger_put_source(place->ledger, &(struct source_state){ "reply", true, 1795392000123, 5 },
                      &fault);
    assert_samples(place, "almanac_source_last",
                   "almanac_source_last_success_timestamp_seconds{source=\"reply\"} "
                   "1795392000.123");
}

/* What goes on from the snapshot before says the same as one that begins anew; releases before. */
static struct snapshot *read_on(struct place *place, struct snapshot *before)
{
    struct fault fault = { 0 };
    struct snapshot *next =
        snapshot_read(before, place->ledger, place->settings, place->now, &fault);
    assert_string_equal(fault.text, "");
    renditions_prepare(next, before);
    snapshot_release(before);
    struct snapshot *whole = read_snapshot(place);
    char *page = page_of(next), *expected = page_of(whole);
    assert_string_equal(page, expected);
    assert_true(next->changes <= whole->changes);
    free(page);
    free(expected);
    snapshot_release(whole);
    return next;
}

static void a_snapshot_goes_on_from_the_one_before(void **state)
{
    static const struct {
        const char *area, *period, *value;
        bool shares; /* what has not changed */
    } said[] = {
        { "a", "2024-06", "4", false }, { "b", "2024-06", "5", false },
        { "a", "2024-06", "6", true },  { "c", "2024", "7", false },
        { "b", "2024-06", NULL, true }, { "b", "2023", "8", true },
        { "c", "2026", "9", true }, /* not before its end */
        { NULL, "2025", "10", false },  { NULL, "2025", "11", true },
        { "a", "2025-06", "12", true }, { "b", "2024-06", "13", true },
    };
    struct place *place = *state;
    struct snapshot *snapshot = read_snapshot(place);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        struct snapshot *before = snapshot_hold(snapshot);
        say(place, said[i].area, said[i].period, said[i].value);
        snapshot = read_on(place, snapshot);
        assert_true((snapshot->memory == before->memory) == said[i].shares);
        snapshot_release(before);
    }
    struct snapshot *before = snapshot_hold(snapshot);
    place->now = 1798675200; /* 2026-12-31 */
    snapshot = read_on(place, snapshot);
    assert_ptr_not_equal(snapshot->memory, before->memory);
    assert_true(page_has(snapshot, "funds{area=\"c\"} 9"));
    snapshot_release(before);
    snapshot_release(snapshot);
}

static void another_configuration_is_read_anew(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char path[400];
    say(place, "a", "2024-06", "4");
    struct snapshot *before = read_snapshot(place);
    snprintf(path, sizeof path, "%s/almanac.yaml", place->folder);
    struct settings *again = settings_load(path, &fault);
    struct snapshot *next = snapshot_read(before, place->ledger, again, place->now, &fault);
    assert_string_equal(fault.text, "");
    snapshot_release(before);
    assert_ptr_equal(next->settings, again);
    assert_ptr_equal(next->series[0].figure, &again->catalogue.figures[0]);
    snapshot_release(next);
    settings_free(again);
}

static void what_is_of_no_use_any_more_is_dropped_in_time(void **state)
{
    struct place *place = *state;
    say(place, "a", "2024-06", "0");
    say(place, "b", "2024-06", "0");
    struct snapshot *snapshot = read_snapshot(place), *first = snapshot_hold(snapshot);
    for (int i = 1; i <= 3; i++) {
        say(place, "a", "2024-06", (const char *[]){ "0", "1", "2", "3" }[i]);
        snapshot = read_on(place, snapshot);
        assert_true((snapshot->memory == first->memory) == (i < 3));
    }
    assert_true(page_has(first, "funds{area=\"a\"} 0"));
    snapshot_release(first);
    snapshot_release(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_reported_is_nothing_on_the_page),
        TEST(the_newest_stock_is_shown_as_it_was_reported),
        TEST(a_correction_is_on_the_page),
        TEST(the_vintage_in_force_is_known_with_its_count),
        TEST(the_last_revision_is_told_of_whatever_period),
        TEST(a_revision_of_nothing_is_infinite),
        TEST(a_revision_is_from_one_reported_value_to_another),
        TEST(a_past_flow_is_still_the_newest_known),
        TEST(a_withdrawn_value_has_no_sample),
        TEST(what_is_missing_tells_whether_there_ever_was_a_value),
        TEST(the_next_report_is_due_after_the_newest_period),
        TEST(what_was_withdrawn_is_still_to_come),
        TEST(so_is_what_was_only_forecast_or_has_not_begun),
        TEST(what_is_not_in_force_yet_waits_for_its_day),
        TEST(of_an_earlier_catalogue_labels_are_shown_and_figures_are_not),
        TEST(sources_are_shown_when_they_are_configured),
        TEST(a_snapshot_goes_on_from_the_one_before),
        TEST(another_configuration_is_read_anew),
        TEST(what_is_of_no_use_any_more_is_dropped_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
