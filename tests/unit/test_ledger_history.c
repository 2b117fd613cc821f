/* SPDX-License-Identifier: MIT */
/* test_ledger_history.c - the ledger remembers all that was said, and what was known when */
#include "../../almanac/ledger_history.h"
#include "../../almanac/timeline.h"
#include "ledger_place.h"

enum { SEPTEMBER = 1725148800, DAY = 86400 }; /* 2024-09-01 */

static int note_account(void *owner, const struct account *account, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    const struct statement *statement = &account->vintage.statement;
    snprintf(line + strlen(line), 256 - strlen(line), "%s%s=%s@%s", *line ? " " : "",
             statement->period.text, statement->missing ? "-" : statement->value.text,
             account->source);
    return 0;
}

static int note_count(void *owner, const struct account *account, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    snprintf(line + strlen(line), 256 - strlen(line), " %s:%lld",
             account->vintage.statement.value.text, (long long)account->vintage.count);
    return 0;
}

static void must_recall(struct ledger *ledger, struct recall recall, const char *expected)
{
    struct fault fault = { 0 };
    char line[256] = "";
    recall.series = 1;
    assert_int_equal(ledger_each_account(ledger, &recall, note_account, line, &fault), 0);
    assert_string_equal(line, expected);
}

static void every_vintage_is_there_by_period_and_order_of_record(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    say(ledger, (struct saying){ .source = "a", .period = "2024-06", .value = "4" });
    say(ledger, (struct saying){ .source = "b", .period = "2023", .value = "3" });
    say(ledger, (struct saying){ .source = "c", .period = "2024-06", .value = "5" });
    say(ledger, (struct saying){ .source = "d", .period = "2023", .status = 'L' });
    must_recall(ledger, (struct recall){ .known_by = LEDGER_ALWAYS },
                "2023=3@b 2023=-@d 2024-06=4@a 2024-06=5@c");
    must_recall(ledger, (struct recall){ .known_by = LEDGER_ALWAYS, .in_force = true },
                "2023=-@d 2024-06=5@c");
}

static void what_is_undated_was_known_when_it_was_recorded(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    say(ledger,
        (struct saying){ .source = "a", .period = "2024-06", .value = "4", .recorded = SEPTEMBER });
    say(ledger,
        (struct saying){
            .source = "a", .period = "2024-06", .value = "5", .recorded = SEPTEMBER + DAY });
    must_recall(ledger, (struct recall){ .known_by = SEPTEMBER - 1, .in_force = true }, "");
    must_recall(ledger, (struct recall){ .known_by = SEPTEMBER, .in_force = true }, "2024-06=4@a");
    must_recall(ledger, (struct recall){ .known_by = SEPTEMBER + DAY, .in_force = true },
                "2024-06=5@a");
    must_recall(ledger, (struct recall){ .known_by = SEPTEMBER }, "2024-06=4@a");
}

static void what_is_dated_was_known_when_it_was_released(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    const int64_t much_later = SEPTEMBER + 400 * DAY;
    say(ledger, (struct saying){ .source = "new",
                                 .period = "2024-06",
                                 .value = "5",
                                 .released = "2024-09-02",
                                 .recorded = much_later });
    say(ledger, (struct saying){ .source = "old",
                                 .period = "2024-06",
                                 .value = "4",
                                 .released = "2024-09-01",
                                 .recorded = much_later + 1 });
    must_recall(ledger, (struct recall){ .known_by = SEPTEMBER - 1, .in_force = true }, "");
    must_recall(ledger, (struct recall){ .known_by = SEPTEMBER, .in_force = true },
                "2024-06=4@old");
    must_recall(ledger, (struct recall){ .known_by = SEPTEMBER + DAY, .in_force = true },
                "2024-06=5@new");
    must_recall(ledger, (struct recall){ .known_by = LEDGER_ALWAYS, .in_force = true },
                "2024-06=5@new");
}

static void a_backfill_undoes_no_correction_of_a_later_release(void **state)
{
    struct place *place = *state;
    struct saying said = { .source = "a", .period = "2024-06", .value = "4" };
    said.released = "2024-09-02";
    say(place->ledger, said);
    say(place->ledger, (struct saying){ .source = "hand", .period = "2024-06", .value = "5" });
    said.value = "3";
    said.released = "2024-09-01";
    say(place->ledger, said);
    must_recall(place->ledger, (struct recall){ .known_by = LEDGER_ALWAYS, .in_force = true },
                "2024-06=5@hand");
    prefer(place);
    said.source = "bureau";
    say(place->ledger, said);
    said.value = "2";
    said.released = NULL;
    say(place->ledger, said);
    said.released = "2024-08-31";
    say(place->ledger, said);
    must_recall(place->ledger, (struct recall){ .known_by = LEDGER_ALWAYS, .in_force = true },
                "2024-06=2@bureau");
}

