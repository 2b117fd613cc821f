/* SPDX-License-Identifier: MIT */
/* permit.c - which user may report what */
#include "permit.h"

#include "../almanac/text.h"

#include <fnmatch.h>
#include <string.h>

/* A figure without the label is not restricted by it. */
static bool labels_fit(const struct reporter *reporter, const struct observation *observation)
{
    const struct figure *figure = observation->figure;
    for (size_t i = 0; i < reporter->label_count; i++)
        for (size_t j = 0; j < figure->label_count; j++)
            if (strcmp(reporter->labels[i].name, figure->labels[j]) == 0 &&
                fnmatch(reporter->labels[i].value, observation->label_values[j], 0) != 0)
                return false;
    return true;
}

static bool may_report(const struct settings *settings, const char *user,
                       const struct observation *observation)
{
    for (size_t i = 0; i < settings->reporter_count; i++) {
        const struct reporter *reporter = &settings->reporters[i];
        if (user != NULL && strcmp(reporter->user, user) == 0 &&
            reporter_covers(reporter, observation->figure) && labels_fit(reporter, observation))
            return true;
    }
    return settings->reporter_count == 0;
}

static void refuse(struct batch *batch, size_t index, const char *user)
{
    const struct observation *observation = &batch_item(batch, index)->observation;
    const struct figure *figure = observation->figure;
    struct fault fault = { 0 };
    struct text labels = { 0 };
    text_put(&labels, "");
    for (size_t i = 0; i < figure->label_count; i++)
        text_printf(&labels, " %s=%s", figure->labels[i], observation->label_values[i]);
    fault_set(&fault, "%s may not %s %s%s; expected what 'reporters' lets through",
              user == NULL ? "a client without a user name" : user,
              observation->statement.missing ? "withdraw" : "report", figure->name, labels.bytes);
    batch_refuse_taken(batch, REFUSED_PERMISSION, index, fault.text);
    text_free(&labels);
}

size_t permit_check(struct delivery *delivery, size_t first, const char *user)
{
    struct batch *batch = &delivery->batch;
    size_t refused = 0;
    for (size_t i = first; i < batch->count; i++) {
        const struct batch_item *item = batch_item(batch, i);
        if (item->refused || may_report(delivery->settings, user, &item->observation))
            continue;
        refuse(batch, i, user);
        refused++;
    }
    batch_sweep(batch);
    return refused;
}
