/* SPDX-License-Identifier: MIT */
/* test_quantity.c - an exact decimal comes out as it went in, or is refused */
#include "../../almanac/quantity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NINES_34 "9999999999999999999999999999999999"

static void decimals_are_kept_exactly(void **state)
{
    static const struct {
        const char *text, *plain;
    } cases[] = {
        { "0", "0" },
        { "7", "7" },
        { "160", "160" },
        { "1234567", "1234567" },
        { "0.1", "0.1" },
        { "1.50", "1.50" },
        { "100.00", "100.00" },
        { "3.14159265358979323846", "3.14159265358979323846" },
        { "-5", "-5" },
        { "-0.5", "-0.5" },
        { "+5", "5" },
        { "+0.25", "0.25" },
        /* zeros in front say nothing, those behind do */
        { "007", "7" },
        { "000", "0" },
        { "00.10", "0.10" },
        { "-0012.340", "-12.340" },
        { "0.000", "0.000" },
        /* zero has no sign */
        { "-0", "0" },
        { "+0", "0" },
        { "-0.00", "0.00" },
        { "-000", "0" },
        { "-0e5", "0" },
        /* exponents */
        { "1e8", "100000000" },
        { "1E8", "100000000" },
        { "1e+8", "100000000" },
        { "1e08", "100000000" },
        { "1e0", "1" },
        { "1e-0", "1" },
        { "1.5e0", "1.5" },
        { "1.50e1", "15.0" },
        { "1.50e2", "150" },
        { "1.50e3", "1500" },
        { "15e-1", "1.5" },
        { "15e-2", "0.15" },
        { "15e-3", "0.015" },
        { "-15e-4", "-0.0015" },
        { "150e-1", "15.0" },
        { "12.5e-1", "1.25" },
        { "0.00012e4", "1.2" },
        { "0.00012e5", "12" },
        { "000e-3", "0.000" },
        { "0e999", "0" },
        { "1e33", "1000000000000000000000000000000000" },
        { "1e-33", "0.000000000000000000000000000000001" },
        { "0.0000000000000000000000000000000001e1", "0.000000000000000000000000000000001" },
        /* as many digits as there is room for */
        { NINES_34, NINES_34 },
        { "-" NINES_34, "-" NINES_34 },
        { "-99999999999999999.99999999999999999", "-99999999999999999.99999999999999999" },
        { "-0.999999999999999999999999999999999", "-0.999999999999999999999999999999999" },
        { "00" NINES_34, NINES_34 },
        { NINES_34 "e0", NINES_34 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct quantity quantity;
        if (quantity_read(cases[i].text, &quantity, &fault) != 0)
            fail_msg("'%s' was refused: %s", cases[i].text, fault.text);
        if (strcmp(quantity.text, cases[i].plain) != 0)
            fail_msg("'%s' became '%s', not '%s'", cases[i].text, quantity.text, cases[i].plain);
    }
}

static void must_refuse(const char *text, const char *words)
{
    struct fault fault = { 0 };
    struct quantity quantity = { "untouched" };
    if (quantity_read(text, &quantity, &fault) != -1)
        fail_msg("'%s' was taken as '%s'", text, quantity.text);
    assert_string_equal(fault.text, words);
    assert_string_equal(quantity.text, "untouched");
}

static void what_is_no_decimal_is_refused(void **state)
{
    static const char *const cases[] = {
        "1.2.3", "NaN",   "nan",  "inf",   "-",   "+",   "--1", "+-1",  ".",     ".5",
        "5.",    "-.5",   "1,5",  "1 000", " 1",  "1 ",  "1\n", "0x10", "1e",    "1e+",
        "1e-",   "e5",    "1e5.", "1e5.0", "1ee", "1e ", "1_0", "160+", "1e+-5", "1e1000",
        "abc",   "5.e10", "１２", "一亿",  "1/3", "1%",  ">5",  "#N/A", "1e- 5", "1e5e5",
    };
    char words[200];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(
            words, sizeof words,
            "'%s' is not a decimal number; expected digits with at most one point, like 1234.5",
            cases[i]);
        for (char *at = words; (at = strchr(at, '\n')) != NULL;)
            *at = '?';
        must_refuse(cases[i], words);
    }
    must_refuse("", "an empty text is not a number; expected a decimal like 1234.5");
}

static void more_than_34_digits_are_refused(void **state)
{
    static const char *const cases[] = {
        "9" NINES_34,
        "-9" NINES_34,
        "9.9" NINES_34,
        "0." NINES_34,
        "0.0000000000000000000000000000000000",
        "1e34",
        "1e999",
        "1e-34",
        "1.5e-33",
        "0e-999",
        "1.0e-33",
        "12345678901234567890.123456789012345",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[160];
        snprintf(words, sizeof words,
                 "'%.20s%s' has too many digits; expected at most 34, which are kept exactly",
                 cases[i], strlen(cases[i]) > 20 ? "…" : "");
        must_refuse(cases[i], words);
    }
}

static void four_hundred_digits_are_refused_whatever_they_are(void **state)
{
    static const struct {
        const char *before, *behind;
    } cases[] = {
        { "", "" }, { "-", "" }, { "0.", "" }, { "", ".5" }, { "", "e-399" }, { "1e", "" }
    };
    char digits[401], text[420];
    (void)state;
    memset(digits, '7', 400);
    digits[400] = '\0';
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct quantity quantity;
        snprintf(text, sizeof text, "%s%s%s", cases[i].before, digits, cases[i].behind);
        assert_int_equal(quantity_read(text, &quantity, &fault), -1);
        assert_true(strlen(fault.text) < 200);
    }
}

