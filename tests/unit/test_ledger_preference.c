/* SPDX-License-Identifier: MIT */
/* test_ledger_preference.c - of several sources the one that counts most is in force */
#include "ledger_place.h"

static int note_value(void *owner, const struct vintage *vintage, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    snprintf(line, 64, "%s of %d",
             vintage->statement.missing ? "missing" : vintage->statement.value.text,
             (int)vintage->count);
    return 0;
}

static void must_be_in_force(struct place *place, const char *expected)
{
    struct fault fault = { 0 };
    char value[64] = "";
    assert_int_equal(ledger_each_in_force(place->ledger, 0, note_value, value, &fault), 0);
    assert_string_equal(value, expected);
}

static enum ledger_outcome hear(struct place *place, const char *source, const char *value,
                                const char *released)
{
    return say(place->ledger, (struct saying){ .source = source,
                                               .period = "2024-06",
                                               .value = value,
                                               .status = value == NULL ? 'O' : 'A',
                                               .released = released });
}

static void the_preferred_one_stays_in_force(void **state)
{
    struct place *place = *state;
    prefer(place);
    assert_int_equal(hear(place, "bureau", "4", NULL), LEDGER_RECORDED);
    assert_int_equal(hear(place, "reply", "5", NULL), LEDGER_RECORDED);
    assert_int_equal(hear(place, "hearsay", "6", "2024-12-01"), LEDGER_RECORDED);
    must_be_in_force(place, "4 of 3");
}

static void the_preferred_one_takes_over_though_it_was_released_earlier(void **state)
{
    struct place *place = *state;
    prefer(place);
    assert_int_equal(hear(place, "hearsay", "6", "2024-12-01"), LEDGER_RECORDED);
    assert_int_equal(hear(place, "reply", "5", "2024-11-01"), LEDGER_REVISED);
    assert_int_equal(hear(place, "bureau", "4", "2024-10-01"), LEDGER_REVISED);
    must_be_in_force(place, "4 of 3");
    assert_int_equal(hear(place, "bureau", "3", NULL), LEDGER_REVISED);
    must_be_in_force(place, "3 of 4");
}

static void what_the_preferred_one_only_repeats_counts_as_its_own(void **state)
{
    static const char *const releases[] = { NULL, "2024-10-01" };
    struct place *place = *state;
    prefer(place);
    for (size_t i = 0; i < 2; i++) {
        struct saying said = { .period = i == 0 ? "2024-05" : "2024-06", .value = "4" };
        static const struct {
            const char *source, *value;
            enum ledger_outcome outcome;
        } course[] = {
            { "hearsay", "4", LEDGER_RECORDED }, { "bureau", "4", LEDGER_RECORDED },
            { "bureau", "4", LEDGER_UNCHANGED }, { "hearsay", "4", LEDGER_UNCHANGED },
            { "reply", "5", LEDGER_RECORDED },
        };
        for (size_t k = 0; k < sizeof course / sizeof *course; k++) {
            said.source = course[k].source;
            said.value = course[k].value;
            said.released = course[k].value[0] == '4' ? releases[i] : "2024-11-01";
            assert_int_equal(say(place->ledger, said), course[k].outcome);
        }
        must_be_in_force(place, "4 of 3");
    }
}

static void what_others_said_of_a_release_does_not_silence_the_preferred_one(void **state)
{
    struct place *place = *state;
    prefer(place);
    hear(place, "hearsay", "4", "2024-10-01");
    assert_int_equal(hear(place, "reply", "5", "2024-11-01"), LEDGER_REVISED);
    assert_int_equal(hear(place, "bureau", "4", "2024-10-01"), LEDGER_REVISED);
    must_be_in_force(place, "4 of 3");
}

