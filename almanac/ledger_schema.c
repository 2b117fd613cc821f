/* SPDX-License-Identifier: MIT */
/* ledger_schema.c - the ledger's tables, and the check that a file has them */
#include "ledger_schema.h"

#include "ledger_private.h"

#include <sqlite3.h>
#include <stddef.h>

#define LITERAL(number) #number
#define TEXT_OF(number) LITERAL(number)

/* "Alma" in ASCII; file(1) and ledger_open recognise a ledger by it. */
#define APPLICATION_ID 1097624929

/* Refuses every change to existing rows, INSERT OR REPLACE included. Inserts use FAIL, since an
 * insert that fails has changed nothing: with ABORT in its trigger, or a function in a CHECK,
 * SQLite would copy each page before the insert. */
#define APPEND_ONLY(table, taken)                                                                  \
    "CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table                                   \
    " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;"                                \
    "CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table                                   \
    " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;"                                \
    "CREATE TRIGGER " table "_no_replace BEFORE INSERT ON " table " WHEN " taken                   \
    " BEGIN SELECT RAISE(FAIL, 'the ledger is append-only'); END;"

#define HAS(table, same) "EXISTS (SELECT 1 FROM " table " WHERE " same ")"

/* Most inserts give no id; before them NEW.id is below zero. */
#define HAS_ID(table) "NEW.id > 0 AND " HAS(table, "id = NEW.id")

static const char tables[] =
    "CREATE TABLE source ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE"
    ") STRICT;"
    "CREATE TABLE series ("
    "  id INTEGER PRIMARY KEY,"
    "  figure TEXT NOT NULL,"
    "  labels TEXT NOT NULL," /* a JSON object, its keys sorted */
    "  UNIQUE (figure, labels)"
    ") STRICT;"
    /* Fetches that brought something new. */
    "CREATE TABLE fetch ("
    "  id INTEGER PRIMARY KEY CHECK (id > 0),"
    "  source INTEGER NOT NULL REFERENCES source (id),"
    "  fetched INTEGER NOT NULL,"
    "  url TEXT NOT NULL,"
    "  status INTEGER NOT NULL,"                          /* HTTP status; 0: a file */
    "  sha256 TEXT NOT NULL CHECK (length(sha256) = 64)," /* of the body, in hexadecimal digits */
    "  size INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE observation ("
    "  id INTEGER PRIMARY KEY CHECK (id > 0),"
    "  series INTEGER NOT NULL REFERENCES series (id),"
    "  time_period TEXT NOT NULL," /* as reported */
    "  period_start INTEGER NOT NULL,"
    "  period_end INTEGER NOT NULL CHECK (period_end > period_start),"
    "  obs_value TEXT," /* an exact decimal; NULL: missing, and obs_status says why */
    /* Not IN (…), for which SQLite fills a table at each insert. The codes are those of
     * CL_OBS_STATUS. */
    "  comparator TEXT NOT NULL CHECK (comparator = '' OR comparator = '<' OR comparator = '<='"
    "    OR comparator = '>=' OR comparator = '>' OR comparator = '~'),"
    "  obs_status TEXT NOT NULL CHECK (obs_status = 'A'"
    "    OR obs_status = 'B' OR obs_status = 'D' OR obs_status = 'E' OR obs_status = 'F'"
    "    OR obs_status = 'G' OR obs_status = 'H' OR obs_status = 'I' OR obs_status = 'J'"
    "    OR obs_status = 'K' OR obs_status = 'L' OR obs_status = 'M' OR obs_status = 'N'"
    "    OR obs_status = 'O' OR obs_status = 'P' OR obs_status = 'Q' OR obs_status = 'S'"
    "    OR obs_status = 'U' OR obs_status = 'V' OR obs_status = 'W'),"
    "  released INTEGER,"
    "  recorded INTEGER NOT NULL,"
    "  source INTEGER NOT NULL REFERENCES source (id),"
    "  fetch INTEGER REFERENCES fetch (id)," /* NULL: pushed or imported */
    "  reference TEXT,"
    "  comment TEXT"
    ") STRICT;"
    "CREATE INDEX observation_by_period ON observation (series, period_start, period_end);"
    "CREATE TABLE source_state ("
    "  source INTEGER PRIMARY KEY REFERENCES source (id),"
    "  up INTEGER NOT NULL,"
    "  last_success_ms INTEGER NOT NULL,"
    "  duration_ms INTEGER NOT NULL"
    ") STRICT;"
    /* Which series a client of the Pushgateway API holds. */
    "CREATE TABLE push_group ("
    "  series INTEGER PRIMARY KEY REFERENCES series (id),"
    "  grouping TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX push_group_by_grouping ON push_group (grouping);"
    /* For people at a shell. */
    "CREATE VIEW vintage AS"
    "  SELECT o.id, s.figure, s.labels, o.time_period, o.obs_value, o.comparator, o.obs_status,"
    "    datetime(o.released, 'unixepoch') AS released,"
    "    datetime(o.recorded, 'unixepoch') AS recorded,"
    "    f.name AS source, o.reference, o.comment, b.sha256 AS body"
    "  FROM observation o JOIN series s ON s.id = o.series JOIN source f ON f.id = o.source"
    "  LEFT JOIN fetch b ON b.id = o.fetch;"
    "CREATE VIEW fetched AS"
    "  SELECT b.id, f.name AS source, datetime(b.fetched, 'unixepoch') AS fetched, b.url, b.status,"
    "    b.sha256 AS body, b.size"
    "  FROM fetch b JOIN source f ON f.id = b.source;";

