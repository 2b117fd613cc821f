/* SPDX-License-Identifier: MIT */
/* test_openmetrics.c - history as samples: at each change, at each repeat, and nowhere else */
#include "../../exporter/openmetrics.h"
#include "written.h"

#include <stdio.h>

enum { DAY = 86400 };

static const struct figure platforms = { .name = "pilot_platforms",
                                         .kind = FIGURE_STOCK,
                                         .help = "Those \"built\"." };
static const struct figure subsidies = {
    .name = "subsidies_cny", .kind = FIGURE_FLOW, .unit = "cny", .help = "Paid."
};
static const struct label stage[] = { { "stage", "a\"b" } };
static const struct subject built = { &platforms, stage, 1 }, bare = { &platforms, NULL, 0 };
static const struct subject paid = { &subsidies, NULL, 0 };

/* now is a date; the first sample's time is 1970-01-01 where a case says so. */
static struct written writing(int64_t repeat, int64_t now)
{
    struct written written = { .writer = { .repeat = repeat, .now = now } };
    return written;
}

#define PLATFORMS "# HELP pilot_platforms Those \\\"built\\\".\n# TYPE pilot_platforms gauge\n"

static void a_stock_has_a_sample_at_each_change_and_each_day(void **state)
{
    struct written written = writing(DAY, 5 * DAY + 7);
    (void)state;
    begin_writing(&written, &openmetrics_format);
    write_said(&written, &bare, "1970-01-02 3");
    write_said(&written, &bare, "1970-01-04 4.0");
    end_series(&written, &bare);
    must_have_written(&written, PLATFORMS "pilot_platforms 3 86400\n"
                                          "pilot_platforms 3 172800\n"
                                          "pilot_platforms 4.0 259200\n"
                                          "pilot_platforms 4.0 345600\n"
                                          "pilot_platforms 4.0 432000\n"
                                          "# EOF\n");
}

static void without_repeats_there_are_changes_alone(void **state)
{
    struct written written = writing(0, 50 * DAY);
    (void)state;
    begin_writing(&written, &openmetrics_format);
    write_said(&written, &built, "1970-01-02 3");
    write_said(&written, &built, "1970-01-04 4");
    end_series(&written, &built);
    must_have_written(&written, PLATFORMS "pilot_platforms{stage=\"a\\\"b\"} 3 86400\n"
                                          "pilot_platforms{stage=\"a\\\"b\"} 4 259200\n"
                                          "# EOF\n");
}

static void a_change_within_a_day_is_told_beside_the_repeats(void **state)
{
    struct written written = writing(DAY, 2 * DAY);
    (void)state;
    begin_writing(&written, &openmetrics_format);
    write_said(&written, &bare, "1969-12-31T12:00:00 1");
    write_said(&written, &bare, "1970-01-01T10:00:00 2");
    end_series(&written, &bare);
    must_have_written(&written, PLATFORMS "pilot_platforms 1 -43200\n"
                                          "pilot_platforms 1 0\n"
                                          "pilot_platforms 2 36000\n"
                                          "pilot_platforms 2 86400\n"
                                          "pilot_platforms 2 172800\n"
                                          "# EOF\n");
}

static void a_withdrawn_value_is_a_gap(void **state)
{
    struct written written = writing(DAY, 5 * DAY);
    (void)state;
    begin_writing(&written, &openmetrics_format);
    write_said(&written, &bare, "1970-01-02 3");
    write_said(&written, &bare, "1970-01-03 - L");
    write_said(&written, &bare, "1970-01-06 5");
    end_series(&written, &bare);
    must_have_written(&written, PLATFORMS "pilot_platforms 3 86400\n"
                                          "pilot_platforms 5 432000\n"
                                          "# EOF\n");
}

static void a_flow_ends_with_its_period(void **state)
{
    struct written written = writing(DAY, 90 * DAY);
    (void)state;
    begin_writing(&written, &openmetrics_format);
    write_said(&written, &paid, "1970-01-02/P2D 10");
    end_series(&written, &paid);
    must_have_written(&written, "# HELP subsidies_cny Paid.\n"
                                "# TYPE subsidies_cny gauge\n"
                                "# UNIT subsidies_cny cny\n"
                                "subsidies_cny 10 86400\n"
                                "subsidies_cny 10 172800\n"
                                "# EOF\n");
}

static void nothing_is_said_of_what_is_yet_to_come(void **state)
{
    struct written written = writing(DAY, 2 * DAY - 1);
    (void)state;
    begin_writing(&written, &openmetrics_format);
    write_said(&written, &paid, "1970-01-02/P9D 10");
    write_said(&written, &paid, "1970-02 20");
    end_series(&written, &paid);
    must_have_written(&written, "# HELP subsidies_cny Paid.\n"
                                "# TYPE subsidies_cny gauge\n"
                                "# UNIT subsidies_cny cny\n"
                                "subsidies_cny 10 86400\n"
                                "# EOF\n");
}

