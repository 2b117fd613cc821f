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
int settings_read_transport(const struct yaml_node *mapping, struct arena *arena,
                            struct transport *transport, struct fault *fault);
/* The path as seen from the file that names it; it lives in the arena. */
const char *settings_path(const char *path, const char *stands_in, struct arena *arena);
const struct reporter *settings_read_reporter(const struct yaml_node *mapping, struct arena *arena,
                                              struct fault *fault);

/* A part of a source's form; the target is the struct form. */
yaml_reader settings_read_csv, settings_read_sdmx;

#endif
