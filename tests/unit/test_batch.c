/* SPDX-License-Identifier: MIT */
/* test_batch.c - a batch keeps what it takes and remembers what it refuses */
#include "../../collector/batch.h"
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

static void a_report_that_cannot_be_read_is_not_taken(void **state)
{
    (void)state;
    struct batch batch;
    struct label label = { "stage", "built" };
    struct report report = a_report(&label, "four");
    struct complaint complaint = { 0 };
    batch_init(&batch, small_catalogue(), &plain_form, today);
    assert_int_equal(batch_take(&batch, &report, &complaint), -1);
    assert_string_equal(complaint.field, "obs_value");
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
        batch_refuse(&batch, place, "no");
    }
    assert_int_equal(batch.refused, 250);
    assert_string_equal(batch.refusals[0].place, ":1");
    assert_string_equal(batch.refusals[249].place, ":250");
    assert_string_equal(batch.refusals[249].reason, "no");
    batch_free(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_reports_are_kept_in_order_and_by_copy),
        cmocka_unit_test(a_report_that_cannot_be_read_is_not_taken),
        cmocka_unit_test(every_refusal_keeps_its_place_and_words),
    };
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
