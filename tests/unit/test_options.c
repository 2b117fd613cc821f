/* SPDX-License-Identifier: MIT */
/* test_options.c - flags land where the table says, and anything else is told */
#include "../../almanac/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROWS = 4, ARGUMENTS = 40 };

struct given {
    bool once;
    int level;
    const char *file;
    struct option_list listen;
    char *argv[ARGUMENTS];
    struct fault fault;
};

static const char *const levels[] = { "debug", "info", "warn", NULL };

static struct options options_of(struct given *given)
{
    struct options options = { 0 };
    struct option_row rows[ROWS];
    rows[0] = (struct option_row){ "config.file",         "FILE", OPTION_WORD, &given->file,
                                   "Configuration file.", NULL };
    rows[1] = (struct option_row){ "once", NULL, OPTION_FLAG, &given->once, "One round.", NULL };
    rows[2] = (struct option_row){ "web.listen-address", "ADDRESS",          OPTION_LIST,
                                   &given->listen,       "Where to listen.", NULL };
    rows[3] = (struct option_row){ "log.level",         "LEVEL", OPTION_CHOICE, &given->level,
                                   "How much is said.", levels };
    options_add(&options, rows, ROWS);
    return options;
}

/* words: the arguments behind the program's name, with one space between them. */
static int read_words(struct given *given, const char *words)
{
    static char line[1024];
    int argc = 1;
    *given = (struct given){ .file = "preset" };
    snprintf(line, sizeof line, "program %s", words);
    given->argv[0] = strtok(line, " ");
    while ((given->argv[argc] = strtok(NULL, " ")) != NULL)
        argc++;
    struct options options = options_of(given);
    return options_read(&options, argc, given->argv, &given->fault);
}

static void must_refuse(const char *words, const char *complaint)
{
    struct given given;
    assert_int_equal(read_words(&given, words), -1);
    assert_string_equal(given.fault.text, complaint);
}

static void a_choice_is_one_of_its_words(void **state)
{
    struct given given;
    (void)state;
    assert_int_equal(read_words(&given, "--log.level=warn"), 0);
    assert_int_equal(given.level, 2);
    assert_int_equal(read_words(&given, "--log.level info"), 0);
    assert_int_equal(given.level, 1);
    must_refuse("--log.level=warning", "'--log.level' is 'warning'; expected debug, info or warn");
    must_refuse("--log.level=", "'--log.level' is ''; expected debug, info or warn");
}

static void only_a_list_is_repeated_and_no_value_is_empty(void **state)
{
    (void)state;
    must_refuse("--config.file=a --config.file=b",
                "'--config.file' is given twice; expected it once");
    must_refuse("--once --once", "'--once' is given twice; expected it once");
    must_refuse("--log.level=warn --log.level warn",
                "'--log.level' is given twice; expected it once");
    must_refuse("--config.file=", "'--config.file' is empty; expected --config.file=FILE");
    must_refuse("--web.listen-address=",
                "'--web.listen-address' is empty; expected --web.listen-address=ADDRESS");
}

static void what_is_not_given_stays_as_it_was(void **state)
{
    struct given given;
    (void)state;
    assert_int_equal(read_words(&given, ""), 0);
    assert_false(given.once);
    assert_string_equal(given.file, "preset");
    assert_int_equal(given.listen.count, 0);
}

static void values_stand_behind_a_space_or_an_equals_sign(void **state)
{
    struct given given;
    (void)state;
    assert_int_equal(read_words(&given, "--config.file a=b --once"), 0);
    assert_string_equal(given.file, "a=b");
    assert_true(given.once);
    assert_int_equal(read_words(&given, "--config.file=a=b"), 0);
    assert_string_equal(given.file, "a=b");
    assert_int_equal(read_words(&given, "--config.file --once"), 0);
    assert_string_equal(given.file, "--once");
}

static void a_list_keeps_its_order(void **state)
{
    struct given given;
    (void)state;
    assert_int_equal(read_words(&given, "--web.listen-address :1 --web.listen-address=:2"), 0);
    assert_int_equal(given.listen.count, 2);
    assert_string_equal(given.listen.words[0], ":1");
    assert_string_equal(given.listen.words[1], ":2");
}

