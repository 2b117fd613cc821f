/* SPDX-License-Identifier: MIT */
/* ledger_append.c - the ledger's writer: deliveries, many in one transaction */
#include "ledger_append.h"

#include "ledger_judge.h"
#include "ledger_private.h"

#include <sqlite3.h>

static void bind_text(struct sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC); /* NULL text binds NULL */
}

static void bind_if(struct sqlite3_stmt *statement, int index, bool there, int64_t number)
{
    if (there)
        sqlite3_bind_int64(statement, index, number);
    else
        sqlite3_bind_null(statement, index);
}

int ledger_commit(struct ledger *ledger, struct fault *fault)
{
    if (ledger_execute(ledger, "COMMIT", fault) == 0)
        return 0;
    ledger_rollback(ledger);
    return -1;
}

void ledger_rollback(struct ledger *ledger)
{
    sqlite3_step(ledger->statements[ROLL_BACK]); /* NULL before the first transaction */
    sqlite3_reset(ledger->statements[ROLL_BACK]);
}

int ledger_begin_with(struct ledger *ledger, const char *sql, struct fault *fault)
{
    return ledger_statement(ledger, ROLL_BACK, fault) != NULL ? ledger_execute(ledger, sql, fault)
                                                              : -1;
}

static int begin_transaction(struct ledger *ledger, struct fault *fault)
{
    id_map_clear(&ledger->series);
    id_map_clear(&ledger->met);
    id_map_clear(&ledger->old_figures);
    ledger->new_count = 0;
    if (ledger_in_place(ledger, fault) != 0 ||
        ledger_begin_with(ledger, "BEGIN IMMEDIATE; SAVEPOINT delivery", fault) != 0 ||
        ledger_data_version(ledger, fault) < 0)
        return -1;
    ledger->old_newest = ledger_newest(ledger, fault);
    struct sqlite3_stmt *row = ledger_statement(ledger, NEWEST_SERIES, fault);
    if (ledger->old_newest < 0 || row == NULL)
        return -1;
    return ledger_step_number(ledger, row, &ledger->old_series, fault) < 0 ? -1 : 0;
}

/* The first delivery begins the transaction; a previous delivery is complete. */
static int begin_delivery(struct ledger *ledger, struct fault *fault)
{
    return sqlite3_get_autocommit(ledger->db)
               ? begin_transaction(ledger, fault)
               : ledger_execute(ledger, "RELEASE delivery; SAVEPOINT delivery", fault);
}

int ledger_begin(struct ledger *ledger, const char *source, int64_t recorded, struct fault *fault)
{
    ledger->recorded = recorded;
    ledger->in_order = false;
    ledger->fetch = 0;
    ledger->ranked_series = 0; /* it may have been rolled back, and its id is used again */
    ledger->source =
        begin_delivery(ledger, fault) != 0 ? -1 : ledger_source_id(ledger, source, fault);
    if (ledger->source >= 0)
        return 0;
    ledger_rollback(ledger);
    return -1;
}

void ledger_take_in_order(struct ledger *ledger)
{
    ledger->in_order = true;
}

int ledger_drop(struct ledger *ledger, struct fault *fault)
{
    id_map_clear(&ledger->series);          /* it may hold series that were rolled back */
    if (sqlite3_get_autocommit(ledger->db)) /* rolled back by SQLite: a full disk */
        return fault_set(fault, "%s", ledger->failure.text);
    return ledger_execute(ledger, "ROLLBACK TO delivery", fault);
}

static int add_observation(struct ledger *ledger, const struct observation *observation,
                           const struct vintage *vintage, struct fault *fault)
{
    const struct statement *said = &observation->statement;
    struct sqlite3_stmt *row = ledger_statement(ledger, ADD_OBSERVATION, fault);
    if (row == NULL)
        return -1;
    char status[2] = { said->status, '\0' };
    sqlite3_bind_int64(row, 1, vintage->series);
    bind_text(row, 2, said->period.text);
    sqlite3_bind_int64(row, 3, said->period.start);
    sqlite3_bind_int64(row, 4, said->period.end);
    bind_text(row, 5, said->missing ? NULL : said->value.text);
    bind_text(row, 6, comparator_text(said->comparator));
    bind_text(row, 7, status);
    bind_if(row, 8, vintage->has_released, vintage->released);
    sqlite3_bind_int64(row, 9, vintage->recorded);
    sqlite3_bind_int64(row, 10, vintage->source);
    bind_text(row, 11, observation->reference);
    bind_text(row, 12, observation->comment);
    bind_if(row, 13, ledger->fetch != 0, ledger->fetch);
    return ledger_run(ledger, row, fault);
}

static int append(struct ledger *ledger, const struct observation *observation,
                  enum ledger_outcome *outcome, struct fault *fault)
{
    bool history = observation->source != NULL;
    struct vintage next = { .recorded = history ? observation->recorded : ledger->recorded,
                            .source = history ? ledger_source_id(ledger, observation->source, fault)
                                              : ledger->source,
                            .statement = observation->statement,
                            .has_released = observation->has_released,
                            .released = observation->released };
    next.series = ledger_series_id(ledger, observation, fault);
    if (next.source < 0 || next.series < 0)
        return -1;
    int judged = ledger_judge(ledger, observation, &next, outcome, fault);
    if (judged != 0 || *outcome == LEDGER_UNCHANGED)
        return judged;
    return add_observation(ledger, observation, &next, fault);
}

/* What is refused leaves no series without an observation. */
static int append_gap_ahead(struct ledger *ledger, const struct observation *observation,
                            enum ledger_outcome *outcome, struct fault *fault)
{
    if (ledger_execute(ledger, "SAVEPOINT gap", fault) != 0)
        return -1;
    int result = append(ledger, observation, outcome, fault);
    if (result == 0)
        return ledger_execute(ledger, "RELEASE gap", fault);
    id_map_clear(&ledger->series); /* it may hold the series that is rolled back */
    ledger->ranked_series = 0;
    if (result > 0 && ledger_execute(ledger, "ROLLBACK TO gap; RELEASE gap", fault) != 0)
        return -1;
    return result;
}

int ledger_append(struct ledger *ledger, const struct observation *observation,
                  enum ledger_outcome *outcome, struct fault *fault)
{
    return ledger_is_gap_ahead(ledger, observation)
               ? append_gap_ahead(ledger, observation, outcome, fault)
               : append(ledger, observation, outcome, fault);
}

int ledger_note_fetch(struct ledger *ledger, const struct ledger_fetch *fetch, struct fault *fault)
{
    struct sqlite3_stmt *row = ledger_statement(ledger, ADD_FETCH, fault);
    if (row == NULL)
        return -1;
    sqlite3_bind_int64(row, 1, ledger->source);
    sqlite3_bind_int64(row, 2, ledger->recorded);
    bind_text(row, 3, fetch->url);
    sqlite3_bind_int64(row, 4, fetch->status);
    bind_text(row, 5, fetch->sha256);
    sqlite3_bind_int64(row, 6, fetch->size);
    if (ledger_run(ledger, row, fault) != 0)
        return -1;
    ledger->fetch = sqlite3_last_insert_rowid(ledger->db);
    return 0;
}
