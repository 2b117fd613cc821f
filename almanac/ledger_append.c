/* SPDX-License-Identifier: MIT */
/* ledger_append.c - the ledger's writer: deliveries, many in one transaction */
#include "ledger_append.h"

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

/* What the existing vintages of a series and period mean for a report that may become the next. */
struct precedent {
    bool any, any_own;            /* whether vintages exist, and of the report's source */
    struct vintage in_force, own; /* own: the one in force if its source were the only one */
    bool said_before; /* the same statement and release, from no worse source, and nothing else of
                         that release by its own since */
    bool said_last;   /* the same statement, from its source, not released earlier */
    bool any_old;     /* whether there were any before this transaction that it has not repeated */
    int64_t recorded_last;  /* the latest of those */
    int64_t known;          /* the one that is this very report; 0: none */
    bool in_order, repeats; /* of a history without times of record: what it met last */
    bool any_new;           /* whether this transaction has added one */
};

/* What was there before this transaction. A history that has repeated a vintage comes after it,
 * even if the clock had gone back. One that says no times of record repeats in its order. */
static void remember(const struct ledger *ledger, const struct vintage *vintage,
                     const struct vintage *next, struct precedent *precedent)
{
    bool released_alike = vintage->has_released == next->has_released &&
                          (!next->has_released || vintage->released == next->released);
    bool said =
        statement_equal(&vintage->statement, &next->statement) && vintage->source == next->source;
    bool alike =
        said && released_alike && (precedent->in_order || vintage->recorded == next->recorded);
    if (id_map_find(&ledger->met, (const char *)&vintage->id, sizeof vintage->id) != 0) {
        precedent->repeats = said && !ledger_released_later(next, vintage);
        precedent->known = precedent->in_order ? 0 : precedent->known;
        return;
    }
    if (precedent->known == 0 && alike)
        precedent->known = vintage->id;
    if (!precedent->any_old || vintage->recorded > precedent->recorded_last)
        precedent->recorded_last = vintage->recorded;
    precedent->any_old = true;
}

/* Call for each vintage in order of recording. Its effect depends on the one then in force:
 *
 *                                             it is in force   it is its source's last word
 *   it took over                              yes              yes
 *   it did not: the other source is better,   no               yes, unless that source had already
 *     or says the same                                         stated one that was released later
 *   it did not: it was released earlier       no               no
 */
static void weigh(struct ledger *ledger, const struct vintage *vintage, const struct vintage *next,
                  struct precedent *precedent)
{
    bool same = statement_equal(&vintage->statement, &next->statement);
    bool took_over = !precedent->any || ledger_takes_over(ledger, &precedent->in_force, vintage);
    bool own = vintage->source == next->source;
    bool released_alike =
        vintage->has_released && next->has_released && vintage->released == next->released;
    if (released_alike && (same ? !ledger_outranks(ledger, next, vintage) : own))
        precedent->said_before = same;
    if (own) {
        bool yields =
            precedent->any && !took_over && ledger_released_in_order(&precedent->in_force, vintage);
        bool newer = !precedent->any_own || ledger_released_in_order(&precedent->own, vintage);
        if (took_over || (yields && newer))
            precedent->said_last = same && !ledger_released_later(next, vintage);
        if (newer)
            ledger_succeed(ledger, &precedent->own, vintage);
        precedent->any_own = true;
    }
    if (took_over)
        ledger_succeed(ledger, &precedent->in_force, vintage);
    precedent->any = true;
}

static int read_precedent(struct ledger *ledger, const struct vintage *next,
                          struct precedent *precedent, struct fault *fault)
{
    const struct period *period = &next->statement.period;
    struct sqlite3_stmt *row = ledger_statement(ledger, VINTAGES_OF_PERIOD, fault);
    if (row == NULL)
        return -1;
    sqlite3_bind_int64(row, 1, next->series);
    sqlite3_bind_int64(row, 2, period->start);
    sqlite3_bind_int64(row, 3, period->end);
    int more;
    struct vintage vintage;
    while ((more = ledger_step(ledger, row, fault)) > 0 &&
           ledger_read_vintage(ledger, row, &vintage, fault) == 0) {
        if (vintage.id <= ledger->old_newest)
            remember(ledger, &vintage, next, precedent);
        else
            precedent->any_new = true;
        weigh(ledger, &vintage, next, precedent);
    }
    sqlite3_reset(row);
    return more == 0 ? 0 : -1;
}

/* A series that is new in this transaction has only the periods appended since, so a period after
 * all of them has no vintages. A dropped delivery only causes a needless lookup. */
static bool lies_behind_all(struct ledger *ledger, const struct vintage *next)
{
    const struct period *period = &next->statement.period;
    if (next->series <= ledger->old_series)
        return false;
    size_t index = (size_t)(next->series - ledger->old_series - 1);
    ledger->new_ends =
        array_reserve(ledger->new_ends, &ledger->new_room, index + 1, sizeof *ledger->new_ends);
    while (ledger->new_count <= index)
        ledger->new_ends[ledger->new_count++] = INT64_MIN;
    bool behind = period->start >= ledger->new_ends[index];
    if (period->end > ledger->new_ends[index])
        ledger->new_ends[index] = period->end;
    return behind;
}

