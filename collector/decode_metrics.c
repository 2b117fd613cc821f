/* SPDX-License-Identifier: MIT */
/* decode_metrics.c - decodes metrics pages: an observation per sample of the configured families */
#include "../almanac/page_choice.h"
#include "../almanac/text.h"
#include "decode.h"
#include "page.h"

#include <string.h>

/* A page is read by the names it has; then again, if families lack a sample, by the names of
 * counters without _total. Beside x_total, x may be a family of its own. */
enum reading { UNSEEN, AS_NAMED, WITHOUT_TOTAL };

struct metrics {
    struct batch *batch;
    const struct page_choice *choice;
    enum reading reading;
    enum reading *seen; /* in which each of the choice's families had a sample */
    struct text value;
};

static size_t place_of(const struct glossary *families, const char *name, size_t length)
{
    size_t i = 0;
    while (i < families->count && (strncmp(families->terms[i].word, name, length) != 0 ||
                                   families->terms[i].word[length] != '\0'))
        i++;
    return i;
}

/* The index of the family in the choice, or its count. */
static size_t find_family(const struct metrics *metrics, const struct page_sample *sample)
{
    const struct glossary *families = &metrics->choice->families;
    size_t length = strlen(sample->family);
    size_t place = place_of(families, sample->name, strlen(sample->name));
    if (place == families->count)
        place = place_of(families, sample->family, length);
    if (place < families->count || metrics->reading == AS_NAMED || sample->type != PAGE_COUNTER ||
        !page_name_ends(sample->family, "_total"))
        return place;
    return place_of(families, sample->family, length - strlen("_total"));
}

/* A counter's _created sample is not a value. */
static bool is_beside(const struct page_sample *sample)
{
    return sample->type == PAGE_COUNTER && strcmp(sample->name, sample->family) != 0 &&
           !page_name_ends(sample->name, "_total");
}

static bool can_be_reported(enum page_type type)
{
    return type == PAGE_UNKNOWN || type == PAGE_GAUGE || type == PAGE_COUNTER;
}

/* figure: NULL if the catalogue lacks it. */
static const char *write_period(const struct metrics *metrics, const struct page_sample *sample,
                                const struct figure *figure, char *out)
{
    char freq = metrics->choice->freq;
    if (freq == PAGE_FIGURE_FREQ && figure != NULL)
        freq = figure->freq;
    if (freq == PAGE_FIGURE_FREQ)
        freq = 'D';
    int64_t at = sample->timed ? sample->at : metrics->batch->now;
    return period_write_around(at, freq, out) ? out : NULL;
}

static void add_labels(const struct metrics *metrics, const struct page_sample *sample,
                       const struct figure *figure, struct report *report)
{
    const struct page_choice *choice = metrics->choice;
    struct label *labels = arena_take(
        &metrics->batch->arena, sample->label_count + choice->constants.count + 1, sizeof *labels);
    report->labels = labels;
    for (size_t i = 0; i < sample->label_count; i++) {
        const struct label *label = &sample->labels[i];
        const char *name = glossary_find(&choice->labels, label->name);
        if (name == NULL || name[0] != '\0')
            labels[report->label_count++] =
                (struct label){ name == NULL ? label->name : name, label->value };
    }
    for (size_t i = 0; i < choice->constants.count; i++) {
        const struct term *constant = &choice->constants.terms[i];
        if (figure != NULL && figure_has_label(figure, constant->word))
            labels[report->label_count++] = (struct label){ constant->word, constant->meaning };
    }
}

static void take_value(struct metrics *metrics, const struct page_sample *sample, const char *name)
{
    const struct figure *figure = catalogue_find(metrics->batch->catalogue, name);
    char room[PERIOD_TIME];
    struct complaint complaint = { 0 };
    struct report report = {
        .fields = { [REPORT_FIGURE] = name,
                    [REPORT_TIME_PERIOD] = write_period(metrics, sample, figure, room),
                    [REPORT_OBS_VALUE] = page_write_decimal(sample->value, &metrics->value) }
    };
    if (report.fields[REPORT_TIME_PERIOD] == NULL) {
        batch_refuse_at(
            metrics->batch, REPORT_TIME_PERIOD, sample->line, sample->column,
            "the timestamp is beyond the calendar; expected one of the years 1 to 9999");
        return;
    }
    add_labels(metrics, sample, figure, &report);
    metrics->batch->mark = sample->line;
    if (batch_take(metrics->batch, &report, &complaint) == 0)
        return;
    batch_refuse_at(metrics->batch, complaint.field, sample->line, sample->column, "%s: %s",
                    complaint.name, complaint.fault.text);
}

static void visit(void *context, const struct page_sample *sample)
{
    struct metrics *metrics = context;
    const struct glossary *families = &metrics->choice->families;
    size_t family = find_family(metrics, sample);
    if (batch_is_full(metrics->batch) || family == families->count || is_beside(sample))
        return;
    bool first = metrics->seen[family] == UNSEEN;
    if (first)
        metrics->seen[family] = metrics->reading;
    if (metrics->seen[family] != metrics->reading)
        return;
    if (can_be_reported(sample->type)) {
        take_value(metrics, sample, families->terms[family].meaning);
    } else if (first) {
        batch_refuse_at(metrics->batch, REFUSED_DOCUMENT, sample->line, sample->column,
                        "'%.60s' is of type %s, which makes no figure; expected a gauge, a "
                        "counter or an untyped family",
                        sample->family, page_type_names[sample->type]);
    }
}

static void refuse_missing(struct metrics *metrics)
{
    const struct glossary *families = &metrics->choice->families;
    for (size_t i = 0; i < families->count; i++)
        if (metrics->seen[i] == UNSEEN)
            batch_refuse_at(metrics->batch, REFUSED_DOCUMENT, 0, 0,
                            "no sample of the family '%.60s'; expected at least one",
                            families->terms[i].word);
}

static bool all_are_seen(const struct metrics *metrics)
{
    size_t i = 0;
    while (i < metrics->choice->families.count && metrics->seen[i] != UNSEEN)
        i++;
    return i == metrics->choice->families.count;
}

static int read_page(struct metrics *metrics, struct page *page)
{
    struct page again = *page;
    metrics->reading = AS_NAMED;
    if (page_read(page) != 0)
        return -1;
    metrics->reading = WITHOUT_TOTAL;
    if (page->exposition == EXPOSITION_TEXT && !all_are_seen(metrics))
        page_read(&again);
    return 0;
}

void decode_metrics(const char *bytes, size_t size, struct batch *batch)
{
    const struct page_choice *choice = batch->form->page;
    struct metrics metrics = { .batch = batch, .choice = choice };
    struct page page = { .bytes = bytes,
                         .size = size,
                         .exposition = choice->exposition,
                         .visit = visit,
                         .context = &metrics };
    if (page.exposition == EXPOSITION_FORMATS)
        page.exposition = page_exposition(bytes, size);
    metrics.seen = arena_take(&batch->arena, choice->families.count, sizeof *metrics.seen);
    batch->by_line = true;
    if (read_page(&metrics, &page) != 0) {
        batch_take_back(batch, 0, 0);
        batch_refuse_at(batch, REFUSED_DOCUMENT, page.line, page.column, "%s", page.fault.text);
    } else {
        refuse_missing(&metrics);
    }
    text_free(&metrics.value);
}
