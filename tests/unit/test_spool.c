/* SPDX-License-Identifier: MIT */
/* test_spool.c - answers from files without a name, and where they end */
#include "../../exporter/spool.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

static int64_t now_ms;

static int64_t steady(void *owner)
{
    (void)owner;
    return now_ms;
}

static const struct clock clock = { .steady = steady };

static struct spool *open_spool(struct spools *spools)
{
    struct fault fault = { 0 };
    struct spool *spool = spool_open(spools, &fault);
    assert_string_equal(fault.text, "");
    return spool;
}

static const char *find_header(void *message, const char *name)
{
    return strcmp(name, "If-None-Match") == 0 ? message : NULL;
}

static void end_with(struct spool *spool, const char *words, const char *if_none_match,
                     struct reply *reply)
{
    char *header = if_none_match == NULL ? NULL : strdup(if_none_match);
    struct request request = { .find_header = find_header, .message = header };
    struct fault fault = { 0 };
    if (words != NULL)
        fault_set(&fault, "%s", words);
    spool_reply(spool, &fault, &request, reply);
    free(header);
}

static void must_send(struct spools *spools, const char *if_none_match, unsigned status)
{
    struct reply reply = { 0 };
    char bytes[32] = "";
    struct spool *spool = open_spool(spools);
    fputs("foo", spool_out(spool));
    fflush(spool_out(spool));
    fputs("bar", spool_out(spool));
    end_with(spool, NULL, if_none_match, &reply);
    assert_int_equal(reply.status, status);
    assert_string_equal(reply.content_type, "application/json");
    assert_string_equal(reply.headers[0].name, "ETag");
    assert_string_equal(reply.headers[0].value, "\"85944171f73967e8\"");
    assert_int_equal(reply.file.size, 6);
    assert_int_equal(pread(reply.file.descriptor, bytes, sizeof bytes, 0), 6);
    assert_string_equal(bytes, "foobar");
    assert_int_equal(atomic_load(&spools->bytes), 6);
    reply_release(&reply);
    assert_int_equal(atomic_load(&spools->bytes), 0);
}

static void must_fail(struct spools *spools, const char *words, unsigned status,
                      const char *expected)
{
    struct reply reply = { 0 };
    struct spool *spool = open_spool(spools);
    size_t before = atomic_load(&spools->bytes);
    fputs("0123456789", spool_out(spool));
    end_with(spool, words, NULL, &reply);
    assert_int_equal(reply.status, status);
    assert_non_null(strstr(reply.head.bytes, expected));
    assert_false(reply.file.there);
    assert_int_equal(atomic_load(&spools->bytes), before);
    reply_release(&reply);
}

static void what_was_written_is_the_answer(void **state)
{
    struct spools spools = { .clock = &clock, .limit = 6, .all_limit = 6 };
    (void)state;
    must_send(&spools, NULL, 200);
    must_send(&spools, "\"85944171f73967e9\"", 200);
    must_send(&spools, "\"85944171f73967e8\"", 304);
}

static void an_empty_answer_is_one(void **state)
{
    struct spools spools = { .clock = &clock };
    struct reply reply = { 0 };
    (void)state;
    end_with(open_spool(&spools), NULL, NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_int_equal(reply.file.size, 0);
    reply_release(&reply);
}

static void beyond_its_limits_it_is_an_error(void **state)
{
    struct spools spools = { .clock = &clock, .limit = 9, .all_limit = 100 };
    (void)state;
    must_fail(&spools, NULL, 422, "the answer is larger than 9 bytes; ask a narrower question");
    must_fail(&spools, "cannot write: File too large", 422, "larger than 9 bytes");
    spools.limit = 10;
    atomic_store(&spools.bytes, 91);
    must_fail(&spools, NULL, 503, "too many answers are on their way; try again shortly");
}

static void who_takes_too_long_is_told(void **state)
{
    struct spools spools = { .clock = &clock, .limit = 10, .all_limit = 10 };
    struct reply reply = { 0 };
    struct spool *spool = open_spool(&spools);
    (void)state;
    now_ms += SPOOL_SECONDS * 1000 + 1;
    fputs("late", spool_out(spool));
    end_with(spool, NULL, NULL, &reply);
    assert_int_equal(reply.status, 503);
    assert_non_null(strstr(reply.head.bytes, "the answer takes longer than 60 s"));
    reply_release(&reply);
}

/* As by a walk that finds nothing. */
static void who_takes_too_long_and_writes_nothing_is_told(void **state)
{
    struct spools spools = { .clock = &clock, .limit = 10, .all_limit = 10 };
    struct reply reply = { 0 };
    struct spool *spool = open_spool(&spools);
    (void)state;
    now_ms += SPOOL_SECONDS * 1000;
    assert_true(spool_goes_on(spool));
    now_ms++;
    assert_false(spool_goes_on(spool));
    end_with(spool, "given up", NULL, &reply);
    assert_int_equal(reply.status, 503);
    assert_non_null(strstr(reply.head.bytes, "the answer takes longer than 60 s"));
    reply_release(&reply);
}

static void what_failed_otherwise_is_said(void **state)
{
    struct spools spools = { .clock = &clock, .limit = 10, .all_limit = 10 };
    (void)state;
    must_fail(&spools, "the ledger is gone", 503, "the ledger is gone\n");
}

/* As when a disk was full for a while. */
static void what_could_not_be_written_once_is_told_at_the_end(void **state)
{
    struct spools spools = { .clock = &clock, .limit = 1000000, .all_limit = 1000000 };
    struct rlimit before, small;
    struct reply reply = { 0 };
    struct spool *spool = open_spool(&spools);
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){ 1000, before.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    fprintf(spool_out(spool), "%5000d", 1);
    assert_int_equal(fflush(spool_out(spool)), EOF);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    errno = 0;
    end_with(spool, NULL, NULL, &reply);
    assert_int_equal(reply.status, 503);
    assert_non_null(strstr(reply.head.bytes, "cannot write the answer: File too large"));
    reply_release(&reply);
}

static void without_a_folder_there_is_no_spool(void **state)
{
    struct spools spools = { .clock = &clock };
    struct fault fault = { 0 };
    char *before = getenv("TMPDIR") == NULL ? NULL : strdup(getenv("TMPDIR"));
    (void)state;
    setenv("TMPDIR", "/nowhere", 1);
    assert_null(spool_open(&spools, &fault));
    assert_string_equal(fault.text, "cannot make a file for the answer in the folder of temporary "
                                    "files: No such file or directory");
    if (before == NULL)
        unsetenv("TMPDIR");
    else
        setenv("TMPDIR", before, 1);
    free(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_the_answer),
        cmocka_unit_test(an_empty_answer_is_one),
        cmocka_unit_test(beyond_its_limits_it_is_an_error),
        cmocka_unit_test(who_takes_too_long_is_told),
        cmocka_unit_test(who_takes_too_long_and_writes_nothing_is_told),
        cmocka_unit_test(what_failed_otherwise_is_said),
        cmocka_unit_test(what_could_not_be_written_once_is_told_at_the_end),
        cmocka_unit_test(without_a_folder_there_is_no_spool),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
