/* SPDX-License-Identifier: MIT */
/* graph.c - draws all series of a figure as a PNG, from the RRD files with librrd */
#include "graph.h"

#include "../almanac/catalogue.h"
#include "../almanac/least.h"
#include "../almanac/ledger_history.h"
#include "../almanac/rrd_store.h"
#include "axis.h"
#include "legend.h"
#include "past_files.h"
#include "siblings.h"
#include "style.h"

#include <errno.h>
#include <rrd.h>
#include <string.h>
#include <unistd.h>

enum {
    WIDTH = 800, /* of the plot, in pixels */
    HEIGHT = 300,
    MOST_BOUNDARIES = 300,     /* gaps drawn between values, of all series */
    MOST_PAST_ROWS = 20000000, /* of files for one graph: as many as one file may have */
};

/* The second has the characters that the first lacks. */
static const char fonts[] = "DejaVu Sans,WenQuanYi Micro Hei";

struct picture {
    const struct graph_request *request;
    enum graph_end end; /* if it cannot be drawn */
    struct legend legend;
    struct course courses[STYLES]; /* the legend's */
    struct style styles[STYLES];
    struct axis axis;           /* of the values */
    bool apart;                 /* values are drawn apart */
    int64_t now, known_by;      /* of the request, or as it was then */
    char as_of[PERIOD_TIME];    /* the day of known_by */
    char *past;                 /* the folder of files of that time; NULL: the collector's */
    int64_t oldest, newest;     /* the span of the files */
    int64_t from, to;           /* the span shown */
    int64_t beyond;             /* how far it reaches beyond what was asked for */
    int64_t grain;              /* seconds of rows per value in the picture */
    int64_t rows_from, rows_to; /* the span read, in whole grains */
    struct arena arena;
    struct text line;  /* scratch: a path, a legend */
    struct text words; /* librrd's arguments, each NUL-terminated */
    size_t word_count;
};

static void end_word(struct picture *picture)
{
    text_char(&picture->words, '\0');
    picture->word_count++;
}

#define PUT_WORD(picture, ...) (text_printf(&(picture)->words, __VA_ARGS__), end_word(picture))

/* librrd separates fields by colons; a backslash before any other character is literal. */
static void put_escaped_line(struct picture *picture)
{
    for (size_t i = 0; i < picture->line.size; i++) {
        if (picture->line.bytes[i] == ':')
            text_char(&picture->words, '\\');
        text_char(&picture->words, picture->line.bytes[i]);
    }
}

static void put_path(struct picture *picture, const struct snapshot_series *series)
{
    text_clear(&picture->line);
    text_printf(&picture->line, "%s/",
                picture->past != NULL ? picture->past : picture->request->rrd_directory);
    rrd_store_name(&picture->line, picture->legend.figure->name, series->labels,
                   series->label_count, series->id);
}

static void put_source(struct picture *picture, size_t index)
{
    put_path(picture, picture->courses[index].series);
    text_printf(&picture->words, "DEF:r%zu=", index);
    put_escaped_line(picture);
    PUT_WORD(picture, ":%s:LAST:reduce=LAST:step=%lld:start=%lld:end=%lld", RRD_STORE_SOURCE,
             (long long)picture->grain, (long long)picture->rows_from, (long long)picture->rows_to);
    PUT_WORD(picture, "CDEF:v%zu=r%zu,1e%d,/", index, index, picture->axis.places);
}

/* a has every second value, b the others. */
static void put_halves(struct picture *picture, size_t index)
{
    const struct course *course = &picture->courses[index];
    int64_t step = picture->legend.figure->step;
    text_printf(&picture->words, "CDEF:p%zu=v%zu,POP,0", index, index);
    for (size_t i = 1; i < course->count; i++)
        text_printf(&picture->words, ",TIME,%lld,GT,+",
                    (long long)(course->stretches[i].from / step * step));
    PUT_WORD(picture, ",2,%%");
    PUT_WORD(picture, "CDEF:a%zu=p%zu,UNKN,v%zu,IF", index, index, index);
    PUT_WORD(picture, "CDEF:b%zu=p%zu,v%zu,UNKN,IF", index, index, index);
}

static void put_line(struct picture *picture, const struct style *style, size_t above, char values)
{
    text_printf(&picture->words, "LINE%d:%c", styles_width(above), values);
    if (above > 0)
        text_printf(&picture->words, "%zuw", above);
    text_printf(&picture->words, "%zu#%s", style->course, style->colour);
    if (style->on > 0)
        text_printf(&picture->words, ":dashes=%d,%d:dash-offset=%d", style->on, style->off,
                    style->offset);
}

