/* SPDX-License-Identifier: MIT */
/* settings_constants.c - checks that a source's constants, and its wide columns, could be reported
 */
#include "catalogue.h"
#include "csv_mapping.h"
#include "dataflow.h"
#include "page_choice.h"
#include "settings_parts.h"

#include <string.h>

/* What the configuration says of a row before there is one. */
struct claim {
    const char *part;
    struct catalogue catalogue;
    const struct wording_style *wording;
    const struct glossary *constants;
    const struct glossary *figures; /* all that a row may be about are meanings here; NULL: any */
    const char *as;                 /* what the wide column says; NULL: there is none */
    const struct term *wide;
    bool withdraws; /* some rows may be without a value, unless a constant says otherwise */
};

static const struct term *term_of(const struct claim *claim, const char *name)
{
    const struct glossary *constants = claim->constants;
    if (claim->as != NULL && strcmp(claim->as, name) == 0)
        return claim->wide;
    for (size_t i = 0; i < constants->count; i++)
        if (strcmp(constants->terms[i].word, name) == 0)
            return &constants->terms[i];
    return NULL;
}

static const char *said(const struct claim *claim, const char *name)
{
    const struct term *term = term_of(claim, name);
    return term != NULL ? term->meaning : NULL;
}

/* Whether the figure has the name, if that is a label. */
static bool has(const struct figure *figure, const char *name)
{
    return report_field_of(name) != REPORT_FIELDS || figure_has_label(figure, name);
}

/* Whether a row may be about the figure, as far as the wide column and the first constants say. */
static bool is_about(const struct claim *claim, size_t constants, const struct figure *figure)
{
    const char *name = said(claim, "figure");
    bool about = name == NULL || strcmp(name, figure->name) == 0;
    if (claim->figures != NULL)
        about = about && glossary_word(claim->figures, figure->name) != NULL;
    for (size_t i = 0; i < constants; i++)
        about = about && has(figure, claim->constants->terms[i].word);
    return about && (claim->as == NULL || has(figure, claim->as));
}

static bool is_about_any(const struct claim *claim, size_t constants)
{
    for (size_t i = 0; i < claim->catalogue.count; i++)
        if (is_about(claim, constants, &claim->catalogue.figures[i]))
            return true;
    return false;
}

/* Refuses the first constant that leaves no figure which the row may be about. */
static int check_labels(const struct claim *claim, size_t *line, struct fault *fault)
{
    const struct glossary *constants = claim->constants;
    const char *figure = said(claim, "figure");
    size_t count = 0;
    while (count < constants->count && is_about_any(claim, count + 1))
        count++;
    if (count == constants->count || !is_about_any(claim, 0))
        return 0;
    const struct term *term = &constants->terms[count];
    *line = figure != NULL ? term_of(claim, "figure")->line : term->line;
    if (figure != NULL)
        return fault_set(fault, "%s: '%s' is no label of %s; expected one of its labels",
                         claim->part, term->word, figure);
    return fault_set(fault,
                     "%s: '%s' is a label of no figure that has the others; expected one "
                     "that is",
                     claim->part, term->word);
}

/* Takes what is not said as fits. No time is in the future: it comes. */
static int try_value(const struct claim *claim, const struct figure *figure, const char *value,
                     struct complaint *complaint)
{
    struct arena arena = { 0 };
    struct observation observation;
    struct label *labels = arena_take(&arena, figure->label_count, sizeof *labels);
    struct report report = { .received = INT64_MAX,
                             .wording = claim->wording,
                             .labels = labels,
                             .label_count = figure->label_count };
    const char *const fits[REPORT_FIELDS] = { [REPORT_FIGURE] = figure->name,
                                              [REPORT_TIME_PERIOD] = "2000",
                                              [REPORT_OBS_VALUE] = value,
                                              [REPORT_OBS_STATUS] = value[0] == '\0' ? "O" : NULL,
                                              [REPORT_UNIT] = figure->unit };
    for (enum report_field field = 0; field < REPORT_FIELDS; field++) {
        const char *text = said(claim, report_field_names[field]);
        report.fields[field] = text != NULL ? text : fits[field];
    }
    for (size_t i = 0; i < figure->label_count; i++) {
        const char *name = figure->labels[i], *text = said(claim, name);
        labels[i] = (struct label){ name, text != NULL ? text : figure_some(figure, name) };
    }
    *complaint = (struct complaint){ 0 };
    int failed = catalogue_read(&claim->catalogue, &report, &arena, &observation, complaint);
    arena_free(&arena);
    return failed;
}

