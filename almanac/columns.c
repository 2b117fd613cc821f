/* SPDX-License-Identifier: MIT */
/* columns.c - a table with aligned columns, for a terminal */
#include "columns.h"

#include "utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* Unicode 15: East Asian Width W and F, and combining characters. */
static const struct {
    uint32_t first, last;
    unsigned width;
} ranges[] = {
    { 0x0300, 0x036F, 0 },   { 0x0483, 0x0489, 0 },   { 0x0591, 0x05BD, 0 },
    { 0x064B, 0x065F, 0 },   { 0x1100, 0x115F, 2 },   { 0x200B, 0x200F, 0 },
    { 0x202A, 0x202E, 0 },   { 0x2060, 0x2064, 0 },   { 0x20D0, 0x20F0, 0 },
    { 0x2E80, 0x303E, 2 },   { 0x3041, 0x33FF, 2 },   { 0x3400, 0x4DBF, 2 },
    { 0x4E00, 0xA4CF, 2 },   { 0xA960, 0xA97C, 2 },   { 0xAC00, 0xD7A3, 2 },
    { 0xF900, 0xFAFF, 2 },   { 0xFE00, 0xFE0F, 0 },   { 0xFE10, 0xFE19, 2 },
    { 0xFE20, 0xFE2F, 0 },   { 0xFE30, 0xFE6B, 2 },   { 0xFEFF, 0xFEFF, 0 },
    { 0xFF01, 0xFF60, 2 },   { 0xFFE0, 0xFFE6, 2 },   { 0x16FE0, 0x18CFF, 2 },
    { 0x1AFF0, 0x1B2FF, 2 }, { 0x1F300, 0x1F64F, 2 }, { 0x1F680, 0x1F6FF, 2 },
    { 0x1F900, 0x1F9FF, 2 }, { 0x20000, 0x3FFFD, 2 },
};

static unsigned width_of(uint32_t character)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges && ranges[i].first <= character; i++)
        if (character <= ranges[i].last)
            return ranges[i].width;
    return 1;
}

size_t columns_width(const char *text)
{
    size_t width = 0;
    while (*text != '\0')
        width += width_of(utf8_point(&text));
    return width;
}

/* Control characters of Latin-1 take two bytes and become two spaces. */
static void blank_controls(char *text)
{
    for (unsigned char *at = (unsigned char *)text; *at != '\0'; at++) {
        if (*at < 0x20 || *at == 0x7F)
            *at = ' ';
        else if (at[0] == 0xC2 && at[1] < 0xA0)
            at[0] = at[1] = ' ';
    }
}

void columns_put(struct columns *columns, const char *text)
{
    char *copy = arena_string(&columns->arena, text == NULL ? "" : text);
    blank_controls(copy);
    columns->cells = array_reserve(columns->cells, &columns->room, columns->cell_count + 1,
                                   sizeof *columns->cells);
    columns->cells[columns->cell_count++] = copy;
}

/* 0: left out. */
static size_t column_width(const struct columns *columns, size_t column)
{
    bool said = false;
    size_t widest = 0;
    for (size_t i = column; i < columns->cell_count; i += columns->count) {
        size_t width = columns_width(columns->cells[i]);
        said |= i >= columns->count && width > 0;
        widest = width > widest ? width : widest;
    }
    return said ? widest : 0;
}

static void print_row(const struct columns *columns, const char **row, const size_t *widths,
                      struct text *out)
{
    size_t owed = 0; /* pending spaces; those at the end of a line are dropped */
    for (size_t i = 0; i < columns->count; i++) {
        if (widths[i] == 0)
            continue;
        size_t pad = widths[i] - columns_width(row[i]);
        bool right = i == columns->right;
        owed += right ? pad : 0;
        if (*row[i] != '\0') {
            text_printf(out, "%*s%s", (int)owed, "", row[i]);
            owed = 0;
        }
        owed += 2 + (right ? 0 : pad);
    }
    text_char(out, '\n');
}

void columns_print(const struct columns *columns, struct text *out)
{
    size_t *widths = array_new(columns->count, sizeof *widths);
    for (size_t i = 0; i < columns->count; i++)
        widths[i] = column_width(columns, i);
    for (size_t i = 0; i < columns->cell_count; i += columns->count)
        print_row(columns, columns->cells + i, widths, out);
    free(widths);
}

void columns_free(struct columns *columns)
{
    free(columns->cells);
    arena_free(&columns->arena);
}
