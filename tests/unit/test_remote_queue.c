/* SPDX-License-Identifier: MIT */
/* test_remote_queue.c - remote reads wait for their turn, and none is left without an answer */
#include "../../exporter/answers.h"
#include "ledger_place.h"
#include "remote.pb-c.h"
#include "remote_client.h"

#include <fcntl.h>
#include <semaphore.h>

enum { MANY = 2 * REMOTE_QUEUE };

struct stage {
    const struct clock *clock; /* NULL: the system's */
    struct settings *settings;
    struct log log;
    struct answers answers;
    struct block block; /* asks for everything */
    sem_t finished;
};

static void finish(void *message)
{
    sem_post(message);
}

/* So many times for everything but what a regular expression finds, where it is not NULL. */
static struct block block_of_queries(size_t count, const char *regex)
{
    Remote__LabelMatcher matcher = REMOTE__LABEL_MATCHER__INIT, *matchers[] = { &matcher };
    Remote__Query query = REMOTE__QUERY__INIT, *queries[REMOTE_QUERIES];
    Remote__ReadRequest message = REMOTE__READ_REQUEST__INIT;
    query.end_timestamp_ms = INT64_C(4000000000000);
    query.matchers = matchers;
    query.n_matchers = regex != NULL;
    matcher.type = REMOTE__LABEL_MATCHER__TYPE__NRE;
    matcher.name = bytes_of("stage");
    matcher.value = bytes_of(regex != NULL ? regex : "");
    for (size_t i = 0; i < count; i++)
        queries[i] = &query;
    message.n_queries = count;
    message.queries = queries;
    return block_of_message(&message.base);
}

static void open_stage(struct stage *stage, const struct place *place, const char *ledger_path,
                       size_t sending)
{
    struct fault fault = { 0 };
    stage->block = block_of_queries(1, NULL);
    stage->log = (struct log){ .fd = open("/dev/null", O_WRONLY), .clock = &clock_system };
    stage->settings = load_settings(place);
    sem_init(&stage->finished, 0, 0);
    stage->answers.follower =
        follower_start(ledger_path, stage->settings, true, &stage->log, &fault);
    stage->answers.remote_queue =
        remote_queue_start(ledger_path, stage->answers.follower,
                           stage->clock != NULL ? stage->clock : &clock_system, sending, &fault);
    assert_string_equal(fault.text, "");
}

static void close_stage(struct stage *stage)
{
    remote_queue_free(stage->answers.remote_queue);
    follower_stop(stage->answers.follower);
    settings_free(stage->settings);
    close(stage->log.fd);
    sem_destroy(&stage->finished);
    free(stage->block.bytes);
}

static void ask(struct stage *stage, struct request *request, struct reply *reply)
{
    *request = (struct request){ .body = { stage->block.bytes, stage->block.size },
                                 .finish = finish,
                                 .message = &stage->finished };
    *reply = (struct reply){ 0 };
    remote_queue_answer(&stage->answers, request, reply);
}

static void must_say(struct reply *reply, unsigned status, const char *words)
{
    assert_int_equal(reply->status, status);
    assert_non_null(memmem(reply->head.bytes, reply->head.size, words, strlen(words)));
    reply_release(reply);
}

static void a_read_is_answered_from_the_ledger(void **state)
{
    struct place *place = *state;
    struct stage stage = { 0 };
    struct request request;
    struct reply reply;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    open_stage(&stage, place, place->path, REMOTE_SENDING_BYTES);
    for (size_t i = 0; i < 3; i++) {
        ask(&stage, &request, &reply);
        sem_wait(&stage.finished);
        must_say(&reply, 200, "built");
    }
    remote_queue_stop(stage.answers.remote_queue);
    close_stage(&stage);
}

