/* SPDX-License-Identifier: MIT */
/* test_remote_answer.c - answers are read back by snappy and protobuf-c as what was put in */
#include "../../exporter/remote_answer.h"
#include "remote.pb-c.h"
#include "remote_client.h"

#include <stdio.h>

static int new_answer(void **state)
{
    *state = calloc(1, sizeof(struct remote_answer));
    assert_non_null(*state);
    remote_answer_begin(*state);
    return 0;
}

static int free_answer(void **state)
{
    text_free(&((struct remote_answer *)*state)->body);
    free(*state);
    return 0;
}

static Remote__ReadResponse *must_unpack(struct remote_answer *answer)
{
    remote_answer_end(answer);
    assert_false(text_failed(&answer->body));
    return message_of(&remote__read_response__descriptor, answer->body.bytes, answer->body.size);
}

static void nothing_is_an_empty_message(void **state)
{
    Remote__ReadResponse *response = must_unpack(*state);
    assert_int_equal(response->n_results, 0);
    remote__read_response__free_unpacked(response, NULL);
}

static void each_query_has_its_result_if_only_an_empty_one(void **state)
{
    struct remote_answer *answer = *state;
    for (size_t i = 0; i < 3; i++) {
        remote_answer_begin_query(answer);
        if (i == 1) {
            remote_answer_begin_series(answer);
            remote_answer_label(answer, "__name__", "平台");
            remote_answer_label(answer, "stage", "");
            remote_answer_sample(answer, -1, -0.5);
            remote_answer_sample(answer, INT64_C(1700000000123), 1e300);
            remote_answer_end_series(answer);
        }
        remote_answer_end_query(answer);
    }
    Remote__ReadResponse *response = must_unpack(answer);
    assert_int_equal(response->n_results, 3);
    assert_int_equal(response->results[0]->n_timeseries, 0);
    assert_int_equal(response->results[1]->n_timeseries, 1);
    assert_int_equal(response->results[2]->n_timeseries, 0);
    const Remote__TimeSeries *series = response->results[1]->timeseries[0];
    assert_int_equal(series->n_labels, 2);
    assert_string_equal(series->labels[0]->name, "__name__");
    assert_string_equal(series->labels[0]->value, "平台");
    assert_string_equal(series->labels[1]->value, "");
    assert_int_equal(series->n_samples, 2);
    assert_true(series->samples[0]->timestamp == -1 && series->samples[0]->value == -0.5);
    assert_true(series->samples[1]->timestamp == INT64_C(1700000000123));
    assert_true(series->samples[1]->value == 1e300);
    remote__read_response__free_unpacked(response, NULL);
}

/* Of as many samples as its number says; their sizes are such that they lie across fragments. */
static void put_series(struct remote_answer *answer, size_t number)
{
    char name[32];
    snprintf(name, sizeof name, "%zu", number);
    remote_answer_begin_series(answer);
    remote_answer_label(answer, "number", name);
    for (size_t i = 0; i < number; i++)
        remote_answer_sample(answer, (int64_t)1 << i % 63, (double)i);
    remote_answer_end_series(answer);
}

static void check_series(const Remote__TimeSeries *series, size_t number)
{
    assert_int_equal(strtoul(series->labels[0]->value, NULL, 10), number);
    assert_int_equal(series->n_samples, number);
    for (size_t i = 0; i < number; i++)
        if (series->samples[i]->timestamp != (int64_t)1 << i % 63 ||
            series->samples[i]->value != (double)i)
            fail_msg("series %zu, sample %zu", number, i);
}

static void lengths_are_right_wherever_fragments_end(void **state)
{
    static const size_t numbers[] = { 20000, 0, 1, 3000, 50000, 3500, 2 };
    enum { MANY = 3000, FEW = sizeof numbers / sizeof *numbers };
    struct remote_answer *answer = *state;
    remote_answer_begin_query(answer);
    for (size_t i = 0; i < MANY; i++)
        put_series(answer, i % 7);
    remote_answer_end_query(answer);
    remote_answer_begin_query(answer);
    for (size_t i = 0; i < FEW; i++)
        put_series(answer, numbers[i]);
    remote_answer_end_query(answer);
    Remote__ReadResponse *response = must_unpack(answer);
    assert_int_equal(response->results[0]->n_timeseries, MANY);
    for (size_t i = 0; i < MANY; i++)
        check_series(response->results[0]->timeseries[i], i % 7);
    assert_int_equal(response->results[1]->n_timeseries, FEW);
    for (size_t i = 0; i < FEW; i++)
        check_series(response->results[1]->timeseries[i], numbers[i]);
    remote__read_response__free_unpacked(response, NULL);
}

static void a_value_longer_than_a_fragment_is_whole(void **state)
{
    struct remote_answer *answer = *state;
    size_t size = 3 * REMOTE_FRAGMENT;
    char *value = malloc(size + 1);
    assert_non_null(value);
    for (size_t i = 0; i < size; i++)
        value[i] = (char)('a' + i * i % 23);
    value[size] = '\0';
    remote_answer_begin_query(answer);
    remote_answer_begin_series(answer);
    remote_answer_label(answer, "long", value);
    remote_answer_end_series(answer);
    remote_answer_end_query(answer);
    Remote__ReadResponse *response = must_unpack(answer);
    assert_string_equal(response->results[0]->timeseries[0]->labels[0]->value, value);
    remote__read_response__free_unpacked(response, NULL);
    free(value);
}

static void beyond_its_limit_it_has_failed(void **state)
{
    struct remote_answer *answer = *state;
    answer->body.limit = 1000;
    remote_answer_begin_query(answer);
    put_series(answer, 50000);
    remote_answer_end_query(answer);
    remote_answer_end(answer);
    assert_true(text_failed(&answer->body));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, new_answer, free_answer)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(nothing_is_an_empty_message),
        CASE(each_query_has_its_result_if_only_an_empty_one),
        CASE(lengths_are_right_wherever_fragments_end),
        CASE(a_value_longer_than_a_fragment_is_whole),
        CASE(beyond_its_limit_it_has_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
