/* SPDX-License-Identifier: MIT */
/* test_decode_text.c - rules find what is in a text, and say where and why they do not */
#include "text_stage.h"

#include <stdlib.h>

#define BUILT "截至2024年6月，全区已建成4个中试平台。\n"

static void a_match_becomes_an_observation_with_its_words_and_its_page(void **state)
{
    (void)state;
    struct batch batch =
        must_take(decode_small_text, "截至2024\n年6月，全区已 建\n成超 160\n家中试\n平台。\n", 1);
    const struct observation *one = &batch_item(&batch, 0)->observation;
    assert_string_equal(one->figure->name, "pilot_platforms");
    assert_string_equal(one->label_values[0], "built");
    assert_string_equal(one->statement.period.text, "2024-06");
    assert_string_equal(one->statement.value.text, "160");
    assert_int_equal(one->statement.comparator, COMPARATOR_MORE);
    assert_int_equal(one->statement.status, 'A');
    assert_string_equal(one->comment, "已建成超160家中试平台");
    assert_string_equal(one->reference, "https://example.org/reply");
    assert_false(one->has_released);
    assert_int_equal(batch_item(&batch, 0)->mark, 2);
    assert_true(batch.by_line);
    batch_free(&batch);
}

static void groups_say_labels_periods_and_dates(void **state)
{
    (void)state;
    struct batch batch =
        must_take(decode_small_text,
                  BUILT "\nThe open platforms in the third quarter of\n2024: more than 1,200, "
                        "published 30 Octo-\nber 2024; the planned platforms in 2021 to 2023: 7.",
                  3);
    const struct observation *open = &batch_item(&batch, 1)->observation,
                             *planned = &batch_item(&batch, 2)->observation;
    assert_string_equal(open->label_values[0], "open");
    assert_string_equal(open->statement.period.text, "2024-Q3");
    assert_string_equal(open->statement.value.text, "1200");
    assert_int_equal(open->statement.comparator, COMPARATOR_MORE);
    assert_int_equal(open->statement.status, 'P');
    assert_true(open->has_released);
    assert_int_equal(open->released, 1730246400); /* 2024-10-30 */
    assert_string_equal(open->reference, "Bulletin 7");
    assert_string_equal(planned->statement.period.text, "2021/2023");
    assert_string_equal(planned->comment, "planned platforms in 2021 to 2023: 7");
    assert_false(planned->has_released);
    batch_free(&batch);
}

static void html_is_read_as_it_is_seen(void **state)
{
    (void)state;
    struct batch batch = must_take(
        decode_small_page,
        "<!doctype html><title>已建成9个平台</title><p>截至<b>2024</b>年6月，全区已<i>建\n成</i>"
        "&nbsp;4 个中试&#24179;台。</p><!-- 已建成5个平台 --><p>基金规模为1.5<sup>亿</sup>元，",
        2);
    assert_string_equal(batch_item(&batch, 0)->observation.statement.value.text, "4");
    assert_string_equal(batch_item(&batch, 0)->observation.comment, "已建成4个中试平台");
    assert_string_equal(batch_item(&batch, 1)->observation.statement.value.text, "150000000");
    batch_free(&batch);
}

static void wrong_documents_are_refused_in_the_words_beside_them(void **state)
{
    (void)state;
    must_refuse_documents(decode_small_text, "tests/data/text/*.text");
}

static void what_is_wrong_on_a_page_has_its_place_there(void **state)
{
    (void)state;
    must_refuse(decode_small_page,
                "<p>\n<b>截至2024年6月</b>，<br>\n已建成\n &nbsp;<i>三五</i>\n家平台</p>",
                ":4:11: rule 'built': obs_value: '三五' has numbers side by side, which may be a "
                "range; expected one, like 35 or 三十五\n");
}

static void other_encodings_are_read_as_the_rules_say(void **state)
{
    (void)state;
    static const char document[] = "\xB5\xDA\xD2\xBB\xBE\xE4\xA1\xA3\n\n"
                                   "\xBB\xF9\xBD\xF0\xB9\xE6\xC4\xA3\xCE\xAA"
                                   "3\xD2\xDA\xD4\xAA\xA3\xAC";
    struct text_rules rules = { .rules = &small_rules[2], .count = 1, .encoding = "GB18030" };
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    decode_with(&rules, document, sizeof document - 1, &batch);
    assert_int_equal(batch.count, 1);
    assert_string_equal(batch_item(&batch, 0)->observation.statement.value.text, "300000000");
    assert_string_equal(batch_item(&batch, 0)->observation.comment, "基金规模为3亿元，");
    assert_int_equal(batch_item(&batch, 0)->mark, 3);
    batch_free(&batch);
    batch_init(&batch, small_catalogue(), &plain_form, today);
    decode_with(&rules, "\n\xFF\xFF", 3, &batch);
    assert_int_equal(batch.refused, 1);
    assert_string_equal(batch.refusals[0].place, ":2");
    batch_free(&batch);
}

