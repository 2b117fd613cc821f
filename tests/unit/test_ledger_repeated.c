/* SPDX-License-Identifier: MIT */
/* test_ledger_repeated.c - what a source repeats is nothing new, and undoes no correction */
#include "ledger_place.h"

static void a_source_that_repeats_itself_does_not_undo_a_correction(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .source = "poll", .period = "2024-06", .value = "4" });
    say(place->ledger, (struct saying){ .source = "hand", .period = "2024-06", .value = "5" });
    assert_int_equal(
        say(place->ledger, (struct saying){ .source = "poll", .period = "2024-06", .value = "4" }),
        LEDGER_UNCHANGED);
    assert_in_force(place->ledger, "2024-06=5");
    assert_int_equal(
        say(place->ledger, (struct saying){ .source = "poll", .period = "2024-06", .value = "6" }),
        LEDGER_REVISED);
    assert_in_force(place->ledger, "2024-06=6");
}

static void a_source_that_comes_round_to_another_may_go_back(void **state)
{
    struct place *place = *state;
    static const struct {
        struct saying said;
        enum ledger_outcome outcome;
        const char *in_force;
    } course[] = {
        { { .source = "a", .period = "2024-06", .value = "4" }, LEDGER_RECORDED, "2024-06=4" },
        { { .source = "b", .period = "2024-06", .value = "5" }, LEDGER_REVISED, "2024-06=5" },
        { { .source = "a", .period = "2024-06", .value = "5" }, LEDGER_RECORDED, "2024-06=5" },
        { { .source = "a", .period = "2024-06", .value = "5.0" }, LEDGER_UNCHANGED, "2024-06=5" },
        { { .source = "b", .period = "2024-06", .value = "5" }, LEDGER_UNCHANGED, "2024-06=5" },
        { { .source = "a", .period = "2024-06", .value = "4" }, LEDGER_REVISED, "2024-06=4" },
    };
    for (size_t i = 0; i < sizeof course / sizeof *course; i++) {
        assert_int_equal(say(place->ledger, course[i].said), course[i].outcome);
        assert_in_force(place->ledger, course[i].in_force);
    }
}

static void a_source_that_agrees_is_recorded_and_undoes_no_correction(void **state)
{
    struct place *place = *state;
    const struct saying a = { .source = "a", .period = "2024-06", .value = "5" };
    const struct saying b = { .source = "b", .period = "2024-06", .value = "5.0" };
    struct saying corrected = a;
    corrected.value = "6";
    assert_int_equal(say(place->ledger, a), LEDGER_RECORDED);
    assert_int_equal(say(place->ledger, b), LEDGER_RECORDED);
    assert_int_equal(say(place->ledger, b), LEDGER_UNCHANGED);
    assert_int_equal(say(place->ledger, a), LEDGER_UNCHANGED);
    assert_int_equal(say(place->ledger, corrected), LEDGER_REVISED);
    assert_int_equal(say(place->ledger, b), LEDGER_UNCHANGED);
    assert_in_force(place->ledger, "2024-06=6");
}

static void a_source_that_agrees_hides_no_release(void **state)
{
    struct place *place = *state;
    const struct saying second = { .period = "2024-06", .value = "5", .released = "2024-10-01" };
    const struct saying first = { .period = "2024-06", .value = "4", .released = "2024-08-01" };
    const struct saying poll = { .source = "poll", .period = "2024-06", .value = "5" };
    say(place->ledger, second);
    assert_int_equal(say(place->ledger, poll), LEDGER_RECORDED);
    assert_int_equal(say(place->ledger, first), LEDGER_RECORDED);
    assert_in_force(place->ledger, "2024-06=5");
    assert_int_equal(say(place->ledger, poll), LEDGER_UNCHANGED);
}

static void a_source_may_return_to_an_earlier_value(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "5" });
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" }),
                     LEDGER_REVISED);
    assert_int_equal(count_observations(place), 3);
}

