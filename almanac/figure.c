/* SPDX-License-Identifier: MIT */
/* figure.c - a figure, as the catalogue declares it */
#include "figure.h"

#include <string.h>

bool figure_has_label(const struct figure *figure, const char *name)
{
    return word_list_has(&(struct word_list){ figure->labels, figure->label_count }, name);
}

const struct label_codes *figure_codes(const struct figure *figure, const char *label)
{
    for (size_t i = 0; i < figure->code_count; i++)
        if (strcmp(figure->codes[i].label, label) == 0)
            return &figure->codes[i];
    return NULL;
}

const char *figure_some(const struct figure *figure, const char *label)
{
    const struct label_codes *codes = figure_codes(figure, label);
    return codes == NULL ? "x" : codes->values.items[0];
}

const char *label_value(const struct label *labels, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(labels[i].name, name) == 0)
            return labels[i].value;
    return NULL;
}

bool label_all(const struct label *labels, size_t count, const struct label *wanted,
               size_t wanted_count)
{
    for (size_t i = 0; i < wanted_count; i++)
        if (strcmp(label_value_or_empty(labels, count, wanted[i].name), wanted[i].value) != 0)
            return false;
    return true;
}

int label_compare(const void *a, const void *b)
{
    return strcmp(((const struct label *)a)->name, ((const struct label *)b)->name);
}

const char *label_value_or_empty(const struct label *labels, size_t count, const char *name)
{
    const char *value = label_value(labels, count, name);
    return value == NULL ? "" : value;
}
