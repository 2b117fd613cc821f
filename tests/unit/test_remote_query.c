/* SPDX-License-Identifier: MIT */
/* test_remote_query.c - what requests are read as, and what is said of those that are none */
#include "../../exporter/remote_query.h"
#include "remote.pb-c.h"
#include "remote_client.h"

/* Reads the block, and frees it. */
static int read_block(struct block block, struct remote_request *request, struct fault *fault)
{
    int result = remote_request_read(request, block.bytes, block.size, fault);
    free(block.bytes);
    return result;
}

static void must_refuse(const Remote__ReadRequest *message, const char *words)
{
    struct remote_request request = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(read_block(block_of_message(&message->base), &request, &fault), -1);
    assert_string_equal(fault.text, words);
    remote_request_free(&request);
}

static void must_refuse_bytes(const void *bytes, size_t size, const char *words)
{
    struct remote_request request = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(remote_request_read(&request, bytes, size, &fault), -1);
    assert_string_equal(fault.text, words);
    remote_request_free(&request);
}

/* One query with two matchers, to be spoilt. */
struct example {
    Remote__LabelMatcher matcher, name, *matchers[2];
    Remote__ReadHints hints;
    Remote__Query query, *queries[1];
    Remote__ReadRequest request;
    Remote__ReadRequest__ResponseType accepted[2];
};

static void set_example(struct example *example)
{
    *example = (struct example){ .matcher = REMOTE__LABEL_MATCHER__INIT,
                                 .name = REMOTE__LABEL_MATCHER__INIT,
                                 .hints = REMOTE__READ_HINTS__INIT,
                                 .query = REMOTE__QUERY__INIT,
                                 .request = REMOTE__READ_REQUEST__INIT,
                                 .accepted = { 1, 0 } };
    example->matcher.type = REMOTE__LABEL_MATCHER__TYPE__NRE;
    example->matcher.name = bytes_of("stage");
    example->matcher.value = bytes_of("福.*");
    example->name.name = bytes_of("__name__");
    example->name.value = bytes_of("pilot_platforms");
    example->matchers[0] = &example->matcher;
    example->matchers[1] = &example->name;
    example->hints.step_ms = 60000;
    example->hints.func = bytes_of("max_over_time");
    example->hints.start_ms = -5;
    example->hints.end_ms = 7;
    example->hints.range_ms = 300000;
    example->query.start_timestamp_ms = -6;
    example->query.end_timestamp_ms = 8;
    example->query.matchers = example->matchers;
    example->query.n_matchers = 2;
    example->query.hints = &example->hints;
    example->queries[0] = &example->query;
    example->request.queries = example->queries;
    example->request.n_queries = 1;
    example->request.accepted_response_types = example->accepted;
    example->request.n_accepted_response_types = 2;
}

static void a_request_is_read_with_matchers_and_hints(void **state)
{
    struct example example;
    struct remote_request request = { 0 };
    struct fault fault = { 0 };
    (void)state;
    set_example(&example);
    assert_int_equal(read_block(block_of_message(&example.request.base), &request, &fault), 0);
    assert_string_equal(fault.text, "");
    assert_int_equal(request.count, 1);
    const struct remote_query *query = request.queries;
    assert_true(query->start_ms == -6 && query->end_ms == 8 && query->hinted);
    assert_true(query->hints.start_ms == -5 && query->hints.end_ms == 7);
    assert_true(query->hints.step_ms == 60000 && query->hints.range_ms == 300000);
    assert_string_equal(query->hints.function, "max_over_time");
    assert_int_equal(query->matcher_count, 2);
    assert_int_equal(query->matchers[0].type, MATCHER_NOT_RE);
    assert_string_equal(query->matchers[0].name, "stage");
    assert_string_equal(query->matchers[0].value, "福.*");
    assert_int_equal(query->matchers[1].type, MATCHER_EQUAL);
    assert_string_equal(query->matchers[1].name, "__name__");
    assert_string_equal(query->matchers[1].value, "pilot_platforms");
    remote_request_free(&request);
}

static void an_instant_querys_hints_have_no_step_and_may_have_no_range(void **state)
{
    struct example example;
    struct remote_request request = { 0 };
    struct fault fault = { 0 };
    (void)state;
    set_example(&example);
    example.hints.step_ms = example.hints.range_ms = 0;
    assert_int_equal(read_block(block_of_message(&example.request.base), &request, &fault), 0);
    assert_true(request.queries[0].hinted);
    remote_request_free(&request);
}

