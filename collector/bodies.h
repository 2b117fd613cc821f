/* SPDX-License-Identifier: MIT */
/* bodies.h - the stored bodies of fetches, named by their hash: BODIES/ab/abcdef….gz */
#ifndef COLLECTOR_BODIES_H
#define COLLECTOR_BODIES_H

#include "../almanac/digest.h"
#include "../almanac/settings.h"
#include "../almanac/text.h"

#include <stdbool.h>
#include <stdint.h>

/* A body on disk that is not yet in its place, unless the store has it already. Zero-initialised:
 * none. */
struct body {
    char sha256[DIGEST_TEXT];
    char *draft; /* the path of its file; NULL: nothing to store */
    char *place;
};

/* Compresses the bytes into a draft below the folder, which is created if it is missing; makes none
 * if it would exceed most bytes. -1 with a fault. Call body_end either way. */
int body_draft(struct body *body, const char *folder, const struct text *bytes, int64_t most,
               struct fault *fault);
/* Moves the draft to its place, or removes it. Whether the store has one body more. A move that
 * fails, with a fault, is made up for by bodies_prune. */
bool body_end(struct body *body, bool keep, struct fault *fault);

/* Moves abandoned drafts to their places, since the ledger may name them; removes bodies that are
 * too old, and then the oldest until the rest fits. now in seconds. */
void bodies_prune(const char *folder, const struct bodies_limits *limits, int64_t now);

#endif
