/* SPDX-License-Identifier: MIT */
/* ledger_read.c - the ledger's reader: walks over series and vintages */
#include "arena.h"
#include "hash.h"
#include "ledger_private.h"
#include "timeline.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

int ledger_damage(struct ledger *ledger, const char *what, struct fault *fault)
{
    if (sqlite3_errcode(ledger->db) == SQLITE_NOMEM)
        return ledger_sqlite_fault(ledger, fault);
    return fault_set(fault, "ledger %s: %s is damaged; see PRAGMA integrity_check", ledger->path,
                     what);
}

int ledger_read_vintage(struct ledger *ledger, struct sqlite3_stmt *row, struct vintage *vintage,
                        struct fault *fault)
{
    const char *period = (const char *)sqlite3_column_text(row, 3);
    const char *value = (const char *)sqlite3_column_text(row, 6);
    const char *comparator = (const char *)sqlite3_column_text(row, 7);
    const char *status = (const char *)sqlite3_column_text(row, 8);
    bool missing = sqlite3_column_type(row, 6) == SQLITE_NULL;
    /* The schema admits only rows that the writer made, but the file may be damaged. */
    if (period == NULL || comparator == NULL || status == NULL || (value == NULL && !missing))
        return ledger_damage(ledger, "an observation", fault);
    *vintage = (struct vintage){ .id = sqlite3_column_int64(row, 0),
                                 .series = sqlite3_column_int64(row, 1),
                                 .recorded = sqlite3_column_int64(row, 2),
                                 .has_released = sqlite3_column_type(row, 9) != SQLITE_NULL,
                                 .released = sqlite3_column_int64(row, 9),
                                 .source = sqlite3_column_int64(row, 10) };
    struct statement *statement = &vintage->statement;
    strncpy(statement->period.text, period, PERIOD_TEXT - 1);
    statement->period.start = sqlite3_column_int64(row, 4);
    statement->period.end = sqlite3_column_int64(row, 5);
    statement->missing = missing;
    if (!missing)
        strncpy(statement->value.text, value, sizeof statement->value.text - 1);
    comparator_read(comparator, &statement->comparator);
    statement->status = *status;
    return 0;
}

int64_t ledger_version(struct ledger *ledger, struct fault *fault)
{
    return ledger_in_place(ledger, fault) == 0 ? ledger_data_version(ledger, fault) : -1;
}

int64_t ledger_newest(struct ledger *ledger, struct fault *fault)
{
    int64_t newest = -1;
    struct sqlite3_stmt *row = ledger_statement(ledger, NEWEST, fault);
    return row != NULL && ledger_step_number(ledger, row, &newest, fault) == 1 ? newest : -1;
}

static uint64_t hash_vintage(int64_t identity, const struct vintage *vintage)
{
    const int64_t numbers[] = { identity, vintage->series, vintage->recorded, vintage->source };
    const struct statement *statement = &vintage->statement;
    uint64_t hash = hash_bytes(HASH_EMPTY, numbers, sizeof numbers);
    hash = hash_bytes(hash, statement->period.text, strlen(statement->period.text) + 1);
    return hash_bytes(hash, statement->value.text, strlen(statement->value.text));
}

int ledger_mark(struct ledger *ledger, int64_t id, uint64_t *mark, struct fault *fault)
{
    struct sqlite3_stmt *row = ledger_statement(ledger, ONE_VINTAGE, fault);
    struct sqlite3_stmt *own = ledger_statement(ledger, IDENTITY, fault);
    struct vintage vintage;
    int64_t identity = 0;
    if (row == NULL || own == NULL || ledger_step_number(ledger, own, &identity, fault) < 0)
        return -1;
    sqlite3_bind_int64(row, 1, id);
    int code = sqlite3_step(row);
    int result = code == SQLITE_ROW    ? ledger_read_vintage(ledger, row, &vintage, fault)
                 : code == SQLITE_DONE ? 0
                                       : ledger_sqlite_fault(ledger, fault);
    sqlite3_reset(row);
    *mark = result == 0 && code == SQLITE_ROW ? hash_vintage(identity, &vintage) : 0;
    return result;
}

/* Passes the collected series, if any, to the visitor. */
static int visit_series(struct series *series, struct label *labels, series_visitor *visit,
                        void *owner, struct fault *fault)
{
    series->labels = labels;
    return series->id == 0 ? 0 : visit(owner, series, fault);
}

static char *column_copy(struct arena *arena, struct sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text == NULL ? NULL : arena_copy(arena, text, (size_t)sqlite3_column_bytes(row, column));
}

