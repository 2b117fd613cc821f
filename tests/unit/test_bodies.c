/* SPDX-License-Identifier: MIT */
/* test_bodies.c - bodies are kept once, by their hash, and the oldest go first */
#include "../../collector/bodies.h"

#include "../../almanac/file.h"
#include "../../almanac/gzip.h"
#include "scratch.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { NOW = 1795392000, DAY = 86400 };

static const struct bodies_limits plenty = { INT64_C(1) << 40, 100LL * 365 * DAY };

static int open_store(void **state)
{
    *state = malloc(SCRATCH_PATH);
    make_scratch("bodies", *state);
    return 0;
}

static int close_store(void **state)
{
    remove_scratch(*state);
    free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_store, close_store)

static void draft(struct body *body, const char *folder, const char *content)
{
    struct fault fault = { 0 };
    struct text bytes = { 0 };
    text_put(&bytes, content);
    assert_int_equal(body_draft(body, folder, &bytes, plenty.size, &fault), 0);
    assert_string_equal(fault.text, "");
    text_free(&bytes);
}

static void end(struct body *body, bool is_kept)
{
    struct fault fault = { 0 };
    body_end(body, is_kept, &fault);
    assert_string_equal(fault.text, "");
}

/* Keeps it as of so many days ago; its path, to be passed to free(). */
static char *keep(const char *folder, const char *content, int days)
{
    struct body body;
    draft(&body, folder, content);
    char *place = strdup(body.place);
    end(&body, true);
    struct timespec times[2] = { { NOW - days * DAY, 0 }, { NOW - days * DAY, 0 } };
    assert_int_equal(utimensat(AT_FDCWD, place, times, 0), 0);
    return place;
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

static void a_body_is_found_by_its_hash(void **state)
{
    struct body body;
    struct fault fault = { 0 };
    struct text member = { 0 }, bytes = { 0 };
    char expected[400];
    draft(&body, *state, "abc");
    assert_string_equal(body.sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    snprintf(expected, sizeof expected, "%s/ba/%s.gz", (char *)*state, body.sha256);
    assert_string_equal(body.place, expected);
    assert_false(is_there(expected));
    end(&body, true);
    assert_int_equal(file_read(expected, 0, &member, &fault), 0);
    assert_int_equal(gzip_inflate(&bytes, member.bytes, member.size, &fault), 0);
    assert_string_equal(bytes.bytes, "abc");
    text_free(&member);
    text_free(&bytes);
}

static void one_that_brought_nothing_leaves_nothing(void **state)
{
    struct body body;
    draft(&body, *state, "abc");
    char *path = strdup(body.draft);
    assert_true(is_there(path));
    end(&body, false);
    assert_false(is_there(path));
    free(path);
}

static void the_same_again_is_not_written_again(void **state)
{
    struct body body;
    char *place = keep(*state, "abc", 3);
    draft(&body, *state, "abc");
    assert_null(body.draft);
    end(&body, false);
    assert_true(is_there(place));
    free(place);
}

static void what_is_news_again_is_as_young_as_its_news(void **state)
{
    struct body body;
    struct stat was, is;
    char *place = keep(*state, "abc", 10000);
    assert_int_equal(stat(place, &was), 0);
    draft(&body, *state, "abc");
    end(&body, true);
    assert_int_equal(stat(place, &is), 0);
    assert_true(is.st_mtim.tv_sec > was.st_mtim.tv_sec);
    free(place);
}

static void what_is_too_old_goes(void **state)
{
    struct bodies_limits limits = { plenty.size, 10 * DAY };
    char *old = keep(*state, "old", 11), *young = keep(*state, "young", 9);
    bodies_prune(*state, &limits, NOW);
    assert_false(is_there(old));
    assert_true(is_there(young));
    free(old);
    free(young);
}

static void the_oldest_go_until_the_others_fit(void **state)
{
    char *first = keep(*state, "1", 3), *second = keep(*state, "2", 2),
         *third = keep(*state, "3", 1);
    struct stat status;
    assert_int_equal(stat(first, &status), 0);
    struct bodies_limits limits = { 2 * status.st_size, plenty.age };
    bodies_prune(*state, &limits, NOW);
    assert_false(is_there(first));
    assert_true(is_there(second) && is_there(third));
    free(first);
    free(second);
    free(third);
}

static void one_that_may_not_stay_takes_no_room(void **state)
{
    struct body body;
    struct stat status;
    char *kept = keep(*state, "abc", 3);
    assert_int_equal(stat(kept, &status), 0);
    struct bodies_limits limits = { status.st_size, plenty.age };
    draft(&body, *state, "another one");
    char *half = malloc(strlen(body.draft) + 8);
    sprintf(half, "%s.new", body.draft);
    assert_int_equal(file_replace(half, "12345", 5, &(struct fault){ 0 }), 0);
    bodies_prune(*state, &limits, NOW);
    assert_true(is_there(kept) && is_there(half));
    end(&body, false);
    free(half);
    free(kept);
}

static void one_that_has_no_room_at_all_is_not_kept(void **state)
{
    struct body body;
    struct fault fault = { 0 };
    struct text bytes = { 0 };
    text_put(&bytes, "abc");
    assert_int_equal(body_draft(&body, *state, &bytes, 10, &fault), 0);
    assert_int_equal(strlen(body.sha256), DIGEST_TEXT - 1);
    assert_null(body.draft);
    end(&body, true);
    text_free(&bytes);
}

static void the_same_from_two_has_two_drafts_and_one_place(void **state)
{
    struct body one, other;
    draft(&one, *state, "abc");
    draft(&other, *state, "abc");
    assert_string_not_equal(one.draft, other.draft);
    char *place = strdup(one.place);
    end(&one, false);
    end(&other, true);
    assert_true(is_there(place));
    free(place);
}

static void a_draft_is_left_alone_until_nobody_can_be_writing_it(void **state)
{
    struct body body;
    struct stat status;
    draft(&body, *state, "abc");
    assert_int_equal(stat(body.draft, &status), 0);
    struct bodies_limits none = { 0, 1 };
    bodies_prune(*state, &none, status.st_mtime + 60);
    assert_true(is_there(body.draft));
    bodies_prune(*state, &none, status.st_mtime + DAY);
    assert_false(is_there(body.draft) || is_there(body.place)); /* as no bodies are kept */
    end(&body, false);
}

static void an_abandoned_draft_takes_the_place_that_the_ledger_names(void **state)
{
    struct body body;
    struct stat status;
    struct fault fault = { 0 };
    draft(&body, *state, "abc");
    assert_int_equal(stat(body.draft, &status), 0);
    char *place = strdup(body.place), *path = strdup(body.draft);
    assert_int_equal(mkdir(place, 0755), 0);
    assert_false(body_end(&body, true, &fault));
    assert_non_null(strstr(fault.text, "Is a directory"));
    assert_int_equal(rmdir(place), 0);
    bodies_prune(*state, &plenty, status.st_mtime + 60);
    assert_true(is_there(path) && !is_there(place));
    bodies_prune(*state, &plenty, status.st_mtime + DAY);
    assert_true(is_there(place) && !is_there(path));
    free(place);
    free(path);
}

static void one_that_is_empty_or_was_written_by_half_goes(void **state)
{
    struct body body;
    struct stat status;
    draft(&body, *state, "abc");
    assert_int_equal(stat(body.draft, &status), 0);
    char *place = strdup(body.place), *half = malloc(strlen(body.draft) + 8);
    sprintf(half, "%s.new", body.draft);
    assert_int_equal(file_write(half, "123", 3, &(struct fault){ 0 }), 0);
    assert_int_equal(truncate(body.draft, 0), 0);
    bodies_prune(*state, &plenty, status.st_mtime + DAY);
    assert_false(is_there(half) || is_there(body.draft) || is_there(place));
    end(&body, false);
    free(half);
    free(place);
}

static void a_folder_that_cannot_be_made_is_a_fault(void **state)
{
    struct body body;
    struct fault fault = { 0 };
    struct text bytes = { 0 };
    char folder[300], expected[400];
    snprintf(folder, sizeof folder, "%s/none/bodies", (char *)*state);
    snprintf(expected, sizeof expected, "cannot make the folder %s: No such file or directory",
             folder);
    text_put(&bytes, "abc");
    assert_int_equal(body_draft(&body, folder, &bytes, plenty.size, &fault), -1);
    assert_string_equal(fault.text, expected);
    end(&body, false);
    text_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_body_is_found_by_its_hash),
        TEST(one_that_brought_nothing_leaves_nothing),
        TEST(the_same_again_is_not_written_again),
        TEST(what_is_news_again_is_as_young_as_its_news),
        TEST(what_is_too_old_goes),
        TEST(the_oldest_go_until_the_others_fit),
        TEST(one_that_may_not_stay_takes_no_room),
        TEST(one_that_has_no_room_at_all_is_not_kept),
        TEST(the_same_from_two_has_two_drafts_and_one_place),
        TEST(a_draft_is_left_alone_until_nobody_can_be_writing_it),
        TEST(an_abandoned_draft_takes_the_place_that_the_ledger_names),
        TEST(one_that_is_empty_or_was_written_by_half_goes),
        TEST(a_folder_that_cannot_be_made_is_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
