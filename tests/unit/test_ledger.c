/* SPDX-License-Identifier: MIT */
/* test_ledger.c - the ledger keeps all that was said, and tells what is in force */
#include "../../almanac/ledger.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char *platform_labels[] = { "ref_area", "stage" };
static const struct figure platforms = { .name = "pilot_platforms",
                                         .labels = platform_labels,
                                         .label_count = 2 };
static const struct figure rank = { .name = "ip_protection_rank" };

struct place {
    char folder[64], path[96];
    struct ledger *ledger;
};

static int open_place(void **state)
{
    struct fault fault = { 0 };
    struct place *place = calloc(1, sizeof *place);
    const char *scratch = getenv("ALMANAC_SCRATCH");
    snprintf(place->folder, sizeof place->folder, "%s/ledger-XXXXXX", scratch ? scratch : "/tmp");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->path, sizeof place->path, "%s/ledger.db", place->folder);
    place->ledger = ledger_open(place->path, LEDGER_WRITER, &fault);
    assert_string_equal(fault.text, "");
    *state = place;
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;
    ledger_close(place->ledger);
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    assert_int_equal(system(command), 0);
    free(place);
    return 0;
}

/* What is said of pilot_platforms{stage="built"}; released is a date or NULL. */
struct saying {
    const char *source, *period, *value, *released;
    char status;
};

static struct observation observation_of(const struct saying *saying, const char *const *values)
{
    struct fault fault = { 0 };
    struct observation observation = { .figure = &platforms, .label_values = values };
    struct statement *statement = &observation.statement;
    statement->status = saying->status ? saying->status : 'A';
    assert_int_equal(period_read(saying->period, &statement->period, &fault), 0);
    statement->missing = saying->value == NULL;
    if (saying->value != NULL)
        assert_int_equal(quantity_read(saying->value, &statement->value, &fault), 0);
    if (saying->released != NULL) {
        struct period released;
        assert_int_equal(period_read(saying->released, &released, &fault), 0);
        observation.has_released = true;
        observation.released = released.start;
    }
    return observation;
}

static enum ledger_outcome say(struct ledger *ledger, struct saying saying)
{
    static const char *const built[] = { "440304", "built" };
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct observation observation = observation_of(&saying, built);
    const char *source = saying.source ? saying.source : "reply";
    assert_int_equal(ledger_begin(ledger, source, 1700000000, &fault), 0);
    assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_commit(ledger, &fault), 0);
    assert_string_equal(fault.text, "");
    return outcome;
}

static int note_value(void *owner, const struct vintage *vintage, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    const struct statement *statement = &vintage->statement;
    snprintf(line + strlen(line), 256 - strlen(line), "%s%s=%s%s", *line ? " " : "",
             statement->period.text, comparator_text(statement->comparator),
             statement->missing ? "-" : statement->value.text);
    return 0;
}

static void assert_in_force(struct ledger *ledger, const char *expected)
{
    struct fault fault = { 0 };
    char line[256] = "";
    assert_int_equal(ledger_each_in_force(ledger, 0, note_value, line, &fault), 0);
    assert_string_equal(line, expected);
}

static int run_sql(const struct place *place, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
    return code;
}

static int64_t count_observations(const struct place *place)
{
    struct fault fault = { 0 };
    int64_t newest = ledger_newest(place->ledger, &fault); /* ids begin at 1, without gaps */
    assert_string_equal(fault.text, "");
    return newest;
}

static void the_first_report_is_recorded(void **state)
{
    struct place *place = *state;
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" }),
                     LEDGER_RECORDED);
    assert_in_force(place->ledger, "2024-06=4");
}

static void the_same_again_is_nothing_new(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4.0" });
    static const struct saying again[] = {
        { .period = "2024-06", .value = "4.0" },
        { .period = "2024-06", .value = "4" },
        { .period = "2024-M06", .value = "4" },
        { .period = "2024-06", .value = "4", .source = "another" },
        { .period = "2024-06", .value = "4", .released = "2024-09-01" },
    };
    for (size_t i = 0; i < sizeof again / sizeof *again; i++)
        assert_int_equal(say(place->ledger, again[i]), LEDGER_UNCHANGED);
    assert_int_equal(count_observations(place), 1);
}

static void a_correction_takes_over_and_both_vintages_stay(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .value = "5" }),
                     LEDGER_REVISED);
    assert_int_equal(count_observations(place), 2);
    assert_in_force(place->ledger, "2024-06=5");
}

