/* SPDX-License-Identifier: MIT */
/* test_ledger_faults.c - a disk that fails under the ledger is told in words, and costs nothing
 * else */
#include "ledger_place.h"

#include <errno.h>
#include <sys/syscall.h>

/* In the place of libc's: what the next ones fail with; 0: they work. */
static int sync_error, write_error;

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_fails_is_said_with_the_systems_reason),
        TEST(what_failed_can_be_said_again),
        TEST(a_ledger_that_cannot_be_made_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