static void those_it_does_not_name_count_alike(void **state)
{
    struct place *place = *state;
    prefer(place);
    assert_int_equal(hear(place, "hearsay", "6", NULL), LEDGER_RECORDED);
    assert_int_equal(hear(place, "rumour", "7", NULL), LEDGER_REVISED);
    must_be_in_force(place, "7 of 2");
}

static void one_that_does_not_count_is_recorded_once_and_again_when_it_changes(void **state)
{
    struct place *place = *state;
    prefer(place);
    hear(place, "bureau", "4", NULL);
    assert_int_equal(hear(place, "reply", "5", NULL), LEDGER_RECORDED);
    assert_int_equal(hear(place, "reply", "5", NULL), LEDGER_UNCHANGED);
    assert_int_equal(hear(place, "reply", "4", NULL), LEDGER_RECORDED);
    assert_int_equal(hear(place, "reply", "4.0", NULL), LEDGER_UNCHANGED);
    assert_int_equal(hear(place, "bureau", "4", NULL), LEDGER_UNCHANGED);
    must_be_in_force(place, "4 of 3");
}

/* Reply's last word is of the 20th, so what it said on an earlier day is news, if only of the past,
 * as it is without a preference. */
static void one_that_does_not_count_is_compared_with_its_own_latest_release(void **state)
{
    struct place *place = *state;
    prefer(place);
    hear(place, "bureau", "4", "2024-10-01");
    assert_int_equal(hear(place, "reply", "5", "2024-10-20"), LEDGER_RECORDED);
    assert_int_equal(hear(place, "reply", "6", "2024-10-10"), LEDGER_RECORDED);
    assert_int_equal(hear(place, "reply", "6", "2024-10-05"), LEDGER_RECORDED);
    for (int i = 0; i < 2; i++)
        assert_int_equal(hear(place, "reply", "5", "2024-10-15"),
                         i == 0 ? LEDGER_RECORDED : LEDGER_UNCHANGED);
    assert_int_equal(hear(place, "reply", "5", NULL), LEDGER_UNCHANGED);
    must_be_in_force(place, "4 of 5");
}

static void an_earlier_release_that_did_not_take_over_is_not_its_sources_last_word(void **state)
{
    struct place *place = *state;
    hear(place, "bureau", "5", "2024-10-01");
    assert_int_equal(hear(place, "reply", "4", "2024-08-01"), LEDGER_RECORDED);
    must_be_in_force(place, "5 of 2");
    assert_int_equal(hear(place, "reply", "4", NULL), LEDGER_REVISED);
    must_be_in_force(place, "4 of 3");
}

static void it_is_recorded_though_its_source_said_the_same_last(void **state)
{
    struct place *place = *state;
    hear(place, "reply", "4", "2024-08-01");
    hear(place, "bureau", "5", "2024-10-01");
    assert_int_equal(hear(place, "reply", "4", "2024-07-01"), LEDGER_RECORDED);
    must_be_in_force(place, "5 of 3");
}

static void who_repeats_it_without_a_date_says_it_once(void **state)
{
    struct place *place = *state;
    hear(place, "bureau", "5", "2024-10-01");
    assert_int_equal(hear(place, "reply", "5", "2024-08-01"), LEDGER_RECORDED);
    assert_int_equal(hear(place, "reply", "5", NULL), LEDGER_RECORDED);
    hear(place, "bureau", "6", "2024-11-01");
    assert_int_equal(hear(place, "reply", "5", NULL), LEDGER_UNCHANGED);
    must_be_in_force(place, "6 of 4");
}

static void what_was_released_before_1970_takes_over_from_what_is_undated(void **state)
{
    struct place *place = *state;
    hear(place, "bureau", "5", NULL);
    assert_int_equal(hear(place, "reply", "4", "1965-08-01"), LEDGER_REVISED);
    must_be_in_force(place, "4 of 2");
}

