/* SPDX-License-Identifier: MIT */
/* settings_calendar.c - a source's schedule: an interval, or a time of day on certain days */
#include "settings_parts.h"
#include "zone.h"

#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600 };

/* "08:30" to seconds of the day, or -1. */
static int64_t time_of_day(const char *text)
{
    static const char digits[] = "0123456789";
    if (strlen(text) != 5 || text[2] != ':' || strspn(text, digits) != 2 ||
        strspn(text + 3, digits) != 2)
        return -1;
    int hours = atoi(text), minutes = atoi(text + 3);
    return hours < 24 && minutes < 60 ? hours * 3600 + minutes * 60 : -1;
}

static int add_days(const struct word_list *words, uint32_t *days, struct fault *fault)
{
    for (size_t i = 0; i < words->count; i++) {
        const char *word = words->items[i];
        char *end;
        long day = strtol(word, &end, 10);
        if (word[0] < '1' || word[0] > '9' || *end != '\0' || day > 31)
            return fault_set(fault, "'%s' is no day of a month; expected 1 to 31", word);
        *days |= UINT32_C(1) << day;
    }
    return 0;
}

/* Without a time of day there is an interval, by default an hour. */
static int read_interval(const struct calendar_words *words, const struct yaml_node *mapping,
                         struct source_settings *source, struct fault *fault)
{
    const char *key = words->on.count > 0 ? "on" : words->time_zone != NULL ? "time_zone" : NULL;
    source->calendar.at = -1;
    if (source->every == 0)
        source->every = HOUR;
    if (key == NULL)
        return 0;
    return yaml_refuse(mapping, key, fault, "'%s' goes with a time of the day; expected 'at'", key);
}

int settings_read_calendar(const struct calendar_words *words, const struct yaml_node *mapping,
                           struct source_settings *source, struct fault *fault)
{
    struct source_calendar *calendar = &source->calendar;
    if (words->at == NULL)
        return read_interval(words, mapping, source, fault);
    calendar->at = time_of_day(words->at);
    if (calendar->at < 0)
        fault_set(fault, "'%s' is no time of the day; expected one from \"00:00\" to \"23:59\"",
                  words->at);
    else if (source->every != 0)
        fault_set(fault, "'every' and 'at' exclude each other; expected one of them");
    if (fault->text[0] != '\0')
        return yaml_at(mapping, "at", fault);
    if (add_days(&words->on, &calendar->days, fault) != 0)
        return yaml_at(mapping, "on", fault);
    calendar->zone =
        zone_read(words->time_zone == NULL ? "UTC" : words->time_zone, mapping->arena, fault);
    return calendar->zone != NULL ? 0 : yaml_at(mapping, "time_zone", fault);
}
