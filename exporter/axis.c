/* SPDX-License-Identifier: MIT */
/* axis.c - the axes of a graph: limits, grid and labels */
#include "axis.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>

enum { GRID_LINES = 6, EDGE = 150 }; /* a line this close to a limit is invisible: two pixels */
enum { ROOM = 9, MARGIN = 2 };       /* librrd's default; how much of it a label does not get */

/* 1, 2 or 5 times a power of ten, at least least. */
static double round_grid(double least)
{
    double power = pow(10, floor(log10(least)));
    const double factors[] = { 1, 2, 5 };
    for (size_t i = 0; i < 3; i++)
        if (factors[i] * power >= least)
            return factors[i] * power;
    return 10 * power;
}

/* From which largest value on an axis counts in a power of ten; labels have room for about six
 * digits. */
struct scale {
    double from;
    int places;
    const char *word;
};
static const struct scale english_scales[] = {
    { 1e18, 0, "" }, { 1e12, 12, "trillion" }, { 1e9, 9, "billion" }, { 1e6, 6, "million" },
    { 0, 0, "" },
};
static const struct scale chinese_scales[] = {
    { 1e18, 0, "" }, { 1e12, 12, "万亿" }, { 1e8, 8, "亿" }, { 1e5, 4, "万" }, { 0, 0, "" },
};

static void set_unit(struct axis *axis, double largest, bool chinese)
{
    const struct scale *scale = chinese ? chinese_scales : english_scales;
    while (largest < scale->from)
        scale++;
    double unit = pow(10, scale->places);
    axis->places = scale->places;
    axis->unit_word = scale->word;
    axis->low /= unit;
    axis->high /= unit;
    axis->grid /= unit;
}

static int columns_of(double value, bool power, int decimals)
{
    return power ? snprintf(NULL, 0, "%.*e", decimals, value)
                 : snprintf(NULL, 0, "%.*f", decimals, value);
}

static void set_label(struct axis *axis)
{
    double top = fmax(fabs(axis->low), fabs(axis->high));
    double finest = floor(log10(axis->grid) + 1e-9);
    bool power = top >= 1e7 || top < 1e-4;
    int decimals =
        power ? (int)fmin(fmax(floor(log10(top)) - finest, 0), 6) : (int)fmin(fmax(-finest, 0), 9);
    snprintf(axis->label, sizeof axis->label, power ? "%%.%dle" : "%%.%dlf", decimals);
    int low = columns_of(axis->low, power, decimals);
    int high = columns_of(axis->high, power, decimals);
    axis->room = (int)fmax(fmax(low, high) + MARGIN, ROOM);
}

struct axis axis_of_values(const struct extent *extent, bool chinese)
{
    double least = extent->least, most = extent->most;
    if (least > most)
        return (struct axis){ 0.25, 0.75, 1, true, 0, "", "%.0lf", ROOM };
    double size = fmax(fabs(least), fabs(most));
    struct axis axis = { .from_zero = least == most || most - least >= size / 10 };
    double low = axis.from_zero ? fmin(least, 0) : least;
    double high = axis.from_zero ? fmax(most, 0) : most;
    if (low == high)
        high = 1;
    /* Labels have room for about six digits, and librrd counts grid lines from zero in an int. */
    double grid = round_grid(fmax((high - low) / GRID_LINES, size * 1e-6));
    if (extent->whole && grid < 1)
        grid = 1;
    axis.grid = grid;
    axis.low = floor(low / grid) * grid;
    axis.high = ceil(high / grid) * grid;
    if (least - axis.low < (axis.high - axis.low) / EDGE)
        axis.low -= grid / 2;
    if (axis.high - most < (axis.high - axis.low) / EDGE)
        axis.high += grid / 2;
    set_unit(&axis, size, chinese);
    set_label(&axis);
    return axis;
}

#define HOUR INT64_C(3600)
#define DAY  (24 * HOUR)
#define YEAR (365 * DAY)

/* Thin lines, thick lines and labels: one every so many units; the seconds over which a label is
 * centred; and strftime's format. */
static const struct {
    int64_t up_to;
    const char *lines;
    int64_t centred;
    const char *format;
} time_grids[] = {
    { 3 * HOUR, "MINUTE:10:MINUTE:30:MINUTE:30", 0, "%H:%M" },
    { 12 * HOUR, "MINUTE:30:HOUR:1:HOUR:1", 0, "%H:%M" },
    { 36 * HOUR, "HOUR:1:HOUR:6:HOUR:6", 0, "%m-%d %H:%M" },
    { 10 * DAY, "HOUR:6:DAY:1:DAY:1", DAY, "%m-%d" },
    { 45 * DAY, "DAY:1:WEEK:1:WEEK:1", 0, "%Y-%m-%d" },
    { 200 * DAY, "WEEK:1:MONTH:1:MONTH:1", 30 * DAY, "%Y-%m" },
    { 550 * DAY, "MONTH:1:MONTH:2:MONTH:2", 0, "%Y-%m" },
    { 3 * YEAR, "MONTH:1:MONTH:3:MONTH:3", 0, "%Y-%m" },
    { 6 * YEAR, "MONTH:3:YEAR:1:MONTH:6", 0, "%Y-%m" },
    { 15 * YEAR, "MONTH:6:YEAR:1:YEAR:1", YEAR, "%Y" },
    { 40 * YEAR, "YEAR:1:YEAR:2:YEAR:2", 0, "%Y" },
    { 100 * YEAR, "YEAR:1:YEAR:5:YEAR:5", 0, "%Y" },
    { 400 * YEAR, "YEAR:10:YEAR:50:YEAR:50", 0, "%Y" },
    { INT64_MAX, "YEAR:100:YEAR:1000:YEAR:1000", 0, "%Y" },
};

void axis_of_time(int64_t seconds, int64_t beyond, char grid[AXIS_GRID])
{
    size_t i = 0;
    while (seconds > time_grids[i].up_to)
        i++;
    /* librrd draws a label whose middle lies in the picture. */
    long long centred = (long long)(time_grids[i].centred + 2 * beyond + 2);
    snprintf(grid, AXIS_GRID, "%s:%lld:%s", time_grids[i].lines, centred, time_grids[i].format);
}
