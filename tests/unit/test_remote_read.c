/* SPDX-License-Identifier: MIT */
/* test_remote_read.c - what a remote read is answered from the ledger, and what it is refused */
#include "../../exporter/matchers.h"
#include "../../exporter/remote_read.h"
#include "ledger_place.h"
#include "remote.pb-c.h"
#include "remote_client.h"

static const char *fund_labels[] = { "Area", "fund" };
static const struct figure funds = {
    .name = "fund_size_cny", .kind = FIGURE_FLOW, .labels = fund_labels, .label_count = 2
};
static const struct figure forgotten = { .name = "forgotten" };

#define DAY_MS INT64_C(86400000)
#define JUNE   INT64_C(1719705600000) /* 2024-06-30 */

/* Each look at the clock takes so long, and meanwhile the ledger may be corrected. */
struct hands {
    int64_t steady_ms, look_ms;
    struct ledger *corrected; /* at each look, to 11, 12, …; NULL: none is */
    int looks, stops_at;      /* stops_at 0: nobody stops it */
    atomic_bool stopping;
    size_t most_samples; /* 0: ten */
    int64_t step_ms;     /* 0: there are no hints */
    bool figures_only;
};

static int64_t wall(void *owner)
{
    (void)owner;
    return JUNE + 100 * DAY_MS;
}

static void report(struct ledger *ledger, const struct figure *figure, const char *const *values,
                   struct saying saying)
{
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct observation observation = observation_of(&saying, values);
    observation.figure = figure;
    assert_int_equal(ledger_begin(ledger, "reply", 1700000000, &fault), 0);
    assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_commit(ledger, &fault), 0);
}

static int64_t steady(void *owner)
{
    struct hands *hands = owner;
    char value[16];
    snprintf(value, sizeof value, "%d", 11 + hands->looks++);
    if (hands->corrected != NULL)
        report(hands->corrected, &platforms, (const char *[]){ "440304", "planned" },
               (struct saying){ .period = "2024-06", .value = value });
    if (hands->looks == hands->stops_at)
        atomic_store(&hands->stopping, true);
    return hands->steady_ms += hands->look_ms;
}

static void fill(struct ledger *ledger)
{
    report(ledger, &platforms, (const char *[]){ "440304", "built" },
           (struct saying){ .period = "2024-06", .value = "4" });
    report(ledger, &platforms, (const char *[]){ "440304", "planned" },
           (struct saying){ .period = "2024-06", .value = "10.5" });
    report(ledger, &funds, (const char *[]){ "440304", "guidance" },
           (struct saying){ .period = "2024-S1", .value = "1e10" });
    report(ledger, &forgotten, NULL, (struct saying){ .period = "2024", .value = "1" });
}

/* Asks with hands on the clock; each matcher is a query of its own, from June 29 to July 2. */
static void ask(struct place *place, struct hands *hands, const struct matcher *matchers,
                size_t count, struct reply *reply)
{
    struct fault fault = { 0 };
    struct figure figures[] = { funds, platforms };
    const struct catalogue catalogue = { figures, 2 };
    const struct clock clock = { wall, steady, hands };
    struct ledger *ledger = ledger_open(place->path, LEDGER_READER, &fault);
    const struct remote_read read = { ledger,
                                      &catalogue,
                                      &clock,
                                      &hands->stopping,
                                      hands->most_samples > 0 ? hands->most_samples : 10,
                                      hands->figures_only };
    Remote__ReadHints hints = REMOTE__READ_HINTS__INIT;
    hints.step_ms = hands->step_ms;
    hints.start_ms = JUNE - DAY_MS;
    hints.end_ms = JUNE + 2 * DAY_MS;
    Remote__LabelMatcher messages[8], *list[8];
    Remote__Query queries[8], *query_list[8];
    Remote__ReadRequest message = REMOTE__READ_REQUEST__INIT;
    for (size_t i = 0; i < count; i++) {
        messages[i] = (Remote__LabelMatcher)REMOTE__LABEL_MATCHER__INIT;
        messages[i].type = (Remote__LabelMatcher__Type)matchers[i].type;
        messages[i].name = bytes_of(matchers[i].name);
        messages[i].value = bytes_of(matchers[i].value);
        list[i] = &messages[i];
        queries[i] = (Remote__Query)REMOTE__QUERY__INIT;
        queries[i].start_timestamp_ms = JUNE - DAY_MS;
        queries[i].end_timestamp_ms = JUNE + 2 * DAY_MS;
        queries[i].n_matchers = 1;
        queries[i].matchers = &list[i];
        queries[i].hints = hands->step_ms > 0 ? &hints : NULL;
        query_list[i] = &queries[i];
    }
    message.n_queries = count;
    message.queries = query_list;
    struct block block = block_of_message(&message.base);
    const struct request request = { .body = { block.bytes, block.size } };
    *reply = (struct reply){ 0 };
    remote_read_answer(&read, &request, reply);
    free(block.bytes);
    ledger_close(ledger);
}

