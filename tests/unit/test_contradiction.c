/* SPDX-License-Identifier: MIT */
/* test_contradiction.c - a delivery says one thing of each series and period */
#include "../../collector/contradiction.h"

#include "deliveries.h"

#define HEADER "figure,stage,time_period,obs_value,comparator,obs_status,released\n"

static void check(const char *rows, size_t kept, const char *complaints)
{
    struct batch batch;
    struct text document = { 0 };
    text_put(&document, HEADER);
    text_put(&document, rows);
    decode_bytes(decode_csv, document.bytes, document.size, &batch);
    assert_int_equal(batch.refused, 0);
    contradictions_refuse(&batch);
    must_have_refused(&batch, complaints);
    assert_int_equal(batch.count, kept);
    text_free(&document);
    batch_free(&batch);
}

#define ONE_RELEASE " by the same release; expected one of them\n"
#define ENDING      "; expected one of them, or when each was released\n"

static void two_values_are_refused_each_with_its_line(void **state)
{
    (void)state;
    check("pilot_platforms,built,2024,4,,,\n"
          "pilot_platforms,planned,2024,6,,,\n"
          "pilot_platforms,built,2024-A1,5,>,P,\n",
          1,
          ":2: pilot_platforms stage=built 2024 is said to be 4 and >5 (P)" ENDING
          ":4: pilot_platforms stage=built 2024-A1 is said to be 4 and >5 (P)" ENDING);
}

static void those_that_agree_with_one_of_them_are_refused_as_well(void **state)
{
    (void)state;
    check("pilot_platforms,built,2024,4,,,\n"
          "pilot_platforms,built,2024,4.0,,,\n"
          "pilot_platforms,built,2024,,,M,\n",
          0,
          ":2: pilot_platforms stage=built 2024 is said to be 4 and missing (M)" ENDING
          ":3: pilot_platforms stage=built 2024 is said to be 4 and missing (M)" ENDING
          ":4: pilot_platforms stage=built 2024 is said to be 4 and missing (M)" ENDING);
}

static void of_three_values_each_line_is_told_its_own(void **state)
{
    (void)state;
    check("pilot_platforms,built,2024,100,,,\n"
          "pilot_platforms,built,2024,120,,,\n"
          "pilot_platforms,built,2024,121,,,\n"
          "pilot_platforms,built,2024,100,,,\n",
          0,
          ":2: pilot_platforms stage=built 2024 is said to be 100 and 120" ENDING
          ":3: pilot_platforms stage=built 2024 is said to be 100 and 120" ENDING
          ":4: pilot_platforms stage=built 2024 is said to be 100 and 121" ENDING
          ":5: pilot_platforms stage=built 2024 is said to be 100 and 120" ENDING);
}

static void the_same_again_is_no_contradiction(void **state)
{
    (void)state;
    check("pilot_platforms,built,2024,1,,,\npilot_platforms,built,2024,1.0,,,\n", 2, "");
}

static void neither_is_what_was_released_on_two_days(void **state)
{
    (void)state;
    check("pilot_platforms,built,2023,1,,,2024-10-01\n"
          "pilot_platforms,built,2023,2,,,2024-11-01\n",
          2, "");
    check("pilot_platforms,built,2023,1,,,2024-10-01\n"
          "pilot_platforms,built,2023,2,,,2024-10-01\n",
          0,
          ":2: pilot_platforms stage=built 2023 is said to be 1 and 2" ONE_RELEASE
          ":3: pilot_platforms stage=built 2023 is said to be 1 and 2" ONE_RELEASE);
}

static void what_is_undated_beside_one_release_that_says_two_things_is_kept(void **state)
{
    (void)state;
    check("pilot_platforms,built,2023,1,,,2024-10-01\n"
          "pilot_platforms,planned,2023,5,,,\n"
          "pilot_platforms,built,2023,2,,,2024-10-01\n",
          1,
          ":2: pilot_platforms stage=built 2023 is said to be 1 and 2" ONE_RELEASE
          ":4: pilot_platforms stage=built 2023 is said to be 1 and 2" ONE_RELEASE);
}

