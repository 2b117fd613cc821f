/* SPDX-License-Identifier: MIT */
/* settings_constants.c - checks that a source's constants, and its wide columns, could be reported
 */
#include "catalogue.h"
#include "period_words.h"
#include "settings_claim.h"
#include "settings_parts.h"

#include <string.h>

/* A claim, and one of its wide columns. */
struct trial {
    struct settings_claim claim;
    const struct catalogue *catalogue;
    const struct wording_style *wording;
    const struct dating *dating;
    const struct term *wide; /* NULL: there are none */
    bool withdraws; /* some rows may be without a value, unless a constant says otherwise */
};

static const struct term *term_of(const struct trial *trial, const char *name)
{
    const char *as = trial->claim.as;
    return as != NULL && strcmp(as, name) == 0 ? trial->wide
                                               : glossary_term(trial->claim.constants, name);
}

static const char *said(const struct trial *trial, const char *name)
{
    const struct term *term = term_of(trial, name);
    return term != NULL ? term->meaning : NULL;
}

/* Whether the figure has the name, if that is a label. */
static bool has(const struct figure *figure, const char *name)
{
    return report_field_of(name) != REPORT_FIELDS || figure_has_label(figure, name);
}

/* Whether a row may be about the figure, as far as the wide column and the first constants say. */
static bool is_about(const struct trial *trial, size_t constants, const struct figure *figure)
{
    const char *name = said(trial, "figure");
    bool about = name == NULL || strcmp(name, figure->name) == 0;
    if (trial->claim.figures != NULL)
        about = about && glossary_word(trial->claim.figures, figure->name) != NULL;
    for (size_t i = 0; i < constants; i++)
        about = about && has(figure, trial->claim.constants->terms[i].word);
    return about && (trial->claim.as == NULL || has(figure, trial->claim.as));
}

static bool is_about_any(const struct trial *trial, size_t constants)
{
    for (size_t i = 0; i < trial->catalogue->count; i++)
        if (is_about(trial, constants, &trial->catalogue->figures[i]))
            return true;
    return false;
}

/* Refuses the first constant that leaves no figure which the row may be about. */
static int check_labels(const struct trial *trial, size_t *line, struct fault *fault)
{
    const struct glossary *constants = trial->claim.constants;
    const char *figure = said(trial, "figure");
    size_t count = 0;
    while (count < constants->count && is_about_any(trial, count + 1))
        count++;
    if (count == constants->count || !is_about_any(trial, 0))
        return 0;
    const struct term *term = &constants->terms[count];
    *line = figure != NULL ? term_of(trial, "figure")->line : term->line;
    if (figure != NULL)
        return fault_set(fault, "%s: '%s' is no label of %s; expected one of its labels",
                         trial->claim.part, term->word, figure);
    return fault_set(fault,
                     "%s: '%s' is a label of no figure that has the others; expected one "
                     "that is",
                     trial->claim.part, term->word);
}

/* Takes what is not said as fits. No time is in the future: it comes. */
static int try_value(const struct trial *trial, const struct figure *figure, const char *value,
                     struct complaint *complaint)
{
    char dated[PERIOD_TEXT];
    struct arena arena = { 0 };
    struct observation observation;
    struct label *labels = arena_take(&arena, figure->label_count, sizeof *labels);
    struct report report = { .received = INT64_MAX,
                             .wording = trial->wording,
                             .dating = trial->dating,
                             .labels = labels,
                             .label_count = figure->label_count };
    const char *const fits[REPORT_FIELDS] = { [REPORT_FIGURE] = figure->name,
                                              [REPORT_TIME_PERIOD] = "2000",
                                              [REPORT_OBS_VALUE] = value,
                                              [REPORT_OBS_STATUS] = value[0] == '\0' ? "O" : NULL,
                                              [REPORT_UNIT] = figure->unit };
    for (enum report_field field = 0; field < REPORT_FIELDS; field++) {
        const char *text = said(trial, report_field_names[field]);
        report.fields[field] = text != NULL ? text : fits[field];
    }
    const char **period = &report.fields[REPORT_TIME_PERIOD];
    if (trial->claim.year_apart && period_words_in_year(*period, "2000", figure->freq, dated))
        *period = dated;
    for (size_t i = 0; i < figure->label_count; i++) {
        const char *name = figure->labels[i], *text = said(trial, name);
        labels[i] = (struct label){ name, text != NULL ? text : figure_some(figure, name) };
    }
    *complaint = (struct complaint){ 0 };
    int failed = catalogue_read(trial->catalogue, &report, &arena, &observation, complaint);
    arena_free(&arena);
    return failed;
}