static void must_say(struct reply *reply, unsigned status, const char *words)
{
    assert_int_equal(reply->status, status);
    assert_int_equal(reply->head.size, strlen(words));
    assert_memory_equal(reply->head.bytes, words, reply->head.size);
    reply_release(reply);
}

/* "name=value,name=value: day=value day=value", days from June 30 on. */
static void must_be_series(const Remote__TimeSeries *series, const char *expected)
{
    char line[500] = "";
    for (size_t i = 0; i < series->n_labels; i++)
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s=%s", i > 0 ? "," : "",
                 series->labels[i]->name, series->labels[i]->value);
    for (size_t i = 0; i < series->n_samples; i++) {
        double value = series->samples[i]->value;
        char number[32] = "stale";
        if (value == value)
            snprintf(number, sizeof number, "%.17g", value);
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s%d=%s", i > 0 ? " " : ": ",
                 (int)((series->samples[i]->timestamp - JUNE) / DAY_MS), number);
    }
    assert_string_equal(line, expected);
}

/* The series of each query, and NULL behind them. */
static void must_be_answered(struct place *place, struct hands *hands,
                             const struct matcher *matchers, size_t count,
                             const char *const *expected)
{
    struct reply reply;
    ask(place, hands, matchers, count, &reply);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.content_type, "application/x-protobuf");
    assert_string_equal(reply.headers[0].name, "Content-Encoding");
    assert_string_equal(reply.headers[0].value, "snappy");
    Remote__ReadResponse *response =
        message_of(&remote__read_response__descriptor, reply.head.bytes, reply.head.size);
    assert_int_equal(response->n_results, count);
    for (size_t i = 0; i < count; i++) {
        const Remote__QueryResult *result = response->results[i];
        size_t series = 0;
        for (; *expected != NULL; expected++, series++) {
            assert_true(series < result->n_timeseries);
            must_be_series(result->timeseries[series], *expected);
        }
        assert_int_equal(result->n_timeseries, series);
        expected++;
    }
    remote__read_response__free_unpacked(response, NULL);
    reply_release(&reply);
}

static void each_query_is_answered_with_the_series_that_match(void **state)
{
    static const struct matcher matchers[] = {
        { MATCHER_RE, "stage", "p.*" },
        { MATCHER_EQUAL, "__name__", "nothing" },
        { MATCHER_NOT_EQUAL, "stage", "planned" },
    };
    struct place *place = *state;
    struct hands hands = { 0 };
    static const char *const expected[] = {
        "__name__=pilot_platforms,ref_area=440304,stage=planned: 0=10.5 1=10.5 2=10.5",
        NULL,
        NULL,
        "Area=440304,__name__=fund_size_cny,fund=guidance: -1=10000000000 0=10000000000 1=stale",
        "__name__=pilot_platforms,ref_area=440304,stage=built: 0=4 1=4 2=4",
        NULL,
    };
    fill(place->ledger);
    must_be_answered(place, &hands, matchers, 3, expected);
}

static void a_series_without_a_sample_is_left_out(void **state)
{
    static const struct matcher all = { MATCHER_EQUAL, "cluster", "" };
    struct place *place = *state;
    struct hands hands = { 0 };
    report(place->ledger, &platforms, (const char *[]){ "440304", "built" },
           (struct saying){ .period = "2023-06", .status = 'O' });
    report(place->ledger, &platforms, (const char *[]){ "440304", "planned" },
           (struct saying){ .period = "2999", .value = "1" });
    must_be_answered(place, &hands, &all, 1, (const char *[]){ NULL });
}

