/* SPDX-License-Identifier: MIT */
/* test_decode_metrics.c - the families that a source names become observations, and no others */
#include "../../almanac/page_choice.h"
#include "foreign.h"

static void the_families_that_are_named_are_taken(void **state)
{
    must_say(state, "page",
             "# HELP pilot_platforms Pilot platforms.\n"
             "# TYPE pilot_platforms gauge\n"
             "pilot_platforms{phase=\"built\",instance=\"a:1\",job=\"\"} 4\n"
             "pilot_platforms{stage=\"planned\"} 6\n"
             "up 1\n"
             "# TYPE other histogram\n"
             "other_bucket{le=\"+Inf\"} 1\n"
             "fund_size_cny{tier=\"\"} 1.50e+08\n",
             "pilot_platforms built 2024-12-01 4 A\npilot_platforms planned 2024-12-01 6 A\n"
             "fund_size_cny 2024-12-01 150000000 A\n");
}

static void openmetrics_is_known_by_its_end(void **state)
{
    must_say(state, "page",
             "# TYPE fund_size_cny gauge\n# UNIT fund_size_cny cny\n"
             "fund_size_cny 1 1719705600.9\nfund_size_cny 2 1719792000\n"
             "# TYPE pilot_platforms unknown\n"
             "pilot_platforms{phase=\"built\"} 4 1.7e9\n# EOF\n",
             "fund_size_cny 2024-06-30 1 A\nfund_size_cny 2024-07-01 2 A\n"
             "pilot_platforms built 2023-11-14 4 A\n");
}

static void the_time_stands_for_the_period_that_it_is_in(void **state)
{
    must_say(state, "months", "platforms 4 1719791999999\nfunds_total 7 1719792000000\n",
             "pilot_platforms built 2024-06 4 A\nfund_size_cny 2024-07 7 A\n");
    must_say(state, "moments", "fund_size_cny 1 1719705600\nfund_size_cny 2 1719705601.5\n# EOF\n",
             "fund_size_cny 2024-06-30T00:00:00Z 1 A\nfund_size_cny 2024-06-30T00:00:01Z 2 A\n");
    must_say(state, "moments", "fund_size_cny 1\n# EOF\n",
             "fund_size_cny 2024-12-01T00:00:00Z 1 A\n");
}

