/* SPDX-License-Identifier: MIT */
/* naming.c - the rules for names of figures, labels and units */
#include "naming.h"

#include "catalogue.h"
#include "wording_unit.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* A figure's name is also a folder's name, which holds at most 255 bytes. */
enum { NAME_MOST = 128 };

/* The lists below are those of promtool's lint (2.42), except entries marked as ours. */
static const struct {
    const char *unit, *base;
} units[] = {
    { "amperes", "amperes" },    { "bytes", "bytes" },     { "celsius", "celsius" },
    { "grams", "grams" },        { "joules", "joules" },   { "kelvin", "kelvin" },
    { "meters", "meters" },      { "metres", "metres" },   { "seconds", "seconds" },
    { "volts", "volts" },        { "minutes", "seconds" }, { "hours", "seconds" },
    { "days", "seconds" },       { "weeks", "seconds" },   { "kelvins", "kelvin" },
    { "fahrenheit", "celsius" }, { "rankine", "celsius" }, { "inches", "meters" },
    { "yards", "meters" },       { "miles", "meters" },    { "bits", "bytes" },
    { "calories", "joules" },    { "pounds", "grams" },    { "ounces", "grams" },
};

static const char *const prefixes[] = {
    "pico", "nano", "micro",           "milli", "centi", "deci", "deca", "hecto", "kilo",
    "kibi", "mega", "mebi" /* ours */, "mibi",  "giga",  "gibi", "tera", "tebi",  "peta",
    "pebi", NULL,
};

static const char *const abbreviations[] = {
    "s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d", NULL,
};

static const char *const types[] = { "counter", "gauge", "summary", "histogram", NULL };

static const char *const endings[] = {
    "_total", "_count", "_sum", "_bucket", "_info" /* ours: OpenMetrics reserves them */, NULL,
};

/* Of the programs' own families, and of what Prometheus adds to a scrape. */
static const char *const kept_beginnings[] = { "almanac_", "process_", "scrape_", NULL };

static const char *const kept_labels[] = { "le", "quantile", NULL };

/* Prometheus would rename them in a scrape, and not in what it reads remotely. */
static const char *const target_labels[] = { "job", "instance", NULL };

/* A part of a name between two '_'. */
struct part {
    const char *at;
    size_t length;
};

static bool part_next(struct part *part)
{
    if (part->at[part->length] == '\0')
        return false;
    part->at += part->length + 1;
    part->length = strcspn(part->at, "_");
    return true;
}

static struct part part_first(const char *name)
{
    return (struct part){ name, strcspn(name, "_") };
}

static bool part_is(struct part part, const char *word)
{
    return strlen(word) == part.length && memcmp(part.at, word, part.length) == 0;
}

static bool part_in(struct part part, const char *const *words)
{
    while (*words != NULL && !part_is(part, *words))
        words++;
    return *words != NULL;
}

/* Whether the part is the unit with one of the prefixes. */
static bool part_is_prefixed(struct part part, const char *unit)
{
    size_t length = strlen(unit);
    if (part.length <= length || memcmp(part.at + part.length - length, unit, length) != 0)
        return false;
    return part_in((struct part){ part.at, part.length - length }, prefixes);
}

/* The base unit to use instead of the part, or NULL. */
static const char *better_unit(struct part part)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (part_is(part, units[i].unit))
            return strcmp(units[i].unit, units[i].base) == 0 ? NULL : units[i].base;
        if (part_is_prefixed(part, units[i].unit))
            return units[i].base;
    }
    return NULL;
}

/* The parts up to this one if they are a power and a time, as in x_kilowatt_hours; or length 0. */
static struct part energy_to(const char *name, struct part part)
{
    static const char watt[] = "watt_";
    size_t room = (size_t)(part.at - name), power = sizeof watt - 1;
    if (room < power || memcmp(part.at - power, watt, power) != 0)
        return (struct part){ 0 };
    while (power < room && *(part.at - power - 1) != '_')
        power++;
    return (struct part){ part.at - power, power + part.length };
}

static int check_part(const char *name, struct part part, struct fault *fault)
{
    int length = (int)part.length;
    const char *base = better_unit(part);
    struct part energy = energy_to(name, part);
    if (base != NULL && energy.length > 0)
        return fault_set(fault, "'%s' is in %.*s; expected the base unit joules", name,
                         (int)energy.length, energy.at);
    if (base != NULL)
        return fault_set(fault, "'%s' is in %.*s; expected the base unit %s", name, length, part.at,
                         base);
    /* The lint allows these words at the start of a name. */
    if (part.at == name)
        return 0;
    if (part_in(part, abbreviations))
        return fault_set(fault, "'%s' has the abbreviated unit '%.*s'; expected a unit in full",
                         name, length, part.at);
    if (part_in(part, types))
        return fault_set(fault, "'%s' has the metric type '%.*s' in it; expected it without", name,
                         length, part.at);
    return 0;
}

