/* SPDX-License-Identifier: MIT */
/* checkpoint.c - the state from which the RRD files were built, in a file beside them */
#include "checkpoint.h"

#include "../almanac/file.h"
#include "../almanac/rrd_store.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The file: "through 24 9c2e5f01a37b44d0 without 3 17\n", where the mark follows the id, and the
 * ids of series whose file is lacking, if any, follow "without"; then a line per figure: "name
 * stock 86400 315360000 1795478400\n", with its preferred sources, if any, at the end: "
 * bureau,reply". */

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

/* Returns the end of the first line, or NULL. */
static const char *read_first_line(struct checkpoint *checkpoint, const char *at)
{
    char *end;
    at = behind_word(at, THROUGH);
    if (at == NULL || !is_digit(*at))
        return NULL;
    checkpoint->through = strtoll(at, &end, 10);
    checkpoint->mark = strtoull(end, &end, 16);
    at = behind_word(end, WITHOUT);
    for (; at != NULL && at[0] == ' ' && is_digit(at[1]); at = end)
        checkpoint_add_lack(checkpoint, strtoll(at + 1, &end, 10), 0);
    checkpoint_settle(checkpoint);
    return *end == '\n' ? end : NULL;
}

void checkpoint_read(struct checkpoint *checkpoint, const char *path)
{
    struct fault fault = { 0 };
    struct text file = { 0 };
    struct checkpoint found = { 0 };
    if (file_read(path, 0, &file, &fault) == 0 && file.size > 0 &&
        file.bytes[file.size - 1] == '\n') {
        const char *figures = read_first_line(&found, file.bytes);
        if (figures != NULL)
            text_put(&found.figures, figures);
        else
            checkpoint_free(&found);
    }
    *checkpoint = found;
    text_free(&file);
}

int checkpoint_write(const struct checkpoint *checkpoint, const char *path, struct fault *fault)
{
    struct text file = { 0 };
    text_printf(&file, THROUGH "%lld %016" PRIx64 "%s", (long long)checkpoint->through,
                checkpoint->mark, checkpoint->lack_count > 0 ? WITHOUT : "");
    for (size_t i = 0; i < checkpoint->lack_count; i++)
        text_printf(&file, " %lld", (long long)checkpoint->lacks[i].series);
    text_bytes(&file, checkpoint->figures.bytes, checkpoint->figures.size);
    int result = file_replace(path, file.bytes, file.size, fault);
    text_free(&file);
    return result;
}

static void put_figure(struct text *line, const struct figure *figure, int64_t now)
{
    text_printf(line, "%s %s %lld %lld %lld", figure->name,
                figure->kind == FIGURE_STOCK ? "stock" : "flow", (long long)figure->step,
                (long long)figure->keep, (long long)rrd_store_through(figure->step, now));
    for (size_t i = 0; i < figure->preference_count; i++)
        text_printf(line, "%c%s", i == 0 ? ' ' : ',', figure->preference[i]);
    text_char(line, '\n');
}

void checkpoint_of(struct checkpoint *checkpoint, const struct catalogue *catalogue, int64_t now)
{
    checkpoint->lack_count = 0;
    text_clear(&checkpoint->figures);
    text_char(&checkpoint->figures, '\n');
    for (size_t i = 0; i < catalogue->count; i++)
        put_figure(&checkpoint->figures, &catalogue->figures[i], now);
}

bool checkpoint_same_figures(const struct checkpoint *a, const struct checkpoint *b)
{
    return a->figures.size == b->figures.size &&
           (a->figures.size == 0 ||
            memcmp(a->figures.bytes, b->figures.bytes, a->figures.size) == 0);
}

bool checkpoint_has(const struct checkpoint *checkpoint, const struct figure *figure, int64_t now)
{
    struct text line = { 0 };
    text_char(&line, '\n');
    put_figure(&line, figure, now);
    bool has =
        checkpoint->figures.size > 0 && strstr(checkpoint->figures.bytes, line.bytes) != NULL;
    text_free(&line);
    return has;
}

void checkpoint_forget(struct checkpoint *checkpoint, const char *figure)
{
    if (checkpoint->figures.size == 0)
        return;
    struct text begin = { 0 };
    if (figure == NULL) {
        text_clear(&checkpoint->figures);
        text_char(&checkpoint->figures, '\n');
    } else {
        text_printf(&begin, "\n%s ", figure);
        char *line = strstr(checkpoint->figures.bytes, begin.bytes);
        if (line != NULL)
            line[1] = '#'; /* no name begins like this */
    }
    text_free(&begin);
}

void checkpoint_add_lack(struct checkpoint *checkpoint, int64_t series, uint64_t words)
{
    checkpoint->lacks = array_reserve(checkpoint->lacks, &checkpoint->lack_room,
                                      checkpoint->lack_count + 1, sizeof *checkpoint->lacks);
    checkpoint->lacks[checkpoint->lack_count++] = (struct lack){ .series = series, .words = words };
}

static int compare_series(const void *a, const void *b)
{
    const struct lack *one = a, *other = b;
    return (one->series > other->series) - (one->series < other->series);
}

void checkpoint_settle(struct checkpoint *checkpoint)
{
    if (checkpoint->lack_count > 1)
        qsort(checkpoint->lacks, checkpoint->lack_count, sizeof *checkpoint->lacks, compare_series);
}

struct lack *checkpoint_lack(const struct checkpoint *checkpoint, int64_t series)
{
    const struct lack sought = { .series = series };
    return checkpoint->lack_count == 0 ? NULL
                                       : bsearch(&sought, checkpoint->lacks, checkpoint->lack_count,
                                                 sizeof *checkpoint->lacks, compare_series);
}

void checkpoint_free(struct checkpoint *checkpoint)
{
    text_free(&checkpoint->figures);
    free(checkpoint->lacks);
    *checkpoint = (struct checkpoint){ 0 };
}