static void what_the_preferred_one_withdraws_is_withdrawn(void **state)
{
    struct place *place = *state;
    prefer(place);
    hear(place, "reply", "5", NULL);
    hear(place, "bureau", "4", NULL);
    assert_int_equal(hear(place, "bureau", NULL, NULL), LEDGER_REVISED);
    must_be_in_force(place, "missing of 3");
}

static void another_order_makes_another_one_count(void **state)
{
    struct place *place = *state;
    hear(place, "bureau", "4", NULL);
    hear(place, "reply", "5", NULL);
    must_be_in_force(place, "5 of 2");
    prefer(place);
    must_be_in_force(place, "4 of 2");
    ledger_prefer(place->ledger, &(struct catalogue){ &platforms, 1 });
    must_be_in_force(place, "5 of 2");
}

static void one_order_is_enough_among_figures_without(void **state)
{
    static const char *order[] = { "bureau" };
    struct figure figures[] = { { .name = "fund_size_cny" }, platforms, { .name = "visits" } };
    struct place *place = *state;
    figures[1].preference = order;
    figures[1].preference_count = 1;
    ledger_prefer(place->ledger, &(struct catalogue){ figures, 3 });
    hear(place, "bureau", "4", NULL);
    assert_int_equal(hear(place, "reply", "5", NULL), LEDGER_RECORDED);
    must_be_in_force(place, "4 of 2");
}

/* Says 1 by bureau and then 2 by reply, of the figure; the second outcome. */
static enum ledger_outcome hear_both(struct ledger *ledger, const struct figure *figure)
{
    static const char *const sources[] = { "bureau", "reply" }, *const values[] = { "1", "2" };
    enum ledger_outcome outcome = LEDGER_OUTCOMES;
    struct fault fault = { 0 };
    for (size_t i = 0; i < 2; i++) {
        const struct saying saying = { .period = "2024-06", .value = values[i] };
        struct observation observation = observation_of(&saying, NULL);
        observation.figure = figure;
        assert_int_equal(ledger_begin(ledger, sources[i], 1700000000, &fault), 0);
        assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
    }
    return outcome;
}

static void a_series_that_is_rolled_back_leaves_no_order_behind(void **state)
{
    static const char *order[] = { "bureau", "reply" };
    static const char *reverse[] = { "reply", "bureau" };
    const struct figure figures[] = {
        { .name = "a", .preference = order, .preference_count = 2 },
        { .name = "b", .preference = reverse, .preference_count = 2 },
    };
    struct place *place = *state;
    struct fault fault = { 0 };
    ledger_prefer(place->ledger, &(struct catalogue){ figures, 2 });
    assert_int_equal(hear_both(place->ledger, &figures[0]), LEDGER_RECORDED);
    ledger_rollback(place->ledger);
    assert_int_equal(hear_both(place->ledger, &figures[1]), LEDGER_REVISED);
    assert_int_equal(ledger_commit(place->ledger, &fault), 0);
    must_be_in_force(place, "2 of 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_preferred_one_stays_in_force),
        TEST(the_preferred_one_takes_over_though_it_was_released_earlier),
        TEST(what_the_preferred_one_only_repeats_counts_as_its_own),
        TEST(what_others_said_of_a_release_does_not_silence_the_preferred_one),
        TEST(those_it_does_not_name_count_alike),
        TEST(one_that_does_not_count_is_recorded_once_and_again_when_it_changes),
        TEST(one_that_does_not_count_is_compared_with_its_own_latest_release),
        TEST(an_earlier_release_that_did_not_take_over_is_not_its_sources_last_word),
        TEST(it_is_recorded_though_its_source_said_the_same_last),
        TEST(who_repeats_it_without_a_date_says_it_once),
        TEST(what_was_released_before_1970_takes_over_from_what_is_undated),
        TEST(what_the_preferred_one_withdraws_is_withdrawn),
        TEST(a_series_that_is_rolled_back_leaves_no_order_behind),
        TEST(one_order_is_enough_among_figures_without),
        TEST(another_order_makes_another_one_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
