/* SPDX-License-Identifier: MIT */
/* catalogue.c - the declared figures by name, and the check of a report against them */
#include "catalogue.h"

#include "dating.h"
#include "period_words.h"
#include "text.h"
#include "utf8.h"
#include "visible.h"
#include "wording.h"
#include "wording_unit.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_MOST = 1024, PROSE_MOST = 4096, LABEL_MOST = 1024 };

const char *const report_field_names[REPORT_FIELDS] = {
    [REPORT_FIGURE] = "figure",         [REPORT_TIME_PERIOD] = "time_period",
    [REPORT_OBS_VALUE] = "obs_value",   [REPORT_UNIT] = "unit",
    [REPORT_COMPARATOR] = "comparator", [REPORT_OBS_STATUS] = "obs_status",
    [REPORT_RELEASED] = "released",     [REPORT_REFERENCE] = "reference",
    [REPORT_COMMENT] = "comment",       [REPORT_SOURCE] = "source",
    [REPORT_RECORDED] = "recorded",
};

enum report_field report_field_of(const char *name)
{
    enum report_field field = 0;
    while (field < REPORT_FIELDS && strcmp(report_field_names[field], name) != 0)
        field++;
    return field;
}

static int compare_name(const void *name, const void *figure)
{
    return strcmp(name, ((const struct figure *)figure)->name);
}

const struct figure *catalogue_find(const struct catalogue *catalogue, const char *name)
{
    if (catalogue->count == 0)
        return NULL;
    return bsearch(name, catalogue->figures, catalogue->count, sizeof *catalogue->figures,
                   compare_name);
}

const char *catalogue_label(const struct catalogue *catalogue, const char *name)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct figure *figure = &catalogue->figures[i];
        for (size_t k = 0; k < figure->label_count; k++)
            if (strcmp(figure->labels[k], name) == 0)
                return figure->labels[k];
    }
    return NULL;
}

/* One report on its way to an observation. */
struct reading {
    const struct catalogue *catalogue;
    const struct report *report;
    struct arena *arena;
    struct observation *observation;
    bool has_unit;     /* beside the value */
    int places;        /* the power of ten that it multiplies by */
    const char *label; /* the wrong one */
};

static int read_figure(struct reading *reading, const char *text, struct fault *fault)
{
    reading->observation->figure = catalogue_find(reading->catalogue, text);
    if (reading->observation->figure != NULL)
        return 0;
    if (text[0] == '\0')
        return fault_set(fault, "is empty; expected the name of a figure");
    return fault_set(fault, "unknown figure '%s'; expected one that the catalogue declares", text);
}

static int read_status(struct reading *reading, const char *text, struct fault *fault)
{
    return status_read(text[0] != '\0' ? text : "A", &reading->observation->statement.status,
                       fault);
}

/* In SDMX's syntax, in the source's order of dates, or as people write it. */
static int read_any_period(const struct reading *reading, const char *text, char freq,
                           struct period *period, struct fault *fault)
{
    char plain[PERIOD_TEXT], respelt[PERIOD_TEXT];
    struct fault ignored = { 0 }, words = { 0 };
    const struct dating *dating = reading->report->dating;
    enum dating_order order = dating != NULL ? dating->order : DATING_YEAR_FIRST;
    const char *date = dating_respell(order, text, respelt);
    if (period_read(date, period, &ignored) == 0)
        return 0;
    switch (period_words_read(date, freq, plain, &words)) {
    case PERIOD_WORDS_READ: return period_read(plain, period, fault);
    case PERIOD_WORDS_OPEN: return fault_set(fault, "%s", words.text);
    default: break;
    }
    if (date == text)
        return fault_set(fault, "%s", ignored.text);
    bool day_first = order == DATING_DAY_FIRST;
    return fault_set(fault,
                     "'%s' is not a date with the %s first, as 'dates' says; expected one like %s "
                     "or %s 10:00:00",
                     text, day_first ? "day" : "month", day_first ? "30/06/2024" : "06/30/2024",
                     day_first ? "30/06/2024" : "06/30/2024");
}

