/* SPDX-License-Identifier: MIT */
/* settings_parts.h - a figure, a source and a reporter of the configuration, from their mappings */
#ifndef ALMANAC_SETTINGS_PARTS_H
#define ALMANAC_SETTINGS_PARTS_H

#include "settings.h"
#include "yaml.h"

/* They live in the arena. NULL with a fault that has its place. */
const struct figure *settings_read_figure(const struct yaml_node *mapping, struct arena *arena,
                                          struct fault *fault);
const struct source_settings *settings_read_source(const struct yaml_node *mapping,
                                                   struct arena *arena, struct fault *fault);
const struct reporter *settings_read_reporter(const struct yaml_node *mapping, struct arena *arena,
                                              struct fault *fault);

/* A yaml_reader whose target is a struct text_rules *. What a rule's fields and pattern say
 * is left to who knows the catalogue. */
int settings_read_rules(void *target, const struct yaml_node *mapping, struct fault *fault);

#endif
