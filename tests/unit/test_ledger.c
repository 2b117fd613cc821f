/* SPDX-License-Identifier: MIT */
/* test_ledger.c - the ledger keeps all that was said, and tells what is in force */
#include "../../almanac/ledger_source.h"
#include "../../almanac/text.h"
#include "ledger_place.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct figure rank = { .name = "ip_protection_rank" };

static void the_first_report_is_recorded(void **state)
{
    struct place *place = *state;
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" }),
                     LEDGER_RECORDED);
    assert_in_force(place->ledger, "2024-06=4");
}

static void the_same_again_is_nothing_new(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4.0" });
    static const struct saying again[] = {
        { .period = "2024-06", .value = "4.0" },
        { .period = "2024-06", .value = "4" },
        { .period = "2024-M06", .value = "4" },
    };
    for (size_t i = 0; i < sizeof again / sizeof *again; i++)
        assert_int_equal(say(place->ledger, again[i]), LEDGER_UNCHANGED);
    assert_int_equal(count_observations(place), 1);
}

static void a_value_that_is_released_again_is_recorded_as_of_then(void **state)
{
    struct place *place = *state;
    struct saying said = { .period = "2024-06", .value = "4" };
    say(place->ledger, said);
    said.released = "2024-09-01";
    assert_int_equal(say(place->ledger, said), LEDGER_RECORDED);
    assert_int_equal(say(place->ledger, said), LEDGER_UNCHANGED);
    said.released = "2024-10-01";
    assert_int_equal(say(place->ledger, said), LEDGER_RECORDED);
    said = (struct saying){ .period = "2024-06", .value = "5", .released = "2024-09-15" };
    assert_int_equal(say(place->ledger, said), LEDGER_RECORDED);
    assert_in_force(place->ledger, "2024-06=4");
}

static void dated_reports_may_come_in_any_order(void **state)
{
    static const char *const orders[] = { "abc", "acb", "bac", "bca", "cab", "cba" };
    static const char *const values[] = { "1", "2", "1" };
    static const char *const releases[] = { "2024-08-01", "2024-09-01", "2024-10-01" };
    struct place *place = *state;
    struct text expected = { 0 };
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        char period[8];
        snprintf(period, sizeof period, "200%zu", i);
        for (const char *report = orders[i]; *report != '\0'; report++)
            say(place->ledger, (struct saying){ .period = period,
                                                .value = values[*report - 'a'],
                                                .released = releases[*report - 'a'] });
        text_printf(&expected, "%s%s=1", i == 0 ? "" : " ", period);
    }
    assert_in_force(place->ledger, expected.bytes);
    text_free(&expected);
}

static void a_correction_takes_over_and_both_vintages_stay(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .value = "5" }),
                     LEDGER_REVISED);
    assert_int_equal(count_observations(place), 2);
    assert_in_force(place->ledger, "2024-06=5");
}

static void another_status_is_another_statement(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4", .status = 'P' });
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" }),
                     LEDGER_REVISED);
}

static void a_withdrawn_value_is_a_vintage(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .status = 'L' }),
                     LEDGER_REVISED);
    assert_in_force(place->ledger, "2024-06=-");
}

static void an_earlier_release_is_kept_but_not_in_force(void **state)
{
    struct place *place = *state;
    const struct saying second = { .period = "2024-06", .value = "5", .released = "2024-10-01" };
    const struct saying first = { .period = "2024-06", .value = "4", .released = "2024-08-01" };
    say(place->ledger, second);
    assert_int_equal(say(place->ledger, first), LEDGER_RECORDED);
    assert_in_force(place->ledger, "2024-06=5");
    assert_int_equal(say(place->ledger, first), LEDGER_UNCHANGED);
    assert_int_equal(say(place->ledger, second), LEDGER_UNCHANGED);
    assert_int_equal(count_observations(place), 2);
}

static void a_correction_of_the_same_release_takes_over(void **state)
{
    struct place *place = *state;
    const struct saying first = { .period = "2024-06", .value = "4", .released = "2024-08-01" };
    const struct saying second = { .period = "2024-06", .value = "5", .released = "2024-08-01" };
    say(place->ledger, first);
    assert_int_equal(say(place->ledger, second), LEDGER_REVISED);
    assert_in_force(place->ledger, "2024-06=5");
}