/* A forecast, or its withdrawal: nobody could take back a wrong one until its period has come. */
static bool may_be_ahead(char status)
{
    return status == 'F' || status == 'O';
}

static int read_period(struct reading *reading, const char *text, struct fault *fault)
{
    struct statement *statement = &reading->observation->statement;
    const struct dating *dating = reading->report->dating;
    if (text[0] == '\0')
        return fault_set(fault, "is empty; expected one like 2025, 2025-Q3 or "
                                "2025-03-31");
    if (read_any_period(reading, text, reading->observation->figure->freq, &statement->period,
                        fault) != 0 ||
        (dating != NULL && dating_widen(dating, &statement->period, fault) != 0))
        return -1;
    if (!period_has_begun(&statement->period, reading->report->received) &&
        !may_be_ahead(statement->status))
        return fault_set(fault,
                         "'%s' begins in the future; expected one that has begun, or "
                         "obs_status F (forecast)",
                         text);
    return 0;
}

static int read_unit(struct reading *reading, const char *text, struct fault *fault)
{
    const struct figure *figure = reading->observation->figure;
    enum wording_unit_end end = wording_unit_read(text, figure, &reading->places, fault);
    reading->has_unit = end == WORDING_UNIT_READ;
    if (end == WORDING_UNIT_READ && reading->report->multiplied && reading->places != 0)
        return fault_set(
            fault, "'%.60s' would multiply what UNIT_MULT has multiplied; expected one of them to",
            text);
    return end == WORDING_UNIT_REFUSED ? -1 : 0;
}

static int complain_of_no_unit(const char *text, const struct figure *figure, struct fault *fault)
{
    return fault_set(fault,
                     "'%s' is of no unit; expected one behind it, or in the field unit, like %s",
                     text, figure->unit_word_count > 0 ? figure->unit_words[0].text : figure->unit);
}

static bool is_in_words(const struct report *report)
{
    return report->wording != NULL && !report->plain;
}

/* In words, a number has a unit if the figure has one: its own, or that of the field. */
static int read_worded(struct reading *reading, const char *text, struct fault *fault)
{
    struct statement *statement = &reading->observation->statement;
    const struct figure *figure = reading->observation->figure;
    const struct wording_style style = { reading->report->wording->decimal_comma,
                                         figure->unit_words, figure->unit_word_count };
    struct wording wording;
    if (wording_read(text, &style, &wording, fault) != 0 ||
        wording_check_unit(&wording, figure, fault) != 0)
        return -1;
    bool bare = wording.unit == NULL && wording.counter == NULL && !wording.own;
    if (bare && !reading->has_unit && figure->unit != NULL)
        return complain_of_no_unit(text, figure, fault);
    statement->value = wording.value;
    statement->comparator = wording.comparator;
    return bare ? quantity_shift(&statement->value, reading->places, fault) : 0;
}

static int read_value(struct reading *reading, const char *text, struct fault *fault)
{
    struct statement *statement = &reading->observation->statement;
    enum status_value goes = status_value(statement->status);
    statement->missing = text[0] == '\0';
    if (statement->missing && goes == STATUS_WITH_VALUE)
        return fault_set(fault, "is empty; expected a decimal number, or an obs_status "
                                "that goes without one (H, J, K, L, M, N, O, Q, S)");
    if (statement->missing)
        return 0;
    if (goes == STATUS_WITHOUT_VALUE)
        return fault_set(fault, "is '%s'; expected it empty, as obs_status %c says", text,
                         statement->status);
    if (is_in_words(reading->report))
        return read_worded(reading, text, fault);
    if (quantity_read(text, &statement->value, fault) != 0)
        return -1;
    return reading->places == 0 ? 0 : quantity_shift(&statement->value, reading->places, fault);
}

