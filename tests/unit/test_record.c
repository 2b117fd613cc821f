/* SPDX-License-Identifier: MIT */
/* test_record.c - a delivery is recorded whole or not at all, whatever goes wrong */
#include "../../collector/record.h"

#include "../../almanac/ledger_private.h"
#include "../../almanac/text.h"

#include "ledger_place.h"

#include <pthread.h>
#include <sqlite3.h>

#define HEADER "figure,stage,time_period,obs_value\n"

static const struct form csv = { .format = FORM_CSV };

static struct delivery *new_delivery(void)
{
    struct fault fault = { 0 };
    struct settings *settings = settings_load("tests/data/small.yaml", &fault);
    assert_non_null(settings);
    struct delivery *delivery = delivery_new("test", settings, &csv, 1795392000);
    settings_free(settings);
    return delivery;
}

static struct delivery *read_delivery(const char *document)
{
    struct delivery *delivery = new_delivery();
    delivery_read(delivery, document, strlen(document));
    return delivery;
}

/* fault: the first refusal, or what the ledger said. */
static int deliver(struct place *place, const char *document, int interrupt, struct fault *fault)
{
    struct delivery *delivery = read_delivery(document);
    delivery->yields = true;
    record_deliveries(place->ledger, delivery, interrupt);
    *fault = delivery->fault;
    if (delivery->batch.refused > 0)
        fault_set(fault, "%s %s", delivery->batch.refusals[0].place,
                  delivery->batch.refusals[0].reason);
    int result = delivery->recorded ? 0 : -1;
    delivery_free(delivery);
    return result;
}

static void good_rows_are_recorded(void **state)
{
    struct fault fault = { 0 };
    assert_int_equal(deliver(*state, HEADER "platforms,a,2024,1\nplatforms,b,2024,2\n", -1, &fault),
                     0);
    assert_int_equal(count_observations(*state), 2);
}

static void one_bad_row_refuses_all(void **state)
{
    struct fault fault = { 0 };
    assert_int_equal(deliver(*state, HEADER "platforms,a,2024,1\nplatforms,b,2024,x\n", -1, &fault),
                     -1);
    assert_int_equal(count_observations(*state), 0);
}

