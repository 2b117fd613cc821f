/* SPDX-License-Identifier: MIT */
/* inquiry_answer.c - the answer to a query of the ledger, written piece by piece */
#include "inquiry_answer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct inquiry_answer {
    const struct inquiry *inquiry;
    const struct format *format;
    struct writer *writer;
    int64_t newest;  /* id of the newest observation that counts */
    int64_t *series; /* ids of those selected, in order */
    size_t series_count, series_room;
    size_t at;                                       /* the current one's index */
    enum { BEFORE_ROWS, IN_ROWS, AFTER_ROWS } place; /* in the current series */
    bool ended;
    struct subject subject; /* the current series, while it is visited */
    struct period visited;  /* the last period visited */
    struct period period;   /* the last of those selected */
    size_t periods;         /* number of selected periods so far */
    size_t skipped;         /* periods of the series before its last ones */
    struct inquiry_sum sum;
    struct arena arena; /* holds the labels' names */
    const char **names; /* sorted */
    size_t name_count, name_room;
};

/* Makes the series the subject; false if it is not selected. */
static bool take_subject(struct inquiry_answer *answer, const struct series *series)
{
    const struct inquiry *inquiry = answer->inquiry;
    if (!inquiry_asks_for(inquiry, series->figure))
        return false;
    answer->subject = (struct subject){ catalogue_find(inquiry->catalogue, series->figure),
                                        series->labels, series->label_count };
    return label_all(series->labels, series->label_count, inquiry->labels, inquiry->label_count);
}

static void note_name(struct inquiry_answer *answer, const char *name)
{
    size_t at = 0;
    while (at < answer->name_count && strcmp(answer->names[at], name) < 0)
        at++;
    if (at < answer->name_count && strcmp(answer->names[at], name) == 0)
        return;
    answer->names = array_reserve(answer->names, &answer->name_room, answer->name_count + 1,
                                  sizeof *answer->names);
    memmove(answer->names + at + 1, answer->names + at,
            (answer->name_count++ - at) * sizeof *answer->names);
    answer->names[at] = arena_string(&answer->arena, name);
}

static int note_series(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    struct inquiry_answer *answer = owner;
    if (!take_subject(answer, series))
        return 0;
    if (answer->subject.figure == NULL) {
        answer->sum.undeclared++;
        return 0;
    }
    answer->series = array_reserve(answer->series, &answer->series_room, answer->series_count + 1,
                                   sizeof *answer->series);
    answer->series[answer->series_count++] = series->id;
    for (size_t i = 0; i < series->label_count; i++)
        note_name(answer, series->labels[i].name);
    return 0;
}

/* Whether the vintage is selected; if so, its period becomes the current one. */
static bool take_period(struct inquiry_answer *answer, const struct vintage *vintage)
{
    const struct period *period = &vintage->statement.period;
    answer->visited = *period;
    if (answer->inquiry->updated && vintage->recorded <= answer->inquiry->recorded_after)
        return false;
    if (answer->periods == 0 || period->start != answer->period.start ||
        period->end != answer->period.end)
        answer->periods++;
    answer->period = *period;
    return true;
}

static int count_periods(void *owner, const struct account *account, struct fault *fault)
{
    (void)fault;
    take_period(owner, &account->vintage);
    return 0;
}

static bool is_full(const struct inquiry_answer *answer)
{
    return answer->writer->out.size >= FORMAT_PIECE;
}

static int write_account(void *owner, const struct account *account, struct fault *fault)
{
    (void)fault;
    struct inquiry_answer *answer = owner;
    const struct vintage *vintage = &account->vintage;
    size_t first = answer->inquiry->first;
    if (!take_period(answer, vintage) || answer->periods <= answer->skipped ||
        (first > 0 && answer->periods > first))
        return 0;
    struct row row = { .subject = &answer->subject,
                       .statement = &vintage->statement,
                       .has_released = vintage->has_released,
                       .released = vintage->released,
                       .recorded = vintage->recorded,
                       .vintages = vintage->count,
                       .source = account->source,
                       .reference = account->reference,
                       .comment = account->comment };
    answer->format->row(answer->writer, &row);
    answer->sum.rows++;
    return is_full(answer) ? 1 : 0;
}

/* Counts the periods of the series, if only the last ones are requested. */
static int count_skipped(struct inquiry_answer *answer, const struct recall *recall,
                         struct fault *fault)
{
    size_t last = answer->inquiry->last;
    answer->skipped = answer->periods = 0;
    if (last == 0)
        return 0;
    if (ledger_each_account(answer->inquiry->ledger, recall, count_periods, answer, fault) != 0)
        return -1;
    answer->skipped = answer->periods > last ? answer->periods - last : 0;
    answer->periods = 0;
    return 0;
}

