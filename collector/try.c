/* SPDX-License-Identifier: MIT */
/* try.c - the command that reads a source once, prints the result and records nothing */
#include "../almanac/file.h"
#include "../almanac/format.h"
#include "collector.h"
#include "doubts.h"
#include "fetch.h"
#include "source.h"

#include <stdio.h>
#include <string.h>

/* The result of a fetch. */
struct catch
{
    struct text body;
    struct fault fault;
};

static void keep(void *context, struct fetch_result *result)
{
    struct catch *catch = context;
    if (result->error != NULL)
        fault_set(&catch->fault, "%s", result->error);
    catch->body = result->body;
    result->body = (struct text){ 0 };
}

static int fetch(const struct collector *collector, const struct source_settings *source,
                 struct text *body, struct fault *fault)
{
    enum { STEP_MS = 1000 };
    struct catch catch = { 0 };
    struct fetcher *fetcher = fetcher_open(collector->log.clock, keep, &catch, fault);
    if (fetcher == NULL)
        return -1;
    struct fetch_request request = source_request(source, NULL);
    fetcher_start(fetcher, &request);
    while (fetcher_under_way(fetcher) > 0)
        fetcher_work(fetcher, STEP_MS, -1);
    fetcher_close(fetcher);
    *body = catch.body;
    return catch.fault.text[0] == '\0' ? 0 : fault_set(fault, "%s", catch.fault.text);
}

static void show_row(const struct format *format, struct writer *writer,
                     const struct observation *observation)
{
    const struct figure *figure = observation->figure;
    struct label *labels = arena_take(&writer->arena, figure->label_count + 1, sizeof *labels);
    for (size_t i = 0; i < figure->label_count; i++)
        labels[i] = (struct label){ figure->labels[i], observation->label_values[i] };
    const struct subject subject = { figure, labels, figure->label_count };
    const struct row row = { .subject = &subject,
                             .statement = &observation->statement,
                             .has_released = observation->has_released,
                             .released = observation->released,
                             .reference = observation->reference,
                             .comment = observation->comment };
    format->row(writer, &row);
}

static size_t count_of(const struct batch *batch, const struct figure *figure)
{
    size_t count = 0;
    for (size_t i = 0; i < batch->count; i++)
        count += batch_item(batch, i)->observation.figure == figure;
    return count;
}

static void show_figure(const struct batch *batch, const struct figure *figure)
{
    struct writer writer = { .labels = figure->labels, .label_count = figure->label_count };
    printf("%s\n", figure->name);
    format_table.begin(&writer);
    for (size_t i = 0; i < batch->count; i++)
        if (batch_item(batch, i)->observation.figure == figure)
            show_row(&format_table, &writer, &batch_item(batch, i)->observation);
    format_table.end(&writer);
    fwrite(writer.out.bytes, 1, writer.out.size, stdout);
    format_free(&writer);
    putchar('\n');
}

static void show_doubt(void *context, size_t count, const char *words)
{
    const char *const *name = context;
    printf("%s: %zu %s\n", *name, count, words);
}

/* Observations go to standard output, refusals to standard error. */
static void show(const struct delivery *delivery, const char *name)
{
    const struct batch *batch = &delivery->batch;
    for (size_t i = 0; i < delivery->catalogue.count; i++)
        if (count_of(batch, &delivery->catalogue.figures[i]) > 0)
            show_figure(batch, &delivery->catalogue.figures[i]);
    for (size_t i = 0; i < batch->refused; i++)
        fprintf(stderr, "%s%s: %s\n", name, batch->refusals[i].place, batch->refusals[i].reason);
    if (delivery->fault.text[0] != '\0')
        fprintf(stderr, "%s: %s\n", name, delivery->fault.text);
    printf("%s: %zu observation%s, %zu refused; nothing is recorded\n", name, batch->count,
           batch->count == 1 ? "" : "s", batch->refused);
    doubts_tell(batch, DOUBTS_ALL, show_doubt, &name);
}

int command_try(struct collector *collector, char **operands, int count)
{
    struct fault fault = { 0 };
    struct text body = { 0 };
    const char *name = operands[count - 1]; /* of the file, if one is given */
    const struct source_settings *source = collector_source(collector, operands[0]);
    if (source == NULL)
        return 2;
    int failed = count > 1 ? file_read(name, (size_t)source->body_size_limit, &body, &fault)
                           : fetch(collector, source, &body, &fault);
    if (failed == 0) {
        struct delivery *delivery =
            source_deliver(source, collector->settings, &body, name, collector->log.clock);
        show(delivery, name);
        failed = !delivery_is_good(delivery);
        delivery_free(delivery);
    } else if (count > 1) {
        fprintf(stderr, "%s\n", fault.text);
    } else {
        fprintf(stderr, "%s: %s\n", name, fault.text);
    }
    text_free(&body);
    return failed ? 1 : 0;
}
