/* SPDX-License-Identifier: MIT */
/* test_settings.c - what a configuration says is what is set, and what is wrong in it is told */
#include "../../almanac/csv_mapping.h"
#include "../../almanac/settings.h"
#include "../../almanac/text.h"
#include "documents.h"
#include "scratch.h"

#include <glob.h>
#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DATA "tests/data/settings"
enum { DAY = 86400 };

static struct settings *must_load(const char *path)
{
    struct fault fault = { 0 };
    struct settings *settings = settings_load(path, &fault);
    if (settings == NULL)
        fail_msg("%s", fault.text);
    return settings;
}

static void must_refuse(const char *path, const char *complaint)
{
    struct fault fault = { 0 };
    if (settings_load(path, &fault) != NULL)
        fail_msg("%s is not refused", path);
    assert_string_equal(fault.text, complaint);
}

static void what_a_figure_declares_is_kept(void **state)
{
    (void)state;
    struct settings *settings = must_load(DATA "/good/everything.yaml");
    assert_int_equal(settings->catalogue.count, 3);
    const struct figure *figure = &settings->catalogue.figures[2];
    assert_string_equal(figure->name, "subsidies_cny");
    assert_int_equal(figure->kind, FIGURE_FLOW);
    assert_string_equal(figure->unit, "cny");
    assert_int_equal(figure->unit_word_count, 3);
    assert_string_equal(figure->unit_words[0].text, "兆元");
    assert_int_equal(figure->unit_words[0].scale, 12);
    assert_int_equal(figure->unit_words[1].scale, -2);
    assert_int_equal(figure->unit_words[2].scale, 0);
    assert_int_equal(figure->freq, 'Q');
    assert_int_equal(figure->due_days, 30);
    assert_int_equal(figure->label_count, 2);
    assert_string_equal(figure->labels[0], "ref_area");
    assert_string_equal(figure->labels[1], "stage");
    assert_int_equal(figure->code_count, 2);
    assert_string_equal(figure->codes[0].label, "stage");
    assert_int_equal(figure->codes[0].values.count, 2);
    assert_string_equal(figure->codes[0].values.items[1], "planned");
    assert_string_equal(figure->codes[1].values.items[0], "440304");
    assert_null(figure_codes(figure, "area"));
    assert_string_equal(figure->title_en, "Subsidies");
    assert_string_equal(figure->title_zh, "补贴");
    assert_string_equal(figure->help, "What was paid.\n");
    assert_int_equal(figure->step, 6 * 3600);
    assert_int_equal(figure->keep, 2 * 365 * DAY);
    settings_free(settings);
}

static void what_a_figure_leaves_out_has_its_default(void **state)
{
    (void)state;
    struct settings *settings = must_load(DATA "/good/everything.yaml");
    const struct figure *figure = &settings->catalogue.figures[0];
    assert_string_equal(figure->name, "clusters");
    assert_string_equal(settings->catalogue.figures[1].name, "platforms");
    assert_int_equal(figure->kind, FIGURE_STOCK);
    assert_null(figure->unit);
    assert_int_equal(figure->freq, '\0');
    assert_int_equal(figure->due_days, -1);
    assert_int_equal(figure->label_count, 0);
    assert_int_equal(figure->step, DAY);
    assert_int_equal(figure->keep, 10LL * 365 * DAY);
    settings_free(settings);
}

static void must_pass_over(const struct csv_mapping *csv)
{
    assert_int_equal(csv->pass_count, 2);
    assert_string_equal(csv->passes[0].header, "区域");
    assert_int_equal(csv->passes[0].texts.count, 2);
    assert_string_equal(csv->passes[0].texts.terms[1].word, "全市");
    assert_string_equal(csv->passes[1].header, "");
    assert_string_equal(csv->passes[1].texts.terms[0].word, "合计");
}

static void what_a_source_declares_is_kept(void **state)
{
    (void)state;
    struct settings *settings = must_load(DATA "/good/everything.yaml");
    assert_int_equal(settings->source_count, 3);
    const struct source_settings *source = &settings->sources[1];
    assert_string_equal(source->name, "first.one");
    assert_int_equal(source->form.format, FORM_CSV);
    assert_int_equal(source->every, 15 * 60);
    assert_int_equal(source->timeout, 5);
    assert_int_equal(source->body_size_limit, 512 * 1024);
    assert_true(source->may_be_empty);
    must_pass_over(source->form.csv);
    assert_int_equal(settings->sources[0].body_size_limit, 4096);
    source = &settings->sources[2];
    assert_string_equal(source->name, "second");
    assert_int_equal(source->form.format, FORM_JSON);
    assert_int_equal(source->every, 3600);
    assert_int_equal(source->timeout, 30);
    assert_false(source->may_be_empty);
    assert_int_equal(source->body_size_limit, 10 * 1000 * 1000);
    settings_free(settings);
}

