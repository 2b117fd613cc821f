/* SPDX-License-Identifier: MIT */
/* record.c - writes deliveries to the ledger: each whole or not at all, many in one commit */
#include "record.h"

#include <poll.h>
#include <string.h>

enum { BETWEEN_LOOKS = 1000 }; /* observations, some milliseconds */

/* The current commit. */
struct writing {
    struct ledger *ledger;
    int interrupt;
    bool begun;
    struct fault fault; /* fails the whole commit */
    struct fault alone; /* the first that failed a delivery alone */
};

static bool must_yield(const struct writing *writing, const struct delivery *delivery)
{
    struct pollfd wait = { .fd = writing->interrupt, .events = POLLIN };
    return delivery->yields && wait.fd >= 0 && poll(&wait, 1, 0) > 0;
}

static void fail_alone(struct writing *writing, struct delivery *delivery,
                       const struct fault *fault)
{
    delivery->fault = *fault;
    delivery->unwritten = true;
    fault_set(&writing->alone, "%s", fault->text);
}

/* The ledger refuses an observation at its place, as a decoder does. */
static void refuse(struct delivery *delivery, size_t index, const struct fault *fault)
{
    struct batch *batch = &delivery->batch;
    delivery_wait(delivery, SIZE_MAX); /* the reader changes the batch until then */
    batch_refuse_taken(batch, batch->history ? REPORT_RECORDED : REPORT_TIME_PERIOD, index,
                       fault->text);
}

static int append(struct writing *writing, struct delivery *delivery, size_t index)
{
    const struct observation *observation = &batch_item(&delivery->batch, index)->observation;
    enum ledger_outcome outcome;
    struct fault fault = { 0 };
    int result = ledger_append(writing->ledger, observation, &outcome, &fault);
    if (result < 0) {
        fail_alone(writing, delivery, &fault);
        return -1;
    }
    if (result > 0) {
        refuse(delivery, index, &fault);
        return 0;
    }
    delivery->outcomes[outcome]++;
    delivery_note_begun(delivery, writing->ledger, observation);
    return 0;
}

static int append_all(struct writing *writing, struct delivery *delivery)
{
    size_t there = 0;
    for (size_t i = 0; i < there || (there = delivery_wait(delivery, i)) > i; i++) {
        if (i % BETWEEN_LOOKS == 0 && must_yield(writing, delivery)) {
            delivery->gave_way = true;
            return -1;
        }
        if (append(writing, delivery, i) != 0)
            return -1;
    }
    batch_sweep(&delivery->batch);
    return 0;
}

static void forget_outcomes(struct delivery *delivery)
{
    memset(delivery->outcomes, 0, sizeof delivery->outcomes);
    delivery->begun = 0;
    text_clear(&delivery->first_begun);
}

/* What comes with a delivery before its observations. */
static int prepare(struct writing *writing, struct delivery *delivery)
{
    const struct ledger_fetch *fetch = &delivery->fetch;
    if ((fetch->url == NULL || ledger_note_fetch(writing->ledger, fetch, &delivery->fault) == 0) &&
        (delivery->amend == NULL || delivery->amend(delivery, writing->ledger) == 0))
        return 0;
    fault_set(&writing->alone, "%s", delivery->fault.text);
    delivery->unwritten = delivery->fault.text[0] != '\0';
    return -1;
}

/* Drops a delivery that the ledger refuses or that has no news, alone. */
static void write_one(struct writing *writing, struct delivery *delivery)
{
    struct fault *all = &writing->fault;
    if (ledger_begin(writing->ledger, delivery->source, delivery->batch.now, all) != 0)
        return;
    writing->begun = true;
    if (delivery->batch.history)
        ledger_take_in_order(writing->ledger);
    delivery->recorded = prepare(writing, delivery) == 0 && append_all(writing, delivery) == 0 &&
                         delivery_is_good(delivery);
    if (!delivery->recorded)
        forget_outcomes(delivery);
    if (!delivery->recorded || (delivery->amend == NULL && !delivery_is_news(delivery)))
        ledger_drop(writing->ledger, all);
}

static void fail_all(struct delivery *first, const struct fault *fault)
{
    for (struct delivery *delivery = first; delivery != NULL; delivery = delivery->next) {
        if (!delivery_is_good(delivery))
            continue;
        delivery->recorded = false;
        delivery->unwritten = true;
        delivery->fault = *fault;
        forget_outcomes(delivery);
    }
}

static size_t count_recorded(const struct delivery *first)
{
    size_t count = 0;
    for (const struct delivery *delivery = first; delivery != NULL; delivery = delivery->next)
        count += delivery->recorded;
    return count;
}

struct recording record_deliveries(struct ledger *ledger, struct delivery *first, int interrupt)
{
    struct writing writing = { .ledger = ledger, .interrupt = interrupt };
    for (struct delivery *delivery = first; delivery != NULL && writing.fault.text[0] == '\0';
         delivery = delivery->next)
        if (delivery->batch.progress != NULL || delivery_is_good(delivery))
            write_one(&writing, delivery);
    if (writing.begun && writing.fault.text[0] == '\0')
        ledger_commit(ledger, &writing.fault);
    else if (writing.begun)
        ledger_rollback(ledger);
    if (writing.fault.text[0] != '\0')
        fail_all(first, &writing.fault);
    return (struct recording){ count_recorded(first),
                               writing.fault.text[0] != '\0' ? writing.fault : writing.alone };
}
