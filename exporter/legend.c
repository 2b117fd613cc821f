/* SPDX-License-Identifier: MIT */
/* legend.c - what is written on a graph: its title, and a line for each series */
#include "legend.h"

#include <string.h>

enum { TITLE_COLUMNS = 100, LABELS_COLUMNS = 60 };

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* Puts what fits into so many columns, where a character of three bytes or more counts two. */
static void put_short(struct text *text, const char *string, int columns)
{
    for (const char *at = string; *at != '\0'; at++) {
        if (begins_character(*at) && (columns -= (unsigned char)*at < 0xE0 ? 1 : 2) < 0) {
            text_put(text, "…");
            return;
        }
        text_char(text, (unsigned char)*at < ' ' || *at == 0x7F ? ' ' : *at);
        if (at[0] == '\\' && at[1] == 't')
            text_put(text, "\u200B"); /* unseen; librrd would make a tab of the two */
    }
}

static const char *label_value(const struct snapshot_series *series, const char *name)
{
    for (size_t i = 0; i < series->label_count; i++)
        if (strcmp(series->labels[i].name, name) == 0)
            return series->labels[i].value;
    return "";
}

void legend_compare(struct legend *legend, struct arena *arena)
{
    size_t labels = legend->figure->label_count;
    bool *differs = arena_take(arena, labels, sizeof *differs);
    for (size_t i = 0; i < labels; i++) {
        const char *name = legend->figure->labels[i];
        const char *first = label_value(&legend->series[0], name);
        for (size_t j = 1; j < legend->count && !differs[i]; j++)
            differs[i] = strcmp(first, label_value(&legend->series[j], name)) != 0;
    }
    legend->differs = differs;
}

void legend_title(const struct legend *legend, struct text *line)
{
    const struct figure *figure = legend->figure;
    const char *title = legend->chinese ? figure->title_zh : figure->title_en;
    text_clear(line);
    put_short(line, title != NULL ? title : figure->name, TITLE_COLUMNS);
}

static void put_labels(const struct legend *legend, size_t index, bool differ, struct text *line)
{
    struct text labels = { 0 };
    for (size_t i = 0; i < legend->figure->label_count; i++) {
        const char *name = legend->figure->labels[i];
        if (legend->differs[i] == differ)
            text_printf(&labels, "%s%s=%s", labels.size > 0 ? ", " : "", name,
                        label_value(&legend->series[index], name));
    }
    if (labels.size > 0)
        put_short(line, labels.bytes, LABELS_COLUMNS);
    text_free(&labels);
}

static void put_newest(const struct statement *newest, struct text *line)
{
    text_printf(line, "%s%s (%s", comparator_text(newest->comparator), newest->value.text,
                newest->period.text);
    if (newest->status != 'A')
        text_printf(line, ", %c", newest->status);
    text_char(line, ')');
}

void legend_series(const struct legend *legend, size_t index, struct text *line)
{
    const struct snapshot_series *series = &legend->series[index];
    text_clear(line);
    put_labels(legend, index, true, line);
    if (line->size > 0)
        text_put(line, ": ");
    if (series->newest != NULL)
        put_newest(series->newest, line);
    else if (series->first > legend->now)
        text_put(line, legend->chinese ? "尚未开始" : "not yet begun");
    else
        text_put(line, legend->chinese ? "已撤回" : "withdrawn");
}

void legend_shared(const struct legend *legend, struct text *line)
{
    text_clear(line);
    put_labels(legend, 0, false, line);
}

void legend_drawn(const struct legend *legend, size_t drawn, struct text *line)
{
    text_clear(line);
    if (legend->chinese)
        text_printf(line, "%zu 个序列中的 %zu 个", legend->count, drawn);
    else
        text_printf(line, "%zu of %zu series", drawn, legend->count);
}
