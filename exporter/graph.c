/* SPDX-License-Identifier: MIT */
/* graph.c - all series of a figure as a PNG, drawn by librrd from the RRD files */
#include "graph.h"

#include "../almanac/catalogue.h"
#include "../almanac/rrd_store.h"
#include "axis.h"
#include "legend.h"

#include <errno.h>
#include <math.h>
#include <rrd.h>
#include <string.h>
#include <unistd.h>

enum {
    WIDTH = 800, /* of the plot, in pixels */
    HEIGHT = 300,
    MOST_SERIES = 50,
    MOST_WIDENED = 4,
};

/* The second draws the characters that the first does not have. */
static const char fonts[] = "DejaVu Sans,WenQuanYi Micro Hei";

/* Told apart by colour-blind people too: Okabe and Ito's without its yellow, and three of Tol's. */
static const char *const palette[] = {
    "0072b2", "d55e00", "009e73", "cc79a7", "e69f00",
    "56b4e9", "000000", "882255", "999933", "332288",
};

struct picture {
    const struct graph_request *request;
    struct legend legend;
    size_t drawn;               /* of the legend's series */
    int64_t from, to;           /* what is shown */
    int64_t grain;              /* the rows that one value in the picture stands for, seconds */
    int64_t rows_from, rows_to; /* what is read, in whole grains */
    struct arena arena;
    struct text line;  /* one at a time: a path, a legend */
    struct text words; /* the arguments for librrd, each NUL-terminated */
    size_t word_count;
};

static void end_word(struct picture *picture)
{
    text_char(&picture->words, '\0');
    picture->word_count++;
}

#define PUT_WORD(picture, ...) (text_printf(&(picture)->words, __VA_ARGS__), end_word(picture))

/* librrd separates by colons; a backslash stands for itself before anything else. */
static void put_escaped_line(struct picture *picture)
{
    for (size_t i = 0; i < picture->line.size; i++) {
        if (picture->line.bytes[i] == ':')
            text_char(&picture->words, '\\');
        text_char(&picture->words, picture->line.bytes[i]);
    }
}

/* Of lines that end on the same value the earlier ones are wider, so that each can be seen. */
static int line_width(const struct picture *picture, size_t index)
{
    const struct statement *newest = picture->legend.series[index].newest;
    int widened = 0;
    for (size_t i = index + 1; newest != NULL && i < picture->drawn; i++) {
        const struct statement *other = picture->legend.series[i].newest;
        widened += other != NULL && quantity_equal(&newest->value, &other->value);
    }
    return 2 + 3 * (widened < MOST_WIDENED ? widened : MOST_WIDENED);
}

static void put_path(struct picture *picture, const struct snapshot_series *series)
{
    text_clear(&picture->line);
    text_printf(&picture->line, "%s/", picture->request->rrd_directory);
    rrd_store_name(&picture->line, picture->legend.figure->name, series->labels,
                   series->label_count, series->id);
}

static void put_series(struct picture *picture, size_t index)
{
    put_path(picture, &picture->legend.series[index]);
    text_printf(&picture->words, "DEF:v%zu=", index);
    put_escaped_line(picture);
    PUT_WORD(picture, ":%s:LAST:reduce=LAST:step=%lld:start=%lld:end=%lld", RRD_STORE_SOURCE,
             (long long)picture->grain, (long long)picture->rows_from, (long long)picture->rows_to);

    legend_series(&picture->legend, index, &picture->line);
    text_printf(&picture->words, "LINE%d:v%zu#%s:legend=  ", line_width(picture, index), index,
                palette[index % (sizeof palette / sizeof *palette)]);
    put_escaped_line(picture);
    PUT_WORD(picture, "\\l"); /* ends the line */
}

static void put_comment(struct picture *picture)
{
    text_put(&picture->words, "COMMENT:legend=");
    put_escaped_line(picture);
    PUT_WORD(picture, "\\l");
}

static void put_comments(struct picture *picture)
{
    legend_shared(&picture->legend, &picture->line);
    if (picture->line.size > 0)
        put_comment(picture);
    if (picture->drawn < picture->legend.count) {
        legend_drawn(&picture->legend, picture->drawn, &picture->line);
        put_comment(picture);
    }
}