/* Widens the line where as many later lines have its value. */
static void put_wide(struct picture *picture, const struct style *style, size_t above, char values)
{
    text_printf(&picture->words, "CDEF:%c%zuw%zu=0", values, above, style->course);
    for (size_t i = 0; i < style->above_count; i++)
        text_printf(&picture->words, ",v%zu,v%zu,EQ,1,0,IF,+", style->course, style->above[i]);
    PUT_WORD(picture, ",%zu,GE,%c%zu,UNKN,IF", above, values, style->course);
    put_line(picture, style, above, values);
    end_word(picture);
}

static void put_values(struct picture *picture, const struct style *style, char values)
{
    for (size_t above = least_of(style->above_count, STYLES_WIDENED); above > 0; above--)
        put_wide(picture, style, above, values);
    put_line(picture, style, 0, values);
}

static void put_series(struct picture *picture, const struct style *style)
{
    if (picture->apart) {
        put_halves(picture, style->course);
        put_values(picture, style, 'a');
        end_word(picture);
    }
    put_values(picture, style, picture->apart ? 'b' : 'v');
    legend_series(&picture->legend, style->course, &picture->line);
    text_put(&picture->words, ":legend=  ");
    put_escaped_line(picture);
    PUT_WORD(picture, "\\l"); /* ends the line */
}

static void put_notes(struct picture *picture)
{
    for (size_t note = 0; note < LEGEND_NOTES; note++) {
        legend_note(&picture->legend, note, &picture->line);
        if (picture->line.size == 0)
            continue;
        text_put(&picture->words, "COMMENT:legend=");
        put_escaped_line(picture);
        PUT_WORD(picture, "\\l");
    }
}

static void put_value_axis(struct picture *picture)
{
    struct extent extent = courses_extent(picture->courses, picture->legend.drawn);
    struct axis axis = picture->axis = axis_of_values(&extent, picture->legend.chinese);
    picture->legend.axis = &picture->axis;
    PUT_WORD(picture, "--rigid");
    PUT_WORD(picture, "--lower-limit=%.17g", axis.low);
    PUT_WORD(picture, "--upper-limit=%.17g", axis.high);
    PUT_WORD(picture, "--y-grid=%.17g:1", axis.grid);
    PUT_WORD(picture, "--units-exponent=0");
    PUT_WORD(picture, "--left-axis-format=%s", axis.label);
    PUT_WORD(picture, "--units-length=%d", axis.room);
    legend_axis(&picture->legend, &picture->line);
    if (picture->line.size > 0)
        PUT_WORD(picture, "--vertical-label=%s", picture->line.bytes);
    if (axis.low < 0 && axis.high > 0)
        PUT_WORD(picture, "HRULE:0#606060");
}

static void put_axes(struct picture *picture)
{
    PUT_WORD(picture, "--start=%lld", (long long)picture->from);
    PUT_WORD(picture, "--end=%lld", (long long)picture->to);
    char grid[AXIS_GRID];
    axis_of_time(picture->to - picture->from, picture->beyond, grid);
    PUT_WORD(picture, "--x-grid=%s", grid);
    put_value_axis(picture);
}

static void put_arguments(struct picture *picture)
{
    PUT_WORD(picture, "graphv");
    PUT_WORD(picture, "-"); /* the picture is returned in memory */
    PUT_WORD(picture, "--width=%d", WIDTH);
    PUT_WORD(picture, "--height=%d", HEIGHT);
    PUT_WORD(picture, "--border=0");
    PUT_WORD(picture, "--disable-rrdtool-tag");
    PUT_WORD(picture, "--font=DEFAULT:10:%s", fonts);
    PUT_WORD(picture, "--font=TITLE:13:%s", fonts);
    legend_title(&picture->legend, &picture->line);
    if (picture->line.size > 0)
        PUT_WORD(picture, "--title=%s", picture->line.bytes);
    put_axes(picture);
    for (size_t i = 0; i < picture->legend.drawn; i++)
        put_source(picture, i);
    for (size_t i = 0; i < picture->legend.drawn; i++)
        put_series(picture, &picture->styles[i]);
    put_notes(picture);
}