static int note_revision(void *owner, const struct vintage *vintage, struct fault *fault)
{
    (void)fault;
    *(struct vintage *)owner = *vintage;
    return 0;
}

static void assert_revised(struct ledger *ledger, double by, int64_t when)
{
    struct fault fault = { 0 };
    struct vintage vintage = { .revised_by = NAN };
    assert_int_equal(ledger_each_in_force(ledger, 0, note_revision, &vintage, &fault), 0);
    assert_true(vintage.revised_by == by);
    assert_int_equal(vintage.revised, when);
}

static void a_correction_is_by_a_share_of_what_it_took_over_from(void **state)
{
    struct place *place = *state;
    static const struct {
        struct saying saying;
        double by;
        int64_t when;
    } cases[] = {
        { { .value = "-4" }, 0, 0 },
        { { .value = "-5" }, -0.25, 2 },
        { { .value = "-5", .status = 'P' }, -0.25, 2 },
        { { .value = "0", .released = "2024-08-01" }, 1, 4 },
        { { .value = "8", .released = "2024-07-01" }, 1, 4 }, /* does not take over */
        { { .value = "8", .released = "2024-08-02" }, INFINITY, 6 },
        { { .value = "8", .released = "2024-08-03" }, INFINITY, 6 },
        { { .value = NULL }, 0, 0 },
        { { .value = "4" }, -0.5, 9 },
        { { .value = "4.0", .status = 'P' }, -0.5, 9 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct saying saying = cases[i].saying;
        saying.period = "2024-06";
        saying.recorded = (int64_t)i + 1;
        say(place->ledger, saying);
        assert_revised(place->ledger, cases[i].by, cases[i].when);
    }
}

static void a_late_one_is_accepted_like_any_other(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "6" });
    say(place->ledger, (struct saying){ .period = "2023-06", .value = "3" });
    assert_in_force(place->ledger, "2023-06=3 2024-06=6");
}

static void what_is_rolled_back_was_never_there(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct observation observation = { .figure = &rank, .statement.status = 'A' };
    period_read("2021", &observation.statement.period, &fault);
    quantity_read("1", &observation.statement.value, &fault);
    assert_int_equal(ledger_begin(place->ledger, "reply", 1, &fault), 0);
    assert_int_equal(ledger_append(place->ledger, &observation, &outcome, &fault), 0);
    ledger_rollback(place->ledger);
    assert_int_equal(count_observations(place), 0);
    assert_int_equal(ledger_newest(place->ledger, &fault), 0);
}

static void within_a_transaction_periods_may_come_in_any_order(void **state)
{
    static const struct {
        struct saying saying;
        enum ledger_outcome outcome;
    } cases[] = {
        { { .period = "2024-Q2", .value = "1" }, LEDGER_RECORDED },
        { { .period = "2024-Q3", .value = "2" }, LEDGER_RECORDED },
        { { .period = "2024-Q3", .value = "2.0" }, LEDGER_UNCHANGED },
        { { .period = "2024-Q1", .value = "3" }, LEDGER_RECORDED },
        { { .period = "2024-Q1", .value = "4" }, LEDGER_REVISED },
        { { .period = "2024-Q2", .value = "5" }, LEDGER_REVISED },
        { { .period = "2024", .value = "6" }, LEDGER_RECORDED },
        { { .period = "2024", .value = "6" }, LEDGER_UNCHANGED },
        { { .period = "1969", .value = "7" }, LEDGER_RECORDED },
        { { .period = "1969", .value = "8" }, LEDGER_REVISED },
    };
    static const char *const built[] = { "440304", "built" };
    struct place *place = *state;
    struct fault fault = { 0 };
    assert_int_equal(ledger_begin(place->ledger, "reply", 1700000000, &fault), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum ledger_outcome outcome;
        struct observation observation = observation_of(&cases[i].saying, built);
        assert_int_equal(ledger_append(place->ledger, &observation, &outcome, &fault), 0);
        assert_int_equal(outcome, cases[i].outcome);
    }
    assert_int_equal(ledger_commit(place->ledger, &fault), 0);
    assert_in_force(place->ledger, "1969=8 2024-Q1=4 2024=6 2024-Q2=5 2024-Q3=2");
}