static void put_axes(struct picture *picture, const struct extent *extent)
{
    struct axis axis = axis_of_values(extent);
    PUT_WORD(picture, "--start=%lld", (long long)picture->from);
    PUT_WORD(picture, "--end=%lld", (long long)picture->to);
    PUT_WORD(picture, "--x-grid=%s", axis_of_time(picture->to - picture->from));
    PUT_WORD(picture, "--rigid");
    PUT_WORD(picture, "--lower-limit=%.17g", axis.low);
    PUT_WORD(picture, "--upper-limit=%.17g", axis.high);
    PUT_WORD(picture, "--y-grid=%.17g:1", axis.grid);
    PUT_WORD(picture, "--units-exponent=%d", axis.exponent);
    PUT_WORD(picture, "--left-axis-format=%s", axis.label);
    if (picture->legend.figure->unit != NULL)
        PUT_WORD(picture, "--vertical-label=%s", picture->legend.figure->unit);
}

static void put_arguments(struct picture *picture, const struct extent *extent)
{
    PUT_WORD(picture, "graphv");
    PUT_WORD(picture, "-"); /* the picture comes back in memory */
    PUT_WORD(picture, "--width=%d", WIDTH);
    PUT_WORD(picture, "--height=%d", HEIGHT);
    PUT_WORD(picture, "--border=0");
    PUT_WORD(picture, "--disable-rrdtool-tag");
    PUT_WORD(picture, "--font=DEFAULT:10:%s", fonts);
    PUT_WORD(picture, "--font=TITLE:13:%s", fonts);
    legend_title(&picture->legend, &picture->line);
    if (picture->line.size > 0)
        PUT_WORD(picture, "--title=%s", picture->line.bytes);
    put_axes(picture, extent);
    for (size_t i = 0; i < picture->drawn; i++)
        put_series(picture, i);
    put_comments(picture);
}

static void widen(struct extent *extent, const double *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isnan(rows[i]))
            continue;
        extent->least = fmin(extent->least, rows[i]);
        extent->most = fmax(extent->most, rows[i]);
        extent->whole = extent->whole && rows[i] == floor(rows[i]);
    }
}

/* Widens the extent by what the series' file says. */
static int measure(struct picture *picture, const struct snapshot_series *series,
                   struct extent *extent, struct fault *fault)
{
    put_path(picture, series);
    if (text_failed(&picture->line))
        return fault_set(fault, "out of memory");
    const char *path = picture->line.bytes;
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return fault_set(fault, "RRD file %s is not there: the collector has not built it yet",
                         path);
    time_t start = (time_t)picture->rows_from, end = (time_t)picture->rows_to;
    unsigned long step = (unsigned long)picture->legend.figure->step, sources;
    char **names;
    double *rows;
    rrd_clear_error();
    if (rrd_fetch_r(path, "LAST", &start, &end, &step, &sources, &names, &rows) != 0)
        return fault_set(fault, "RRD file %s: %s", path, rrd_get_error());
    widen(extent, rows, (size_t)(end - start) / step * sources);
    for (unsigned long i = 0; i < sources; i++)
        rrd_freemem(names[i]);
    rrd_freemem(names);
    rrd_freemem(rows);
    return 0;
}

/* The snapshot has the series of one figure side by side. */
static bool find_series(const struct snapshot *snapshot, struct legend *legend)
{
    const struct snapshot_series *series = snapshot->series, *end = series + snapshot->series_count;
    const char *name = legend->figure->name;
    while (series < end && strcmp(series->figure->name, name) != 0)
        series++;
    legend->series = series;
    while (series < end && strcmp(series->figure->name, name) == 0)
        series++;
    legend->count = (size_t)(series - legend->series);
    return legend->count > 0;
}

static int64_t first_of(const struct legend *legend)
{
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < legend->count; i++)
        if (legend->series[i].first < first)
            first = legend->series[i].first;
    return first;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t round_up(int64_t seconds, int64_t unit)
{
    return (seconds + unit - 1) / unit * unit;
}

/* librrd reduces rows to what the width can hold, and loses those at the ends that do not fill a
 * whole grain: so the picture consists of whole grains, and the newest row is in the last. */
