/* SPDX-License-Identifier: MIT */
/* word_list.h - a list of strings */
#ifndef ALMANAC_WORD_LIST_H
#define ALMANAC_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialised: empty. The strings are borrowed. */
struct word_list {
    const char **items;
    size_t count;
};

bool word_list_has(const struct word_list *words, const char *word);

#endif
