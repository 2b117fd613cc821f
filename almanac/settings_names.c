/* SPDX-License-Identifier: MIT */
/* settings_names.c - checks that the figures, fields and labels named in a source are declared */
#include "catalogue.h"
#include "settings_claim.h"
#include "settings_parts.h"

#include <fnmatch.h>
#include <string.h>

/* Where the names of a claim are looked up. */
struct lookup {
    const struct catalogue *catalogue;
    struct settings_claim claim;
    const char *figure; /* the only one, by a constant; NULL: any of the claim's */
    size_t *line;       /* becomes that of the wrong name */
    struct fault *fault;
};

static bool is_about(const struct lookup *lookup, const struct figure *figure)
{
    if (lookup->figure != NULL)
        return strcmp(lookup->figure, figure->name) == 0;
    const struct glossary *figures = lookup->claim.figures;
    return figures == NULL || glossary_word(figures, figure->name) != NULL;
}

static bool is_label(const struct lookup *lookup, const char *name)
{
    for (size_t i = 0; i < lookup->catalogue->count; i++) {
        const struct figure *figure = &lookup->catalogue->figures[i];
        if (is_about(lookup, figure) && figure_has_label(figure, name))
            return true;
    }
    return false;
}

/* NULL and "" (not read) name nothing and pass. */
static int check_figure(const struct lookup *lookup, const char *name, size_t line)
{
    if (name == NULL || name[0] == '\0' || catalogue_find(lookup->catalogue, name) != NULL)
        return 0;
    *lookup->line = line;
    return fault_set(lookup->fault, "%s: no figure '%s' is declared; expected one that is",
                     lookup->claim.part, name);
}

static int check_label(const struct lookup *lookup, const char *name, size_t line)
{
    if (name == NULL || name[0] == '\0' || is_label(lookup, name))
        return 0;
    *lookup->line = line;
    if (lookup->figure != NULL)
        return fault_set(lookup->fault, "%s: '%s' is no label of %s; expected one of its labels",
                         lookup->claim.part, name, lookup->figure);
    return fault_set(lookup->fault, "%s: '%s' is a label of no figure%s; expected one that is",
                     lookup->claim.part, name,
                     lookup->claim.figures == NULL ? "" : " that it brings");
}

static int check_column(const struct lookup *lookup, const char *name, size_t line)
{
    bool field = name != NULL && report_field_of(name) != REPORT_FIELDS;
    return field ? 0 : check_label(lookup, name, line);
}

typedef int name_check(const struct lookup *lookup, const char *name, size_t line);

static int check_meanings(const struct lookup *lookup, const struct glossary *glossary,
                          name_check *check)
{
    int failed = 0;
    for (size_t i = 0; i < glossary->count && failed == 0; i++)
        failed = check(lookup, glossary->terms[i].meaning, glossary->terms[i].line);
    return failed;
}

static int check_words(const struct lookup *lookup, const struct glossary *glossary,
                       name_check *check)
{
    int failed = 0;
    for (size_t i = 0; i < glossary->count && failed == 0; i++)
        failed = check(lookup, glossary->terms[i].word, glossary->terms[i].line);
    return failed;
}

/* What coded columns say. */
static int check_coded(const struct lookup *lookup, const struct table_terms *terms)
{
    int failed = 0;
    for (size_t i = 0; terms != NULL && i < terms->coded_count && failed == 0; i++)
        failed = check_column(lookup, terms->coded[i].says, terms->coded[i].line);
    return failed;
}

/* The figure that a constant says, if one does. */
static int check_constant_figure(const struct lookup *lookup)
{
    const struct term *said = glossary_term(lookup->claim.constants, "figure");
    return said == NULL ? 0 : check_figure(lookup, said->meaning, said->line);
}

static int check_claim(const struct lookup *lookup)
{
    const struct settings_claim *claim = &lookup->claim;
    if (claim->figures != NULL && check_meanings(lookup, claim->figures, check_figure) != 0)
        return -1;
    return check_constant_figure(lookup) != 0 ||
                   check_meanings(lookup, claim->columns, check_column) != 0 ||
                   check_coded(lookup, claim->terms) != 0 ||
                   check_words(lookup, claim->constants, check_column) != 0 ||
                   check_column(lookup, claim->as, claim->as_line) != 0
               ? -1
               : 0;
}

int settings_check_source(const struct source_settings *source, const struct settings *settings,
                          size_t *line, struct fault *fault)
{
    struct lookup lookup = { .catalogue = &settings->catalogue, .line = line, .fault = fault };
    if (!settings_claim_of(&source->form, &lookup.claim))
        return 0;
    lookup.figure = glossary_find(lookup.claim.constants, "figure");
    return check_claim(&lookup);
}

static int check_pattern(const struct settings *settings, const char *pattern, struct fault *fault)
{
    for (size_t i = 0; i < settings->catalogue.count; i++)
        if (fnmatch(pattern, settings->catalogue.figures[i].name, 0) == 0)
            return 0;
    return fault_set(fault, "'%s' is no figure that is declared, and fits none; expected one",
                     pattern);
}

static int check_limit(const struct settings *settings, const struct reporter *reporter,
                       const char *label, struct fault *fault)
{
    for (size_t i = 0; i < settings->catalogue.count; i++)
        if (reporter_covers(reporter, &settings->catalogue.figures[i]) &&
            figure_has_label(&settings->catalogue.figures[i], label))
            return 0;
    return fault_set(fault, "'%s' is a label of none of these figures; expected one that is",
                     label);
}

int settings_check_reporter(const struct reporter *reporter, const struct settings *settings,
                            struct fault *fault)
{
    for (size_t i = 0; i < reporter->figures.count; i++)
        if (check_pattern(settings, reporter->figures.items[i], fault) != 0)
            return -1;
    for (size_t i = 0; i < reporter->label_count; i++)
        if (check_limit(settings, reporter, reporter->labels[i].name, fault) != 0)
            return -1;
    return 0;
}
