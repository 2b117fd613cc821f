/* SPDX-License-Identifier: MIT */
/* settings_labels.c - names with values, from their mapping */
#include "settings_parts.h"

int settings_add_label(void *target, const char *name, const char *value, struct fault *fault)
{
    struct settings_labels *labels = target;
    if (label_value(labels->items, labels->count, name) != NULL)
        return fault_set(fault, "'%s' stands here twice; expected it once", name);
    labels->items = arena_grow(labels->arena, labels->items, labels->count, sizeof *labels->items);
    labels->items[labels->count++] =
        (struct label){ arena_string(labels->arena, name), arena_string(labels->arena, value) };
    return 0;
}
