/* SPDX-License-Identifier: MIT */
/* test_batch.c - a batch keeps what it takes and remembers what it refuses */
#include "../../collector/batch.h"
#include "../../collector/progress.h"
#include "deliveries.h"

static struct report a_report(const struct label *stage, const char *value)
{
    return (struct report){ .fields = { [REPORT_FIGURE] = "pilot_platforms",
                                        [REPORT_TIME_PERIOD] = "2024-06",
                                        [REPORT_OBS_VALUE] = value },
                            .labels = stage,
                            .label_count = 1 };
}

static void a_thousand_reports_are_kept_in_order_and_by_copy(void **state)
{
    (void)state;
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    for (int i = 0; i < 1000; i++) {
        char value[16], stage[32];
        snprintf(value, sizeof value, "%d", i);
        snprintf(stage, sizeof stage, "stage %d", i);
        struct label label = { "stage", stage };
        struct report report = a_report(&label, value);
        struct complaint complaint = { 0 };
        assert_int_equal(batch_take(&batch, &report, &complaint), 0);
    }
    assert_int_equal(batch.count, 1000);
    assert_int_equal(batch.refused, 0);
    assert_string_equal(batch_item(&batch, 7)->observation.statement.value.text, "7");
    assert_string_equal(batch_item(&batch, 7)->observation.label_values[0], "stage 7");
    assert_string_equal(batch_item(&batch, 999)->observation.label_values[0], "stage 999");
    batch_free(&batch);
}

static void take_numbers(struct batch *batch, int from, int to)
{
    static const struct label label = { "stage", "built" };
    for (int i = from; i < to; i++) {
        char value[16];
        snprintf(value, sizeof value, "%d", i);
        struct report report = a_report(&label, value);
        struct complaint complaint = { 0 };
        assert_int_equal(batch_take(batch, &report, &complaint), 0);
    }
}

static void items_stay_where_they_are_while_others_are_added(void **state)
{
    (void)state;
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    take_numbers(&batch, 0, 1);
    const struct batch_item *first = batch_item(&batch, 0);
    take_numbers(&batch, 1, 5000);
    assert_ptr_equal(batch_item(&batch, 0), first);
    assert_string_equal(first->observation.statement.value.text, "0");
    batch_free(&batch);
}

static void a_sweep_takes_out_what_was_refused_after_all(void **state)
{
    (void)state;
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    take_numbers(&batch, 0, 600);
    batch_refuse_taken(&batch, REFUSED_PERMISSION, 0, "no");
    batch_refuse_taken(&batch, REFUSED_PERMISSION, 300, "no");
    batch_sweep(&batch);
    assert_int_equal(batch.count, 598);
    assert_string_equal(batch_item(&batch, 0)->observation.statement.value.text, "1");
    assert_string_equal(batch_item(&batch, 597)->observation.statement.value.text, "599");
    for (size_t i = 0; i < batch.count; i++)
        assert_false(batch_item(&batch, i)->refused);
    batch_free(&batch);
}

static void a_sweep_moves_nothing_where_somebody_follows(void **state)
{
    (void)state;
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    batch.progress = progress_open();
    take_numbers(&batch, 0, 600);
    assert_int_equal(progress_wait(batch.progress, 0), 512);
    batch_refuse_taken(&batch, REFUSED_PERMISSION, 0, "no");
    batch_sweep(&batch);
    assert_int_equal(batch.count, 600);
    assert_string_equal(batch_item(&batch, 0)->observation.statement.value.text, "0");
    progress_close(batch.progress);
    batch_free(&batch);
}

