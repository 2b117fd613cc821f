/* SPDX-License-Identifier: MIT */
/* legend.c - the text of a graph: its title, a line for each series, and notes */
#include "legend.h"

#include "../almanac/utf8.h"
#include "axis.h"
#include "qualifier.h"
#include "unit_name.h"

#include <string.h>

enum { TITLE_COLUMNS = 90, LABELS_COLUMNS = 90, LABEL_COLUMNS = 12, AS_OF_COLUMNS = 26 };
enum { VALUES = 4, VALUES_COLUMNS = 80 }; /* per series, if there are several */

static const char *in(const struct legend *legend, const char *english, const char *chinese)
{
    return legend->chinese ? chinese : english;
}

/* A character of three bytes or more takes two columns. */
static int columns_at(const char *at)
{
    return utf8_continues(*at) ? 0 : (unsigned char)*at < 0xE0 ? 1 : 2;
}

static int columns_of(const char *string)
{
    int columns = 0;
    for (const char *at = string; *at != '\0'; at++)
        columns += columns_at(at);
    return columns;
}

static void put_byte(struct text *text, const char *at)
{
    text_char(text, (unsigned char)*at < ' ' || *at == 0x7F ? ' ' : *at);
    if (at[0] == '\\' && at[1] == 't')
        text_put(text, "\u200B"); /* invisible; librrd would read the pair as a tab */
}

/* Puts the text into this many columns; keeps both ends of a longer one, since either may
 * distinguish it. */
static void put_short(struct text *text, const char *string, int columns)
{
    int all = columns_of(string), before = 0;
    bool whole = all <= columns, cut = false;
    for (const char *at = string; *at != '\0'; at++) {
        before += columns_at(at);
        if (whole || before <= columns / 2 || before > all - columns / 2 + 1) {
            put_byte(text, at);
        } else if (!cut) {
            text_put(text, "…");
            cut = true;
        }
    }
}

/* Whether the string may have letters that run from right to left, or marks of direction: Hebrew to
 * Arabic Extended, U+2000 to U+207F, and the presentation forms. */
static bool may_run_left(const char *string)
{
    for (const unsigned char *at = (const unsigned char *)string; *at != '\0'; at++)
        if ((at[0] >= 0xD6 && at[0] <= 0xDF) || at[0] == 0xEF ||
            (at[0] == 0xE0 && at[1] >= 0xA0 && at[1] <= 0xA3) ||
            (at[0] == 0xE2 && (at[1] == 0x80 || at[1] == 0x81)))
            return true;
    return false;
}

/* Isolates the string's direction from what follows, or it would reorder the value's digits. */
static void put_isolated(struct text *text, const char *string, int columns)
{
    bool isolate = may_run_left(string);
    text_put(text, isolate ? "\u2068" : "");
    put_short(text, string, columns);
    text_put(text, isolate ? "\u2069" : "");
}

void legend_title(const struct legend *legend, struct text *line)
{
    text_clear(line);
    put_short(line, in(legend, legend->figure->title_en, legend->figure->title_zh),
              legend->as_of == NULL ? TITLE_COLUMNS : TITLE_COLUMNS - AS_OF_COLUMNS);
    if (legend->as_of != NULL)
        text_printf(line, "%s%s%s", in(legend, " (as known on ", "（截至 "), legend->as_of,
                    in(legend, ")", " 所知）"));
    if (legend->empty && legend->oldest == LEGEND_ALL)
        text_put(line, in(legend, ": no values in this time", "：此时段没有数值"));
    else if (legend->empty)
        text_put(line, in(legend, ": not kept for graphs", "：不在图的保存期内"));
}

/* "million cny", "亿元" */
static void put_unit(const struct legend *legend, struct text *line)
{
    const char *word = legend->axis->unit_word, *unit = legend->figure->unit;
    text_put(line, word);
    if (unit != NULL) {
        const char *name = unit_name(unit, legend->chinese);
        text_put(line, word[0] != '\0' && name == unit ? " " : "");
        put_short(line, name, LABELS_COLUMNS / 2);
    }
}

void legend_axis(const struct legend *legend, struct text *line)
{
    text_clear(line);
    put_unit(legend, line);
    if (!legend->axis->from_zero)
        text_printf(line, "%s%s", line->size > 0 ? " · " : "",
                    in(legend, "not from zero", "不从零起"));
}

