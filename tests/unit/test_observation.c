/* SPDX-License-Identifier: MIT */
/* test_observation.c - the codes of a report, and when two reports say the same */
#include "../../almanac/observation.h"
#include "said.h"

static void comparators_read_as_they_are_written(void **state)
{
    static const struct {
        const char *text;
        enum comparator comparator;
    } cases[] = {
        { "", COMPARATOR_EXACT },           { "<", COMPARATOR_LESS },
        { "<=", COMPARATOR_LESS_OR_EQUAL }, { ">=", COMPARATOR_MORE_OR_EQUAL },
        { ">", COMPARATOR_MORE },           { "~", COMPARATOR_ABOUT },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum comparator comparator = cases[(i + 1) % 6].comparator;
        assert_true(comparator_read(cases[i].text, &comparator));
        assert_int_equal(comparator, cases[i].comparator);
        assert_string_equal(comparator_text(comparator), cases[i].text);
    }
}

static void other_comparators_are_refused(void **state)
{
    static const char *const cases[] = { "=",  "==",  "=<", "=>", "<<", "<>", " ",     " >",
                                         "> ", ">==", "~=", "!",  "≥",  "超", "about", "gt" };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum comparator comparator = COMPARATOR_LESS;
        assert_false(comparator_read(cases[i], &comparator));
        assert_int_equal(comparator, COMPARATOR_LESS);
    }
}

/* All 256 of them, against the three lists of CL_OBS_STATUS. */
static void every_status_goes_with_a_value_or_without(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        enum status_value expected = STATUS_UNKNOWN;
        if (c != 0 && strchr("ABDEFGIPUVW", c) != NULL)
            expected = STATUS_WITH_VALUE;
        if (c != 0 && strchr("HLMOQ", c) != NULL)
            expected = STATUS_WITHOUT_VALUE;
        if (c != 0 && strchr("JKNS", c) != NULL)
            expected = STATUS_EITHER;
        if (status_value((char)c) != expected)
            fail_msg("status %d goes the wrong way", c);
    }
}

static void a_status_is_read_from_its_one_letter(void **state)
{
    static const char *const wrong[] = { "", "a", "AB", "X", " A" };
    struct fault fault = { 0 };
    char status;
    (void)state;
    assert_int_equal(status_read("Q", &status, &fault), 0);
    assert_int_equal(status, 'Q');
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(status_read(wrong[i], &status, &fault), -1);
    assert_non_null(strstr(fault.text, "'' is not known; expected one of A (normal), B"));
}

static void must_be_equal(const struct statement *a, const struct statement *b, bool equal)
{
    assert_int_equal(statement_equal(a, b), equal);
    assert_int_equal(statement_equal(b, a), equal);
}

static void the_same_said_in_other_words_is_the_same(void **state)
{
    struct statement a = statement_of("2024-Q1 1.5"), b = statement_of("2024-01-01/P3M 1.50");
    (void)state;
    must_be_equal(&a, &a, true);
    must_be_equal(&a, &b, true);
}

static void any_difference_in_what_is_said_counts(void **state)
{
    const struct statement said = statement_of("2024-Q1 1.5");
    struct statement other = statement_of("2024-Q2 1.5");
    (void)state;
    must_be_equal(&said, &other, false);
    other = statement_of("2024 1.5");
    must_be_equal(&said, &other, false);
    other = statement_of("2024-02-01/P2M 1.5");
    must_be_equal(&said, &other, false);
    other = statement_of("2024-Q1 -1.5");
    must_be_equal(&said, &other, false);
    other = said;
    other.comparator = COMPARATOR_MORE;
    must_be_equal(&said, &other, false);
    other = said;
    other.status = 'P';
    must_be_equal(&said, &other, false);
    other = said;
    other.missing = true;
    must_be_equal(&said, &other, false);
}

static void what_is_missing_has_no_value_to_compare(void **state)
{
    struct statement a = statement_of("2024 1"), b = statement_of("2024 2");
    (void)state;
    a.missing = b.missing = true;
    a.status = b.status = 'M';
    must_be_equal(&a, &b, true);
    b.status = 'O';
    must_be_equal(&a, &b, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparators_read_as_they_are_written),
        cmocka_unit_test(other_comparators_are_refused),
        cmocka_unit_test(every_status_goes_with_a_value_or_without),
        cmocka_unit_test(a_status_is_read_from_its_one_letter),
        cmocka_unit_test(the_same_said_in_other_words_is_the_same),
        cmocka_unit_test(any_difference_in_what_is_said_counts),
        cmocka_unit_test(what_is_missing_has_no_value_to_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