/* An explicit comparator may repeat that of the wording, but must not contradict it. */
static int read_comparator(struct reading *reading, const char *text, struct fault *fault)
{
    struct statement *statement = &reading->observation->statement;
    enum comparator worded = statement->comparator, given;
    if (!comparator_read(text, &given))
        return fault_set(fault, "'%s' is not known; expected <, <=, >=, >, ~ or nothing", text);
    if (given == COMPARATOR_EXACT)
        return 0;
    if (worded != COMPARATOR_EXACT && worded != given)
        return fault_set(fault,
                         "is '%s', but the words of obs_value say '%s'; expected one of them", text,
                         comparator_text(worded));
    statement->comparator = given;
    if (statement->missing)
        return fault_set(fault, "is '%s' without an obs_value; expected it empty", text);
    return 0;
}

/* Whether the period is written as a date, or a date and a time. */
static bool is_moment(const char *text, const struct period *period)
{
    return strlen(text) >= strlen("2024-06-30") && isdigit((unsigned char)text[5]) &&
           strchr(text, '/') == NULL && period->end - period->start <= PERIOD_DAY;
}

static int read_moment(const struct reading *reading, const char *text, int64_t *moment,
                       struct fault *fault)
{
    struct period period;
    struct fault ignored = { 0 }; /* its message is about periods */
    if (read_any_period(reading, text, '\0', &period, &ignored) != 0 ||
        !is_moment(period.text, &period))
        return fault_set(fault,
                         "'%s' is not a date; expected one like 2024-06-30 or "
                         "2024-06-30T10:00:00Z",
                         text);
    if (!period_has_begun(&period, reading->report->received))
        return fault_set(fault, "'%s' is in the future; expected a date that has come", text);
    *moment = period.start;
    return 0;
}

static int read_released(struct reading *reading, const char *text, struct fault *fault)
{
    reading->observation->has_released = text[0] != '\0';
    return text[0] == '\0' ? 0 : read_moment(reading, text, &reading->observation->released, fault);
}

static const char *prose(struct reading *reading, const char *text)
{
    return text[0] != '\0' ? arena_string(reading->arena, text) : NULL;
}

static int read_reference(struct reading *reading, const char *text, struct fault *fault)
{
    (void)fault;
    reading->observation->reference = prose(reading, text);
    return 0;
}

static int read_comment(struct reading *reading, const char *text, struct fault *fault)
{
    (void)fault;
    reading->observation->comment = prose(reading, text);
    return 0;
}

static int check_history(const struct reading *reading, struct fault *fault)
{
    return reading->report->history
               ? 0
               : fault_set(fault, "is what an export says of itself; expected it in a file for "
                                  "'import --history' alone");
}

static int read_source(struct reading *reading, const char *text, struct fault *fault)
{
    if (text[0] == '\0')
        return 0;
    if (check_history(reading, fault) != 0)
        return -1;
    if (visible_check(text, fault) != 0)
        return -1;
    reading->observation->source = arena_string(reading->arena, text);
    return 0;
}

static int read_recorded(struct reading *reading, const char *text, struct fault *fault)
{
    bool sourced = reading->observation->source != NULL;
    if (text[0] == '\0' && sourced)
        return fault_set(fault, "is empty beside a source; expected when it was recorded, like "
                                "2024-06-30T10:00:00Z");
    if (text[0] == '\0')
        return 0;
    if (check_history(reading, fault) != 0)
        return -1;
    if (!sourced)
        return fault_set(fault, "is '%s' without a source; expected both or none", text);
    return read_moment(reading, text, &reading->observation->recorded, fault);
}

/* In order of their dependencies. */
static const struct {
    enum report_field field;
    size_t most; /* bytes */
    int (*read)(struct reading *reading, const char *text, struct fault *fault);
} readers[] = {
    { REPORT_FIGURE, FIELD_MOST, read_figure },
    { REPORT_OBS_STATUS, FIELD_MOST, read_status },
    { REPORT_TIME_PERIOD, FIELD_MOST, read_period },
    { REPORT_UNIT, FIELD_MOST, read_unit },
    { REPORT_OBS_VALUE, FIELD_MOST, read_value },
    { REPORT_COMPARATOR, FIELD_MOST, read_comparator },
    { REPORT_RELEASED, FIELD_MOST, read_released },
    { REPORT_REFERENCE, PROSE_MOST, read_reference },
    { REPORT_COMMENT, PROSE_MOST, read_comment },
    { REPORT_SOURCE, FIELD_MOST, read_source },
    { REPORT_RECORDED, FIELD_MOST, read_recorded },
};

