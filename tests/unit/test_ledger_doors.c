/* SPDX-License-Identifier: MIT */
/* test_ledger_doors.c - who may open the ledger, and what nobody may do to it */
#include "../../almanac/file.h"
#include "../../almanac/hash.h"
#include "../../almanac/ledger_private.h"
#include "ledger_place.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

static int run_sql(const struct place *place, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
    return code;
}

static void the_schema_itself_refuses_changes(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    static const char *const changes[] = {
        "UPDATE observation SET obs_value = '9'",
        "DELETE FROM observation",
        "INSERT OR REPLACE INTO observation SELECT * FROM observation",
        "INSERT INTO observation SELECT -id, series, time_period, period_start, period_end,"
        " obs_value, comparator, obs_status, released, recorded, source, fetch, reference, comment"
        " FROM observation",
        "INSERT INTO observation SELECT NULL, series, time_period, period_start, period_end,"
        " obs_value, comparator, 'AB', released, recorded, source, fetch, reference, comment"
        " FROM observation",
        "UPDATE series SET figure = 'other'",
        "DELETE FROM series",
        "INSERT OR REPLACE INTO series (figure, labels) SELECT figure, labels FROM series",
        "UPDATE source SET name = 'other'",
        "DELETE FROM source",
        "INSERT OR REPLACE INTO source (name) SELECT name FROM source",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        assert_int_equal(run_sql(place, changes[i]), SQLITE_CONSTRAINT);
    assert_int_equal(count_observations(place), 1);
}

static void the_readers_door_cannot_write(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    struct ledger *reader = ledger_open(place->path, LEDGER_READER, &fault);
    assert_non_null(reader);
    assert_int_equal(ledger_begin(reader, "reply", 1, &fault), -1);
    assert_non_null(strstr(fault.text, "readonly"));
    ledger_close(reader);
}

static void a_reader_notices_what_others_write(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    struct ledger *reader = ledger_open(place->path, LEDGER_READER, &fault);
    int64_t before = ledger_version(reader, &fault);
    assert_int_equal(ledger_version(reader, &fault), before);
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    assert_int_not_equal(ledger_version(reader, &fault), before);
    assert_int_equal(ledger_newest(reader, &fault), 1);
    ledger_close(reader);
}

static void a_reader_who_may_not_write_there_reads_all_the_same(void **state)
{
    struct place *place = *state;
    int status;
    if (geteuid() != 0)
        skip();
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    ledger_close(place->ledger);
    place->ledger = NULL;
    assert_int_equal(chmod(place->folder, 0755), 0);
    pid_t child = fork();
    if (child == 0) {
        struct fault fault = { 0 };
        struct ledger *reader = NULL;
        if (setuid(65534) == 0)
            reader = ledger_open(place->path, LEDGER_READER, &fault);
        bool reads = reader != NULL && ledger_newest(reader, &fault) == 1;
        ledger_close(reader);
        _exit(reads ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void assert_not_opened(const char *path, enum ledger_door door, const char *words)
{
    struct fault fault = { 0 };
    assert_null(ledger_open(path, door, &fault));
    if (strstr(fault.text, words) == NULL || strstr(fault.text, path) == NULL)
        fail_msg("'%s' does not say '%s' of %s", fault.text, words, path);
}

static uint64_t hash_of(const char *path)
{
    struct text bytes = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(file_read(path, 0, &bytes, &fault), 0);
    uint64_t hash = hash_bytes(HASH_EMPTY, bytes.bytes, bytes.size);
    text_free(&bytes);
    return hash;
}

static void what_is_no_ledger_is_refused(void **state)
{
    struct place *place = *state;
    char path[400];
    snprintf(path, sizeof path, "%s/nothing.db", place->folder);
    assert_not_opened(path, LEDGER_READER, "unable to open");
    assert_int_equal(access(path, F_OK), -1);

    struct place other = *place;
    snprintf(other.path, sizeof other.path, "%s/other.db", place->folder);
    assert_int_equal(run_sql(&other, "CREATE TABLE mine (x)"), SQLITE_OK);
    uint64_t before = hash_of(other.path);
    assert_not_opened(other.path, LEDGER_WRITER, "not an Almanac ledger");
    assert_true(hash_of(other.path) == before);
    snprintf(path, sizeof path, "%s-wal", other.path);
    assert_int_equal(access(path, F_OK), -1);
    snprintf(path, sizeof path, "%s/nothing.db", place->folder);
    assert_not_opened(other.path, LEDGER_READER, "not an Almanac ledger");

    FILE *file = fopen(path, "w");
    fputs("figure,time_period,obs_value\nand some more text than a header of SQLite has\n", file);
    fclose(file);
    assert_not_opened(path, LEDGER_WRITER, "not a database");
}

static void another_version_is_refused(void **state)
{
    struct place *place = *state;
    assert_int_equal(run_sql(place, "PRAGMA user_version = 2"), SQLITE_OK);
    assert_not_opened(place->path, LEDGER_READER, "version 2; this program reads version 1");
    assert_not_opened(place->path, LEDGER_WRITER, "version 2; this program reads version 1");
}

static void another_version_is_noticed_where_it_is_open(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 }, written = { 0 };
    struct ledger *reader = ledger_open(place->path, LEDGER_READER, &fault);
    assert_true(ledger_version(reader, &fault) > 0);
    assert_int_equal(run_sql(place, "PRAGMA user_version = 99"), SQLITE_OK);
    for (int i = 0; i < 2; i++) {
        fault.text[0] = '\0';
        assert_int_equal(ledger_version(reader, &fault), -1);
        assert_non_null(strstr(fault.text, "version 99; this program reads version 1"));
    }
    assert_int_equal(ledger_begin(place->ledger, "reply", 1, &written), -1);
    assert_non_null(strstr(written.text, "version 99; this program reads version 1"));
    assert_int_equal(run_sql(place, "PRAGMA user_version = 1"), SQLITE_OK);
    fault.text[0] = '\0';
    assert_true(ledger_version(reader, &fault) > 0);
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" }),
                     LEDGER_RECORDED);
    ledger_close(reader);
}

/* A file that is longer by a megabyte, which is then given back or cut off. */
static struct ledger *open_long(struct place *place)
{
    struct fault fault = { 0 };
    struct ledger *reader = ledger_open(place->path, LEDGER_READER, &fault);
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    assert_int_equal(run_sql(place, "CREATE TABLE long AS SELECT randomblob(1000000);"
                                    "PRAGMA wal_checkpoint(TRUNCATE)"),
                     SQLITE_OK);
    assert_true(ledger_version(reader, &fault) > 0);
    say(place->ledger, (struct saying){ .period = "2024-07", .value = "4" });
    return reader;
}

static int64_t size_of(const struct place *place)
{
    struct stat file;
    assert_int_equal(stat(place->path, &file), 0);
    return file.st_size;
}

static void a_vacuum_does_no_harm(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    struct ledger *reader = open_long(place);
    int64_t before = size_of(place);
    assert_int_equal(run_sql(place, "DROP TABLE long; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"),
                     SQLITE_OK);
    assert_true(size_of(place) < before - 900000);
    assert_true(ledger_version(reader, &fault) > 0);
    say(place->ledger, (struct saying){ .period = "2024-08", .value = "4" });
    assert_true(ledger_version(reader, &fault) > 0);
    assert_int_equal(ledger_newest(reader, &fault), 3);
    assert_string_equal(fault.text, "");

    assert_int_equal(run_sql(place, "PRAGMA wal_checkpoint(TRUNCATE)"), SQLITE_OK);
    assert_true(ledger_version(reader, &fault) > 0);
    assert_int_equal(truncate(place->path, size_of(place) - 1), 0);
    assert_int_equal(ledger_version(reader, &fault), -1);
    assert_non_null(strstr(fault.text, "the file is cut off"));
    ledger_close(reader);
}

static void a_file_that_is_cut_off_is_noticed(void **state)
{
    struct place *place = *state;
    static const int64_t sizes[] = { 900000, 8000, 100, 20, 0 };
    struct ledger *reader = open_long(place);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct fault read = { 0 }, written = { 0 };
        assert_int_equal(truncate(place->path, sizes[i]), 0);
        assert_int_equal(ledger_version(reader, &read), -1);
        assert_non_null(strstr(read.text, "the file is cut off"));
        assert_int_equal(ledger_begin(place->ledger, "reply", 1, &written), -1);
        assert_non_null(strstr(written.text, "the file is cut off"));
    }
    ledger_close(reader);
}

static void a_file_whose_beginning_is_overwritten_is_noticed(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 }, written = { 0 };
    struct ledger *reader = open_long(place);
    FILE *file = fopen(place->path, "r+");
    fputs("not what a database begins with", file);
    fclose(file);
    assert_int_equal(ledger_version(reader, &fault), -1);
    assert_non_null(strstr(fault.text, "the file's beginning is overwritten"));
    assert_int_equal(ledger_begin(place->ledger, "reply", 1, &written), -1);
    assert_non_null(strstr(written.text, "the file's beginning is overwritten"));
    ledger_close(reader);
}

