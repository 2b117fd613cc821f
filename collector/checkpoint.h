/* SPDX-License-Identifier: MIT */
/* checkpoint.h - what the RRD files were built from, kept in a file beside them */
#ifndef COLLECTOR_CHECKPOINT_H
#define COLLECTOR_CHECKPOINT_H

#include "../almanac/catalogue.h"
#include "../almanac/text.h"

/* An RRD file that could not be built, and so is not as the checkpoint says. */
struct lack {
    int64_t series;
    uint64_t words; /* a hash of why; 0: not known */
    bool tried;     /* again, in the round under way */
};

/* Zero-initialised it says that nothing was built. */
struct checkpoint {
    int64_t through;     /* the newest observation that is in the files */
    struct text figures; /* of each figure a line: its declaration and where its files end */
    struct lack *lacks;  /* by series, once settled */
    size_t lack_count, lack_room;
};

/* A file that is missing or cannot be read counts as a checkpoint of nothing. */
void checkpoint_read(struct checkpoint *checkpoint, const char *path);
int checkpoint_write(const struct checkpoint *checkpoint, const char *path, struct fault *fault);

/* Describes the files of these figures, all built now from the observations up to through. */
void checkpoint_of(struct checkpoint *checkpoint, const struct catalogue *catalogue,
                   int64_t through, int64_t now);

bool checkpoint_same_figures(const struct checkpoint *a, const struct checkpoint *b);
/* Whether the figure's files were built as it is declared, and end where they end now. */
bool checkpoint_has(const struct checkpoint *checkpoint, const struct figure *figure, int64_t now);
void checkpoint_forget(struct checkpoint *checkpoint, const char *figure); /* NULL: all */

/* Add all; then settle, once; then ask. NULL where the series' file is not lacking. */
void checkpoint_add_lack(struct checkpoint *checkpoint, int64_t series, uint64_t words);
void checkpoint_settle(struct checkpoint *checkpoint);
struct lack *checkpoint_lack(const struct checkpoint *checkpoint, int64_t series);

void checkpoint_free(struct checkpoint *checkpoint);

#endif
