/* SPDX-License-Identifier: MIT */
/* test_ledger_again.c - a history that is recorded again stays what it was */
#include "../../almanac/ledger_history.h"
#include "ledger_place.h"

enum { EARLIER = 1500000000, LATER = 1600000000, NOW = 1700000000 };

static void begin(struct ledger *ledger)
{
    struct fault fault = { 0 };
    assert_int_equal(ledger_begin(ledger, "import:history.csv", NOW, &fault), 0);
}

static void commit(struct ledger *ledger)
{
    struct fault fault = { 0 };
    assert_int_equal(ledger_commit(ledger, &fault), 0);
}

/* Appends one of the history, 2024's unless it says otherwise. */
static int append(struct ledger *ledger, struct saying saying, enum ledger_outcome *outcome,
                  struct fault *fault)
{
    static const char *const built[] = { "440304", "built" };
    if (saying.period == NULL)
        saying.period = "2024";
    struct observation observation = observation_of(&saying, built);
    observation.source = saying.source;
    observation.recorded = saying.recorded;
    return ledger_append(ledger, &observation, outcome, fault);
}

static void must_append(struct ledger *ledger, struct saying saying, enum ledger_outcome expected)
{
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    assert_int_equal(append(ledger, saying, &outcome, &fault), 0);
    assert_int_equal(outcome, expected);
}

static int note(void *owner, const struct account *account, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    snprintf(line + strlen(line), 256 - strlen(line), "%s%s@%s:%lld", *line ? " " : "",
             account->vintage.statement.value.text, account->source,
             (long long)account->vintage.recorded);
    return 0;
}

static void must_hold(struct ledger *ledger, bool in_force, const char *expected)
{
    struct fault fault = { 0 };
    const struct recall recall = { .series = 1, .known_by = LEDGER_ALWAYS, .in_force = in_force };
    char line[256] = "";
    assert_int_equal(ledger_each_account(ledger, &recall, note, line, &fault), 0);
    assert_string_equal(line, expected);
}

static const struct saying four = { .source = "bureau", .value = "4", .recorded = EARLIER },
                           five = { .source = "reply", .value = "5", .recorded = LATER };

static void it_keeps_its_sources_and_times(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    prefer(*state);
    begin(ledger);
    must_append(ledger, four, LEDGER_RECORDED);
    must_append(ledger, five, LEDGER_RECORDED);
    commit(ledger);
    must_hold(ledger, false, "4@bureau:1500000000 5@reply:1600000000");
    must_hold(ledger, true, "4@bureau:1500000000");
}

static void every_vintage_is_kept_whatever_it_repeats(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    begin(ledger);
    must_append(ledger, four, LEDGER_RECORDED);
    must_append(ledger, five, LEDGER_REVISED);
    must_append(ledger, four, LEDGER_REVISED);
    must_append(ledger, four, LEDGER_RECORDED);
    commit(ledger);
    must_hold(ledger, false,
              "4@bureau:1500000000 5@reply:1600000000 4@bureau:1500000000 4@bureau:1500000000");
}

static void what_was_there_before_is_unchanged(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct saying released = five, other = five;
    begin(ledger);
    must_append(ledger, four, LEDGER_RECORDED);
    must_append(ledger, five, LEDGER_REVISED);
    commit(ledger);
    begin(ledger);
    must_append(ledger, four, LEDGER_UNCHANGED);
    must_append(ledger, five, LEDGER_UNCHANGED);
    released.released = "2020-01-01";
    must_append(ledger, released, LEDGER_RECORDED);
    other.source = "other";
    must_append(ledger, other, LEDGER_RECORDED);
    commit(ledger);
    assert_int_equal(count_observations(*state), 4);
}

