/* SPDX-License-Identifier: MIT */
/* contradiction.c - refuses contradictions: two statements for one series and period */
#include "contradiction.h"

#include "../almanac/hash.h"
#include "../almanac/text.h"

#include <stdlib.h>
#include <string.h>

/* The statements for one series and period, or for one release of them. */
struct topic {
    size_t first, other; /* observations with different statements; none if other is 0 */
    bool undated;        /* one of the observations has no release */
};

struct topics {
    bool by_release; /* then only dated observations have a topic */
    struct topic *items;
    size_t count, room;
    size_t *of;    /* the topic of each observation + 1; 0: none */
    size_t *slots; /* by hash: topic + 1; 0: free */
    size_t slot_count;
};

static bool same_topic(const struct topics *topics, const struct observation *a,
                       const struct observation *b)
{
    const struct period *one = &a->statement.period, *other = &b->statement.period;
    if (a->figure != b->figure || one->start != other->start || one->end != other->end ||
        (topics->by_release && a->released != b->released))
        return false;
    for (size_t i = 0; i < a->figure->label_count; i++)
        if (strcmp(a->label_values[i], b->label_values[i]) != 0)
            return false;
    return true;
}

static uint64_t hash_topic(const struct topics *topics, const struct observation *observation)
{
    const struct period *period = &observation->statement.period;
    uint64_t hash = hash_bytes(HASH_EMPTY, &observation->figure, sizeof observation->figure);
    hash = hash_bytes(hash, &period->start, sizeof period->start);
    hash = hash_bytes(hash, &period->end, sizeof period->end);
    if (topics->by_release)
        hash = hash_bytes(hash, &observation->released, sizeof observation->released);
    for (size_t i = 0; i < observation->figure->label_count; i++)
        hash = hash_bytes(hash, observation->label_values[i],
                          strlen(observation->label_values[i]) + 1);
    return hash;
}

/* At most half of the slots are used, and their number is a power of two. */
static void make_slots(struct topics *topics, size_t count)
{
    for (topics->slot_count = 16; topics->slot_count < count * 2;)
        topics->slot_count *= 2;
    topics->slots = array_new(topics->slot_count, sizeof *topics->slots);
}

/* The slot of the observation's topic, or the free slot for it. */
static size_t *find_slot(const struct batch *batch, const struct topics *topics,
                         const struct observation *observation)
{
    for (size_t i = hash_topic(topics, observation);; i++) {
        size_t *slot = &topics->slots[i & (topics->slot_count - 1)];
        if (*slot == 0)
            return slot;
        size_t first = topics->items[*slot - 1].first;
        if (same_topic(topics, &batch_item(batch, first)->observation, observation))
            return slot;
    }
}

/* Returns whether it is said to be something else than before. */
static bool add(const struct batch *batch, struct topics *topics, size_t index)
{
    const struct observation *observation = &batch_item(batch, index)->observation;
    size_t *slot = find_slot(batch, topics, observation);
    if (*slot == 0) {
        topics->items =
            array_reserve(topics->items, &topics->room, topics->count + 1, sizeof *topics->items);
        topics->items[topics->count] = (struct topic){ .first = index };
        *slot = ++topics->count;
    }
    struct topic *topic = &topics->items[*slot - 1];
    const struct statement *first = &batch_item(batch, topic->first)->observation.statement;
    topics->of[index] = *slot;
    topic->undated |= !observation->has_released;
    if (topic->other == 0 && !statement_equal(first, &observation->statement))
        topic->other = index;
    return topic->other > 0;
}

/* Returns whether any topic has different statements. */
static bool find_topics(const struct batch *batch, struct topics *topics)
{
    bool any = false;
    memset(topics->slots, 0, topics->slot_count * sizeof *topics->slots);
    topics->count = 0;
    for (size_t i = 0; i < batch->count; i++) {
        const struct batch_item *item = batch_item(batch, i);
        topics->of[i] = 0;
        if (!topics->by_release || (item->observation.has_released && !item->refused))
            any |= add(batch, topics, i);
    }
    return any;
}

static void put_statement(struct text *words, const struct statement *said)
{
    text_put(words, said->missing ? "missing" : comparator_text(said->comparator));
    text_put(words, said->missing ? "" : said->value.text);
    if (said->status != 'A')
        text_printf(words, " (%c)", said->status);
}

static void refuse(struct batch *batch, const struct topics *topics, size_t index)
{
    const struct topic *topic = &topics->items[topics->of[index] - 1];
    const struct observation *observation = &batch_item(batch, index)->observation;
    const struct figure *figure = observation->figure;
    const struct statement *first = &batch_item(batch, topic->first)->observation.statement;
    const struct statement *other = &observation->statement;
    struct text words = { 0 };
    if (statement_equal(first, other)) /* else it contradicts the first itself */
        other = &batch_item(batch, topic->other)->observation.statement;
    text_printf(&words, "%s", figure->name);
    for (size_t i = 0; i < figure->label_count; i++)
        text_printf(&words, "%s%s=%s", i == 0 ? " " : ",", figure->labels[i],
                    observation->label_values[i]);
    text_printf(&words, " %s is said to be ", observation->statement.period.text);
    put_statement(&words, first);
    text_put(&words, " and ");
    put_statement(&words, other);
    text_put(&words, topics->by_release ? " by the same release; expected one of them"
                                        : "; expected one of them, or when each was released");
    batch_refuse_taken(batch, REFUSED_CONTRADICTION, index, words.bytes);
    text_free(&words);
}

static void refuse_all(struct batch *batch, const struct topics *topics)
{
    for (size_t i = 0; i < batch->count; i++) {
        if (topics->of[i] == 0)
            continue;
        const struct topic *topic = &topics->items[topics->of[i] - 1];
        if (topic->other > 0 && (topics->by_release || topic->undated))
            refuse(batch, topics, i);
    }
}

void contradictions_refuse(struct batch *batch)
{
    struct topics topics = { 0 };
    topics.of = array_new(batch->count, sizeof *topics.of);
    make_slots(&topics, batch->count);
    if (find_topics(batch, &topics)) {
        refuse_all(batch, &topics);
        topics.by_release = true;
        if (find_topics(batch, &topics))
            refuse_all(batch, &topics);
    }
    batch_sweep(batch);
    free(topics.items);
    free(topics.of);
    free(topics.slots);
}
