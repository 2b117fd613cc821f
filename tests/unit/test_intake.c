/* SPDX-License-Identifier: MIT */
/* test_intake.c - deliveries of many threads reach the ledger, and each learns what became of it */
#include "../../collector/intake.h"

#include "ledger_place.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { THREADS = 8, EACH = 50 };

struct hall {
    struct intake *intake;
    struct settings *settings;
    atomic_int recorded, failed;
};

static void note(struct delivery *delivery)
{
    struct hall *hall = delivery->owner;
    atomic_fetch_add(delivery->recorded ? &hall->recorded : &hall->failed, 1);
    delivery_free(delivery);
}

static struct delivery *a_delivery(struct hall *hall, const char *stage)
{
    static const struct form json;
    char document[200];
    int size = snprintf(document, sizeof document,
                        "{\"figure\":\"platforms\",\"labels\":{\"stage\":\"%s\"},"
                        "\"time_period\":\"2024\",\"obs_value\":1}",
                        stage);
    struct delivery *delivery = delivery_new(stage, hall->settings, &json, 1795392000);
    delivery_read(delivery, document, (size_t)size);
    delivery->done = note;
    delivery->owner = hall;
    return delivery;
}

static void open_hall(struct hall *hall)
{
    struct fault fault = { 0 };
    *hall = (struct hall){ .intake = intake_open(&fault),
                           .settings = settings_load("tests/data/small.yaml", &fault) };
    assert_string_equal(fault.text, "");
}

static void close_hall(struct hall *hall)
{
    intake_close(hall->intake);
    settings_free(hall->settings);
}

static void *push(void *owner)
{
    struct hall *hall = owner;
    for (int i = 0; i < EACH; i++) {
        char stage[40];
        snprintf(stage, sizeof stage, "%lx-%d", (unsigned long)pthread_self(), i);
        if (!intake_put(hall->intake, a_delivery(hall, stage)))
            return hall;
    }
    return NULL;
}

static bool is_readable(const struct hall *hall)
{
    struct pollfd wait = { .fd = intake_fd(hall->intake), .events = POLLIN };
    return poll(&wait, 1, 0) > 0;
}

static void what_many_threads_bring_is_recorded_and_acknowledged(void **state)
{
    struct place *place = *state;
    struct hall hall;
    pthread_t threads[THREADS];
    open_hall(&hall);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, push, &hall), 0);
    while (atomic_load(&hall.recorded) < THREADS * EACH) {
        struct pollfd wait = { .fd = intake_fd(hall.intake), .events = POLLIN };
        assert_int_equal(poll(&wait, 1, 60000), 1);
        intake_record(hall.intake, place->ledger, -1);
    }
    for (int i = 0; i < THREADS; i++) {
        void *full;
        pthread_join(threads[i], &full);
        assert_null(full);
    }
    assert_int_equal(atomic_load(&hall.failed), 0);
    assert_int_equal(count_observations(place), THREADS * EACH);
    assert_false(is_readable(&hall));
    close_hall(&hall);
}

static void the_descriptor_is_readable_while_something_waits(void **state)
{
    struct place *place = *state;
    struct hall hall;
    open_hall(&hall);
    assert_false(is_readable(&hall));
    assert_true(intake_put(hall.intake, a_delivery(&hall, "a")));
    assert_true(is_readable(&hall));
    assert_int_equal(intake_waiting(hall.intake), 1);
    intake_record(hall.intake, place->ledger, -1);
    assert_false(is_readable(&hall));
    assert_int_equal(intake_waiting(hall.intake), 0);
    close_hall(&hall);
}

static void one_that_gives_way_to_a_signal_is_recorded_afterwards(void **state)
{
    struct place *place = *state;
    struct hall hall;
    int ends[2];
    open_hall(&hall);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "!", 1), 1);
    struct delivery *delivery = a_delivery(&hall, "a");
    delivery->yields = true;
    assert_true(intake_put(hall.intake, delivery));
    intake_record(hall.intake, place->ledger, ends[0]);
    assert_int_equal(atomic_load(&hall.recorded) + atomic_load(&hall.failed), 0);
    assert_true(is_readable(&hall));
    intake_record(hall.intake, place->ledger, -1);
    assert_int_equal(atomic_load(&hall.recorded), 1);
    assert_int_equal(count_observations(place), 1);
    close(ends[0]);
    close(ends[1]);
    close_hall(&hall);
}

static void a_full_intake_takes_no_more(void **state)
{
    struct place *place = *state;
    struct hall hall;
    open_hall(&hall);
    for (int i = 0; i < INTAKE_WAITING; i++)
        assert_true(intake_put(hall.intake, a_delivery(&hall, "a")));
    struct delivery *more = a_delivery(&hall, "b");
    assert_false(intake_put(hall.intake, more));
    assert_true(more->turned_away);
    assert_string_equal(more->fault.text,
                        "too many reports wait to be recorded; try again shortly");
    delivery_free(more);
    intake_record(hall.intake, place->ledger, -1);
    assert_int_equal(atomic_load(&hall.recorded), INTAKE_WAITING);
    close_hall(&hall);
}

static void there_is_always_room_for_what_was_fetched(void **state)
{
    struct place *place = *state;
    struct hall hall;
    open_hall(&hall);
    for (int i = 0; i < INTAKE_WAITING; i++)
        assert_true(intake_put(hall.intake, a_delivery(&hall, "a")));
    struct delivery *fetched = a_delivery(&hall, "b");
    fetched->yields = true;
    assert_true(intake_put(hall.intake, fetched));
    intake_record(hall.intake, place->ledger, -1);
    assert_int_equal(atomic_load(&hall.recorded), INTAKE_WAITING + 1);
    close_hall(&hall);
}

static void who_stops_gives_back_what_waits(void **state)
{
    struct place *place = *state;
    struct hall hall;
    open_hall(&hall);
    assert_true(intake_put(hall.intake, a_delivery(&hall, "a")));
    intake_stop(hall.intake);
    assert_int_equal(atomic_load(&hall.failed), 1);
    struct delivery *late = a_delivery(&hall, "b");
    assert_false(intake_put(hall.intake, late));
    assert_true(late->turned_away);
    assert_string_equal(late->fault.text, "the collector is stopping; nothing of it is recorded");
    delivery_free(late);
    assert_int_equal(count_observations(place), 0);
    close_hall(&hall);
}

static void *judge(void *owner)
{
    struct delivery *delivery = owner;
    struct timespec moment = { .tv_nsec = 50000000 };
    nanosleep(&moment, NULL); /* until the other waits, most likely */
    delivery_judged(delivery);
    return NULL;
}

static void who_stops_waits_for_one_that_is_still_read(void **state)
{
    (void)state;
    struct hall hall;
    pthread_t reader;
    open_hall(&hall);
    struct delivery *delivery = a_delivery(&hall, "a");
    delivery_ahead(delivery);
    assert_true(intake_put(hall.intake, delivery));
    assert_int_equal(pthread_create(&reader, NULL, judge, delivery), 0);
    intake_stop(hall.intake);
    pthread_join(reader, NULL);
    assert_int_equal(atomic_load(&hall.failed), 1);
    close_hall(&hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_many_threads_bring_is_recorded_and_acknowledged),
        TEST(the_descriptor_is_readable_while_something_waits),
        TEST(one_that_gives_way_to_a_signal_is_recorded_afterwards),
        TEST(a_full_intake_takes_no_more),
        TEST(there_is_always_room_for_what_was_fetched),
        TEST(who_stops_gives_back_what_waits),
        TEST(who_stops_waits_for_one_that_is_still_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