static void another_status_is_another_statement(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4", .status = 'P' });
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" }),
                     LEDGER_REVISED);
}

static void a_withdrawn_value_is_a_vintage(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .status = 'L' }),
                     LEDGER_REVISED);
    assert_in_force(place->ledger, "2024-06=-");
}

static void a_source_that_repeats_itself_does_not_undo_a_correction(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .source = "poll", .period = "2024-06", .value = "4" });
    say(place->ledger, (struct saying){ .source = "hand", .period = "2024-06", .value = "5" });
    assert_int_equal(
        say(place->ledger, (struct saying){ .source = "poll", .period = "2024-06", .value = "4" }),
        LEDGER_UNCHANGED);
    assert_in_force(place->ledger, "2024-06=5");
    assert_int_equal(
        say(place->ledger, (struct saying){ .source = "poll", .period = "2024-06", .value = "6" }),
        LEDGER_REVISED);
    assert_in_force(place->ledger, "2024-06=6");
}

static void a_source_may_return_to_an_earlier_value(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "5" });
    assert_int_equal(say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" }),
                     LEDGER_REVISED);
    assert_int_equal(count_observations(place), 3);
}

static void an_earlier_release_is_kept_but_not_in_force(void **state)
{
    struct place *place = *state;
    const struct saying second = { .period = "2024-06", .value = "5", .released = "2024-10-01" };
    const struct saying first = { .period = "2024-06", .value = "4", .released = "2024-08-01" };
    say(place->ledger, second);
    assert_int_equal(say(place->ledger, first), LEDGER_RECORDED);
    assert_in_force(place->ledger, "2024-06=5");
    assert_int_equal(say(place->ledger, first), LEDGER_UNCHANGED);
    assert_int_equal(say(place->ledger, second), LEDGER_UNCHANGED);
    assert_int_equal(count_observations(place), 2);
}

static void a_late_one_is_accepted_like_any_other(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "6" });
    say(place->ledger, (struct saying){ .period = "2023-06", .value = "3" });
    assert_in_force(place->ledger, "2023-06=3 2024-06=6");
}

static void what_is_rolled_back_was_never_there(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct observation observation = { .figure = &rank, .statement.status = 'A' };
    period_read("2021", &observation.statement.period, &fault);
    quantity_read("1", &observation.statement.value, &fault);
    assert_int_equal(ledger_begin(place->ledger, "reply", 1, &fault), 0);
    assert_int_equal(ledger_append(place->ledger, &observation, &outcome, &fault), 0);
    ledger_rollback(place->ledger);
    assert_int_equal(count_observations(place), 0);
    assert_int_equal(ledger_newest(place->ledger, &fault), 0);
}

