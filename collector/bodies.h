/* SPDX-License-Identifier: MIT */
/* bodies.h - the bodies of what was fetched, kept by their hash: BODIES/ab/abcdef….gz */
#ifndef COLLECTOR_BODIES_H
#define COLLECTOR_BODIES_H

#include "../almanac/digest.h"
#include "../almanac/settings.h"
#include "../almanac/text.h"

#include <stdbool.h>
#include <stdint.h>

/* A body that is on disk but not in its place yet, unless it is there already. Zero-initialised it
 * is none. */
struct body {
    char sha256[DIGEST_TEXT];
    char *draft; /* the path of its file; NULL: there is nothing to be kept */
    char *place;
};

/* Compresses the bytes into a draft of its own below the folder, which is made where it is missing;
 * there is none where it would have more than most bytes. -1 with a fault. body_end either way. */
int body_draft(struct body *body, const char *folder, const struct text *bytes, int64_t most,
               struct fault *fault);
/* Puts the draft in its place, or removes it. Whether the store has one more now. */
bool body_end(struct body *body, bool keep);

/* Removes drafts that were left behind, bodies that are too old, and of the others the oldest until
 * they fit. now in seconds. */
void bodies_prune(const char *folder, const struct bodies_limits *limits, int64_t now);

#endif
