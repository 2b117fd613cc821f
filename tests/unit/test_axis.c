/* SPDX-License-Identifier: MIT */
/* test_axis.c - limits that hide no line, and labels without a surprise */
#include "../../exporter/axis.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void axes_fit_their_values(void **state)
{
    (void)state;
    static const struct {
        struct extent extent;
        struct axis axis;
    } cases[] = {
        { { 4, 6, true }, { 0, 6.5, 1, true, 0, "", "%.0lf", 9 } },
        { { 1, 1, true }, { 0, 1.5, 1, true, 0, "", "%.0lf", 9 } },
        { { 0, 0, true }, { -0.5, 1, 1, true, 0, "", "%.0lf", 9 } },
        { { 0, 2401, true }, { -250, 2500, 500, true, 0, "", "%.0lf", 9 } },
        { { 0.25, 0.6, false }, { 0, 0.65, 0.1, true, 0, "", "%.1lf", 9 } },
        { { 0.0004, 0.0004, false }, { 0, 0.00045, 0.0001, true, 0, "", "%.4lf", 9 } },
        { { 1.23e-13, 4.56e-13, false }, { 0, 5e-13, 1e-13, true, 0, "", "%.0le", 9 } },
        { { -6e-5, 2e-5, false }, { -7e-5, 3e-5, 2e-5, true, 0, "", "%.0le", 9 } },
        { { -5, -3, true }, { -5.5, 0, 1, true, 0, "", "%.0lf", 9 } },
        { { 150000, 150000, true }, { 0, 175000, 50000, true, 0, "", "%.0lf", 9 } },
        { { 999999, 999999, true }, { 0, 1100000, 200000, true, 0, "", "%.0lf", 9 } },
        { { 100000000, 100000000, true }, { 0, 110, 20, true, 6, "million", "%.0lf", 9 } },
        { { -3e6, 2e6, true }, { -3.5, 2.5, 1, true, 6, "million", "%.0lf", 9 } },
        { { 1500000, 1520000, true }, { 1.4975, 1.5225, 0.005, false, 6, "million", "%.3lf", 9 } },
        { { 3e9, 3e9, true }, { 0, 3.25, 0.5, true, 9, "billion", "%.1lf", 9 } },
        { { 5.6e10, 9.9e11, true }, { 0, 1000, 200, true, 9, "billion", "%.0lf", 9 } },
        { { 1e12, 1e12 + 1, true },
          { 1 - 1e-6, 1 + 2e-6, 2e-6, false, 12, "trillion", "%.6lf", 10 } },
        { { 6e17, 6e17, true }, { 0, 650000, 100000, true, 12, "trillion", "%.0lf", 9 } },
        { { 6e30, 6e30, true }, { 0, 6.5e30, 1e30, true, 0, "", "%.0le", 9 } },
        { { 1.25e23, 2.5e23, true }, { 0, 2.75e23, 5e22, true, 0, "", "%.1le", 9 } },
        { { 11300000, 13900000, true }, { 0, 15, 5, true, 6, "million", "%.0lf", 9 } },
        { { 90, 100, true }, { 0, 110, 20, true, 0, "", "%.0lf", 9 } },
        { { 95, 100, true }, { 94.5, 100.5, 1, false, 0, "", "%.0lf", 9 } },
        { { -100, -95, true }, { -100.5, -94.5, 1, false, 0, "", "%.0lf", 9 } },
        { { -999999, 500000, true }, { -1250000, 750000, 500000, true, 0, "", "%.0lf", 10 } },
        { { -0.0003, -0.0003, false }, { -0.000325, 0, 0.00005, true, 0, "", "%.5lf", 10 } },
        { { -100000.5, -100000.25, false },
          { -100000.6, -100000.2, 0.2, false, 0, "", "%.1lf", 11 } },
        { { -1e20, -1e20, true }, { -1.1e20, 0, 2e19, true, 0, "", "%.1le", 10 } },
        { { INFINITY, -INFINITY, true }, { 0.25, 0.75, 1, true, 0, "", "%.0lf", 9 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct axis axis = axis_of_values(&cases[i].extent, false);
        const struct axis *expected = &cases[i].axis;
        double near = expected->grid * 1e-6;
        if (fabs(axis.low - expected->low) > near || fabs(axis.high - expected->high) > near ||
            fabs(axis.grid - expected->grid) > near || axis.places != expected->places ||
            strcmp(axis.unit_word, expected->unit_word) != 0 ||
            axis.from_zero != expected->from_zero || strcmp(axis.label, expected->label) != 0 ||
            axis.room != expected->room)
            fail_msg("case %zu: %.17g to %.17g by %.17g, %d, %s, %d", i, axis.low, axis.high,
                     axis.grid, axis.places, axis.label, axis.room);
    }
}

static void in_chinese_large_values_are_counted_in_its_own_powers(void **state)
{
    (void)state;
    static const struct {
        double value, high;
        int places;
        const char *unit_word, *label;
    } cases[] = {
        { 10000, 11000, 0, "", "%.0lf" },    { 99999, 110000, 0, "", "%.0lf" },
        { 100000, 11, 4, "万", "%.0lf" },    { -3000000, 0, 4, "万", "%.0lf" },
        { 1e8, 1.1, 8, "亿", "%.1lf" },      { 6e11, 6500, 8, "亿", "%.0lf" },
        { 3e13, 32.5, 12, "万亿", "%.0lf" }, { 6e30, 6.5e30, 0, "", "%.0le" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct extent extent = { cases[i].value, cases[i].value, true };
        struct axis axis = axis_of_values(&extent, true);
        if (fabs(axis.high - cases[i].high) > cases[i].high * 1e-6 ||
            axis.places != cases[i].places)
            fail_msg("case %zu: to %.17g, %d", i, axis.high, axis.places);
        assert_string_equal(axis.unit_word, cases[i].unit_word);
        assert_string_equal(axis.label, cases[i].label);
    }
}

static void no_value_lies_on_a_limit(void **state)
{
    (void)state;
    for (double least = -1000; least < 1000; least += 7.25)
        for (double most = least; most < 2000; most = most + 1 + fabs(most) / 3) {
            struct extent extent = { least, most, false };
            struct axis axis = axis_of_values(&extent, false);
            double lines = (axis.high - axis.low) / axis.grid;
            if (axis.low >= least || axis.high <= most || lines < 1 || lines > 9)
                if (!(axis.low == 0 && least > 0) && !(axis.high == 0 && most < 0))
                    fail_msg("%g to %g: %g to %g by %g", least, most, axis.low, axis.high,
                             axis.grid);
        }
}

static void must_have_grid(int64_t seconds, int64_t beyond, const char *expected)
{
    char grid[AXIS_GRID];
    axis_of_time(seconds, beyond, grid);
    assert_string_equal(grid, expected);
}

static void time_is_labelled_by_its_span(void **state)
{
    (void)state;
    const int64_t hour = 3600, day = 24 * hour, year = 365 * day;
    const struct {
        int64_t until; /* seconds */
        const char *grid;
    } cases[] = {
        { 3 * hour, "MINUTE:10:MINUTE:30:MINUTE:30:2:%H:%M" },
        { 12 * hour, "MINUTE:30:HOUR:1:HOUR:1:2:%H:%M" },
        { 36 * hour, "HOUR:1:HOUR:6:HOUR:6:2:%m-%d %H:%M" },
        { 10 * day, "HOUR:6:DAY:1:DAY:1:86402:%m-%d" },
        { 45 * day, "DAY:1:WEEK:1:WEEK:1:2:%Y-%m-%d" },
        { 200 * day, "WEEK:1:MONTH:1:MONTH:1:2592002:%Y-%m" },
        { 550 * day, "MONTH:1:MONTH:2:MONTH:2:2:%Y-%m" },
        { 3 * year, "MONTH:1:MONTH:3:MONTH:3:2:%Y-%m" },
        { 6 * year, "MONTH:3:YEAR:1:MONTH:6:2:%Y-%m" },
        { 15 * year, "MONTH:6:YEAR:1:YEAR:1:31536002:%Y" },
        { 40 * year, "YEAR:1:YEAR:2:YEAR:2:2:%Y" },
        { 100 * year, "YEAR:1:YEAR:5:YEAR:5:2:%Y" },
        { 400 * year, "YEAR:10:YEAR:50:YEAR:50:2:%Y" },
        { INT64_MAX, "YEAR:100:YEAR:1000:YEAR:1000:2:%Y" },
    };
    int64_t from = 1;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        must_have_grid(from, 0, cases[i].grid);
        must_have_grid(cases[i].until, 0, cases[i].grid);
        from = cases[i].until == INT64_MAX ? from : cases[i].until + 1;
    }
    must_have_grid(880 * day, day, "MONTH:1:MONTH:3:MONTH:3:172802:%Y-%m");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axes_fit_their_values),
        cmocka_unit_test(in_chinese_large_values_are_counted_in_its_own_powers),
        cmocka_unit_test(no_value_lies_on_a_limit),
        cmocka_unit_test(time_is_labelled_by_its_span),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
