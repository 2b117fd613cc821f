/* SPDX-License-Identifier: MIT */
/* wording_unit.c - the unit of values that do not name it themselves, as it stands in a table */
#include "wording_unit.h"

#include "text.h"
#include "wording.h"
#include "wording_number.h"
#include "wording_words.h"

#include <string.h>

static const struct word labels[] = {
    { "单位", 0, NULL },     { "單位", 0, NULL }, { "计量单位", 0, NULL },
    { "计量單位", 0, NULL }, { "unit", 0, NULL }, { NULL, 0, NULL },
};

static char *trim(char *text)
{
    text += strspn(text, " \n");
    for (size_t size = strlen(text); size > 0 && strchr(" \n", text[size - 1]) != NULL; size--)
        text[size - 1] = '\0';
    return text;
}

/* Of (亿元) the inside; of (亿元)(万元) nothing. NULL: there are no parentheses around all. */
static char *inside(char *text)
{
    size_t size = strlen(text);
    if (size < 2 || text[0] != '(' || strcspn(text + 1, "()") != size - 2 || text[size - 1] != ')')
        return NULL;
    text[size - 1] = '\0';
    return trim(text + 1);
}

/* What stands behind 单位：, or in the parentheses of 单位（亿元）. NULL: it is not there. */
static char *behind_label(char *text)
{
    const char *at = text;
    if (wording_take(labels, &at) == NULL)
        return NULL;
    char *rest = trim(text + (at - text));
    return *rest == ':' ? trim(rest + 1) : inside(rest);
}

static char *undress(char *text)
{
    char *next = trim(text);
    while (next != NULL) {
        text = next;
        next = inside(text);
        next = next != NULL ? next : behind_label(text);
    }
    return text;
}

/* Reads the unit with a number between its first bytes and the rest. */
static bool read_number(const char *unit, int before, const char *number,
                        const struct figure *figure, struct wording *wording)
{
    const struct wording_style style = { .units = figure->unit_words,
                                         .unit_count = figure->unit_word_count };
    struct text words = { 0 };
    struct fault ignored = { 0 }; /* it would quote the number */
    text_printf(&words, "%.*s%s%s", before, unit, number, unit + before);
    bool read = wording_read(words.bytes, &style, wording, &ignored) == 0;
    text_free(&words);
    return read;
}

static void keep_longest(const char *unit, const char *word, size_t *longest)
{
    size_t size = strlen(unit), length = strlen(word);
    if (length <= size && length > *longest && strcmp(unit + size - length, word) == 0)
        *longest = length;
}

/* The length of what stands before the last word, which may have digits: of 万m2, that of 万. */
static size_t length_before_word(const char *unit, const struct figure *figure)
{
    char own[WORDING_MOST];
    size_t longest = 0;
    for (size_t i = 0; i < figure->unit_word_count; i++)
        if (wording_fold(figure->unit_words[i].text, own, sizeof own))
            keep_longest(unit, own, &longest);
    for (const struct word *word = wording_units_after; word->text != NULL; word++)
        keep_longest(unit, word->text, &longest);
    return strlen(unit) - longest;
}

static bool has_number(const char *unit, const struct figure *figure)
{
    return strcspn(unit, "0123456789") < length_before_word(unit, figure);
}

/* 100 million yuan has words behind its number; 10.000 € may be ten or ten thousand. */
static bool may_be_power(const char *number)
{
    const char *rest = number + strspn(number, "0123456789, ");
    return *number == '1' && *rest != '\0' && *rest != '.';
}

/* A unit without a number stands behind a one, or the one behind the currency: 人民币亿元. */
static bool read_words(const char *unit, const struct figure *figure, struct wording *wording)
{
    static const char one[] = " 1 ";
    const char *rest = unit;
    wording_take(wording_units, &rest);
    if (has_number(unit, figure))
        return may_be_power(wording_skip(rest)) && read_number(unit, 0, "", figure, wording);
    return unit[0] != '\0' && (read_number(unit, 0, one, figure, wording) ||
                               read_number(unit, (int)(rest - unit), one, figure, wording));
}

enum wording_unit_end wording_unit_read(const char *text, const struct figure *figure, int *places,
                                        struct fault *fault)
{
    char folded[WORDING_MOST];
    struct wording wording;
    *places = 0;
    bool fits = wording_fold(text, folded, sizeof folded);
    if (fits && *wording_skip(folded) == '\0')
        return WORDING_UNIT_NONE;
    const char *unit = fits ? undress(folded) : "";
    if (figure->unit != NULL && strcmp(unit, figure->unit) == 0)
        return WORDING_UNIT_READ;
    if (!read_words(unit, figure, &wording) || wording.comparator != COMPARATOR_EXACT ||
        !quantity_is_power(&wording.value, places)) {
        fault_set(fault,
                  "'%.60s' is not understood; expected a unit in words, like 亿元, %% or million "
                  "CNY, or one of the figure's unit_words",
                  text);
        return WORDING_UNIT_REFUSED;
    }
    return wording_check_unit(&wording, figure, fault) == 0 ? WORDING_UNIT_READ
                                                            : WORDING_UNIT_REFUSED;
}

const char *wording_unit_known(const char *word, const char **unit)
{
    static const struct word *const tables[] = { wording_units, wording_units_after };
    char plain[WORDING_MOST];
    if (!wording_fold(word, plain, sizeof plain))
        return NULL;
    for (char *at = plain; (at = strchr(at, '_')) != NULL;)
        *at = ' ';
    const char *bare = plain;
    wording_take(wording_multipliers, &bare);
    bare = wording_skip(bare);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const struct word *known = wording_find(tables[i], bare);
        if (known != NULL && strcmp(known->text, bare) == 0) {
            *unit = known->name;
            return known->text;
        }
    }
    return NULL;
}
