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
/* The path as seen from the file that names it; it lives in the arena. */
const char *settings_path(const char *path, const char *stands_in, struct arena *arena);
const struct reporter *settings_read_reporter(const struct yaml_node *mapping, struct arena *arena,
                                              struct fault *fault);

/* Parts of a source. Their targets: the struct form, a struct text_rules * (what a rule's fields
 * and pattern say is left to who knows the catalogue), and the struct transport. */
yaml_reader settings_read_csv, settings_read_sdmx, settings_read_page, settings_read_rules,
    settings_read_transport;

struct calendar_words {
    const char *at, *time_zone;
    struct yaml_strings on;
};
/* The source's period is bound already, or 0. */
int settings_read_calendar(const struct calendar_words *words, const struct yaml_node *mapping,
                           struct source_settings *source, struct fault *fault);

/* Whether the figures, fields and labels that they name are there, once all are declared; the rules
 * of texts are left to who can try them. */
int settings_check_source(const struct source_settings *source, const struct settings *settings,
                          struct fault *fault);
int settings_check_reporter(const struct reporter *reporter, const struct settings *settings,
                            struct fault *fault);

/* What a delivery may be encoded in, and in the same order as iconv names it; NULL: UTF-8. */
extern const char *const settings_encodings[], *const settings_encoding_names[];

#endif
