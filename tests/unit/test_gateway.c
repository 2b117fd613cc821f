/* SPDX-License-Identifier: MIT */
/* test_gateway.c - programs push, replace and delete groups of figures */
#include "../../almanac/file.h"
#include "gateway_stage.h"

/* The page is pushed to a house of its own; what is newest in its ledger is about the period. */
static void must_be_about(void **state, const char *page, const char *values, const char *period)
{
    HOUSE(house);
    struct listing listing = { .ledger = house.place->ledger };
    struct fault fault = { 0 };
    must_take(&house, "PUT", SURVEY, page);
    must_have(&house, values);
    assert_int_equal(ledger_each_in_force(listing.ledger, 0, keep, &listing, &fault), 0);
    assert_string_equal(listing.newest.statement.period.text, period);
    close_house(&house);
}

static void a_stock_is_about_the_second_in_which_it_comes(void **state)
{
    must_be_about(state, "visits 4.50\n", "visits=4.50", "2026-11-23T00:00:00Z");
}

static void a_value_may_be_written_as_the_format_allows(void **state)
{
    static const struct {
        const char *page, *held;
    } cases[] = { { "visits .50\n", "visits=0.50" },
                  { "visits 5.\n", "visits=5" },
                  { "visits -.5e+01\n", "visits=-5" },
                  { "visits +1.5e+02\n", "visits=150" } };
    HOUSE(house);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        must_take(&house, "PUT", SURVEY, cases[i].page);
        must_have(&house, cases[i].held);
    }
    close_house(&house);
}

static void a_flow_is_about_the_period_in_which_it_comes(void **state)
{
    must_be_about(state, "loans 7\n", "loans=7", "2026-11");
}

static void a_flow_without_a_rhythm_is_about_the_day(void **state)
{
    must_be_about(state, "calls 9\n", "calls=9", "2026-11-23");
}

static void a_flow_that_goes_on_is_revised_and_leaves_a_gap(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY, "loans 7\n");
    must_take(&house, "PUT", SURVEY, "loans 8\n");
    must_have(&house, "loans=8");
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    must_have(&house, "");
    assert_int_equal(count_observations(house.place), 3);
    close_house(&house);
}

static void put_replaces_the_group(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY,
              "visits 4\nplatforms{stage=\"a\"} 1\nplatforms{stage=\"b\"} 2\n");
    must_take(&house, "PUT", SURVEY, "platforms{stage=\"b\"} 3\n");
    must_have(&house, "platforms,b=3");
    must_take(&house, "PUT", SURVEY, "");
    must_have(&house, "");
    close_house(&house);
}

static void post_replaces_figures_of_the_same_name(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY, "visits 4\nplatforms{stage=\"a\"} 1\n");
    must_take(&house, "POST", SURVEY, "platforms{stage=\"b\"} 3\n");
    must_have(&house, "platforms,b=3 visits=4");
    must_take(&house, "POST", SURVEY, "");
    must_have(&house, "platforms,b=3 visits=4");
    close_house(&house);
}

static void delete_drops_the_group(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY, "visits 4\nplatforms{stage=\"a\"} 1\n");
    must_take(&house, "PUT", SURVEY "/instance/x", "platforms{stage=\"b\"} 2\n");
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    must_have(&house, "platforms,b=2");
    int64_t before = count_observations(house.place);
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    assert_int_equal(ask(&house, "DELETE", "/metrics/job/nobody", ""), 202);
    assert_int_equal(count_observations(house.place), before);
    close_house(&house);
}

static void a_group_is_the_same_however_its_path_is_written(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY "/instance/x", "platforms{stage=\"a\"} 1\n");
    must_take(&house, "PUT", "/metrics/job@base64/c3VydmV5/instance@base64/eA==", "visits 2\n");
    must_have(&house, "visits=2");
    close_house(&house);
}

static void a_series_belongs_to_the_group_that_pushed_it_last(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", "/metrics/job/a", "visits 1\n");
    must_take(&house, "PUT", "/metrics/job/b", "visits 2\n");
    assert_int_equal(ask(&house, "DELETE", "/metrics/job/a", ""), 202);
    must_have(&house, "visits=2");
    assert_int_equal(ask(&house, "DELETE", "/metrics/job/b", ""), 202);
    must_have(&house, "");
    close_house(&house);
}

static void a_series_goes_over_to_the_group_that_says_the_same(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", "/metrics/job/a", "loans 7\n");
    must_take(&house, "PUT", "/metrics/job/b", "loans 7\n");
    assert_int_equal(count_observations(house.place), 1);
    assert_int_equal(ask(&house, "DELETE", "/metrics/job/a", ""), 202);
    must_have(&house, "loans=7");
    assert_int_equal(ask(&house, "DELETE", "/metrics/job/b", ""), 202);
    must_have(&house, "");
    close_house(&house);
}

static void a_series_of_no_figure_stays_until_the_catalogue_has_it_again(void **state)
{
    HOUSE(house);
    struct fault fault = { 0 };
    struct settings *without = settings_load("tests/data/small.yaml", &fault);
    must_take(&house, "PUT", SURVEY, "runs{task=\"night\"} 4\n");
    intake_configure(house.intake, without);
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    must_have(&house, "runs,night=4");
    intake_configure(house.intake, house.settings);
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    must_have(&house, "");
    settings_free(without);
    close_house(&house);
}

