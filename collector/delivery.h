/* SPDX-License-Identifier: MIT */
/* delivery.h - what one source reports at one time, from its bytes until it is recorded */
#ifndef COLLECTOR_DELIVERY_H
#define COLLECTOR_DELIVERY_H

#include "../almanac/ledger_append.h"
#include "../almanac/log.h"
#include "../almanac/settings.h"
#include "../almanac/text.h"
#include "batch.h"

struct delivery {
    const char *source;        /* its source's name */
    struct settings *settings; /* a share, since the batch refers to them */
    struct catalogue catalogue;
    struct form form;
    struct batch batch;
    bool partial;              /* good observations are recorded even if others are refused */
    struct ledger_fetch fetch; /* its origin; url NULL: not fetched */
    bool yields;               /* may be put back into the intake for more urgent work */

    /* Called on the writer's thread before the batch is appended; may add to the batch. -1 with the
     * delivery's fault or refusals. NULL: none. */
    int (*amend)(struct delivery *delivery, struct ledger *ledger);

    /* The result: see record.h. */
    bool recorded;
    bool gave_way;    /* to more urgent work; nothing is wrong with it */
    bool turned_away; /* the intake was full or stopped */
    bool unwritten;   /* the ledger, or the disk, did not take it, which may pass */
    size_t outcomes[LEDGER_OUTCOMES];
    size_t begun;            /* the series that it began, of figures that had others */
    struct text first_begun; /* the first of them, like visits{branch="north"} */
    struct fault fault;      /* why it could not be read or recorded */

    /* The caller's callback: see intake.h. */
    void (*done)(struct delivery *delivery);
    void *owner;
    struct delivery *next;
};

/* A delivery received now (seconds). Takes a share of the settings; the parts of the form must
 * belong to them or last as long. */
struct delivery *delivery_new(const char *source, struct settings *settings,
                              const struct form *form, int64_t now);
void delivery_free(struct delivery *delivery);

/* Decodes the bytes, which may be freed afterwards. Observations that are wrong, or contradict each
 * other, become refusals in the batch. */
void delivery_read(struct delivery *delivery, const char *bytes, size_t size);

/* Refuses a delivery that was read without error but has no observations. */
void delivery_must_say(struct delivery *delivery);

/* For a long delivery, which must not be partial: after delivery_ahead it may go into the intake,
 * and is recorded while it is read. After delivery_judged the reader must not touch it. */
void delivery_ahead(struct delivery *delivery);
void delivery_judged(struct delivery *delivery);
/* Waits until it has more than past observations, or all; returns their number: see progress.h. */
size_t delivery_wait(const struct delivery *delivery, size_t past);

/* Whether the delivery is to be recorded; waits until it has been judged. Even a partial one is not
 * if all its observations are refused. */
bool delivery_is_good(const struct delivery *delivery);
/* Whether recording it added anything new to the ledger. */
bool delivery_is_news(const struct delivery *delivery);

/* For the recording thread: counts the observation's series if the ledger has just begun it. */
void delivery_note_begun(struct delivery *delivery, const struct ledger *ledger,
                         const struct observation *observation);
/* Logs the number of series that it began, and the first of them, and what else of a delivery with
 * news may not be what was meant. */
void delivery_log_doubts(const struct delivery *delivery, const struct log *log);
/* Logs the number of refusals, at least one, and the first of them. */
void delivery_log_refused(const struct delivery *delivery, const struct log *log,
                          enum log_level level, const char *message);

#endif