static enum ledger_outcome effect(struct ledger *ledger, const struct precedent *precedent,
                                  const struct vintage *next)
{
    bool revises = precedent->any && ledger_takes_over(ledger, &precedent->in_force, next) &&
                   !statement_equal(&precedent->in_force.statement, &next->statement);
    return revises ? LEDGER_REVISED : LEDGER_RECORDED;
}

/* The first line that applies to the report decides:
 *
 *   there is no vintage of its series and period                        recorded
 *   the same statement with the same release exists, of no worse source,
 *     and its own has not taken it back                                 unchanged
 *   it is its source's last word already, and it would take over, or
 *     would not only because of a better source or because that says the
 *     same, and is no earlier release of that word                      unchanged
 *   it does not take over                                               recorded
 *   it takes over and repeats what is in force                          recorded
 *   it takes over and states something else                             revised
 *
 * So a source that agrees is recorded once. Otherwise its next repetition would pass for news, and
 * undo what has been corrected since.
 */
static enum ledger_outcome judge(struct ledger *ledger, const struct precedent *precedent,
                                 const struct vintage *next)
{
    if (!precedent->any)
        return LEDGER_RECORDED;
    if (precedent->said_before)
        return LEDGER_UNCHANGED;
    bool takes_over = ledger_takes_over(ledger, &precedent->in_force, next);
    bool yields = !takes_over && ledger_released_in_order(&precedent->in_force, next) &&
                  (!precedent->any_own || ledger_released_in_order(&precedent->own, next));
    return precedent->said_last && (takes_over || yields) ? LEDGER_UNCHANGED
                                                          : effect(ledger, precedent, next);
}

static int refuse_earlier(const struct precedent *precedent, const struct vintage *next,
                          struct fault *fault)
{
    char then[PERIOD_TIME], last[PERIOD_TIME];
    period_write_time(next->recorded, then);
    period_write_time(precedent->recorded_last, last);
    fault_set(fault,
              "was recorded %s, but the ledger has a report of this period that was recorded %s; "
              "expected a history that goes on from there",
              then, last);
    return 1;
}

static void meet(struct ledger *ledger, const struct precedent *precedent)
{
    id_map_add(&ledger->met, (const char *)&precedent->known, sizeof precedent->known, 1);
}

/* Of a history without times of record: once it has said something else, it says all anew. */
static enum ledger_outcome judge_in_order(struct ledger *ledger, const struct precedent *precedent,
                                          const struct vintage *next)
{
    if (precedent->any_new || (precedent->known == 0 && !precedent->repeats))
        return judge(ledger, precedent, next);
    if (!precedent->repeats)
        meet(ledger, precedent);
    return LEDGER_UNCHANGED;
}

/* Returns 1, with a fault, for one that may not be appended. */
static int judge_history(struct ledger *ledger, const struct precedent *precedent,
                         const struct vintage *next, enum ledger_outcome *outcome,
                         struct fault *fault)
{
    if (precedent->known == 0) {
        if (precedent->any_old && next->recorded < precedent->recorded_last)
            return refuse_earlier(precedent, next, fault);
        *outcome = effect(ledger, precedent, next);
        return 0;
    }
    meet(ledger, precedent);
    *outcome = LEDGER_UNCHANGED;
    return 0;
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

/* A slip of the pen, or a table's cell of a year to come: it would end a stock. */
static int refuse_gap_ahead(const struct vintage *next, struct fault *fault)
{
    fault_set(fault,
              "the period '%s' begins in the future, and there is no forecast of it to withdraw; "
              "expected a period that has begun",
              next->statement.period.text);
    return 1;
}

static bool is_gap_ahead(const struct ledger *ledger, const struct observation *observation)
{
    const struct statement *statement = &observation->statement;
    return observation->source == NULL && statement->missing &&
           !period_has_begun(&statement->period, ledger->recorded);
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
    struct precedent precedent = { .in_order = ledger->in_order && !history };
    next.series = ledger_series_id(ledger, observation, fault);
    if (next.source < 0 || next.series < 0 ||
        (!lies_behind_all(ledger, &next) && read_precedent(ledger, &next, &precedent, fault) != 0))
        return -1;
    if (!precedent.any && is_gap_ahead(ledger, observation))
        return refuse_gap_ahead(&next, fault);
    if (!history)
        *outcome = precedent.in_order ? judge_in_order(ledger, &precedent, &next)
                                      : judge(ledger, &precedent, &next);
    else if (judge_history(ledger, &precedent, &next, outcome, fault) != 0)
        return 1;
    return *outcome == LEDGER_UNCHANGED ? 0 : add_observation(ledger, observation, &next, fault);
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
    return is_gap_ahead(ledger, observation) ? append_gap_ahead(ledger, observation, outcome, fault)
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
