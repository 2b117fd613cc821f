/* SPDX-License-Identifier: MIT */
/* yaml.h - YAML files bound to structs by tables */
#ifndef ALMANAC_YAML_H
#define ALMANAC_YAML_H

#include "arena.h"
#include "fault.h"

#include <stdbool.h>
#include <stdint.h>

/* A mapping in a file, valid within the yaml_reader it was handed to; path and line stay. */
struct yaml_node {
    const char *path; /* lives in the arena */
    size_t line;
    struct arena *arena; /* the one that yaml_read was given */
    struct yaml_file *file;
    int index;
};
typedef int yaml_reader(void *target, const struct yaml_node *mapping, struct fault *fault);

struct yaml_strings {
    const char **items;
    size_t count;
};

enum yaml_type {
    YAML_STRING,   /* const char *, not empty */
    YAML_STRINGS,  /* struct yaml_strings, each once */
    YAML_WORD,     /* int: which of the row's words */
    YAML_INTEGER,  /* int64_t, not negative */
    YAML_SIZE,     /* int64_t, bytes: see size_read */
    YAML_DURATION, /* int64_t, seconds: see duration_read */
    YAML_MAPPING,  /* by the row's table or reader, which is handed the target */
    YAML_LIST,     /* of mappings, each by the row's reader likewise */
    YAML_ENTRIES,  /* a mapping with any keys, each by the row's entry likewise */
    YAML_TERMS,    /* the same, or a list of keys that mean themselves */
};

struct yaml_row {
    const char *key;
    enum yaml_type type;
    size_t offset;            /* of the target in the struct */
    bool required;            /* else the target is left as it was */
    int64_t least, most;      /* of a number, or the items of a list; there, most 0: any number */
    const char *const *words; /* NULL behind the last */
    const struct yaml_table *table;
    yaml_reader *reader;
    int (*entry)(void *target, const char *key, const char *value, struct fault *fault);
    int (*check)(const char *string, struct fault *fault);
    const char *expected; /* ends the complaint: "expected …" */
};
struct yaml_table {
    const struct yaml_row *rows;
    size_t count; /* at most 32 */
};

/* Reads one document whose root is a mapping, from a file of at most 1 MB. Strings live in the
 * arena. Complaints read "path:line: what, and what was expected". */
int yaml_read(const char *path, struct arena *arena, yaml_reader *reader, void *target,
              struct fault *fault);
int yaml_bind(const struct yaml_node *mapping, const struct yaml_table *table, void *target,
              struct fault *fault);
/* Puts the place of a key (where there is none, of the mapping) in front of the fault's words.
 * Returns -1. */
int yaml_at(const struct yaml_node *mapping, const char *key, struct fault *fault);
/* The line of a key, or where it is not there of the mapping. */
size_t yaml_line(const struct yaml_node *mapping, const char *key);

#endif
