/* SPDX-License-Identifier: MIT */
/* record.c - one path from a delivery's bytes to the ledger: whole or not at all */
#include "record.h"

#include "../almanac/id_map.h"
#include "../almanac/text.h"

#include <poll.h>
#include <string.h>

enum { BETWEEN_LOOKS = 1000 }; /* observations: some milliseconds */

/* What tells series and periods apart, as bytes. */
static void write_key(const struct observation *observation, struct text *key)
{
    const struct period *period = &observation->statement.period;
    text_clear(key);
    text_bytes(key, &observation->figure, sizeof observation->figure);
    text_bytes(key, &period->start, sizeof period->start);
    text_bytes(key, &period->end, sizeof period->end);
    for (size_t i = 0; i < observation->figure->label_count; i++)
        text_bytes(key, observation->label_values[i], strlen(observation->label_values[i]) + 1);
}

static bool contradict(const struct observation *a, const struct observation *b)
{
    bool dated = a->has_released && b->has_released && a->released != b->released;
    return !dated && !statement_equal(&a->statement, &b->statement);
}

static const char *value_of(const struct observation *observation)
{
    return observation->statement.missing ? "missing" : observation->statement.value.text;
}

static int complain(const struct observation *first, const struct observation *second,
                    struct fault *fault)
{
    const struct figure *figure = first->figure;
    struct text labels = { 0 };
    text_put(&labels, "");
    for (size_t i = 0; i < figure->label_count; i++)
        text_printf(&labels, "%s%s=%s", i == 0 ? " " : ",", figure->labels[i],
                    first->label_values[i]);
    fault_set(fault,
              "%s%s %s is said to be %s and %s; expected one of them, or when each was released",
              figure->name, labels.bytes, first->statement.period.text, value_of(first),
              value_of(second));
    text_free(&labels);
    return -1;
}

/* Each observation is compared with the one before it of the same series and period. */
static int check_contradictions(const struct batch *batch, struct fault *fault)
{
    struct id_map places = { 0 }; /* of the newest so far + 1 */
    struct text key = { 0 };
    int result = 0;
    for (size_t i = 0; i < batch->count && result == 0; i++) {
        write_key(&batch->observations[i], &key);
        int64_t before = id_map_find(&places, key.bytes, key.size);
        if (before > 0 && contradict(&batch->observations[before - 1], &batch->observations[i]))
            result = complain(&batch->observations[before - 1], &batch->observations[i], fault);
        id_map_add(&places, key.bytes, key.size, (int64_t)i + 1);
    }
    id_map_clear(&places);
    text_free(&key);
    return result;
}

static bool is_interrupted(int fd)
{
    struct pollfd wait = { .fd = fd, .events = POLLIN };
    return fd >= 0 && poll(&wait, 1, 0) > 0;
}

static int append_all(struct ledger *ledger, const struct batch *batch, int interrupt,
                      struct record_count *count, struct fault *fault)
{
    *count = (struct record_count){ 0 };
    for (size_t i = 0; i < batch->count; i++) {
        enum ledger_outcome outcome;
        if (i % BETWEEN_LOOKS == 0 && is_interrupted(interrupt))
            return fault_set(fault, "given up for a signal; it is read again later");
        if (ledger_append(ledger, &batch->observations[i], &outcome, fault) != 0)
            return -1;
        count->outcomes[outcome]++;
    }
    return 0;
}

int record_delivery(struct ledger *ledger, const struct delivery *delivery, struct batch *batch,
                    struct record_count *count, struct fault *fault)
{
    decode_find(delivery->format)(delivery->bytes, delivery->size, batch);
    if (batch->refused > 0)
        return -1;
    if (!delivery->history && check_contradictions(batch, fault) != 0)
        return -1;
    if (ledger_begin(ledger, delivery->source, batch->now, fault) != 0)
        return -1;
    if (append_all(ledger, batch, delivery->interrupt, count, fault) == 0)
        return ledger_commit(ledger, fault);
    ledger_rollback(ledger);
    return -1;
}
