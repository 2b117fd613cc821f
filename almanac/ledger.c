/* SPDX-License-Identifier: MIT */
/* ledger.c - the append-only store on disk of every observation ever reported */
#include "arena.h"
#include "file.h"
#include "ledger_private.h"
#include "ledger_schema.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* Keeps rollback data in memory, so that no folder for temporary files is needed. */
#define WRITER_PRAGMAS                                                                             \
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"                                        \
    "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY"

enum { WRITER_BUSY_MS = 10000, READER_BUSY_MS = 2000 };

#define VINTAGE_COLUMNS                                                                            \
    "id, series, recorded, time_period, period_start, period_end, obs_value, comparator, "         \
    "obs_status, released, source"

/* Each row has one label, in their order, or NULL. */
#define SERIES_LABELS                                                                              \
    "SELECT s.id, s.figure, label.key, label.value"                                                \
    " FROM series s LEFT JOIN json_each(s.labels) label"

static const char *const queries[LEDGER_QUERIES] = {
    [FIND_SOURCE] = "SELECT id FROM source WHERE name = ?1",
    [NAME_OF_SOURCE] = "SELECT name FROM source WHERE id = ?1",
    [FIGURE_OF_SERIES] = "SELECT figure FROM series WHERE id = ?1",
    [ADD_SOURCE] = "INSERT OR FAIL INTO source (name) VALUES (?1)",
    [PUT_STATE] = "INSERT OR REPLACE INTO source_state (source, up, last_success_ms, duration_ms)"
                  " VALUES (?1, ?2, ?3, ?4)",
    [FIND_SERIES] = "SELECT id FROM series WHERE figure = ?1 AND labels = ?2",
    [ADD_SERIES] = "INSERT OR FAIL INTO series (figure, labels) VALUES (?1, ?2)",
    [HAD_SERIES] = "SELECT 1 FROM series WHERE figure = ?1 AND id <= ?2 LIMIT 1",
    [NEWEST_SERIES] = "SELECT coalesce(max(id), 0) FROM series",
    [VINTAGES_OF_PERIOD] = "SELECT " VINTAGE_COLUMNS " FROM observation"
                           " WHERE series = ?1 AND period_start = ?2 AND period_end = ?3"
                           " ORDER BY id",
    [ADD_OBSERVATION] = "INSERT OR FAIL INTO observation (series, time_period, period_start,"
                        " period_end, obs_value, comparator, obs_status, released, recorded,"
                        " source, reference, comment, fetch)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    [ADD_FETCH] = "INSERT OR FAIL INTO fetch (source, fetched, url, status, sha256, size)"
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [VERSION] = "PRAGMA data_version",
    [NEWEST] = "SELECT coalesce(max(id), 0) FROM observation",
    [ONE_VINTAGE] = "SELECT " VINTAGE_COLUMNS " FROM observation WHERE id = ?1",
    [IDENTITY] = "SELECT mark FROM identity",
    [SERIES_AFTER] = SERIES_LABELS " WHERE s.id IN (SELECT series FROM observation WHERE id > ?1)"
                                   " ORDER BY s.figure, s.labels",
    [ALL_SERIES] = SERIES_LABELS " ORDER BY s.figure, s.labels",
    [VINTAGES_OF_SERIES] = "SELECT " VINTAGE_COLUMNS " FROM observation WHERE series = ?1"
                           " ORDER BY period_start, period_end, id",
    [ALL_VINTAGES] = "SELECT " VINTAGE_COLUMNS " FROM observation"
                     " ORDER BY series, period_start, period_end, id",
    [ACCOUNTS_OF_SERIES] = "SELECT " VINTAGE_COLUMNS ", reference, comment,"
                           " (SELECT name FROM source WHERE source.id = observation.source)"
                           " FROM observation"
                           " WHERE series = ?1 AND coalesce(released, recorded) <= ?2"
                           " AND period_start >= ?3 AND period_end <= ?4"
                           " AND (period_start, period_end) > (?5, ?6) AND id <= ?7"
                           " ORDER BY period_start, period_end, id",
    [ONE_SERIES] = SERIES_LABELS " WHERE s.id = ?1",
    [SERIES_OF_GROUP] =
        SERIES_LABELS " WHERE s.id IN (SELECT series FROM push_group WHERE grouping = ?1)"
                      " ORDER BY s.figure, s.labels",
    [JOIN_GROUP] = "INSERT INTO push_group (series, grouping) VALUES (?1, ?2)"
                   " ON CONFLICT (series) DO UPDATE SET grouping = ?2 WHERE grouping <> ?2",
    [LEAVE_GROUP] = "DELETE FROM push_group WHERE series = ?1",
    [ROLL_BACK] = "ROLLBACK",
    [STATES] = "SELECT name, up, last_success_ms, duration_ms"
               " FROM source_state JOIN source ON id = source ORDER BY name",
};