static int check_text(const char *text, size_t most, struct fault *fault)
{
    size_t size = strlen(text);
    if (size > most)
        return fault_set(fault, "has %zu bytes; expected at most %zu", size, most);
    if (utf8_until(text, size) != size)
        return fault_set(fault, "is not well-formed UTF-8; expected UTF-8 text");
    return 0;
}

static void list_labels(const struct figure *figure, struct text *list)
{
    for (size_t i = 0; i < figure->label_count; i++)
        text_printf(list, "%s%s", i > 0 ? ", " : "", figure->labels[i]);
    if (figure->label_count == 0)
        text_put(list, "none");
}

static int complain_labels(const struct figure *figure, const char *what, struct fault *fault)
{
    struct text list = { 0 };
    list_labels(figure, &list);
    fault_set(fault, "%s; expected the labels of %s: %s", what, figure->name, list.bytes);
    text_free(&list);
    return -1;
}

static int check_code(const struct figure *figure, const struct label *label, struct fault *fault)
{
    enum { SHOWN = 12 };
    const struct label_codes *codes = figure_codes(figure, label->name);
    struct text list = { 0 };
    if (codes == NULL || word_list_has(&codes->values, label->value))
        return 0;
    for (size_t i = 0; i < codes->values.count && i < SHOWN; i++)
        text_printf(&list, "%s%s", i > 0 ? ", " : "", codes->values.items[i]);
    fault_set(fault, "is '%.60s'; expected one of its codes: %s%s", label->value, list.bytes,
              codes->values.count > SHOWN ? ", …" : "");
    text_free(&list);
    return -1;
}

static int read_label(struct reading *reading, const struct label *label, const char **values,
                      struct fault *fault)
{
    const struct figure *figure = reading->observation->figure;
    if (check_text(label->value, LABEL_MOST, fault) != 0 || visible_check(label->value, fault) != 0)
        return -1;
    size_t i = 0;
    while (i < figure->label_count && strcmp(figure->labels[i], label->name) != 0)
        i++;
    if (i == figure->label_count)
        return complain_labels(figure, "is not declared", fault);
    if (values[i] != NULL)
        return complain_labels(figure, "is given twice", fault);
    bool withdrawn = reading->observation->statement.missing;
    if (!withdrawn && !reading->report->history && check_code(figure, label, fault) != 0)
        return -1;
    values[i] = arena_string(reading->arena, label->value);
    return 0;
}

static int read_labels(struct reading *reading, struct fault *fault)
{
    const struct figure *figure = reading->observation->figure;
    const char **values = arena_take(reading->arena, figure->label_count, sizeof *values);
    for (size_t i = 0; i < reading->report->label_count; i++) {
        const struct label *label = &reading->report->labels[i];
        reading->label = label->name;
        if (label->value != NULL && label->value[0] != '\0' &&
            read_label(reading, label, values, fault) != 0)
            return -1;
    }
    for (size_t i = 0; i < figure->label_count; i++) {
        reading->label = figure->labels[i];
        if (values[i] == NULL)
            return complain_labels(figure, "missing", fault);
    }
    reading->observation->label_values = values;
    return 0;
}

int catalogue_read(const struct catalogue *catalogue, const struct report *report,
                   struct arena *arena, struct observation *observation,
                   struct complaint *complaint)
{
    struct reading reading = { catalogue, report, arena, observation, false, 0, NULL };
    *observation = (struct observation){ 0 };
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const char *text = report->fields[readers[i].field];
        complaint->field = readers[i].field;
        complaint->name = report_field_names[readers[i].field];
        if (text == NULL)
            text = "";
        if (check_text(text, readers[i].most, &complaint->fault) != 0 ||
            readers[i].read(&reading, text, &complaint->fault) != 0)
            return -1;
    }
    int failed = read_labels(&reading, &complaint->fault);
    complaint->field = REPORT_FIELDS;
    complaint->name = reading.label;
    return failed;
}
