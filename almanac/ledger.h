/* SPDX-License-Identifier: MIT */
/* ledger.h - the append-only truth: every observation ever reported, on disk */
#ifndef ALMANAC_LEDGER_H
#define ALMANAC_LEDGER_H

#include "observation.h"

struct ledger;

enum ledger_door { LEDGER_WRITER, LEDGER_READER };

enum ledger_outcome {
    LEDGER_RECORDED,  /* the first of its series and period, or an earlier vintage than the one in
                         force */
    LEDGER_UNCHANGED, /* says what is in force, or repeats what its source said last */
    LEDGER_REVISED,   /* another statement, which takes over */
    LEDGER_OUTCOMES,
};

/* The writer makes the file where there is none; the reader cannot write. Either refuses what is
 * no file, no ledger or of another version. One thread at a time. */
struct ledger *ledger_open(const char *path, enum ledger_door door, struct fault *fault);
void ledger_close(struct ledger *ledger);

/* Writing: begin (not in a file that was taken from its place) the delivery of a source, recorded
 * at this second; append…; drop it, where nothing of it shall stay; begin the next; then commit
 * them all (on disk when it returns 0) or roll all back. */
int ledger_begin(struct ledger *ledger, const char *source, int64_t recorded, struct fault *fault);
/* What is appended from here to the end of the delivery came with this fetch. */
struct ledger_fetch {
    const char *url;
    long status;        /* of HTTP; 0: a file */
    const char *sha256; /* of the body, 64 hexadecimal digits */
    int64_t size;       /* of the body, in bytes */
};
int ledger_note_fetch(struct ledger *ledger, const struct ledger_fetch *fetch, struct fault *fault);
int ledger_append(struct ledger *ledger, const struct observation *observation,
                  enum ledger_outcome *outcome, struct fault *fault);
int ledger_drop(struct ledger *ledger, struct fault *fault);
int ledger_commit(struct ledger *ledger, struct fault *fault);
void ledger_rollback(struct ledger *ledger);

/* Whose word counts, by the preferences of these figures (borrowed until the next call); without
 * the call, or a figure's preference, all sources count alike. */
void ledger_prefer(struct ledger *ledger, const struct figure *figures, size_t count);

/* How a source is doing: state, not truth, so the newest replaces the one before. */
struct source_state {
    const char *source;
    bool up;
    int64_t last_success_ms; /* 0: never */
    int64_t duration_ms;     /* of the last fetch */
};
int ledger_put_source(struct ledger *ledger, const struct source_state *state, struct fault *fault);

/* Reading. A visitor returns 0 to go on; -1 (with its own fault) stops the walk. */
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
    int64_t count;     /* of the vintages of its series and period, it included */
    double revised_by; /* of those in force: the share of the value it took over from by which it
                          differs, infinite from zero; 0: it does not, or one of both is missing */
};

/* Changes whenever another connection has written. -1 with a fault if the ledger cannot be read, is
 * not in its place any more, or has become one of another version. */
int64_t ledger_version(struct ledger *ledger, struct fault *fault);

/* The id of the newest observation, 0 if there is none, -1 with a fault. */
int64_t ledger_newest(struct ledger *ledger, struct fault *fault);

typedef int series_visitor(void *owner, const struct series *series, struct fault *fault);
typedef int vintage_visitor(void *owner, const struct vintage *vintage, struct fault *fault);
typedef int source_visitor(void *owner, const struct source_state *state, struct fault *fault);

/* The series that have an observation newer than after, by figure and labels. */
int ledger_each_series(struct ledger *ledger, int64_t after, series_visitor *visit, void *owner,
                       struct fault *fault);
/* The vintage in force of each period, by series and period; of one series, or of all (series 0).
 * A report takes over from the one before it unless a better source said that, or both say when
 * they were released and it was released earlier. */
int ledger_each_in_force(struct ledger *ledger, int64_t series, vintage_visitor *visit, void *owner,
                         struct fault *fault);
int ledger_each_source(struct ledger *ledger, source_visitor *visit, void *owner,
                       struct fault *fault);

#endif
