/* SPDX-License-Identifier: MIT */
/* rules_check.c - checks that the rules of text sources compile and match their examples */
#include "rules_check.h"

#include "../almanac/text_rules.h"
#include "rule.h"

#include <stdio.h>
#include <string.h>

/* A rule or one of its examples being checked. No date is in the future here, so that the result
 * does not depend on today. */
struct trial {
    const struct rule *rule;
    const struct form *form;
    struct batch batch;
    size_t line;         /* of its declaration */
    struct fault *fault; /* what is wrong there */
};

static int complain_group(struct trial *trial, const struct figure *figure, const char *name)
{
    struct text labels = { 0 };
    text_put(&labels, "");
    for (size_t i = 0; i < figure->label_count; i++)
        text_printf(&labels, "%s%s", i > 0 ? ", " : ": ", figure->labels[i]);
    trial->line = trial->rule->text->match_line;
    fault_set(trial->fault,
              "rule '%s': the group '%s' is not known; expected value, time_period, released or "
              "a label of %s%s",
              trial->rule->text->name, name, figure->name, labels.bytes);
    text_free(&labels);
    return -1;
}

/* Groups may share a name. */
static bool is_first(const struct rule *rule, size_t group)
{
    for (size_t i = 0; i < group; i++)
        if (rule->groups[i].name != NULL &&
            strcmp(rule->groups[i].name, rule->groups[group].name) == 0)
            return false;
    return true;
}

/* Whether the rule's fields, and groups with fitting values, could form an observation. */
static int check_fields(struct trial *trial)
{
    const struct rule *rule = trial->rule;
    struct arena *arena = &trial->batch.arena;
    struct label *labels =
        arena_take(arena, rule->text->label_count + rule->group_count + 1, sizeof *labels);
    struct report report = rule_report(rule, labels);
    struct complaint complaint = { 0 };
    const struct figure *figure =
        catalogue_find(trial->batch.catalogue, report.fields[REPORT_FIGURE]);
    static const char *const fits[REPORT_FIELDS] = {
        [REPORT_OBS_VALUE] = "1", [REPORT_TIME_PERIOD] = "2000", [REPORT_RELEASED] = "2000-01-01"
    };
    if (rule->period_of != NULL)
        report.fields[REPORT_TIME_PERIOD] = fits[REPORT_TIME_PERIOD];
    for (size_t i = 0; i < rule->group_count; i++) {
        const struct rule_group *group = &rule->groups[i];
        if (group->name == NULL || !is_first(rule, i))
            continue;
        if (group->field == REPORT_FIELDS)
            labels[report.label_count++] =
                (struct label){ group->name,
                                figure == NULL ? "x" : figure_some(figure, group->name) };
        else
            report.fields[group->field] = fits[group->field];
    }
    if (figure != NULL && report.fields[REPORT_UNIT] == NULL)
        report.fields[REPORT_UNIT] = figure->unit;
    if (batch_take(&trial->batch, &report, &complaint) == 0)
        return 0;
    return fault_set(trial->fault, "rule '%s': %s: %s", rule->text->name, complaint.name,
                     complaint.fault.text);
}

static int check_groups(struct trial *trial)
{
    const struct rule *rule = trial->rule;
    const struct figure *figure =
        catalogue_find(trial->batch.catalogue, rule->text->fields[REPORT_FIGURE]);
    for (size_t i = 0; figure != NULL && i < rule->group_count; i++) {
        const struct rule_group *group = &rule->groups[i];
        if (group->name != NULL && group->field == REPORT_FIELDS &&
            !figure_has_label(figure, group->name))
            return complain_group(trial, figure, group->name);
    }
    return check_fields(trial);
}

/* found: whether a group, or the wording of the value, gives it. */
static int compare(struct trial *trial, const char *name, const char *said, const char *given,
                   bool found)
{
    const char *rule = trial->rule->text->name;
    if (said == NULL && !(found && given[0] != '\0'))
        return 0;
    if (said != NULL && strcmp(said, given) == 0)
        return 0;
    if (said == NULL)
        return fault_set(trial->fault, "rule '%s' finds %s '%s', which the example does not say",
                         rule, name, given);
    return fault_set(trial->fault, "rule '%s' gives %s '%s'; expected '%s', as the example says",
                     rule, name, given, said);
}

