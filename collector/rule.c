/* SPDX-License-Identifier: MIT */
/* rule.c - applies a rule of a text source: its matches and their reports */
#include "rule.h"

#include <stdlib.h>
#include <string.h>

static const struct rule_group fields[] = {
    { "value", REPORT_OBS_VALUE },
    { "time_period", REPORT_TIME_PERIOD },
    { "released", REPORT_RELEASED },
};

static struct rule_group group_of(const char *name)
{
    for (size_t i = 0; name != NULL && i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].name, name) == 0)
            return (struct rule_group){ report_field_names[fields[i].field], fields[i].field };
    return (struct rule_group){ name, REPORT_FIELDS };
}

static int place(const struct rule *rule, size_t line, struct fault *fault)
{
    return fault_at(fault, "%s:%zu: rule '%s': ", rule->text->path, line, rule->text->name);
}

/* Each field has one origin: a group, the rule, or period_of. */
static int check_group(const struct rule *rule, const struct rule_group *group, struct fault *fault)
{
    const struct text_rule *text = rule->text;
    if (group->name == NULL || group->field == REPORT_FIELDS)
        return 0;
    if (text->fields[group->field] != NULL)
        return fault_set(fault, "both a group and the rule say %s; expected one of them",
                         report_field_names[group->field]);
    if (group->field == REPORT_TIME_PERIOD && text->period_of != NULL)
        return fault_set(fault, "both a group and period_of say time_period; expected one of them");
    return 0;
}

static int open_match(struct rule *rule, struct fault *fault)
{
    rule->match = pattern_compile(rule->text->match, PATTERN_PCRE, fault);
    if (rule->match == NULL)
        return -1;
    size_t count = pattern_groups(rule->match);
    rule->groups = array_new(count, sizeof *rule->groups);
    for (size_t i = 1; i <= count; i++) {
        struct rule_group group = group_of(pattern_group_name(rule->match, i));
        if (check_group(rule, &group, fault) != 0)
            return -1;
        rule->groups[rule->group_count++] = group;
    }
    return 0;
}

static int open_period(struct rule *rule, struct fault *fault)
{
    const struct text_rule *text = rule->text;
    if (text->period_of == NULL)
        return 0;
    if (text->fields[REPORT_TIME_PERIOD] != NULL)
        return fault_set(fault,
                         "both period_of and the rule say time_period; expected one of them");
    rule->period_of = pattern_compile(text->period_of, PATTERN_PCRE, fault);
    if (rule->period_of == NULL)
        return -1;
    if (!pattern_has_group(rule->period_of, "time_period"))
        return fault_set(fault, "period_of has no group time_period; expected one");
    return 0;
}

static int open_year(struct rule *rule, struct fault *fault)
{
    if (rule->text->year_of == NULL)
        return 0;
    if (rule->period_of == NULL && !pattern_has_group(rule->match, "time_period"))
        return fault_set(fault, "year_of is of no period; expected a group time_period or "
                                "period_of as well");
    rule->year_of = pattern_compile(rule->text->year_of, PATTERN_PCRE, fault);
    if (rule->year_of == NULL)
        return -1;
    if (!pattern_has_group(rule->year_of, "year"))
        return fault_set(fault, "year_of has no group year; expected one");
    return 0;
}

int rule_open(struct rule *rule, const struct text_rule *text, struct fault *fault)
{
    *rule = (struct rule){ .text = text };
    if (open_match(rule, fault) != 0)
        return place(rule, text->match_line, fault);
    if (open_period(rule, fault) != 0)
        return place(rule, text->period_line, fault);
    if (open_year(rule, fault) != 0)
        return place(rule, text->year_line, fault);
    return 0;
}

void rule_close(struct rule *rule)
{
    pattern_free(rule->match);
    pattern_free(rule->period_of);
    pattern_free(rule->year_of);
    free(rule->groups);
}

struct report rule_report(const struct rule *rule, struct label *labels)
{
    struct report report = { .labels = labels, .label_count = rule->text->label_count };
    memcpy(report.fields, rule->text->fields, sizeof report.fields);
    if (report.label_count > 0)
        memcpy(labels, rule->text->labels, report.label_count * sizeof *labels);
    return report;
}