static void a_timeline_is_of_what_was_known_and_in_force(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct timeline timeline = { 0 };
    struct fault fault = { 0 };
    say(ledger, (struct saying){ .period = "2024-06", .value = "5", .released = "2024-09-02" });
    say(ledger, (struct saying){ .period = "2024-06", .value = "4", .released = "2024-09-01" });
    for (int days = -1; days <= 1; days++) {
        assert_int_equal(ledger_recall_timeline(ledger, 1, FIGURE_STOCK, SEPTEMBER + days * DAY,
                                                &timeline, &fault),
                         0);
        assert_int_equal(timeline.segment_count, days < 0 ? 0 : 1);
        if (days >= 0)
            assert_string_equal(timeline.segments[0].statement->value.text, days == 0 ? "4" : "5");
    }
    timeline_free(&timeline);
}

static void periods_are_chosen_whole(void **state)
{
    static const char *const periods[] = { "1969", "2023", "2024-01", "2024", "2024-12", "2025" };
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct recall recall = { .known_by = LEDGER_ALWAYS, .within = true };
    struct period year;
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        say(ledger, (struct saying){ .source = "a", .period = periods[i], .value = "1" });
    assert_int_equal(period_read("2024", &year, &(struct fault){ 0 }), 0);
    recall.from = year.start;
    recall.until = year.end;
    must_recall(ledger, recall, "2024-01=1@a 2024=1@a 2024-12=1@a");
    recall.in_force = true;
    must_recall(ledger, recall, "2024-01=1@a 2024=1@a 2024-12=1@a");
    recall.from++;
    must_recall(ledger, recall, "2024-12=1@a");
    recall.from = INT64_MIN;
    recall.until = 0;
    must_recall(ledger, recall, "1969=1@a");
}

static void vintages_are_counted(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct recall recall = { .series = 1, .known_by = LEDGER_ALWAYS };
    struct fault fault = { 0 };
    char each[256] = "", in_force[256] = "";
    say(ledger, (struct saying){ .period = "2024", .value = "4", .released = "2024-01-01" });
    say(ledger, (struct saying){ .period = "2023", .value = "5", .released = "2024-02-01" });
    say(ledger, (struct saying){ .period = "2023", .value = "6", .released = "2024-03-01" });
    say(ledger, (struct saying){ .period = "2023", .value = "7", .released = "2024-01-01" });
    assert_int_equal(ledger_each_account(ledger, &recall, note_count, each, &fault), 0);
    assert_string_equal(each, " 5:1 6:2 7:3 4:1");
    recall.in_force = true;
    assert_int_equal(ledger_each_account(ledger, &recall, note_count, in_force, &fault), 0);
    assert_string_equal(in_force, " 6:3 4:1");
}

static int note_words(void *owner, const struct account *account, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    snprintf(line + strlen(line), 256 - strlen(line), "%s|%s|%lld|%lld;",
             account->reference ? account->reference : "-",
             account->comment ? account->comment : "-",
             account->vintage.has_released ? (long long)account->vintage.released : -1,
             (long long)account->vintage.recorded);
    return 0;
}

static void say_words(struct ledger *ledger, struct saying saying, const char *reference,
                      const char *comment)
{
    static const char *const labels[] = { "440304", "built" };
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct observation observation = observation_of(&saying, labels);
    observation.reference = reference;
    observation.comment = comment;
    assert_int_equal(ledger_begin(ledger, "reply", saying.recorded, &fault), 0);
    assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_commit(ledger, &fault), 0);
}

static void all_that_was_said_is_told(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    const struct saying first = {
        .period = "2023", .value = "4", .released = "2024-09-01", .recorded = 1800000000
    };
    say_words(ledger, first, "Reply 7", "4家已建成");
    say_words(ledger, (struct saying){ .period = "2024", .value = "9", .recorded = 7 },
              "Reply 8, another", "9 of them, more than before");
    say_words(ledger, (struct saying){ .period = "2025", .value = "9", .recorded = 8 }, NULL, NULL);
    for (int in_force = 0; in_force < 2; in_force++) {
        struct fault fault = { 0 };
        struct recall recall = { .series = 1, .known_by = LEDGER_ALWAYS, .in_force = in_force };
        char line[256] = "";
        assert_int_equal(ledger_each_account(ledger, &recall, note_words, line, &fault), 0);
        assert_string_equal(line, "Reply 7|4家已建成|1725148800|1800000000;"
                                  "Reply 8, another|9 of them, more than before|-1|7;-|-|-1|8;");
    }
}

