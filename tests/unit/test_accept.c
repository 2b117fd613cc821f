/* SPDX-License-Identifier: MIT */
/* test_accept.c - which representation a request asks for, by the headers that clients send */
#include "../../almanac/accept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const offers[] = {
    "text/plain; version=0.0.4; charset=utf-8",
    "application/openmetrics-text; version=1.0.0; charset=utf-8"
};
enum { NONE = -1, TEXT, OPENMETRICS };

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void the_best_media_type_is_found(void **state)
{
    static const struct {
        const char *value;
        int best;
    } cases[] = {
        { NULL, NONE },
        { "", NONE },
        { "*/*", TEXT },
        { "text/*", TEXT },
        { "application/*", OPENMETRICS },
        { "text/plain", TEXT },
        { "TEXT/Plain ; VERSION=0.0.4", TEXT },
        { "text/plain;version=\"0.0.4\"", TEXT },
        { "text/plain;version=1.0.0", NONE },
        { "text/plain;charset=iso-8859-1", NONE },
        { "text/plain;charset=UTF-8;q=0.1", TEXT },
        { "application/openmetrics-text", OPENMETRICS },
        { "application/openmetrics-text;version=0.0.1", NONE },
        { "application/openmetrics-text;version=0.0.1,text/plain;q=0.1", TEXT },
        { "application/openmetrics-text; escaping=allow-utf-8; version=1.0.0", OPENMETRICS },
        { "text/plain;q=0.5, application/openmetrics-text;q=0.6", OPENMETRICS },
        { "text/plain;q=0.7, application/openmetrics-text;q=0.6", TEXT },
        { "application/openmetrics-text, text/plain", TEXT }, /* equals: the first offer */
        { "text/plain;q=0, */*;q=0.1", OPENMETRICS },
        { "*/*, text/plain;q=0.2", OPENMETRICS }, /* the closest range counts, wherever it is */
        { "text/*;q=0, text/plain;version=0.0.4;q=0.3", TEXT },
        { "text/plain;q=0, application/openmetrics-text;q=0.000", NONE },
        { "text/plain;q=0.001", TEXT },
        { "application/json", NONE },
        { "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", TEXT },
        { ", ,\ttext/plain , ", TEXT },
        { "text/plain;;q=1;", TEXT },
        /* What does not read is passed over, the rest counts. */
        { "text/plain;q=2, application/openmetrics-text;q=0.1", OPENMETRICS },
        { "text/plain;q=0.1234", NONE },
        { "text/plain;q=1.001", NONE },
        { "text/plain;q=-1", NONE },
        { "text/plain;q=", NONE },
        { "text/plain;q=.5", NONE },
        { "text/plain;q", NONE },
        { "text/plain charset", NONE },
        { "text/plain;x=\"a,b\", application/openmetrics-text;q=0.1", TEXT },
        { "text/plain;x=\"a\\\",b\", application/openmetrics-text;q=0.1", TEXT },
        { "text/html;x=\"text/plain, text/plain", NONE },
        { "text/plain;x=\"", NONE },
        { "text/plain;x=\"\\", NONE },
        { "text", NONE },
        { "text/", NONE },
        { "text/plainer", NONE },
        { "*/plain", NONE },
        { "\xff\xfe, text/plain;q=0.4", TEXT },
        /* Prometheus 2.42 and 3.4 */
        { "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;"
          "q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
          OPENMETRICS },
        { "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
          "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;"
          "escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
          OPENMETRICS },
        { "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
          "encoding=delimited;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
          TEXT },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int best = accept_best(cases[i].value, offers, COUNT(offers));
        if (best != cases[i].best)
            fail_msg("'%s' takes %d, not %d", cases[i].value ? cases[i].value : "(none)", best,
                     cases[i].best);
    }
}

