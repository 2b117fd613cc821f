/* SPDX-License-Identifier: MIT */
/* decode_sdmx_csv.c - decodes SDMX-CSV 2.0 and 1.0: a row has a structure and an observation */
#include "../almanac/dataflow.h"
#include "decode.h"
#include "missing.h"
#include "sdmx_header.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The columns that determine how the others are read. */
enum role { STRUCTURE, STRUCTURE_ID, ACTION, UNIT_MULT, ROLES };
static const char *const role_ids[ROLES] = { "STRUCTURE", "STRUCTURE_ID", "ACTION", "UNIT_MULT" };

struct sdmx {
    struct table table;
    const struct dataflow *dataflow;
    struct sdmx_header header;
    size_t at[ROLES];        /* their columns, from 1; 0: none */
    struct quantity shifted; /* the row's value, multiplied */
};

static const struct dataflow own = { .id = "ALMANAC:FIGURES(1.0)" };

/* The default meaning of components by id, if the dataflow's mapping has none. */
static const struct {
    const char *id;
    enum report_field field; /* REPORT_FIELDS: repeats other columns */
} components[] = {
    { "TIME_PERIOD", REPORT_TIME_PERIOD }, { "OBS_VALUE", REPORT_OBS_VALUE },
    { "COMPARATOR", REPORT_COMPARATOR },   { "OBS_STATUS", REPORT_OBS_STATUS },
    { "RELEASED", REPORT_RELEASED },       { "REFERENCE", REPORT_REFERENCE },
    { "OBS_COM", REPORT_COMMENT },         { "SOURCE", REPORT_SOURCE },
    { "RECORDED", REPORT_RECORDED },       { "SERIES_KEY", REPORT_FIELDS },
    { "OBS_KEY", REPORT_FIELDS },          { "DECIMALS", REPORT_FIELDS },
};

static const char expected_column[] =
    "one that the mapping names, TIME_PERIOD, OBS_VALUE, OBS_STATUS, UNIT_MULT, OBS_COM, "
    "COMPARATOR, RELEASED, REFERENCE, DECIMALS or a label that a figure has";

static const struct column nothing = { .name = "", .field = REPORT_FIELDS };

static const char unsaid[] = "O"; /* the status of what is missing without a reason */

/* NULL if a constant says the figure. */
static const char *figure_dimension(const struct dataflow *dataflow)
{
    if (glossary_find(&dataflow->terms.constants, report_field_names[REPORT_FIGURE]) != NULL)
        return NULL;
    return dataflow->figure_dimension != NULL ? dataflow->figure_dimension : "FIGURE";
}

static struct column known_column(const struct sdmx *sdmx, const char *id)
{
    for (size_t i = 0; i < sizeof components / sizeof *components; i++)
        if (strcmp(components[i].id, id) == 0 && components[i].field == REPORT_FIELDS)
            return nothing;
        else if (strcmp(components[i].id, id) == 0)
            return table_column(&sdmx->table, report_field_names[components[i].field]);
    return table_column(&sdmx->table, id);
}

static struct column column_of(const struct sdmx *sdmx, const char *id)
{
    const char *meaning = glossary_find(&sdmx->dataflow->terms.columns, id);
    const char *dimension = figure_dimension(sdmx->dataflow);
    if (meaning != NULL)
        return meaning[0] == '\0' ? nothing : table_column(&sdmx->table, meaning);
    if (dimension != NULL && strcmp(dimension, id) == 0)
        return table_column(&sdmx->table, report_field_names[REPORT_FIGURE]);
    struct column column = known_column(sdmx, id);
    if (column.name == NULL && glossary_find(&sdmx->dataflow->fixed, id) != NULL)
        return nothing;
    return column;
}

/* Whether there is a header; if not, refuses the document. */
static bool find_header(struct sdmx *sdmx)
{
    struct table *table = &sdmx->table;
    struct csv *csv = &table->csv;
    struct fault fault = { 0 };
    csv_next(csv);
    if (!csv->blank && !table_check(table, 0))
        return false;
    return sdmx_header_read(csv, &sdmx->header, &fault) == 0 ||
           table_refuse(table, REFUSED_DOCUMENT, 0, "%s", fault.text);
}