/* Returns 1 if rows are left. */
static int write_rows(struct inquiry_answer *answer, int64_t series, struct fault *fault)
{
    const struct inquiry *inquiry = answer->inquiry;
    struct period visited = answer->visited;
    struct recall recall = { .series = series,
                             .newest = answer->newest,
                             .known_by = inquiry->known_by,
                             .in_force = answer->format->in_force || !inquiry->history,
                             .within = inquiry->within,
                             .from = inquiry->from,
                             .until = inquiry->until,
                             .after = answer->place == IN_ROWS ? &visited : NULL };
    if (answer->place == BEFORE_ROWS && count_skipped(answer, &recall, fault) != 0)
        return -1;
    answer->place = IN_ROWS;
    return ledger_each_account(inquiry->ledger, &recall, write_account, answer, fault);
}

/* Writes the current series, or goes on with it. */
static int write_series(void *owner, const struct series *series, struct fault *fault)
{
    struct inquiry_answer *answer = owner;
    if (!take_subject(answer, series) || answer->subject.figure == NULL)
        return fault_set(fault, "series %lld is another one than at first; the ledger is damaged",
                         (long long)series->id);
    if (answer->place != AFTER_ROWS) {
        int left = write_rows(answer, series->id, fault);
        if (left != 0)
            return left;
        answer->place = AFTER_ROWS;
    }
    return answer->format->end_series != NULL &&
           answer->format->end_series(answer->writer, &answer->subject);
}

/* Moves to the next series to be written. false: there is none. */
static bool find_next(struct inquiry_answer *answer)
{
    const struct format *format = answer->format;
    while (answer->place == BEFORE_ROWS) {
        if (answer->at == answer->series_count) {
            if (format->again == NULL || !format->again(answer->writer))
                return false;
            answer->at = 0;
        } else if (format->skips != NULL && format->skips(answer->writer)) {
            answer->at++;
        } else {
            return true;
        }
    }
    return true;
}

/* Returns 1 if there is more. */
static int write_piece(struct inquiry_answer *answer, struct fault *fault)
{
    const struct inquiry *inquiry = answer->inquiry;
    while (find_next(answer)) {
        if (is_full(answer))
            return 1;
        if (inquiry->goes_on != NULL && !inquiry->goes_on(inquiry->owner))
            return fault_set(fault, "the answer takes too long");
        int left = ledger_visit_series(inquiry->ledger, answer->series[answer->at], write_series,
                                       answer, fault);
        if (left < 0)
            return -1;
        if (left > 0)
            continue;
        answer->at++;
        answer->place = BEFORE_ROWS;
    }
    return 0;
}

int inquiry_answer_next(struct inquiry_answer *answer, struct fault *fault)
{
    if (answer->ended)
        return 0;
    if (ledger_freeze(answer->inquiry->ledger, fault) != 0)
        return -1;
    int more = write_piece(answer, fault);
    ledger_thaw(answer->inquiry->ledger);
    if (more < 0)
        return -1;
    if (more == 0) {
        answer->format->end(answer->writer);
        answer->ended = true;
    }
    return !answer->ended;
}

void inquiry_answer_end(struct inquiry_answer *answer)
{
    if (answer == NULL)
        return;
    if (!answer->ended)
        answer->format->end(answer->writer);
    format_free(answer->writer);
    arena_free(&answer->arena);
    free(answer->series);
    free(answer->names);
    free(answer);
}

struct inquiry_answer *inquiry_answer_begin(const struct inquiry *inquiry,
                                            const struct format *format, struct writer *writer,
                                            struct fault *fault)
{
    struct inquiry_answer *answer = array_new(1, sizeof *answer);
    *answer = (struct inquiry_answer){ .inquiry = inquiry, .format = format, .writer = writer };
    ledger_prefer(inquiry->ledger, inquiry->catalogue);
    answer->newest = ledger_newest(inquiry->ledger, fault);
    int failed = answer->newest < 0
                     ? -1
                     : ledger_each_series(inquiry->ledger, 0, note_series, answer, fault);
    writer->labels = answer->names;
    writer->label_count = answer->name_count;
    format->begin(writer);
    if (failed == 0)
        return answer;
    inquiry_answer_end(answer);
    return NULL;
}

struct inquiry_sum inquiry_answer_sum(const struct inquiry_answer *answer)
{
    return answer->sum;
}

static int print_pieces(struct inquiry_answer *answer, FILE *out, struct fault *fault)
{
    struct text *piece = &answer->writer->out;
    int more = 1;
    while (more == 1 && (more = inquiry_answer_next(answer, fault)) >= 0) {
        if (fwrite(piece->bytes, 1, piece->size, out) != piece->size)
            return fault_set(fault, "cannot write: %s", strerror(errno));
        text_clear(piece);
    }
    if (more == 0 && fflush(out) != 0)
        return fault_set(fault, "cannot write: %s", strerror(errno));
    return more;
}

int inquiry_answer_print(const struct inquiry *inquiry, const struct format *format,
                         struct writer *writer, FILE *out, struct inquiry_sum *sum,
                         struct fault *fault)
{
    struct inquiry_answer *answer = inquiry_answer_begin(inquiry, format, writer, fault);
    if (answer == NULL)
        return -1;
    int result = print_pieces(answer, out, fault);
    *sum = inquiry_answer_sum(answer);
    inquiry_answer_end(answer);
    return result;
}