/* Each is compared with what the others left. */
static void what_differs_in_anything_is_another_one(void **state)
{
    static const struct saying others[] = {
        { .source = "reply", .value = "5", .recorded = LATER },
        { .source = "other", .value = "5", .recorded = LATER },
        { .source = "reply", .value = "5", .recorded = LATER + 1 },
        { .source = "reply", .value = "5", .recorded = LATER + 1, .released = "2020-01-01" },
        { .source = "reply", .value = "5", .recorded = LATER + 1, .released = "2020-02-01" },
        { .source = "reply", .value = "6", .recorded = LATER + 1, .released = "2020-02-01" },
        { .period = "2023",
          .source = "reply",
          .value = "5",
          .recorded = LATER,
          .released = "2020-01-01" },
        { .period = "2023", .source = "reply", .value = "5", .recorded = LATER },
    };
    enum { OTHERS = sizeof others / sizeof *others };
    struct ledger *ledger = ((struct place *)*state)->ledger;
    for (int again = 0; again < 2; again++)
        for (size_t i = 0; i < OTHERS; i++) {
            begin(ledger);
            if (again)
                must_append(ledger, others[i], LEDGER_UNCHANGED);
            else
                must_append(ledger, others[i], i == 5 ? LEDGER_REVISED : LEDGER_RECORDED);
            commit(ledger);
        }
    assert_int_equal(count_observations(*state), OTHERS);
}

static void what_was_said_twice_is_there_twice(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct saying other = four;
    other.value = "5";
    begin(ledger);
    must_append(ledger, four, LEDGER_RECORDED);
    must_append(ledger, other, LEDGER_REVISED);
    commit(ledger);
    for (int i = 0; i < 2; i++) {
        begin(ledger);
        must_append(ledger, four, LEDGER_UNCHANGED);
        must_append(ledger, other, LEDGER_UNCHANGED);
        must_append(ledger, four, i == 0 ? LEDGER_REVISED : LEDGER_UNCHANGED);
        commit(ledger);
    }
    must_hold(ledger, false, "4@bureau:1500000000 5@bureau:1500000000 4@bureau:1500000000");
    must_hold(ledger, true, "4@bureau:1500000000");
}

static void it_goes_on_from_what_is_there(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct saying between = { .source = "reply", .value = "6", .recorded = LATER - 1 };
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    begin(ledger);
    must_append(ledger, four, LEDGER_RECORDED);
    must_append(ledger, five, LEDGER_REVISED);
    must_append(ledger, four, LEDGER_REVISED); /* the clock had gone back */
    commit(ledger);
    begin(ledger);
    assert_int_equal(append(ledger, between, &outcome, &fault), 1);
    assert_string_equal(fault.text,
                        "was recorded 2020-09-13T12:26:39Z, but the ledger has a report of this "
                        "period that was recorded 2020-09-13T12:26:40Z; expected a history that "
                        "goes on from there");
    between.period = "2023";
    must_append(ledger, between, LEDGER_RECORDED);
    between.period = "2024";
    between.recorded = LATER;
    must_append(ledger, between, LEDGER_REVISED);
    between.recorded = EARLIER; /* the clock had gone back */
    between.period = "2023";
    must_append(ledger, between, LEDGER_RECORDED);
    commit(ledger);
}

static void it_goes_on_although_the_clock_had_gone_back(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct saying six = { .source = "reply", .value = "6", .recorded = LATER - 1 };
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    begin(ledger);
    must_append(ledger, four, LEDGER_RECORDED);
    must_append(ledger, five, LEDGER_REVISED);
    commit(ledger);
    begin(ledger);
    must_append(ledger, four, LEDGER_UNCHANGED);
    assert_int_equal(append(ledger, six, &outcome, &fault), 1);
    must_append(ledger, five, LEDGER_UNCHANGED);
    must_append(ledger, six, LEDGER_REVISED);
    commit(ledger);
    must_hold(ledger, false, "4@bureau:1500000000 5@reply:1600000000 6@reply:1599999999");
}

/* A history in order, of a source that says no times. value NULL: the end. */
static void must_take_all(struct ledger *ledger, const struct saying *sayings, const char *expected)
{
    begin(ledger);
    ledger_take_in_order(ledger);
    char said[16] = "";
    for (; sayings->value != NULL; sayings++) {
        struct fault fault = { 0 };
        enum ledger_outcome outcome;
        assert_int_equal(append(ledger, *sayings, &outcome, &fault), 0);
        said[strlen(said)] = "+=~"[outcome];
    }
    commit(ledger);
    assert_string_equal(said, expected);
}

static void must_take(struct ledger *ledger, const char *const *values, const char *expected)
{
    struct saying sayings[8] = { { 0 } };
    for (size_t i = 0; values[i] != NULL; i++)
        sayings[i].value = values[i];
    must_take_all(ledger, sayings, expected);
}

