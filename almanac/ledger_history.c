/* SPDX-License-Identifier: MIT */
/* ledger_history.c - walks over vintages: all, or those in force, now or as known at a time */
#include "ledger_history.h"

#include "arena.h"
#include "ledger_append.h"
#include "ledger_private.h"
#include "timeline.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>

/* The strings only if the query has them. */
static int read_account(struct ledger *ledger, struct sqlite3_stmt *row, struct account *account,
                        struct fault *fault)
{
    account->reference = account->comment = account->source = NULL;
    if (ledger_read_vintage(ledger, row, &account->vintage, fault) != 0)
        return -1;
    if (sqlite3_column_count(row) == LEDGER_VINTAGE_COLUMNS)
        return 0;
    account->reference = (const char *)sqlite3_column_text(row, LEDGER_VINTAGE_COLUMNS);
    account->comment = (const char *)sqlite3_column_text(row, LEDGER_VINTAGE_COLUMNS + 1);
    account->source = (const char *)sqlite3_column_text(row, LEDGER_VINTAGE_COLUMNS + 2);
    return account->source != NULL ? 0 : ledger_damage(ledger, "an observation's source", fault);
}

/* Reads the next row: 1, 0 if there is none, or -1 with a fault. */
static int next_account(struct ledger *ledger, struct sqlite3_stmt *row, struct account *account,
                        struct fault *fault)
{
    int more = ledger_step(ledger, row, fault);
    return more > 0 && read_account(ledger, row, account, fault) != 0 ? -1 : more;
}

bool ledger_same_period(const struct vintage *a, const struct vintage *b)
{
    return a->series == b->series && a->statement.period.start == b->statement.period.start &&
           a->statement.period.end == b->statement.period.end;
}

static int walk_all(struct ledger *ledger, struct sqlite3_stmt *row, account_visitor *visit,
                    void *owner, struct fault *fault)
{
    struct vintage before = { 0 };
    struct account account;
    int more = 1, result = 0;
    while (result >= 0 && (more = next_account(ledger, row, &account, fault)) > 0) {
        bool same = ledger_same_period(&before, &account.vintage);
        if (result > 0 && !same)
            break;
        account.vintage.count = same ? before.count + 1 : 1;
        before = account.vintage;
        int visited = visit(owner, &account, fault);
        result = visited != 0 ? visited : result;
    }
    sqlite3_reset(row);
    return more > 0 ? result : more;
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

/* The account in force of the current period; its strings outlive their row. */
struct holder {
    struct account account; /* id 0: none yet */
    struct arena arena;
};

static void hold(struct ledger *ledger, struct holder *holder, const struct account *account)
{
    struct vintage vintage = holder->account.vintage;
    ledger_succeed(ledger, &vintage, &account->vintage);
    arena_clear(&holder->arena);
    holder->account = *account;
    holder->account.vintage = vintage;
    holder->account.source = arena_string(&holder->arena, account->source);
    holder->account.reference = arena_string(&holder->arena, account->reference);
    holder->account.comment = arena_string(&holder->arena, account->comment);
}

static int walk_in_force(struct ledger *ledger, struct sqlite3_stmt *row, account_visitor *visit,
                         void *owner, struct fault *fault)
{
    struct holder holder = { 0 };
    struct account account;
    struct vintage reported = { 0 }, *in_force = &holder.account.vintage;
    int more = 1, result = 0;
    while (result == 0 && (more = next_account(ledger, row, &account, fault)) > 0) {
        bool same = ledger_same_period(in_force, &account.vintage);
        if (in_force->id != 0 && !same)
            result = visit(owner, &holder.account, fault);
        int64_t count = same ? in_force->count + 1 : 1;
        bool valued = (same && in_force->valued) || !account.vintage.statement.missing;
        if (!same || ledger_takes_over(ledger, in_force, &account.vintage)) {
            note_revision(&reported, &account.vintage);
            hold(ledger, &holder, &account);
        }
        in_force->count = count;
        in_force->valued = valued;
    }
    if (result == 0 && more == 0 && in_force->id != 0)
        result = visit(owner, &holder.account, fault);
    sqlite3_reset(row);
    arena_free(&holder.arena);
    return more < 0 ? -1 : result;
}

/* For a visitor of vintages alone. */
struct vintage_walk {
    vintage_visitor *visit;
    void *owner;
};

static int visit_vintage(void *owner, const struct account *account, struct fault *fault)
{
    const struct vintage_walk *walk = owner;
    return walk->visit(walk->owner, &account->vintage, fault);
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
    struct vintage_walk walk = { visit, owner };
    return walk_in_force(ledger, row, visit_vintage, &walk, fault);
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

/* SQLite seeks the first start in its index, but would walk there from one that comes before. */
static int64_t first_start(const struct recall *recall)
{
    int64_t from = recall->within ? recall->from : INT64_MIN;
    return recall->after != NULL && recall->after->start > from ? recall->after->start : from;
}

int ledger_each_account(struct ledger *ledger, const struct recall *recall, account_visitor *visit,
                        void *owner, struct fault *fault)
{
    struct sqlite3_stmt *row = ledger_statement(ledger, ACCOUNTS_OF_SERIES, fault);
    if (row == NULL)
        return -1;
    sqlite3_bind_int64(row, 1, recall->series);
    sqlite3_bind_int64(row, 2, recall->known_by);
    sqlite3_bind_int64(row, 3, first_start(recall));
    sqlite3_bind_int64(row, 4, recall->within ? recall->until : INT64_MAX);
    sqlite3_bind_int64(row, 5, recall->after == NULL ? INT64_MIN : recall->after->start);
    sqlite3_bind_int64(row, 6, recall->after == NULL ? INT64_MIN : recall->after->end);
    sqlite3_bind_int64(row, 7, recall->newest == 0 ? INT64_MAX : recall->newest);
    return recall->in_force ? walk_in_force(ledger, row, visit, owner, fault)
                            : walk_all(ledger, row, visit, owner, fault);
}

static int add_statement(void *owner, const struct account *account, struct fault *fault)
{
    (void)fault;
    timeline_add(owner, &account->vintage.statement);
    return 0;
}

int ledger_recall_timeline(struct ledger *ledger, int64_t series, enum figure_kind kind,
                           int64_t known_by, struct timeline *timeline, struct fault *fault)
{
    const struct recall recall = { .series = series, .known_by = known_by, .in_force = true };
    timeline_clear(timeline);
    if (ledger_each_account(ledger, &recall, add_statement, timeline, fault) != 0)
        return -1;
    timeline_settle(timeline, kind);
    return 0;
}

int ledger_freeze(struct ledger *ledger, struct fault *fault)
{
    return ledger_begin_with(ledger, "BEGIN", fault);
}

void ledger_thaw(struct ledger *ledger)
{
    ledger_rollback(ledger);
}