static void qualities_are_thousandths(void **state)
{
    static const struct {
        const char *value;
        int quality;
    } cases[] = {
        { "gzip", 1000 },
        { "gzip;q=1", 1000 },
        { "gzip;q=1.", 1000 },
        { "gzip;q=1.000", 1000 },
        { "gzip;q=0.5", 500 },
        { "gzip;q=0.25", 250 },
        { "gzip;q=0.007", 7 },
        { "gzip;q=0", 0 },
        { "GZIP ; Q=0.1", 100 },
        { "br", -1 },
        { "*;q=0.3", 300 },
        { "*, gzip;q=0.2", 200 },
        { "gzip;q=0.2, *", 200 },
        { "gzip;q=1.1", -1 },
        { "gzip;q=0.1;q=0.2", 200 },
        { "gzip;q=0, gzip", 1000 },
        { "gzipped, zgzip", -1 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int quality = accept_quality(cases[i].value, "gzip");
        if (quality != cases[i].quality)
            fail_msg("'%s' is %d, not %d", cases[i].value, quality, cases[i].quality);
    }
}

static void gzip_is_sent_to_those_who_want_it_no_less(void **state)
{
    static const struct {
        const char *value;
        enum accept_coding coding;
    } cases[] = {
        { NULL, ACCEPT_IDENTITY },
        { "", ACCEPT_IDENTITY },
        { "gzip", ACCEPT_GZIP },
        { "gzip;q=0.1", ACCEPT_GZIP },
        { "gzip, deflate, br, zstd", ACCEPT_GZIP },
        { "gzip;q=0", ACCEPT_IDENTITY },
        { "identity", ACCEPT_IDENTITY },
        { "identity, gzip", ACCEPT_GZIP },
        { "identity, gzip;q=0.9", ACCEPT_IDENTITY },
        { "br, deflate", ACCEPT_IDENTITY },
        { "*", ACCEPT_GZIP },
        { "*;q=0", ACCEPT_NEITHER },
        { "*;q=0, identity;q=0.1", ACCEPT_IDENTITY },
        { "*;q=0, gzip", ACCEPT_GZIP },
        { "identity;q=0", ACCEPT_NEITHER },
        { "identity;q=0, br", ACCEPT_NEITHER },
        { "identity;q=0, *", ACCEPT_GZIP },
        { "identity;q=0, gzip;q=0.001", ACCEPT_GZIP },
        { "identity;q=0, gzip;q=0", ACCEPT_NEITHER },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (accept_coding(cases[i].value) != cases[i].coding)
            fail_msg("'%s' is not %d", cases[i].value ? cases[i].value : "(none)", cases[i].coding);
}

static void an_entity_tag_is_found_in_a_list(void **state)
{
    static const struct {
        const char *value, *etag;
        bool has;
    } cases[] = {
        { "W/\"a-gzip\"", "W/\"a-gzip\"", true },
        { "\"a\"", "W/\"a\"", true },
        { "W/\"a\"", "\"a\"", true },
        { "\"x\", W/\"y\" ,\"a\"", "W/\"a\"", true },
        { "  \"a\"", "\"a\"", true },
        { "*", "\"a\"", true },
        { "\"x,y\", \"a\"", "\"a\"", true },
        { NULL, "\"a\"", false },
        { "", "\"a\"", false },
        { "a", "\"a\"", false },
        { "\"A\"", "\"a\"", false },
        { "\"a", "\"a\"", false },
        { "\"ab\"", "\"a\"", false },
        { "\"x\" *", "\"a\"", false },
        { "*, \"x\"", "\"a\"", false },
        { "w/\"a\"", "\"a\"", false },
        { "\"x, \"a\"", "\"a\"", false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (accept_has_etag(cases[i].value, cases[i].etag) != cases[i].has)
            fail_msg("case %zu: '%s' and %s", i, cases[i].value ? cases[i].value : "(none)",
                     cases[i].etag);
}

/* In memory of its own size, so that the sanitizer sees a step too far. */
static void any_bytes_come_to_an_end(void **state)
{
    static const char bytes[] = ",;=\"\\/*q0.1W \ttextplain/gzip\xe5\xff";
    (void)state;
    srand(1);
    for (int round = 0; round < 20000; round++) {
        size_t size = (size_t)rand() % 24;
        char *value = malloc(size + 1);
        for (size_t i = 0; i < size; i++)
            value[i] = bytes[(size_t)rand() % (sizeof bytes - 1)];
        value[size] = '\0';
        assert_in_range(accept_best(value, offers, COUNT(offers)) + 1, 0, COUNT(offers));
        assert_in_range(accept_coding(value), ACCEPT_IDENTITY, ACCEPT_NEITHER);
        accept_has_etag(value, "\"*\"");
        free(value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_media_type_is_found),
        cmocka_unit_test(qualities_are_thousandths),
        cmocka_unit_test(gzip_is_sent_to_those_who_want_it_no_less),
        cmocka_unit_test(an_entity_tag_is_found_in_a_list),
        cmocka_unit_test(any_bytes_come_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