/* Without a value, a label may be none of its codes. */
static int try_figure(const struct trial *trial, const struct figure *figure,
                      struct complaint *complaint)
{
    const char *status = said(trial, "obs_status");
    enum status_value goes = status != NULL ? status_value(status[0]) : STATUS_WITH_VALUE;
    struct complaint ignored = { 0 };
    if (goes == STATUS_WITHOUT_VALUE)
        return try_value(trial, figure, "", complaint);
    if (try_value(trial, figure, "1", complaint) == 0)
        return 0;
    bool may_lack = goes == STATUS_EITHER || (status == NULL && trial->withdraws);
    return may_lack ? try_value(trial, figure, "", &ignored) : -1;
}

static int complain(const struct trial *trial, const struct figure *figure,
                    struct complaint *complaint, size_t *line, struct fault *fault)
{
    const struct term *term = term_of(trial, complaint->name);
    if (term == NULL)
        return 0; /* what fits may not go with a constant */
    *line = term->line;
    return fault_set(fault, "%s: %s of %s: %s", trial->claim.part, complaint->name, figure->name,
                     complaint->fault.text);
}

/* One figure that can be reported like that is enough; else the first is told about. */
static int check_row(const struct trial *trial, size_t *line, struct fault *fault)
{
    const struct catalogue *catalogue = trial->catalogue;
    const struct figure *wrong = NULL;
    struct complaint complaint, first;
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct figure *figure = &catalogue->figures[i];
        if (!is_about(trial, trial->claim.constants->count, figure))
            continue;
        if (try_figure(trial, figure, &complaint) == 0)
            return 0;
        if (wrong == NULL)
            first = complaint;
        wrong = wrong != NULL ? wrong : figure;
    }
    return wrong == NULL ? check_labels(trial, line, fault)
                         : complain(trial, wrong, &first, line, fault);
}

static bool may_withdraw(const struct table_terms *terms)
{
    bool may = terms->statuses.count > 0 ||
               glossary_word(&terms->columns, report_field_names[REPORT_OBS_STATUS]) != NULL;
    for (size_t i = 0; i < terms->missing.count; i++)
        may = may || terms->missing.terms[i].meaning[0] != '\0';
    return may;
}

/* Each wide column says it of other rows. */
static int check_rows(struct trial trial, size_t *line, struct fault *fault)
{
    const struct glossary *wide = trial.claim.wide;
    int failed = 0;
    trial.withdraws = may_withdraw(trial.claim.terms);
    if (trial.claim.as == NULL || wide->count == 0)
        return trial.claim.constants->count > 0 ? check_row(&trial, line, fault) : 0;
    for (size_t i = 0; i < wide->count && failed == 0; i++) {
        trial.wide = &wide->terms[i];
        failed = check_row(&trial, line, fault);
    }
    return failed;
}

/* Each family is of one figure, and has the constants that this has. */
static int check_families(const struct trial *trial, size_t *line, struct fault *fault)
{
    const struct glossary *families = trial->claim.figures;
    int failed = 0;
    for (size_t i = 0; i < families->count && failed == 0; i++) {
        const struct figure *figure = catalogue_find(trial->catalogue, families->terms[i].meaning);
        struct complaint complaint;
        if (figure != NULL && try_figure(trial, figure, &complaint) != 0)
            failed = complain(trial, figure, &complaint, line, fault);
    }
    return failed;
}

int settings_check_constants(const struct source_settings *source, const struct settings *settings,
                             size_t *line, struct fault *fault)
{
    struct trial trial = { .catalogue = &settings->catalogue,
                           .wording = source->form.wording,
                           .dating = source->form.dating };
    if (!settings_claim_of(&source->form, &trial.claim))
        return 0;
    return trial.claim.terms != NULL ? check_rows(trial, line, fault)
                                     : check_families(&trial, line, fault);
}
