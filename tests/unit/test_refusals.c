/* SPDX-License-Identifier: MIT */
/* test_refusals.c - of a delivery that is wrong throughout so much is said, whatever its form */
#include "../../collector/contradiction.h"
#include "../../collector/delivery.h"
#include "foreign.h"
#include "text_stage.h"

#define LAST "more than 10000 are refused; the rest is not read, and nothing of it is recorded"

enum { WRONG = 25000 };

static const struct form csv = { .format = FORM_CSV };
static const struct form list = { .format = FORM_JSON, .values = FORM_ONE };
static const struct form lines = { .format = FORM_JSON, .values = FORM_LINES };
static const struct form several = { .format = FORM_JSON, .values = FORM_SEVERAL };

/* A good piece, so many wrong ones and a good one again, between head and tail. */
static void write_wrong(struct text *out, const char *head, const char *good, const char *wrong,
                        const char *tail)
{
    text_put(out, head);
    text_put(out, good);
    for (int i = 0; i < WRONG; i++)
        text_put(out, wrong);
    text_put(out, good);
    text_put(out, tail);
}

static void must_be_full(const struct batch *batch, const char *place)
{
    assert_int_equal(batch->refused, BATCH_REFUSALS + 1);
    assert_string_equal(batch->refusals[BATCH_REFUSALS].reason, LAST);
    assert_string_equal(batch->refusals[BATCH_REFUSALS].place, place);
    assert_string_not_equal(batch->refusals[BATCH_REFUSALS - 1].reason, LAST);
    assert_int_equal(batch->count, 0);
}

static void must_stop(const struct form *form, const struct text *document, const char *place)
{
    struct batch batch;
    batch_init(&batch, small_catalogue(), form, today);
    decode_delivery(document->bytes, document->size, &batch);
    must_be_full(&batch, place);
    batch_free(&batch);
}

static void a_form_of_our_own_is_not_read_to_its_end(void **state)
{
    (void)state;
    static const struct {
        const struct form *form;
        const char *head, *good, *wrong, *tail, *place;
    } cases[] = {
        { &csv, "figure,time_period,obs_value\n", "fund_size_cny,2024-06,1\n", "x\n", "",
          ":10003" },
        { &csv, "figure,time_period,obs_value\n", "fund_size_cny,2024-06,1\n",
          "fund_size_cny,2024-06,x\n", "", ":10003:3" },
        { &list, "[", "0", ",0", "]", "[10000]" },
        { &list, "[", "{}", ",{\"figure\":1}", "]", "[10000].figure" },
        { &several, "", "{}\n", "{}\n", "", ":10001.figure" },
        { &lines, "", "[]\n", "x\n", "", ":10002:1" },
        { &lines, "", "[]\n", "[0,0]\n", "", ":5002[0]" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text document = { 0 };
        write_wrong(&document, cases[i].head, cases[i].good, cases[i].wrong, cases[i].tail);
        must_stop(cases[i].form, &document, cases[i].place);
        text_free(&document);
    }
}

static void a_form_of_others_is_not_read_to_its_end(void **state)
{
    static const struct {
        const char *source, *head, *good, *wrong, *place;
    } cases[] = {
        { "years", "Stage,Notes,2021,2022\n", "a,,1,2\n", "a,,x,x\n", ":5003:3" },
        { "own", "STRUCTURE,STRUCTURE_ID,ACTION,FIGURE,TIME_PERIOD,OBS_VALUE\n",
          "dataflow,ALMANAC:FIGURES(1.0),I,fund_size_cny,2024,1\n", "dataflow,x,I,y,2024,1\n",
          ":10003:2" },
        { "page", "", "fund_size_cny 1\n", "fund_size_cny NaN\n", ":10002:1" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text document = { 0 };
        write_wrong(&document, cases[i].head, cases[i].good, cases[i].wrong, "");
        must_stop(form_of(*state, cases[i].source), &document, cases[i].place);
        text_free(&document);
    }
}

static void a_page_that_breaks_off_is_refused_for_that_all_the_same(void **state)
{
    struct text document = { 0 };
    write_wrong(&document, "", "fund_size_cny 1\n", "fund_size_cny NaN\n", "}\n");
    must_decode_as(
        form_of(*state, "page"), decode_delivery, document.bytes, document.size,
        ":25003:1: no metric's name; expected one that begins with a letter, '_' or ':'\n");
    text_free(&document);
}

static void neither_is_text_searched_to_its_end(void **state)
{
    (void)state;
    static const struct text_rule rule = { .name = "funds",
                                           .match = "fund (?<value>\\w)",
                                           .most = 1000000,
                                           .fields = { [REPORT_FIGURE] = "fund_size_cny",
                                                       [REPORT_UNIT] = "cny",
                                                       [REPORT_TIME_PERIOD] = "2024" } };
    const struct text_rule both[] = { rule, rule };
    const struct text_rules rules = { .rules = both, .count = 2 };
    const struct form form = { .format = FORM_TEXT, .rules = &rules };
    struct text document = { 0 };
    write_wrong(&document, "", "fund 1\n", "fund x\n", "");
    must_stop(&form, &document, ":10002:6");
    text_free(&document);
}

static void contradictions_are_told_as_far(void **state)
{
    (void)state;
    struct text document = { 0 };
    struct batch batch;
    text_put(&document, "figure,time_period,obs_value\n");
    for (int i = 0; i < WRONG; i++)
        text_printf(&document, "fund_size_cny,2024,%d\n", i);
    decode_as(&csv, decode_csv, document.bytes, document.size, &batch);
    assert_int_equal(batch.count, WRONG);
    contradictions_refuse(&batch);
    must_be_full(&batch, ":10002");
    batch_free(&batch);
    text_free(&document);
}

/* rows: behind the header. */
static bool is_good_in_part(const char *rows)
{
    struct fault fault = { 0 };
    struct text document = { 0 };
    struct settings *settings = settings_load("tests/data/small.yaml", &fault);
    struct delivery *delivery = delivery_new("test", settings, &csv, today);
    delivery->partial = true;
    text_printf(&document, "figure,time_period,obs_value\n%s", rows);
    delivery_read(delivery, document.bytes, document.size);
    bool good = delivery_is_good(delivery);
    delivery_free(delivery);
    settings_free(settings);
    text_free(&document);
    return good;
}

static void in_part_is_recorded_what_has_a_good_part(void **state)
{
    (void)state;
    struct text rows = { 0 };
    assert_true(is_good_in_part("paid_cny,2024,1\npaid_cny,2023,x\n"));
    assert_true(is_good_in_part(""));
    assert_false(is_good_in_part("paid_cny,2023,x\n"));
    assert_false(is_good_in_part("paid_cny,2024,1\npaid_cny,2024,2\n"));
    assert_false(is_good_in_part("paid_cny,2024,1\npaid_cny,2023,\xFF\n"));
    write_wrong(&rows, "", "paid_cny,2024,1\n", "x\n", "");
    assert_false(is_good_in_part(rows.bytes));
    text_free(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_of_our_own_is_not_read_to_its_end),
        cmocka_unit_test_setup_teardown(a_form_of_others_is_not_read_to_its_end, load_foreign,
                                        free_foreign),
        cmocka_unit_test_setup_teardown(a_page_that_breaks_off_is_refused_for_that_all_the_same,
                                        load_foreign, free_foreign),
        cmocka_unit_test(neither_is_text_searched_to_its_end),
        cmocka_unit_test(contradictions_are_told_as_far),
        cmocka_unit_test(in_part_is_recorded_what_has_a_good_part),
    };
    return cmocka_run_group_tests_name("refusals", tests, NULL, NULL);
}