static void a_source_may_return_to_what_it_said_of_the_same_release(void **state)
{
    struct place *place = *state;
    struct saying four = { .period = "2024-06", .value = "4", .released = "2024-08-01" };
    struct saying five = { .period = "2024-06", .value = "5", .released = "2024-08-01" };
    struct saying six = { .period = "2024-06", .value = "6", .released = "2024-10-01" };
    say(place->ledger, four);
    assert_int_equal(say(place->ledger, five), LEDGER_REVISED);
    assert_int_equal(say(place->ledger, four), LEDGER_REVISED);
    assert_int_equal(say(place->ledger, four), LEDGER_UNCHANGED);
    assert_in_force(place->ledger, "2024-06=4");
    say(place->ledger, six);
    assert_int_equal(say(place->ledger, four), LEDGER_UNCHANGED);
    assert_int_equal(say(place->ledger, five), LEDGER_RECORDED);
    assert_int_equal(say(place->ledger, five), LEDGER_UNCHANGED);
    assert_in_force(place->ledger, "2024-06=6");
}

static void a_backfill_does_not_undo_a_correction_either(void **state)
{
    struct place *place = *state;
    static const struct {
        struct saying said;
        enum ledger_outcome outcome;
        const char *in_force;
    } course[] = {
        { { .value = "4", .released = "2024-10-01" }, LEDGER_RECORDED, "2024-06=4" },
        { { .source = "hand", .value = "5" }, LEDGER_REVISED, "2024-06=5" },
        { { .value = "4", .released = "2024-08-01" }, LEDGER_RECORDED, "2024-06=5" },
        { { .value = "3", .released = "2024-07-01" }, LEDGER_RECORDED, "2024-06=5" },
        { { .source = "hand", .value = "5.5" }, LEDGER_REVISED, "2024-06=5.5" },
        { { .source = "third", .value = "5.5", .released = "2024-07-01" },
          LEDGER_RECORDED,
          "2024-06=5.5" },
        { { .value = "3", .released = "2024-07-01" }, LEDGER_UNCHANGED, "2024-06=5.5" },
        { { .value = "2", .released = "2024-09-30" }, LEDGER_RECORDED, "2024-06=5.5" },
        { { .value = "6", .released = "2024-10-01" }, LEDGER_REVISED, "2024-06=6" },
    };
    for (size_t i = 0; i < sizeof course / sizeof *course; i++) {
        struct saying saying = course[i].said;
        saying.period = "2024-06";
        assert_int_equal(say(place->ledger, saying), course[i].outcome);
        assert_in_force(place->ledger, course[i].in_force);
    }
}

static void a_delivery_of_several_releases_is_repeated_as_a_whole(void **state)
{
    struct place *place = *state;
    const struct saying first = { .period = "2024-06", .value = "1", .released = "2024-08-01" };
    struct saying last = { .period = "2024-06", .value = "1", .released = "2024-10-01" };
    say(place->ledger, last);
    say(place->ledger, (struct saying){ .source = "hand", .period = "2024-06", .value = "3" });
    last.value = "4";
    say(place->ledger, first);
    say(place->ledger, last);
    say(place->ledger, (struct saying){ .source = "hand", .period = "2024-06", .value = "2" });
    assert_int_equal(say(place->ledger, first), LEDGER_UNCHANGED);
    assert_int_equal(say(place->ledger, last), LEDGER_UNCHANGED);
    assert_in_force(place->ledger, "2024-06=2");
}

static void what_was_said_of_an_earlier_time_is_not_what_was_said_last(void **state)
{
    struct place *place = *state;
    say(place->ledger,
        (struct saying){ .period = "2024-06", .value = "6", .released = "2024-10-01" });
    say(place->ledger,
        (struct saying){ .period = "2024-06", .value = "5", .released = "2024-08-01" });
    assert_int_equal(
        say(place->ledger,
            (struct saying){ .period = "2024-06", .value = "5", .released = "2024-07-01" }),
        LEDGER_RECORDED);
    assert_in_force(place->ledger, "2024-06=6");
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .value = "5" }),
                     LEDGER_REVISED);
    assert_in_force(place->ledger, "2024-06=5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_source_that_repeats_itself_does_not_undo_a_correction),
        TEST(a_source_that_comes_round_to_another_may_go_back),
        TEST(a_source_that_agrees_is_recorded_and_undoes_no_correction),
        TEST(a_source_that_agrees_hides_no_release),
        TEST(a_source_may_return_to_an_earlier_value),
        TEST(a_source_may_return_to_what_it_said_of_the_same_release),
        TEST(a_backfill_does_not_undo_a_correction_either),
        TEST(a_delivery_of_several_releases_is_repeated_as_a_whole),
        TEST(what_was_said_of_an_earlier_time_is_not_what_was_said_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
