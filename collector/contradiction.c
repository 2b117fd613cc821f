/* SPDX-License-Identifier: MIT */
/* contradiction.c - whether a delivery says one thing of each series and period */
#include "contradiction.h"

#include "../almanac/id_map.h"
#include "../almanac/text.h"

#include <stdlib.h>
#include <string.h>

/* What is said of one series and period. */
struct topic {
    size_t last;          /* of its observations so far */
    size_t first, second; /* two that contradict each other: second is above 0 then */
};

struct topics {
    struct topic *items;
    size_t count, room;
    size_t *of; /* the topic of each observation */
};

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

static void compare(const struct batch *batch, struct topic *topic, size_t next)
{
    if (topic->second == 0 && contradict(&batch_item(batch, topic->last)->observation,
                                         &batch_item(batch, next)->observation)) {
        topic->first = topic->last;
        topic->second = next;
    }
    topic->last = next;
}

/* Returns whether there is a contradiction at all. */
static bool find_topics(const struct batch *batch, struct topics *topics)
{
    struct id_map known = { 0 }; /* the topic + 1 */
    struct text key = { 0 };
    bool any = false;
    for (size_t i = 0; i < batch->count; i++) {
        write_key(&batch_item(batch, i)->observation, &key);
        int64_t topic = id_map_find(&known, key.bytes, key.size);
        if (topic == 0) {
            topics->items = array_reserve(topics->items, &topics->room, topics->count + 1,
                                          sizeof *topics->items);
            topics->items[topics->count] = (struct topic){ .last = i };
            topic = (int64_t)++topics->count;
            id_map_add(&known, key.bytes, key.size, topic);
        } else {
            compare(batch, &topics->items[topic - 1], i);
            any |= topics->items[topic - 1].second > 0;
        }
        topics->of[i] = (size_t)topic - 1;
    }
    id_map_clear(&known);
    text_free(&key);
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
    batch_refuse_taken(batch, index, text_failed(&words) ? "out of memory" : words.bytes);
    text_free(&words);
}

void contradictions_refuse(struct batch *batch)
{
    struct topics topics = { 0 };
    size_t room = 0;
    topics.of = array_reserve(NULL, &room, batch->count + 1, sizeof *topics.of);
    bool any = find_topics(batch, &topics);
    for (size_t i = 0; any && i < batch->count; i++) {
        const struct topic *topic = &topics.items[topics.of[i]];
        if (topic->second > 0)
            refuse(batch, topic, i);
    }
    batch_sweep(batch);
    free(topics.items);
    free(topics.of);
}