static void what_is_no_file_is_refused_before_it_is_opened(void **state)
{
    struct place *place = *state;
    char path[400];
    snprintf(path, sizeof path, "%s/fifo", place->folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    alarm(10); /* or it would wait for ever */
    assert_not_opened(path, LEDGER_READER, "is no regular file");
    assert_not_opened(path, LEDGER_WRITER, "is no regular file");
    assert_not_opened(place->folder, LEDGER_READER, "is a directory");
    assert_not_opened("/dev/null", LEDGER_WRITER, "is no regular file");
    alarm(0);
}

static void people_read_the_vintages_in_a_shell(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    assert_int_equal(run_sql(place, "SELECT figure, labels, time_period, obs_value, released,"
                                    " recorded, source FROM vintage"),
                     SQLITE_OK);
}

static void the_writer_waits_for_the_disk(void **state)
{
    struct place *place = *state;
    sqlite3_stmt *statement;
    sqlite3_prepare_v2(place->ledger->db, "PRAGMA synchronous", -1, &statement, NULL);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(statement, 0), 2); /* FULL */
    sqlite3_finalize(statement);
}

static void nothing_is_written_to_a_file_that_is_gone(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 }, again = { 0 };
    struct ledger *reader = ledger_open(place->path, LEDGER_READER, &fault);
    assert_true(ledger_version(reader, &fault) > 0);
    assert_int_equal(unlink(place->path), 0);
    assert_int_equal(ledger_begin(place->ledger, "reply", 1, &fault), -1);
    assert_non_null(strstr(fault.text, "moved, replaced or deleted"));
    assert_int_equal(ledger_version(reader, &again), -1);
    ledger_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_schema_itself_refuses_changes),
        TEST(the_readers_door_cannot_write),
        TEST(a_reader_notices_what_others_write),
        TEST(a_reader_who_may_not_write_there_reads_all_the_same),
        TEST(what_is_no_ledger_is_refused),
        TEST(another_version_is_refused),
        TEST(another_version_is_noticed_where_it_is_open),
        TEST(a_vacuum_does_no_harm),
        TEST(a_file_that_is_cut_off_is_noticed),
        TEST(a_file_whose_beginning_is_overwritten_is_noticed),
        TEST(what_is_no_file_is_refused_before_it_is_opened),
        TEST(people_read_the_vintages_in_a_shell),
        TEST(the_writer_waits_for_the_disk),
        TEST(nothing_is_written_to_a_file_that_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