static void another_file_in_its_place_is_read_from_then_on(void **state)
{
    static const char *const planned[] = { "440304", "planned" };
    struct place *place = *state;
    struct stage stage = { 0 };
    struct request request;
    struct reply reply;
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    char command[1100];
    struct saying saying = { .period = "2024-06", .value = "4" };
    struct observation observation = observation_of(&saying, planned);
    say(place->ledger, saying);
    open_stage(&stage, place, place->path, REMOTE_SENDING_BYTES);
    ask(&stage, &request, &reply);
    sem_wait(&stage.finished);
    must_say(&reply, 200, "built");
    ledger_close(place->ledger);
    snprintf(command, sizeof command, "rm '%s' '%s-wal' '%s-shm'", place->path, place->path,
             place->path);
    assert_int_equal(system(command), 0);
    place->ledger = ledger_open(place->path, LEDGER_WRITER, &fault);
    assert_int_equal(ledger_begin(place->ledger, "reply", 1700000000, &fault), 0);
    assert_int_equal(ledger_append(place->ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_commit(place->ledger, &fault), 0);
    ask(&stage, &request, &reply);
    sem_wait(&stage.finished);
    must_say(&reply, 200, "planned");
    remote_queue_stop(stage.answers.remote_queue);
    close_stage(&stage);
}

static void no_more_is_begun_before_enough_is_sent(void **state)
{
    struct place *place = *state;
    struct stage stage = { 0 };
    struct request requests[3];
    struct reply replies[3];
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    open_stage(&stage, place, place->path, 10);
    for (size_t i = 0; i < 3; i++) {
        if (i == 2)
            must_say(&replies[0], 200, "built"); /* sent */
        if (i == 2)
            must_say(&replies[1], 503, "too much of earlier answers is not sent yet");
        ask(&stage, &requests[i], &replies[i]);
        sem_wait(&stage.finished);
    }
    must_say(&replies[2], 200, "built");
    remote_queue_stop(stage.answers.remote_queue);
    close_stage(&stage);
}

static void each_of_many_is_answered_though_the_queue_stops(void **state)
{
    struct place *place = *state;
    struct stage stage = { 0 };
    struct request *requests = calloc(MANY + 1, sizeof *requests);
    struct reply *replies = calloc(MANY + 1, sizeof *replies);
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    open_stage(&stage, place, place->path, REMOTE_SENDING_BYTES);
    for (size_t i = 0; i < MANY; i++)
        ask(&stage, &requests[i], &replies[i]);
    remote_queue_stop(stage.answers.remote_queue);
    ask(&stage, &requests[MANY], &replies[MANY]);
    for (size_t i = 0; i <= MANY; i++)
        sem_wait(&stage.finished);
    for (size_t i = 0; i <= MANY; i++) {
        assert_true(replies[i].status == 200 || replies[i].status == 503);
        reply_release(&replies[i]);
    }
    close_stage(&stage);
    free(requests);
    free(replies);
}

static int64_t wall(void *owner)
{
    (void)owner;
    return INT64_C(1700000000000);
}

/* Tells who waits for it that a read is under way. */
static int64_t steady(void *owner)
{
    sem_post(owner);
    return 0;
}

static void a_read_under_way_is_given_up_when_the_queue_stops(void **state)
{
    sem_t looks;
    const struct clock clock = { wall, steady, &looks };
    struct place *place = *state;
    struct stage stage = { .clock = &clock };
    struct request request;
    struct reply reply;
    sem_init(&looks, 0, 0);
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    open_stage(&stage, place, place->path, REMOTE_SENDING_BYTES);
    free(stage.block.bytes);
    stage.block = block_of_queries(REMOTE_QUERIES, "(?:b?u?i?l?t?){400}[bc]");
    ask(&stage, &request, &reply);
    for (size_t i = 0; i < 10; i++)
        sem_wait(&looks);
    remote_queue_stop(stage.answers.remote_queue);
    sem_wait(&stage.finished);
    must_say(&reply, 503, "the server is stopping");
    close_stage(&stage);
    sem_destroy(&looks);
}

/* Each look finds it more than a client's patience later. */
static int64_t leaping(void *owner)
{
    int64_t *now = owner;
    return *now += REMOTE_PATIENCE_MS + 1;
}

static void one_that_waited_longer_than_its_client_is_not_begun(void **state)
{
    int64_t now = 0;
    const struct clock clock = { wall, leaping, &now };
    struct place *place = *state;
    struct stage stage = { .clock = &clock };
    struct request request;
    struct reply reply;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    open_stage(&stage, place, place->path, REMOTE_SENDING_BYTES);
    ask(&stage, &request, &reply);
    sem_wait(&stage.finished);
    must_say(&reply, 503, "others take too long; try again shortly");
    remote_queue_stop(stage.answers.remote_queue);
    close_stage(&stage);
}

static void without_a_ledger_there_are_words(void **state)
{
    struct place *place = *state;
    struct stage stage = { 0 };
    struct request request;
    struct reply reply;
    char nowhere[400];
    snprintf(nowhere, sizeof nowhere, "%s/nowhere.db", place->folder);
    open_stage(&stage, place, nowhere, REMOTE_SENDING_BYTES);
    ask(&stage, &request, &reply);
    sem_wait(&stage.finished);
    must_say(&reply, 503, "nowhere.db");
    remote_queue_stop(stage.answers.remote_queue);
    close_stage(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_read_is_answered_from_the_ledger),
        TEST(another_file_in_its_place_is_read_from_then_on),
        TEST(no_more_is_begun_before_enough_is_sent),
        TEST(each_of_many_is_answered_though_the_queue_stops),
        TEST(a_read_under_way_is_given_up_when_the_queue_stops),
        TEST(one_that_waited_longer_than_its_client_is_not_begun),
        TEST(without_a_ledger_there_are_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
