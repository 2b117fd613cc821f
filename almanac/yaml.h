/* SPDX-License-Identifier: MIT */
/* yaml.h - strict YAML files, bound to structs by tables */
#ifndef ALMANAC_YAML_H
#define ALMANAC_YAML_H

#include "arena.h"
#include "fault.h"
#include "word_list.h"

#include <stdbool.h>
#include <stdint.h>

/* A mapping in a file, valid only within the yaml_reader that receives it; path and line stay
 * valid. */
struct yaml_node {
    const char *path; /* lives in the arena */
    size_t line;
    struct arena *arena; /* the arena passed to yaml_read */
    struct yaml_file *file;
    int index;
};
typedef int yaml_reader(void *target, const struct yaml_node *mapping, struct fault *fault);

enum yaml_type {
    YAML_STRING,   /* const char *, not empty */
    YAML_STRINGS,  /* struct word_list, each once */
    YAML_WORD,     /* int: index into the row's words */
    YAML_INTEGER,  /* int64_t, not negative */
    YAML_SIZE,     /* int64_t, bytes: see size_read */
    YAML_DURATION, /* int64_t, seconds: see duration_read */
    YAML_MAPPING,  /* by the row's own rows, or its reader, which gets the target */
    YAML_LIST,     /* of mappings, each passed to the row's reader with the target */
    YAML_ENTRIES,  /* a mapping with any keys, each passed to the row's entry with the target */
    YAML_KEYS,     /* a list of keys that map to themselves, in place of that mapping */
    YAML_TERMS,    /* either of these two */
    YAML_LISTS, /* a mapping of at most so many keys, each once, to lists that are not empty; each
                   item is passed to the row's entry with its key and the target */
};

struct yaml_entry {
    const char *key, *value; /* may be empty; they live in the arena */
    size_t line;             /* of the key */
    struct arena *arena;
};
typedef int yaml_taker(void *target, const struct yaml_entry *entry, struct fault *fault);

struct yaml_row {
    const char *key;
    enum yaml_type type;
    size_t offset;               /* of the target within the struct */
    bool required;               /* otherwise the target keeps its value */
    int64_t least, most;         /* of a number, or of a list's length; there, most 0: no limit */
    const char *const *words;    /* NULL-terminated */
    const struct yaml_row *rows; /* of a mapping, ended like these */
    yaml_reader *reader;
    yaml_taker *entry;
    int (*check)(const char *string, struct fault *fault);
    const char *expected; /* the end of a complaint: "expected …" */
};

/* The row of a word that is 0 for false and 1 for true. */
#define YAML_TRUTH .type = YAML_WORD, .words = yaml_truths, .expected = "true or false"
extern const char *const yaml_truths[];

/* Reads one document whose root is a mapping, from a file of at most 1 MB. Strings live in the
 * arena. A fault reads "path:line: what, and what was expected". */
int yaml_read(const char *path, struct arena *arena, yaml_reader *reader, void *target,
              struct fault *fault);
/* A row without a key ends the rows, of which there are at most 32. */
int yaml_bind(const struct yaml_node *mapping, const struct yaml_row *rows, void *target,
              struct fault *fault);
/* Prefixes the fault with the place of the key (if it is absent, of the mapping). Returns -1. */
int yaml_at(const struct yaml_node *mapping, const char *key, struct fault *fault);
/* Sets a fault with that place. Returns -1. */
int yaml_refuse(const struct yaml_node *mapping, const char *key, struct fault *fault,
                const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The line of the key or, if it is absent, of the mapping. */
size_t yaml_line(const struct yaml_node *mapping, const char *key);

#endif
