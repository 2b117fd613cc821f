/* SPDX-License-Identifier: MIT */
/* settings_source.c - one source of the configuration, from its mapping */
#include "file.h"
#include "jq_program.h"
#include "period.h"
#include "settings_parts.h"
#include "source_url.h"
#include "text.h"
#include "text_rules.h"
#include "wording.h"

#include <string.h>

enum { YEAR = 365 * PERIOD_DAY, JQ_PROGRAM_BYTES = 1 << 20 };

/* It becomes a label's value and the name of a source on the command line. */
static int check_source_name(const char *name, struct fault *fault)
{
    size_t length =
        strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
    if (name[length] == '\0' && length <= 128)
        return 0;
    return fault_set(fault,
                     "'%s' is not a source's name; expected at most 128 letters, digits, "
                     "'_', '-' and '.'",
                     name);
}

struct source_form {
    struct source_settings source;
    int format, numbers;
    const char *jq, *jq_file;
    struct text_rules *rules;
};

static const char *const formats[] = { "json", "csv", "text", NULL };
static const enum form_format forms[] = { FORM_JSON, FORM_CSV, FORM_TEXT };

static const char *const numbers[] = { "decimal", "words", "words with decimal comma", NULL };
static const struct wording_style styles[] = { { false }, { false }, { true } };

static const char *read_program(const char *path, const char *stands_in, struct arena *arena,
                                struct fault *fault)
{
    const char *slash = path[0] == '/' ? NULL : strrchr(stands_in, '/');
    struct text place = { 0 }, text = { 0 };
    char *program = NULL;
    if (slash != NULL)
        text_bytes(&place, stands_in, (size_t)(slash + 1 - stands_in));
    text_put(&place, path);
    text_put(&text, "");
    if (file_read(place.bytes, JQ_PROGRAM_BYTES, &text, fault) == 0)
        program = arena_string(arena, text.bytes);
    text_free(&place);
    text_free(&text);
    return program;
}

/* The program stands in the mapping, or in a file beside it. */
static int read_jq(struct source_form *form, const struct yaml_node *mapping, struct arena *arena,
                   struct fault *fault)
{
    const char *key = form->jq != NULL ? "jq" : "jq_file";
    struct jq_program *program = arena_take(arena, 1, sizeof *program);
    if (form->jq == NULL && form->jq_file == NULL)
        return 0;
    if (form->jq != NULL && form->jq_file != NULL)
        fault_set(fault, "the program is given twice; expected either jq or jq_file");
    else if (form->source.form.format != FORM_JSON)
        fault_set(fault, "a jq program reads JSON; expected it with 'format: json' only");
    else if (form->jq != NULL)
        program->text = form->jq;
    else
        program->text = read_program(form->jq_file, mapping->path, arena, fault);
    form->source.form.jq = program;
    return program->text != NULL ? 0 : yaml_at(mapping, key, fault);
}

/* Where a page is, without who may see it: https://USER:PASSWORD@… */
static const char *reference_of(const char *url, struct arena *arena)
{
    const char *host = strstr(url, "://") + 3, *at = memchr(host, '@', strcspn(host, "/?#"));
    struct text reference = { 0 };
    text_bytes(&reference, url, (size_t)(host - url));
    text_put(&reference, at != NULL ? at + 1 : host);
    const char *result = arena_string(arena, reference.bytes);
    text_free(&reference);
    return result;
}

static int take_rules(struct source_form *form, const struct yaml_node *mapping,
                      struct fault *fault)
{
    struct source_settings *source = &form->source;
    bool text = source->form.format == FORM_TEXT;
    if (text && form->rules == NULL)
        fault_set(fault, "'text' is missing; expected the rules that find the values in it");
    if (!text && form->rules != NULL)
        fault_set(fault, "rules find values in text; expected them with 'format: text' only");
    if (text == (form->rules == NULL))
        return yaml_at(mapping, "text", fault);
    if (text)
        form->rules->reference = reference_of(source->url, mapping->arena);
    source->form.rules = form->rules;
    return 0;
}

#define SOURCE_FIELD(name) .key = #name, .offset = offsetof(struct source_form, source.name)

static const struct yaml_row source_rows[] = {
    { SOURCE_FIELD(name), .type = YAML_STRING, .required = true, .check = check_source_name,
      .expected = "a name of its own" },
    { SOURCE_FIELD(url), .type = YAML_STRING, .required = true,
      .expected = "where to fetch it, a URL" },
    { .key = "format",
      .offset = offsetof(struct source_form, format),
      .type = YAML_WORD,
      .words = formats,
      .expected = "json, csv or text" },
    { .key = "numbers",
      .offset = offsetof(struct source_form, numbers),
      .type = YAML_WORD,
      .words = numbers,
      .expected = "decimal, words, or words with decimal comma" },
    { .key = "jq",
      .offset = offsetof(struct source_form, jq),
      .type = YAML_STRING,
      .expected = "a jq program" },
    { .key = "jq_file",
      .offset = offsetof(struct source_form, jq_file),
      .type = YAML_STRING,
      .expected = "the path of a jq program" },
    { .key = "text",
      .offset = offsetof(struct source_form, rules),
      .type = YAML_MAPPING,
      .reader = settings_read_rules,
      .expected = "a mapping with rules" },
    { SOURCE_FIELD(every), .type = YAML_DURATION, .least = 1, .most = YEAR,
      .expected = "a duration from 1s to 1y, like 15m or 1h" },
    { SOURCE_FIELD(timeout), .type = YAML_DURATION, .least = 1, .most = 3600,
      .expected = "a duration from 1s to 1h, like 30s" },
    { SOURCE_FIELD(body_size_limit), .type = YAML_SIZE, .least = 1, .most = 1000 * 1000 * 1000,
      .expected = "a size from 1B to 1GB, like 512KiB or 10MB" },
};
static const struct yaml_table source_table = { source_rows,
                                                sizeof source_rows / sizeof *source_rows };

const struct source_settings *settings_read_source(const struct yaml_node *mapping,
                                                   struct arena *arena, struct fault *fault)
{
    struct source_form *form = arena_take(arena, 1, sizeof *form);
    struct source_settings *source = &form->source;
    source->every = 3600;
    source->timeout = 30;
    source->body_size_limit = 10 * 1000 * 1000;
    form->numbers = -1;
    if (yaml_bind(mapping, &source_table, form, fault) != 0)
        return NULL;
    source->form.format = forms[form->format];
    if (read_jq(form, mapping, arena, fault) != 0)
        return NULL;
    source->url = source_url(source->url, mapping->path, arena, fault);
    if (source->url == NULL) {
        yaml_at(mapping, "url", fault);
        return NULL;
    }
    if (take_rules(form, mapping, fault) != 0)
        return NULL;
    if (form->numbers < 0) /* in text people wrote them */
        form->numbers = source->form.format == FORM_TEXT;
    source->form.wording = form->numbers == 0 ? NULL : &styles[form->numbers];
    return source;
}
