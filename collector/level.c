/* SPDX-License-Identifier: MIT */
/* level.c - what the RRD files were built from, kept in a file beside them */
#include "level.h"

#include "../almanac/file.h"
#include "../almanac/rrd_store.h"

#include <stdlib.h>
#include <string.h>

/* The file: "through 24 without 3 17\n", the ids of the series that lack their file, if any, behind
 * "without"; then a line for each figure: "name stock 86400 315360000 1795478400\n", before its end
 * the sources it prefers, if any: " bureau,reply". */

#define THROUGH "through "
#define WITHOUT " without"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *behind_word(const char *at, const char *word)
{
    size_t size = strlen(word);
    return strncmp(at, word, size) == 0 ? at + size : NULL;
}

/* Returns where the first line ends, or NULL. */
static const char *read_first_line(struct level *level, const char *at)
{
    char *end;
    at = behind_word(at, THROUGH);
    if (at == NULL || !is_digit(*at))
        return NULL;
    level->through = strtoll(at, &end, 10);
    at = behind_word(end, WITHOUT);
    for (; at != NULL && at[0] == ' ' && is_digit(at[1]); at = end)
        level_add_lack(level, strtoll(at + 1, &end, 10), 0);
    level_settle(level);
    return *end == '\n' ? end : NULL;
}

void level_read(struct level *level, const char *path)
{
    struct fault fault = { 0 };
    struct text file = { 0 };
    struct level found = { 0 };
    if (file_read(path, 0, &file, &fault) == 0 && file.size > 0 &&
        file.bytes[file.size - 1] == '\n') {
        const char *figures = read_first_line(&found, file.bytes);
        if (figures != NULL)
            text_put(&found.figures, figures);
        else
            level_free(&found);
    }
    *level = found;
    text_free(&file);
}

int level_write(const struct level *level, const char *path, struct fault *fault)
{
    struct text file = { 0 };
    text_printf(&file, THROUGH "%lld%s", (long long)level->through,
                level->lack_count > 0 ? WITHOUT : "");
    for (size_t i = 0; i < level->lack_count; i++)
        text_printf(&file, " %lld", (long long)level->lacks[i].series);
    text_bytes(&file, level->figures.bytes, level->figures.size);
    int result = text_failed(&file) ? fault_set(fault, "%s: out of memory", path)
                                    : file_replace(path, file.bytes, file.size, fault);
    text_free(&file);
    return result;
}

static void put_figure(struct text *line, const struct figure *figure, int64_t now)
{
    text_printf(line, "%s %s %lld %lld %lld", figure->name,
                figure->kind == FIGURE_STOCK ? "stock" : "flow", (long long)figure->step,
                (long long)figure->keep, (long long)rrd_store_end(figure->step, now));
    for (size_t i = 0; i < figure->preference_count; i++)
        text_printf(line, "%c%s", i == 0 ? ' ' : ',', figure->preference[i]);
    text_char(line, '\n');
}

void level_of(struct level *level, const struct catalogue *catalogue, int64_t through, int64_t now)
{
    level->through = through;
    level->lack_count = 0;
    text_clear(&level->figures);
    text_char(&level->figures, '\n');
    for (size_t i = 0; i < catalogue->count; i++)
        put_figure(&level->figures, &catalogue->figures[i], now);
}

bool level_same_figures(const struct level *a, const struct level *b)
{
    return a->figures.size == b->figures.size &&
           (a->figures.size == 0 ||
            memcmp(a->figures.bytes, b->figures.bytes, a->figures.size) == 0);
}

bool level_has(const struct level *level, const struct figure *figure, int64_t now)
{
    struct text line = { 0 };
    text_char(&line, '\n');
    put_figure(&line, figure, now);
    bool has = level->figures.size > 0 && strstr(level->figures.bytes, line.bytes) != NULL;
    text_free(&line);
    return has;
}

void level_forget(struct level *level, const char *figure)
{
    if (level->figures.size == 0)
        return;
    struct text begin = { 0 };
    if (figure == NULL) {
        text_clear(&level->figures);
        text_char(&level->figures, '\n');
    } else {
        text_printf(&begin, "\n%s ", figure);
        char *line = strstr(level->figures.bytes, begin.bytes);
        if (line != NULL)
            line[1] = '#'; /* no name begins so */
    }
    text_free(&begin);
}

void level_add_lack(struct level *level, int64_t series, uint64_t words)
{
    level->lacks =
        array_reserve(level->lacks, &level->lack_room, level->lack_count + 1, sizeof *level->lacks);
    level->lacks[level->lack_count++] = (struct lack){ .series = series, .words = words };
}

static int compare_series(const void *a, const void *b)
{
    const struct lack *one = a, *other = b;
    return (one->series > other->series) - (one->series < other->series);
}

void level_settle(struct level *level)
{
    if (level->lack_count > 1)
        qsort(level->lacks, level->lack_count, sizeof *level->lacks, compare_series);
}

struct lack *level_lack(const struct level *level, int64_t series)
{
    const struct lack sought = { .series = series };
    return level->lack_count == 0 ? NULL
                                  : bsearch(&sought, level->lacks, level->lack_count,
                                            sizeof *level->lacks, compare_series);
}

void level_free(struct level *level)
{
    text_free(&level->figures);
    free(level->lacks);
    *level = (struct level){ 0 };
}