static void a_url_needs_no_context(void **state)
{
    char here[PATH_MAX], expected[PATH_MAX + 128];
    (void)state;
    assert_non_null(realpath(DATA "/good", here));
    snprintf(expected, sizeof expected, "file://%s/a%%20folder/100%%25%%20d'%%C3%%A9t%%C3%%A9.csv",
             here);
    struct settings *settings = must_load(DATA "/good/everything.yaml");
    assert_string_equal(settings->sources[0].url, "file:///srv/a%20b.csv");
    assert_string_equal(settings->sources[1].url, expected);
    assert_string_equal(settings->sources[2].url, "https://example.org/figures?last=1");
    settings_free(settings);
}

static void an_almanac_of_nothing_can_be_configured(void **state)
{
    (void)state;
    struct settings *settings = must_load(DATA "/good/nothing.yaml");
    assert_int_equal(settings->catalogue.count, 0);
    assert_int_equal(settings->source_count, 0);
    settings_free(settings);
}

static void the_configuration_that_is_shipped_is_good(void **state)
{
    (void)state;
    struct settings *settings = must_load("conf/almanac.yaml");
    assert_true(settings->catalogue.count >= 15); /* there may be more of the user's own */
    assert_true(settings->source_count >= 1);
    settings_free(settings);
}

static void what_some_row_could_say_may_be_a_constant(void **state)
{
    (void)state;
    struct settings *settings = must_load(DATA "/good/constants.yaml");
    assert_int_equal(settings->source_count, 17);
    settings_free(settings);
}

static void a_wrong_configuration_is_refused_with_its_place(void **state)
{
    (void)state;
    must_refuse_folder(DATA "/bad", "*.yaml", 51, must_refuse);
}

static void write_big_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "figures: []\n#%*s\n", (int)size - 14, "");
    fclose(file);
}

static void a_file_of_one_megabyte_is_read_and_not_a_byte_more(void **state)
{
    char folder[SCRATCH_PATH], path[320], complaint[400];
    (void)state;
    make_scratch("settings", folder);
    snprintf(path, sizeof path, "%s/big.yaml", folder);
    write_big_file(path, 1000 * 1000);
    settings_free(must_load(path));
    write_big_file(path, 1000 * 1000 + 1);
    snprintf(complaint, sizeof complaint, "%s: has 1000001 bytes; expected at most 1000000", path);
    must_refuse(path, complaint);
    remove_scratch(folder);
}

static void a_missing_file_is_told(void **state)
{
    (void)state;
    must_refuse("no/such.yaml", "no/such.yaml: No such file or directory");
}

static void a_folder_named_like_a_pattern_is_taken_by_its_name(void **state)
{
    char folder[SCRATCH_PATH], path[320], figures[320];
    (void)state;
    make_scratch("[a]*", folder);
    snprintf(path, sizeof path, "%s/almanac.yaml", folder);
    snprintf(figures, sizeof figures, "%s/figures.yaml", folder);
    FILE *file = fopen(path, "w");
    fputs("figure_files: [f*.yaml]\n", file);
    fclose(file);
    file = fopen(figures, "w");
    fputs("figures: []\n", file);
    fclose(file);
    settings_free(must_load(path));
    remove_scratch(folder);
}

static void *share_and_free(void *settings)
{
    for (int i = 0; i < 10000; i++)
        settings_free(settings_share(settings));
    return NULL;
}

static void the_last_share_frees(void **state)
{
    pthread_t thread;
    (void)state;
    struct settings *settings = must_load(DATA "/good/nothing.yaml");
    assert_ptr_equal(settings_share(settings), settings);
    assert_int_equal(pthread_create(&thread, NULL, share_and_free, settings), 0);
    share_and_free(settings);
    pthread_join(thread, NULL);
    settings_free(settings);
    assert_int_equal(settings->catalogue.count, 0);
    settings_free(settings);
    settings_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_figure_declares_is_kept),
        cmocka_unit_test(what_a_figure_leaves_out_has_its_default),
        cmocka_unit_test(what_a_source_declares_is_kept),
        cmocka_unit_test(a_url_needs_no_context),
        cmocka_unit_test(an_almanac_of_nothing_can_be_configured),
        cmocka_unit_test(the_configuration_that_is_shipped_is_good),
        cmocka_unit_test(what_some_row_could_say_may_be_a_constant),
        cmocka_unit_test(a_wrong_configuration_is_refused_with_its_place),
        cmocka_unit_test(a_file_of_one_megabyte_is_read_and_not_a_byte_more),
        cmocka_unit_test(a_missing_file_is_told),
        cmocka_unit_test(a_folder_named_like_a_pattern_is_taken_by_its_name),
        cmocka_unit_test(the_last_share_frees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
