/* SPDX-License-Identifier: MIT */
/* ledger_private.h - what the ledger's own files share: the connection and its statements */
#ifndef ALMANAC_LEDGER_PRIVATE_H
#define ALMANAC_LEDGER_PRIVATE_H

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
    NEWEST_SERIES,
    VINTAGES_OF_PERIOD,
    ADD_OBSERVATION,
    ADD_FETCH,
    VERSION,
    NEWEST,
    SERIES_AFTER,
    ALL_SERIES,
    VINTAGES_OF_SERIES,
    ALL_VINTAGES,
    ACCOUNTS_OF_SERIES,
    STATES,
    SERIES_OF_GROUP,
    JOIN_GROUP,
    LEAVE_GROUP,
    LEDGER_QUERIES,
};

struct ledger {
    struct sqlite3 *db;
    char *path;
    struct sqlite3_stmt *statements[LEDGER_QUERIES];
    int64_t size;                    /* of the file, when last looked at */
    int64_t version;                 /* of the data, when the schema was last looked at */
    struct fault failure;            /* the last that SQLite spoke of */
    int64_t source, recorded, fetch; /* of the delivery under way; fetch 0: none */
    const struct figure *figures;    /* borrowed: whose preferences count */
    size_t figure_count;
    bool has_preferences;
    int64_t ranked_series; /* the last one asked for, and its figure */
    const struct figure *ranked_figure;
    int64_t old_series; /* the last of those that were there before this transaction */
    int64_t *new_ends;  /* of those behind it: where the last period appended to each ends */
    size_t new_count, new_room;
    struct id_map series;    /* those met in this delivery, by figure and label values */
    struct text key, labels; /* room for what a series is found by: in the map, in the table */
};

/* A statement is prepared when first asked for, and kept. NULL with a fault. */
struct sqlite3_stmt *ledger_statement(struct ledger *ledger, enum ledger_query query,
                                      struct fault *fault);

/* Runs a statement that answers with one number or none: 1, 0, or -1 with a fault. */
int ledger_step_number(struct ledger *ledger, struct sqlite3_stmt *statement, int64_t *number,
                       struct fault *fault);

/* -1 with a fault when the file was taken from its place, cut off or overwritten: what is open is
 * not the ledger any more. */
int ledger_in_place(struct ledger *ledger, struct fault *fault);
/* As ledger_version, wherever the file is. -1 with a fault, too, where the one who has written has
 * made it another version of the schema. */
int64_t ledger_data_version(struct ledger *ledger, struct fault *fault);

/* Hands the series of a query like ALL_SERIES to the visitor. */
int ledger_walk_series(struct ledger *ledger, struct sqlite3_stmt *row, series_visitor *visit,
                       void *owner, struct fault *fault);
/* The id of the observation's series, and of a source. Either is added where there is none. -1 with
 * a fault. */
int64_t ledger_series_id(struct ledger *ledger, const struct observation *observation,
                         struct fault *fault);
int64_t ledger_source_id(struct ledger *ledger, const char *name, struct fault *fault);

int ledger_execute(struct ledger *ledger, const char *sql, struct fault *fault);
int ledger_sqlite_fault(struct ledger *ledger, struct fault *fault); /* always -1 */

/* Reads the columns that the VINTAGES queries begin with. */
void ledger_read_vintage(struct sqlite3_stmt *row, struct vintage *vintage);
enum { LEDGER_COLUMN_SOURCE = 10, LEDGER_VINTAGE_COLUMNS };

/* Whether both are of one series and period. */
bool ledger_same_period(const struct vintage *a, const struct vintage *b);

/* Whether next takes over from before: the one of a better source does. Where sources count alike
 * next does, unless both say when they were released and next was released earlier. */
bool ledger_takes_over(struct ledger *ledger, const struct vintage *before,
                       const struct vintage *next);
/* Whether next takes over as far as releases tell. */
bool ledger_released_in_order(const struct vintage *before, const struct vintage *next);

#endif