/* The role of a column, or ROLES. */
static enum role role_of(const struct sdmx *sdmx, const char *id)
{
    enum role role = STRUCTURE_ID;
    while (role < ROLES && strcmp(role_ids[role], id) != 0)
        role++;
    return glossary_find(&sdmx->dataflow->terms.columns, id) != NULL ? ROLES : role;
}

/* Checks columns outside the report for duplicates; the table checks the others. */
static void check_once(struct table *table, size_t index)
{
    const struct csv_field *fields = table->csv.fields;
    size_t i = 0;
    while (strcmp(fields[i].text, fields[index].text) != 0)
        i++;
    if (i < index)
        table_refuse(table, REFUSED_DOCUMENT, index + 1, "the column '%.60s' is there twice",
                     fields[index].text);
}

/* A[]: A: Annual;Q: Quarterly would be cut to A. */
static void check_single(struct sdmx *sdmx, size_t index)
{
    const char *id = sdmx->table.csv.fields[index].text;
    size_t length = strlen(id);
    if (length > 0 && id[length - 1] == ']')
        table_refuse(
            &sdmx->table, REFUSED_DOCUMENT, index + 1,
            "the column '%.60s' has several values, each with its name; expected ids alone, as "
            "labels=id gives them",
            id);
}

static void add_column(struct sdmx *sdmx, size_t index)
{
    const char *id = sdmx->table.csv.fields[index].text;
    enum role role = role_of(sdmx, id);
    struct column column = role == ROLES ? column_of(sdmx, id) : nothing;
    if (role < ROLES)
        sdmx->at[role] = index + 1;
    if (column.name != NULL && column.name[0] == '\0')
        check_once(&sdmx->table, index);
    if (column.field == REPORT_COMMENT || column.field == REPORT_REFERENCE)
        sdmx->header.named[index] = false; /* text has no id */
    column.fixed = glossary_term(&sdmx->dataflow->fixed, id);
    bool is_read = (column.name != NULL && column.name[0] != '\0') || column.fixed != NULL;
    if (is_read && sdmx->header.named[index])
        check_single(sdmx, index);
    table_add(&sdmx->table, column, expected_column);
}

/* Whether the column, where names belong, is a component. A name may be the id in front of it, or
 * mean the same here. */
static bool is_component(const struct sdmx *sdmx, size_t index)
{
    const struct csv_field *fields = sdmx->table.csv.fields;
    const char *id = fields[index].text;
    struct column column = column_of(sdmx, id);
    if (strcmp(id, fields[index - 1].text) == 0)
        return false;
    if (role_of(sdmx, id) < ROLES)
        return true;
    return column.name != NULL && (column.name[0] == '\0' ||
                                   strcmp(column.name, sdmx->table.columns[index - 1].name) != 0);
}

/* A column of names is not read: a component there would be lost. */
static void add_names(struct sdmx *sdmx, size_t index)
{
    const struct csv_field *fields = sdmx->table.csv.fields;
    if (is_component(sdmx, index))
        table_refuse(
            &sdmx->table, REFUSED_DOCUMENT, index + 1,
            "the column '%.60s' is where the names of '%.60s' belong; expected them behind each "
            "id, as labels=name gives them",
            fields[index].text, fields[index - 1].text);
    table_add(&sdmx->table, nothing, NULL);
}

static void add_columns(struct sdmx *sdmx)
{
    struct csv *csv = &sdmx->table.csv;
    bool names = false; /* come next */
    table_add(&sdmx->table, nothing, NULL);
    sdmx->at[sdmx->header.is_1_0 ? STRUCTURE_ID : STRUCTURE] = 1;
    for (size_t i = 1; i < csv->field_count; i++) {
        const char *id = csv->fields[i].text;
        if (names)
            add_names(sdmx, i);
        else if (strcmp(id, "STRUCTURE_NAME") == 0)
            table_add(&sdmx->table, nothing, NULL);
        else
            add_column(sdmx, i);
        names = !names && sdmx->header.labels == SDMX_LABELS_NAME && !sdmx_header_leads(id);
    }
}

