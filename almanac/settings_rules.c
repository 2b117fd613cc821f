/* SPDX-License-Identifier: MIT */
/* settings_rules.c - the rules of a text source, from their mapping */
#include "settings_parts.h"
#include "text_rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { RULES_MOST = 1000, MATCHES_MOST = 1000 * 1000 };

struct example_form {
    struct text_example example;
    struct settings_labels labels;
    int gives;
};

struct rule_form {
    struct text_rule rule;
    struct settings_labels labels;
    const char *matches;
    struct text_example *examples;
};

struct rules_form {
    struct text_rules rules;
    struct text_rule *items;
    int html, encoding;
};

#define FIELD(form, part, field, name, words)                                                      \
    {                                                                                              \
        .key = name, .type = YAML_STRING, .offset = offsetof(struct form, part.fields[field]),     \
        .expected = words                                                                          \
    }
#define FIELDS(form, part)                                                                         \
    FIELD(form, part, REPORT_TIME_PERIOD, "time_period", "a period like 2024-06"),                 \
        FIELD(form, part, REPORT_OBS_VALUE, "obs_value", "a number"),                              \
        FIELD(form, part, REPORT_COMPARATOR, "comparator", "<, <=, >=, > or ~"),                   \
        FIELD(form, part, REPORT_OBS_STATUS, "obs_status", "a code of SDMX CL_OBS_STATUS"),        \
        FIELD(form, part, REPORT_RELEASED, "released", "a date like 2024-06-30"),                  \
        FIELD(form, part, REPORT_REFERENCE, "reference", "where it stands")

static const char *const gives[] = { "nothing", NULL };

static const struct yaml_row example_rows[] = {
    { .key = "text",
      .type = YAML_STRING,
      .offset = offsetof(struct example_form, example.text),
      .required = true,
      .expected = "a text as the source may have it" },
    { .key = "gives",
      .type = YAML_WORD,
      .words = gives,
      .offset = offsetof(struct example_form, gives),
      .expected = "nothing, or instead of it what the text gives, like obs_value: 160" },
    { .key = "labels",
      .type = YAML_ENTRIES,
      .entry = settings_add_label,
      .offset = offsetof(struct example_form, labels),
      .expected = "labels with their values" },
    FIELDS(example_form, example),
    { 0 },
};

static int check_nothing(const struct example_form *form, const struct yaml_node *mapping,
                         struct fault *fault)
{
    const char *said = form->labels.count > 0 ? "labels" : NULL;
    for (size_t i = 0; i < REPORT_FIELDS; i++)
        if (form->example.fields[i] != NULL)
            said = report_field_names[i];
    if (form->gives != 0 || said == NULL)
        return 0;
    return yaml_refuse(mapping, "gives", fault,
                       "'gives: nothing' goes without %s; expected one of them", said);
}

static int read_example(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct rule_form *rule = target;
    struct example_form form = { .gives = -1 };
    if (yaml_bind(mapping, example_rows, &form, fault) != 0 ||
        check_nothing(&form, mapping, fault) != 0)
        return -1;
    form.example.line = mapping->line;
    form.example.gives_nothing = form.gives == 0;
    form.example.labels = form.labels.items;
    form.example.label_count = form.labels.count;
    rule->examples = arena_grow(mapping->arena, rule->examples, rule->rule.example_count,
                                sizeof *rule->examples);
    rule->examples[rule->rule.example_count++] = form.example;
    return 0;
}

/* "3", "1..5" or "any". */
static bool read_matches(const char *text, int64_t *least, int64_t *most)
{
    char *end;
    bool any = strcmp(text, "any") == 0;
    *least = 0;
    *most = MATCHES_MOST;
    if (any || !isdigit((unsigned char)*text))
        return any;
    *least = *most = strtoll(text, &end, 10);
    if (strncmp(end, "..", 2) == 0 && isdigit((unsigned char)end[2]))
        *most = strtoll(end + 2, &end, 10);
    return *end == '\0' && *least <= *most && *most >= 1 && *most <= MATCHES_MOST;
}