static void operands_are_gathered_from_among_the_options(void **state)
{
    struct given given;
    (void)state;
    assert_int_equal(read_words(&given, "import --once a.csv --config.file f - -- --once b"), 5);
    const char *expected[] = { "import", "a.csv", "-", "--once", "b" };
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(given.argv[i + 1], expected[i]);
    assert_true(given.once);
    assert_string_equal(given.file, "f");
}

static int read_leading(struct given *given, int argc, char **argv)
{
    *given = (struct given){ 0 };
    struct options options = options_of(given);
    return options_read_leading(&options, argc, argv, &given->fault);
}

static void a_command_ends_the_leading_options(void **state)
{
    struct given given;
    char *words[] = { "program", "--config.file", "f", "import", "--format=csv", NULL };
    char *ended[] = { "program", "--once", "--", "import", NULL };
    char *alone[] = { "program", "--once", NULL }, *wrong[] = { "program", "--twice", "x", NULL };
    (void)state;
    assert_int_equal(read_leading(&given, 5, words), 3);
    assert_string_equal(given.file, "f");
    assert_int_equal(read_leading(&given, 4, ended), 3);
    assert_int_equal(read_leading(&given, 2, alone), 2);
    assert_int_equal(read_leading(&given, 1, alone), 1);
    assert_int_equal(read_leading(&given, 3, wrong), -1);
    assert_string_equal(given.fault.text, "unknown option '--twice'");
}

static void anything_else_is_told(void **state)
{
    (void)state;
    must_refuse("--nonce", "unknown option '--nonce'");
    must_refuse("--onc", "unknown option '--onc'");
    must_refuse("--oncee", "unknown option '--oncee'");
    must_refuse("-once", "unknown option '-once'");
    must_refuse("--=x", "unknown option '--=x'");
    must_refuse("a --config.file", "'--config.file' lacks its value; expected --config.file=FILE");
    must_refuse("--once=yes", "'--once' has the value 'yes'; expected it without a value");
}

static void a_list_has_its_end(void **state)
{
    char words[600] = "";
    struct given given;
    (void)state;
    for (int i = 0; i < 16; i++)
        strcat(words, "--web.listen-address=:1 ");
    assert_int_equal(read_words(&given, words), 0);
    assert_int_equal(given.listen.count, 16);
    strcat(words, "--web.listen-address=:1");
    must_refuse(words, "'--web.listen-address' is given too often; expected it at most 16 times");
}

static void the_help_text_is_a_table(void **state)
{
    struct given given = { 0 };
    char page[512] = "";
    FILE *file = tmpfile();
    (void)state;
    struct options options = options_of(&given);
    fflush(stdout);
    int out = dup(STDOUT_FILENO);
    dup2(fileno(file), STDOUT_FILENO);
    options_print(options.rows, options.count);
    fflush(stdout);
    dup2(out, STDOUT_FILENO);
    close(out);
    rewind(file);
    assert_true(fread(page, 1, sizeof page - 1, file) > 0);
    fclose(file);
    assert_string_equal(page, "  --config.file=FILE            Configuration file.\n"
                              "  --once                        One round.\n"
                              "  --web.listen-address=ADDRESS  Where to listen. (repeatable)\n"
                              "  --log.level=LEVEL             How much is said.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_choice_is_one_of_its_words),
        cmocka_unit_test(only_a_list_is_repeated_and_no_value_is_empty),
        cmocka_unit_test(what_is_not_given_stays_as_it_was),
        cmocka_unit_test(values_stand_behind_a_space_or_an_equals_sign),
        cmocka_unit_test(a_list_keeps_its_order),
        cmocka_unit_test(operands_are_gathered_from_among_the_options),
        cmocka_unit_test(a_command_ends_the_leading_options),
        cmocka_unit_test(anything_else_is_told),
        cmocka_unit_test(a_list_has_its_end),
        cmocka_unit_test(the_help_text_is_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
