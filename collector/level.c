/* SPDX-License-Identifier: MIT */
/* level.c - what the RRD files were built from, kept in a file beside them */
#include "level.h"

#include "../almanac/file.h"
#include "../almanac/rrd_store.h"

#include <stdio.h>
#include <string.h>

/* The file: "through 24\n", then a line for each figure: "name stock 86400 315360000 1795478400\n",
 * before its end the sources it prefers, if any: " bureau,reply". */

void level_read(struct level *level, const char *path)
{
    struct fault fault = { 0 };
    struct text file = { 0 };
    long long through;
    int length = 0;
    if (file_read(path, 0, &file, &fault) == 0 && file.size > 0 &&
        sscanf(file.bytes, "through %lld%n", &through, &length) == 1 &&
        file.bytes[length] == '\n' && file.bytes[file.size - 1] == '\n') {
        level->through = through;
        text_put(&level->figures, file.bytes + length);
    }
    text_free(&file);
}

int level_write(const struct level *level, const char *path, struct fault *fault)
{
    struct text file = { 0 };
    text_printf(&file, "through %lld", (long long)level->through);
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

void level_free(struct level *level)
{
    text_free(&level->figures);
}
