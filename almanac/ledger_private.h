/* SPDX-License-Identifier: MIT */
/* ledger_private.h - the connection and statements that the ledger's files share */
#ifndef ALMANAC_LEDGER_PRIVATE_H
#define ALMANAC_LEDGER_PRIVATE_H

#include "catalogue.h"
#include "fault.h"
#include "id_map.h"
#include "ledger.h"
#include "text.h"

struct sqlite3;
struct sqlite3_stmt;

enum ledger_query {
    FIND_SOURCE,
    NAME_OF_SOURCE,
    FIGURE_OF_SERIES,
    ADD_SOURCE,
    PUT_STATE,
    FIND_SERIES,
    ADD_SERIES,
    HAD_SERIES,
    NEWEST_SERIES,
    VINTAGES_OF_PERIOD,
    ADD_OBSERVATION,
    ADD_FETCH,
    VERSION,
    NEWEST,
    ONE_VINTAGE,
    IDENTITY,
    SERIES_AFTER,
    ALL_SERIES,
    ONE_SERIES,
    VINTAGES_OF_SERIES,
    ALL_VINTAGES,
    ACCOUNTS_OF_SERIES,
    STATES,
    SERIES_OF_GROUP,
    JOIN_GROUP,
    LEAVE_GROUP,
    ROLL_BACK,
    LEDGER_QUERIES,
};

struct ledger {
    struct sqlite3 *db;
    char *path;
    struct sqlite3_stmt *statements[LEDGER_QUERIES];
    int64_t size;                    /* of the file, when last checked */
    int64_t version;                 /* of the data, when the schema was last checked */
    struct fault failure;            /* the last one that SQLite reported */
    int64_t source, recorded, fetch; /* of the current delivery; fetch 0: none */
    bool in_order;                   /* see ledger_take_in_order */
    struct catalogue preferred;      /* of the figures whose preferences count */
    bool has_preferences;
    int64_t ranked_series; /* the last series that was ranked, and its figure */
    const struct figure *ranked_figure;
    int64_t old_newest; /* the newest observation before this transaction */
    int64_t old_series; /* the last series that existed before this transaction */
    int64_t *new_ends;  /* per series after that: the end of the last period appended */
    size_t new_count, new_room;
    struct id_map met;    /* vintages that a history in this transaction has repeated: each once */
    struct id_map series; /* the series seen in this transaction, by figure and label values */
    struct id_map old_figures; /* the figures that series were added to in this transaction: which
                                  had others before it */
    bool began;                /* see ledger_began_series */
    struct text key, labels;   /* buffers for a series' key in the map and in the table */
};

/* Prepares the statement on first use and keeps it. NULL with a fault. */
struct sqlite3_stmt *ledger_statement(struct ledger *ledger, enum ledger_query query,
                                      struct fault *fault);

/* Begins a transaction. The rollback is prepared first: memory may run out before it is needed, and
 * a transaction that is not left has the next one's place. */
int ledger_begin_with(struct ledger *ledger, const char *sql, struct fault *fault);

/* Moves to the next row: 1, 0 if there is none, or -1 with a fault. Reset the statement at last. */
int ledger_step(struct ledger *ledger, struct sqlite3_stmt *statement, struct fault *fault);
/* Runs a statement that returns one number or none: 1, 0, or -1 with a fault. */
int ledger_step_number(struct ledger *ledger, struct sqlite3_stmt *statement, int64_t *number,
                       struct fault *fault);
/* Runs a statement that returns nothing, and lets go of what it borrows. 0, or -1 with a fault. */
int ledger_run(struct ledger *ledger, struct sqlite3_stmt *statement, struct fault *fault);

/* -1 with a fault if the file was moved, removed, truncated or overwritten: the open file is no
 * longer the ledger. */
int ledger_in_place(struct ledger *ledger, struct fault *fault);
/* Like ledger_version, but does not check the file's place. Also -1 with a fault if a writer
 * changed the schema's version. */
int64_t ledger_data_version(struct ledger *ledger, struct fault *fault);

/* Passes the series of a query like ALL_SERIES to the visitor. */
int ledger_walk_series(struct ledger *ledger, struct sqlite3_stmt *row, series_visitor *visit,
                       void *owner, struct fault *fault);
/* The id of the observation's series, or of a source; adds it if it is missing. -1 with a fault. */
int64_t ledger_series_id(struct ledger *ledger, const struct observation *observation,
                         struct fault *fault);
int64_t ledger_source_id(struct ledger *ledger, const char *name, struct fault *fault);

int ledger_execute(struct ledger *ledger, const char *sql, struct fault *fault);
/* The last failure, in SQLite's words and the system's; ledger_sqlite_fault names the file, too.
 * Always -1. */
int ledger_db_fault(struct sqlite3 *db, struct fault *fault);
int ledger_sqlite_fault(struct ledger *ledger, struct fault *fault);

/* Reads the columns with which the VINTAGES queries begin. -1 with a fault if one is damaged. */
int ledger_read_vintage(struct ledger *ledger, struct sqlite3_stmt *row, struct vintage *vintage,
                        struct fault *fault);
/* Where a row lacks a text that the schema requires: no memory, or a damaged file. Always -1. */
int ledger_damage(struct ledger *ledger, const char *what, struct fault *fault);
enum { LEDGER_VINTAGE_COLUMNS = 11 };

/* Whether they are of the same series and period. */
bool ledger_same_period(const struct vintage *a, const struct vintage *b);

/* Whether next takes over from before. The one of the better source does; if their sources rank
 * equal, next does, unless it was released earlier than before's latest; but if next says the same,
 * only if it was released later, or an agreeing source would hide that release. */
bool ledger_takes_over(struct ledger *ledger, const struct vintage *before,
                       const struct vintage *next);
/* *in_force becomes next, which takes over from it, or is of another period. */
void ledger_succeed(struct ledger *ledger, struct vintage *in_force, const struct vintage *next);
/* Whether next's source is better than before's. */
bool ledger_outranks(struct ledger *ledger, const struct vintage *next,
                     const struct vintage *before);
/* The same as ledger_takes_over, by release alone. */
bool ledger_released_in_order(const struct vintage *before, const struct vintage *next);
bool ledger_released_later(const struct vintage *next, const struct vintage *before);

#endif
