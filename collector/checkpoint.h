/* SPDX-License-Identifier: MIT */
/* checkpoint.h - the state from which the RRD files were built, in a file beside them */
#ifndef COLLECTOR_CHECKPOINT_H
#define COLLECTOR_CHECKPOINT_H

#include "../almanac/catalogue.h"
#include "../almanac/text.h"

/* An RRD file that could not be built, and so does not match the checkpoint. */
struct lack {
    int64_t series;
    uint64_t words; /* a hash of the error; 0: unknown */
    bool tried;     /* again, in the current round */
};

/* Zero-initialised: nothing was built. */
struct checkpoint {
    int64_t through;     /* the id of the newest observation in the files */
    uint64_t mark;       /* of that observation, see ledger_mark */
    struct text figures; /* one line per figure: its declaration, and until when its files show */
    struct lack *lacks;  /* sorted by series, once settled */
    size_t lack_count, lack_room;
};

/* A missing or unreadable file gives an empty checkpoint. */
void checkpoint_read(struct checkpoint *checkpoint, const char *path);
int checkpoint_write(const struct checkpoint *checkpoint, const char *path, struct fault *fault);

/* Sets the figures of a checkpoint for files built now; none is lacking. */
void checkpoint_of(struct checkpoint *checkpoint, const struct catalogue *catalogue, int64_t now);

bool checkpoint_same_figures(const struct checkpoint *a, const struct checkpoint *b);
/* Whether the figure's files match its declaration and show all that they should show now. */
bool checkpoint_has(const struct checkpoint *checkpoint, const struct figure *figure, int64_t now);
void checkpoint_forget(struct checkpoint *checkpoint, const char *figure); /* NULL: all */

/* Add all, then settle once, then look up. NULL: the series' file is not lacking. */
void checkpoint_add_lack(struct checkpoint *checkpoint, int64_t series, uint64_t words);
void checkpoint_settle(struct checkpoint *checkpoint);
struct lack *checkpoint_lack(const struct checkpoint *checkpoint, int64_t series);

void checkpoint_free(struct checkpoint *checkpoint);

#endif
