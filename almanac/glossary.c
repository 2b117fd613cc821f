/* SPDX-License-Identifier: MIT */
/* glossary.c - a map from a source's words to Almanac's */
#include "glossary.h"

#include <string.h>

int glossary_add(struct glossary *glossary, const struct term *term, struct arena *arena,
                 struct fault *fault)
{
    if (glossary_find(glossary, term->word) != NULL)
        return fault_set(fault, "'%s' stands here twice; expected it once", term->word);
    if (glossary->count == GLOSSARY_MOST)
        return fault_set(fault, "'%s' is one too many; expected at most %d", term->word,
                         GLOSSARY_MOST);
    glossary->terms = arena_grow(arena, glossary->terms, glossary->count, sizeof *glossary->terms);
    glossary->terms[glossary->count++] = *term;
    return 0;
}

const struct term *glossary_term(const struct glossary *glossary, const char *word)
{
    for (size_t i = 0; i < glossary->count; i++)
        if (strcmp(glossary->terms[i].word, word) == 0)
            return &glossary->terms[i];
    return NULL;
}

const char *glossary_find(const struct glossary *glossary, const char *word)
{
    const struct term *term = glossary_term(glossary, word);
    return term != NULL ? term->meaning : NULL;
}

const char *glossary_word(const struct glossary *glossary, const char *meaning)
{
    for (size_t i = 0; i < glossary->count; i++)
        if (strcmp(glossary->terms[i].meaning, meaning) == 0)
            return glossary->terms[i].word;
    return NULL;
}