/* Writes the labels that differ, or those that do not. */
static void put_labels(const struct legend *legend, size_t index, bool differ, struct text *line)
{
    int all = differ && legend->unlike ? LABELS_COLUMNS / 2 : LABELS_COLUMNS;
    int names = 0, count = 0;
    for (size_t i = 0; i < legend->label_count; i++)
        if (legend->differs[i] == differ) {
            names += columns_of(legend->labels[i]) + 3;
            count++;
        }
    int each = count == 0 ? 0 : (all - names) / count;
    for (size_t i = 0; i < legend->label_count; i++) {
        const char *name = legend->labels[i];
        if (legend->differs[i] != differ)
            continue;
        text_printf(line, "%s%s=", line->size > 0 ? ", " : "", name);
        put_isolated(line, snapshot_label(legend->series[index], name),
                     each < LABEL_COLUMNS ? LABEL_COLUMNS : each);
    }
}

/* Counted like the axis: 2550000000 is 25.5亿元, or 2.55 billion cny. */
static void put_counted(const struct legend *legend, struct quantity value, struct text *line)
{
    struct fault fault = { 0 };
    if (quantity_shift(&value, -legend->axis->places, &fault) == 0) {
        size_t size = strlen(value.text); /* with a point, for the shift is to the right */
        while (value.text[size - 1] == '0')
            size--;
        text_bytes(line, value.text, size - (value.text[size - 1] == '.'));
    } else {
        text_printf(line, "%se-%d", value.text, legend->axis->places);
    }
    text_put(line, in(legend, " ", ""));
    put_unit(legend, line);
}

static void put_value(const struct legend *legend, const struct statement *statement,
                      struct text *line)
{
    text_put(line, comparator_text(statement->comparator));
    if (legend->axis->places == 0)
        text_put(line, statement->value.text);
    else
        put_counted(legend, statement->value, line);
    text_printf(line, " (%s", statement->period.text);
    if (statement->status != 'A')
        text_printf(line, ", %c", statement->status);
    text_char(line, ')');
}

static int columns_of_value(const struct statement *statement)
{
    return (int)(strlen(statement->value.text) + strlen(statement->period.text)) + 10;
}

/* The number of last values in the series' line. */
static size_t values_said(const struct legend *legend, const struct course *course)
{
    size_t said = 0, most = legend->unlike ? VALUES : 1;
    int columns = 0;
    if (course->count == 0 || course->last->missing)
        return 0;
    while (said < most && said < course->count) {
        columns += columns_of_value(course->stretches[course->count - 1 - said].statement);
        if (said > 0 && columns > VALUES_COLUMNS)
            break;
        said++;
    }
    return said;
}

static void put_values(const struct legend *legend, const struct course *course, size_t said,
                       struct text *line)
{
    if (said > 1 && said < course->count)
        text_put(line, "…, ");
    for (size_t i = course->count - said; i < course->count; i++) {
        put_value(legend, course->stretches[i].statement, line);
        text_put(line, i + 1 < course->count ? ", " : "");
    }
}

static void put_gap(const struct legend *legend, const struct course *course, struct text *line)
{
    const struct qualifier *reason = qualifier_of_gap(course->last, course->valued);
    text_printf(line, "%s (%s)", in(legend, reason->english, reason->chinese),
                course->last->period.text);
}

void legend_series(const struct legend *legend, size_t index, struct text *line)
{
    const struct course *course = &legend->courses[index];
    text_clear(line);
    put_labels(legend, index, true, line);
    size_t said = values_said(legend, course);
    if (line->size > 0)
        text_put(line, ": ");
    if (said > 0)
        put_values(legend, course, said, line);
    else if (course->last != NULL && course->last->missing)
        put_gap(legend, course, line);
    else if (course->last == NULL && course->series->first > legend->now)
        text_put(line, in(legend, "not yet begun", "尚未生效"));
    else if (legend->oldest == LEGEND_ALL)
        text_put(line, in(legend, "none in this time", "此时段没有"));
    else
        text_put(line, in(legend, "none that is kept", "此时段没有保留的数值"));
}

static void add_label(struct legend *legend, const char *name, struct arena *arena)
{
    for (size_t i = 0; i < legend->label_count; i++)
        if (strcmp(legend->labels[i], name) == 0)
            return;
    legend->labels = arena_grow(arena, legend->labels, legend->label_count, sizeof *legend->labels);
    legend->labels[legend->label_count++] = name;
}

