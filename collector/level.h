/* SPDX-License-Identifier: MIT */
/* level.h - what the RRD files were built from, kept in a file beside them */
#ifndef COLLECTOR_LEVEL_H
#define COLLECTOR_LEVEL_H

#include "../almanac/catalogue.h"
#include "../almanac/text.h"

/* A file that could not be built, and so is not as its level says. */
struct lack {
    int64_t series;
    uint64_t words; /* a hash of why; 0: not known */
    bool tried;     /* again, in the round under way */
};

/* Zero-initialised it says that nothing was built. */
struct level {
    int64_t through;     /* the newest observation that is in the files */
    struct text figures; /* of each figure a line: its declaration and where its files end */
    struct lack *lacks;  /* by series, once settled */
    size_t lack_count, lack_room;
};

/* A level file that is missing or does not read so counts as nothing built. */
void level_read(struct level *level, const char *path);
int level_write(const struct level *level, const char *path, struct fault *fault);

/* The level of files of these figures that are built at this second from the observations up to
 * through. None of them is lacking. */
void level_of(struct level *level, const struct catalogue *catalogue, int64_t through, int64_t now);

bool level_same_figures(const struct level *a, const struct level *b);
/* Whether the level has a line for the figure as it is declared and ends now. */
bool level_has(const struct level *level, const struct figure *figure, int64_t now);
void level_forget(struct level *level, const char *figure); /* NULL: all */

/* Add all; then settle, once; then ask. NULL where the series' file is not lacking. */
void level_add_lack(struct level *level, int64_t series, uint64_t words);
void level_settle(struct level *level);
struct lack *level_lack(const struct level *level, int64_t series);

void level_free(struct level *level);

#endif
