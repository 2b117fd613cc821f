/* SPDX-License-Identifier: MIT */
/* test_rules_check.c - rules that cannot work are told when the configuration is loaded */
#include "../../almanac/text_rules.h"
#include "../../collector/rules_check.h"
#include "text_stage.h"

#include <fcntl.h>
#include <unistd.h>

#define DATA "tests/data/rules"

static int check(const char *path, struct fault *fault)
{
    struct settings *settings = settings_load(path, fault);
    if (settings == NULL)
        fail_msg("%s", fault->text);
    struct catalogue catalogue = settings->catalogue;
    int result = rules_check(settings, &catalogue, fault);
    settings_free(settings);
    return result;
}

static void must_complain(const char *path)
{
    char beside[256];
    struct fault fault = { 0 };
    struct text expected = { 0 };
    snprintf(beside, sizeof beside, "%.*s.complaint", (int)strcspn(path, "."), path);
    read_document(beside, &expected);
    if (check(path, &fault) == 0)
        fail_msg("%s is not refused", path);
    expected.bytes[strcspn(expected.bytes, "\n")] = '\0';
    assert_string_equal(fault.text, expected.bytes);
    text_free(&expected);
}

static void wrong_rules_are_refused_in_the_words_beside_them(void **state)
{
    glob_t files;
    int root = open(".", O_RDONLY | O_DIRECTORY);
    (void)state;
    assert_int_equal(chdir(DATA), 0);
    assert_int_equal(glob("*.yaml", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        must_complain(files.gl_pathv[i]);
    globfree(&files);
    assert_int_equal(fchdir(root), 0);
    close(root);
}

static const struct source_settings *source_of(const struct settings *settings, const char *name)
{
    for (size_t i = 0; i < settings->source_count; i++)
        if (strcmp(settings->sources[i].name, name) == 0)
            return &settings->sources[i];
    fail_msg("there is no source '%s'", name);
    return NULL;
}

static void what_a_rule_declares_is_kept(void **state)
{
    struct fault fault = { 0 };
    struct settings *settings = settings_load(DATA "/good/everything.yaml", &fault);
    (void)state;
    if (settings == NULL)
        fail_msg("%s", fault.text);
    const struct form *form = &source_of(settings, "reply")->form;
    assert_int_equal(form->format, FORM_TEXT);
    assert_non_null(form->wording);
    assert_true(form->rules->html);
    assert_string_equal(form->rules->encoding, "GB18030");
    assert_string_equal(form->rules->reference, "https://example.org/reply?a@b");
    assert_int_equal(form->rules->count, 3);
    const struct text_rule *rule = &form->rules->rules[0];
    assert_string_equal(rule->name, "everything");
    assert_string_equal(rule->match, "已建成(?<value>.+?)[家个]");
    assert_string_equal(rule->period_of, "截至(?<time_period>\\d+年)");
    assert_string_equal(rule->year_of, "^(?<year>\\d+)年");
    assert_int_equal(rule->least, 1);
    assert_int_equal(rule->most, 5);
    assert_int_equal(rule->label_count, 2);
    assert_string_equal(rule->labels[1].name, "stage");
    assert_string_equal(rule->labels[1].value, "built");
    assert_string_equal(rule->fields[REPORT_RELEASED], "2024-08-01");
    assert_int_equal(rule->example_count, 3);
    assert_string_equal(rule->examples[0].text, "2024年。截至2024年已建成4家。");
    assert_false(rule->examples[0].gives_nothing);
    assert_true(rule->examples[1].gives_nothing);
    assert_int_equal(rule->examples[2].label_count, 1);
    assert_int_equal(form->rules->rules[1].least, 1);
    assert_int_equal(form->rules->rules[1].most, 1);
    assert_int_equal(form->rules->rules[2].least, 0);
    assert_null(source_of(settings, "numbers")->form.wording);
    assert_false(source_of(settings, "numbers")->form.rules->html);
    assert_non_null(source_of(settings, "commas")->form.wording);
    settings_free(settings);
}

/* An example of years to come is one, whatever today is. */
static void rules_that_keep_their_promise_are_taken(void **state)
{
    struct fault fault = { 0 };
    (void)state;
    if (check(DATA "/good/everything.yaml", &fault) != 0 ||
        check("conf/examples/text.yaml", &fault) != 0)
        fail_msg("%s", fault.text);
}

/* The documents beside the configuration that is shown to users. */
static void must_find(const char *source, const char *path, const char *expected)
{
    struct fault fault = { 0 };
    struct text document = { 0 }, found = { 0 };
    struct settings *settings = settings_load("conf/examples/text.yaml", &fault);
    if (settings == NULL)
        fail_msg("%s", fault.text);
    struct catalogue catalogue = settings->catalogue;
    struct batch batch;
    batch_init(&batch, &catalogue, &source_of(settings, source)->form, today);
    read_document(path, &document);
    decode_text(document.bytes, document.size, &batch);
    write_refusals(&found, source, &batch);
    for (size_t i = 0; i < batch.count; i++) {
        const struct observation *one = &batch_item(&batch, i)->observation;
        text_printf(&found, "%s %s %s%s: %s\n", one->figure->name, one->statement.period.text,
                    comparator_text(one->statement.comparator), one->statement.value.text,
                    one->comment);
    }
    assert_string_equal(found.bytes, expected);
    text_free(&document);
    text_free(&found);
    batch_free(&batch);
    settings_free(settings);
}

static void the_rules_in_conf_find_what_is_in_the_documents_beside_them(void **state)
{
    (void)state;
    must_find("reply", "conf/examples/reply.html",
              "pilot_platforms 2024-06 >160: 已建成超160家中试平台\n"
              "pilot_platforms 2024-06 ~30: 规划建设约30个\n"
              "subsidies_cny 2021/2023 >=150000000: 2021—2023年累计发放科技金融补贴1.5亿余元\n"
              "fund_size_cny 2024-06 200000000: 种子基金 2亿元\n"
              "fund_size_cny 2024-06 ~350000000: 天使基金 近3.5亿元\n");
    must_find("bulletin", "conf/examples/bulletin.txt",
              "pilot_platforms 2024-06 >160: By the end of June 2024, more than 160 pilot "
              "platforms had been built\n"
              "subsidies_cny 2021/2023 ~1200000000: Subsidies of about CNY 1.2 billion were paid "
              "from 2021 to 2023\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_rules_are_refused_in_the_words_beside_them),
        cmocka_unit_test(what_a_rule_declares_is_kept),
        cmocka_unit_test(rules_that_keep_their_promise_are_taken),
        cmocka_unit_test(the_rules_in_conf_find_what_is_in_the_documents_beside_them),
    };
    return cmocka_run_group_tests_name("rules_check", tests, NULL, NULL);
}