static void gather_labels(struct legend *legend, struct arena *arena)
{
    for (size_t i = 0; i < legend->figure->label_count; i++)
        add_label(legend, legend->figure->labels[i], arena);
    for (size_t i = 0; i < legend->count; i++)
        for (size_t j = 0; j < legend->series[i]->label_count; j++)
            add_label(legend, legend->series[i]->labels[j].name, arena);
}

static void compare_labels(struct legend *legend, struct arena *arena)
{
    bool *differs = arena_take(arena, legend->label_count, sizeof *differs);
    for (size_t i = 0; i < legend->label_count; i++) {
        const char *name = legend->labels[i];
        const char *first = snapshot_label(legend->series[0], name);
        for (size_t j = 1; j < legend->count && !differs[i]; j++)
            differs[i] = strcmp(first, snapshot_label(legend->series[j], name)) != 0;
    }
    legend->differs = differs;
}

static void gather_marks(struct legend *legend, const struct course *course)
{
    size_t earlier = course->count - values_said(legend, course);
    for (size_t i = 0; i < course->count; i++) {
        uint32_t set = qualifiers_of(course->stretches[i].statement);
        *(i < earlier ? &legend->earlier_marks : &legend->said_marks) |= set;
    }
}

void legend_compare(struct legend *legend, struct arena *arena)
{
    gather_labels(legend, arena);
    compare_labels(legend, arena);
    legend->empty = true;
    for (size_t i = 0; i < legend->drawn; i++)
        legend->empty = legend->empty && legend->courses[i].count == 0;
    legend->unlike =
        legend->figure->kind == FIGURE_FLOW && courses_unlike(legend->courses, legend->drawn);
    for (size_t i = 0; i < legend->drawn; i++)
        gather_marks(legend, &legend->courses[i]);
}

static void note_shared(const struct legend *legend, struct text *line)
{
    put_labels(legend, 0, false, line);
}

static void note_left_out(const struct legend *legend, struct text *line)
{
    bool first = true;
    if (legend->drawn == legend->count)
        return;
    if (legend->chinese)
        text_printf(line, "共 %zu 个序列，只画 %zu 个", legend->count, legend->drawn);
    else
        text_printf(line, "%zu of %zu series are drawn", legend->drawn, legend->count);
    for (size_t i = 0; i < legend->figure->label_count; i++) {
        if (!legend->differs[i])
            continue;
        text_put(line, first ? in(legend, "; choose with label[]=", "；可用 label[]=")
                             : in(legend, " or label[]=", " 或 label[]="));
        put_short(line, legend->figure->labels[i], LABELS_COLUMNS / 2);
        text_put(line, "=…");
        first = false;
    }
    text_put(line, first ? "" : in(legend, "", " 选择"));
}

static void note_oldest(const struct legend *legend, struct text *line)
{
    char date[PERIOD_TIME];
    if (legend->oldest == LEGEND_ALL)
        return;
    period_write_time(legend->oldest, date);
    text_printf(line, "%s%s%s", in(legend, "There are values before ", "早于 "), date,
                in(legend, ", which graphs do not keep.", " 的数值不在图中。"));
}

static void note_unlike(const struct legend *legend, struct text *line)
{
    if (legend->unlike)
        text_put(line, in(legend,
                          "Each value is of its whole period, and these are of unlike length: the "
                          "heights do not compare.",
                          "每个数值属于其整个时期，各时期长短不一，高低不可直接相比。"));
}

static void note_marks(const struct legend *legend, uint32_t set, const char *before,
                       struct text *line)
{
    for (size_t i = 0; i < QUALIFIERS; i++)
        if (set >> i & 1)
            text_printf(line, "%s%s: %s", line->size > 0 ? in(legend, ", ", "，") : before,
                        qualifiers[i].word,
                        in(legend, qualifiers[i].english, qualifiers[i].chinese));
}

static void note_said(const struct legend *legend, struct text *line)
{
    note_marks(legend, legend->said_marks, "", line);
}

static void note_earlier(const struct legend *legend, struct text *line)
{
    note_marks(legend, legend->earlier_marks,
               in(legend, "Among the earlier values: ", "较早的数值中："), line);
}

void legend_note(const struct legend *legend, size_t note, struct text *line)
{
    static void (*const notes[LEGEND_NOTES])(const struct legend *, struct text *) = {
        note_shared, note_left_out, note_oldest, note_unlike, note_said, note_earlier,
    };
    text_clear(line);
    notes[note](legend, line);
}
