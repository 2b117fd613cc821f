/* SPDX-License-Identifier: MIT */
/* glossary.h - the words of others, and what each means here */
#ifndef ALMANAC_GLOSSARY_H
#define ALMANAC_GLOSSARY_H

#include "arena.h"
#include "fault.h"

enum { GLOSSARY_MOST = 1000 };

/* Zero-initialised it is empty. Terms stand in the order they were added. */
struct glossary {
    struct term {
        const char *word, *meaning;
    } * terms;
    size_t count, room;
};

/* Copies both into the arena. -1 with a fault where the word is there already, or one too many. */
int glossary_add(struct glossary *glossary, const char *word, const char *meaning,
                 struct arena *arena, struct fault *fault);

/* NULL where the word, or the meaning, is not there. */
const char *glossary_find(const struct glossary *glossary, const char *word);
const char *glossary_word(const struct glossary *glossary, const char *meaning);

#endif