/* The first and the last qualifier there is. */
static void what_was_not_exact_or_not_normal_has_info_series(void **state)
{
    static const struct matcher matchers[] = {
        { MATCHER_EQUAL, "__name__", "almanac_comparator_info" },
        { MATCHER_RE, "__name__", "almanac_.+" },
        { MATCHER_EQUAL, "obs_status", "W" },
        { MATCHER_EQUAL, "comparator", "~" },
        { MATCHER_EQUAL, "__name__", "pilot_platforms" },
    };
    static const char less[] =
        "__name__=almanac_comparator_info,comparator=<,figure=pilot_platforms,"
        "ref_area=440304,stage=built: 0=1 1=1 2=stale";
    static const char included[] = "__name__=almanac_obs_status_info,figure=pilot_platforms,"
                                   "obs_status=W,ref_area=440304,stage=built: 2=1";
    static const char value[] = "__name__=pilot_platforms,ref_area=440304,stage=built: 0=4 1=4 2=6";
    static const char *const all[] = { less,     NULL, less, included, NULL,
                                       included, NULL, NULL, value,    NULL };
    static const char *const figures_only[] = { NULL, NULL, NULL, NULL, value, NULL };
    struct place *place = *state;
    struct hands hands = { .most_samples = 100 };
    report(place->ledger, &platforms, (const char *[]){ "440304", "built" },
           (struct saying){ .period = "2024-06", .value = "4", .comparator = COMPARATOR_LESS });
    report(place->ledger, &platforms, (const char *[]){ "440304", "built" },
           (struct saying){ .period = "2024-07-02", .value = "6", .status = 'W' });
    report(place->ledger, &forgotten, NULL,
           (struct saying){ .period = "2024", .value = "1", .status = 'W' });
    must_be_answered(place, &hands, matchers, 5, all);
    hands.figures_only = true;
    must_be_answered(place, &hands, matchers, 5, figures_only);
}

/* Only the labels of info series are long enough. */
static void a_matcher_of_their_labels_that_takes_too_long_is_refused(void **state)
{
    static const struct matcher slow = { MATCHER_RE, "figure", "(?:p?i?l?o?t?){400}[bc]" };
    struct place *place = *state;
    struct hands hands = { .look_ms = 4900 };
    struct reply reply;
    report(place->ledger, &platforms, (const char *[]){ "440304", "built" },
           (struct saying){ .period = "2024-06", .value = "4" });
    ask(place, &hands, &slow, 1, &reply);
    must_say(&reply, 400,
             "the answer takes more than 20 seconds; expected matchers for fewer series, a "
             "shorter time or a wider step\n");
}

static void all_of_it_is_of_one_moment(void **state)
{
    static const struct matcher matcher = { MATCHER_EQUAL, "__name__", "pilot_platforms" };
    static const char *const expected[] = {
        "__name__=pilot_platforms,ref_area=440304,stage=built: 0=4 1=4 2=4",
        "__name__=pilot_platforms,ref_area=440304,stage=planned: 0=11 1=11 2=11",
        NULL,
    };
    struct place *place = *state;
    struct hands hands = { .corrected = place->ledger };
    fill(place->ledger);
    must_be_answered(place, &hands, &matcher, 1, expected);
    assert_true(hands.looks > 1); /* the first is before the ledger is read */
}

