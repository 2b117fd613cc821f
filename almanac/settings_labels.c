/* SPDX-License-Identifier: MIT */
/* settings_labels.c - names with values, from their mapping */
#include "settings_parts.h"

int settings_add_label(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct settings_labels *labels = target;
    if (label_value(labels->items, labels->count, entry->key) != NULL)
        return fault_set(fault, "'%s' stands here twice; expected it once", entry->key);
    labels->items = arena_grow(entry->arena, labels->items, labels->count, sizeof *labels->items);
    labels->items[labels->count++] = (struct label){ entry->key, entry->value };
    return 0;
}