static void four_hundred_zeros_in_front_are_nothing(void **state)
{
    char text[402];
    struct fault fault = { 0 };
    struct quantity quantity;
    (void)state;
    memset(text, '0', 400);
    strcpy(text + 400, "5");
    assert_int_equal(quantity_read(text, &quantity, &fault), 0);
    assert_string_equal(quantity.text, "5");
}

static void a_million_digits_are_refused_in_a_few_words(void **state)
{
    static char text[1000001];
    struct fault fault = { 0 };
    struct quantity quantity;
    (void)state;
    memset(text, '1', 1000000);
    assert_int_equal(quantity_read(text, &quantity, &fault), -1);
    assert_true(strlen(fault.text) < 200);
}

static void numbers_are_equal_by_their_value(void **state)
{
    static const struct {
        const char *a, *b;
        bool equal;
    } cases[] = {
        { "1.5", "1.50", true },     { "1", "1.000", true },   { "100", "1e2", true },
        { "0", "0.00", true },       { "-0.0", "0", true },    { "-1.10", "-1.1", true },
        { "0.10", "1e-1", true },    { "10", "1", false },     { "100", "10", false },
        { "1.5", "1.05", false },    { "1", "-1", false },     { "0.1", "0.01", false },
        { "1.5", "15", false },      { "10.0", "1.0", false }, { "0.5", "5", false },
        { "20", "2.0", false },      { "1.0", "10", false },   { NINES_34, NINES_34, true },
        { "120.50", "120.5", true }, { "0.0", "0.1", false },  { "1000", "1000.0", true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct quantity a, b;
        assert_int_equal(quantity_read(cases[i].a, &a, &fault), 0);
        assert_int_equal(quantity_read(cases[i].b, &b, &fault), 0);
        if (quantity_equal(&a, &b) != cases[i].equal || quantity_equal(&b, &a) != cases[i].equal)
            fail_msg("%s and %s: equal the wrong way", cases[i].a, cases[i].b);
    }
}

/* What was read once must read the same again, or the ledger would change under its own rules. */
static void a_number_is_shifted_without_a_loss(void **state)
{
    static const struct {
        const char *text;
        int places;
        const char *shifted;
    } cases[] = {
        { "12.50", 3, "12500" },
        { "12.50", -1, "1.250" },
        { "12.50", 0, "12.50" },
        { "-0.05", 1, "-0.5" },
        { "0", 99, "0" },
        { "1", 33, "1000000000000000000000000000000000" },
        { NINES_34, -33, "9.999999999999999999999999999999999" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct quantity quantity;
        assert_int_equal(quantity_read(cases[i].text, &quantity, &fault), 0);
        assert_int_equal(quantity_shift(&quantity, cases[i].places, &fault), 0);
        assert_string_equal(quantity.text, cases[i].shifted);
    }
}

static void a_power_of_ten_is_known_by_its_places(void **state)
{
    static const struct {
        const char *text;
        bool power;
        int places;
    } cases[] = {
        { "1", true, 0 },      { "10", true, 1 },    { "1000", true, 3 }, { "0.1", true, -1 },
        { "0.001", true, -3 }, { "0.10", true, -1 }, { "0", false, 0 },   { "2", false, 0 },
        { "11", false, 0 },    { "101", false, 0 },  { "-1", false, 0 },  { "10.5", false, 0 },
        { "0.12", false, 0 },  { "21", false, 0 },   { "1.1", false, 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        struct quantity quantity;
        int places = 0;
        assert_int_equal(quantity_read(cases[i].text, &quantity, &fault), 0);
        if (quantity_is_power(&quantity, &places) != cases[i].power || places != cases[i].places)
            fail_msg("%s: %d", cases[i].text, places);
    }
}

static void a_shift_beyond_34_digits_leaves_the_number_as_it_was(void **state)
{
    struct quantity quantity = { "12.5" };
    struct fault fault = { 0 };
    (void)state;
    assert_int_equal(quantity_shift(&quantity, 33, &fault), -1);
    assert_string_equal(fault.text, "'12.5e33' has too many digits; expected at most 34, which are "
                                    "kept exactly");
    assert_string_equal(quantity.text, "12.5");
}

static void a_read_number_reads_as_itself(void **state)
{
    uint32_t random = 7;
    (void)state;
    for (int i = 0; i < 2000; i++) {
        char text[64];
        struct fault fault = { 0 };
        struct quantity first, again;
        random = random * 1664525 + 1013904223;
        snprintf(text, sizeof text, "%s%u.%02ue%d", random & 1 ? "-" : "", random >> 20,
                 (random >> 8) % 100, (int)(random >> 16) % 20 - 10);
        assert_int_equal(quantity_read(text, &first, &fault), 0);
        assert_int_equal(quantity_read(first.text, &again, &fault), 0);
        assert_string_equal(first.text, again.text);
        assert_true(quantity_equal(&first, &again));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_kept_exactly),
        cmocka_unit_test(what_is_no_decimal_is_refused),
        cmocka_unit_test(more_than_34_digits_are_refused),
        cmocka_unit_test(four_hundred_digits_are_refused_whatever_they_are),
        cmocka_unit_test(four_hundred_zeros_in_front_are_nothing),
        cmocka_unit_test(a_million_digits_are_refused_in_a_few_words),
        cmocka_unit_test(numbers_are_equal_by_their_value),
        cmocka_unit_test(a_number_is_shifted_without_a_loss),
        cmocka_unit_test(a_power_of_ten_is_known_by_its_places),
        cmocka_unit_test(a_shift_beyond_34_digits_leaves_the_number_as_it_was),
        cmocka_unit_test(a_read_number_reads_as_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
