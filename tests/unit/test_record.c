/* SPDX-License-Identifier: MIT */
/* test_record.c - a delivery is recorded whole or not at all, whatever goes wrong */
#include "../../collector/record.h"

#include "ledger_place.h"

#include <sqlite3.h>

static const struct figure *one_figure(void)
{
    static const char *labels[] = { "area" };
    static const struct figure figure = { .name = "funds", .labels = labels, .label_count = 1 };
    return &figure;
}

#define HEADER "figure,area,time_period,obs_value\n"

static int deliver(struct place *place, const char *document, int interrupt, struct fault *fault)
{
    struct catalogue catalogue = { one_figure(), 1 };
    struct record_count count;
    struct batch batch;
    struct delivery delivery = { "test", "csv", document, strlen(document), false, interrupt };
    batch_init(&batch, &catalogue, 1795392000);
    int result = record_delivery(place->ledger, &delivery, &batch, &count, fault);
    batch_free(&batch);
    return result;
}

static void good_rows_are_recorded(void **state)
{
    struct fault fault = { 0 };
    assert_int_equal(deliver(*state, HEADER "funds,a,2024,1\nfunds,b,2024,2\n", -1, &fault), 0);
    assert_int_equal(count_observations(*state), 2);
}

static void one_bad_row_refuses_all(void **state)
{
    struct fault fault = { 0 };
    assert_int_equal(deliver(*state, HEADER "funds,a,2024,1\nfunds,b,2024,x\n", -1, &fault), -1);
    assert_int_equal(count_observations(*state), 0);
}

static void a_ledger_that_fails_in_between_has_nothing_of_it(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    sqlite3 *db;
    assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "CREATE TRIGGER full BEFORE INSERT ON observation"
                     " WHEN NEW.obs_value = '3' BEGIN SELECT RAISE(ABORT, 'full'); END",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(
        deliver(place, HEADER "funds,a,2024,1\nfunds,b,2024,2\nfunds,c,2024,3\n", -1, &fault), -1);
    assert_non_null(strstr(fault.text, "full"));
    assert_int_equal(count_observations(place), 0);
    fault.text[0] = '\0';
    assert_int_equal(deliver(place, HEADER "funds,a,2024,1\n", -1, &fault), 0);
    assert_int_equal(count_observations(place), 1);
}

static void a_signal_gives_it_up_whole(void **state)
{
    struct fault fault = { 0 };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(deliver(*state, HEADER "funds,a,2024,1\n", ends[0], &fault), 0);
    assert_int_equal(write(ends[1], "!", 1), 1);
    assert_int_equal(deliver(*state, HEADER "funds,a,2024,2\n", ends[0], &fault), -1);
    assert_string_equal(fault.text, "given up for a signal; it is read again later");
    assert_int_equal(count_observations(*state), 1);
    close(ends[0]);
    close(ends[1]);
}

static void what_contradicts_itself_is_refused(void **state)
{
    struct fault fault = { 0 };
    assert_int_equal(deliver(*state, HEADER "funds,a,2024,1\nfunds,a,2024-A1,2\n", -1, &fault), -1);
    assert_string_equal(fault.text,
                        "funds area=a 2024 is said to be 1 and 2; expected one of them, or "
                        "when each was released");
    assert_int_equal(count_observations(*state), 0);
    fault.text[0] = '\0';
    assert_int_equal(deliver(*state, HEADER "funds,a,2024,1\nfunds,a,2024,1.0\n", -1, &fault), 0);
    assert_int_equal(count_observations(*state), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(good_rows_are_recorded),
        TEST(one_bad_row_refuses_all),
        TEST(a_ledger_that_fails_in_between_has_nothing_of_it),
        TEST(a_signal_gives_it_up_whole),
        TEST(what_contradicts_itself_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
