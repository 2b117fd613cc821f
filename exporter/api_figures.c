/* SPDX-License-Identifier: MIT */
/* api_figures.c - figures as JSON objects */
#include "api_figures.h"

#include "../almanac/format.h"

static void put_words(struct text *out, const char *name, const char *const *words, size_t count)
{
    text_json(out, name);
    text_put(out, ": [");
    for (size_t i = 0; i < count; i++) {
        text_put(out, i == 0 ? "" : ", ");
        text_json(out, words[i]);
    }
    text_char(out, ']');
}

static void put_list(struct text *out, const char *name, const char *const *words, size_t count)
{
    text_put(out, ", ");
    put_words(out, name, words, count);
}

static void put_codes(struct text *out, const struct figure *figure)
{
    text_put(out, ", \"codes\": {");
    for (size_t i = 0; i < figure->code_count; i++) {
        text_put(out, i == 0 ? "" : ", ");
        put_words(out, figure->codes[i].label, figure->codes[i].values.items,
                  figure->codes[i].values.count);
    }
    text_char(out, '}');
}

static void put_rhythm(struct text *out, const struct figure *figure)
{
    format_json_field(out, "freq", (const char[]){ figure->freq, '\0' });
    if (figure->due_days >= 0)
        text_printf(out, ", \"due\": %d", figure->due_days);
}

void api_figure_write(struct text *out, const struct figure *figure)
{
    text_put(out, "{\"name\": ");
    text_json(out, figure->name);
    format_json_field(out, "kind", figure->kind == FIGURE_STOCK ? "stock" : "flow");
    format_json_field(out, "unit", figure->unit);
    put_rhythm(out, figure);
    put_list(out, "labels", figure->labels, figure->label_count);
    if (figure->code_count > 0)
        put_codes(out, figure);
    if (figure->preference_count > 0)
        put_list(out, "preference", figure->preference, figure->preference_count);
    text_put(out, ", \"title\": {\"en\": ");
    text_json(out, figure->title_en);
    format_json_field(out, "zh", figure->title_zh);
    text_char(out, '}');
    format_json_field(out, "help", figure->help);
    text_char(out, '}');
}