static void the_schema_itself_refuses_changes(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    static const char *const changes[] = {
        "UPDATE observation SET obs_value = '9'",
        "DELETE FROM observation",
        "INSERT OR REPLACE INTO observation SELECT * FROM observation",
        "UPDATE series SET figure = 'other'",
        "DELETE FROM series",
        "INSERT OR REPLACE INTO series (figure, labels) SELECT figure, labels FROM series",
        "UPDATE source SET name = 'other'",
        "DELETE FROM source",
        "INSERT OR REPLACE INTO source (name) SELECT name FROM source",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        assert_int_equal(run_sql(place, changes[i]), SQLITE_CONSTRAINT);
    assert_in_force(place->ledger, "2024-06=4");
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
    assert_in_force(reader, "2024-06=4");
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
        _exit(reader != NULL && ledger_newest(reader, &fault) == 1 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static int note_series(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    snprintf(line + strlen(line), 256 - strlen(line), "[%s", series->figure);
    for (size_t i = 0; i < series->label_count; i++)
        snprintf(line + strlen(line), 256 - strlen(line), " %s=%s", series->labels[i].name,
                 series->labels[i].value);
    strcat(line, "]");
    return 0;
}

static void add(struct ledger *ledger, const struct figure *figure, const char *const *values)
{
    struct fault fault = { 0 };
    enum ledger_outcome outcome;
    struct saying saying = { .period = "2021", .value = "1" };
    struct observation observation = observation_of(&saying, values);
    observation.figure = figure;
    assert_int_equal(ledger_begin(ledger, "reply", 1, &fault), 0);
    assert_int_equal(ledger_append(ledger, &observation, &outcome, &fault), 0);
    assert_int_equal(ledger_commit(ledger, &fault), 0);
}

static void series_come_back_with_their_labels(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char line[256] = "";
    add(place->ledger, &platforms, (const char *const[]){ "440304", "planned" });
    add(place->ledger, &platforms, (const char *const[]){ "a\"b\\c\n", "深圳" });
    add(place->ledger, &rank, NULL);
    assert_int_equal(ledger_each_series(place->ledger, 0, note_series, line, &fault), 0);
    assert_string_equal(line, "[ip_protection_rank]"
                              "[pilot_platforms ref_area=440304 stage=planned]"
                              "[pilot_platforms ref_area=a\"b\\c\n stage=深圳]");
    line[0] = '\0';
    assert_int_equal(ledger_each_series(place->ledger, 2, note_series, line, &fault), 0);
    assert_string_equal(line, "[ip_protection_rank]");
}

static int stop_at_once(void *owner, const struct series *series, struct fault *fault)
{
    (void)series;
    ++*(int *)owner;
    return fault_set(fault, "enough");
}

static void a_visitor_can_stop_the_walk(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    int visits = 0;
    add(place->ledger, &platforms, (const char *const[]){ "440304", "planned" });
    add(place->ledger, &rank, NULL);
    assert_int_equal(ledger_each_series(place->ledger, 0, stop_at_once, &visits, &fault), -1);
    assert_int_equal(visits, 1);
    assert_string_equal(fault.text, "enough");
}

static int note_source(void *owner, const struct source_state *state, struct fault *fault)
{
    (void)fault;
    char *line = owner;
    snprintf(line + strlen(line), 256 - strlen(line), "[%s %d %lld %lld]", state->source, state->up,
             (long long)state->last_success_ms, (long long)state->duration_ms);
    return 0;
}

static void a_sources_state_is_the_newest(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char line[256] = "";
    ledger_put_source(place->ledger, &(struct source_state){ "reply", true, 1500, 20 }, &fault);
    ledger_put_source(place->ledger, &(struct source_state){ "reply", false, 1500, 30 }, &fault);
    ledger_put_source(place->ledger, &(struct source_state){ "a", true, 1, 2 }, &fault);
    assert_int_equal(ledger_each_source(place->ledger, note_source, line, &fault), 0);
    assert_string_equal(line, "[a 1 1 2][reply 0 1500 30]");
}

static void assert_not_opened(const char *path, enum ledger_door door, const char *words)
{
    struct fault fault = { 0 };
    assert_null(ledger_open(path, door, &fault));
    if (strstr(fault.text, words) == NULL || strstr(fault.text, path) == NULL)
        fail_msg("'%s' does not say '%s' of %s", fault.text, words, path);
}

static void what_is_no_ledger_is_refused(void **state)
{
    struct place *place = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/nothing.db", place->folder);
    assert_not_opened(path, LEDGER_READER, "unable to open");
    assert_int_equal(access(path, F_OK), -1);

    struct place other = *place;
    snprintf(other.path, sizeof other.path, "%s/other.db", place->folder);
    assert_int_equal(run_sql(&other, "CREATE TABLE mine (x)"), SQLITE_OK);
    assert_not_opened(other.path, LEDGER_WRITER, "not an Almanac ledger");
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

static void people_read_the_vintages_in_a_shell(void **state)
{
    struct place *place = *state;
    say(place->ledger, (struct saying){ .period = "2024-06", .value = "4" });
    assert_int_equal(run_sql(place, "SELECT figure, labels, time_period, obs_value, released,"
                                    " recorded, source FROM vintage"),
                     SQLITE_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_place, close_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_report_is_recorded),
        TEST(the_same_again_is_nothing_new),
        TEST(a_correction_takes_over_and_both_vintages_stay),
        TEST(another_status_is_another_statement),
        TEST(a_withdrawn_value_is_a_vintage),
        TEST(a_source_that_repeats_itself_does_not_undo_a_correction),
        TEST(a_source_may_return_to_an_earlier_value),
        TEST(an_earlier_release_is_kept_but_not_in_force),
        TEST(a_late_one_is_accepted_like_any_other),
        TEST(what_is_rolled_back_was_never_there),
        TEST(the_schema_itself_refuses_changes),
        TEST(the_readers_door_cannot_write),
        TEST(a_reader_notices_what_others_write),
        TEST(a_reader_who_may_not_write_there_reads_all_the_same),
        TEST(series_come_back_with_their_labels),
        TEST(a_visitor_can_stop_the_walk),
        TEST(a_sources_state_is_the_newest),
        TEST(what_is_no_ledger_is_refused),
        TEST(another_version_is_refused),
        TEST(people_read_the_vintages_in_a_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