static void a_report_that_cannot_be_read_is_not_taken(void **state)
{
    (void)state;
    struct batch batch;
    struct label label = { "stage", "built" };
    struct report report = a_report(&label, "four");
    struct complaint complaint = { 0 };
    batch_init(&batch, small_catalogue(), &plain_form, today);
    assert_int_equal(batch_take(&batch, &report, &complaint), -1);
    assert_int_equal(complaint.field, REPORT_OBS_VALUE);
    assert_string_equal(complaint.name, "obs_value");
    assert_string_not_equal(complaint.fault.text, "");
    assert_int_equal(batch.count, 0);
    batch_free(&batch);
}

static void every_refusal_keeps_its_place_and_words(void **state)
{
    (void)state;
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    for (int i = 1; i <= 250; i++) {
        char place[16];
        snprintf(place, sizeof place, ":%d", i);
        batch_refuse(&batch, REFUSED_DOCUMENT, place, "no");
    }
    assert_int_equal(batch.refused, 250);
    assert_string_equal(batch.refusals[0].place, ":1");
    assert_string_equal(batch.refusals[249].place, ":250");
    assert_string_equal(batch.refusals[249].reason, "no");
    batch_free(&batch);
}

static void beyond_ten_thousand_it_says_so_and_keeps_nothing(void **state)
{
    (void)state;
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    take_numbers(&batch, 0, 600);
    for (int i = 0; i < BATCH_REFUSALS; i++)
        batch_refuse(&batch, REFUSED_DOCUMENT, ":1", "no");
    assert_false(batch_is_full(&batch));
    assert_int_equal(batch.count, 600);
    size_t visited = 0;
    for (size_t i = 0; i < batch.count; i++, visited++)
        batch_refuse_taken(&batch, REFUSED_PERMISSION, i, "no");
    assert_int_equal(visited, 1);
    batch_refuse(&batch, REFUSED_DOCUMENT, ":2", "no");
    assert_true(batch_is_full(&batch));
    assert_int_equal(batch.refused, BATCH_REFUSALS + 1);
    assert_int_equal(batch.refusals[BATCH_REFUSALS].cause, REFUSED_PERMISSION);
    assert_string_equal(batch.refusals[BATCH_REFUSALS].reason,
                        "more than 10000 are refused; the rest is not read, and nothing of it is "
                        "recorded");
    batch_free(&batch);
}

static void a_part_that_cannot_be_read_is_taken_back(void **state)
{
    (void)state;
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    take_numbers(&batch, 0, 600);
    batch_refuse(&batch, REFUSED_DOCUMENT, ":1", "no");
    take_numbers(&batch, 600, 700);
    batch_refuse(&batch, REFUSED_DOCUMENT, ":2", "no");
    batch_take_back(&batch, 600, 1);
    assert_int_equal(batch.count, 600);
    assert_int_equal(batch.refused, 1);
    assert_string_equal(batch.refusals[0].place, ":1");
    batch_free(&batch);
}

static void nothing_is_taken_back_where_somebody_follows(void **state)
{
    (void)state;
    struct batch batch;
    batch_init(&batch, small_catalogue(), &plain_form, today);
    batch.progress = progress_open();
    take_numbers(&batch, 0, 600);
    batch_take_back(&batch, 500, 0);
    take_numbers(&batch, 700, 701);
    assert_string_equal(batch_item(&batch, 500)->observation.statement.value.text, "500");
    progress_close(batch.progress);
    batch_free(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_reports_are_kept_in_order_and_by_copy),
        cmocka_unit_test(items_stay_where_they_are_while_others_are_added),
        cmocka_unit_test(a_sweep_takes_out_what_was_refused_after_all),
        cmocka_unit_test(a_sweep_moves_nothing_where_somebody_follows),
        cmocka_unit_test(a_report_that_cannot_be_read_is_not_taken),
        cmocka_unit_test(every_refusal_keeps_its_place_and_words),
        cmocka_unit_test(beyond_ten_thousand_it_says_so_and_keeps_nothing),
        cmocka_unit_test(a_part_that_cannot_be_read_is_taken_back),
        cmocka_unit_test(nothing_is_taken_back_where_somebody_follows),
    };
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
