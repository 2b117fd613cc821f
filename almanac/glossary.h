/* SPDX-License-Identifier: MIT */
/* glossary.h - a map from a source's words to Almanac's */
#ifndef ALMANAC_GLOSSARY_H
#define ALMANAC_GLOSSARY_H

#include "arena.h"
#include "fault.h"

enum { GLOSSARY_MOST = 1000 };

/* Zero-initialised: empty. Terms keep the order in which they were added. */
struct glossary {
    struct term {
        const char *word, *meaning;
        size_t line; /* of the configuration, for whoever sets it */
    } * terms;
    size_t count;
};

/* The term's strings are borrowed, the terms live in the arena. -1 with a fault if the word exists
 * already or the glossary is full. */
int glossary_add(struct glossary *glossary, const struct term *term, struct arena *arena,
                 struct fault *fault);

/* NULL if the word, or the meaning, is not there. */
const struct term *glossary_term(const struct glossary *glossary, const char *word);
const char *glossary_find(const struct glossary *glossary, const char *word);
const char *glossary_word(const struct glossary *glossary, const char *meaning);

#endif