/* Without a value, a label may be none of its codes. */
static int try_figure(const struct claim *claim, const struct figure *figure,
                      struct complaint *complaint)
{
    const char *status = said(claim, "obs_status");
    enum status_value goes = status != NULL ? status_value(status[0]) : STATUS_WITH_VALUE;
    struct complaint ignored = { 0 };
    if (goes == STATUS_WITHOUT_VALUE)
        return try_value(claim, figure, "", complaint);
    if (try_value(claim, figure, "1", complaint) == 0)
        return 0;
    bool may_lack = goes == STATUS_EITHER || (status == NULL && claim->withdraws);
    return may_lack ? try_value(claim, figure, "", &ignored) : -1;
}

static int complain(const struct claim *claim, const struct figure *figure,
                    struct complaint *complaint, size_t *line, struct fault *fault)
{
    const struct term *term = term_of(claim, complaint->name);
    if (term == NULL)
        return 0; /* what fits may not go with a constant */
    *line = term->line;
    return fault_set(fault, "%s: %s of %s: %s", claim->part, complaint->name, figure->name,
                     complaint->fault.text);
}

/* One figure that can be reported like that is enough; else the first is told about. */
static int check_row(const struct claim *claim, size_t *line, struct fault *fault)
{
    const struct catalogue *catalogue = &claim->catalogue;
    const struct figure *wrong = NULL;
    struct complaint complaint, first;
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct figure *figure = &catalogue->figures[i];
        if (!is_about(claim, claim->constants->count, figure))
            continue;
        if (try_figure(claim, figure, &complaint) == 0)
            return 0;
        if (wrong == NULL)
            first = complaint;
        wrong = wrong != NULL ? wrong : figure;
    }
    return wrong == NULL ? check_labels(claim, line, fault)
                         : complain(claim, wrong, &first, line, fault);
}

static bool may_withdraw(const struct table_terms *terms)
{
    bool may = terms->statuses.count > 0 ||
               glossary_word(&terms->columns, report_field_names[REPORT_OBS_STATUS]) != NULL;
    for (size_t i = 0; i < terms->missing.count; i++)
        may = may || terms->missing.terms[i].meaning[0] != '\0';
    return may;
}

static int check_terms(struct claim claim, const struct table_terms *terms, size_t *line,
                       struct fault *fault)
{
    claim.constants = &terms->constants;
    claim.withdraws = may_withdraw(terms);
    return terms->constants.count == 0 && claim.as == NULL ? 0 : check_row(&claim, line, fault);
}

static int check_csv(struct claim claim, const struct csv_mapping *csv, size_t *line,
                     struct fault *fault)
{
    int failed = 0;
    claim.part = "csv";
    claim.as = csv->wide_as;
    if (csv->wide_as == NULL)
        return check_terms(claim, &csv->terms, line, fault);
    for (size_t i = 0; i < csv->wide.count && failed == 0; i++) {
        claim.wide = &csv->wide.terms[i];
        failed = check_terms(claim, &csv->terms, line, fault);
    }
    return failed;
}

static int check_dataflow(struct claim claim, const struct dataflow *dataflow, size_t *line,
                          struct fault *fault)
{
    claim.part = "sdmx";
    claim.figures = dataflow->figures.count > 0 ? &dataflow->figures : NULL;
    return check_terms(claim, &dataflow->terms, line, fault);
}

/* Each family is of one figure, and has the constants that this has. */
static int check_page(struct claim claim, const struct page_choice *page, size_t *line,
                      struct fault *fault)
{
    int failed = 0;
    claim.part = "metrics";
    claim.constants = &page->constants;
    for (size_t i = 0; i < page->families.count && failed == 0; i++) {
        const struct figure *figure =
            catalogue_find(&claim.catalogue, page->families.terms[i].meaning);
        struct complaint complaint;
        if (figure != NULL && try_figure(&claim, figure, &complaint) != 0)
            failed = complain(&claim, figure, &complaint, line, fault);
    }
    return failed;
}

int settings_check_constants(const struct source_settings *source, const struct settings *settings,
                             size_t *line, struct fault *fault)
{
    const struct form *form = &source->form;
    const struct claim claim = { .catalogue = settings->catalogue, .wording = form->wording };
    if (form->csv != NULL)
        return check_csv(claim, form->csv, line, fault);
    if (form->dataflow != NULL)
        return check_dataflow(claim, form->dataflow, line, fault);
    return form->page != NULL ? check_page(claim, form->page, line, fault) : 0;
}
