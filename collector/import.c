/* SPDX-License-Identifier: MIT */
/* import.c - the command that records files */
#include "../almanac/file.h"
#include "../almanac/utf8.h"
#include "../almanac/visible.h"
#include "collector.h"
#include "doubts.h"
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

static void print_doubt(void *context, size_t count, const char *words)
{
    const char *const *path = context;
    printf("%s: %zu %s\n", *path, count, words);
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
    doubts_tell(&delivery->batch, DOUBTS_ALL, print_doubt, &path);
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