static int note_series(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    snprintf(line + strlen(line), 256 - strlen(line), "[%s", series->figure);
    for (size_t i = 0; i < series->label_count; i++)
        snprintf(line + strlen(line), 256 - strlen(line), " %s=%s", series->labels[i].name,
                 series->labels[i].value);
    strcat(line, "]");
    return 0;
}

static void add(struct ledger *ledger, const struct figure *figure, const char *const *values)
{
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct saying saying = { .period = "2021", .value = "1" };
    struct observation observation = observation_of(&saying, values);
    observation.figure = figure;
    assert_int_equal(ledger_begin(ledger, "reply", 1, &fault), 0);
    assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_commit(ledger, &fault), 0);
}

static void series_come_back_with_their_labels(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char line[256] = "";
    add(place->ledger, &platforms, (const char *const[]){ "440304", "planned" });
    add(place->ledger, &platforms, (const char *const[]){ "a\"b\\c\n", "深圳" });
    add(place->ledger, &rank, NULL);
    assert_int_equal(ledger_each_series(place->ledger, 0, note_series, line, &fault), 0);
    assert_string_equal(line, "[ip_protection_rank]"
                              "[pilot_platforms ref_area=440304 stage=planned]"
                              "[pilot_platforms ref_area=a\"b\\c\n stage=深圳]");
    line[0] = '\0';
    assert_int_equal(ledger_each_series(place->ledger, 2, note_series, line, &fault), 0);
    assert_string_equal(line, "[ip_protection_rank]");
}

static int stop_at_once(void *owner, const struct series *series, struct fault *fault)
{
    (void)series;
    ++*(int *)owner;
    return fault_set(fault, "enough");
}

static void a_visitor_can_stop_the_walk(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    int visits = 0;
    add(place->ledger, &platforms, (const char *const[]){ "440304", "planned" });
    add(place->ledger, &platforms, (const char *const[]){ "440304", "built" });
    add(place->ledger, &rank, NULL);
    assert_int_equal(ledger_each_series(place->ledger, 0, stop_at_once, &visits, &fault), -1);
    assert_int_equal(visits, 1);
    assert_string_equal(fault.text, "enough");
}

static int note_source(void *owner, const struct source_state *state, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    snprintf(line + strlen(line), 256 - strlen(line), "[%s %d %lld %lld]", state->source, state->up,
             (long long)state->last_success_ms, (long long)state->duration_ms);
    return 0;
}

static void a_sources_state_is_the_newest(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char line[256] = "";
    ledger_put_source(place->ledger, &(struct source_state){ "reply", true, 1500, 20 }, &fault);
    ledger_put_source(place->ledger, &(struct source_state){ "reply", false, 1500, 30 }, &fault);
    ledger_put_source(place->ledger, &(struct source_state){ "a", true, 1, 2 }, &fault);
    assert_int_equal(ledger_each_source(place->ledger, note_source, line, &fault), 0);
    assert_string_equal(line, "[a 1 1 2][reply 0 1500 30]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_report_is_recorded),
        TEST(the_same_again_is_nothing_new),
        TEST(a_value_that_is_released_again_is_recorded_as_of_then),
        TEST(dated_reports_may_come_in_any_order),
        TEST(a_correction_takes_over_and_both_vintages_stay),
        TEST(another_status_is_another_statement),
        TEST(a_withdrawn_value_is_a_vintage),
        TEST(an_earlier_release_is_kept_but_not_in_force),
        TEST(a_correction_of_the_same_release_takes_over),
        TEST(a_correction_is_by_a_share_of_what_it_took_over_from),
        TEST(a_late_one_is_accepted_like_any_other),
        TEST(what_is_rolled_back_was_never_there),
        TEST(within_a_transaction_periods_may_come_in_any_order),
        TEST(series_come_back_with_their_labels),
        TEST(a_visitor_can_stop_the_walk),
        TEST(a_sources_state_is_the_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
