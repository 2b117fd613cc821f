/* SPDX-License-Identifier: MIT */
/* vitals.c - metrics common to both programs: build information, the status of sources */
#include "vitals.h"

#include <stdio.h>

enum { NUMBER_TEXT = 32 };

void vitals_write_build(struct exposition *out, struct choice *choice, const struct family *family)
{
    static const struct label labels[] = { { "compiler", ALMANAC_COMPILER },
                                           { "revision", ALMANAC_REVISION },
                                           { "version", ALMANAC_VERSION } };
    if (choice_has_own(choice, family->name))
        exposition_sample(out, family, labels, 3, "1");
}

static void write_milliseconds(char *out, int64_t ms)
{
    snprintf(out, NUMBER_TEXT, "%lld.%03d", (long long)(ms / 1000), (int)(ms % 1000));
}

static void put_up(const struct source_state *state, char *value)
{
    snprintf(value, NUMBER_TEXT, "%d", state->up);
}

static void put_last_success(const struct source_state *state, char *value)
{
    if (state->last_success_ms != 0)
        write_milliseconds(value, state->last_success_ms);
}

static void put_duration(const struct source_state *state, char *value)
{
    write_milliseconds(value, state->duration_ms);
}

/* A row leaves value empty if it has no sample for the source. */
static const struct {
    struct family family;
    void (*put)(const struct source_state *state, char *value);
} source_families[] = {
    { { "almanac_source_up", FAMILY_GAUGE, NULL,
        "Whether the last fetch of a source was taken whole (1) or failed or was refused (0)." },
      put_up },
    { { "almanac_source_last_success_timestamp_seconds", FAMILY_GAUGE, "seconds",
        "When a fetch of a source was last taken whole." },
      put_last_success },
    { { "almanac_source_fetch_duration_seconds", FAMILY_GAUGE, "seconds",
        "How long the last fetch of a source took." },
      put_duration },
};

void vitals_write_sources(struct exposition *out, struct choice *choice,
                          const struct source_state *states, size_t count)
{
    for (size_t row = 0; row < sizeof source_families / sizeof *source_families; row++) {
        const struct family *family = &source_families[row].family;
        if (!choice_has_own(choice, family->name))
            continue;
        for (size_t i = 0; i < count; i++) {
            const struct source_state *state = &states[i];
            const struct label label = { "source", state->source };
            char value[NUMBER_TEXT] = "";
            source_families[row].put(state, value);
            if (*value != '\0')
                exposition_sample(out, family, &label, 1, value);
        }
    }
}