/* The system's error behind SQLite's, or 0. SQLite keeps errno of an open that failed; of a write
 * or sync that failed a COMMIT, only errno itself tells. */
static int system_error(struct sqlite3 *db)
{
    int last = errno, code = sqlite3_extended_errcode(db);
    if ((code & 0xFF) == SQLITE_CANTOPEN)
        return sqlite3_system_errno(db);
    bool system = (code & 0xFF) == SQLITE_IOERR && code != SQLITE_IOERR_SHORT_READ &&
                  code != SQLITE_IOERR_NOMEM;
    return system ? last : 0;
}

int ledger_db_fault(struct sqlite3 *db, struct fault *fault)
{
    int system = system_error(db);
    return fault_set(fault, "%s%s%s", sqlite3_errmsg(db), system != 0 ? ": " : "",
                     system != 0 ? strerror(system) : "");
}

int ledger_sqlite_fault(struct ledger *ledger, struct fault *fault)
{
    ledger->failure = (struct fault){ 0 };
    ledger_db_fault(ledger->db, &ledger->failure);
    fault_at(&ledger->failure, "ledger %s: ", ledger->path);
    return fault_set(fault, "%s", ledger->failure.text);
}

struct sqlite3_stmt *ledger_statement(struct ledger *ledger, enum ledger_query query,
                                      struct fault *fault)
{
    struct sqlite3_stmt **statement = &ledger->statements[query];
    if (*statement == NULL &&
        sqlite3_prepare_v3(ledger->db, queries[query], -1, SQLITE_PREPARE_PERSISTENT, statement,
                           NULL) != SQLITE_OK)
        ledger_sqlite_fault(ledger, fault);
    return *statement;
}

int ledger_step(struct ledger *ledger, struct sqlite3_stmt *statement, struct fault *fault)
{
    int code = sqlite3_step(statement);
    return code == SQLITE_ROW ? 1 : code == SQLITE_DONE ? 0 : ledger_sqlite_fault(ledger, fault);
}

int ledger_step_number(struct ledger *ledger, struct sqlite3_stmt *statement, int64_t *number,
                       struct fault *fault)
{
    int found = ledger_step(ledger, statement, fault);
    if (found > 0)
        *number = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return found;
}

int ledger_run(struct ledger *ledger, struct sqlite3_stmt *statement, struct fault *fault)
{
    int64_t none;
    int result = ledger_step_number(ledger, statement, &none, fault);
    sqlite3_clear_bindings(statement);
    return result < 0 ? -1 : 0;
}

int ledger_execute(struct ledger *ledger, const char *sql, struct fault *fault)
{
    if (sqlite3_exec(ledger->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return ledger_sqlite_fault(ledger, fault);
    return 0;
}

static int prepare(struct ledger *ledger, enum ledger_door door, struct fault *fault)
{
    bool writer = door == LEDGER_WRITER;
    if (file_check_kind(ledger->path, fault) != 0) /* SQLite would block on a FIFO */
        return fault_at(fault, "ledger ");
    int flags = writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(ledger->path, &ledger->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return ledger_sqlite_fault(ledger, fault);
    /* Keeps the WAL and shared-memory files after the last connection, so that a reader of another
     * user, who may not create them, still finds them. */
    int keep = 1;
    sqlite3_file_control(ledger->db, NULL, SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_busy_timeout(ledger->db, writer ? WRITER_BUSY_MS : READER_BUSY_MS);
    if (ledger_schema_check(ledger->db, writer, fault) != 0)
        return fault_at(fault, "ledger %s: ", ledger->path);
    if (!writer)
        return 0;
    if (ledger_execute(ledger, WRITER_PRAGMAS, fault) != 0) /* they change the file */
        return -1;
    return ledger_schema_make(ledger->db, fault) == 0
               ? 0
               : fault_at(fault, "ledger %s: ", ledger->path);
}

struct ledger *ledger_open(const char *path, enum ledger_door door, struct fault *fault)
{
    struct ledger *ledger = array_new(1, sizeof *ledger);
    ledger->path = array_string(path);
    if (prepare(ledger, door, fault) == 0)
        return ledger;
    ledger_close(ledger);
    return NULL;
}

void ledger_close(struct ledger *ledger)
{
    if (ledger == NULL)
        return;
    for (size_t i = 0; i < LEDGER_QUERIES; i++)
        sqlite3_finalize(ledger->statements[i]);
    sqlite3_close(ledger->db);
    id_map_clear(&ledger->series);
    id_map_clear(&ledger->met);
    id_map_clear(&ledger->old_figures);
    free(ledger->new_ends);
    text_free(&ledger->key);
    text_free(&ledger->labels);
    free(ledger->path);
    free(ledger);
}