static int stop(void *owner, const struct account *account, struct fault *fault)
{
    (void)account;
    ++*(int *)owner;
    return fault_set(fault, "enough");
}

static void a_visitor_can_stop_the_walk(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    say(ledger, (struct saying){ .period = "2023", .value = "3" });
    say(ledger, (struct saying){ .period = "2024", .value = "4" });
    for (int in_force = 0; in_force < 2; in_force++) {
        struct fault fault = { 0 };
        struct recall recall = { .series = 1, .known_by = LEDGER_ALWAYS, .in_force = in_force };
        int visits = 0;
        assert_int_equal(ledger_each_account(ledger, &recall, stop, &visits, &fault), -1);
        assert_string_equal(fault.text, "enough");
        assert_int_equal(visits, 1);
    }
}

static int pause_here(void *owner, const struct account *account, struct fault *fault)
{
    note_account(owner, account, fault);
    return 1;
}

static void a_walk_can_pause_between_periods(void **state)
{
    static const char *const pieces[2][3] = { { "2022=2@a", "2023=3@a 2023=4@a", "2023/2024=5@a" },
                                              { "2022=2@a", "2023=4@a", "2023/2024=5@a" } };
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct fault fault = { 0 };
    const char *const periods[] = { "2022", "2023", "2023/2024" };
    say(ledger, (struct saying){ .source = "a", .period = "2022", .value = "2" });
    say(ledger, (struct saying){ .source = "a", .period = "2023", .value = "3" });
    say(ledger, (struct saying){ .source = "a", .period = "2023", .value = "4" });
    say(ledger, (struct saying){ .source = "a", .period = "2023/2024", .value = "5" });
    for (int in_force = 0; in_force < 2; in_force++) {
        struct recall recall = { .series = 1, .known_by = LEDGER_ALWAYS, .in_force = in_force };
        struct period visited;
        int more = 1;
        for (size_t i = 0; i < 3; i++) {
            char line[256] = "";
            assert_int_equal(more, 1);
            more = ledger_each_account(ledger, &recall, pause_here, line, &fault);
            assert_string_equal(line, pieces[in_force][i]);
            assert_int_equal(period_read(periods[i], &visited, &fault), 0);
            recall.after = &visited;
        }
        char line[256] = "";
        assert_int_equal(ledger_each_account(ledger, &recall, note_account, line, &fault), 0);
        assert_string_equal(line, "");
    }
}

static void what_came_later_can_be_left_out(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct fault fault = { 0 };
    say(ledger, (struct saying){ .source = "a", .period = "2023", .value = "3" });
    struct recall recall = { .newest = ledger_newest(ledger, &fault), .known_by = LEDGER_ALWAYS };
    say(ledger, (struct saying){ .source = "a", .period = "2023", .value = "4" });
    say(ledger, (struct saying){ .source = "a", .period = "2024", .value = "5" });
    must_recall(ledger, recall, "2023=3@a");
    recall.in_force = true;
    must_recall(ledger, recall, "2023=3@a");
    recall.newest = 0;
    must_recall(ledger, recall, "2023=4@a 2024=5@a");
}

static int note_figure(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    snprintf(line, 256, "%lld %s", (long long)series->id, series->figure);
    for (size_t i = 0; i < series->label_count; i++)
        snprintf(line + strlen(line), 256 - strlen(line), " %s=%s", series->labels[i].name,
                 series->labels[i].value);
    return 7;
}

static void a_series_is_found_by_its_id(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct fault fault = { 0 };
    char line[256] = "";
    say(ledger, (struct saying){ .period = "2023", .value = "3" });
    assert_int_equal(ledger_visit_series(ledger, 1, note_figure, line, &fault), 7);
    assert_string_equal(line, "1 pilot_platforms ref_area=440304 stage=built");
    assert_int_equal(ledger_visit_series(ledger, 2, note_figure, line, &fault), 0);
}

static int count_series(void *owner, const struct series *series, struct fault *fault)
{
    (void)series;
    (void)fault;
    ++*(int *)owner;
    return 0;
}

