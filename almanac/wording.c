/* SPDX-License-Identifier: MIT */
/* wording.c - a number in Chinese or English prose */
#include "wording.h"

#include "wording_number.h"
#include "wording_words.h"

#include <string.h>

struct reading {
    const char *text; /* as given */
    const char *at;   /* the unread rest, folded */
    const struct word *unit;
    struct wording *wording;
    struct fault *fault;
};

static int refuse(const struct reading *reading, const char *why)
{
    return fault_set(reading->fault, "'%.60s' %s", reading->text, why);
}

static bool implies(enum comparator strong, enum comparator weak)
{
    return strong == weak || weak == COMPARATOR_EXACT ||
           (strong == COMPARATOR_MORE && weak == COMPARATOR_MORE_OR_EQUAL) ||
           (strong == COMPARATOR_LESS && weak == COMPARATOR_LESS_OR_EQUAL);
}

static int qualify(struct reading *reading, const struct word *word)
{
    enum comparator said = (enum comparator)word->value;
    enum comparator *before = &reading->wording->comparator;
    if (implies(said, *before))
        *before = said;
    if (implies(*before, said))
        return 0;
    return fault_set(reading->fault, "'%.60s' says both %s and %s; expected one of them",
                     reading->text, comparator_text(*before), comparator_text(said));
}

/* A currency may be named twice: 人民币1亿元. */
static bool may_follow(const struct word *unit, const struct word *before)
{
    return before == NULL || (unit->name != NULL && before->name != NULL && unit->value == 0 &&
                              before->value == 0 && strcmp(unit->name, before->name) == 0);
}

static int name_unit(struct reading *reading, const struct word *word)
{
    if (!may_follow(word, reading->unit))
        return fault_set(reading->fault, "'%.60s' names two units, %s and %s; expected one",
                         reading->text, reading->unit->text, word->text);
    reading->unit = word;
    reading->wording->unit = word->name;
    reading->wording->counter = word->name == NULL ? word->text : NULL;
    return 0;
}

/* The words allowed before and after the number. */
struct phrase {
    const struct word *words;
    int (*mean)(struct reading *reading, const struct word *word);
};

static const struct phrase before[] = {
    { wording_befores, qualify },
    { wording_units_before, name_unit },
    { wording_units, name_unit },
    { NULL, NULL },
};

/* Currencies before what is counted: 人民币 begins with 人. */
static const struct phrase behind[] = {
    { wording_afters, qualify },
    { wording_insides, qualify },
    { wording_units, name_unit },
    { wording_units_after, name_unit },
    { NULL, NULL },
};

static int read_phrases(struct reading *reading, const struct phrase *phrases)
{
    const struct phrase *phrase = phrases;
    while (phrase->words != NULL) {
        const struct word *word = wording_take(phrase->words, &reading->at);
        if (word != NULL && phrase->mean(reading, word) != 0)
            return -1;
        phrase = word != NULL ? phrases : phrase + 1;
    }
    return 0;
}

static int complain_of_rest(const struct reading *reading)
{
    const char *rest = wording_skip(reading->at);
    const struct word *word = wording_find(wording_refusals, rest);
    if (word != NULL)
        return fault_set(reading->fault, "'%.60s': '%s' %s", reading->text, word->text, word->name);
    if (*rest == '\0')
        return refuse(reading, "ends where a number was expected, like 160, 3.5亿 or 一千二百");
    return fault_set(reading->fault,
                     "'%.60s': '%.40s' is not understood; expected a number and at most a unit, "
                     "like 160, 超160家, 3.5亿元 or 1.2 billion",
                     reading->text, rest);
}

static bool names_nothing(const char *at)
{
    wording_take(wording_nothings, &at);
    return *wording_skip(at) == '\0';
}

static int finish(struct reading *reading, const struct wording_number *number)
{
    char plain[WORDING_PLAIN];
    struct fault ignored = { 0 }; /* it would quote the folded text */
    if (number->implied && reading->wording->comparator == COMPARATOR_EXACT)
        return refuse(reading, "does not say how many; expected a digit in front, like 一百");
    if (!wording_number_write(number, reading->unit != NULL ? reading->unit->value : 0, plain) ||
        quantity_read(plain, &reading->wording->value, &ignored) != 0)
        return refuse(reading, "has too many digits; expected at most 34, which are kept exactly");
    return 0;
}

static int read_all(struct reading *reading, bool decimal_comma)
{
    struct wording_number number;
    if (names_nothing(reading->at))
        return refuse(reading, "names no number; expected one, or an empty value with an "
                               "obs_status that says why");
    if (read_phrases(reading, before) != 0)
        return -1;
    const char *why = wording_number_read(&number, &reading->at, decimal_comma);
    if (why != NULL)
        return refuse(reading, why);
    if (number.count == 0)
        return complain_of_rest(reading);
    if (number.inside != NULL && qualify(reading, number.inside) != 0)
        return -1;
    if (read_phrases(reading, behind) != 0)
        return -1;
    if (*wording_skip(reading->at) != '\0')
        return complain_of_rest(reading);
    return finish(reading, &number);
}

int wording_read(const char *text, const struct wording_style *style, struct wording *wording,
                 struct fault *fault)
{
    char folded[WORDING_MOST];
    struct wording read = { .comparator = COMPARATOR_EXACT };
    struct reading reading = { text, folded, NULL, &read, fault };
    if (!wording_fold(text, folded, sizeof folded))
        return fault_set(fault, "'%.20s…' is too long for a number; expected at most %d bytes",
                         text, WORDING_MOST - 1);
    if (read_all(&reading, style->decimal_comma) != 0)
        return -1;
    *wording = read;
    return 0;
}

int wording_check_unit(const struct wording *wording, const char *unit, struct fault *fault)
{
    const char *said = wording->unit != NULL ? wording->unit : wording->counter;
    bool counts = wording->unit == NULL;
    if (said == NULL || (counts && unit == NULL) ||
        (!counts && unit != NULL && strcmp(said, unit) == 0))
        return 0;
    return fault_set(fault, "is in %s; expected %s", said, unit != NULL ? unit : "a plain count");
}
