/* SPDX-License-Identifier: MIT */
/* settings.c - the YAML configuration as a read-only struct */
#include "settings.h"

#include "period.h"
#include "settings_parts.h"

#include <errno.h>
#include <glob.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BODIES_SIZE = 1000 * 1000 * 1000, BODIES_AGE = 5 * PERIOD_YEAR };

/* The settings and what they need. */
struct shared {
    struct settings settings; /* first, so that both have the same address */
    struct arena arena;
    atomic_size_t holders;
};

/* A figure or a source, and the place of its declaration. */
struct declaration {
    const char *name, *path;
    size_t line, order;
    const void *content;
};

struct declarations {
    struct declaration *items;
    size_t count, room;
};

struct loading {
    const char *path; /* of the configuration file */
    struct arena *arena;
    struct declarations figures, sources, reporters;
    struct word_list figure_files;
    struct bodies_limits bodies;
};

static int declare(struct declarations *list, const char *name, const struct yaml_node *at,
                   const void *content)
{
    list->items = array_reserve(list->items, &list->room, list->count + 1, sizeof *list->items);
    list->items[list->count] =
        (struct declaration){ name, at->path, at->line, list->count, content };
    list->count++;
    return 0;
}

static int read_figure(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct loading *loading = target;
    const struct figure *figure = settings_read_figure(mapping, fault);
    return figure == NULL ? -1 : declare(&loading->figures, figure->name, mapping, figure);
}

static int read_source(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct loading *loading = target;
    const struct source_settings *source = settings_read_source(mapping, fault);
    return source == NULL ? -1 : declare(&loading->sources, source->name, mapping, source);
}

static int read_reporter(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct loading *loading = target;
    const struct reporter *reporter = settings_read_reporter(mapping, fault);
    return reporter == NULL ? -1 : declare(&loading->reporters, reporter->user, mapping, reporter);
}

#define FIGURES_ROW                                                                                \
    .key = "figures", .type = YAML_LIST, .reader = read_figure,                                    \
    .expected = "a list of figures, each a mapping"

static const struct yaml_row figure_file_rows[] = { { FIGURES_ROW, .required = true }, { 0 } };

static int read_figure_file(void *target, const struct yaml_node *root, struct fault *fault)
{
    return yaml_bind(root, figure_file_rows, target, fault);
}

/* The pattern, prefixed with the configuration's folder, whose name is escaped. */
static const char *pattern_at(struct loading *loading, const char *pattern)
{
    const char *slash = strrchr(loading->path, '/');
    if (pattern[0] == '/' || slash == NULL)
        return pattern;
    size_t folder = (size_t)(slash + 1 - loading->path);
    char *whole = arena_take(loading->arena, 2 * folder + strlen(pattern) + 1, 1), *end = whole;
    for (size_t i = 0; i < folder; i++) {
        if (strchr("*?[\\", loading->path[i]) != NULL)
            *end++ = '\\';
        *end++ = loading->path[i];
    }
    strcpy(end, pattern);
    return whole;
}

static int read_figure_files(struct loading *loading, const struct yaml_node *root,
                             struct fault *fault)
{
    for (size_t i = 0; i < loading->figure_files.count; i++) {
        const char *pattern = loading->figure_files.items[i];
        glob_t files;
        int result = glob(pattern_at(loading, pattern), GLOB_ERR, NULL, &files);
        if (result != 0) {
            const char *why = result == GLOB_NOSPACE ? "out of memory" : strerror(errno);
            return yaml_refuse(
                root, "figure_files", fault, "'%s' %s%s; expected at least one", pattern,
                result == GLOB_NOMATCH ? "matches no file" : "cannot be looked for: ",
                result == GLOB_NOMATCH ? "" : why);
        }
        int failed = 0;
        for (size_t file = 0; file < files.gl_pathc && failed == 0; file++)
            failed =
                yaml_read(files.gl_pathv[file], loading->arena, read_figure_file, loading, fault);
        globfree(&files);
        if (failed != 0)
            return -1;
    }
    return 0;
}

static const struct yaml_row bodies_rows[] = {
    { .key = "size",
      .offset = offsetof(struct loading, bodies.size),
      .type = YAML_SIZE,
      .least = 0,
      .most = INT64_MAX,
      .expected = "a size, like 500MB; 0 keeps none" },
    { .key = "age",
      .offset = offsetof(struct loading, bodies.age),
      .type = YAML_DURATION,
      .least = 1,
      .most = 100LL * PERIOD_YEAR,
      .expected = "a duration from 1s to 100y, like 90d or 5y" },
    { 0 },
};