static void series_of_one_transaction_are_told_apart(void **state)
{
    static const char *const values[][2] = { { "ab", "c" }, { "a", "bc" }, { "a", "b" } };
    static const struct saying saying = { .period = "2024", .value = "1" };
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct figure figures[] = { platforms, platforms };
    struct fault fault = { 0 };
    int series = 0;
    figures[1].name = "pilot_platformz";
    assert_int_equal(ledger_begin(ledger, "reply", 1, &fault), 0);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 3; k++) {
            enum ledger_outcome outcome;
            struct observation observation = observation_of(&saying, values[k]);
            observation.figure = &figures[i];
            assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
            assert_int_equal(outcome, LEDGER_RECORDED);
        }
    assert_int_equal(ledger_commit(ledger, &fault), 0);
    assert_int_equal(ledger_each_series(ledger, 0, count_series, &series, &fault), 0);
    assert_int_equal(series, 6);
}

/* The mark of a vintage that is not kept: the next one has the same id. */
static uint64_t mark_of(struct ledger *ledger, const char *stage, struct saying saying)
{
    const char *const labels[] = { "440304", stage };
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    uint64_t mark = 0;
    struct observation observation = observation_of(&saying, labels);
    assert_int_equal(ledger_begin(ledger, saying.source, saying.recorded, &fault), 0);
    assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_mark(ledger, ledger_newest(ledger, &fault), &mark, &fault), 0);
    ledger_rollback(ledger);
    return mark;
}

static void a_mark_tells_one_vintage_from_any_other(void **state)
{
    static const struct {
        const char *stage;
        struct saying saying;
    } others[] = {
        { "planned", { .source = "a", .period = "2023", .value = "3", .recorded = 7 } },
        { "built", { .source = "b", .period = "2023", .value = "3", .recorded = 7 } },
        { "built", { .source = "a", .period = "2024", .value = "3", .recorded = 7 } },
        { "built", { .source = "a", .period = "2023", .value = "4", .recorded = 7 } },
        { "built", { .source = "a", .period = "2023", .value = "3", .recorded = 8 } },
    };
    static const struct saying said = {
        .source = "a", .period = "2023", .value = "3", .recorded = 7
    };
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct fault fault = { 0 };
    say(ledger, (struct saying){ .source = "a", .period = "2022", .value = "2" });
    uint64_t mark = mark_of(ledger, "built", said), none;
    assert_true(mark != 0 && mark_of(ledger, "built", said) == mark);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_true(mark_of(ledger, others[i].stage, others[i].saying) != mark);
    assert_int_equal(ledger_mark(ledger, 2, &none, &fault), 0);
    assert_true(none == 0);
}

static void a_mark_tells_one_ledger_from_any_other(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char path[400];
    uint64_t mark, other_mark;
    snprintf(path, sizeof path, "%s/other.db", place->folder);
    struct ledger *other = ledger_open(path, LEDGER_WRITER, &fault);
    say(place->ledger, (struct saying){ .period = "2023", .value = "3" });
    say(other, (struct saying){ .period = "2023", .value = "3" });
    assert_int_equal(ledger_mark(place->ledger, 1, &mark, &fault), 0);
    assert_int_equal(ledger_mark(other, 1, &other_mark, &fault), 0);
    assert_true(mark != other_mark);
    ledger_close(other);
}

static void a_frozen_ledger_stays_as_it_was(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    say(place->ledger, (struct saying){ .source = "a", .period = "2023", .value = "3" });
    struct ledger *reader = ledger_open(place->path, LEDGER_READER, &fault);
    const struct recall all = { .known_by = LEDGER_ALWAYS };
    assert_int_equal(ledger_freeze(reader, &fault), 0);
    must_recall(reader, all, "2023=3@a");
    say(place->ledger, (struct saying){ .source = "a", .period = "2024", .value = "4" });
    must_recall(reader, all, "2023=3@a");
    ledger_thaw(reader);
    must_recall(reader, all, "2023=3@a 2024=4@a");
    ledger_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_vintage_is_there_by_period_and_order_of_record),
        TEST(what_is_undated_was_known_when_it_was_recorded),
        TEST(what_is_dated_was_known_when_it_was_released),
        TEST(a_backfill_undoes_no_correction_of_a_later_release),
        TEST(a_timeline_is_of_what_was_known_and_in_force),
        TEST(periods_are_chosen_whole),
        TEST(vintages_are_counted),
        TEST(all_that_was_said_is_told),
        TEST(a_visitor_can_stop_the_walk),
        TEST(a_walk_can_pause_between_periods),
        TEST(what_came_later_can_be_left_out),
        TEST(a_series_is_found_by_its_id),
        TEST(series_of_one_transaction_are_told_apart),
        TEST(a_mark_tells_one_vintage_from_any_other),
        TEST(a_mark_tells_one_ledger_from_any_other),
        TEST(a_frozen_ledger_stays_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
