/* SPDX-License-Identifier: MIT */
/* fuzz_remote_query.c - any bytes are a remote read whose samples keep their promises, or refused
 */
#include "../../exporter/samples.h"

#include "fuzz.h"

#include <snappy-c.h>

#define NOW_MS INT64_C(1733011200000)
enum { ENOUGH = 2000 };

struct taken {
    const struct remote_query *query;
    int64_t last;
    size_t count;
};

static bool take(void *owner, int64_t ms, double value)
{
    (void)value;
    struct taken *taken = owner;
    MUST_HOLD(ms >= taken->query->start_ms && ms <= taken->query->end_ms && ms <= NOW_MS);
    MUST_HOLD(taken->count == 0 || ms > taken->last);
    taken->last = ms;
    return ++taken->count < ENOUGH;
}

static bool goes_on(void *owner)
{
    (void)owner;
    return true;
}

static void check_query(const struct remote_query *query)
{
    static const char *const said[] = { "2015", "2021-06", "2024-06-30T10:00:00" };
    struct timeline timeline = { 0 };
    struct samples_plan plan;
    const struct pattern_patience patience = { goes_on, NULL };
    struct fault fault = { 0 };
    struct taken taken = { .query = query };
    for (size_t i = 0; i < 3; i++) {
        struct statement statement = { .missing = i == 1, .value = { "4.5" }, .status = 'A' };
        MUST_HOLD(period_read(said[i], &statement.period, &fault) == 0);
        timeline_add(&timeline, &statement);
    }
    timeline_settle(&timeline, FIGURE_STOCK);
    samples_plan(&plan, query, NOW_MS, query->matcher_count);
    samples_each(&plan, &timeline, take, &taken);
    timeline_free(&timeline);
    struct matchers *matchers =
        matchers_compile(query->matchers, query->matcher_count, &patience, &fault);
    MUST_HOLD((matchers == NULL) == (fault.text[0] != '\0'));
    matchers_free(matchers);
}

static void check_block(const char *bytes, size_t size)
{
    struct remote_request request = { 0 };
    struct fault fault = { 0 };
    if (remote_request_read(&request, bytes, size, &fault) != 0)
        MUST_HOLD(fault.text[0] != '\0');
    else
        for (size_t i = 0; i < request.count; i++)
            check_query(&request.queries[i]);
    remote_request_free(&request);
}

/* As they come, and in a good block of snappy. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *block = malloc(snappy_max_compressed_length(size));
    size_t block_size = snappy_max_compressed_length(size);
    if (block == NULL)
        abort();
    if (size > 0)
        memcpy(block, bytes, size);
    check_block(block, size);
    snappy_compress((const char *)bytes, size, block, &block_size);
    check_block(block, block_size);
    free(block);
    return 0;
}
