/* SPDX-License-Identifier: MIT */
/* settings_source.c - one source of the configuration, from its mapping */
#include "dating.h"
#include "file.h"
#include "period.h"
#include "settings_parts.h"
#include "source_url.h"
#include "text_rules.h"
#include "wording.h"

#include <string.h>

enum { JQ_PROGRAM_BYTES = 128000 }; /* Linux takes no argument of more than 128 KiB */

/* The name is also a label value and an operand on the command line. */
static int check_source_name(const char *name, struct fault *fault)
{
    size_t length =
        strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
    if (name[length] == '\0' && length <= 128 && name[0] != '-')
        return 0;
    return fault_set(fault,
                     "'%s' is not a source's name; expected at most 128 letters, digits, "
                     "'_', '-' and '.', not beginning with '-'",
                     name);
}

struct source_form {
    struct source_settings source;
    int numbers;             /* -1: not given */
    int dates, period, only; /* -1: not given */
    int may_be_empty;
    const char *jq, *jq_file;
    bool http;
    struct calendar_words calendar;
    struct text_rules *rules;
};

/* In the order of enum form_format. */
static const char *const formats[] = { "json", "csv", "sdmx-csv", "metrics", "text", NULL };

static const char *const numbers[] = { "decimal", "words", "words with decimal comma", NULL };
static const struct wording_style styles[] = { { .decimal_comma = false },
                                               { .decimal_comma = false },
                                               { .decimal_comma = true } };

/* In the order of enum dating_order. */
static const char *const dates[] = { "year first", "day first", "month first", NULL };
static const char *const periods[] = {
    "day", "week", "month", "quarter", "half-year", "year", NULL
};

static const char *read_program(const char *path, struct arena *arena, struct fault *fault)
{
    struct text text = { 0 };
    char *program = NULL;
    if (file_read(path, JQ_PROGRAM_BYTES, &text, fault) == 0)
        program = arena_string(arena, text.bytes);
    text_free(&text);
    return program;
}

/* The jq program is inline, or in a file next to the configuration. */
static int read_jq(struct source_form *form, const struct yaml_node *mapping, struct fault *fault)
{
    struct arena *arena = mapping->arena;
    const char *key = form->jq != NULL ? "jq" : "jq_file";
    const char **program = &form->source.form.jq;
    if (form->jq == NULL && form->jq_file == NULL)
        return 0;
    if (form->jq != NULL && form->jq_file != NULL)
        fault_set(fault, "the program is given twice; expected either jq or jq_file");
    else if (form->source.form.format != FORM_JSON)
        fault_set(fault, "a jq program reads JSON; expected it with 'format: json' only");
    else if (form->jq != NULL && strlen(form->jq) > JQ_PROGRAM_BYTES)
        fault_set(fault, "the program has %zu bytes; expected at most %d", strlen(form->jq),
                  JQ_PROGRAM_BYTES);
    else if (form->jq != NULL)
        *program = form->jq;
    else
        *program = read_program(file_beside(form->jq_file, mapping->path, arena), arena, fault);
    return *program != NULL ? 0 : yaml_at(mapping, key, fault);
}

static int check_numbers(const struct source_form *form, const struct yaml_node *mapping,
                         struct fault *fault)
{
    enum form_format format = form->source.form.format;
    if (form->numbers <= 0 || (format != FORM_SDMX_CSV && format != FORM_METRICS))
        return 0;
    return yaml_refuse(
        mapping, "numbers", fault,
        "the numbers of 'format: %s' are plain decimals; expected 'numbers: decimal'",
        formats[format]);
}

/* Checks the keys that belong to one format only. */
static int check_parts(const struct source_form *form, const struct yaml_node *mapping,
                       struct fault *fault)
{
    const struct form *said = &form->source.form;
    const struct {
        const char *key;
        const void *part;
        enum form_format format;
        const char *required; /* NULL: optional */
    } parts[] = {
        { "csv", said->csv, FORM_CSV, NULL },
        { "sdmx", said->dataflow, FORM_SDMX_CSV, NULL },
        { "metrics", said->page, FORM_METRICS, "which families are taken" },
        { "text", form->rules, FORM_TEXT, "the rules that find the values in it" },
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool goes = parts[i].format == said->format, given = parts[i].part != NULL;
        if (given && !goes)
            fault_set(fault, "'%s' does not go with 'format: %s'; expected 'format: %s'",
                      parts[i].key, formats[said->format], formats[parts[i].format]);
        else if (!given && goes && parts[i].required != NULL)
            fault_set(fault, "'%s' is missing; expected %s", parts[i].key, parts[i].required);
        if (fault->text[0] != '\0')
            return yaml_at(mapping, parts[i].key, fault);
    }
    return check_numbers(form, mapping, fault);
}

/* Text has its periods in words, and a metrics page its own key for them. */
static int read_dating(struct source_form *form, const struct yaml_node *mapping,
                       struct fault *fault)
{
    static const char frequencies[] = "DWMQSA";
    struct form *said = &form->source.form;
    struct dating *dating = arena_take(mapping->arena, 1, sizeof *dating);
    if (form->dates < 0 && form->period < 0 && form->only < 0)
        return 0;
    if (said->format == FORM_METRICS || said->format == FORM_TEXT) {
        const char *key = form->dates >= 0 ? "dates" : form->period >= 0 ? "period" : "only";
        return yaml_refuse(mapping, key, fault,
                           "'%s' does not go with 'format: %s'; expected json, csv or sdmx-csv",
                           key, formats[said->format]);
    }
    dating->order = form->dates < 0 ? DATING_YEAR_FIRST : (enum dating_order)form->dates;
    dating->around = form->period < 0 ? '\0' : frequencies[form->period];
    dating->only = form->only < 0 ? '\0' : frequencies[form->only];
    said->dating = dating;
    return 0;
}

