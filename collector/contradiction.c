/* SPDX-License-Identifier: MIT */
/* contradiction.c - refuses contradictions: two statements for one series and period */
#include "contradiction.h"

#include "../almanac/hash.h"
#include "../almanac/text.h"

#include <stdlib.h>
#include <string.h>

/* The statements for one series and period. */
struct topic {
    size_t last;          /* of its observations */
    size_t first, second; /* two that contradict each other; none if second is 0 */
};

struct topics {
    struct topic *items;
    size_t count, room;
    size_t *of;    /* the topic of each observation */
    size_t *slots; /* by hash: topic + 1; 0: free */
    size_t slot_count, slot_room;
};

static bool same_topic(const struct observation *a, const struct observation *b)
{
    const struct period *one = &a->statement.period, *other = &b->statement.period;
    if (a->figure != b->figure || one->start != other->start || one->end != other->end)
        return false;
    for (size_t i = 0; i < a->figure->label_count; i++)
        if (strcmp(a->label_values[i], b->label_values[i]) != 0)
            return false;
    return true;
}

static uint64_t hash_topic(const struct observation *observation)
{
    const struct period *period = &observation->statement.period;
    uint64_t hash = hash_bytes(HASH_EMPTY, &observation->figure, sizeof observation->figure);
    hash = hash_bytes(hash, &period->start, sizeof period->start);
    hash = hash_bytes(hash, &period->end, sizeof period->end);
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
    topics->slots =
        array_reserve(NULL, &topics->slot_room, topics->slot_count, sizeof *topics->slots);
    memset(topics->slots, 0, topics->slot_count * sizeof *topics->slots);
}

/* The slot of the observation's topic, or the free slot for it. */
static size_t *find_slot(const struct batch *batch, const struct topics *topics,
                         const struct observation *observation)
{
    for (size_t i = hash_topic(observation);; i++) {
        size_t *slot = &topics->slots[i & (topics->slot_count - 1)];
        if (*slot == 0 ||
            same_topic(&batch_item(batch, topics->items[*slot - 1].last)->observation, observation))
            return slot;
    }
}

static bool contradict(const struct observation *a, const struct observation *b)
{
    bool dated = a->has_released && b->has_released && a->released != b->released;
    return !dated && !statement_equal(&a->statement, &b->statement);
}

static void compare(const struct batch *batch, struct topic *topic, size_t next)
{
    if (topic->second == 0 && contradict(&batch_item(batch, topic->last)->observation,
                                         &batch_item(batch, next)->observation)) {
        topic->first = topic->last;
        topic->second = next;
    }
    topic->last = next;
}

/* Returns whether there is any contradiction. */
static bool find_topics(const struct batch *batch, struct topics *topics)
{
    bool any = false;
    for (size_t i = 0; i < batch->count; i++) {
        size_t *slot = find_slot(batch, topics, &batch_item(batch, i)->observation);
        if (*slot == 0) {
            topics->items = array_reserve(topics->items, &topics->room, topics->count + 1,
                                          sizeof *topics->items);
            topics->items[topics->count] = (struct topic){ .last = i };
            *slot = ++topics->count;
        } else {
            compare(batch, &topics->items[*slot - 1], i);
            any |= topics->items[*slot - 1].second > 0;
        }
        topics->of[i] = *slot - 1;
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

static void refuse(struct batch *batch, const struct topic *topic, size_t index)
{
    const struct observation *observation = &batch_item(batch, index)->observation;
    const struct figure *figure = observation->figure;
    struct text words = { 0 };
    text_printf(&words, "%s", figure->name);
    for (size_t i = 0; i < figure->label_count; i++)
        text_printf(&words, "%s%s=%s", i == 0 ? " " : ",", figure->labels[i],
                    observation->label_values[i]);
    text_printf(&words, " %s is said to be ", observation->statement.period.text);
    put_statement(&words, &batch_item(batch, topic->first)->observation.statement);
    text_put(&words, " and ");
    put_statement(&words, &batch_item(batch, topic->second)->observation.statement);
    text_put(&words, "; expected one of them, or when each was released");
    batch_refuse_taken(batch, REFUSED_CONTRADICTION, index,
                       text_failed(&words) ? "out of memory" : words.bytes);
    text_free(&words);
}

void contradictions_refuse(struct batch *batch)
{
    struct topics topics = { 0 };
    size_t room = 0;
    topics.of = array_reserve(NULL, &room, batch->count + 1, sizeof *topics.of);
    make_slots(&topics, batch->count);
    bool any = find_topics(batch, &topics);
    for (size_t i = 0; any && i < batch->count; i++) {
        const struct topic *topic = &topics.items[topics.of[i]];
        if (topic->second > 0)
            refuse(batch, topic, i);
    }
    batch_sweep(batch);
    free(topics.items);
    free(topics.of);
    free(topics.slots);
}
