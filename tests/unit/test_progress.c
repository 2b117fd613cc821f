/* SPDX-License-Identifier: MIT */
/* test_progress.c - who follows a reader sees each step, waits for the next, and learns of the end
 */
#include "../../collector/progress.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { STEPS = 2000 };

static void what_is_there_is_told_without_waiting(void **state)
{
    (void)state;
    struct progress *progress = progress_open();
    progress_reach(progress, 7);
    assert_int_equal(progress_wait(progress, 0), 7);
    assert_int_equal(progress_wait(progress, 6), 7);
    progress_close(progress);
}

static void the_end_is_told_by_no_more_than_was_known(void **state)
{
    (void)state;
    struct progress *progress = progress_open();
    progress_reach(progress, 7);
    progress_end(progress);
    assert_int_equal(progress_wait(progress, 0), 7);
    assert_int_equal(progress_wait(progress, 7), 7);
    assert_int_equal(progress_wait(progress, SIZE_MAX), 7);
    progress_close(progress);
}

/* A reader of its own thread, and what it has read. */
struct walk {
    struct progress *progress;
    size_t read[STEPS];
};

static void *read_on(void *owner)
{
    struct walk *walk = owner;
    for (size_t i = 0; i < STEPS; i++) {
        walk->read[i] = i;
        progress_reach(walk->progress, i + 1);
    }
    progress_end(walk->progress);
    return NULL;
}

static void another_thread_follows_to_the_end(void **state)
{
    (void)state;
    static struct walk walk;
    pthread_t reader;
    size_t i = 0, there = 0;
    walk.progress = progress_open();
    assert_int_equal(pthread_create(&reader, NULL, read_on, &walk), 0);
    for (; i < there || (there = progress_wait(walk.progress, i)) > i; i++)
        assert_int_equal(walk.read[i], i);
    assert_int_equal(i, STEPS);
    pthread_join(reader, NULL);
    progress_close(walk.progress);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_there_is_told_without_waiting),
        cmocka_unit_test(the_end_is_told_by_no_more_than_was_known),
        cmocka_unit_test(another_thread_follows_to_the_end),
    };
    return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
