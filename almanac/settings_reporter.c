/* SPDX-License-Identifier: MIT */
/* settings_reporter.c - one reporter of the configuration, from its mapping */
#include "settings_parts.h"

#include <fnmatch.h>

struct reporter_form {
    struct reporter reporter;
    struct settings_labels labels; /* a value pattern may be any text */
};

static const struct yaml_row reporter_rows[] = {
    { .key = "user",
      .offset = offsetof(struct reporter_form, reporter.user),
      .type = YAML_STRING,
      .required = true,
      .expected = "a user of the web configuration" },
    { .key = "figures",
      .offset = offsetof(struct reporter_form, reporter.figures),
      .type = YAML_STRINGS,
      .required = true,
      .least = 1,
      .most = 1000,
      .expected = "a list of 1 to 1000 figures or patterns, like pilot_*" },
    { .key = "labels",
      .offset = offsetof(struct reporter_form, labels),
      .type = YAML_ENTRIES,
      .entry = settings_add_label,
      .expected = "labels with patterns of their values, like ref_area: '4403*'" },
    { 0 },
};

bool reporter_covers(const struct reporter *reporter, const struct figure *figure)
{
    for (size_t i = 0; i < reporter->figures.count; i++)
        if (fnmatch(reporter->figures.items[i], figure->name, 0) == 0)
            return true;
    return false;
}

const struct reporter *settings_read_reporter(const struct yaml_node *mapping, struct fault *fault)
{
    struct reporter_form *form = arena_take(mapping->arena, 1, sizeof *form);
    struct reporter *reporter = &form->reporter;
    int result = yaml_bind(mapping, reporter_rows, form, fault);
    reporter->labels = form->labels.items;
    reporter->label_count = form->labels.count;
    return result == 0 ? reporter : NULL;
}