static void choose_grain(struct picture *picture, int64_t oldest, int64_t newest)
{
    int64_t step = picture->legend.figure->step;
    int64_t least = (picture->to - picture->from) / (WIDTH - 2) + 1;
    int64_t grain = round_up(least, step);
    picture->grain = grain;
    picture->from = later(picture->from / grain * grain, RRD_STORE_EPOCH + step);
    picture->to = round_up(picture->to, grain);
    picture->rows_from = round_up(later(picture->from, oldest), grain);
    picture->rows_to = earlier(picture->to, round_up(newest, grain));
    if (picture->rows_from >= picture->rows_to)
        picture->rows_from = picture->rows_to - grain;
}

static int choose_span(struct picture *picture, struct fault *fault)
{
    const struct graph_request *request = picture->request;
    const struct figure *figure = picture->legend.figure;
    int64_t newest = rrd_store_end(figure->step, request->now), oldest = newest - figure->keep;
    int64_t to = request->to == -1 ? newest : request->to;
    int64_t from = request->from == -1 ? later(first_of(&picture->legend), oldest) : request->from;
    from = later(from, RRD_STORE_EPOCH);
    if (from >= to) {
        char begin[32], until[32];
        period_write_time(from, begin);
        period_write_time(to, until);
        return fault_set(fault, "the graph of %s would begin at %s, not before its end at %s",
                         figure->name, begin, until);
    }
    picture->from = request->from == -1 ? from - (to - from) / 25 - 7 * figure->step : from;
    picture->to = to;
    choose_grain(picture, oldest, newest);
    return 0;
}

static int take_image(const rrd_info_t *info, struct text *png, struct fault *fault)
{
    for (; info != NULL; info = info->next)
        if (info->type == RD_I_BLO && strcmp(info->key, "image") == 0)
            text_bytes(png, info->value.u_blo.ptr, info->value.u_blo.size);
    if (text_failed(png) || png->size == 0)
        return fault_set(fault, "no room for the picture");
    return 0;
}

static int run_librrd(struct picture *picture, struct text *png, struct fault *fault)
{
    if (text_failed(&picture->line) || text_failed(&picture->words))
        return fault_set(fault, "out of memory");
    char **arguments = arena_take(&picture->arena, picture->word_count, sizeof *arguments);
    char *at = picture->words.bytes;
    for (size_t i = 0; i < picture->word_count; i++) {
        arguments[i] = at;
        at += strlen(at) + 1;
    }
    void *char_or_const_char = arguments; /* librrd 1.7 takes char **, later ones const char ** */
    rrd_clear_error();
    rrd_info_t *info = rrd_graph_v((int)picture->word_count, char_or_const_char);
    if (info == NULL)
        return fault_set(fault, "the graph of %s: %s", picture->legend.figure->name,
                         rrd_get_error());
    int result = take_image(info, png, fault);
    rrd_info_free(info);
    return result;
}

static enum graph_end draw(struct picture *picture, struct text *png, struct fault *fault)
{
    struct extent extent = { .least = INFINITY, .most = -INFINITY, .whole = true };
    if (choose_span(picture, fault) != 0)
        return GRAPH_NO_DATA;
    for (size_t i = 0; i < picture->drawn; i++)
        if (measure(picture, &picture->legend.series[i], &extent, fault) != 0)
            return GRAPH_FAILED;
    legend_compare(&picture->legend, &picture->arena);
    put_arguments(picture, &extent);
    return run_librrd(picture, png, fault) == 0 ? GRAPH_DRAWN : GRAPH_FAILED;
}

enum graph_end graph_draw(const struct snapshot *snapshot, const struct graph_request *request,
                          struct text *png, struct fault *fault)
{
    struct catalogue catalogue = catalogue_of(snapshot->settings);
    struct legend legend = { .chinese = request->chinese, .now = request->now };
    legend.figure = catalogue_find(&catalogue, request->figure);
    if (legend.figure == NULL) {
        fault_set(fault, "there is no figure '%s'", request->figure);
        return GRAPH_NO_FIGURE;
    }
    if (!find_series(snapshot, &legend)) {
        fault_set(fault, "nobody has reported %s yet", request->figure);
        return GRAPH_NO_DATA;
    }
    struct picture picture = { .request = request, .legend = legend };
    picture.drawn = legend.count < MOST_SERIES ? legend.count : MOST_SERIES;
    enum graph_end end = draw(&picture, png, fault);
    text_free(&picture.line);
    text_free(&picture.words);
    arena_free(&picture.arena);
    return end;
}
