/* SPDX-License-Identifier: MIT */
/* wording.c - a number in Chinese or English prose */
#include "wording.h"

#include "wording_number.h"
#include "wording_words.h"

#include <ctype.h>
#include <string.h>

/* Stands in the folded text for the style's unit. */
enum { OWN_UNIT = 1 };

struct reading {
    const char *text; /* as given */
    const char *at;   /* the unread rest, folded */
    struct word own;  /* the style's unit, if it is there */
    const struct word *unit;
    const struct word *turn;     /* 下降, or 降至 */
    const struct word *base;     /* 同比 */
    const struct word *sign;     /* 负 */
    const struct word *where_to; /* 低于, which no fall has beside it */
    bool falls;                  /* 下降 */
    int negatives;               /* how many words make the number negative */
    struct wording *wording;
    struct fault *fault;
};

static int refuse(const struct reading *reading, const char *why)
{
    return fault_set(reading->fault, "'%.60s' %s", reading->text, why);
}

static int contradict(const struct reading *reading, const char *one, const char *other)
{
    return fault_set(reading->fault, "'%.60s' says both %s and %s; expected one of them",
                     reading->text, one, other);
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
    if (word->name != NULL)
        reading->where_to = word;
    if (implies(said, *before))
        *before = said;
    if (implies(*before, said))
        return 0;
    return contradict(reading, comparator_text(*before), comparator_text(said));
}

static enum comparator mirrored(enum comparator comparator)
{
    static const enum comparator mirror[] = {
        [COMPARATOR_EXACT] = COMPARATOR_EXACT,
        [COMPARATOR_LESS] = COMPARATOR_MORE,
        [COMPARATOR_LESS_OR_EQUAL] = COMPARATOR_MORE_OR_EQUAL,
        [COMPARATOR_MORE_OR_EQUAL] = COMPARATOR_LESS_OR_EQUAL,
        [COMPARATOR_MORE] = COMPARATOR_LESS,
        [COMPARATOR_ABOUT] = COMPARATOR_ABOUT,
    };
    return mirror[comparator];
}

/* 超负3% is clear, 负超3% is not. */
static int qualify_before(struct reading *reading, const struct word *word)
{
    enum comparator said = (enum comparator)word->value;
    if (reading->sign != NULL && mirrored(said) != said)
        return fault_set(reading->fault,
                         "'%.60s': '%s' stands between a sign and its number; expected it in front "
                         "of the sign",
                         reading->text, word->text);
    return qualify(reading, word);
}

/* 下降至3% falls to a level, 下降至少3% does not. */
static bool take_level(struct reading *reading)
{
    return wording_find(wording_befores, wording_skip(reading->at)) == NULL &&
           wording_take(wording_levels, &reading->at) != NULL;
}

static int turn(struct reading *reading, const struct word *word)
{
    if (reading->turn != NULL)
        return contradict(reading, reading->turn->text, word->text);
    reading->turn = word;
    bool level = take_level(reading) || word->value == 0;
    reading->falls = !level && word->value < 0;
    reading->negatives += reading->falls;
    reading->wording->change = level ? NULL : word->text;
    return 0;
}

static int compare(struct reading *reading, const struct word *word)
{
    reading->base = word;
    reading->wording->change = word->text;
    return 0;
}

static int negate(struct reading *reading, const struct word *word)
{
    reading->sign = word;
    reading->negatives++;
    return 0;
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
    reading->wording->own = word == &reading->own;
    reading->wording->counter = word->name == NULL && word != &reading->own ? word->text : NULL;
    return 0;
}

/* Whether the style's unit comes next. */
static bool take_own(struct reading *reading)
{
    const char *next = wording_skip(reading->at);
    if (*next != OWN_UNIT || reading->own.text == NULL)
        return false;
    reading->at = next + 1;
    return true;
}

/* The words allowed before and after the number. */
struct phrase {
    const struct word *words;
    int (*mean)(struct reading *reading, const struct word *word);
};

