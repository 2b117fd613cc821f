/* SPDX-License-Identifier: MIT */
/* wording_words.h - the tables of words in which numbers are reported */
#ifndef ALMANAC_WORDING_WORDS_H
#define ALMANAC_WORDING_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Each table ends with a word whose text is NULL. */
struct word {
    const char *text;
    int value;        /* a digit, a power of ten or an enum comparator */
    const char *name; /* of a unit, NULL for a count; or the reason for refusal (for a comparator,
                       * beside a fall) */
};

extern const struct word wording_befores[]; /* before the number; COMPARATOR_EXACT: no effect */
extern const struct word wording_turns[];   /* 下降 -1, 增长 1; 降至 names a level: 0 */
extern const struct word wording_levels[];  /* behind a turn, they make it name a level */
extern const struct word wording_bases[];   /* 同比: what a turn is compared with */
extern const struct word wording_signs[];   /* 负: the number is negative */
extern const struct word wording_insides[]; /* inside it, also before a multiplier: 100多万 */
extern const struct word wording_afters[];  /* after the number */
extern const struct word wording_points[];
extern const struct word wording_digits[];
extern const struct word wording_places[];      /* multiply one digit: 十 百 千 */
extern const struct word wording_multipliers[]; /* multiply all smaller pieces: 万 亿 million */
extern const struct word wording_units[]; /* before or after the number; value scales: percent -2 */
extern const struct word wording_units_before[];
extern const struct word wording_units_after[];
extern const struct word wording_nothings[]; /* placeholders for a missing number */
extern const struct word wording_refusals[];

/* The longest word that the text begins with, or NULL. No letter may follow a word that ends in a
 * Latin letter. */
const struct word *wording_find(const struct word *table, const char *text);

/* Skips white space. */
const char *wording_skip(const char *text);

/* The word at *at after white space; moves *at past it. NULL: none. */
const struct word *wording_take(const struct word *table, const char **at);

/* Normalises characters: full-width, capital and traditional ones and the many spaces become the
 * plain ones; line breaks and tabs become '\n'. False: longer than room. */
bool wording_fold(const char *text, char *out, size_t room);

#endif
