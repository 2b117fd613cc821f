/* SPDX-License-Identifier: MIT */
/* ledger_source.c - the status of each source: state, not truth */
#include "ledger_source.h"

#include "ledger_private.h"

#include <sqlite3.h>

int ledger_put_source(struct ledger *ledger, const struct source_state *state, struct fault *fault)
{
    int64_t id = ledger_source_id(ledger, state->source, fault);
    struct sqlite3_stmt *row = id < 0 ? NULL : ledger_statement(ledger, PUT_STATE, fault);
    if (row == NULL)
        return -1;
    sqlite3_bind_int64(row, 1, id);
    sqlite3_bind_int(row, 2, state->up);
    sqlite3_bind_int64(row, 3, state->last_success_ms);
    sqlite3_bind_int64(row, 4, state->duration_ms);
    return ledger_run(ledger, row, fault);
}

int ledger_each_source(struct ledger *ledger, source_visitor *visit, void *owner,
                       struct fault *fault)
{
    struct sqlite3_stmt *row = ledger_statement(ledger, STATES, fault);
    if (row == NULL)
        return -1;
    int more = 1, result = 0;
    while (result == 0 && (more = ledger_step(ledger, row, fault)) > 0) {
        struct source_state state = { .source = (const char *)sqlite3_column_text(row, 0),
                                      .up = sqlite3_column_int(row, 1) != 0,
                                      .last_success_ms = sqlite3_column_int64(row, 2),
                                      .duration_ms = sqlite3_column_int64(row, 3) };
        result = state.source == NULL ? ledger_damage(ledger, "a source", fault)
                                      : visit(owner, &state, fault);
    }
    sqlite3_reset(row);
    return more < 0 ? -1 : result;
}