static int read_http(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct source_form *form = target;
    form->http = true;
    return settings_read_transport(&form->source.transport, mapping, fault);
}

static int read_url(struct source_form *form, const struct yaml_node *mapping, struct fault *fault)
{
    const char *url = source_url(form->source.url, mapping->path, mapping->arena, fault);
    if (url == NULL)
        return yaml_at(mapping, "url", fault);
    if (form->http && strncmp(url, "file:", 5) == 0)
        return yaml_refuse(mapping, "http", fault,
                           "'http' does not go with a file; expected it with a url like https://…");
    form->source.url = url;
    return 0;
}

#define SOURCE_FIELD(name) .key = #name, .offset = offsetof(struct source_form, source.name)

static const struct yaml_row source_rows[] = {
    { SOURCE_FIELD(name), .type = YAML_STRING, .required = true, .check = check_source_name,
      .expected = "a name of its own" },
    { SOURCE_FIELD(url), .type = YAML_STRING, .required = true,
      .expected = "where to fetch it, a URL" },
    { .key = "format",
      .offset = offsetof(struct source_form, source.form.format),
      .type = YAML_WORD,
      .words = formats,
      .expected = "json, csv, sdmx-csv, metrics or text" },
    { .key = "numbers",
      .offset = offsetof(struct source_form, numbers),
      .type = YAML_WORD,
      .words = numbers,
      .expected = "decimal, words, or words with decimal comma" },
    { .key = "dates",
      .offset = offsetof(struct source_form, dates),
      .type = YAML_WORD,
      .words = dates,
      .expected = "year first, day first or month first" },
    { .key = "period",
      .offset = offsetof(struct source_form, period),
      .type = YAML_WORD,
      .words = periods,
      .expected = "day, week, month, quarter, half-year or year" },
    { .key = "only",
      .offset = offsetof(struct source_form, only),
      .type = YAML_WORD,
      .words = periods,
      .expected = "day, week, month, quarter, half-year or year" },
    { .key = "jq",
      .offset = offsetof(struct source_form, jq),
      .type = YAML_STRING,
      .expected = "a jq program" },
    { .key = "jq_file",
      .offset = offsetof(struct source_form, jq_file),
      .type = YAML_STRING,
      .expected = "the path of a jq program" },
    { .key = "http",
      .type = YAML_MAPPING,
      .reader = read_http,
      .expected = "a mapping with headers, basic_auth and so on" },
    { .key = "csv",
      .offset = offsetof(struct source_form, source.form),
      .type = YAML_MAPPING,
      .reader = settings_read_csv,
      .expected = "a mapping that says how it is written" },
    { .key = "sdmx",
      .offset = offsetof(struct source_form, source.form),
      .type = YAML_MAPPING,
      .reader = settings_read_sdmx,
      .expected = "a mapping that says what its dimensions mean" },
    { .key = "metrics",
      .offset = offsetof(struct source_form, source.form),
      .type = YAML_MAPPING,
      .reader = settings_read_page,
      .expected = "a mapping that says which families are taken" },
    { .key = "text",
      .offset = offsetof(struct source_form, rules),
      .type = YAML_MAPPING,
      .reader = settings_read_rules,
      .expected = "a mapping with rules" },
    { .key = "may_be_empty", .offset = offsetof(struct source_form, may_be_empty), YAML_TRUTH },
    { SOURCE_FIELD(every), .type = YAML_DURATION, .least = 1, .most = PERIOD_YEAR,
      .expected = "a duration from 1s to 1y, like 15m or 1h" },
    { .key = "at",
      .offset = offsetof(struct source_form, calendar.at),
      .type = YAML_STRING,
      .expected = "a time of the day, like \"08:30\"" },
    { .key = "on",
      .offset = offsetof(struct source_form, calendar.on),
      .type = YAML_STRINGS,
      .most = 31,
      .expected = "a list of days of the month, like [1, 15]" },
    { .key = "time_zone",
      .offset = offsetof(struct source_form, calendar.time_zone),
      .type = YAML_STRING,
      .expected = "a time zone, like Asia/Shanghai" },
    { SOURCE_FIELD(timeout), .type = YAML_DURATION, .least = 1, .most = 3600,
      .expected = "a duration from 1s to 1h, like 30s" },
    { SOURCE_FIELD(body_size_limit), .type = YAML_SIZE, .least = 1, .most = 1000 * 1000 * 1000,
      .expected = "a size from 1B to 1GB, like 512KiB or 10MB" },
    { 0 },
};

const struct source_settings *settings_read_source(const struct yaml_node *mapping,
                                                   struct fault *fault)
{
    struct arena *arena = mapping->arena;
    struct source_form *form = arena_take(arena, 1, sizeof *form);
    struct source_settings *source = &form->source;
    source->timeout = 30;
    source->body_size_limit = 10 * 1000 * 1000;
    form->numbers = form->dates = form->period = form->only = -1;
    if (yaml_bind(mapping, source_rows, form, fault) != 0)
        return NULL;
    if (check_parts(form, mapping, fault) != 0 || read_dating(form, mapping, fault) != 0 ||
        read_jq(form, mapping, fault) != 0 ||
        settings_read_calendar(&form->calendar, mapping, source, fault) != 0 ||
        read_url(form, mapping, fault) != 0)
        return NULL;
    if (form->rules != NULL)
        form->rules->reference = source_url_public(source->url, arena);
    source->form.rules = form->rules;
    source->may_be_empty = form->may_be_empty == 1;
    if (form->numbers < 0) /* text is written by people */
        form->numbers = source->form.format == FORM_TEXT;
    source->form.wording = form->numbers == 0 ? NULL : &styles[form->numbers];
    return source;
}
