/* SPDX-License-Identifier: MIT */
/* wording_words.h - the words that reported numbers are written in: the tables of wording.c */
#ifndef ALMANAC_WORDING_WORDS_H
#define ALMANAC_WORDING_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Each table ends with a word without text. */
struct word {
    const char *text;
    int value;        /* a digit, a power of ten or an enum comparator */
    const char *name; /* of a unit, NULL where it counts; or why a word is refused */
};

extern const struct word wording_befores[]; /* qualify in front; COMPARATOR_EXACT: says nothing */
extern const struct word wording_insides[]; /* qualify, in front of a multiplier too: 100多万 */
extern const struct word wording_afters[];  /* qualify behind */
extern const struct word wording_points[];
extern const struct word wording_digits[];
extern const struct word wording_places[];      /* what one digit counts: 十 百 千 */
extern const struct word wording_multipliers[]; /* what all that is smaller counts: 万 亿 million */
extern const struct word wording_units[];       /* in front or behind; value scales: percent -2 */
extern const struct word wording_units_before[];
extern const struct word wording_units_after[];
extern const struct word wording_nothings[]; /* stand where a number is missing */
extern const struct word wording_refusals[];

/* The longest word that the text begins with, or NULL. After a word that ends in a Latin letter no
 * other may follow. */
const struct word *wording_find(const struct word *table, const char *text);

/* Past white space. */
const char *wording_skip(const char *text);

/* The word that stands at *at behind white space; moves *at behind it. NULL: none does. */
const struct word *wording_take(const struct word *table, const char **at);

/* One way to write each character: full-width and capital letters, traditional characters and the
 * many spaces become the plain ones; line breaks and tabs become '\n'. False: longer than room. */
bool wording_fold(const char *text, char *out, size_t room);

#endif
