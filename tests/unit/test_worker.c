/* SPDX-License-Identifier: MIT */
/* test_worker.c - jobs in turn, on as many threads as there are, a queue that ends */
#include "../../almanac/worker.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { QUEUE = 8 };

/* Jobs are the letters of a word: done ones are written down as they are, dropped ones as '-'. */
struct desk {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool open; /* while it is not, no job ends */
    int begun;
    char written[64];
};

struct job {
    struct desk *desk;
    char letter;
};

static void write_down(struct desk *desk, char letter)
{
    size_t length = strlen(desk->written);
    assert_true(length + 1 < sizeof desk->written);
    desk->written[length] = letter;
}

static void do_job(void *owner)
{
    struct job *job = owner;
    struct desk *desk = job->desk;
    pthread_mutex_lock(&desk->mutex);
    desk->begun++;
    pthread_cond_broadcast(&desk->changed);
    while (!desk->open)
        pthread_cond_wait(&desk->changed, &desk->mutex);
    write_down(desk, job->letter);
    pthread_mutex_unlock(&desk->mutex);
}

static void drop_job(void *owner)
{
    struct job *job = owner;
    pthread_mutex_lock(&job->desk->mutex);
    write_down(job->desk, '-');
    pthread_mutex_unlock(&job->desk->mutex);
}

static void open_desk(struct desk *desk)
{
    pthread_mutex_lock(&desk->mutex);
    desk->open = true;
    pthread_cond_broadcast(&desk->changed);
    pthread_mutex_unlock(&desk->mutex);
}

/* Gives jobs a, b, c, … until one is not taken, the first being under way. */
static int fill(struct worker *worker, struct desk *desk, struct job *jobs, int count)
{
    int taken = 0;
    while (taken < count) {
        jobs[taken] = (struct job){ desk, (char)('a' + taken) };
        if (!worker_take(worker, &jobs[taken]))
            break;
        taken++;
        pthread_mutex_lock(&desk->mutex);
        while (desk->begun == 0)
            pthread_cond_wait(&desk->changed, &desk->mutex);
        pthread_mutex_unlock(&desk->mutex);
    }
    return taken;
}

static struct worker *begin_with(struct desk *desk, size_t threads)
{
    struct fault fault = { 0 };
    *desk =
        (struct desk){ .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
    struct worker *worker = worker_start(do_job, drop_job, threads, QUEUE, &fault);
    assert_non_null(worker);
    return worker;
}

static struct worker *begin(struct desk *desk)
{
    return begin_with(desk, 1);
}

static void jobs_are_done_in_turn(void **state)
{
    struct desk desk;
    struct job jobs[20];
    struct worker *worker = begin(&desk);
    (void)state;
    assert_int_equal(fill(worker, &desk, jobs, 6), 6);
    open_desk(&desk);
    for (int i = 6; i < 20; i++) { /* more than the ring has places */
        jobs[i] = (struct job){ &desk, (char)('a' + i) };
        while (!worker_take(worker, &jobs[i]))
            continue;
        pthread_mutex_lock(&desk.mutex);
        while (desk.begun <= i)
            pthread_cond_wait(&desk.changed, &desk.mutex);
        pthread_mutex_unlock(&desk.mutex);
    }
    worker_stop(worker);
    assert_string_equal(desk.written, "abcdefghijklmnopqrst");
    worker_free(worker);
}

static void a_full_queue_takes_no_more(void **state)
{
    struct desk desk;
    struct job jobs[20];
    struct worker *worker = begin(&desk);
    (void)state;
    assert_int_equal(fill(worker, &desk, jobs, 20), 1 + QUEUE);
    open_desk(&desk);
    worker_stop(worker);
    worker_free(worker);
}

static void as_many_are_under_way_as_there_are_threads(void **state)
{
    struct desk desk;
    struct job jobs[20];
    struct worker *worker = begin_with(&desk, 3);
    (void)state;
    for (int i = 0; i < 20; i++) {
        jobs[i] = (struct job){ &desk, (char)('a' + i) };
        assert_int_equal(worker_take(worker, &jobs[i]), i < 3 + QUEUE);
        pthread_mutex_lock(&desk.mutex);
        while (desk.begun <= i && desk.begun < 3)
            pthread_cond_wait(&desk.changed, &desk.mutex);
        pthread_mutex_unlock(&desk.mutex);
    }
    poll(NULL, 0, 100);
    assert_int_equal(desk.begun, 3);
    open_desk(&desk);
    worker_stop(worker);
    assert_int_equal(strspn(desk.written, "abc-defghijk"), 3 + QUEUE);
    worker_free(worker);
}

static void *stop_in_a_thread(void *worker)
{
    worker_stop(worker);
    return NULL;
}

static void stopping_ends_the_one_under_way_and_drops_the_others(void **state)
{
    struct desk desk;
    struct job jobs[20];
    pthread_t stopper;
    struct worker *worker = begin(&desk);
    (void)state;
    fill(worker, &desk, jobs, 4);
    pthread_create(&stopper, NULL, stop_in_a_thread, worker);
    poll(NULL, 0, 200); /* until the worker knows */
    open_desk(&desk);
    pthread_join(stopper, NULL);
    assert_string_equal(desk.written, "a---");
    assert_false(worker_take(worker, &jobs[4]));
    worker_free(worker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jobs_are_done_in_turn),
        cmocka_unit_test(a_full_queue_takes_no_more),
        cmocka_unit_test(as_many_are_under_way_as_there_are_threads),
        cmocka_unit_test(stopping_ends_the_one_under_way_and_drops_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