/* Each row holds one label of a series; json_each keeps their order. */
int ledger_walk_series(struct ledger *ledger, struct sqlite3_stmt *row, series_visitor *visit,
                       void *owner, struct fault *fault)
{
    struct arena arena = { 0 };
    struct series series = { 0 };
    struct label *labels = NULL;
    size_t room = 0;
    int code, result = 0;
    while (result == 0 && (code = sqlite3_step(row)) == SQLITE_ROW) {
        if (sqlite3_column_int64(row, 0) != series.id) {
            result = visit_series(&series, labels, visit, owner, fault);
            arena_clear(&arena);
            series = (struct series){ .id = sqlite3_column_int64(row, 0),
                                      .figure = column_copy(&arena, row, 1) };
        }
        if (result == 0 && series.figure == NULL)
            result = ledger_damage(ledger, "a series", fault);
        if (sqlite3_column_type(row, 2) == SQLITE_NULL)
            continue;
        const struct label label = { column_copy(&arena, row, 2), column_copy(&arena, row, 3) };
        if (result == 0 && (label.name == NULL || label.value == NULL))
            result = ledger_damage(ledger, "a series", fault);
        labels = array_reserve(labels, &room, series.label_count + 1, sizeof *labels);
        labels[series.label_count++] = label;
    }
    if (result == 0 && code != SQLITE_DONE)
        result = ledger_sqlite_fault(ledger, fault);
    if (result == 0)
        result = visit_series(&series, labels, visit, owner, fault);
    sqlite3_reset(row);
    arena_free(&arena);
    free(labels);
    return result;
}

int ledger_each_series(struct ledger *ledger, int64_t after, series_visitor *visit, void *owner,
                       struct fault *fault)
{
    struct sqlite3_stmt *row =
        ledger_statement(ledger, after == 0 ? ALL_SERIES : SERIES_AFTER, fault);
    if (row == NULL)
        return -1;
    if (after != 0)
        sqlite3_bind_int64(row, 1, after);
    return ledger_walk_series(ledger, row, visit, owner, fault);
}

int ledger_visit_series(struct ledger *ledger, int64_t id, series_visitor *visit, void *owner,
                        struct fault *fault)
{
    struct sqlite3_stmt *row = ledger_statement(ledger, ONE_SERIES, fault);
    if (row == NULL)
        return -1;
    sqlite3_bind_int64(row, 1, id);
    return ledger_walk_series(ledger, row, visit, owner, fault);
}

bool ledger_same_period(const struct vintage *a, const struct vintage *b)
{
    return a->series == b->series && a->statement.period.start == b->statement.period.start &&
           a->statement.period.end == b->statement.period.end;
}

static double revised_by(const struct statement *before, const struct statement *next)
{
    double from = strtod(before->value.text, NULL), to = strtod(next->value.text, NULL);
    return from == to ? 0 : (to - from) / fabs(from);
}

/* A value that is only said again, or with another status, stays revised. reported: the last value
 * in force that was no forecast, perhaps of another period; becomes next, if that is one. */
static void note_revision(struct vintage *reported, struct vintage *next)
{
    if (next->statement.missing || next->statement.status == 'F')
        return;
    if (reported->id != 0 && ledger_same_period(reported, next)) {
        double by = revised_by(&reported->statement, &next->statement);
        next->revised_by = by != 0 ? by : reported->revised_by;
        next->revised = by != 0 ? next->recorded : reported->revised;
    }
    *reported = *next;
}

int ledger_each_in_force(struct ledger *ledger, int64_t series, vintage_visitor *visit, void *owner,
                         struct fault *fault)
{
    struct sqlite3_stmt *row =
        ledger_statement(ledger, series == 0 ? ALL_VINTAGES : VINTAGES_OF_SERIES, fault);
    if (row == NULL)
        return -1;
    if (series != 0)
        sqlite3_bind_int64(row, 1, series);
    struct vintage in_force = { 0 }, reported = { 0 }, vintage;
    int code, result = 0;
    while (result == 0 && (code = sqlite3_step(row)) == SQLITE_ROW) {
        if (ledger_read_vintage(ledger, row, &vintage, fault) != 0) {
            result = -1;
            break;
        }
        bool same = ledger_same_period(&in_force, &vintage);
        if (in_force.id != 0 && !same)
            result = visit(owner, &in_force, fault);
        int64_t count = same ? in_force.count + 1 : 1;
        bool valued = (same && in_force.valued) || !vintage.statement.missing;
        if (!same || ledger_takes_over(ledger, &in_force, &vintage)) {
            note_revision(&reported, &vintage);
            in_force = vintage;
        }
        in_force.count = count;
        in_force.valued = valued;
    }
    if (result == 0 && code != SQLITE_DONE)
        result = ledger_sqlite_fault(ledger, fault);
    if (result == 0 && in_force.id != 0)
        result = visit(owner, &in_force, fault);
    sqlite3_reset(row);
    return result;
}

static int add_in_force(void *owner, const struct vintage *vintage, struct fault *fault)
{
    (void)fault;
    timeline_add(owner, &vintage->statement);
    return 0;
}

int ledger_read_timeline(struct ledger *ledger, int64_t series, enum figure_kind kind,
                         struct timeline *timeline, struct fault *fault)
{
    timeline_clear(timeline);
    if (ledger_each_in_force(ledger, series, add_in_force, timeline, fault) != 0)
        return -1;
    timeline_settle(timeline, kind);
    return 0;
}
