/* SPDX-License-Identifier: MIT */
/* test_ledger_series.c - a series that joins others is told, for its labels may be mistyped */
#include "ledger_place.h"

static void begin(struct ledger *ledger)
{
    struct fault fault = { 0 };
    assert_int_equal(ledger_begin(ledger, "reply", 1700000000, &fault), 0);
}

static void commit(struct ledger *ledger)
{
    struct fault fault = { 0 };
    assert_int_equal(ledger_commit(ledger, &fault), 0);
}

static bool joins(struct ledger *ledger, const struct figure *figure, const char *stage,
                  const char *value)
{
    const char *const values[] = { "440304", stage };
    const struct saying saying = { .period = "2024", .value = value };
    struct observation observation = observation_of(&saying, values);
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    observation.figure = figure;
    assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
    return ledger_began_series(ledger);
}

static void the_first_series_of_a_figure_join_none(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    begin(ledger);
    assert_false(joins(ledger, &platforms, "built", "4"));
    assert_false(joins(ledger, &platforms, "planned", "6"));
    commit(ledger);
}

static void later_ones_join_them(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct figure other = platforms;
    other.name = "rnd_centres";
    begin(ledger);
    assert_false(joins(ledger, &platforms, "built", "4"));
    commit(ledger);
    begin(ledger);
    assert_true(joins(ledger, &platforms, "biult", "4"));
    assert_false(joins(ledger, &platforms, "biult", "5"));
    assert_false(joins(ledger, &platforms, "built", "5"));
    assert_true(joins(ledger, &platforms, "planned", "6"));
    assert_false(joins(ledger, &other, "built", "7"));
    assert_false(joins(ledger, &other, "planned", "7"));
    commit(ledger);
}

static void what_is_dropped_joins_when_it_comes_again(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct fault fault = { 0 };
    begin(ledger);
    joins(ledger, &platforms, "built", "4");
    commit(ledger);
    for (int i = 0; i < 2; i++) {
        begin(ledger);
        assert_true(joins(ledger, &platforms, "planned", "6"));
        assert_int_equal(ledger_drop(ledger, &fault), 0);
    }
    assert_true(joins(ledger, &platforms, "planned", "6"));
    commit(ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_series_of_a_figure_join_none),
        TEST(later_ones_join_them),
        TEST(what_is_dropped_joins_when_it_comes_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
