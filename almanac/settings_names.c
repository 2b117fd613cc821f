/* SPDX-License-Identifier: MIT */
/* settings_names.c - checks that the figures, fields and labels named in a source are declared */
#include "catalogue.h"
#include "csv_mapping.h"
#include "dataflow.h"
#include "page_choice.h"
#include "settings_parts.h"

#include <fnmatch.h>
#include <string.h>

/* Where the names of one part of a source are looked up. */
struct lookup {
    struct catalogue catalogue;
    const char *part;
    const char *figure;              /* the only figure; NULL: any of the figures below */
    const struct glossary *meanings; /* figures; NULL: all declared ones */
    size_t *line;                    /* becomes that of the wrong name */
    struct fault *fault;
};

static bool is_about(const struct lookup *lookup, const struct figure *figure)
{
    if (lookup->figure != NULL)
        return strcmp(lookup->figure, figure->name) == 0;
    return lookup->meanings == NULL || glossary_word(lookup->meanings, figure->name) != NULL;
}

static bool is_label(const struct lookup *lookup, const char *name)
{
    for (size_t i = 0; i < lookup->catalogue.count; i++) {
        const struct figure *figure = &lookup->catalogue.figures[i];
        if (is_about(lookup, figure) && figure_has_label(figure, name))
            return true;
    }
    return false;
}

/* NULL and "" (not read) name nothing and pass. */
static int check_figure(const struct lookup *lookup, const char *name, size_t line)
{
    if (name == NULL || name[0] == '\0' || catalogue_find(&lookup->catalogue, name) != NULL)
        return 0;
    *lookup->line = line;
    return fault_set(lookup->fault, "%s: no figure '%s' is declared; expected one that is",
                     lookup->part, name);
}

static int check_label(const struct lookup *lookup, const char *name, size_t line)
{
    if (name == NULL || name[0] == '\0' || is_label(lookup, name))
        return 0;
    *lookup->line = line;
    if (lookup->figure != NULL)
        return fault_set(lookup->fault, "%s: '%s' is no label of %s; expected one of its labels",
                         lookup->part, name, lookup->figure);
    return fault_set(lookup->fault, "%s: '%s' is a label of no figure%s; expected one that is",
                     lookup->part, name, lookup->meanings == NULL ? "" : " that it brings");
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

/* The figure that a constant says, if one does. */
static int check_constant_figure(const struct lookup *lookup, const struct glossary *constants)
{
    for (size_t i = 0; i < constants->count; i++)
        if (strcmp(constants->terms[i].word, "figure") == 0)
            return check_figure(lookup, constants->terms[i].meaning, constants->terms[i].line);
    return 0;
}

static int check_terms(const struct lookup *lookup, const struct table_terms *terms)
{
    return check_constant_figure(lookup, &terms->constants) != 0 ||
                   check_meanings(lookup, &terms->columns, check_column) != 0 ||
                   check_words(lookup, &terms->constants, check_column) != 0
               ? -1
               : 0;
}

static int check_csv(struct lookup lookup, const struct csv_mapping *csv)
{
    static const char figure[] = "figure";
    lookup.part = "csv";
    lookup.figure = glossary_find(&csv->terms.constants, figure);
    bool wide_figures = csv->wide_as != NULL && strcmp(csv->wide_as, figure) == 0;
    if (wide_figures && csv->wide.count > 0)
        lookup.meanings = &csv->wide;
    return (wide_figures && check_meanings(&lookup, &csv->wide, check_figure) != 0) ||
                   check_terms(&lookup, &csv->terms) != 0 ||
                   check_column(&lookup, csv->wide_as, csv->wide_as_line) != 0
               ? -1
               : 0;
}

static int check_page(struct lookup lookup, const struct page_choice *page)
{
    lookup.part = "metrics";
    lookup.meanings = &page->families;
    return check_meanings(&lookup, &page->families, check_figure) != 0 ||
                   check_meanings(&lookup, &page->labels, check_label) != 0 ||
                   check_words(&lookup, &page->constants, check_label) != 0
               ? -1
               : 0;
}

static int check_dataflow(struct lookup lookup, const struct dataflow *dataflow)
{
    lookup.part = "sdmx";
    lookup.figure = glossary_find(&dataflow->terms.constants, "figure");
    lookup.meanings = dataflow->figures.count > 0 ? &dataflow->figures : NULL;
    return check_meanings(&lookup, &dataflow->figures, check_figure) != 0 ||
                   check_terms(&lookup, &dataflow->terms) != 0
               ? -1
               : 0;
}

int settings_check_source(const struct source_settings *source, const struct settings *settings,
                          size_t *line, struct fault *fault)
{
    const struct lookup lookup = { .catalogue = settings->catalogue, .line = line, .fault = fault };
    const struct form *form = &source->form;
    if (form->csv != NULL)
        return check_csv(lookup, form->csv);
    if (form->page != NULL)
        return check_page(lookup, form->page);
    return form->dataflow != NULL ? check_dataflow(lookup, form->dataflow) : 0;
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
