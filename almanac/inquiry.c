/* SPDX-License-Identifier: MIT */
/* inquiry.c - a query of the ledger */
#include "inquiry.h"

#include "text.h"

#include <string.h>

static int check_label(const struct figure *figure, const char *name, struct fault *fault)
{
    if (figure_has_label(figure, name))
        return 0;
    struct text known = { 0 };
    for (size_t i = 0; i < figure->label_count; i++)
        text_printf(&known, "%s%s", i == 0 ? "" : ", ", figure->labels[i]);
    if (figure->label_count == 0)
        fault_set(fault, "unknown label '%s'; %s has none", name, figure->name);
    else
        fault_set(fault, "unknown label '%s'; expected one of %s: %s", name, figure->name,
                  known.bytes);
    text_free(&known);
    return -1;
}

static int check_figure(const struct inquiry *inquiry, const char *name, struct fault *fault)
{
    const struct figure *figure = catalogue_find(inquiry->catalogue, name);
    if (figure == NULL)
        return fault_set(fault, "unknown figure '%s'; expected one of the catalogue", name);
    for (size_t i = 0; i < inquiry->label_count; i++)
        if (check_label(figure, inquiry->labels[i].name, fault) != 0)
            return -1;
    return 0;
}

static int check_of_any(const struct catalogue *catalogue, const char *name, struct fault *fault)
{
    if (catalogue_label(catalogue, name) != NULL)
        return 0;
    return fault_set(fault, "unknown label '%s'; no figure of the catalogue has it", name);
}

int inquiry_check(const struct inquiry *inquiry, struct fault *fault)
{
    for (size_t i = 0; i < inquiry->label_count && inquiry->figure_count == 0; i++)
        if (check_of_any(inquiry->catalogue, inquiry->labels[i].name, fault) != 0)
            return -1;
    for (size_t i = 0; i < inquiry->figure_count; i++)
        if (check_figure(inquiry, inquiry->figures[i], fault) != 0)
            return -1;
    return 0;
}

int inquiry_read_label(const char *text, struct label *labels, size_t *count, struct arena *arena,
                       struct fault *fault)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text || equals[1] == '\0')
        return fault_set(fault, "'%s' is no label; expected NAME=VALUE, like stage=built", text);
    const char *name = arena_copy(arena, text, (size_t)(equals - text));
    if (label_value(labels, *count, name) != NULL)
        return fault_set(fault, "the label '%s' is given twice; expected it once", name);
    labels[(*count)++] = (struct label){ name, equals + 1 };
    return 0;
}

int inquiry_read_as_of(const char *text, int64_t *known_by, struct fault *fault)
{
    struct period period;
    if (period_read(text, &period, fault) != 0)
        return -1;
    *known_by = period.end - 1;
    return 0;
}

int inquiry_read_as_of_flag(const char *text, struct inquiry *inquiry, struct fault *fault)
{
    if (text == NULL || inquiry_read_as_of(text, &inquiry->known_by, fault) == 0)
        return 0;
    return fault_at(fault, "--as-of: ");
}

bool inquiry_asks_for(const struct inquiry *inquiry, const char *name)
{
    for (size_t i = 0; i < inquiry->figure_count; i++)
        if (strcmp(inquiry->figures[i], name) == 0)
            return true;
    return inquiry->figure_count == 0;
}
