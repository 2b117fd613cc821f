/* SPDX-License-Identifier: MIT */
/* yaml_file.h - a YAML file under way: read by yaml.c, bound by yaml_bind.c */
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

/* The document's node of this index, from 1: the root. */
struct yaml_node yaml_node_at(struct yaml_file *file, int index);

#endif
