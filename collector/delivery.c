/* SPDX-License-Identifier: MIT */
/* delivery.c - what one source reports at one time, from its bytes until it is recorded */
#include "delivery.h"

#include "contradiction.h"
#include "decode.h"
#include "doubts.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>

struct delivery *delivery_new(const char *source, struct settings *settings,
                              const struct form *form, int64_t now)
{
    struct delivery *delivery = array_new(1, sizeof *delivery);
    *delivery = (struct delivery){ .settings = settings_share(settings),
                                   .catalogue = settings->catalogue,
                                   .form = *form };
    batch_init(&delivery->batch, &delivery->catalogue, &delivery->form, now);
    delivery->source = arena_string(&delivery->batch.arena, source);
    return delivery;
}

void delivery_free(struct delivery *delivery)
{
    progress_close(delivery->batch.progress);
    batch_free(&delivery->batch);
    text_free(&delivery->first_begun);
    settings_free(delivery->settings);
    free(delivery);
}

void delivery_read(struct delivery *delivery, const char *bytes, size_t size)
{
    decode_delivery(bytes, size, &delivery->batch);
    if (!delivery->batch.history)
        contradictions_refuse(&delivery->batch);
}

void delivery_must_say(struct delivery *delivery)
{
    struct batch *batch = &delivery->batch;
    if (batch->count + batch->refused == 0 && delivery->fault.text[0] == '\0')
        batch_refuse_at(batch, REFUSED_DOCUMENT, 0, 0, "says nothing%s; expected observations",
                        batch->passed > 0 ? " about periods as long as 'only' says" : "");
}

void delivery_ahead(struct delivery *delivery)
{
    delivery->batch.progress = progress_open();
}

void delivery_judged(struct delivery *delivery)
{
    progress_reach(delivery->batch.progress, delivery->batch.count);
    progress_end(delivery->batch.progress);
}

size_t delivery_wait(const struct delivery *delivery, size_t past)
{
    const struct batch *batch = &delivery->batch;
    return batch->progress == NULL ? batch->count : progress_wait(batch->progress, past);
}

bool delivery_is_good(const struct delivery *delivery)
{
    const struct batch *batch = &delivery->batch;
    delivery_wait(delivery, SIZE_MAX);
    return delivery->fault.text[0] == '\0' &&
           (batch->refused == 0 || (delivery->partial && batch->count > 0));
}

bool delivery_is_news(const struct delivery *delivery)
{
    return delivery->outcomes[LEDGER_RECORDED] + delivery->outcomes[LEDGER_REVISED] > 0;
}

/* As PromQL selects it. */
static void put_series(const struct observation *observation, struct text *text)
{
    const struct figure *figure = observation->figure;
    text_put(text, figure->name);
    for (size_t i = 0; i < figure->label_count; i++) {
        text_printf(text, "%s%s=", i == 0 ? "{" : ",", figure->labels[i]);
        text_json(text, observation->label_values[i]);
    }
    text_put(text, figure->label_count == 0 ? "" : "}");
}

void delivery_note_begun(struct delivery *delivery, const struct ledger *ledger,
                         const struct observation *observation)
{
    if (ledger_began_series(ledger) && delivery->begun++ == 0)
        put_series(observation, &delivery->first_begun);
}

struct doubt_log {
    const struct log *log;
    const char *source;
};

static void log_doubt(void *context, size_t observations, const char *words)
{
    const struct doubt_log *to = context;
    char count[24];
    snprintf(count, sizeof count, "%zu", observations);
    log_write(to->log, LOG_LEVEL_INFO, "recorded, but may not be meant", "source", to->source,
              "observations", count, "which", words, NULL);
}

static void log_begun(const struct delivery *delivery, const struct log *log)
{
    char count[24];
    if (delivery->begun == 0)
        return;
    snprintf(count, sizeof count, "%zu", delivery->begun);
    log_write(log, LOG_LEVEL_INFO, "new series", "source", delivery->source, "series", count,
              "first", delivery->first_begun.bytes, NULL);
}

/* Those that pass would come with every report of this month. */
void delivery_log_doubts(const struct delivery *delivery, const struct log *log)
{
    struct doubt_log to = { log, delivery->source };
    log_begun(delivery, log);
    if (delivery_is_news(delivery))
        doubts_tell(&delivery->batch, DOUBTS_LASTING, log_doubt, &to);
}

void delivery_log_refused(const struct delivery *delivery, const struct log *log,
                          enum log_level level, const char *message)
{
    const struct batch *batch = &delivery->batch;
    const struct refusal *refusal = &batch->refusals[0];
    char count[24];
    struct fault first = { 0 };
    snprintf(count, sizeof count, "%zu", batch->refused);
    fault_set(&first, "%s%s: %s", delivery->source, refusal->place, refusal->reason);
    log_write(log, level, message, "source", delivery->source, "refused", count, "first",
              first.text, NULL);
}