static void what_it_says_in_its_order_undoes_no_correction(void **state)
{
    static const char *const first[] = { "4", "5", "5.0", "4", NULL };
    static const char *const longer[] = { "4", "5", "4", "7", NULL };
    static const char *const swapped[] = { "5", "4", "7", "5", NULL };
    static const char *const other[] = { "3", "4", "5", NULL };
    static const char *const twice[] = { "3", "3", "4", "5", "3", NULL };
    struct place *place = *state;
    must_take(place->ledger, first, "+~=~");
    must_take(place->ledger, first, "====");
    say(place->ledger, (struct saying){ .period = "2024", .value = "6" });
    must_take(place->ledger, first, "====");
    assert_in_force(place->ledger, "2024=6");
    must_take(place->ledger, longer, "===~");
    must_take(place->ledger, longer, "====");
    must_take(place->ledger, swapped, "===~");
    assert_in_force(place->ledger, "2024=5");
    must_take(place->ledger, other, "~~~");
    must_take(place->ledger, other, "===");
    assert_in_force(place->ledger, "2024=5");
    must_take(place->ledger, twice, "====~");
    must_take(place->ledger, twice, "=====");
}

/* What was unchanged at its place because of an earlier word, a word before a backfill, or another
 * source's. */
static void what_it_says_of_several_releases_undoes_none_either(void **state)
{
    static const struct {
        struct saying sayings[6];
        const char *first, *again;
    } courses[] = {
        { { { .period = "2021", .value = "1", .released = "2024-10-01" },
            { .period = "2021", .value = "3", .released = "2024-08-01" },
            { .period = "2021", .value = "1", .released = "2024-10-01" },
            { .period = "2021", .value = "4", .released = "2024-10-01" } },
          "++=~",
          "====" },
        { { { .period = "2022", .value = "3" },
            { .period = "2022", .value = "3", .released = "2024-09-01" },
            { .period = "2022", .value = "1", .released = "2024-08-01" },
            { .period = "2022", .value = "3" },
            { .period = "2022", .value = "4", .released = "2024-09-01" } },
          "+++=~",
          "=====" },
        { { { .period = "2023", .value = "1", .released = "2024-08-01" },
            { .period = "2023", .value = "3", .released = "2024-09-01" },
            { .period = "2023", .value = "4", .released = "2024-09-01" } },
          "+=~",
          "===" },
    };
    struct ledger *ledger = ((struct place *)*state)->ledger;
    say(ledger, courses[2].sayings[1]);
    for (size_t i = 0; i < sizeof courses / sizeof *courses; i++) {
        struct saying correction = { .source = "hand", .value = "6" };
        correction.period = courses[i].sayings[0].period;
        must_take_all(ledger, courses[i].sayings, courses[i].first);
        say(ledger, correction);
        must_take_all(ledger, courses[i].sayings, courses[i].again);
    }
    assert_in_force(ledger, "2021=6 2022=6 2023=6");
}

static void its_sources_go_on_as_themselves(void **state)
{
    struct place *place = *state;
    prefer(place);
    begin(place->ledger);
    must_append(place->ledger, four, LEDGER_RECORDED);
    must_append(place->ledger, five, LEDGER_RECORDED);
    commit(place->ledger);
    struct saying again = five, news = five;
    again.period = news.period = "2024";
    again.recorded = news.recorded = NOW;
    news.value = "6";
    assert_int_equal(say(place->ledger, again), LEDGER_UNCHANGED);
    assert_int_equal(say(place->ledger, news), LEDGER_RECORDED);
    must_hold(place->ledger, true, "4@bureau:1500000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_keeps_its_sources_and_times),
        TEST(every_vintage_is_kept_whatever_it_repeats),
        TEST(what_was_there_before_is_unchanged),
        TEST(it_goes_on_from_what_is_there),
        TEST(it_goes_on_although_the_clock_had_gone_back),
        TEST(what_differs_in_anything_is_another_one),
        TEST(what_was_said_twice_is_there_twice),
        TEST(what_it_says_in_its_order_undoes_no_correction),
        TEST(what_it_says_of_several_releases_undoes_none_either),
        TEST(its_sources_go_on_as_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
