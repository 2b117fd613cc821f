/* SPDX-License-Identifier: MIT */
/* ledger.h - the append-only store on disk of every observation ever reported */
#ifndef ALMANAC_LEDGER_H
#define ALMANAC_LEDGER_H

#include "observation.h"

struct catalogue;
struct ledger;

enum ledger_door { LEDGER_WRITER, LEDGER_READER };

/* The writer creates a missing file; the reader cannot write. Both refuse what is not a regular
 * file, not a ledger, or of another version. One thread at a time. */
struct ledger *ledger_open(const char *path, enum ledger_door door, struct fault *fault);
void ledger_close(struct ledger *ledger);

/* Sets the order of sources from the preferences of the catalogue's figures (borrowed until the
 * next call). Without this call, for NULL, and for a figure without a preference, all sources rank
 * equal. */
void ledger_prefer(struct ledger *ledger, const struct catalogue *catalogue);

/* Changes whenever another connection has written. -1 with a fault if the ledger cannot be read,
 * was moved or removed, or now has another version. */
int64_t ledger_version(struct ledger *ledger, struct fault *fault);

/* The id of the newest observation; 0: there is none; -1 with a fault. */
int64_t ledger_newest(struct ledger *ledger, struct fault *fault);
/* Sets a hash of the ledger and of its observation with this id, which tells it from other ledgers,
 * and from copies that went another way, whose ids are the same. 0: there is no such observation.
 * For the writer. */
int ledger_mark(struct ledger *ledger, int64_t id, uint64_t *mark, struct fault *fault);

struct series {
    int64_t id;
    const char *figure;
    const struct label *labels; /* sorted by name */
    size_t label_count;
};
struct vintage {
    int64_t id, series, recorded, source;
    struct statement statement;
    bool has_released, has_latest;
    bool valued; /* a vintage of its series and period has a value, in force or not */
    int64_t released;
    int64_t latest; /* its release or, without one, the latest among those it took over from */
    int64_t count;  /* vintages of its series and period, including this one */
    /* These two, and valued, are set of those in force. */
    double revised_by; /* the relative difference from the last other value that was in force and no
                          forecast, infinite from zero; 0: there was none, or this is missing or a
                          forecast */
    int64_t revised;   /* when this value was first recorded after the other */
};

/* A visitor returns 0 to continue; -1, with its own fault, stops the walk, which then returns
 * -1. */
typedef int series_visitor(void *owner, const struct series *series, struct fault *fault);
typedef int vintage_visitor(void *owner, const struct vintage *vintage, struct fault *fault);

/* Visits the series with an observation whose id is above after (0: all series), by figure and
 * labels. */
int ledger_each_series(struct ledger *ledger, int64_t after, series_visitor *visit, void *owner,
                       struct fault *fault);
/* Visits one series, if it exists. Returns what the visitor returned. */
int ledger_visit_series(struct ledger *ledger, int64_t id, series_visitor *visit, void *owner,
                        struct fault *fault);
/* Visits the vintage in force of each period, by series and period; of one series, or of all
 * (series 0). Of two vintages, the one of the better source is in force. If their sources rank
 * equal, the one recorded later is, unless its release is earlier than that of the other (or, if
 * the other has none, of those it took over from), or it says the same and its release is no
 * later. */
int ledger_each_in_force(struct ledger *ledger, int64_t series, vintage_visitor *visit, void *owner,
                         struct fault *fault);

struct timeline;
/* Sets the timeline to the series' vintages in force, settled by the figure's kind. 0, or -1 with a
 * fault. */
int ledger_read_timeline(struct ledger *ledger, int64_t series, enum figure_kind kind,
                         struct timeline *timeline, struct fault *fault);

#endif
