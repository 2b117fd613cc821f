/* SPDX-License-Identifier: MIT */
/* yaml_bind.c - binds YAML mappings to structs by tables */
#include "yaml_file.h"

#include "period.h"
#include "size.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { ROWS_MOST = 33 }; /* with the one that ends them */

const char *const yaml_truths[] = { "false", "true", NULL };

static yaml_node_t *raw(const struct yaml_node *node)
{
    return yaml_document_get_node(node->file->document, node->index);
}

struct yaml_node yaml_node_at(struct yaml_file *file, int index)
{
    struct yaml_node node = {
        .path = file->path, .arena = file->arena, .file = file, .index = index
    };
    node.line = raw(&node)->start_mark.line + 1;
    return node;
}

static bool is_mapping(const struct yaml_node *node)
{
    return raw(node)->type == YAML_MAPPING_NODE;
}

static bool is_list(const struct yaml_node *node)
{
    return raw(node)->type == YAML_SEQUENCE_NODE;
}

/* The number of keys of a mapping, or of items of a list. */
static size_t size_of(const struct yaml_node *node)
{
    const yaml_node_t *it = raw(node);
    return (size_t)(is_mapping(node) ? it->data.mapping.pairs.top - it->data.mapping.pairs.start
                                     : it->data.sequence.items.top - it->data.sequence.items.start);
}

static struct yaml_node key_at(const struct yaml_node *mapping, size_t index)
{
    return yaml_node_at(mapping->file, raw(mapping)->data.mapping.pairs.start[index].key);
}

static struct yaml_node value_at(const struct yaml_node *mapping, size_t index)
{
    return yaml_node_at(mapping->file, raw(mapping)->data.mapping.pairs.start[index].value);
}

static struct yaml_node item_at(const struct yaml_node *list, size_t index)
{
    return yaml_node_at(list->file, raw(list)->data.sequence.items.start[index]);
}

/* NULL if the node is no scalar, or one that a C string cannot hold. */
static const char *scalar_of(const struct yaml_node *node)
{
    const yaml_node_t *scalar = raw(node);
    if (scalar->type != YAML_SCALAR_NODE)
        return NULL;
    const char *text = (const char *)scalar->data.scalar.value;
    return strlen(text) == scalar->data.scalar.length ? text : NULL;
}

static bool is_key(const struct yaml_node *node, const char *key)
{
    const char *text = scalar_of(node);
    return text != NULL && strcmp(text, key) == 0;
}

static int placed(const struct yaml_node *node, struct fault *fault)
{
    return fault_at(fault, "%s:%zu: ", node->path, node->line);
}

static int complain_value(const struct yaml_node *value, const struct yaml_row *row,
                          struct fault *fault)
{
    const char *text = scalar_of(value), *quote = text != NULL && text[0] != '\0' ? "'" : "";
    if (is_list(value))
        text = "a list";
    else if (is_mapping(value))
        text = "a mapping";
    else if (text == NULL)
        text = "a string with a NUL in it";
    else if (text[0] == '\0')
        text = "empty";
    fault_set(fault, "'%s' is %s%s%s; expected %s", row->key, quote, text, quote, row->expected);
    return placed(value, fault);
}

static int complain_key(const struct yaml_node *key, const struct yaml_row *rows,
                        struct fault *fault)
{
    struct text keys = { 0 };
    for (const struct yaml_row *row = rows; row->key != NULL; row++)
        text_printf(&keys, "%s%s", row > rows ? ", " : "", row->key);
    const char *text = scalar_of(key);
    fault_set(fault, "unknown key '%s'; expected %s", text != NULL ? text : "", keys.bytes);
    text_free(&keys);
    return placed(key, fault);
}

/* The node of the key or, if it is absent, the mapping. */
static struct yaml_node find_key(const struct yaml_node *mapping, const char *key)
{
    for (size_t i = 0; i < size_of(mapping); i++) {
        struct yaml_node name = key_at(mapping, i);
        if (is_key(&name, key))
            return name;
    }
    return *mapping;
}

int yaml_at(const struct yaml_node *mapping, const char *key, struct fault *fault)
{
    struct yaml_node node = find_key(mapping, key);
    return placed(&node, fault);
}

int yaml_refuse(const struct yaml_node *mapping, const char *key, struct fault *fault,
                const char *format, ...)
{
    struct text words = { 0 };
    va_list args;
    va_start(args, format);
    text_vprintf(&words, format, args);
    va_end(args);
    fault_set(fault, "%s", words.bytes);
    text_free(&words);
    return yaml_at(mapping, key, fault);
}

