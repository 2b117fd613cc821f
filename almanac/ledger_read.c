/* SPDX-License-Identifier: MIT */
/* ledger_read.c - the ledger's reader: its rows, and a walk over series */
#include "arena.h"
#include "hash.h"
#include "ledger_private.h"

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
    vintage->has_latest = vintage->has_released;
    vintage->latest = vintage->released;
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
    int found = ledger_step(ledger, row, fault);
    int result = found > 0 ? ledger_read_vintage(ledger, row, &vintage, fault) : found;
    sqlite3_reset(row);
    *mark = found > 0 && result == 0 ? hash_vintage(identity, &vintage) : 0;
    return result;
}

/* The series whose rows are being read, id 0: none yet. */
struct collecting {
    struct series series;
    struct label *labels;
    size_t room;
    struct arena arena;
};

/* Passes the series, if there is one, to the visitor. */
static int visit_series(struct collecting *collecting, series_visitor *visit, void *owner,
                        struct fault *fault)
{
    collecting->series.labels = collecting->labels;
    return collecting->series.id == 0 ? 0 : visit(owner, &collecting->series, fault);
}

static char *column_copy(struct arena *arena, struct sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text == NULL ? NULL : arena_copy(arena, text, (size_t)sqlite3_column_bytes(row, column));
}

static void begin_series(struct collecting *collecting, struct sqlite3_stmt *row)
{
    arena_clear(&collecting->arena);
    collecting->series = (struct series){ .id = sqlite3_column_int64(row, 0),
                                          .figure = column_copy(&collecting->arena, row, 1) };
}

static int add_label(struct ledger *ledger, struct collecting *collecting, struct sqlite3_stmt *row,
                     struct fault *fault)
{
    struct series *series = &collecting->series;
    if (series->figure == NULL)
        return ledger_damage(ledger, "a series", fault);
    if (sqlite3_column_type(row, 2) == SQLITE_NULL)
        return 0;
    const struct label label = { column_copy(&collecting->arena, row, 2),
                                 column_copy(&collecting->arena, row, 3) };
    if (label.name == NULL || label.value == NULL)
        return ledger_damage(ledger, "a series", fault);
    collecting->labels = array_reserve(collecting->labels, &collecting->room,
                                       series->label_count + 1, sizeof *collecting->labels);
    collecting->labels[series->label_count++] = label;
    return 0;
}

int ledger_walk_series(struct ledger *ledger, struct sqlite3_stmt *row, series_visitor *visit,
                       void *owner, struct fault *fault)
{
    struct collecting collecting = { 0 };
    int more = 1, result = 0;
    while (result == 0 && (more = ledger_step(ledger, row, fault)) > 0) {
        if (sqlite3_column_int64(row, 0) != collecting.series.id) {
            result = visit_series(&collecting, visit, owner, fault);
            begin_series(&collecting, row);
        }
        if (result == 0)
            result = add_label(ledger, &collecting, row, fault);
    }
    if (result == 0 && more == 0)
        result = visit_series(&collecting, visit, owner, fault);
    sqlite3_reset(row);
    arena_free(&collecting.arena);
    free(collecting.labels);
    return more < 0 ? -1 : result;
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