static void utf_16_is_one_of_them(void **state)
{
    (void)state;
    /* 基金规模为3亿元， */
    static const char document[] = "\xFF\xFE\x0A\0\xFA\x57\xD1\x91\xC4\x89\x21\x6A\x3A\x4E"
                                   "3\0\xBF\x4E\x43\x51\x0C\xFF";
    struct text_rules rules = { .rules = &small_rules[2], .count = 1, .encoding = "UTF-16" };
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    decode_with(&rules, document, sizeof document - 1, &batch);
    assert_int_equal(batch.refused, 0);
    assert_string_equal(batch_item(&batch, 0)->observation.comment, "基金规模为3亿元，");
    assert_int_equal(batch_item(&batch, 0)->mark, 2);
    batch_free(&batch);
}

static void a_period_may_be_repeated_and_must_be_the_same(void **state)
{
    (void)state;
    struct batch batch = must_take(decode_small_text, BUILT "\n截至2024年06月，\n", 1);
    batch_free(&batch);
    must_refuse(decode_small_text, BUILT "\n截至2024年7月，\n",
                ":3:3: rule 'built': period_of finds 2024-06, and here 2024-07; expected one "
                "period\n");
}

#define ANY_PERIOD "expected one like 2024年6月, 2024年上半年, 2021—2023年, June 2024 or 2024-06-30"

/* The period of what a bulletin says of its month, or the complaint. */
static void must_be_about(const char *document, const char *expected)
{
    static const struct text_rule rule = { .name = "built",
                                           .match = "(?<time_period>[^\\s，。]*?)\\s*"
                                                    "(?:已建成|built)\\s*(?<value>\\d+)",
                                           .year_of = "(?<year>\\d{4}|近)年(?!\\d)",
                                           .least = 1,
                                           .most = 1,
                                           .fields = { [REPORT_FIGURE] = "pilot_platforms" },
                                           .labels = &built,
                                           .label_count = 1 };
    const struct text_rules rules = { .rules = &rule, .count = 1 };
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    decode_with(&rules, document, strlen(document), &batch);
    if (batch.refused > 0)
        assert_string_equal(batch.refusals[0].reason, expected);
    else
        assert_string_equal(batch_item(&batch, 0)->observation.statement.period.text, expected);
    batch_free(&batch);
}

static void the_year_of_a_period_may_stand_elsewhere(void **state)
{
    (void)state;
    must_be_about("2023年前三季度简报。9月份已建成 4 家。", "2023-09");
    must_be_about("2023年简报。1—9月已建成 4 家。2023年。", "2023-01-01/P9M");
    must_be_about("2023年简报。2022年9月已建成 4 家。", "2022-09");
    must_be_about("2023年 bulletin. September built 4.", "2023-09");
    must_be_about("2023年简报。全年已建成 4 家。", "2023");
    must_be_about("2023年简报。年末已建成 4 家。", "2023");
    must_be_about("2023年简报。上半年已建成 4 家。", "2023-S1");
    must_be_about(
        "简报。9月已建成 4 家。",
        "rule 'built': year_of matches nothing; expected the year of what the rule finds");
    must_be_about("2023年简报，2024年。9月已建成 4 家。",
                  "rule 'built': year_of finds 2023, and here 2024; expected one year");
    must_be_about(
        "2023年简报。本月已建成 4 家。",
        "rule 'built': time_period: '本月' is no period: '本月' counts from a day that it "
        "does not name; " ANY_PERIOD);
    must_be_about("2023年简报。已建成 4 家。",
                  "rule 'built': time_period: '' is no period; " ANY_PERIOD);
    must_be_about("2023年简报。至2024已建成 4 家。",
                  "rule 'built': time_period: '至2024' is no period; " ANY_PERIOD);
    must_be_about("近年简报。9月已建成 4 家。",
                  "rule 'built': year_of finds '近'; expected a year, like 2024 or 二〇二四");
}

static void a_rule_that_matches_too_often_gives_nothing(void **state)
{
    (void)state;
    struct batch batch;
    static const char document[] = BUILT "已建成5个平台。\n\na platforms in 2024: 1.";
    decode_bytes(decode_small_text, document, strlen(document), &batch);
    assert_int_equal(batch.refused, 1);
    assert_int_equal(batch.count, 1);
    assert_string_equal(batch_item(&batch, 0)->observation.label_values[0], "a");
    batch_free(&batch);
}

