/* SPDX-License-Identifier: MIT */
/* test_ledger_faults.c - a disk that fails under the ledger is told in words, and costs nothing
 * else */
#include "../../almanac/ledger_history.h"
#include "../../almanac/ledger_private.h"
#include "../../almanac/ledger_source.h"
#include "ledger_place.h"

#include <errno.h>
#include <sqlite3.h>
#include <sys/syscall.h>

/* In the place of libc's: what the next ones fail with; 0: they work. */
static int sync_error, write_error, read_error;

int fdatasync(int descriptor)
{
    errno = sync_error;
    return sync_error != 0 ? -1 : (int)syscall(SYS_fdatasync, descriptor);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off_t offset)
{
    errno = write_error;
    return write_error != 0 ? -1 : (ssize_t)syscall(SYS_pwrite64, descriptor, bytes, size, offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t size, off_t offset)
{
    errno = read_error;
    return read_error != 0 ? -1 : (ssize_t)syscall(SYS_pread64, descriptor, bytes, size, offset);
}

static const struct saying four = { .period = "2024-06", .value = "4" };

static int append(struct ledger *ledger, struct saying saying, enum ledger_outcome *outcome,
                  struct fault *fault)
{
    static const char *const built[] = { "440304", "built" };
    struct observation observation = observation_of(&saying, built);
    return ledger_append(ledger, &observation, outcome, fault);
}

/* The words of the fault with which a report is not recorded. What fails to begin or to end a
 * transaction leaves none. */
static void must_fail(struct place *place, const char *words)
{
    enum ledger_outcome outcome;
    struct fault fault = { 0 }, expected = { 0 };
    fault_set(&expected, "ledger %s: %s", place->path, words);
    if (ledger_begin(place->ledger, "reply", 1700000000, &fault) == 0) {
        if (append(place->ledger, four, &outcome, &fault) != 0)
            ledger_rollback(place->ledger);
        else
            assert_int_equal(ledger_commit(place->ledger, &fault), -1);
    }
    assert_string_equal(fault.text, expected.text);
    assert_true(sqlite3_get_autocommit(place->ledger->db));
}

static void what_fails_is_said_with_the_systems_reason(void **state)
{
    static const struct {
        int *fails, error;
        const char *words;
    } rows[] = {
        { &sync_error, EIO, "disk I/O error: Input/output error" },
        { &write_error, EDQUOT, "disk I/O error: Disk quota exceeded" },
        { &write_error, ENOSPC, "database or disk is full" },
        { &read_error, EIO, "disk I/O error: Input/output error" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        *rows[i].fails = rows[i].error;
        must_fail(*state, rows[i].words);
        *rows[i].fails = 0;
    }
}

static void a_ledger_that_cannot_be_made_says_why(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char path[400];
    snprintf(path, sizeof path, "%s/other.db", place->folder);
    write_error = EDQUOT;
    assert_null(ledger_open(path, LEDGER_WRITER, &fault));
    write_error = 0;
    assert_non_null(strstr(fault.text, "/other.db: disk I/O error: Disk quota exceeded"));
}

/* Tables without the schema's constraints, as pages of another one in their place look. */
static void damage(struct place *place, const char *sql)
{
    struct fault fault = { 0 };
    assert_int_equal(
        ledger_execute(place->ledger,
                       "DROP VIEW vintage; DROP VIEW fetched; PRAGMA foreign_keys = OFF;"
                       "CREATE TABLE o AS SELECT * FROM observation; DROP TABLE observation;"
                       "ALTER TABLE o RENAME TO observation;"
                       "CREATE TABLE s AS SELECT * FROM series; DROP TABLE series;"
                       "ALTER TABLE s RENAME TO series; DROP TABLE source_state;"
                       "CREATE TABLE source_state (source, up, last_success_ms, duration_ms);",
                       &fault),
        0);
    assert_int_equal(ledger_execute(place->ledger, sql, &fault), 0);
}

/* Each counts what it is passed. */
static int pass_series(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    ++*(int *)owner;
    assert_non_null(series->figure);
    for (size_t i = 0; i < series->label_count; i++)
        assert_true(series->labels[i].name != NULL && series->labels[i].value != NULL);
    return 0;
}

static int pass_vintage(void *owner, const struct vintage *vintage, struct fault *fault)
{
    (void)vintage;
    (void)fault;
    ++*(int *)owner;
    return 0;
}

static int pass_account(void *owner, const struct account *account, struct fault *fault)
{
    (void)fault;
    ++*(int *)owner;
    assert_non_null(account->source);
    return 0;
}

static int pass_source(void *owner, const struct source_state *state, struct fault *fault)
{
    (void)fault;
    ++*(int *)owner;
    assert_non_null(state->source);
    return 0;
}

enum { WALKS = 6 };

static int walk(struct ledger *ledger, int which, int *passed, struct fault *fault)
{
    const struct recall all = { .series = 1, .known_by = LEDGER_ALWAYS };
    const struct recall in_force = { .series = 1, .known_by = LEDGER_ALWAYS, .in_force = true };
    uint64_t mark = 0;
    int result;
    switch (which) {
    case 0: return ledger_each_series(ledger, 0, pass_series, passed, fault);
    case 1: return ledger_each_in_force(ledger, 1, pass_vintage, passed, fault);
    case 2: return ledger_each_account(ledger, &all, pass_account, passed, fault);
    case 3: return ledger_each_account(ledger, &in_force, pass_account, passed, fault);
    case 4: return ledger_each_source(ledger, pass_source, passed, fault);
    default:
        result = ledger_mark(ledger, 1, &mark, fault);
        *passed = mark != 0;
        return result;
    }
}

static void what_is_damaged_is_said_and_not_read(void **state)
{
    static const struct {
        const char *sql, *what;
    } rows[] = {
        { "UPDATE observation SET time_period = NULL", "an observation" },
        { "UPDATE observation SET comparator = NULL", "an observation" },
        { "UPDATE observation SET obs_status = NULL", "an observation" },
        { "UPDATE observation SET source = 99", "an observation's source" },
        { "UPDATE series SET figure = NULL", "a series" },
        { "UPDATE series SET labels = '{\"stage\":null}'", "a series" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        void *own;
        int passed = 0;
        char words[60];
        struct fault fault = { 0 };
        open_place(&own);
        struct place *place = own;
        say(place->ledger, four);
        damage(place, rows[i].sql);
        for (int which = 0; which < WALKS; which++)
            walk(place->ledger, which, &passed, &fault);
        snprintf(words, sizeof words, "ledger.db: %s is damaged; see PRAGMA", rows[i].what);
        assert_non_null(strstr(fault.text, words));
        close_place(&own);
    }
}

static void nothing_is_judged_by_an_observation_that_is_damaged(void **state)
{
    struct place *place = *state;
    say(place->ledger, four);
    damage(place, "UPDATE observation SET comparator = NULL");
    must_fail(place, "an observation is damaged; see PRAGMA integrity_check");
}

static void what_failed_can_be_said_again(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    int series = 0;
    sync_error = EIO;
    must_fail(place, "disk I/O error: Input/output error");
    assert_int_equal(count_observations(place), 0);
    sync_error = 0;
    assert_int_equal(say(place->ledger, four), LEDGER_RECORDED);
    assert_int_equal(count_observations(place), 1);
    assert_int_equal(ledger_each_series(place->ledger, 0, pass_series, &series, &fault), 0);
    assert_int_equal(series, 1);
}

/* As a disk that fails in the middle: SQLite breaks off after so many of its steps; 0: it does not.
 */
static int steps_left;

static int break_off(void *unused)
{
    (void)unused;
    return steps_left > 0 && --steps_left == 0;
}

static void a_walk_that_breaks_off_is_not_taken_for_whole(void **state)
{
    static const int whole[WALKS] = { 2, 2, 3, 2, 1, 1 };
    static const char *const planned[] = { "440304", "planned" };
    struct ledger *ledger = ((struct place *)*state)->ledger;
    struct observation other = observation_of(&four, planned);
    enum ledger_outcome outcome;
    struct fault fault = { 0 };
    say(ledger, four);
    say(ledger, (struct saying){ .period = "2024-06", .value = "5" });
    say(ledger, (struct saying){ .period = "2024-07", .value = "6" });
    ledger_begin(ledger, "reply", 1700000000, &fault);
    ledger_append(ledger, &other, &outcome, &fault);
    ledger_commit(ledger, &fault);
    ledger_put_source(ledger, &(struct source_state){ "reply", true, 1500, 20 }, &fault);
    assert_string_equal(fault.text, "");
    sqlite3_progress_handler(ledger->db, 1, break_off, NULL);
    for (int which = 0; which < WALKS; which++) {
        int passed = 0, result = -1;
        for (int steps = 1; result != 0; steps++) {
            fault = (struct fault){ 0 };
            passed = 0;
            steps_left = steps;
            result = walk(ledger, which, &passed, &fault);
            assert_true((result == 0) == (fault.text[0] == '\0'));
        }
        assert_int_equal(passed, whole[which]);
    }
}

static void nothing_is_judged_by_a_walk_that_breaks_off(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    enum ledger_outcome outcome = LEDGER_OUTCOMES;
    say(ledger, four);
    sqlite3_progress_handler(ledger->db, 1, break_off, NULL);
    for (int steps = 1, result = -1; result != 0; steps++) {
        struct fault fault = { 0 };
        steps_left = 0;
        assert_int_equal(ledger_begin(ledger, "reply", 1700000000, &fault), 0);
        steps_left = steps;
        result =
            append(ledger, (struct saying){ .period = "2024-06", .value = "5" }, &outcome, &fault);
        steps_left = 0;
        ledger_rollback(ledger);
    }
    assert_int_equal(outcome, LEDGER_REVISED);
}

static void a_transaction_is_left_even_without_memory(void **state)
{
    struct ledger *ledger = ((struct place *)*state)->ledger;
    enum ledger_outcome outcome;
    struct fault fault = { 0 };
    for (int i = 0; i < 4; i++) {
        bool writes = i % 2 == 1;
        assert_int_equal(writes ? ledger_begin(ledger, "reply", 1700000000, &fault)
                                : ledger_freeze(ledger, &fault),
                         0);
        if (writes)
            assert_int_equal(append(ledger, four, &outcome, &fault), 0);
        else
            assert_int_equal(ledger_newest(ledger, &fault), 0);
        sqlite3_hard_heap_limit64(1);
        if (writes)
            ledger_rollback(ledger);
        else
            ledger_thaw(ledger);
        sqlite3_hard_heap_limit64(0);
        assert_true(sqlite3_get_autocommit(ledger->db));
    }
    assert_string_equal(fault.text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_fails_is_said_with_the_systems_reason),
        TEST(what_failed_can_be_said_again),
        TEST(a_ledger_that_cannot_be_made_says_why),
        TEST(what_is_damaged_is_said_and_not_read),
        TEST(nothing_is_judged_by_an_observation_that_is_damaged),
        TEST(a_walk_that_breaks_off_is_not_taken_for_whole),
        TEST(nothing_is_judged_by_a_walk_that_breaks_off),
        TEST(a_transaction_is_left_even_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
