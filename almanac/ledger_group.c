/* SPDX-License-Identifier: MIT */
/* ledger_group.c - which series a pushing client's group holds: state, not truth */
#include "ledger_group.h"

#include "ledger_private.h"

#include <sqlite3.h>

int ledger_each_of_group(struct ledger *ledger, const char *group, series_visitor *visit,
                         void *owner, struct fault *fault)
{
    struct sqlite3_stmt *row = ledger_statement(ledger, SERIES_OF_GROUP, fault);
    if (row == NULL)
        return -1;
    sqlite3_bind_text(row, 1, group, -1, SQLITE_STATIC);
    return ledger_walk_series(ledger, row, visit, owner, fault);
}

int64_t ledger_join_group(struct ledger *ledger, const char *group,
                          const struct observation *observation, struct fault *fault)
{
    int64_t series = ledger_series_id(ledger, observation, fault);
    struct sqlite3_stmt *row = series < 0 ? NULL : ledger_statement(ledger, JOIN_GROUP, fault);
    if (row == NULL)
        return -1;
    sqlite3_bind_int64(row, 1, series);
    sqlite3_bind_text(row, 2, group, -1, SQLITE_STATIC);
    return ledger_run(ledger, row, fault) == 0 ? series : -1;
}

int ledger_leave_group(struct ledger *ledger, int64_t series, struct fault *fault)
{
    struct sqlite3_stmt *row = ledger_statement(ledger, LEAVE_GROUP, fault);
    if (row == NULL)
        return -1;
    sqlite3_bind_int64(row, 1, series);
    return ledger_run(ledger, row, fault);
}