static bool is_snake(const char *name)
{
    if (!islower((unsigned char)name[0]) && name[0] != '_')
        return false;
    for (const char *c = name; *c != '\0'; c++)
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_')
            return false;
    return true;
}

static int check_form(const char *name, struct fault *fault)
{
    if (strlen(name) > NAME_MOST)
        return fault_set(fault, "the name has %zu bytes; expected at most %d", strlen(name),
                         NAME_MOST);
    if (!is_snake(name))
        return fault_set(fault,
                         "'%s' is not in snake_case; expected a-z, 0-9 and '_', not beginning "
                         "with a digit",
                         name);
    return 0;
}

static const char *ending_of(const char *name)
{
    for (const char *const *ending = endings; *ending != NULL; ending++) {
        size_t length = strlen(name), tail = strlen(*ending);
        if (length >= tail && strcmp(name + length - tail, *ending) == 0)
            return *ending;
    }
    return NULL;
}

int naming_check_figure(const char *name, struct fault *fault)
{
    if (check_form(name, fault) != 0)
        return -1;
    for (const char *const *kept = kept_beginnings; *kept != NULL; kept++)
        if (strncmp(name, *kept, strlen(*kept)) == 0)
            return fault_set(fault,
                             "'%s' begins with '%s', which is kept for Almanac and Prometheus; "
                             "expected another beginning",
                             name, *kept);
    if (strcmp(name, "up") == 0)
        return fault_set(fault, "'up' is kept for Prometheus; expected another name");
    if (ending_of(name) != NULL)
        return fault_set(fault, "'%s' ends in '%s', as no gauge may; expected another ending", name,
                         ending_of(name));
    struct part part = part_first(name);
    do {
        if (check_part(name, part, fault) != 0)
            return -1;
    } while (part_next(&part));
    return 0;
}

/* Values in the figure's unit would be refused as in another: 万人 is in 人, not in persons. */
static int check_word(const char *unit, struct fault *fault)
{
    const char *meant, *word = wording_unit_known(unit, &meant);
    if (word == NULL)
        return 0;
    if (meant == NULL)
        return fault_set(fault,
                         "'%s' is what is counted; expected no unit (a count), with unit_words "
                         "like {%s: 1} if the words matter",
                         unit, word);
    if (strcmp(meant, unit) == 0)
        return 0;
    return fault_set(fault, "'%s' is a word for %s; expected the unit %s", unit, meant, meant);
}

int naming_check_unit(const char *unit, struct fault *fault)
{
    if (check_word(unit, fault) != 0 || check_form(unit, fault) != 0)
        return -1;
    struct part part = part_first(unit);
    if (part_in(part, abbreviations))
        return fault_set(fault, "'%s' is an abbreviated unit; expected it in full", unit);
    do {
        if (check_part(unit, part, fault) != 0)
            return -1;
    } while (part_next(&part));
    return 0;
}

/* Prometheus: [a-zA-Z_][a-zA-Z0-9_]*; its lint: no lower-case letter before a capital. */
static bool is_label(const char *name)
{
    if (name[0] == '\0' || isdigit((unsigned char)name[0]))
        return false;
    for (const char *c = name; *c != '\0'; c++)
        if ((!isalnum((unsigned char)*c) && *c != '_') ||
            (islower((unsigned char)c[0]) && isupper((unsigned char)c[1])))
            return false;
    return true;
}

int naming_check_label(const char *name, struct fault *fault)
{
    if (strlen(name) > NAME_MOST)
        return check_form(name, fault);
    if (!is_label(name))
        return fault_set(fault,
                         "'%s' is not a label name; expected letters, digits and '_', not "
                         "beginning with a digit and not in camelCase",
                         name);
    struct part whole = { name, strlen(name) };
    if (strncmp(name, "__", 2) == 0 || part_in(whole, kept_labels))
        return fault_set(fault, "'%s' is kept for Prometheus; expected another label name", name);
    if (part_in(whole, target_labels))
        return fault_set(fault,
                         "'%s' is a label that Prometheus itself puts on what it scrapes; expected "
                         "another label name",
                         name);
    if (report_field_of(name) != REPORT_FIELDS)
        return fault_set(fault, "'%s' is a field of every report; expected another label name",
                         name);
    return 0;
}

int naming_check_column(const char *name, struct fault *fault)
{
    enum report_field field = report_field_of(name);
    if (field == REPORT_SOURCE || field == REPORT_RECORDED)
        return fault_set(fault,
                         "'%s' is what an export says of itself; expected another field, or "
                         "a label",
                         name);
    return field != REPORT_FIELDS ? 0 : naming_check_label(name, fault);
}