static const struct phrase before[] = {
    { wording_befores, qualify_before },
    { wording_bases, compare },
    { wording_turns, turn },
    { wording_signs, negate },
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
        if (take_own(reading)) {
            if (name_unit(reading, &reading->own) != 0)
                return -1;
            phrase = phrases;
        }
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
    bool clause = rest[0] == ',' && rest[1] != '\0' && !isdigit((unsigned char)rest[1]);
    if (word != NULL && !clause)
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

/* Whether it is said once, if at all, which way the number goes that comes next. */
static int check_direction(const struct reading *reading)
{
    char next = *wording_skip(reading->at);
    bool has_sign = next == '+' || next == '-';
    bool told = reading->turn != NULL || reading->negatives > 0 || has_sign;
    if (reading->negatives + has_sign > 1)
        return refuse(reading, "says its sign twice; expected it once, like 下降3% or -3%");
    if (reading->base == NULL || told)
        return 0;
    return fault_set(reading->fault,
                     "'%.60s' does not say which way; expected 增长, 下降 or a sign behind '%s'",
                     reading->text, reading->base->text);
}

/* What qualifies a fall speaks of its size. */
static int mirror_fall(struct reading *reading)
{
    if (!reading->falls)
        return 0;
    if (reading->where_to != NULL)
        return fault_set(reading->fault, "'%.60s': '%s' %s", reading->text, reading->where_to->text,
                         reading->where_to->name);
    reading->wording->comparator = mirrored(reading->wording->comparator);
    return 0;
}

static int finish(struct reading *reading, struct wording_number *number)
{
    char plain[WORDING_PLAIN];
    struct fault ignored = { 0 }; /* it would quote the folded text */
    if (number->implied && reading->wording->comparator == COMPARATOR_EXACT)
        return refuse(reading, "does not say how many; expected a digit in front, like 一百");
    number->negative = number->negative || reading->negatives > 0;
    if (!wording_number_write(number, reading->unit != NULL ? reading->unit->value : 0, plain) ||
        quantity_read(plain, &reading->wording->value, &ignored) != 0)
        return refuse(reading, "has too many digits; expected at most 34, which are kept exactly");
    return mirror_fall(reading);
}

static int read_number(struct reading *reading, bool decimal_comma)
{
    struct wording_number number;
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

static int read_all(struct reading *reading, bool decimal_comma)
{
    if (names_nothing(reading->at))
        return refuse(reading, "names no number; expected one, or an empty value with an "
                               "obs_status that says why");
    if (read_phrases(reading, before) != 0 || check_direction(reading) != 0)
        return -1;
    return read_number(reading, decimal_comma);
}

static bool goes_on(char c, char next)
{
    return (isalpha((unsigned char)c) && isalpha((unsigned char)next)) ||
           (isdigit((unsigned char)c) && isdigit((unsigned char)next));
}

/* The word in the text, where no Latin letter or digit continues it. */
static char *find_word(char *text, const char *word)
{
    size_t length = strlen(word);
    for (char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        bool continues = at > text && goes_on(at[-1], word[0]);
        if (!continues && !goes_on(word[length - 1], at[length]))
            return at;
    }
    return NULL;
}

/* Marks the longest of the style's units before the number is read: of 5千瓦时, 千 is no part. */
static void mark_own(struct reading *reading, const struct wording_style *style, char *folded)
{
    char word[WORDING_MOST], *place = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < style->unit_count; i++) {
        if (!wording_fold(style->units[i].text, word, sizeof word))
            continue;
        char *at = find_word(folded, word);
        if (at == NULL || strlen(word) <= longest)
            continue;
        place = at;
        longest = strlen(word);
        reading->own = (struct word){ style->units[i].text, style->units[i].scale, NULL };
    }
    if (place == NULL)
        return;
    *place = OWN_UNIT;
    memmove(place + 1, place + longest, strlen(place + longest) + 1);
}

int wording_read(const char *text, const struct wording_style *style, struct wording *wording,
                 struct fault *fault)
{
    char folded[WORDING_MOST];
    struct wording read = { .comparator = COMPARATOR_EXACT };
    struct reading reading = { .text = text, .at = folded, .wording = &read, .fault = fault };
    if (!wording_fold(text, folded, sizeof folded))
        return fault_set(fault, "'%.20s…' is too long for a number; expected at most %d bytes",
                         text, WORDING_MOST - 1);
    mark_own(&reading, style, folded);
    if (read_all(&reading, style->decimal_comma) != 0)
        return -1;
    *wording = read;
    return 0;
}

bool wording_is_nothing(const char *text)
{
    char folded[WORDING_MOST];
    const char *at = folded;
    if (!wording_fold(text, folded, sizeof folded))
        return false;
    at = wording_skip(at);
    return *at != '\0' && names_nothing(at);
}

int wording_check_unit(const struct wording *wording, const struct figure *figure,
                       struct fault *fault)
{
    const char *said = wording->unit != NULL ? wording->unit : wording->counter;
    const char *expected = figure->unit != NULL ? figure->unit : "a plain count";
    bool counts = wording->unit == NULL, plain = figure->unit == NULL;
    if (figure->unit_word_count > 0)
        expected = figure->unit_words[0].text;
    if (wording->change != NULL && (plain || strcmp(figure->unit, "ratio") != 0))
        return fault_set(fault, "says a change ('%s'), not a value; expected %s%s", wording->change,
                         plain && figure->unit_word_count == 0 ? "" : "a value in ", expected);
    if (said == NULL)
        return 0;
    if (counts && plain && figure->unit_word_count == 0)
        return 0;
    if (!counts && !plain && strcmp(said, figure->unit) == 0)
        return 0;
    return fault_set(fault, "is in %s; expected %s", said, expected);
}