static void what_asks_for_too_much_is_told_so(void **state)
{
    static const struct matcher matchers[] = {
        { MATCHER_EQUAL, "__name__", "pilot_platforms" },
        { MATCHER_EQUAL, "__name__", "pilot_platforms" },
        { MATCHER_RE, "stage", "(a|a)*" },
    };
    struct place *place = *state;
    struct hands hands = { 0 };
    struct reply reply;
    fill(place->ledger);
    ask(place, &hands, matchers, 2, &reply);
    must_say(&reply, 400,
             "the answer would have more than 10 samples; expected matchers for fewer series, a "
             "shorter time or a wider step\n");
    hands.look_ms = 9000;
    ask(place, &hands, matchers, 1, &reply);
    must_say(&reply, 400,
             "the answer takes more than 20 seconds; expected matchers for fewer series, a "
             "shorter time or a wider step\n");
    hands.look_ms = 0;
    report(place->ledger, &platforms,
           (const char *[]){ "440304", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" },
           (struct saying){ .period = "2024-06", .value = "1" });
    ask(place, &hands, matchers + 2, 1, &reply);
    must_say(&reply, 400, "matcher 'stage=~': '(a|a)*' takes too long; expected a simpler one\n");
}

/* Of one match of few series, and of one series with many samples. */
static void neither_a_match_nor_a_series_outlives_the_time_it_has(void **state)
{
    static const struct matcher slow = { MATCHER_NOT_RE, "stage", "(?:b?u?i?l?t?){400}[bc]" };
    static const struct matcher built = { MATCHER_EQUAL, "stage", "built" };
    static const char too_long[] = "the answer takes more than 20 seconds; expected matchers for "
                                   "fewer series, a shorter time or a wider step\n";
    struct place *place = *state;
    struct hands hands = { .look_ms = 4900 };
    struct reply reply;
    report(place->ledger, &platforms, (const char *[]){ "440304", "built" },
           (struct saying){ .period = "2024-06", .value = "4" });
    ask(place, &hands, &slow, 1, &reply);
    must_say(&reply, 400, too_long);
    hands = (struct hands){ .look_ms = 4900, .most_samples = 1000000, .step_ms = 500 };
    ask(place, &hands, &built, 1, &reply);
    must_say(&reply, 400, too_long);
    hands = (struct hands){ .most_samples = 1000000, .step_ms = 500 };
    ask(place, &hands, &built, 1, &reply);
    assert_int_equal(reply.status, 200);
    reply_release(&reply);
}

static void it_is_given_up_when_the_server_stops(void **state)
{
    static const struct matcher slow = { MATCHER_NOT_RE, "stage", "(?:b?u?i?l?t?){400}[bc]" };
    static const struct matcher built = { MATCHER_EQUAL, "stage", "built" };
    struct place *place = *state;
    struct hands hands = { .stops_at = 5 };
    struct reply reply;
    report(place->ledger, &platforms, (const char *[]){ "440304", "built" },
           (struct saying){ .period = "2024-06", .value = "4" });
    ask(place, &hands, &slow, 1, &reply);
    must_say(&reply, 503, "the server is stopping\n");
    assert_int_equal(hands.looks, 5);
    hands = (struct hands){ .stops_at = 4, .most_samples = 1000000, .step_ms = 500 };
    ask(place, &hands, &built, 1, &reply);
    must_say(&reply, 503, "the server is stopping\n");
    assert_int_equal(hands.looks, 4);
}

static void what_cannot_be_read_is_told_so(void **state)
{
    static const struct matcher wrong = { MATCHER_RE, "stage", "a(?=b)" };
    const struct remote_read read = { 0 };
    const struct request request = { .body = { "query=up", 8 } }, empty = { 0 };
    struct hands hands = { 0 };
    struct reply reply = { 0 };
    ask(*state, &hands, &wrong, 1, &reply);
    must_say(&reply, 400,
             "matcher 'stage=~': 'a(?=b)' is no regular expression: RE2 has no look-around\n");
    remote_read_answer(&read, &request, &reply);
    must_say(&reply, 400, "the body is no block of snappy; expected a ReadRequest in one\n");
    remote_read_answer(&read, &empty, &reply);
    must_say(&reply, 400, "the body is no block of snappy; expected a ReadRequest in one\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_query_is_answered_with_the_series_that_match),
        TEST(a_series_without_a_sample_is_left_out),
        TEST(what_was_not_exact_or_not_normal_has_info_series),
        TEST(a_matcher_of_their_labels_that_takes_too_long_is_refused),
        TEST(all_of_it_is_of_one_moment),
        TEST(what_asks_for_too_much_is_told_so),
        TEST(neither_a_match_nor_a_series_outlives_the_time_it_has),
        TEST(it_is_given_up_when_the_server_stops),
        TEST(what_cannot_be_read_is_told_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
