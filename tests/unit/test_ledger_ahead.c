/* SPDX-License-Identifier: MIT */
/* test_ledger_ahead.c - of a period to come only what was forecast can be taken back */
#include "ledger_place.h"

/* What is recorded at 2023-11-14T22:13:20Z; 0, or 1 if it is refused. */
static int append(struct place *place, const char *period, const char *value, char status)
{
    static const char *const built[] = { "440304", "built" };
    const struct saying saying = { .period = period, .value = value, .status = status };
    struct observation observation = observation_of(&saying, built);
    enum ledger_outcome outcome;
    struct fault fault = { 0 };
    assert_int_equal(ledger_begin(place->ledger, "reply", 1700000000, &fault), 0);
    int result = ledger_append(place->ledger, &observation, &outcome, &fault);
    assert_int_equal(result == 0, fault.text[0] == '\0');
    assert_int_equal(ledger_commit(place->ledger, &fault), 0);
    return result;
}

static int count_series(void *owner, const struct series *series, struct fault *fault)
{
    size_t *count = owner;
    (void)series, (void)fault;
    ++*count;
    return 0;
}

static void a_forecast_may_be_withdrawn(void **state)
{
    assert_int_equal(append(*state, "2024", "4", 'F'), 0);
    assert_int_equal(append(*state, "2024", NULL, 'O'), 0);
    assert_int_equal(count_observations(*state), 2);
}

static void what_nobody_has_forecast_is_not_missing_yet(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    size_t count = 0;
    assert_int_equal(append(place, "2024", NULL, 'O'), 1);
    assert_int_equal(append(place, "2023-11-16", NULL, 'L'), 1);
    assert_int_equal(append(place, "2023-11-14T22:13:21", NULL, 'O'), 1);
    assert_int_equal(count_observations(place), 0);
    assert_int_equal(ledger_each_series(place->ledger, 0, count_series, &count, &fault), 0);
    assert_int_equal(count, 0);
}

static void a_day_begins_earlier_in_other_zones(void **state)
{
    assert_int_equal(append(*state, "2023-11-15", NULL, 'L'), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_forecast_may_be_withdrawn),
        TEST(what_nobody_has_forecast_is_not_missing_yet),
        TEST(a_day_begins_earlier_in_other_zones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
