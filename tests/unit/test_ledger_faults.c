/* SPDX-License-Identifier: MIT */
/* test_ledger_faults.c - a disk that fails under the ledger is told in words, and costs nothing
 * else */
#include "../../almanac/ledger_history.h"
#include "../../almanac/ledger_private.h"
#include "../../almanac/ledger_source.h"
#include "ledger_place.h"

#include <errno.h>
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

/* The words of the fault with which a report is not recorded. */
static void must_fail(struct place *place, const char *words)
{
    static const char *const built[] = { "440304", "built" };
    struct observation observation = observation_of(&four, built);
    enum ledger_outcome outcome;
    struct fault fault = { 0 }, expected = { 0 };
    fault_set(&expected, "ledger %s: %s", place->path, words);
    assert_true(ledger_begin(place->ledger, "reply", 1700000000, &fault) != 0 ||
                ledger_append(place->ledger, &observation, &outcome, &fault) != 0 ||
                ledger_commit(place->ledger, &fault) != 0);
    assert_string_equal(fault.text, expected.text);
    ledger_rollback(place->ledger);
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

static void what_failed_can_be_said_again(void **state)
{
    struct place *place = *state;
    sync_error = EIO;
    must_fail(place, "disk I/O error: Input/output error");
    assert_int_equal(count_observations(place), 0);
    sync_error = 0;
    assert_int_equal(say(place->ledger, four), LEDGER_RECORDED);
    assert_int_equal(count_observations(place), 1);
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

static int pass_series(void *owner, const struct series *series, struct fault *fault)
{
    (void)owner;
    (void)fault;
    assert_non_null(series->figure);
    for (size_t i = 0; i < series->label_count; i++)
        assert_true(series->labels[i].name != NULL && series->labels[i].value != NULL);
    return 0;
}

static int pass_vintage(void *owner, const struct vintage *vintage, struct fault *fault)
{
    (void)owner;
    (void)vintage;
    (void)fault;
    return 0;
}

static int pass_account(void *owner, const struct account *account, struct fault *fault)
{
    (void)owner;
    (void)fault;
    assert_non_null(account->source);
    return 0;
}

static int pass_source(void *owner, const struct source_state *state, struct fault *fault)
{
    (void)owner;
    (void)fault;
    assert_non_null(state->source);
    return 0;
}

/* What a walk over all that the ledger has ends with. */
static void walk_all(struct ledger *ledger, struct fault *fault)
{
    const struct recall all = { .series = 1, .known_by = LEDGER_ALWAYS };
    const struct recall in_force = { .series = 1, .known_by = LEDGER_ALWAYS, .in_force = true };
    uint64_t mark;
    ledger_each_series(ledger, 0, pass_series, NULL, fault);
    ledger_each_in_force(ledger, 1, pass_vintage, NULL, fault);
    ledger_each_account(ledger, &all, pass_account, NULL, fault);
    ledger_each_account(ledger, &in_force, pass_account, NULL, fault);
    ledger_each_source(ledger, pass_source, NULL, fault);
    ledger_mark(ledger, 1, &mark, fault);
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
        char words[60];
        struct fault fault = { 0 };
        open_place(&own);
        struct place *place = own;
        say(place->ledger, four);
        damage(place, rows[i].sql);
        walk_all(place->ledger, &fault);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_fails_is_said_with_the_systems_reason),
        TEST(what_failed_can_be_said_again),
        TEST(a_ledger_that_cannot_be_made_says_why),
        TEST(what_is_damaged_is_said_and_not_read),
        TEST(nothing_is_judged_by_an_observation_that_is_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