static void a_match_of_cells_is_one_line(void **state)
{
    (void)state;
    struct batch batch = must_take(decode_small_page,
                                   "<p>" BUILT "</p><table><tr><td>open platforms in 2024<td>: 7"
                                   "</tr></table>",
                                   2);
    const struct observation *open = &batch_item(&batch, 1)->observation;
    assert_string_equal(open->statement.period.text, "2024");
    assert_string_equal(open->statement.value.text, "7");
    assert_string_equal(open->comment, "open platforms in 2024 : 7");
    batch_free(&batch);
}

static void a_long_match_is_a_short_comment(void **state)
{
    (void)state;
    struct text document = { 0 };
    text_put(&document, BUILT "a platforms in 2024: 1, published 2024-06-30");
    struct batch batch = must_take(decode_small_text, document.bytes, 2);
    batch_free(&batch);
    static const struct label label = { "stage", "x" };
    static const struct text_rule rule = {
        .name = "all",
        .match = "(?<value>\\d+)[^\\d]+",
        .least = 1,
        .most = 1,
        .fields = { [REPORT_FIGURE] = "pilot_platforms", [REPORT_TIME_PERIOD] = "2024" },
        .labels = &label,
        .label_count = 1
    };
    static const struct text_rules rules = { .rules = &rule, .count = 1 };
    text_clear(&document);
    text_put(&document, "12");
    for (int i = 0; i < 1000; i++)
        text_put(&document, "中");
    batch_init(&batch, small_catalogue(), &plain_form, today);
    decode_with(&rules, document.bytes, document.size, &batch);
    assert_int_equal(batch.count, 1);
    const char *comment = batch_item(&batch, 0)->observation.comment;
    assert_int_equal(strlen(comment), 2 + 331 * 3 + 3);
    assert_string_equal(comment + 2 + 330 * 3, "中…");
    batch_free(&batch);
    text_free(&document);
}

/* Of a rule that matches wherever it can, with a value or without one. */
static void must_count(const char *match, const char *document, size_t count)
{
    struct batch batch;
    const struct text_rule rule = { .name = "any",
                                    .match = match,
                                    .most = 100,
                                    .fields = { [REPORT_FIGURE] = "fund_size_cny",
                                                [REPORT_OBS_VALUE] = "1",
                                                [REPORT_UNIT] = "cny",
                                                [REPORT_TIME_PERIOD] = "2024" } };
    const struct text_rules rules = { .rules = &rule, .count = 1 };
    batch_init(&batch, small_catalogue(), &plain_form, today);
    decode_with(&rules, document, strlen(document), &batch);
    assert_int_equal(batch.count, count);
    batch_free(&batch);
}

static void a_match_begins_where_the_one_before_ends(void **state)
{
    (void)state;
    must_count("建成", "建成建成，建成", 3);
    must_count("建成建", "建成建成建", 1);
    must_count("建*", "田建", 3);
    must_count("$", "田", 1);
    must_count("^", "田", 1);
    must_count("\\b", "one two", 4);
    must_count("建成\\K", "建成建成，建成", 3);
    must_count("建\\K(?=成)", "建成建建成", 2);
}

static struct text repeat(const char *words, size_t times)
{
    struct text document = { 0 };
    for (size_t i = 0; i < times; i++)
        text_put(&document, words);
    return document;
}

static void must_complain(const struct text_rule *rule, const char *document, const char *place,
                          const char *complaint)
{
    struct batch batch;
    const struct text_rules rules = { .rules = rule, .count = 1 };
    batch_init(&batch, small_catalogue(), &plain_form, today);
    decode_with(&rules, document, strlen(document), &batch);
    assert_int_equal(batch.refused, 1);
    assert_string_equal(batch.refusals[0].place, place);
    assert_string_equal(batch.refusals[0].reason, complaint);
    batch_free(&batch);
}

/* All in one line, and each taken with its place. */
static void a_text_has_so_many_matches_and_no_more(void **state)
{
    (void)state;
    const struct text_rule rule = { .name = "digits",
                                    .match = "(?<value>\\d)",
                                    .most = INT64_MAX,
                                    .fields = { [REPORT_FIGURE] = "fund_size_cny",
                                                [REPORT_UNIT] = "cny",
                                                [REPORT_TIME_PERIOD] = "2024" } };
    struct text document = repeat("1 ", PUBLISHED_MATCHES + 1);
    must_complain(&rule, document.bytes, "",
                  "rule 'digits' is given up; expected at most 100000 matches in a text");
    struct batch batch;
    const struct text_rules text = { .rules = &rule, .count = 1 };
    batch_init(&batch, small_catalogue(), &plain_form, today);
    decode_with(&text, document.bytes, document.size - 2, &batch);
    assert_int_equal(batch.refused, 0);
    assert_int_equal(batch.count, PUBLISHED_MATCHES);
    batch_free(&batch);
    text_free(&document);
}