static const struct yaml_row configuration_rows[] = {
    { .key = "figure_files",
      .type = YAML_STRINGS,
      .offset = offsetof(struct loading, figure_files),
      .most = 1000,
      .expected = "a list of at most 1000 file patterns" },
    { FIGURES_ROW },
    { .key = "sources",
      .type = YAML_LIST,
      .reader = read_source,
      .expected = "a list of sources, each a mapping" },
    { .key = "reporters",
      .type = YAML_LIST,
      .least = 1,
      .reader = read_reporter,
      .expected = "a list of at least one reporter, each a mapping" },
    { .key = "bodies",
      .type = YAML_MAPPING,
      .rows = bodies_rows,
      .expected = "a mapping with size and age" },
    { 0 },
};

static int read_configuration(void *target, const struct yaml_node *root, struct fault *fault)
{
    if (yaml_bind(root, configuration_rows, target, fault) != 0)
        return -1;
    return read_figure_files(target, root, fault);
}

static int compare_declarations(const void *a, const void *b)
{
    const struct declaration *one = a, *other = b;
    int names = strcmp(one->name, other->name);
    return names != 0 ? names : (one->order > other->order) - (one->order < other->order);
}

static int sort(struct declarations *list, const char *what, struct fault *fault)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_declarations);
    for (size_t i = 1; i < list->count; i++) {
        const struct declaration *first = &list->items[i - 1], *again = &list->items[i];
        if (strcmp(first->name, again->name) == 0)
            return fault_set(fault,
                             "%s:%zu: the %s '%s' is declared again; expected it only at %s:%zu",
                             again->path, again->line, what, again->name, first->path, first->line);
    }
    return 0;
}

static void hand_over(struct loading *loading, struct settings *settings)
{
    size_t figures = loading->figures.count, sources = loading->sources.count,
           reporters = loading->reporters.count;
    struct figure *figure = arena_take(loading->arena, figures, sizeof *figure);
    struct source_settings *source = arena_take(loading->arena, sources, sizeof *source);
    struct reporter *reporter = arena_take(loading->arena, reporters, sizeof *reporter);
    *settings = (struct settings){ source,   sources,   { figure, figures },
                                   reporter, reporters, loading->bodies };
    for (size_t i = 0; i < figures; i++)
        figure[i] = *(const struct figure *)loading->figures.items[i].content;
    for (size_t i = 0; i < sources; i++)
        source[i] = *(const struct source_settings *)loading->sources.items[i].content;
    for (size_t i = 0; i < reporters; i++)
        reporter[i] = *(const struct reporter *)loading->reporters.items[i].content;
}

static int at_line(const struct declaration *of, size_t line, const char *what, struct fault *fault)
{
    return fault_at(fault, "%s:%zu: %s '%s': ", of->path, line, what, of->name);
}

static int check_names(const struct loading *loading, const struct settings *settings,
                       struct fault *fault)
{
    const struct declaration *sources = loading->sources.items;
    const struct declaration *reporters = loading->reporters.items;
    size_t line = 0;
    for (size_t i = 0; i < settings->source_count; i++)
        if (settings_check_source(&settings->sources[i], settings, &line, fault) != 0 ||
            settings_check_constants(&settings->sources[i], settings, &line, fault) != 0)
            return at_line(&sources[i], line, "source", fault);
    for (size_t i = 0; i < settings->reporter_count; i++)
        if (settings_check_reporter(&settings->reporters[i], settings, fault) != 0)
            return at_line(&reporters[i], reporters[i].line, "reporter", fault);
    return 0;
}

static int load(struct loading *loading, struct settings *settings, struct fault *fault)
{
    if (yaml_read(loading->path, loading->arena, read_configuration, loading, fault) != 0 ||
        sort(&loading->figures, "figure", fault) != 0 ||
        sort(&loading->sources, "source", fault) != 0)
        return -1;
    hand_over(loading, settings);
    return check_names(loading, settings, fault);
}

struct settings *settings_load(const char *path, struct fault *fault)
{
    struct arena arena = { 0 };
    struct shared *shared = arena_take(&arena, 1, sizeof *shared);
    struct loading loading = { .path = path,
                               .arena = &arena,
                               .bodies = { BODIES_SIZE, BODIES_AGE } };
    int failed = load(&loading, &shared->settings, fault);
    free(loading.figures.items);
    free(loading.sources.items);
    free(loading.reporters.items);
    if (failed != 0) {
        arena_free(&arena);
        return NULL;
    }
    atomic_init(&shared->holders, 1);
    shared->arena = arena;
    return &shared->settings;
}

struct settings *settings_share(struct settings *settings)
{
    atomic_fetch_add(&((struct shared *)settings)->holders, 1);
    return settings;
}

void settings_free(struct settings *settings)
{
    struct shared *shared = (struct shared *)settings;
    if (shared == NULL || atomic_fetch_sub(&shared->holders, 1) > 1)
        return;
    struct arena arena = shared->arena; /* shared itself lives in it */
    arena_free(&arena);
}
