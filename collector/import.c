/* SPDX-License-Identifier: MIT */
/* import.c - the command that records files */
#include "../almanac/file.h"
#include "../almanac/least.h"
#include "../almanac/timeline.h"
#include "../almanac/utf8.h"
#include "../almanac/visible.h"
#include "collector.h"
#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const import_formats[] = { "csv", "json", "sdmx-csv", NULL };
static const enum form_format formats[] = { FORM_CSV, FORM_JSON, FORM_SDMX_CSV };

static struct form form_of(const struct collector *collector, const char *path)
{
    const char *dot = strrchr(path, '.');
    bool json = dot != NULL && strcmp(dot, ".json") == 0;
    if (collector->importing.format >= 0)
        return (struct form){ .format = formats[collector->importing.format] };
    return (struct form){ .format = json ? FORM_JSON : FORM_CSV };
}

enum { SOURCE_MOST = 1024 }; /* bytes of a source that a history may name */

/* An export says the name, and import --history must be able to read it. */
static int check_name(const char *source, struct fault *fault)
{
    size_t size = strlen(source);
    int result = 0;
    if (utf8_until(source, size) != size)
        result = fault_set(fault, "is not UTF-8; expected text in UTF-8");
    else if (size > SOURCE_MOST)
        result =
            fault_set(fault, "makes a source of %zu bytes; expected at most %d", size, SOURCE_MOST);
    else
        result = visible_check(source, fault);
    return result == 0 ? 0 : fault_at(fault, "its name ");
}

/* In our own words, or with --history as an export has them. */
static struct delivery *read_ours(const struct collector *collector, const char *path,
                                  const struct text *bytes)
{
    struct form form = form_of(collector, path);
    struct text source = { 0 };
    text_printf(&source, "import:%s", path);
    struct delivery *delivery =
        delivery_new(source.bytes, collector->settings, &form, clock_seconds(collector->log.clock));
    delivery->batch.history = collector->importing.history;
    delivery->batch.advice = collector->importing.history ? ADVISE_NOTHING : ADVISE_SOURCE;
    if (check_name(source.bytes, &delivery->fault) == 0)
        delivery_read(delivery, bytes->bytes, bytes->size);
    delivery_must_say(delivery);
    text_free(&source);
    return delivery;
}

static void print_refusals(const char *path, const struct batch *batch, bool may_be_history)
{
    bool contradicts = false;
    for (size_t i = 0; i < batch->refused; i++) {
        const struct refusal *refusal = &batch->refusals[i];
        fprintf(stderr, "%s%s: %s\n", path, refusal->place, refusal->reason);
        contradicts |= refusal->cause == REFUSED_CONTRADICTION;
    }
    if (contradicts && may_be_history)
        fprintf(stderr, "%s: import --history takes them in their order\n", path);
}

/* When a value that seems to be lost comes into force: of a period that has not ended, or a
 * forecast. INT64_MIN: it is no such value. */
static int64_t comes_later(const struct observation *observation, int64_t now)
{
    int64_t begins = timeline_begins(&observation->statement.period, observation->figure->kind);
    return begins > now ? begins : INT64_MIN;
}

/* When the period of a flow ends, which may be a slip: a value of 2026 in the middle of that year.
 */
static int64_t goes_on(const struct observation *observation, int64_t now)
{
    const struct statement *statement = &observation->statement;
    bool whole = observation->figure->kind == FIGURE_STOCK || statement->status == 'F' ||
                 statement->period.start > now || statement->period.end <= now;
    return whole ? INT64_MIN : statement->period.end;
}

/* When a value was released whose period had not begun, in any time zone, and which is no
 * forecast. */
static int64_t came_early(const struct observation *observation, int64_t now)
{
    const struct statement *statement = &observation->statement;
    (void)now;
    bool early = observation->has_released && statement->status != 'F' &&
                 observation->released + PERIOD_DAY <= statement->period.start;
    return early ? observation->released : INT64_MIN;
}

/* When the period of a flow began that is shorter than its rhythm: a day in place of its month. */
static int64_t is_short(const struct observation *observation, int64_t now)
{
    const struct figure *figure = observation->figure;
    const struct period *period = &observation->statement.period;
    const struct period before = { .end = period->start };
    (void)now;
    bool rhythmic = figure->kind == FIGURE_FLOW && figure->freq != '\0';
    return rhythmic && period->end < period_next_end(&before, figure->freq) ? period->start
                                                                            : INT64_MIN;
}

/* When the period of a ratio above 1 began: it may be meant in per cent. */
static int64_t exceeds_one(const struct observation *observation, int64_t now)
{
    const char *unit = observation->figure->unit;
    (void)now;
    bool above = unit != NULL && strcmp(unit, "ratio") == 0 &&
                 strtod(observation->statement.value.text, NULL) > 1;
    return above ? observation->statement.period.start : INT64_MIN;
}