static int check_matches(const char *text, struct fault *fault)
{
    int64_t least, most;
    if (read_matches(text, &least, &most))
        return 0;
    return fault_set(fault, "'%s' is no number of matches; expected one like 1, 1..5 or any", text);
}

static const struct yaml_row rule_rows[] = {
    { .key = "name",
      .type = YAML_STRING,
      .offset = offsetof(struct rule_form, rule.name),
      .required = true,
      .expected = "a name of its own" },
    { .key = "figure",
      .type = YAML_STRING,
      .offset = offsetof(struct rule_form, rule.fields[REPORT_FIGURE]),
      .required = true,
      .expected = "the name of a figure" },
    { .key = "match",
      .type = YAML_STRING,
      .offset = offsetof(struct rule_form, rule.match),
      .required = true,
      .expected = "a regular expression" },
    { .key = "matches",
      .type = YAML_STRING,
      .offset = offsetof(struct rule_form, matches),
      .check = check_matches,
      .expected = "a number of matches, like 1, 1..5 or any" },
    { .key = "labels",
      .type = YAML_ENTRIES,
      .entry = settings_add_label,
      .offset = offsetof(struct rule_form, labels),
      .expected = "labels with their values" },
    { .key = "period_of",
      .type = YAML_STRING,
      .offset = offsetof(struct rule_form, rule.period_of),
      .expected = "a regular expression with a group time_period" },
    { .key = "year_of",
      .type = YAML_STRING,
      .offset = offsetof(struct rule_form, rule.year_of),
      .expected = "a regular expression with a group year" },
    FIELD(rule_form, rule, REPORT_UNIT, "unit", "a unit like 亿元"),
    FIELDS(rule_form, rule),
    { .key = "examples",
      .type = YAML_LIST,
      .reader = read_example,
      .expected = "a list of examples, each a mapping with a text and what it gives" },
    { 0 },
};

static int add_rule(struct rules_form *rules, const struct text_rule *rule, struct arena *arena,
                    struct fault *fault)
{
    for (size_t i = 0; i < rules->rules.count; i++)
        if (strcmp(rules->items[i].name, rule->name) == 0)
            return fault_set(fault, "the rule '%s' is declared again; expected it only at line %zu",
                             rule->name, rules->items[i].line);
    if (rules->rules.count == RULES_MOST)
        return fault_set(fault, "one rule too many; expected at most %d", RULES_MOST);
    rules->items = arena_grow(arena, rules->items, rules->rules.count, sizeof *rules->items);
    rules->items[rules->rules.count++] = *rule;
    return 0;
}

static int read_rule(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct rule_form form = { .matches = "1" };
    struct text_rule *rule = &form.rule;
    if (yaml_bind(mapping, rule_rows, &form, fault) != 0)
        return -1;
    read_matches(form.matches, &rule->least, &rule->most);
    rule->path = mapping->path;
    rule->line = mapping->line;
    rule->match_line = yaml_line(mapping, "match");
    rule->period_line = yaml_line(mapping, "period_of");
    rule->year_line = yaml_line(mapping, "year_of");
    rule->labels = form.labels.items;
    rule->label_count = form.labels.count;
    rule->examples = form.examples;
    return add_rule(target, rule, mapping->arena, fault) == 0 ? 0 : yaml_at(mapping, "name", fault);
}

static const struct yaml_row rules_rows[] = {
    { .key = "html", .offset = offsetof(struct rules_form, html), YAML_TRUTH },
    { .key = "encoding",
      .type = YAML_WORD,
      .words = settings_encodings,
      .offset = offsetof(struct rules_form, encoding),
      .expected = settings_encodings_expected },
    { .key = "rules",
      .type = YAML_LIST,
      .required = true,
      .least = 1,
      .reader = read_rule,
      .expected = "a list of at least one rule, each a mapping" },
    { 0 },
};

int settings_read_rules(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct text_rules **result = target;
    struct rules_form *form = arena_take(mapping->arena, 1, sizeof *form);
    if (yaml_bind(mapping, rules_rows, form, fault) != 0)
        return -1;
    form->rules.html = form->html == 1;
    form->rules.encoding = settings_encoding_names[form->encoding];
    form->rules.rules = form->items;
    *result = &form->rules;
    return 0;
}
