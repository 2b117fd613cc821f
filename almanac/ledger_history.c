/* SPDX-License-Identifier: MIT */
/* ledger_history.c - the ledger's history: every vintage, and what was known at a time */
#include "ledger_history.h"

#include "arena.h"
#include "ledger_append.h"
#include "ledger_private.h"
#include "timeline.h"

#include <sqlite3.h>

static int read_account(struct ledger *ledger, struct sqlite3_stmt *row, struct account *account,
                        struct fault *fault)
{
    if (ledger_read_vintage(ledger, row, &account->vintage, fault) != 0)
        return -1;
    account->reference = (const char *)sqlite3_column_text(row, LEDGER_VINTAGE_COLUMNS);
    account->comment = (const char *)sqlite3_column_text(row, LEDGER_VINTAGE_COLUMNS + 1);
    account->source = (const char *)sqlite3_column_text(row, LEDGER_VINTAGE_COLUMNS + 2);
    return account->source != NULL ? 0 : ledger_damage(ledger, "an observation's source", fault);
}

static int end_walk(struct ledger *ledger, struct sqlite3_stmt *row, int code, struct fault *fault)
{
    sqlite3_reset(row);
    return code == SQLITE_DONE ? 0 : ledger_sqlite_fault(ledger, fault);
}

static int walk_all(struct ledger *ledger, struct sqlite3_stmt *row, account_visitor *visit,
                    void *owner, struct fault *fault)
{
    struct vintage before = { 0 };
    int code, result = 0;
    while (result >= 0 && (code = sqlite3_step(row)) == SQLITE_ROW) {
        struct account account;
        if (read_account(ledger, row, &account, fault) != 0) {
            result = -1;
            break;
        }
        bool same = ledger_same_period(&before, &account.vintage);
        if (result > 0 && !same)
            break;
        account.vintage.count = same ? before.count + 1 : 1;
        before = account.vintage;
        int visited = visit(owner, &account, fault);
        result = visited != 0 ? visited : result;
    }
    if (code != SQLITE_ROW)
        return end_walk(ledger, row, code, fault);
    sqlite3_reset(row);
    return result;
}

/* The account in force of the current period; its strings outlive their row. */
struct holder {
    struct account account; /* id 0: none yet */
    struct arena arena;
};

static void hold(struct holder *holder, const struct account *account)
{
    arena_clear(&holder->arena);
    holder->account = *account;
    holder->account.source = arena_string(&holder->arena, account->source);
    holder->account.reference = arena_string(&holder->arena, account->reference);
    holder->account.comment = arena_string(&holder->arena, account->comment);
}

static int walk_in_force(struct ledger *ledger, struct sqlite3_stmt *row, account_visitor *visit,
                         void *owner, struct fault *fault)
{
    struct holder holder = { 0 };
    const struct vintage *in_force = &holder.account.vintage;
    int code, result = 0;
    while (result == 0 && (code = sqlite3_step(row)) == SQLITE_ROW) {
        struct account account;
        if (read_account(ledger, row, &account, fault) != 0) {
            result = -1;
            break;
        }
        bool same = ledger_same_period(in_force, &account.vintage);
        if (in_force->id != 0 && !same)
            result = visit(owner, &holder.account, fault);
        int64_t count = same ? in_force->count + 1 : 1;
        if (!same || ledger_takes_over(ledger, in_force, &account.vintage))
            hold(&holder, &account);
        holder.account.vintage.count = count;
    }
    if (result == 0)
        result = end_walk(ledger, row, code, fault);
    if (result == 0 && in_force->id != 0)
        result = visit(owner, &holder.account, fault);
    sqlite3_reset(row);
    arena_free(&holder.arena);
    return result;
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
