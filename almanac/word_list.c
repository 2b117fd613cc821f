/* SPDX-License-Identifier: MIT */
/* word_list.c - a list of strings */
#include "word_list.h"

#include <string.h>

bool word_list_has(const struct word_list *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->items[i], word) == 0)
            return true;
    return false;
}