size_t yaml_line(const struct yaml_node *mapping, const char *key)
{
    return find_key(mapping, key).line;
}

typedef int binder(const struct yaml_node *value, const struct yaml_row *row, void *target,
                   struct fault *fault);

static void *target_of(const struct yaml_row *row, void *target)
{
    return (char *)target + row->offset;
}

/* A copy of the string if it passes the row's check, else NULL. */
static const char *read_string(const struct yaml_node *value, const struct yaml_row *row,
                               struct fault *fault)
{
    const char *text = scalar_of(value);
    if (text == NULL || text[0] == '\0')
        complain_value(value, row, fault);
    else if (row->check != NULL && row->check(text, fault) != 0)
        placed(value, fault);
    else
        return arena_string(value->arena, text);
    return NULL;
}

static int bind_string(const struct yaml_node *value, const struct yaml_row *row, void *target,
                       struct fault *fault)
{
    const char **string = target_of(row, target);
    *string = read_string(value, row, fault);
    return *string != NULL ? 0 : -1;
}

/* -1 with a fault if it is no list, or has too few or too many items. */
static int check_list(const struct yaml_node *value, const struct yaml_row *row,
                      struct fault *fault)
{
    if (!is_list(value))
        return complain_value(value, row, fault);
    size_t count = size_of(value);
    if (count >= (size_t)row->least && (row->most == 0 || count <= (size_t)row->most))
        return 0;
    fault_set(fault, "'%s' has %zu items; expected %s", row->key, count, row->expected);
    return placed(value, fault);
}

static int bind_strings(const struct yaml_node *value, const struct yaml_row *row, void *target,
                        struct fault *fault)
{
    if (check_list(value, row, fault) != 0)
        return -1;
    struct word_list *words = target_of(row, target);
    words->items = arena_take(value->arena, size_of(value), sizeof *words->items);
    for (size_t i = 0; i < size_of(value); i++) {
        struct yaml_node item = item_at(value, i);
        const char *string = read_string(&item, row, fault);
        if (string == NULL)
            return -1;
        if (word_list_has(words, string)) {
            fault_set(fault, "'%s' has '%s' twice; expected it once", row->key, string);
            return placed(&item, fault);
        }
        words->items[words->count++] = string;
    }
    return 0;
}

static int bind_word(const struct yaml_node *value, const struct yaml_row *row, void *target,
                     struct fault *fault)
{
    for (int i = 0; row->words[i] != NULL; i++)
        if (is_key(value, row->words[i])) {
            *(int *)target_of(row, target) = i;
            return 0;
        }
    return complain_value(value, row, fault);
}

/* Numbers are not negative; -1: malformed. */
static int64_t read_integer(const char *text)
{
    char *end;
    errno = 0;
    int64_t number = strtoll(text, &end, 10);
    return isdigit((unsigned char)text[0]) && *end == '\0' && errno == 0 ? number : -1;
}

static int64_t read_number(enum yaml_type type, const char *text)
{
    return type == YAML_SIZE      ? size_read(text)
           : type == YAML_INTEGER ? read_integer(text)
                                  : duration_read(text);
}

static int bind_number(const struct yaml_node *value, const struct yaml_row *row, void *target,
                       struct fault *fault)
{
    const char *text = scalar_of(value);
    int64_t number = text == NULL ? -1 : read_number(row->type, text);
    if (number < row->least || number > row->most)
        return complain_value(value, row, fault);
    *(int64_t *)target_of(row, target) = number;
    return 0;
}

static int bind_mapping(const struct yaml_node *value, const struct yaml_row *row, void *target,
                        struct fault *fault)
{
    if (!is_mapping(value))
        return complain_value(value, row, fault);
    void *part = target_of(row, target);
    return row->reader != NULL ? row->reader(part, value, fault)
                               : yaml_bind(value, row->rows, part, fault);
}

static int bind_list(const struct yaml_node *value, const struct yaml_row *row, void *target,
                     struct fault *fault)
{
    if (check_list(value, row, fault) != 0)
        return -1;
    for (size_t i = 0; i < size_of(value); i++) {
        struct yaml_node mapping = item_at(value, i);
        if (!is_mapping(&mapping))
            return complain_value(&mapping, row, fault);
        if (row->reader(target_of(row, target), &mapping, fault) != 0)
            return -1;
    }
    return 0;
}