/* Rows of 2023 by their letters, in any order. */
static void check_order(const char *letters, size_t kept, size_t refused)
{
    static const char *const rows[] = { "1,,,", "2,,,2024-11-01", "1,,,2024-10-01",
                                        "3,,,2024-10-01" };
    struct batch batch;
    struct text document = { 0 };
    text_put(&document, HEADER);
    for (const char *letter = letters; *letter != '\0'; letter++)
        text_printf(&document, "pilot_platforms,built,2023,%s\n", rows[*letter - 'a']);
    decode_bytes(decode_csv, document.bytes, document.size, &batch);
    contradictions_refuse(&batch);
    if (batch.count != kept || batch.refused != refused)
        fail_msg("of '%s' %zu are kept and %zu refused", letters, batch.count, batch.refused);
    text_free(&document);
    batch_free(&batch);
}

static void the_order_of_the_rows_does_not_matter(void **state)
{
    static const struct {
        const char *orders[6];
        size_t kept, refused;
    } cases[] = {
        { { "abc", "acb", "bac", "bca", "cab", "cba" }, 0, 3 }, /* an undated one, and another */
        { { "bcd", "bdc", "cbd", "cdb", "dbc", "dcb" }, 1, 2 }, /* one release, two values */
        { { "acd", "adc", "cad", "cda", "dac", "dca" }, 0, 3 }, /* both; each is refused once */
        { { "ac", "ca" }, 2, 0 },
        { { "bc", "cb" }, 2, 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; k < 6 && cases[i].orders[k] != NULL; k++)
            check_order(cases[i].orders[k], cases[i].kept, cases[i].refused);
}

/* So many that they meet in the table. */
static void those_that_differ_in_one_thing_only_do_not_contradict_each_other(void **state)
{
    enum { EACH = 200, KINDS = 5 };
    struct batch batch;
    struct text document = { 0 };
    (void)state;
    text_put(&document, "figure,stage,tier,time_period,obs_value,released\n");
    for (int i = 0; i < EACH; i++) {
        text_printf(&document, "pilot_platforms,s%d,,2024,%d,\n", i, i);
        text_printf(&document, "leading_clusters,,s%d,2024,%d,\n", i, EACH + i);
        text_printf(&document, "fund_size_cny,,,2020-01-01/P%dD,%d,\n", i + 1, i);
        text_printf(&document, "fund_size_cny,,,%d/2023,%d,\n", 2023 - i, i);
        text_printf(&document, "fund_size_cny,,,1999,%d,%d-01-01\n", i, 2000 - i);
    }
    decode_bytes(decode_csv, document.bytes, document.size, &batch);
    contradictions_refuse(&batch);
    assert_int_equal(batch.refused, 0);
    assert_int_equal(batch.count, EACH * KINDS);
    text_free(&document);
    batch_free(&batch);
}

static void in_a_list_the_index_is_the_place(void **state)
{
    (void)state;
    struct batch batch;
    static const char document[] =
        "[{\"figure\":\"fund_size_cny\",\"time_period\":\"2024\",\"obs_value\":1},"
        "{\"figure\":\"fund_size_cny\",\"time_period\":\"2023\",\"obs_value\":1},"
        "{\"figure\":\"fund_size_cny\",\"time_period\":\"2024\",\"obs_value\":2}]";
    decode_bytes(decode_json, document, sizeof document - 1, &batch);
    contradictions_refuse(&batch);
    assert_int_equal(batch.count, 1);
    assert_string_equal(batch_item(&batch, 0)->observation.statement.period.text, "2023");
    assert_int_equal(batch.refused, 2);
    assert_string_equal(batch.refusals[0].place, "[0]");
    assert_string_equal(batch.refusals[1].place, "[2]");
    batch_free(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_values_are_refused_each_with_its_line),
        cmocka_unit_test(those_that_agree_with_one_of_them_are_refused_as_well),
        cmocka_unit_test(of_three_values_each_line_is_told_its_own),
        cmocka_unit_test(the_same_again_is_no_contradiction),
        cmocka_unit_test(neither_is_what_was_released_on_two_days),
        cmocka_unit_test(what_is_undated_beside_one_release_that_says_two_things_is_kept),
        cmocka_unit_test(the_order_of_the_rows_does_not_matter),
        cmocka_unit_test(those_that_differ_in_one_thing_only_do_not_contradict_each_other),
        cmocka_unit_test(in_a_list_the_index_is_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