static void hints_and_accepted_types_may_be_absent(void **state)
{
    struct example example;
    struct remote_request request = { 0 };
    struct fault fault = { 0 };
    (void)state;
    set_example(&example);
    example.query.hints = NULL;
    example.request.n_accepted_response_types = 0;
    assert_int_equal(read_block(block_of_message(&example.request.base), &request, &fault), 0);
    assert_false(request.queries[0].hinted);
    remote_request_free(&request);
}

static void what_it_says_wrongly_is_told_by_its_place(void **state)
{
    Remote__Query *queries[REMOTE_QUERIES + 1];
    Remote__LabelMatcher *matchers[REMOTE_MATCHERS + 1];
    struct example example;
    (void)state;
    set_example(&example);
    example.request.n_accepted_response_types = 1;
    must_refuse(&example.request, "no accepted_response_types is SAMPLES; expected it among them");
    set_example(&example);
    example.matcher.type = 4;
    must_refuse(&example.request, "query 1: matcher 1: its type is 4; expected 0 (=), 1 (!=), 2 "
                                  "(=~) or 3 (!~)");
    set_example(&example);
    example.matcher.value = (ProtobufCBinaryData){ 2, (uint8_t[]){ 'a', 0 } };
    must_refuse(&example.request, "query 1: matcher 1: its value has a NUL; expected none");
    example.matcher.value = bytes_of("a\xff");
    must_refuse(&example.request, "query 1: matcher 1: its value is not UTF-8");
    example.matcher.name = bytes_of("\xff");
    must_refuse(&example.request, "query 1: matcher 1: its name is not UTF-8");
    set_example(&example);
    example.hints.step_ms = -1;
    must_refuse(&example.request, "query 1: its hints have a step or a range below 0");
    set_example(&example);
    for (size_t i = 0; i <= REMOTE_MATCHERS; i++)
        matchers[i] = &example.matcher;
    example.query.matchers = matchers;
    example.query.n_matchers = REMOTE_MATCHERS + 1;
    must_refuse(&example.request, "query 1: it has 101 matchers; expected at most 100");
    set_example(&example);
    for (size_t i = 0; i <= REMOTE_QUERIES; i++)
        queries[i] = &example.query;
    example.request.queries = queries;
    example.request.n_queries = REMOTE_QUERIES + 1;
    must_refuse(&example.request, "the request has 101 queries; expected at most 100");
}

static void what_is_no_snappy_or_no_protobuf_is_refused(void **state)
{
    static const char no_protobuf[] = "\x06\x14zzzzzz";
    static const char too_long[] = "\x81\x80\x40\x00z";
    (void)state;
    must_refuse_bytes("", 0, "the body is no block of snappy; expected a ReadRequest in one");
    must_refuse_bytes("query=up", 8,
                      "the body is no block of snappy; expected a ReadRequest in one");
    must_refuse_bytes(no_protobuf, sizeof no_protobuf - 1,
                      "the body is no ReadRequest in protobuf, as Prometheus sends it");
    must_refuse_bytes(too_long, sizeof too_long - 1,
                      "the body holds 1048577 bytes in its snappy; expected at most 1048576");
}

static void half_a_million_empty_queries_take_little_memory(void **state)
{
    size_t size = REMOTE_REQUEST_BYTES;
    char *plain = malloc(size);
    struct remote_request request = { 0 };
    struct fault fault = { 0 };
    (void)state;
    assert_non_null(plain);
    for (size_t i = 0; i < size; i += 2)
        memcpy(plain + i, "\x0A", 2);
    assert_int_equal(read_block(block_of(plain, size), &request, &fault), -1);
    assert_string_equal(fault.text,
                        "the ReadRequest has more parts than are taken; expected fewer");
    remote_request_free(&request);
    free(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_read_with_matchers_and_hints),
        cmocka_unit_test(an_instant_querys_hints_have_no_step_and_may_have_no_range),
        cmocka_unit_test(hints_and_accepted_types_may_be_absent),
        cmocka_unit_test(what_it_says_wrongly_is_told_by_its_place),
        cmocka_unit_test(what_is_no_snappy_or_no_protobuf_is_refused),
        cmocka_unit_test(half_a_million_empty_queries_take_little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
