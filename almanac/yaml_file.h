/* SPDX-License-Identifier: MIT */
/* yaml_file.h - an open YAML file: yaml.c reads it, yaml_bind.c binds it */
#ifndef ALMANAC_YAML_FILE_H
#define ALMANAC_YAML_FILE_H

#include "text.h"
#include "yaml.h"

struct yaml_document_s; /* libyaml's */

struct yaml_file {
    const char *path;
    struct arena *arena;
    struct text bytes;
    struct yaml_document_s *document;
};

/* The document's node with this index; 1 is the root. */
struct yaml_node yaml_node_at(struct yaml_file *file, int index);

#endif
