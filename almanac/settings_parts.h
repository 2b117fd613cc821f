/* SPDX-License-Identifier: MIT */
/* settings_parts.h - reads figures, sources and reporters from their YAML mappings */
#ifndef ALMANAC_SETTINGS_PARTS_H
#define ALMANAC_SETTINGS_PARTS_H

#include "settings.h"
#include "table_terms.h"
#include "yaml.h"

/* Results live in the mapping's arena. NULL with a fault that has its place. */
const struct figure *settings_read_figure(const struct yaml_node *mapping, struct fault *fault);
const struct source_settings *settings_read_source(const struct yaml_node *mapping,
                                                   struct fault *fault);
const struct reporter *settings_read_reporter(const struct yaml_node *mapping, struct fault *fault);

/* Entry functions of rows. Their targets: struct glossary; struct settings_labels. -1 with a fault
 * if the key is there already. */
yaml_taker settings_add_term, settings_add_label;
struct settings_labels {
    struct label *items;
    size_t count;
};

/* The same for a struct table_terms. -1 with a fault if the word is there already, or what it says
 * is said already, is no field or label, or is nothing that a report could say. */
yaml_taker settings_add_column, settings_add_constant, settings_add_status, settings_add_missing;
/* The reader of a coded column; its target is the same. */
yaml_reader settings_read_coded;
/* Checks that it could be a field or label, and that no column or constant says it. */
int settings_check_unsaid(const struct table_terms *terms, const char *name, struct fault *fault);

/* Parts of a source. Their targets: struct form, struct text_rules *, struct transport. A rule's
 * fields and pattern are checked later, by code that knows the catalogue. */
yaml_reader settings_read_csv, settings_read_sdmx, settings_read_page, settings_read_rules,
    settings_read_transport;

struct calendar_words {
    const char *at, *time_zone;
    struct word_list on;
};
/* The source's every is already bound; 0: it is not given. */
int settings_read_calendar(const struct calendar_words *words, const struct yaml_node *mapping,
                           struct source_settings *source, struct fault *fault);

/* Checks that all figures, fields and labels named are declared; call it after all declarations are
 * read. -1 with a fault; *line becomes that of the name that is not. Rules of texts are checked
 * elsewhere, by code that can run them. */
int settings_check_source(const struct source_settings *source, const struct settings *settings,
                          size_t *line, struct fault *fault);
int settings_check_reporter(const struct reporter *reporter, const struct settings *settings,
                            struct fault *fault);
/* Then, that its constants and wide columns could be in an observation. */
int settings_check_constants(const struct source_settings *source, const struct settings *settings,
                             size_t *line, struct fault *fault);

/* The encodings of a delivery, and in the same order their names for charset.h; NULL: UTF-8. */
extern const char *const settings_encodings[], *const settings_encoding_names[];
extern const char settings_encodings_expected[]; /* for complaints */

#endif
