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
        { { 4, 6, true }, { 0, 6.5, 1, true, 0, "%.0lf" } },
        { { 1, 1, true }, { 0, 1.5, 1, true, 0, "%.0lf" } },
        { { 0, 0, true }, { -0.5, 1, 1, true, 0, "%.0lf" } },
        { { 0, 2401, true }, { -250, 2500, 500, true, 0, "%.0lf" } },
        { { 0.25, 0.6, false }, { 0, 0.65, 0.1, true, 0, "%.1lf" } },
        { { 0.0004, 0.0004, false }, { 0, 0.00045, 0.0001, true, 0, "%.4lf" } },
        { { 1.23e-13, 4.56e-13, false }, { 0, 5e-13, 1e-13, true, 0, "%.0le" } },
        { { -6e-5, 2e-5, false }, { -7e-5, 3e-5, 2e-5, true, 0, "%.0le" } },
        { { -5, -3, true }, { -5.5, 0, 1, true, 0, "%.0lf" } },
        { { 999999, 999999, true }, { 0, 1100000, 200000, true, 6, "%.1lf M" } },
        { { 150000, 150000, true }, { 0, 175000, 50000, true, 0, "%.0lf" } },
        { { 100000000, 100000000, true }, { 0, 110000000, 20000000, true, 6, "%.0lf M" } },
        { { 1500000, 1520000, true }, { 1497500, 1522500, 5000, false, 6, "%.3lf M" } },
        { { 3e9, 3e9, true }, { 0, 3250000000, 500000000, true, 9, "%.1lf G" } },
        { { 1e12, 1e12 + 1, true }, { 1e12 - 1e6, 1e12 + 2e6, 2e6, false, 12, "%.6lf T" } },
        { { 6e30, 6e30, true }, { 0, 6.5e30, 1e30, true, 0, "%.0le" } },
        { { 1.25e23, 2.5e23, true }, { 0, 2.75e23, 5e22, true, 0, "%.1le" } },
        { { 11300000, 13900000, true }, { 0, 15000000, 5000000, true, 6, "%.0lf M" } },
        { { 90, 100, true }, { 0, 110, 20, true, 0, "%.0lf" } },
        { { 95, 100, true }, { 94.5, 100.5, 1, false, 0, "%.0lf" } },
        { { -100, -95, true }, { -100.5, -94.5, 1, false, 0, "%.0lf" } },
        { { INFINITY, -INFINITY, true }, { 0.25, 0.75, 1, true, 0, "%.0lf" } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct axis axis = axis_of_values(&cases[i].extent);
        const struct axis *expected = &cases[i].axis;
        double near = expected->grid * 1e-6;
        if (fabs(axis.low - expected->low) > near || fabs(axis.high - expected->high) > near ||
            fabs(axis.grid - expected->grid) > near || axis.exponent != expected->exponent ||
            axis.from_zero != expected->from_zero || strcmp(axis.label, expected->label) != 0)
            fail_msg("case %zu: %.17g to %.17g by %.17g, %d, %s", i, axis.low, axis.high, axis.grid,
                     axis.exponent, axis.label);
    }
}

static void no_value_lies_on_a_limit(void **state)
{
    (void)state;
    for (double least = -1000; least < 1000; least += 7.25)
        for (double most = least; most < 2000; most = most + 1 + fabs(most) / 3) {
            struct extent extent = { least, most, false };
            struct axis axis = axis_of_values(&extent);
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
        cmocka_unit_test(no_value_lies_on_a_limit),
        cmocka_unit_test(time_is_labelled_by_its_span),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