static struct settings *load_written(const struct house *house, const char *name, const char *yaml)
{
    struct fault fault = { 0 };
    char *path = file_path(house->place->folder, name);
    assert_int_equal(file_write(path, yaml, strlen(yaml), &fault), 0);
    struct settings *settings = settings_load(path, &fault);
    assert_string_equal(fault.text, "");
    free(path);
    return settings;
}

/* The settings, but platforms has a second label. */
static struct settings *load_relabelled(const struct house *house)
{
    static const char yaml[] = "figures:\n"
                               "  - {name: platforms, kind: stock, labels: [stage, area], title: "
                               "{en: P, zh: P}, help: P.}\n"
                               "  - {name: visits, kind: stock, title: {en: V, zh: V}, help: V.}\n";
    return load_written(house, "relabelled.yaml", yaml);
}

static void a_series_whose_figure_has_other_labels_now_can_be_withdrawn(void **state)
{
    HOUSE(house);
    struct settings *relabelled = load_relabelled(&house);
    must_take(&house, "PUT", SURVEY, "visits 1\nplatforms{stage=\"a\"} 1\n");
    intake_configure(house.intake, relabelled);
    must_take(&house, "PUT", SURVEY, "visits 2\nplatforms{stage=\"a\",area=\"b\"} 1\n");
    must_have(&house, "platforms,b,a=1 visits=2");
    intake_configure(house.intake, house.settings);
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    must_have(&house, "");
    settings_free(relabelled);
    close_house(&house);
}

/* The settings, but platforms lists the values of its label. */
static struct settings *load_coded(const struct house *house)
{
    static const char yaml[] = "figures:\n"
                               "  - {name: platforms, kind: stock, labels: [stage], codes: {stage: "
                               "[built]}, title: {en: P, zh: P}, help: P.}\n";
    return load_written(house, "coded.yaml", yaml);
}

static void a_series_whose_label_is_no_code_now_can_be_withdrawn(void **state)
{
    HOUSE(house);
    struct settings *coded = load_coded(&house);
    must_take(&house, "PUT", SURVEY, "platforms{stage=\"bilt\"} 1\n");
    intake_configure(house.intake, coded);
    must_take(&house, "PUT", SURVEY, "platforms{stage=\"built\"} 2\n");
    must_have(&house, "platforms,built=2");
    settings_free(coded);
    close_house(&house);
}

static void labels_of_the_path_win(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY "/stage/a", "platforms{stage=\"b\"} 1\n");
    must_have(&house, "platforms,a=1");
    close_house(&house);
}

static void job_and_instance_only_name_the_group(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY "/instance/x",
              "runs{job=\"other\",task=\"night\"} 3\nvisits{instance=\"y\"} 4\n");
    must_have(&house, "runs,night=3 visits=4");
    close_house(&house);
}

static void two_pushes_within_a_second_end_as_the_second_says(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY, "visits 1\nplatforms{stage=\"a\"} 1\n");
    house.now = MONDAY;
    must_take(&house, "PUT", SURVEY, "visits 2\n");
    must_have(&house, "visits=2");
    close_house(&house);
}

static void a_group_of_many_is_replaced_by_others(void **state)
{
    HOUSE(house);
    struct text page = { 0 };
    for (int i = 0; i < 5000; i++)
        text_printf(&page, "platforms{stage=\"%d\"} 1\n", i);
    must_take(&house, "PUT", SURVEY, page.bytes);
    must_take(&house, "PUT", SURVEY, page.bytes);
    must_take(&house, "PUT", SURVEY, "visits 1\nplatforms{stage=\"4999\"} 2\n");
    must_have(&house, "platforms,4999=2 visits=1");
    text_free(&page);
    close_house(&house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_stock_is_about_the_second_in_which_it_comes),
        TEST(a_value_may_be_written_as_the_format_allows),
        TEST(a_flow_is_about_the_period_in_which_it_comes),
        TEST(a_flow_without_a_rhythm_is_about_the_day),
        TEST(a_flow_that_goes_on_is_revised_and_leaves_a_gap),
        TEST(put_replaces_the_group),
        TEST(post_replaces_figures_of_the_same_name),
        TEST(delete_drops_the_group),
        TEST(a_group_is_the_same_however_its_path_is_written),
        TEST(a_series_belongs_to_the_group_that_pushed_it_last),
        TEST(a_series_goes_over_to_the_group_that_says_the_same),
        TEST(a_series_of_no_figure_stays_until_the_catalogue_has_it_again),
        TEST(a_series_whose_figure_has_other_labels_now_can_be_withdrawn),
        TEST(a_series_whose_label_is_no_code_now_can_be_withdrawn),
        TEST(labels_of_the_path_win),
        TEST(job_and_instance_only_name_the_group),
        TEST(two_pushes_within_a_second_end_as_the_second_says),
        TEST(a_group_of_many_is_replaced_by_others),
    };
    return cmocka_run_group_tests_name("gateway", tests, NULL, NULL);
}
