/* SPDX-License-Identifier: MIT */
/* test_permit.c - a user reports what the reporters of the configuration let through */
#include "../../collector/permit.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct settings *configure(const char *reporters)
{
    char folder[SCRATCH_PATH], path[320], here[256];
    struct fault fault = { 0 };
    make_scratch("permit", folder);
    assert_non_null(getcwd(here, sizeof here));
    snprintf(path, sizeof path, "%s/almanac.yaml", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "figure_files: [%s/tests/data/small.yaml]\n%s", here, reporters);
    fclose(file);
    struct settings *settings = settings_load(path, &fault);
    remove_scratch(folder);
    if (settings == NULL)
        fail_msg("%s", fault.text);
    return settings;
}

/* Whether the user may report platforms{stage} or, without a stage, paid_cny. */
static bool may(const char *reporters, const char *user, const char *stage)
{
    static const struct form csv = { .format = FORM_CSV };
    struct settings *settings = configure(reporters);
    struct delivery *delivery = delivery_new("test", settings, &csv, 1795392000);
    char document[200];
    int size =
        snprintf(document, sizeof document, "figure,stage,time_period,obs_value\n%s,%s,2024,1\n",
                 stage == NULL ? "paid_cny" : "platforms", stage == NULL ? "" : stage);
    delivery_read(delivery, document, (size_t)size);
    assert_int_equal(delivery->batch.refused, 0);
    size_t refused = permit_check(delivery, 0, user);
    assert_int_equal(refused, delivery->batch.refused);
    assert_int_equal(refused + delivery->batch.count, 1);
    delivery_free(delivery);
    settings_free(settings);
    return refused == 0;
}

static void without_reporters_everyone_may_report_all(void **state)
{
    (void)state;
    assert_true(may("", NULL, "built"));
    assert_true(may("", "anna", "built"));
}

static void with_reporters_only_they_may(void **state)
{
    (void)state;
    static const char reporters[] = "reporters: [{user: anna, figures: ['*']}]\n";
    assert_true(may(reporters, "anna", "built"));
    assert_false(may(reporters, "ann", "built"));
    assert_false(may(reporters, NULL, "built"));
}

static void figures_are_patterns_of_the_whole_name(void **state)
{
    (void)state;
    static const char reporters[] = "reporters: [{user: anna, figures: ['p*s']}]\n";
    assert_true(may(reporters, "anna", "built"));
    assert_false(may(reporters, "anna", NULL));
}

static void labels_restrict_the_figures_that_have_them(void **state)
{
    (void)state;
    static const char reporters[] =
        "reporters: [{user: anna, figures: ['*'], labels: {stage: b*}}]\n";
    assert_true(may(reporters, "anna", "built"));
    assert_false(may(reporters, "anna", "planned"));
    assert_true(may(reporters, "anna", NULL));
}

static void several_entries_of_a_user_add_up(void **state)
{
    (void)state;
    static const char reporters[] =
        "reporters:\n"
        "  - {user: anna, figures: [platforms], labels: {stage: built}}\n"
        "  - {user: anna, figures: [paid_cny]}\n";
    assert_true(may(reporters, "anna", "built"));
    assert_true(may(reporters, "anna", NULL));
    assert_false(may(reporters, "anna", "planned"));
}

static void from_there_on_a_withdrawal_is_called_so(void **state)
{
    (void)state;
    static const struct form csv = { .format = FORM_CSV };
    static const char document[] = "figure,stage,time_period,obs_value,obs_status\n"
                                   "platforms,built,2024,1,A\nplatforms,built,2025,,O\n";
    struct settings *settings = configure("reporters: [{user: anna, figures: [paid_cny]}]\n");
    struct delivery *delivery = delivery_new("test", settings, &csv, 1795392000);
    delivery_read(delivery, document, sizeof document - 1);
    assert_int_equal(permit_check(delivery, 1, "anna"), 1);
    assert_int_equal(delivery->batch.count, 1);
    assert_string_equal(
        delivery->batch.refusals[0].reason,
        "anna may not withdraw platforms stage=built; expected what 'reporters' lets through");
    delivery_free(delivery);
    settings_free(settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_reporters_everyone_may_report_all),
        cmocka_unit_test(with_reporters_only_they_may),
        cmocka_unit_test(figures_are_patterns_of_the_whole_name),
        cmocka_unit_test(labels_restrict_the_figures_that_have_them),
        cmocka_unit_test(several_entries_of_a_user_add_up),
        cmocka_unit_test(from_there_on_a_withdrawal_is_called_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
