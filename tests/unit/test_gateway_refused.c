/* SPDX-License-Identifier: MIT */
/* test_gateway_refused.c - programs that push what cannot be taken are told what is wrong */
#include "gateway_stage.h"

static void must_refuse(struct house *house, const char *path, const char *page, const char *words)
{
    assert_int_equal(ask(house, "PUT", path, page), 400);
    assert_string_equal(house->said, words);
}

static void what_is_refused_is_said_and_changes_nothing(void **state)
{
    HOUSE(house);
    static const char behind[] = "; 1 refused, nothing of it is recorded";
    static const char *const cases[][3] = {
        { SURVEY, "visits 1 1700000000000\n",
          ":1:1: it has a timestamp; expected none, the time of the push counts" },
        { SURVEY, "visits 1\ncolours 1\n",
          ":2:1: figure: unknown figure 'colours'; expected one that the catalogue declares" },
        { SURVEY, "visits_total 1\n",
          ":1:1: figure: unknown figure 'visits_total'; figures are pushed as gauges, expected "
          "'visits'" },
        { SURVEY, "visits_created 1\n",
          ":1:1: figure: unknown figure 'visits_created'; figures are pushed as gauges, expected "
          "'visits'" },
        { SURVEY, "colours_total 1\n",
          ":1:1: figure: unknown figure 'colours_total'; expected one that the catalogue "
          "declares" },
        { SURVEY, "visits_daily 1\n",
          ":1:1: figure: unknown figure 'visits_daily'; expected one that the catalogue "
          "declares" },
        { SURVEY, "_total 1\n",
          ":1:1: figure: unknown figure '_total'; expected one that the catalogue declares" },
        { SURVEY, "platforms 1\n",
          ":1:1: stage: missing; expected the labels of platforms: stage" },
        { SURVEY, "visits{stage=\"a\"} 1\n",
          ":1:1: stage: is not declared; expected the labels of visits: none" },
        { SURVEY, "visits NaN\n",
          ":1:1: obs_value: 'NaN' is not a decimal number; expected digits with at most one "
          "point, like 1234.5" },
    };
    must_take(&house, "PUT", SURVEY, "visits 4\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[400];
        snprintf(words, sizeof words, "%s%s", cases[i][2], behind);
        must_refuse(&house, cases[i][0], cases[i][1], words);
    }
    must_refuse(&house, SURVEY "/stage", "visits 1\n",
                "the label 'stage' has no value; expected /metrics/job/JOB{/LABEL/VALUE}");
    must_refuse(&house, SURVEY, "colours 1\nvisits one two\n",
                ":2:8: 'one' is not a number; expected one like 4, 0.25 or 1e+06; 1 refused, "
                "nothing of it is recorded");
    assert_int_equal(ask(&house, "PUT", SURVEY, "visits 1\nvisits 2\n"), 400);
    assert_int_equal(ask(&house, "GET", SURVEY, ""), 405);
    assert_int_equal(ask(&house, "PUT", SURVEY "?a=b", ""), 400);
    assert_int_equal(ask(&house, "PUT", "/metrics/job/", ""), 404);
    assert_int_equal(count_observations(house.place), 1);
    close_house(&house);
}

static void a_body_that_is_said_to_be_no_text_is_a_415(void **state)
{
    HOUSE(house);
    static const char *const others[] = {
        "application/vnd.google.protobuf; proto=MetricFamily; encoding=delimited",
        "Application/vnd.google.protobuf",
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char words[200];
        house.type = others[i];
        snprintf(words, sizeof words,
                 "Content-Type: '%s' is not read; expected text/plain; version=0.0.4", others[i]);
        assert_int_equal(ask(&house, "PUT", SURVEY, "visits 1\n"), 415);
        assert_string_equal(house.said, words);
    }
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    must_have(&house, "");
    close_house(&house);
}

static void any_other_body_is_read_as_text(void **state)
{
    HOUSE(house);
    static const char *const types[] = { NULL, "", "text/plain",
                                         "text/plain; version=0.0.4; charset=utf-8",
                                         "application/x-www-form-urlencoded" };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        house.type = types[i];
        must_take(&house, "POST", SURVEY, "visits 1\n");
    }
    close_house(&house);
}

static void who_may_not_report_a_figure_may_not_push_it(void **state)
{
    HOUSE(house);
    house.user = "other";
    assert_int_equal(ask(&house, "PUT", SURVEY, "visits 1\n"), 403);
    assert_string_equal(house.said,
                        ":1: other may not report visits; expected what 'reporters' lets "
                        "through; 1 refused, nothing of it is recorded");
    must_have(&house, "");
    close_house(&house);
}

static void must_not_withdraw(struct house *house, const char *user, const char *method,
                              const char *page, const char *words)
{
    int64_t before = count_observations(house->place);
    house->user = user;
    assert_int_equal(ask(house, method, SURVEY, page), 403);
    assert_string_equal(house->said, words);
    assert_int_equal(count_observations(house->place), before);
    house->user = "futian";
}

static void who_may_not_report_a_series_may_not_withdraw_it(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY, "visits 4\nplatforms{stage=\"a\"} 1\n");
    must_not_withdraw(&house, "luohu", "PUT", "visits 5\n",
                      "luohu may not withdraw platforms stage=a; expected what 'reporters' lets "
                      "through; 1 refused, nothing of it is recorded");
    static const char neither[] = "other may not withdraw platforms stage=a; expected what "
                                  "'reporters' lets through; 2 refused, nothing of it is recorded";
    must_not_withdraw(&house, "other", "PUT", "", neither);
    must_not_withdraw(&house, "other", "DELETE", "", neither);
    must_have(&house, "platforms,a=1 visits=4");
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    must_have(&house, "");
    close_house(&house);
}

static void who_may_report_a_part_of_a_group_may_post_it(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY, "visits 4\nplatforms{stage=\"a\"} 1\n");
    house.user = "luohu";
    must_take(&house, "POST", SURVEY, "visits 5\n");
    must_have(&house, "platforms,a=1 visits=5");
    close_house(&house);
}

static void what_cannot_be_recorded_now_is_a_503(void **state)
{
    HOUSE(house);
    intake_stop(house.intake);
    assert_int_equal(ask(&house, "PUT", SURVEY, "visits 1\n"), 503);
    assert_int_equal(count_observations(house.place), 0);
    close_house(&house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_refused_is_said_and_changes_nothing),
        TEST(a_body_that_is_said_to_be_no_text_is_a_415),
        TEST(any_other_body_is_read_as_text),
        TEST(who_may_not_report_a_figure_may_not_push_it),
        TEST(who_may_not_report_a_series_may_not_withdraw_it),
        TEST(who_may_report_a_part_of_a_group_may_post_it),
        TEST(what_cannot_be_recorded_now_is_a_503),
    };
    return cmocka_run_group_tests_name("gateway_refused", tests, NULL, NULL);
}