static void a_family_begins_once_and_only_with_a_value(void **state)
{
    struct written written = writing(0, 90 * DAY);
    (void)state;
    begin_writing(&written, &openmetrics_format);
    write_said(&written, &bare, "1970-01-02 1");
    end_series(&written, &bare);
    write_said(&written, &built, "1970-01-02 2");
    end_series(&written, &built);
    write_said(&written, &paid, "1970-01-02 - L");
    end_series(&written, &paid);
    must_have_written(&written, PLATFORMS "pilot_platforms 1 86400\n"
                                          "pilot_platforms{stage=\"a\\\"b\"} 2 86400\n"
                                          "# EOF\n");
}

/* A sample a minute of 50 days, far more than a piece. */
static void many_repeats_come_in_pieces(void **state)
{
    enum { MINUTE = 60, SAMPLES = 50 * DAY / MINUTE };
    struct written written = writing(MINUTE, 51 * DAY);
    struct text *out = &written.writer.out;
    int64_t samples = 0;
    bool more = true;
    (void)state;
    begin_writing(&written, &openmetrics_format);
    write_said(&written, &bare, "1970-01-02 3");
    write_said(&written, &bare, "1970-01-30 4");
    while (more) {
        more = openmetrics_format.end_series(&written.writer, &bare);
        assert_in_range(out->size, more ? FORMAT_PIECE : 1, FORMAT_PIECE + 200);
        char *rest = out->bytes, *line;
        while ((line = strsep(&rest, "\n")) != NULL && *line != '\0') {
            char expected[64];
            int64_t time = DAY + samples * MINUTE;
            if (*line == '#')
                continue;
            snprintf(expected, sizeof expected, "pilot_platforms %d %lld", time < 29 * DAY ? 3 : 4,
                     (long long)time);
            assert_string_equal(line, expected);
            samples++;
        }
        text_clear(out);
    }
    assert_int_equal(samples, SAMPLES + 1);
    write_said(&written, &built, "1970-02-21 5");
    end_series(&written, &built);
    must_have_written(&written, "pilot_platforms{stage=\"a\\\"b\"} 5 4406400\n"
                                "# EOF\n");
}

/* "2024 >160": three series come again and again, the first of them exact. */
static void what_was_not_exact_or_not_normal_comes_after_the_figures(void **state)
{
    static const char expected[] = PLATFORMS "pilot_platforms 1 86400\n"
                                             "pilot_platforms{stage=\"a\\\"b\"} 2 86400\n"
                                             "pilot_platforms{stage=\"a\\\"b\"} 3 172800\n"
                                             "# HELP subsidies_cny Paid.\n"
                                             "# TYPE subsidies_cny gauge\n"
                                             "# UNIT subsidies_cny cny\n"
                                             "subsidies_cny 4 86400\n";
    static const char infos[] =
        "# HELP almanac_comparator How the true value compares with the reported one, where that "
        "is not exact.\n"
        "# TYPE almanac_comparator info\n"
        "almanac_comparator_info{comparator=\">\",figure=\"pilot_platforms\",stage=\"a\\\"b\"} 1 "
        "86400\n"
        "almanac_comparator_info{comparator=\"<\",figure=\"subsidies_cny\"} 1 86400\n"
        "# HELP almanac_obs_status SDMX status of the reported value, where it is not A (normal).\n"
        "# TYPE almanac_obs_status info\n"
        "almanac_obs_status_info{figure=\"pilot_platforms\",obs_status=\"P\",stage=\"a\\\"b\"} 1 "
        "172800\n";
    static const struct subject *const subjects[] = { &bare, &built, &paid };
    static const char *const said[] = { "1970-01-02 1", "1970-01-02 >2", "1970-01-02 <4" };
    (void)state;
    for (int figures_only = 0; figures_only < 2; figures_only++) {
        struct written written = writing(0, 90 * DAY);
        char whole[2000];
        size_t skipped = 0;
        written.writer.figures_only = figures_only;
        begin_writing(&written, &openmetrics_format);
        do
            for (size_t i = 0; i < 3; i++) {
                if (openmetrics_format.skips(&written.writer)) {
                    skipped++;
                    continue;
                }
                struct statement provisional = statement_of("1970-01-03 3 P");
                struct row row = { .subject = &built, .statement = &provisional };
                write_said(&written, subjects[i], said[i]);
                if (subjects[i] == &built)
                    openmetrics_format.row(&written.writer, &row);
                end_series(&written, subjects[i]);
            }
        while (openmetrics_format.again(&written.writer));
        assert_int_equal(skipped, figures_only ? 0 : 3);
        snprintf(whole, sizeof whole, "%s%s# EOF\n", expected, figures_only ? "" : infos);
        must_have_written(&written, whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stock_has_a_sample_at_each_change_and_each_day),
        cmocka_unit_test(without_repeats_there_are_changes_alone),
        cmocka_unit_test(a_change_within_a_day_is_told_beside_the_repeats),
        cmocka_unit_test(a_withdrawn_value_is_a_gap),
        cmocka_unit_test(a_flow_ends_with_its_period),
        cmocka_unit_test(nothing_is_said_of_what_is_yet_to_come),
        cmocka_unit_test(what_was_not_exact_or_not_normal_comes_after_the_figures),
        cmocka_unit_test(many_repeats_come_in_pieces),
        cmocka_unit_test(a_family_begins_once_and_only_with_a_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