/* The requested series of which something was known. */
static int find_series(struct picture *picture, const struct siblings *siblings,
                       struct ledger *ledger, struct fault *fault)
{
    const struct graph_request *request = picture->request;
    const char *with = request->label_count > 0 ? " with these labels" : "";
    const struct snapshot_series **chosen;
    struct legend *legend = &picture->legend;
    legend->count =
        siblings_choose(siblings, request->labels, request->label_count, &chosen, &picture->arena);
    legend->series = chosen;
    legend->courses = picture->courses;
    if (legend->count == 0) {
        picture->end = GRAPH_NO_DATA;
        return fault_set(fault, "nobody has reported %s%s yet", request->figure->name, with);
    }
    if (request->has_as_of && siblings_recall(chosen, &legend->count, ledger, picture->known_by,
                                              &picture->arena, fault) != 0)
        return -1;
    legend->drawn = legend->count < STYLES ? legend->count : STYLES;
    if (legend->count > 0)
        return 0;
    picture->end = GRAPH_NO_DATA;
    return fault_set(fault, "nothing of %s%s was known by %s", request->figure->name, with,
                     picture->as_of);
}

static int64_t round_up(int64_t seconds, int64_t unit)
{
    return (seconds + unit - 1) / unit * unit;
}

/* Chooses the grain. librrd reduces rows to the width of the picture, and drops rows at the ends
 * that do not fill a grain: so the picture consists of whole grains, and the last has the newest
 * row. */
static void choose_grain(struct picture *picture)
{
    int64_t step = picture->legend.figure->step;
    int64_t grain = round_up((picture->to - picture->from) / (WIDTH - 2) + 1, step);
    picture->grain = grain;
    picture->from = most_of(picture->from / grain * grain, RRD_STORE_EPOCH + step);
    picture->beyond = round_up(picture->to, grain) - picture->to;
    picture->to += picture->beyond;
    picture->rows_from = round_up(most_of(picture->from, picture->oldest), grain);
    picture->rows_to = least_of(picture->to, round_up(picture->newest, grain));
    if (picture->rows_from >= picture->rows_to)
        picture->rows_from = picture->rows_to - grain;
}

static int refuse_span(struct picture *picture, int64_t from, int64_t to, struct fault *fault)
{
    const char *name = picture->legend.figure->name;
    char begin[PERIOD_TIME], end[PERIOD_TIME];
    period_write_time(from, begin);
    period_write_time(to, end);
    picture->end = GRAPH_NO_SPAN;
    if (!picture->request->has_to)
        return fault_set(fault,
                         "the graph of %s would begin at %s, but there is nothing behind %s; "
                         "expected an earlier beginning, or an end",
                         name, begin, end);
    return fault_set(fault,
                     "the graph of %s would end at %s, but there is nothing before %s; expected a "
                     "later end%s",
                     name, end, begin, picture->request->has_from ? "" : ", or a beginning");
}

static int choose_span(struct picture *picture, struct fault *fault)
{
    const struct graph_request *request = picture->request;
    const struct figure *figure = request->figure;
    picture->newest = rrd_store_end(figure->step, picture->now);
    picture->oldest = picture->newest - figure->keep;
    int64_t to = request->has_to ? request->to : picture->newest;
    int64_t from = request->has_from
                       ? request->from
                       : most_of(siblings_first(picture->legend.series, picture->legend.count),
                                 picture->oldest);
    from = most_of(from, RRD_STORE_EPOCH);
    if (picture->newest <= RRD_STORE_EPOCH + figure->step)
        to = RRD_STORE_EPOCH;
    if (from >= to)
        return refuse_span(picture, from, to, fault);
    picture->from = request->has_from ? from : from - (to - from) / 25 - 7 * figure->step;
    picture->to = to;
    choose_grain(picture);
    return 0;
}

static int read_courses(struct picture *picture, struct ledger *ledger, struct fault *fault)
{
    /* There are rows even for a picture that begins behind them, and whole grains reach further. */
    int64_t from = most_of(most_of(picture->rows_from, picture->from), picture->oldest);
    int64_t step = picture->legend.figure->step;
    int64_t until = least_of(picture->rows_to, rrd_store_through(step, picture->now));
    for (size_t i = 0; i < picture->legend.drawn; i++) {
        struct course *course = &picture->courses[i];
        if (course_read(course, picture->legend.series[i], ledger, picture->known_by, fault) != 0)
            return -1;
        course_cut(course, picture->from, picture->oldest);
        if (course->count > 0)
            picture->legend.oldest = picture->oldest;
        course_cut(course, from, until);
    }
    return 0;
}

