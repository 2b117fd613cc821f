/* SPDX-License-Identifier: MIT */
/* test_api_series.c - series and figures as JSON objects */
#include "../../exporter/api_figures.h"
#include "../../exporter/api_series.h"
#include "written.h"

static const char *names[] = { "area", "stage" };
static const char *sources[] = { "bureau", "reply" };
static const struct figure platforms = {
    .name = "platforms",
    .kind = FIGURE_STOCK,
    .due_days = -1,
    .labels = names,
    .label_count = 2,
    .title_en = "Platforms \"built\"",
    .title_zh = "平台",
    .help = "Those.",
};
static const struct figure paid = {
    .name = "paid_cny",
    .kind = FIGURE_FLOW,
    .unit = "cny",
    .freq = 'Q',
    .due_days = 0,
    .preference = sources,
    .preference_count = 2,
    .title_en = "Paid",
    .title_zh = "补贴",
    .help = "Paid.",
};
static const struct label built[] = { { "area", "\"北\"" }, { "stage", "built" } };
static const struct subject here = { &platforms, built, 2 }, bare = { &paid, NULL, 0 };

static void write_vintage(struct written *written, const struct subject *subject, const char *said,
                          int64_t number, int64_t recorded)
{
    struct statement statement = statement_of(said);
    struct row row = {
        .subject = subject, .statement = &statement, .recorded = recorded, .vintages = number
    };
    written->format->row(&written->writer, &row);
}

static void a_series_has_its_extent(void **state)
{
    struct written written = { 0 };
    (void)state;
    begin_writing(&written, &api_series_format);
    write_vintage(&written, &here, "2023 1", 1, 1700000000);
    write_vintage(&written, &here, "2023 1", 2, 1700000009);
    write_vintage(&written, &here, "2024-06 1", 1, 1700000005);
    end_series(&written, &here);
    end_series(&written, &here); /* of which nothing was said */
    write_vintage(&written, &bare, "2021/2023 1", 1, -86400);
    end_series(&written, &bare);
    must_have_written(&written, "[\n{\"figure\": \"platforms\", \"labels\": "
                                "{\"area\": \"\\\"北\\\"\", \"stage\": \"built\"}, "
                                "\"first_period\": \"2023\", \"last_period\": \"2024-06\", "
                                "\"periods\": 2, \"vintages\": 3, "
                                "\"recorded\": \"2023-11-14T22:13:29Z\"},\n"
                                "{\"figure\": \"paid_cny\", \"labels\": {}, "
                                "\"first_period\": \"2021/2023\", \"last_period\": \"2021/2023\", "
                                "\"periods\": 1, \"vintages\": 1, "
                                "\"recorded\": \"1969-12-31T00:00:00Z\"}\n]\n");
}

static void without_series_the_array_is_empty(void **state)
{
    struct written written = { 0 };
    (void)state;
    begin_writing(&written, &api_series_format);
    end_series(&written, &here);
    must_have_written(&written, "[]\n");
}

static void must_be_written(const struct figure *figure, const char *expected)
{
    struct text text = { 0 };
    api_figure_write(&text, figure);
    assert_string_equal(text.bytes, expected);
    text_free(&text);
}

static void a_figure_says_what_is_declared(void **state)
{
    (void)state;
    must_be_written(&platforms, "{\"name\": \"platforms\", \"kind\": \"stock\", "
                                "\"labels\": [\"area\", \"stage\"], "
                                "\"title\": {\"en\": \"Platforms \\\"built\\\"\", "
                                "\"zh\": \"平台\"}, \"help\": \"Those.\"}");
    must_be_written(&paid, "{\"name\": \"paid_cny\", \"kind\": \"flow\", \"unit\": \"cny\", "
                           "\"freq\": \"Q\", \"due\": 0, \"labels\": [], "
                           "\"preference\": [\"bureau\", \"reply\"], "
                           "\"title\": {\"en\": \"Paid\", \"zh\": \"补贴\"}, \"help\": \"Paid.\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_series_has_its_extent),
        cmocka_unit_test(without_series_the_array_is_empty),
        cmocka_unit_test(a_figure_says_what_is_declared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