static void without_a_word_it_is_the_period_of_the_figure(void **state)
{
    struct figure figure = { .name = "fund_size_cny", .due_days = -1 };
    const struct catalogue catalogue = { &figure, 1 };
    const char *page = "fund_size_cny 1 1719705600000\n";
    const struct term family = { figure.name, figure.name, 0 };
    struct glossary families = { 0 };
    struct arena arena = { 0 };
    struct fault fault = { 0 };
    (void)state;
    assert_int_equal(glossary_add(&families, &family, &arena, &fault), 0);
    const struct page_choice choice = { .families = families, .exposition = EXPOSITION_FORMATS };
    const struct form form = { .format = FORM_METRICS, .page = &choice };
    static const struct {
        char freq;
        const char *period;
    } cases[] = { { 'A', "2024" },       { 'S', "2024-S1" },  { 'Q', "2024-Q2" },
                  { 'M', "2024-06" },    { 'W', "2024-W26" }, { 'D', "2024-06-30" },
                  { '\0', "2024-06-30" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct batch batch;
        figure.freq = cases[i].freq;
        batch_init(&batch, &catalogue, &form, today);
        decode_delivery(page, strlen(page), &batch);
        assert_int_equal(batch.count, 1);
        assert_string_equal(batch_item(&batch, 0)->observation.statement.period.text,
                            cases[i].period);
        batch_free(&batch);
    }
    arena_free(&arena);
}

static void a_counter_is_named_with_total_or_without(void **state)
{
    static const char page[] = "# TYPE funds counter\nfunds_total 7 1719705600\n"
                               "funds_created 5 1719705600\nplatforms 4 1719705600\n# EOF\n";
    must_say(state, "months", page,
             "fund_size_cny 2024-06 7 A\npilot_platforms built 2024-06 4 A\n");
    must_say(state, "page",
             "# TYPE fund_size_cny counter\nfund_size_cny_total 7\nfund_size_cny_created 5\n"
             "# TYPE pilot_platforms gauge\npilot_platforms{stage=\"built\"} 4\n# EOF\n",
             "fund_size_cny 2024-12-01 7 A\npilot_platforms built 2024-12-01 4 A\n");
    must_say(state, "texts", "# TYPE visits_count counter\nvisits_count{tier=\"a\"} 7\nvisits 1\n",
             "leading_clusters a 2024-W48 7 A\nfund_size_cny 2024-W48 1 A\n");
}

static void a_counter_of_a_text_page_is_named_with_total_or_without(void **state)
{
    must_say(state, "texts",
             "# TYPE visits_total counter\nvisits_total 1\n"
             "# TYPE visits_count_total counter\nvisits_count_total{tier=\"a\"} 7\n"
             "visits_count_total{tier=\"b\"} 8\n",
             "fund_size_cny 2024-W48 1 A\nleading_clusters a 2024-W48 7 A\n"
             "leading_clusters b 2024-W48 8 A\n");
    must_say(state, "texts", "visits_total 1\nvisits_count{tier=\"a\"} 7\n",
             "leading_clusters a 2024-W48 7 A\n"
             ": no sample of the family 'visits'; expected at least one\n");
}

static void a_family_of_that_very_name_comes_before_a_counter_with_total(void **state)
{
    must_say(state, "texts",
             "# TYPE visits_total counter\nvisits_total 1\n"
             "# TYPE visits gauge\nvisits 2\nvisits_count{tier=\"a\"} 7\n",
             "fund_size_cny 2024-W48 2 A\nleading_clusters a 2024-W48 7 A\n");
}

static void values_become_exact_decimals(void **state)
{
    static const struct {
        const char *written, *meant;
    } cases[] = {
        { "1e3", "1000" },        { "1.5E-2", "0.015" },
        { ".5", "0.5" },          { "5.", "5" },
        { "-.5e1", "-5" },        { "+5.e+00", "5" },
        { "1.50", "1.50" },       { "-0", "0" },
        { "007", "7" },           { "0.1", "0.1" },
        { "1234567", "1234567" }, { "9007199254740993", "9007199254740993" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char page[128], said[128];
        snprintf(page, sizeof page, "fund_size_cny %s 0\n# EOF\n", cases[i].written);
        snprintf(said, sizeof said, "fund_size_cny 1970-01-01T00:00:00Z %s A\n", cases[i].meant);
        must_say(state, "moments", page, said);
    }
}

static void wrong_documents_are_refused_in_the_words_beside_them(void **state)
{
    must_refuse_foreign(state, decode_metrics, "tests/data/metrics/*.prom");
}

/* A page that proves broken at its end has said nothing. */
static void nothing_is_kept_of_a_broken_page(void **state)
{
    must_say(state, "page", "fund_size_cny 1\nfund_size_cny NaN\npilot_platforms{",
             ":3:17: the page ends within a line; expected a line feed behind the last\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_families_that_are_named_are_taken),
        cmocka_unit_test(openmetrics_is_known_by_its_end),
        cmocka_unit_test(the_time_stands_for_the_period_that_it_is_in),
        cmocka_unit_test(without_a_word_it_is_the_period_of_the_figure),
        cmocka_unit_test(a_counter_is_named_with_total_or_without),
        cmocka_unit_test(a_counter_of_a_text_page_is_named_with_total_or_without),
        cmocka_unit_test(a_family_of_that_very_name_comes_before_a_counter_with_total),
        cmocka_unit_test(values_become_exact_decimals),
        cmocka_unit_test(wrong_documents_are_refused_in_the_words_beside_them),
        cmocka_unit_test(nothing_is_kept_of_a_broken_page),
    };
    return cmocka_run_group_tests_name("decode_metrics", tests, load_foreign, free_foreign);
}