static int read_ledger(struct picture *picture, const struct siblings *siblings,
                       const struct catalogue *catalogue, struct fault *fault)
{
    struct ledger *ledger = ledger_open(picture->request->ledger_path, LEDGER_READER, fault);
    if (ledger == NULL)
        return -1;
    ledger_prefer(ledger, catalogue);
    int failed = find_series(picture, siblings, ledger, fault);
    if (failed == 0)
        failed = choose_span(picture, fault);
    if (failed == 0)
        failed = read_courses(picture, ledger, fault);
    ledger_close(ledger);
    return failed;
}

static int make_past(struct picture *picture, struct fault *fault)
{
    const struct legend *legend = &picture->legend;
    int64_t seconds = picture->newest - picture->rows_from + picture->grain;
    if (seconds / legend->figure->step * (int64_t)legend->drawn > MOST_PAST_ROWS) {
        picture->end = GRAPH_NO_SPAN;
        return fault_set(fault,
                         "the graph of %s as of %s would need more than %d rows; expected a "
                         "shorter time, or fewer series",
                         legend->figure->name, picture->as_of, MOST_PAST_ROWS);
    }
    picture->past = past_files_make(picture->courses, legend->drawn, seconds, picture->now, fault);
    return picture->past == NULL ? -1 : 0;
}

/* Checks here, so that the complaint names the file. */
static int check_files(struct picture *picture, struct fault *fault)
{
    for (size_t i = 0; i < picture->legend.drawn; i++) {
        put_path(picture, picture->legend.series[i]);
        const char *path = picture->line.bytes;
        if (access(path, F_OK) != 0 && errno == ENOENT)
            return fault_set(fault, "RRD file %s is not there: the collector has not built it yet",
                             path);
        if (rrd_store_check(path, fault) != 0)
            return -1;
    }
    return 0;
}

/* Whether a flow's values are drawn apart: only if there are not too many. */
static bool are_apart(const struct picture *picture)
{
    size_t values = 0;
    for (size_t i = 0; i < picture->legend.drawn; i++)
        values += picture->courses[i].count;
    return picture->legend.figure->kind == FIGURE_FLOW && values <= MOST_BOUNDARIES;
}

static int take_image(const rrd_info_t *info, struct text *png, struct fault *fault)
{
    for (; info != NULL; info = info->next)
        if (info->type == RD_I_BLO && strcmp(info->key, "image") == 0)
            text_bytes(png, info->value.u_blo.ptr, info->value.u_blo.size);
    if (png->size == 0)
        return fault_set(fault, "librrd has drawn no picture");
    return 0;
}

static int run_librrd(struct picture *picture, struct text *png, struct fault *fault)
{
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

static int draw(struct picture *picture, const struct snapshot *snapshot, struct text *png,
                struct fault *fault)
{
    const struct siblings siblings = siblings_find(snapshot, picture->request->figure);
    struct legend *legend = &picture->legend;
    if (read_ledger(picture, &siblings, &snapshot->settings->catalogue, fault) != 0 ||
        (picture->request->has_as_of && make_past(picture, fault) != 0) ||
        check_files(picture, fault) != 0)
        return -1;
    legend_compare(legend, &picture->arena);
    styles_choose(picture->styles, picture->courses, legend->drawn, siblings.series,
                  siblings.count);
    picture->apart = are_apart(picture);
    put_arguments(picture);
    return run_librrd(picture, png, fault);
}

/* The graph of an earlier day is as it was at its end, and of a day to come as it is now. */
static void choose_time(struct picture *picture)
{
    const struct graph_request *request = picture->request;
    int64_t today = request->now / PERIOD_DAY * PERIOD_DAY + PERIOD_DAY - 1;
    picture->known_by = request->has_as_of ? least_of(request->known_by, today) : LEDGER_ALWAYS;
    picture->now = least_of(request->now, picture->known_by);
    picture->legend.now = picture->now;
    if (!request->has_as_of)
        return;
    period_write_last(picture->known_by, picture->as_of);
    picture->legend.as_of = picture->as_of;
}

enum graph_end graph_draw(const struct snapshot *snapshot, const struct graph_request *request,
                          struct text *png, struct fault *fault)
{
    struct picture picture = {
        .request = request,
        .end = GRAPH_FAILED,
        .legend = { .figure = request->figure, .chinese = request->chinese, .oldest = LEGEND_ALL }
    };
    choose_time(&picture);
    int failed = draw(&picture, snapshot, png, fault);
    past_files_remove(picture.past, picture.courses, picture.legend.drawn);
    for (size_t i = 0; i < STYLES; i++)
        course_free(&picture.courses[i]);
    text_free(&picture.line);
    text_free(&picture.words);
    arena_free(&picture.arena);
    return failed == 0 ? GRAPH_DRAWN : picture.end;
}
