/* SPDX-License-Identifier: MIT */
/* delivery.h - what one source says at one time, from its bytes until it is recorded */
#ifndef COLLECTOR_DELIVERY_H
#define COLLECTOR_DELIVERY_H

#include "../almanac/ledger_append.h"
#include "../almanac/log.h"
#include "../almanac/settings.h"
#include "batch.h"

struct delivery {
    const char *source;        /* who it comes from */
    struct settings *settings; /* a share, for as long as the batch refers to them */
    struct catalogue catalogue;
    struct form form;
    struct batch batch;
    bool history; /* may say several undated things of a series and period, in their order */
    bool partial; /* what is good of it is recorded, though something of it is refused */
    struct ledger_fetch fetch; /* where it was fetched; url NULL: it was not */
    bool yields; /* waits once more in the intake when there is something more urgent */

    /* Called in the writer's thread before what is in the batch is appended, and may add to it; -1
     * with the delivery's fault, or with what the batch then refuses. NULL: nothing is to be done.
     */
    int (*amend)(struct delivery *delivery, struct ledger *ledger);

    /* What became of it: see record.h. */
    bool recorded;
    bool gave_way;    /* to something more urgent; nothing is wrong with it */
    bool turned_away; /* the intake was full, or stopped */
    size_t outcomes[LEDGER_OUTCOMES];
    struct fault fault; /* why it could not be read, or the ledger would not take it */

    /* For who waits for it: see intake.h. */
    void (*done)(struct delivery *delivery);
    void *owner;
    struct delivery *next;
};

/* Received now, in seconds. The settings are shared, the form's parts are theirs or last as long.
 */
struct delivery *delivery_new(const char *source, struct settings *settings,
                              const struct form *form, int64_t now);
void delivery_free(struct delivery *delivery); /* NULL is nothing */

/* Decodes the bytes, which are not needed any more then; what cannot be taken, or says two things
 * of one series and period, becomes a refusal in the batch. */
void delivery_read(struct delivery *delivery, const char *bytes, size_t size);

/* One that was read well and has no observation is refused after all. */
void delivery_must_say(struct delivery *delivery);

/* For a long one, which must not be partial: from here on it may be in the intake, and is recorded
 * while it is read, until it has been read and judged. Then it is not the reader's any more. */
void delivery_ahead(struct delivery *delivery);
void delivery_judged(struct delivery *delivery);
/* Waits until there are more than past observations of it, or all; how many: see progress.h. */
size_t delivery_wait(const struct delivery *delivery, size_t past);

/* Whether there is anything to be recorded as it was asked for; waits until it has been judged.
 * Partial or not, there is nothing where all that it says is refused. */
bool delivery_is_good(const struct delivery *delivery);
/* Whether, once it is recorded, the ledger has something of it that it did not have. */
bool delivery_is_news(const struct delivery *delivery);

/* Of one that has refusals: how many, and the first. */
void delivery_log_refused(const struct delivery *delivery, const struct log *log,
                          enum log_level level, const char *message);

#endif
