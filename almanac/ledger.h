/* SPDX-License-Identifier: MIT */
/* ledger.h - the append-only truth: every observation ever reported, on disk */
#ifndef ALMANAC_LEDGER_H
#define ALMANAC_LEDGER_H

#include "observation.h"

struct ledger;

enum ledger_door { LEDGER_WRITER, LEDGER_READER };

/* The writer makes the file where there is none; the reader cannot write. Either refuses what is
 * no file, no ledger or of another version. One thread at a time. */
struct ledger *ledger_open(const char *path, enum ledger_door door, struct fault *fault);
void ledger_close(struct ledger *ledger);

/* Whose word counts, by the preferences of these figures (borrowed until the next call). Without
 * the call, or where a figure has no preference, all sources count alike. */
void ledger_prefer(struct ledger *ledger, const struct figure *figures, size_t count);

/* Changes whenever another connection has written. -1 with a fault if the ledger cannot be read, is
 * not in its place any more, or has become one of another version. */
int64_t ledger_version(struct ledger *ledger, struct fault *fault);

/* The id of the newest observation, 0 if there is none, -1 with a fault. */
int64_t ledger_newest(struct ledger *ledger, struct fault *fault);

struct series {
    int64_t id;
    const char *figure;
    const struct label *labels; /* sorted by name */
    size_t label_count;
};
struct vintage {
    int64_t id, series, recorded, source;
    struct statement statement;
    bool has_released;
    int64_t released;
    int64_t count;     /* of the vintages of its series and period, this one included */
    double revised_by; /* for ledger_each_in_force: by which share of the value before it this one
                          differs, infinite from zero; 0: it does not, or one of both is missing */
};

/* A visitor returns 0 to go on; -1, with its own fault, stops the walk, which then returns -1. */
typedef int series_visitor(void *owner, const struct series *series, struct fault *fault);
typedef int vintage_visitor(void *owner, const struct vintage *vintage, struct fault *fault);

/* The series that have an observation newer than after, by figure and labels. */
int ledger_each_series(struct ledger *ledger, int64_t after, series_visitor *visit, void *owner,
                       struct fault *fault);
/* The vintage in force of each period, by series and period; of one series, or of all (series 0).
 * Of two vintages the better source's is in force. Where their sources count alike it is the one
 * recorded later, unless both say when they were released and it was released earlier. */
int ledger_each_in_force(struct ledger *ledger, int64_t series, vintage_visitor *visit, void *owner,
                         struct fault *fault);

#endif