static bool finds(const struct rule *rule, enum report_field field, const char *label)
{
    for (size_t i = 0; i < rule->group_count; i++) {
        const struct rule_group *group = &rule->groups[i];
        if (group->name != NULL && group->field == field &&
            (label == NULL || strcmp(group->name, label) == 0))
            return true;
    }
    return field == REPORT_TIME_PERIOD && rule->period_of != NULL;
}

static int compare_labels(struct trial *trial, const struct text_example *example)
{
    const struct observation *observation = &batch_item(&trial->batch, 0)->observation;
    const struct figure *figure = observation->figure;
    for (size_t i = 0; i < figure->label_count; i++)
        if (compare(trial, figure->labels[i],
                    label_value(example->labels, example->label_count, figure->labels[i]),
                    observation->label_values[i],
                    finds(trial->rule, REPORT_FIELDS, figure->labels[i])) != 0)
            return -1;
    for (size_t i = 0; i < example->label_count; i++)
        if (!figure_has_label(figure, example->labels[i].name))
            return compare(trial, example->labels[i].name, example->labels[i].value, "", false);
    return 0;
}

static int compare_all(struct trial *trial, const struct text_example *example)
{
    const struct observation *observation = &batch_item(&trial->batch, 0)->observation;
    const struct statement *statement = &observation->statement;
    const char *reference = observation->reference != NULL ? observation->reference : "";
    char released[PERIOD_TIME] = "";
    const char status[] = { statement->status, '\0' };
    if (observation->has_released)
        period_write_time(observation->released, released);
    const struct {
        enum report_field field;
        const char *given;
        bool found;
    } parts[] = {
        { REPORT_OBS_VALUE, statement->missing ? "" : statement->value.text, true },
        { REPORT_COMPARATOR, comparator_text(statement->comparator), true },
        { REPORT_TIME_PERIOD, statement->period.text,
          finds(trial->rule, REPORT_TIME_PERIOD, NULL) },
        { REPORT_OBS_STATUS, status, false },
        { REPORT_RELEASED, released, finds(trial->rule, REPORT_RELEASED, NULL) },
        { REPORT_REFERENCE, reference, false },
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (compare(trial, report_field_names[parts[i].field], example->fields[parts[i].field],
                    parts[i].given, parts[i].found) != 0)
            return -1;
    return compare_labels(trial, example);
}

static int check_example(struct trial *trial, const struct text_example *example)
{
    struct published published;
    struct fault fault = { 0 };
    int matches = example->gives_nothing ? 0 : 1, result = 0;
    struct batch *batch = &trial->batch;
    if (published_read(&published, example->text, strlen(example->text), trial->form->rules->html,
                       &fault) != 0)
        batch_refuse_at(batch, REFUSED_DOCUMENT, 0, 0, "%s", fault.text);
    else
        rule_apply(trial->rule, &published, matches, matches, batch);
    if (batch->refused > 0)
        result = fault_set(trial->fault, "in this example: %s", batch->refusals[0].reason);
    else if (batch->count > 0)
        result = compare_all(trial, example);
    published_free(&published);
    return result;
}

static int check_rule(const struct rule *rule, const struct form *form,
                      const struct catalogue *catalogue, struct fault *fault)
{
    struct trial trial = { .rule = rule, .form = form, .line = rule->text->line, .fault = fault };
    batch_init(&trial.batch, catalogue, form, INT64_MAX);
    int result = check_groups(&trial);
    for (size_t i = 0; result == 0 && i < rule->text->example_count; i++) {
        batch_free(&trial.batch);
        batch_init(&trial.batch, catalogue, form, INT64_MAX);
        trial.line = rule->text->examples[i].line;
        result = check_example(&trial, &rule->text->examples[i]);
    }
    batch_free(&trial.batch);
    return result == 0 ? 0 : fault_at(fault, "%s:%zu: ", rule->text->path, trial.line);
}

static int check_source(const struct form *form, const struct catalogue *catalogue,
                        struct fault *fault)
{
    int result = 0;
    for (size_t i = 0; form->rules != NULL && result == 0 && i < form->rules->count; i++) {
        struct rule rule;
        result = rule_open(&rule, &form->rules->rules[i], fault);
        if (result == 0)
            result = check_rule(&rule, form, catalogue, fault);
        rule_close(&rule);
    }
    return result;
}

int rules_check(const struct settings *settings, const struct catalogue *catalogue,
                struct fault *fault)
{
    for (size_t i = 0; i < settings->source_count; i++)
        if (check_source(&settings->sources[i].form, catalogue, fault) != 0)
            return -1;
    return 0;
}
