/* SPDX-License-Identifier: MIT */
/* test_metrics.c - which families there are, what they say of a series, and which are chosen */
#include "../../exporter/metrics.h"
#include "snapshot_stage.h"

/* The samples whose names begin so, one a line, of the page that the target asks for. */
static void must_say(const char *target, const char *name, const char *expected)
{
    struct stage stage;
    struct request request;
    struct reply reply = { 0 };
    struct exposition out = { .format = EXPOSITION_TEXT };
    struct text found = { 0 };
    set_stage(&stage);
    assert_true(request_read(&request, target, &reply));
    struct choice choice = { .request = &request };
    struct process *process = process_open(&clock_system);
    struct reload *reload = reload_open(&clock_system);
    metrics_write(&out, &stage.snapshot, choice_is_made(&request) ? &choice : NULL);
    metrics_write_scrape(&out, choice_is_made(&request) ? &choice : NULL, true, reload, process);
    text_put(&found, "");
    text_put(&out.page, "");
    char *rest = out.page.bytes, *line;
    while ((line = strsep(&rest, "\n")) != NULL)
        if (strncmp(line, name, strlen(name)) == 0 && *line != '#' && *line != '\0')
            text_printf(&found, "%s\n", line);
    assert_string_equal(found.bytes, expected);
    reload_close(reload);
    process_close(process);
    request_free(&request);
    text_free(&out.page);
    text_free(&found);
    clear_stage(&stage);
}

static void values_are_those_reported(void **state)
{
    (void)state;
    must_say("/", "funds", "funds{area=\"north\"} 4.50\n");
    must_say("/", "paid_cny", "paid_cny{area=\"north\"} 100\npaid_cny{area=\"south\"} 7\n");
    must_say("/", "planned", "planned{area=\"south\"} 9\n");
}

static void a_series_is_told_about_with_its_labels(void **state)
{
    static const struct {
        const char *name, *first, *second; /* of paid_cny, north and south */
    } cases[] = {
        { "almanac_as_of_timestamp_seconds", "1711843200", "1703980800" },
        { "almanac_period_start_timestamp_seconds", "1704067200", "1696118400" },
        { "almanac_period_end_timestamp_seconds", "1711929600", "1704067200" },
        { "almanac_released_timestamp_seconds", "1690000000", NULL },
        { "almanac_recorded_timestamp_seconds", "1700000001", "1700000002" },
        /* 45 days behind the end of 2024-Q2, of 2024-Q1 */
        { "almanac_next_due_timestamp_seconds", "1723680000", "1715817600" },
        { "almanac_vintages", "3", "1" },
        { "almanac_revision_ratio", "-0.333333", NULL },
        { "almanac_revised_timestamp_seconds", "1700000004", NULL },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text beginning = { 0 }, expected = { 0 };
        text_printf(&beginning, "%s{figure=\"paid_cny\"", cases[i].name);
        text_printf(&expected, "%s,area=\"north\"} %s\n", beginning.bytes, cases[i].first);
        if (cases[i].second != NULL)
            text_printf(&expected, "%s,area=\"south\"} %s\n", beginning.bytes, cases[i].second);
        must_say("/", beginning.bytes, expected.bytes);
        text_free(&beginning);
        text_free(&expected);
    }
}

static void only_what_is_not_plain_has_a_comparator_and_a_status(void **state)
{
    (void)state;
    must_say("/", "almanac_comparator_info",
             "almanac_comparator_info{figure=\"paid_cny\",area=\"north\",comparator=\">\"} 1\n");
    must_say("/", "almanac_obs_status_info",
             "almanac_obs_status_info{figure=\"paid_cny\",area=\"north\",obs_status=\"P\"} 1\n"
             "almanac_obs_status_info{figure=\"planned\",area=\"south\",obs_status=\"F\"} 1\n");
}

static void what_is_due_is_never_guessed(void **state)
{
    (void)state;
    must_say("/", "almanac_next_due_timestamp_seconds{figure=\"funds", "");
    must_say("/", "almanac_next_due_timestamp_seconds{figure=\"planned", "");
    must_say("/", "almanac_figure_next_due",
             "almanac_figure_next_due_timestamp_seconds{figure=\"paid_cny\"} 1723680000\n");
}

static void a_withdrawn_series_is_not_told_about(void **state)
{
    (void)state;
    must_say("/", "almanac_vintages{figure=\"planned\"",
             "almanac_vintages{figure=\"planned\",area=\"south\"} 1\n");
}

