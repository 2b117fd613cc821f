/* SPDX-License-Identifier: MIT */
/* test_api_query.c - what the parameters of a request ask of the ledger */
#include "../../exporter/api_query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *labels[] = { "area", "stage" };
static const struct figure figures[] = {
    { .name = "funds" },
    { .name = "platforms", .labels = labels, .label_count = 2 },
};
static const struct catalogue catalogue = { figures, 2 };

struct asked {
    struct request request;
    struct reply reply;
    struct api_query query;
    bool good;
};

static void ask(struct asked *asked, const char *query)
{
    struct text target = { 0 };
    *asked = (struct asked){ 0 };
    text_printf(&target, "/x?%s", query);
    assert_true(request_read(&asked->request, target.bytes, &asked->reply));
    asked->good = api_query_read(&asked->query, &catalogue, &asked->request, &asked->reply);
    text_free(&target);
}

static void end(struct asked *asked)
{
    api_query_free(&asked->query);
    reply_release(&asked->reply);
    request_free(&asked->request);
}

static struct inquiry must_ask(struct asked *asked, const char *query)
{
    ask(asked, query);
    if (!asked->good)
        fail_msg("%s", asked->reply.head.bytes);
    return asked->query.inquiry;
}

static void nothing_asks_for_all(void **state)
{
    struct asked asked;
    struct inquiry inquiry = must_ask(&asked, "");
    (void)state;
    assert_int_equal(inquiry.figure_count, 0);
    assert_int_equal(inquiry.label_count, 0);
    assert_true(inquiry.known_by == LEDGER_ALWAYS);
    assert_false(inquiry.history);
    assert_false(inquiry.within);
    assert_false(inquiry.updated);
    end(&asked);
}

static void figures_and_labels_choose(void **state)
{
    struct asked asked;
    struct inquiry inquiry =
        must_ask(&asked, "figure[]=platforms&label[]=stage=a=b&figure[]=platforms&"
                         "label%5B%5D=area%3D%E5%8C%97");
    (void)state;
    assert_int_equal(inquiry.figure_count, 2);
    assert_string_equal(inquiry.figures[0], "platforms");
    assert_int_equal(inquiry.label_count, 2);
    assert_string_equal(inquiry.labels[0].name, "stage");
    assert_string_equal(inquiry.labels[0].value, "a=b");
    assert_string_equal(inquiry.labels[1].name, "area");
    assert_string_equal(inquiry.labels[1].value, "北");
    end(&asked);
}

static void times_are_read(void **state)
{
    struct asked asked;
    struct inquiry inquiry = must_ask(
        &asked, "asOf=1970-01-01&updatedAfter=1970-01-01T00:00:07Z&startPeriod=1969&other=x");
    (void)state;
    assert_int_equal(inquiry.known_by, 86399);
    assert_true(inquiry.updated);
    assert_int_equal(inquiry.recorded_after, 7);
    assert_true(inquiry.within);
    assert_int_equal(inquiry.from, -365 * 86400);
    assert_true(inquiry.until == INT64_MAX);
    end(&asked);
    inquiry = must_ask(&asked, "updatedAfter=1970-01-02&endPeriod=1970-01");
    assert_int_equal(inquiry.recorded_after, 86400);
    assert_true(inquiry.from == INT64_MIN);
    assert_int_equal(inquiry.until, 31 * 86400);
    end(&asked);
    inquiry = must_ask(&asked, "endPeriod=1970&startPeriod=1970-12&includeHistory=true");
    assert_int_equal(inquiry.from, 334 * 86400);
    assert_int_equal(inquiry.until, 365 * 86400);
    assert_true(inquiry.history);
    end(&asked);
    inquiry = must_ask(&asked, "updatedAfter=1970-01-01T08:00:00%2B08:00");
    assert_true(inquiry.updated);
    assert_int_equal(inquiry.recorded_after, 0);
    end(&asked);
}

static void numbers_are_read(void **state)
{
    struct asked asked;
    (void)state;
    assert_int_equal(must_ask(&asked, "firstNObservations=007").first, 7);
    end(&asked);
    assert_int_equal(must_ask(&asked, "lastNObservations=999999999").last, 999999999);
    end(&asked);
}

static void must_refuse(const char *query, unsigned status, const char *words)
{
    struct asked asked;
    struct text body = { 0 };
    ask(&asked, query);
    assert_false(asked.good);
    assert_int_equal(asked.reply.status, status);
    text_printf(&body, "%s\n", words);
    assert_string_equal(asked.reply.head.bytes, body.bytes);
    text_free(&body);
    end(&asked);
}

static void what_does_not_read_is_refused_by_name(void **state)
{
    (void)state;
    must_refuse("figure[]=", 404, "parameter 'figure[]': there is no figure ''");
    must_refuse("figure[]=x&figure[]=funds", 404, "parameter 'figure[]': there is no figure 'x'");
    must_refuse("figure[]=funds&label[]=stage=x", 400,
                "parameter 'label[]': unknown label 'stage'; funds has none");
    must_refuse("label[]=", 400,
                "parameter 'label[]': '' is no label; expected NAME=VALUE, like stage=built");
    must_refuse("label[]==x", 400,
                "parameter 'label[]': '=x' is no label; expected NAME=VALUE, like stage=built");
    must_refuse("updatedAfter=2024-W35-1", 400,
                "parameter 'updatedAfter': '2024-W35-1' is no moment; expected one like "
                "2024-09-01T10:00:00Z");
    must_refuse("updatedAfter=2024-09-01T10:00:00+08:00", 400,
                "parameter 'updatedAfter': '2024-09-01T10:00:00 08:00' is no moment; expected one "
                "like 2024-09-01T10:00:00Z (in an address, + is written %2B)");
    must_refuse("lastNObservations=00", 400,
                "parameter 'lastNObservations': '00'; expected a number from 1 to 999999999");
    must_refuse("includeHistory", 400, "parameter 'includeHistory': ''; expected true or false");
}

static void what_does_not_go_together_is_refused(void **state)
{
    (void)state;
    must_refuse("firstNObservations=1&lastNObservations=1", 400,
                "parameter 'lastNObservations': goes without 'firstNObservations'");
    must_refuse("startPeriod=2025&endPeriod=2024", 400,
                "parameter 'endPeriod': ends before 'startPeriod' begins; expected a later period");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_asks_for_all),
        cmocka_unit_test(figures_and_labels_choose),
        cmocka_unit_test(times_are_read),
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(what_does_not_read_is_refused_by_name),
        cmocka_unit_test(what_does_not_go_together_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