static void require_columns(struct sdmx *sdmx)
{
    const char *time_period = report_field_names[REPORT_TIME_PERIOD];
    const char *dimension = figure_dimension(sdmx->dataflow);
    table_require(&sdmx->table, sdmx->at[STRUCTURE_ID] != 0, role_ids[STRUCTURE_ID]);
    if (dimension != NULL)
        table_require(&sdmx->table, table_find(&sdmx->table, "figure") != 0, dimension);
    table_require(&sdmx->table,
                  table_find(&sdmx->table, time_period) != 0 ||
                      glossary_find(&sdmx->dataflow->terms.constants, time_period) != NULL,
                  "TIME_PERIOD");
    table_require_fixed(&sdmx->table, &sdmx->dataflow->fixed);
}

/* "" if there is no such column. */
static const char *cell(const struct sdmx *sdmx, enum role role)
{
    return sdmx->at[role] == 0 ? "" : sdmx->table.csv.fields[sdmx->at[role] - 1].text;
}

static bool check_structure(struct sdmx *sdmx)
{
    const char *kind = cell(sdmx, STRUCTURE), *id = cell(sdmx, STRUCTURE_ID);
    const char *expected = sdmx->dataflow->id;
    bool is_1_0 = sdmx->header.is_1_0;
    if (!is_1_0 && strcasecmp(kind, "dataflow") != 0 && strcasecmp(kind, "datastructure") != 0 &&
        strcasecmp(kind, "dataprovision") != 0)
        return table_refuse(&sdmx->table, REFUSED_DOCUMENT, sdmx->at[STRUCTURE],
                            "STRUCTURE: '%.60s' is none; expected dataflow, datastructure or "
                            "dataprovision",
                            kind);
    if (expected == NULL || strcmp(id, expected) == 0)
        return true;
    return table_refuse(&sdmx->table, REFUSED_DOCUMENT, sdmx->at[STRUCTURE_ID],
                        "%s: is '%.60s'; expected %s", is_1_0 ? "DATAFLOW" : role_ids[STRUCTURE_ID],
                        id, expected);
}

static bool read_figure(struct sdmx *sdmx, struct report *report)
{
    const struct glossary *figures = &sdmx->dataflow->figures;
    const char **figure = &report->fields[REPORT_FIGURE], *code = *figure;
    if (figures->count == 0)
        return true;
    *figure = glossary_find(figures, code);
    if (*figure != NULL)
        return true;
    return table_refuse(&sdmx->table, REPORT_FIGURE,
                        table_find(&sdmx->table, report_field_names[REPORT_FIGURE]),
                        "%s: '%.60s' stands for no figure; expected a code that the mapping has",
                        figure_dimension(sdmx->dataflow), code);
}

/* Deletes the observation: removes its value and attributes, and sets a status without a value. "-"
 * marks an attribute to delete. */
static bool withdraw(struct sdmx *sdmx, struct report *report)
{
    static const enum report_field attributes[] = { REPORT_COMPARATOR, REPORT_OBS_STATUS,
                                                    REPORT_RELEASED, REPORT_REFERENCE,
                                                    REPORT_COMMENT };
    const char *value = report->fields[REPORT_OBS_VALUE];
    bool any = false;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        const char **said = &report->fields[attributes[i]];
        if (*said != NULL && strcmp(*said, "-") == 0) {
            *said = "";
            any = true;
        }
    }
    if (any && (value == NULL || value[0] == '\0'))
        return table_refuse(&sdmx->table, REPORT_OBS_VALUE, sdmx->at[ACTION],
                            "ACTION: deletes attributes alone; expected '-' for OBS_VALUE as well");
    report->fields[REPORT_COMPARATOR] = "";
    missing_set(report, unsaid);
    return true;
}

static bool read_multiplier(struct sdmx *sdmx, int *places)
{
    const char *text = cell(sdmx, UNIT_MULT);
    size_t sign = text[0] == '-', length = strspn(text + sign, "0123456789");
    *places = (int)strtol(text, NULL, 10);
    if (text[sign + length] == '\0' && length <= 2 && (length > 0 || text[0] == '\0'))
        return true;
    return table_refuse(&sdmx->table, REPORT_OBS_VALUE, sdmx->at[UNIT_MULT],
                        "UNIT_MULT: '%.60s' is no power of ten; expected one from -99 to 99", text);
}

