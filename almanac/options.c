/* SPDX-License-Identifier: MIT */
/* options.c - command-line flags from a table: parsing and --help */
#include "options.h"

#include "text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { OPTION_LIST_MOST = sizeof((struct option_list){ 0 }).words / sizeof(const char *) };

void options_add(struct options *options, const struct option_row *rows, size_t count)
{
    assert(options->count + count <= OPTIONS_MOST);
    for (size_t i = 0; i < count; i++)
        options->rows[options->count++] = rows[i];
}

/* count if there is none. */
static size_t find_row(const struct options *options, const char *name, size_t length)
{
    size_t i = 0;
    while (i < options->count && (strlen(options->rows[i].name) != length ||
                                  memcmp(options->rows[i].name, name, length) != 0))
        i++;
    return i;
}

static int append(const struct option_row *row, const char *value, struct fault *fault)
{
    struct option_list *list = row->target;
    if (list->count == OPTION_LIST_MOST)
        return fault_set(fault, "'--%s' is given too often; expected it at most %d times",
                         row->name, OPTION_LIST_MOST);
    list->words[list->count++] = value;
    return 0;
}

static int choose(const struct option_row *row, const char *value, struct fault *fault)
{
    for (int i = 0; row->choices[i] != NULL; i++)
        if (strcmp(row->choices[i], value) == 0) {
            *(int *)row->target = i;
            return 0;
        }
    struct text choices = { 0 };
    for (int i = 0; row->choices[i] != NULL; i++)
        text_printf(&choices, "%s%s",
                    i == 0                        ? ""
                    : row->choices[i + 1] == NULL ? " or "
                                                  : ", ",
                    row->choices[i]);
    fault_set(fault, "'--%s' is '%s'; expected %s", row->name, value, choices.bytes);
    text_free(&choices);
    return -1;
}

static int take(const struct option_row *row, const char *word, struct fault *fault)
{
    if (*word == '\0' && row->kind != OPTION_CHOICE)
        return fault_set(fault, "'--%s' is empty; expected --%s=%s", row->name, row->name,
                         row->value);
    if (row->kind == OPTION_LIST)
        return append(row, word, fault);
    if (row->kind == OPTION_CHOICE)
        return choose(row, word, fault);
    *(const char **)row->target = word;
    return 0;
}

/* value is the text after '=', or NULL. Returns the number of arguments used, or -1. */
static int read_option(const struct option_row *row, const char *value, const char *next,
                       struct fault *fault)
{
    if (row->kind == OPTION_FLAG) {
        if (value != NULL)
            return fault_set(fault, "'--%s' has the value '%s'; expected it without a value",
                             row->name, value);
        *(bool *)row->target = true;
        return 1;
    }
    int used = value != NULL ? 1 : 2;
    const char *word = value != NULL ? value : next;
    if (word == NULL)
        return fault_set(fault, "'--%s' lacks its value; expected --%s=%s", row->name, row->name,
                         row->value);
    return take(row, word, fault) == 0 ? used : -1;
}

static bool is_operand(const char *word)
{
    return word[0] != '-' || word[1] == '\0';
}

/* Reads the option at argv[at]. Returns the index of the next argument, or -1. */
static int take_option(struct options *options, char **argv, int at, struct fault *fault)
{
    const char *word = argv[at], *name = word + 2;
    size_t length = word[1] == '-' ? strcspn(name, "=") : 0;
    size_t found = length > 0 ? find_row(options, name, length) : options->count;
    const struct option_row *row = &options->rows[found];
    if (found == options->count)
        return fault_set(fault, "unknown option '%s'", word);
    if (options->given[found] && row->kind != OPTION_LIST)
        return fault_set(fault, "'--%s' is given twice; expected it once", row->name);
    options->given[found] = true;
    int used =
        read_option(row, name[length] == '=' ? name + length + 1 : NULL, argv[at + 1], fault);
    return used < 0 ? -1 : at + used;
}

int options_read(struct options *options, int argc, char **argv, struct fault *fault)
{
    int operands = 0, at = 1;
    while (at < argc && strcmp(argv[at], "--") != 0) {
        if (is_operand(argv[at]))
            argv[++operands] = argv[at++];
        else if ((at = take_option(options, argv, at, fault)) < 0)
            return -1;
    }
    for (at++; at < argc; at++)
        argv[++operands] = argv[at];
    return operands;
}

int options_read_leading(struct options *options, int argc, char **argv, struct fault *fault)
{
    int at = 1;
    while (at > 0 && at < argc && !is_operand(argv[at]))
        if (strcmp(argv[at], "--") == 0)
            return at + 1;
        else
            at = take_option(options, argv, at, fault);
    return at;
}

static int left_width(const struct option_row *row)
{
    return (int)(strlen(row->name) + (row->value != NULL ? strlen(row->value) + 1 : 0));
}

void options_print(const struct option_row *rows, size_t count)
{
    int widest = 0;
    for (size_t i = 0; i < count; i++)
        if (left_width(&rows[i]) > widest)
            widest = left_width(&rows[i]);
    for (size_t i = 0; i < count; i++) {
        const char *value = rows[i].value;
        printf("  --%s%s%s%*s  %s%s\n", rows[i].name, value != NULL ? "=" : "",
               value != NULL ? value : "", widest - left_width(&rows[i]), "", rows[i].help,
               rows[i].kind == OPTION_LIST ? " (repeatable)" : "");
    }
}