/* From now on the ledger fails at this value. */
static void refuse_value(const struct place *place, const char *value)
{
    char sql[200];
    sqlite3 *db;
    snprintf(sql, sizeof sql,
             "CREATE TRIGGER full BEFORE INSERT ON observation"
             " WHEN NEW.obs_value = '%s' BEGIN SELECT RAISE(ABORT, 'full'); END",
             value);
    assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void a_ledger_that_fails_in_between_has_nothing_of_it(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    refuse_value(place, "3");
    assert_int_equal(deliver(place,
                             HEADER "platforms,a,2024,1\nplatforms,b,2024,2\nplatforms,c,2024,3\n",
                             -1, &fault),
                     -1);
    assert_non_null(strstr(fault.text, "full"));
    assert_int_equal(count_observations(place), 0);
    fault.text[0] = '\0';
    assert_int_equal(deliver(place, HEADER "platforms,a,2024,1\n", -1, &fault), 0);
    assert_int_equal(count_observations(place), 1);
}

static void a_signal_gives_it_up_whole(void **state)
{
    struct fault fault = { 0 };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(deliver(*state, HEADER "platforms,a,2024,1\n", ends[0], &fault), 0);
    assert_int_equal(write(ends[1], "!", 1), 1);
    assert_int_equal(deliver(*state, HEADER "platforms,a,2024,2\n", ends[0], &fault), -1);
    assert_string_equal(fault.text, ""); /* it waits for the next time */
    assert_int_equal(count_observations(*state), 1);
    close(ends[0]);
    close(ends[1]);
}

static void what_was_fetched_is_noted_with_its_source(void **state)
{
    struct place *place = *state;
    struct delivery *delivery = read_delivery(HEADER "platforms,a,2024,1\n");
    struct delivery *pushed = read_delivery(HEADER "platforms,b,2024,2\n");
    char sha256[65] = "";
    sqlite3_stmt *row;
    memset(sha256, 'a', 64);
    delivery->fetch = (struct ledger_fetch){ "http://localhost/a", 200, sha256, 7 };
    delivery->next = pushed;
    record_deliveries(place->ledger, delivery, -1);
    assert_string_equal(delivery->fault.text, "");
    assert_true(delivery->recorded && pushed->recorded);
    assert_int_equal(
        sqlite3_prepare_v2(place->ledger->db,
                           "SELECT b.source, b.fetched, b.url, b.status, b.body,"
                           " b.size FROM fetched b JOIN observation o ON o.fetch = b.id",
                           -1, &row, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    static const char *const noted[] = {
        "test", "2026-11-23 00:00:00", "http://localhost/a", "200", NULL, "7"
    };
    for (int i = 0; i < 6; i++)
        assert_string_equal((const char *)sqlite3_column_text(row, i),
                            noted[i] == NULL ? sha256 : noted[i]);
    assert_int_equal(sqlite3_step(row), SQLITE_DONE);
    sqlite3_finalize(row);
    delivery_free(delivery);
    delivery_free(pushed);
}

/* With their series and sources. */
static int count_vintages(const struct place *place)
{
    sqlite3_stmt *row;
    sqlite3_prepare_v2(place->ledger->db, "SELECT count(*) FROM vintage", -1, &row, NULL);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int count = sqlite3_column_int(row, 0);
    sqlite3_finalize(row);
    return count;
}

static void one_that_fails_leaves_the_others_in_one_commit(void **state)
{
    struct place *place = *state;
    struct delivery *good = read_delivery(HEADER "platforms,a,2024,1\n");
    struct delivery *bad = read_delivery(HEADER "platforms,new,2024,2\nplatforms,c,x,3\n");
    struct delivery *failing = read_delivery(HEADER "platforms,new,2024,4\nplatforms,d,2024,5\n");
    struct delivery *last = read_delivery(HEADER "platforms,new,2024,6\n");
    good->next = bad;
    bad->next = failing;
    failing->next = last;
    refuse_value(place, "5");
    struct recording recording = record_deliveries(place->ledger, good, -1);
    assert_int_equal(recording.recorded, 2);
    assert_string_equal(recording.fault.text, failing->fault.text);
    assert_true(good->recorded && !bad->recorded && !failing->recorded && last->recorded);
    assert_true(failing->unwritten && !bad->unwritten && !last->unwritten);
    assert_string_equal(bad->fault.text, "");
    assert_non_null(strstr(failing->fault.text, "full"));
    assert_int_equal(failing->outcomes[LEDGER_RECORDED], 0);
    assert_int_equal(last->outcomes[LEDGER_RECORDED], 1);
    assert_int_equal(count_observations(place), 2);
    assert_int_equal(count_vintages(place), 2);
    delivery_free(good);
    delivery_free(bad);
    delivery_free(failing);
    delivery_free(last);
}

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* In the write-ahead log, as SQLite's file format has it: a header of 32 bytes with the page size
 * at 8, then frames of 24 bytes and a page; at 4, how large the file is after a commit, else 0. */
static int count_commits(const struct place *place)
{
    char path[400];
    unsigned char head[32];
    int commits = 0;
    snprintf(path, sizeof path, "%s-wal", place->path);
    FILE *log = fopen(path, "rb");
    assert_non_null(log);
    assert_int_equal(fread(head, 1, 32, log), 32);
    long page = (long)big_endian(head + 8);
    while (fread(head, 1, 24, log) == 24) {
        commits += big_endian(head + 4) != 0;
        assert_int_equal(fseek(log, page, SEEK_CUR), 0);
    }
    fclose(log);
    return commits;
}

static void many_are_one_commit(void **state)
{
    struct place *place = *state;
    struct delivery *deliveries[50] = { 0 };
    int before = count_commits(place);
    for (int i = 0; i < 50; i++) {
        char document[100];
        snprintf(document, sizeof document, HEADER "platforms,s%d,2024,1\n", i);
        deliveries[i] = read_delivery(document);
        if (i > 0)
            deliveries[i - 1]->next = deliveries[i];
    }
    record_deliveries(place->ledger, deliveries[0], -1);
    assert_int_equal(count_observations(place), 50);
    assert_int_equal(count_commits(place), before + 1);
    for (int i = 0; i < 50; i++)
        delivery_free(deliveries[i]);
}

static void what_is_good_of_a_partial_one_is_recorded(void **state)
{
    struct place *place = *state;
    struct delivery *delivery = read_delivery(HEADER "platforms,a,2024,1\nplatforms,c,x,3\n");
    delivery->partial = true;
    record_deliveries(place->ledger, delivery, -1);
    assert_true(delivery->recorded);
    assert_int_equal(delivery->batch.refused, 1);
    assert_int_equal(count_observations(place), 1);
    delivery_free(delivery);
}

static void a_partial_one_of_which_nothing_is_good_is_not_recorded(void **state)
{
    static const char *const rows[] = { "platforms,a,x,1,\n", "platforms,a,2099,,O\n" };
    struct place *place = *state;
    for (size_t i = 0; i < 2; i++) { /* the catalogue refuses the one, the ledger the other */
        char document[128] = "figure,stage,time_period,obs_value,obs_status\n";
        struct delivery *delivery = read_delivery(strcat(document, rows[i]));
        delivery->partial = true;
        record_deliveries(place->ledger, delivery, -1);
        assert_false(delivery->recorded);
        assert_int_equal(delivery->batch.refused, 1);
        delivery_free(delivery);
    }
}

/* A delivery of many rows that another thread reads while it is recorded. */
struct long_one {
    struct delivery *delivery;
    struct text document;
    pthread_t reader;
};

enum { ROWS = 5000 };

static void *read_long(void *owner)
{
    struct long_one *one = owner;
    delivery_read(one->delivery, one->document.bytes, one->document.size);
    delivery_judged(one->delivery);
    return NULL;
}

/* rest: of each row; last: a row more. */
static void begin_long(struct long_one *one, const char *rest, const char *last)
{
    *one = (struct long_one){ .delivery = new_delivery() };
    text_put(&one->document, "figure,stage,time_period,obs_value,obs_status\n");
    for (int i = 0; i < ROWS; i++)
        text_printf(&one->document, "platforms,s%d,%s\n", i, rest);
    text_put(&one->document, last);
    delivery_ahead(one->delivery);
    assert_int_equal(pthread_create(&one->reader, NULL, read_long, one), 0);
}

static void end_long(struct long_one *one)
{
    pthread_join(one->reader, NULL);
    delivery_free(one->delivery);
    text_free(&one->document);
}

static void one_that_is_still_read_is_recorded_to_its_end(void **state)
{
    struct place *place = *state;
    struct long_one one;
    begin_long(&one, "2024,1,", "");
    record_deliveries(place->ledger, one.delivery, -1);
    assert_true(one.delivery->recorded);
    assert_int_equal(one.delivery->outcomes[LEDGER_RECORDED], ROWS);
    assert_int_equal(count_observations(place), ROWS);
    end_long(&one);
}

/* A gap of a year to come, in each row. */
static void one_that_is_still_read_is_refused_at_its_end(void **state)
{
    struct place *place = *state;
    struct long_one one;
    begin_long(&one, "2099,,O", "");
    record_deliveries(place->ledger, one.delivery, -1);
    assert_false(one.delivery->recorded);
    assert_int_equal(one.delivery->batch.refused, ROWS);
    assert_int_equal(count_observations(place), 0);
    end_long(&one);
}

static void one_that_turns_out_bad_at_its_end_leaves_nothing_behind(void **state)
{
    static const char *const rows[] = { "platforms,s1,2025,x,\n", "platforms,s1,2024,7,\n" };
    struct place *place = *state;
    for (size_t i = 0; i < 2; i++) {
        struct long_one one;
        struct delivery *next = read_delivery(HEADER "platforms,s1,2024,6\n");
        begin_long(&one, "2024,1,", rows[i]);
        one.delivery->next = next;
        record_deliveries(place->ledger, one.delivery, -1);
        assert_true(!one.delivery->recorded && next->recorded);
        assert_int_equal(one.delivery->batch.refused, 1 + i); /* a contradiction refuses both */
        assert_int_equal(one.delivery->outcomes[LEDGER_RECORDED], 0);
        assert_int_equal(count_observations(place), 1);
        end_long(&one);
        delivery_free(next);
    }
}

static void a_ledger_that_fails_while_it_is_read_has_nothing_of_it(void **state)
{
    struct place *place = *state;
    struct long_one one;
    refuse_value(place, "700");
    begin_long(&one, "2024,1,", "platforms,s1,2025,700,\n");
    record_deliveries(place->ledger, one.delivery, -1);
    assert_false(one.delivery->recorded);
    assert_non_null(strstr(one.delivery->fault.text, "full"));
    assert_int_equal(count_observations(place), 0);
    end_long(&one);
}

/* The ledger may grow by few pages, as on a disk that is nearly full. */
static void fill_disk(const struct place *place)
{
    sqlite3_stmt *pages;
    char sql[64];
    assert_int_equal(sqlite3_prepare_v2(place->ledger->db, "PRAGMA page_count", -1, &pages, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(pages), SQLITE_ROW);
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", sqlite3_column_int(pages, 0) + 10);
    sqlite3_finalize(pages);
    assert_int_equal(sqlite3_exec(place->ledger->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* SQLite then takes back the whole commit, of which the long one is a part. */
static void a_full_disk_is_what_all_are_told(void **state)
{
    struct place *place = *state;
    struct long_one one;
    struct delivery *before = read_delivery(HEADER "platforms,a,2024,1\n");
    struct delivery *after = read_delivery(HEADER "platforms,b,2024,1\n");
    fill_disk(place);
    begin_long(&one, "2024,1,", "");
    before->next = one.delivery;
    one.delivery->next = after;
    record_deliveries(place->ledger, before, -1);
    for (struct delivery *each = before; each != NULL; each = each->next) {
        assert_false(each->recorded);
        assert_non_null(strstr(each->fault.text, "ledger.db: database or disk is full"));
        assert_int_equal(each->outcomes[LEDGER_RECORDED], 0);
    }
    assert_int_equal(count_observations(place), 0);
    delivery_free(before);
    end_long(&one);
    assert_int_equal(
        sqlite3_exec(place->ledger->db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL),
        SQLITE_OK);
    after->fault.text[0] = '\0';
    record_deliveries(place->ledger, after, -1);
    assert_true(after->recorded);
    delivery_free(after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(good_rows_are_recorded),
        TEST(one_bad_row_refuses_all),
        TEST(a_ledger_that_fails_in_between_has_nothing_of_it),
        TEST(a_signal_gives_it_up_whole),
        TEST(what_was_fetched_is_noted_with_its_source),
        TEST(one_that_fails_leaves_the_others_in_one_commit),
        TEST(many_are_one_commit),
        TEST(what_is_good_of_a_partial_one_is_recorded),
        TEST(a_partial_one_of_which_nothing_is_good_is_not_recorded),
        TEST(one_that_is_still_read_is_recorded_to_its_end),
        TEST(one_that_is_still_read_is_refused_at_its_end),
        TEST(one_that_turns_out_bad_at_its_end_leaves_nothing_behind),
        TEST(a_ledger_that_fails_while_it_is_read_has_nothing_of_it),
        TEST(a_full_disk_is_what_all_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