/* Passes the key and its value to the row's entry. */
static int pass_entry(const struct yaml_node *key, const struct yaml_node *value,
                      const struct yaml_row *row, void *target, struct fault *fault)
{
    const struct yaml_entry entry = { arena_string(key->arena, scalar_of(key)),
                                      arena_string(key->arena, scalar_of(value)), key->line,
                                      key->arena };
    if (entry.key == NULL || entry.value == NULL)
        return complain_value(entry.key == NULL ? key : value, row, fault);
    if (row->entry(target_of(row, target), &entry, fault) == 0)
        return 0;
    return placed(row->type == YAML_LISTS ? value : key, fault);
}

static int bind_entries(const struct yaml_node *value, const struct yaml_row *row, void *target,
                        struct fault *fault)
{
    if (!is_mapping(value))
        return complain_value(value, row, fault);
    for (size_t i = 0; i < size_of(value); i++) {
        struct yaml_node key = key_at(value, i), item = value_at(value, i);
        if (pass_entry(&key, &item, row, target, fault) != 0)
            return -1;
    }
    return 0;
}

/* key NULL: each item is its own. */
static int bind_items(const struct yaml_node *key, const struct yaml_node *list,
                      const struct yaml_row *row, void *target, struct fault *fault)
{
    if (!is_list(list) || (key != NULL && size_of(list) == 0))
        return complain_value(list, row, fault);
    for (size_t i = 0; i < size_of(list); i++) {
        struct yaml_node value = item_at(list, i);
        if (pass_entry(key != NULL ? key : &value, &value, row, target, fault) != 0)
            return -1;
    }
    return 0;
}

static int bind_keys(const struct yaml_node *value, const struct yaml_row *row, void *target,
                     struct fault *fault)
{
    return bind_items(NULL, value, row, target, fault);
}

static int bind_terms(const struct yaml_node *value, const struct yaml_row *row, void *target,
                      struct fault *fault)
{
    return is_list(value) ? bind_keys(value, row, target, fault)
                          : bind_entries(value, row, target, fault);
}

/* Whether a key before it is the same. */
static bool is_repeated(const struct yaml_node *mapping, size_t index)
{
    struct yaml_node key = key_at(mapping, index);
    const char *text = scalar_of(&key);
    for (size_t i = 0; i < index && text != NULL; i++) {
        struct yaml_node other = key_at(mapping, i);
        if (is_key(&other, text))
            return true;
    }
    return false;
}

static int bind_lists(const struct yaml_node *value, const struct yaml_row *row, void *target,
                      struct fault *fault)
{
    if (!is_mapping(value) || size_of(value) > (size_t)row->most)
        return complain_value(value, row, fault);
    for (size_t i = 0; i < size_of(value); i++) {
        struct yaml_node key = key_at(value, i), list = value_at(value, i);
        if (is_repeated(value, i)) {
            fault_set(fault, "'%s' stands here twice; expected it once", scalar_of(&key));
            return placed(&key, fault);
        }
        if (bind_items(&key, &list, row, target, fault) != 0)
            return -1;
    }
    return 0;
}

static binder *const binders[] = {
    [YAML_STRING] = bind_string,   [YAML_STRINGS] = bind_strings, [YAML_WORD] = bind_word,
    [YAML_INTEGER] = bind_number,  [YAML_SIZE] = bind_number,     [YAML_DURATION] = bind_number,
    [YAML_MAPPING] = bind_mapping, [YAML_LIST] = bind_list,       [YAML_ENTRIES] = bind_entries,
    [YAML_KEYS] = bind_keys,       [YAML_TERMS] = bind_terms,     [YAML_LISTS] = bind_lists,
};

static size_t find_row(const struct yaml_row *rows, const struct yaml_node *key)
{
    size_t i = 0;
    while (rows[i].key != NULL && !is_key(key, rows[i].key))
        i++;
    assert(i < ROWS_MOST);
    return i;
}

int yaml_bind(const struct yaml_node *mapping, const struct yaml_row *rows, void *target,
              struct fault *fault)
{
    bool seen[ROWS_MOST] = { false };
    for (size_t i = 0; i < size_of(mapping); i++) {
        struct yaml_node key = key_at(mapping, i), value = value_at(mapping, i);
        size_t found = find_row(rows, &key);
        const struct yaml_row *row = &rows[found];
        if (row->key == NULL)
            return complain_key(&key, rows, fault);
        if (seen[found]) {
            fault_set(fault, "'%s' stands here twice; expected it once", row->key);
            return placed(&key, fault);
        }
        seen[found] = true;
        if (binders[row->type](&value, row, target, fault) != 0)
            return -1;
    }
    for (size_t i = 0; rows[i].key != NULL; i++)
        if (rows[i].required && !seen[i]) {
            fault_set(fault, "'%s' is missing; expected %s", rows[i].key, rows[i].expected);
            return placed(mapping, fault);
        }
    return 0;
}