static void families_are_chosen_by_name(void **state)
{
    (void)state;
    must_say("/?name[]=funds&name[]=almanac_figure_next_due_timestamp_seconds", "",
             "funds{area=\"north\"} 4.50\n"
             "almanac_figure_next_due_timestamp_seconds{figure=\"paid_cny\"} 1723680000\n");
    must_say("/?name[]=almanac_exporter_ledger_up", "", "almanac_exporter_ledger_up 1\n");
    must_say("/?name[]=almanac_exporter_config_last_reload_successful", "",
             "almanac_exporter_config_last_reload_successful 1\n");
    must_say("/?name[]=almanac_comparator", "",
             "almanac_comparator_info{figure=\"paid_cny\",area=\"north\",comparator=\">\"} 1\n");
    must_say("/?name[]=fund", "", "");
    must_say("/?name[]=", "", "");
}

static void figures_are_chosen_with_what_is_said_of_them(void **state)
{
    (void)state;
    must_say("/?figure[]=funds", "",
             "funds{area=\"north\"} 4.50\n"
             "almanac_as_of_timestamp_seconds{figure=\"funds\",area=\"north\"} 1719705600\n"
             "almanac_period_start_timestamp_seconds{figure=\"funds\",area=\"north\"} 1717200000\n"
             "almanac_period_end_timestamp_seconds{figure=\"funds\",area=\"north\"} 1719792000\n"
             "almanac_recorded_timestamp_seconds{figure=\"funds\",area=\"north\"} 1700000000\n"
             "almanac_vintages{figure=\"funds\",area=\"north\"} 1\n");
    must_say("/?figure[]=paid_cny", "almanac_figure_next_due",
             "almanac_figure_next_due_timestamp_seconds{figure=\"paid_cny\"} 1723680000\n");
    must_say("/?figure[]=funds", "almanac_figure_next_due", "");
}

static void both_together_leave_what_both_leave(void **state)
{
    (void)state;
    must_say("/?figure[]=funds&figure[]=planned&name[]=almanac_vintages&name[]=process_open_fds",
             "",
             "almanac_vintages{figure=\"funds\",area=\"north\"} 1\n"
             "almanac_vintages{figure=\"planned\",area=\"south\"} 1\n");
}

static void a_choice_learns_which_families_there_are(void **state)
{
    struct stage stage;
    struct request request;
    struct reply reply = { 0 };
    struct exposition out = { .format = EXPOSITION_OPENMETRICS };
    (void)state;
    set_stage(&stage);
    request_read(&request,
                 "/?name[]=nothing&name[]=almanac_source_up&name[]=almanac_vintages"
                 "&name[]=process_virtual_memory_max_bytes&name[]=almanac_vintage&figure[]=funds",
                 &reply);
    struct choice choice = { .request = &request };
    struct process *process = process_open(&clock_system);
    struct reload *reload = reload_open(&clock_system);
    metrics_write(&out, &stage.snapshot, &choice);
    metrics_write_scrape(&out, &choice, true, reload, process);
    assert_string_equal(out.page.bytes + out.page.size - 7, "\n# EOF\n");
    assert_false(choice.met[0]);
    assert_true(choice.met[1] && choice.met[2] && choice.met[3]);
    assert_false(choice.met[4]);
    reload_close(reload);
    process_close(process);
    request_free(&request);
    text_free(&out.page);
    clear_stage(&stage);
}

static void the_figures_alone_can_be_had(void **state)
{
    struct stage stage;
    struct exposition out = { .format = EXPOSITION_TEXT };
    (void)state;
    set_stage(&stage);
    stage.snapshot.figures_only = true;
    metrics_write(&out, &stage.snapshot, NULL);
    assert_non_null(strstr(out.page.bytes, "\npaid_cny{area=\"south\"} 7\n"));
    assert_non_null(strstr(out.page.bytes, "\nalmanac_exporter_build_info{"));
    assert_null(strstr(out.page.bytes, "figure=\""));
    text_free(&out.page);
    clear_stage(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_those_reported),
        cmocka_unit_test(a_series_is_told_about_with_its_labels),
        cmocka_unit_test(only_what_is_not_plain_has_a_comparator_and_a_status),
        cmocka_unit_test(what_is_due_is_never_guessed),
        cmocka_unit_test(a_withdrawn_series_is_not_told_about),
        cmocka_unit_test(families_are_chosen_by_name),
        cmocka_unit_test(figures_are_chosen_with_what_is_said_of_them),
        cmocka_unit_test(both_together_leave_what_both_leave),
        cmocka_unit_test(a_choice_learns_which_families_there_are),
        cmocka_unit_test(the_figures_alone_can_be_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