/* Leaves malformed numbers unchanged, to be refused as such. */
static bool multiply(struct sdmx *sdmx, struct report *report, int places)
{
    const char **value = &report->fields[REPORT_OBS_VALUE];
    struct fault fault = { 0 };
    report->multiplied = places != 0;
    if (places == 0 || *value == NULL || quantity_read(*value, &sdmx->shifted, &fault) != 0)
        return true;
    *value = sdmx->shifted.text;
    return quantity_shift(&sdmx->shifted, places, &fault) == 0 ||
           table_refuse(&sdmx->table, REPORT_OBS_VALUE, sdmx->at[UNIT_MULT], "UNIT_MULT: %s",
                        fault.text);
}

/* What stands for no value in SDMX itself, if the mapping does not say it. */
static bool read_number(struct sdmx *sdmx, struct report *report, int places)
{
    const char *value = report->fields[REPORT_OBS_VALUE];
    if (value == NULL || (strcmp(value, "NaN") != 0 && strcmp(value, "#N/A") != 0))
        return multiply(sdmx, report, places);
    if (missing_is_excluded(report))
        return table_refuse(&sdmx->table, REPORT_OBS_VALUE,
                            table_find(&sdmx->table, report_field_names[REPORT_OBS_VALUE]),
                            "obs_value: is '%s'; expected a number, or an obs_status that goes "
                            "without one (H, J, K, L, M, N, O, Q, S)",
                            value);
    missing_set(report, unsaid);
    return true;
}

/* False, too, if the row is passed over. */
static bool read_value(struct sdmx *sdmx, struct report *report)
{
    const char *action = cell(sdmx, ACTION);
    int places;
    if (strcmp(action, "D") == 0)
        return withdraw(sdmx, report);
    if (action[0] != '\0' && (strchr("IAMR", action[0]) == NULL || action[1] != '\0'))
        return table_refuse(&sdmx->table, REPORT_OBS_VALUE, sdmx->at[ACTION],
                            "ACTION: '%.60s' is not known; expected I, A, M, R or D", action);
    if (!read_multiplier(sdmx, &places))
        return false;
    enum missing_end end = missing_read(&sdmx->dataflow->terms.missing, report);
    return end == MISSING_NOT ? read_number(sdmx, report, places) : end == MISSING_SET;
}

static bool is_left_out(const struct sdmx *sdmx, const struct report *report)
{
    const char *figure = glossary_find(&sdmx->dataflow->figures, report->fields[REPORT_FIGURE]);
    return figure != NULL && figure[0] == '\0';
}

static void cut_names(struct sdmx *sdmx)
{
    for (size_t i = 0; i < sdmx->table.csv.field_count; i++)
        if (sdmx->header.named[i])
            sdmx_header_cut(&sdmx->table.csv, i);
}

static void take_row(struct sdmx *sdmx)
{
    cut_names(sdmx);
    struct report report = table_report(&sdmx->table);
    if (!is_left_out(sdmx, &report) && check_structure(sdmx) && table_check_cells(&sdmx->table) &&
        read_figure(sdmx, &report) && read_value(sdmx, &report))
        table_take(&sdmx->table, &report, 0);
}

void decode_sdmx_csv(const char *bytes, size_t size, struct batch *batch)
{
    if (!decode_is_text(&bytes, &size, batch))
        return;
    struct sdmx *sdmx = arena_take(&batch->arena, 1, sizeof *sdmx);
    sdmx->dataflow = batch->form->dataflow != NULL ? batch->form->dataflow : &own;
    sdmx->table.csv.delimiter = sdmx_header_delimiter(bytes, size);
    sdmx->table.terms = &sdmx->dataflow->terms;
    table_open(&sdmx->table, bytes, size, batch);
    if (!find_header(sdmx))
        return;
    add_columns(sdmx);
    table_add_constants(&sdmx->table);
    require_columns(sdmx);
    if (batch->refused > 0)
        return;
    while (table_next(&sdmx->table))
        take_row(sdmx);
}
