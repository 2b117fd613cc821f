/* SPDX-License-Identifier: MIT */
/* fuzz_decode.h - what every decoder promises of any delivery */
#ifndef TESTS_FUZZ_DECODE_H
#define TESTS_FUZZ_DECODE_H

#include "../../almanac/settings.h"
#include "../unit/deliveries.h"

#include "fuzz.h"

static inline void check_observation(const struct observation *observation)
{
    const struct statement *statement = &observation->statement;
    struct fault fault = { 0 };
    struct quantity again;
    MUST_HOLD(observation->figure != NULL);
    MUST_HOLD(statement->period.start < statement->period.end);
    MUST_HOLD(statement->missing || quantity_read(statement->value.text, &again, &fault) == 0);
    for (size_t i = 0; i < observation->figure->label_count; i++)
        MUST_HOLD(observation->label_values[i] != NULL);
}

/* The bytes end where their memory ends. */
static inline void check_decoder_as(const struct form *form, decoder *decode, const uint8_t *bytes,
                                    size_t size)
{
    char *delivery = malloc(size > 0 ? size : 1);
    struct batch batch;
    if (delivery == NULL)
        abort();
    if (size > 0)
        memcpy(delivery, bytes, size);
    decode_as(form, decode, delivery, size, &batch);
    for (size_t i = 0; i < batch.count; i++)
        check_observation(&batch_item(&batch, i)->observation);
    for (size_t i = 0; i < batch.refused; i++)
        MUST_HOLD(batch.refusals[i].reason[0] != '\0');
    batch_free(&batch);
    free(delivery);
}

static inline void check_decoder(decoder *decode, const uint8_t *bytes, size_t size)
{
    check_decoder_as(&plain_form, decode, bytes, size);
}

/* By each source of tests/data/foreign.yaml that has the format. */
static inline void check_foreign(enum form_format format, decoder *decode, const uint8_t *bytes,
                                 size_t size)
{
    static const struct settings *settings;
    struct fault fault = { 0 };
    if (settings == NULL)
        settings = settings_load("tests/data/foreign.yaml", &fault);
    MUST_HOLD(settings != NULL);
    for (size_t i = 0; i < settings->source_count; i++)
        if (settings->sources[i].form.format == format)
            check_decoder_as(&settings->sources[i].form, decode, bytes, size);
}

#endif