static const char *const schema[] = {
    tables,
    APPEND_ONLY("observation", HAS_ID("observation")),
    APPEND_ONLY("fetch", HAS_ID("fetch")),
    APPEND_ONLY("series",
                HAS("series", "id = NEW.id OR (figure = NEW.figure AND labels = NEW.labels)")),
    APPEND_ONLY("source", HAS("source", "id = NEW.id OR name = NEW.name")),
    "PRAGMA application_id = " TEXT_OF(APPLICATION_ID),
    "PRAGMA user_version = " TEXT_OF(LEDGER_SCHEMA_VERSION),
};

/* A random number of its own, which its copies share. */
static const char identity[] =
    "CREATE TABLE IF NOT EXISTS identity (id INTEGER PRIMARY KEY CHECK (id = 1),"
    "  mark INTEGER NOT NULL) STRICT;"
    "INSERT INTO identity SELECT 1, random() WHERE NOT EXISTS (SELECT 1 FROM identity)";

static int read_number(struct sqlite3 *db, const char *sql, struct fault *fault)
{
    struct sqlite3_stmt *statement = NULL;
    int number = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int(statement, 0);
    else
        ledger_db_fault(db, fault);
    sqlite3_finalize(statement);
    return number;
}

static int create_schema(struct sqlite3 *db, struct fault *fault)
{
    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++)
        if (sqlite3_exec(db, schema[i], NULL, NULL, NULL) != SQLITE_OK)
            return ledger_db_fault(db, fault);
    return 0;
}

static int check_version(struct sqlite3 *db, struct fault *fault)
{
    int application = read_number(db, "PRAGMA application_id", fault);
    int version = read_number(db, "PRAGMA user_version", fault);
    if (fault->text[0] != '\0')
        return -1;
    if (application != APPLICATION_ID)
        return fault_set(fault, "this SQLite database is not an Almanac ledger");
    if (version != LEDGER_SCHEMA_VERSION)
        return fault_set(fault, "the ledger is of version %d; this program reads version %d",
                         version, LEDGER_SCHEMA_VERSION);
    return 0;
}

static int count_objects(struct sqlite3 *db, struct fault *fault)
{
    return read_number(db, "SELECT count(*) FROM sqlite_schema", fault);
}

int ledger_schema_check(struct sqlite3 *db, bool may_be_empty, struct fault *fault)
{
    int objects = may_be_empty ? count_objects(db, fault) : 1;
    return objects > 0 ? check_version(db, fault) : objects;
}

int ledger_schema_make(struct sqlite3 *db, struct fault *fault)
{
    /* Two writers that start together must not both create the tables. */
    if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return ledger_db_fault(db, fault);
    int objects = count_objects(db, fault);
    int result = objects == 0 ? create_schema(db, fault) : objects < 0 ? -1 : 0;
    if (result == 0)
        result = check_version(db, fault);
    if (result == 0 && sqlite3_exec(db, identity, NULL, NULL, NULL) != SQLITE_OK)
        result = ledger_db_fault(db, fault);
    if (result == 0 && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        result = ledger_db_fault(db, fault);
    if (result != 0)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return result;
}