/* What is recorded, but may not be what was meant. */
static const struct doubt {
    int64_t (*when)(const struct observation *observation, int64_t now);
    const char *one, *several; /* before that time, of several the first */
} doubts[] = {
    { comes_later, "comes into force later, on", "come into force later, the first on" },
    { goes_on, "is about a period that goes on until",
      "are about periods that go on, the first until" },
    { came_early, "was released before its period began, on",
      "were released before their periods began, the first on" },
    { is_short, "is about a period shorter than the figure's freq, from",
      "are about periods shorter than the figure's freq, the first from" },
    { exceeds_one, "is a ratio above 1, that is 100%, of the period from",
      "are ratios above 1, that is 100%, the first of the period from" },
};

static void print_doubt(const char *path, const struct delivery *delivery,
                        const struct doubt *doubt)
{
    const struct batch *batch = &delivery->batch;
    size_t count = 0;
    int64_t first = INT64_MAX;
    char date[PERIOD_TIME];
    for (size_t i = 0; i < batch->count; i++) {
        const struct observation *observation = &batch_item(batch, i)->observation;
        int64_t when =
            observation->statement.missing ? INT64_MIN : doubt->when(observation, batch->now);
        if (when == INT64_MIN)
            continue;
        count++;
        first = least_of(first, when);
    }
    if (count == 0)
        return;
    period_write_time(first, date);
    printf("%s: %zu %s %s\n", path, count, count == 1 ? doubt->one : doubt->several, date);
}

/* A label may be mistyped. */
static void print_begun(const char *path, const struct delivery *delivery)
{
    if (delivery->begun == 1)
        printf("%s: 1 series is new: %s\n", path, delivery->first_begun.bytes);
    else if (delivery->begun > 1)
        printf("%s: %zu series are new, the first %s\n", path, delivery->begun,
               delivery->first_begun.bytes);
}

/* A history may take them back in a later vintage. */
static void print_doubts(const char *path, const struct delivery *delivery)
{
    if (!delivery->recorded || delivery->batch.history)
        return;
    print_begun(path, delivery);
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++)
        print_doubt(path, delivery, &doubts[i]);
}

static void print_count(const char *path, const struct delivery *delivery)
{
    printf("%s: %zu recorded, %zu unchanged, %zu revised, %zu refused%s\n", path,
           delivery->outcomes[LEDGER_RECORDED], delivery->outcomes[LEDGER_UNCHANGED],
           delivery->outcomes[LEDGER_REVISED], delivery->batch.refused,
           delivery->recorded ? "" : "; nothing of this file is recorded");
    print_doubts(path, delivery);
    fflush(stdout); /* report the result before building the RRD files */
}

static int import_bytes(struct collector *collector, const char *path, const struct text *bytes)
{
    const struct source_settings *source = collector->importing.source;
    struct delivery *delivery = source == NULL ? read_ours(collector, path, bytes)
                                               : source_deliver(source, collector->settings, bytes,
                                                                path, collector->log.clock);
    record_deliveries(collector->ledger, delivery, -1);
    print_refusals(path, &delivery->batch, source == NULL);
    if (delivery->recorded || delivery->batch.refused > 0)
        print_count(path, delivery);
    else
        fprintf(stderr, "%s: not recorded: %s\n", path, delivery->fault.text);
    int result = delivery->recorded ? 0 : -1;
    delivery_free(delivery);
    return result;
}

static int import_file(struct collector *collector, const char *path)
{
    const struct source_settings *source = collector->importing.source;
    struct fault fault = { 0 };
    struct text bytes = { 0 };
    size_t limit = source == NULL ? 0 : (size_t)source->body_size_limit;
    int result = file_read(path, limit, &bytes, &fault);
    if (result == 0)
        result = import_bytes(collector, path, &bytes);
    else
        fprintf(stderr, "%s\n", fault.text);
    text_free(&bytes);
    return result;
}

/* If a collector is running, it holds the mirror and builds the files itself. */
static int build_files(struct collector *collector)
{
    struct fault fault = { 0 };
    struct mirror *mirror =
        mirror_open(collector->rrd_directory, collector->ledger, &collector->log, &fault);
    if (mirror == NULL && fault.text[0] == '\0') {
        printf("RRD files: left to the collector that is running\n");
        return 0;
    }
    if (mirror == NULL) {
        fprintf(stderr, "%s\n", fault.text);
        return -1;
    }
    int result = collector_level(collector, mirror);
    printf("RRD files: %zu built\n", mirror_tally(mirror).built);
    mirror_close(mirror);
    return result;
}

int command_import(struct collector *collector, char **files, int count)
{
    int recorded = 0;
    if (collector->new_ledger)
        fprintf(stderr, "%s/ledger.db: a new ledger\n", collector->storage);
    for (int i = 0; i < count; i++)
        recorded += import_file(collector, files[i]) == 0;
    if (recorded > 0 && build_files(collector) != 0)
        return 1;
    return recorded == count ? 0 : 1;
}