/* Each of them could find all the rest of the text. */
static void a_group_finds_no_more_than_a_field_holds(void **state)
{
    (void)state;
    struct text_rule rule = { .name = "rest",
                              .match = "x(?=(?<value>.*))",
                              .most = 1,
                              .fields = { [REPORT_FIGURE] = "fund_size_cny",
                                          [REPORT_UNIT] = "cny",
                                          [REPORT_TIME_PERIOD] = "2024" } };
    struct text document = repeat("7", 1030);
    document.bytes[0] = 'x';
    must_complain(&rule, document.bytes, ":1:2",
                  "rule 'rest': obs_value: has 1029 bytes; expected at most 1024");
    text_free(&document);
}

static void once_is_not_plural(void **state)
{
    (void)state;
    const struct text_rule rule = { .name = "one", .match = "1", .least = 2, .most = 3 };
    must_complain(&rule, "1", "", "rule 'one' matches once; expected 2 to 3");
    must_complain(&rule, "1111", ":1:4",
                  "rule 'one' matches 4 times, here once too often; expected 2 to 3");
}

/* Each would take very long on so much of the same, from one place or from all of them. */
static void no_pattern_holds_up_the_reader(void **state)
{
    (void)state;
    static const char *const patterns[] = { "(?:a+)+[bc]", "(?:a|a)*[bc]", "a*+[bc]",
                                            "(?>a*)[bc]",  "(a*)*[bc]",    "(?=a*+)[bc]" };
    struct text document = { 0 };
    for (int i = 0; i < 300000; i++)
        text_char(&document, 'a');
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct text_rule rules[2] = { { .name = "slow", .match = patterns[i], .most = 1 },
                                      { .name = "next", .match = "a", .least = 9, .most = 9 } };
        const struct text_rules text = { .rules = rules, .count = 2 };
        struct batch batch;
        batch_init(&batch, small_catalogue(), &plain_form, today);
        decode_with(&text, document.bytes, document.size, &batch);
        assert_int_equal(batch.refused, 1);
        assert_string_equal(batch.refusals[0].reason,
                            "rule 'slow' is given up after too many steps; expected patterns that "
                            "soon match or fail, and a text for which they are meant");
        batch_free(&batch);
    }
    text_free(&document);
}

/* The text ends where its memory ends. */
static void a_document_may_end_anywhere(void **state)
{
    (void)state;
    static const char whole[] = BUILT "x platforms in 2024: 4, published 2024-11-01.\n\f1\n\f"
                                      "基金规模，基金规模为1元。";
    for (size_t size = 0; size < sizeof whole; size++) {
        struct batch batch;
        char *bytes = malloc(size > 0 ? size : 1);
        memcpy(bytes, whole, size);
        decode_bytes(decode_small_text, bytes, size, &batch);
        assert_true(batch.count <= 3);
        batch_free(&batch);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_match_becomes_an_observation_with_its_words_and_its_page),
        cmocka_unit_test(groups_say_labels_periods_and_dates),
        cmocka_unit_test(html_is_read_as_it_is_seen),
        cmocka_unit_test(wrong_documents_are_refused_in_the_words_beside_them),
        cmocka_unit_test(what_is_wrong_on_a_page_has_its_place_there),
        cmocka_unit_test(other_encodings_are_read_as_the_rules_say),
        cmocka_unit_test(utf_16_is_one_of_them),
        cmocka_unit_test(a_period_may_be_repeated_and_must_be_the_same),
        cmocka_unit_test(the_year_of_a_period_may_stand_elsewhere),
        cmocka_unit_test(a_rule_that_matches_too_often_gives_nothing),
        cmocka_unit_test(a_match_of_cells_is_one_line),
        cmocka_unit_test(a_long_match_is_a_short_comment),
        cmocka_unit_test(a_match_begins_where_the_one_before_ends),
        cmocka_unit_test(a_text_has_so_many_matches_and_no_more),
        cmocka_unit_test(a_group_finds_no_more_than_a_field_holds),
        cmocka_unit_test(once_is_not_plural),
        cmocka_unit_test(no_pattern_holds_up_the_reader),
        cmocka_unit_test(a_document_may_end_anywhere),
    };
    return cmocka_run_group_tests_name("decode_text", tests, NULL, NULL);
}
