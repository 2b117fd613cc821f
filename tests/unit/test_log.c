/* SPDX-License-Identifier: MIT */
/* test_log.c - a line of the log is one line, reads back, and says when */
#include "../../almanac/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW "2024-06-30T10:20:30.045Z"

static int64_t fixed(void *owner)
{
    return *(int64_t *)owner;
}

static int64_t now = 1719742830045;
static const struct clock fixed_clock = { fixed, fixed, &now };
static int ends[2];

static int open_pipe(void **state)
{
    (void)state;
    return pipe(ends);
}

static int close_pipe(void **state)
{
    (void)state;
    close(ends[0]);
    close(ends[1]);
    return 0;
}

static struct log log_to_pipe(enum log_format format)
{
    return (struct log){ ends[1], LOG_LEVEL_INFO, format, &fixed_clock };
}

static void must_have_written(const char *expected)
{
    char line[4096];
    assert_int_equal(write(ends[1], "", 1), 1);
    ssize_t size = read(ends[0], line, sizeof line);
    assert_true(size > 0 && line[size - 1] == '\0');
    assert_string_equal(line, expected);
}

static void logfmt_quotes_what_is_not_one_word(void **state)
{
    static const struct {
        const char *value, *written;
    } cases[] = {
        { "plain", "plain" },
        { "http://h:1/a?b&c", "http://h:1/a?b&c" },
        { "亿元", "亿元" },
        { "", "\"\"" },
        { "two words", "\"two words\"" },
        { "a=b", "\"a=b\"" },
        { "say \"no\"", "\"say \\\"no\\\"\"" },
        { "C:\\x", "\"C:\\\\x\"" },
        { "x\nlevel=error", "\"x\\u000alevel=error\"" },
        { "\x1B[2J", "\"\\u001b[2J\"" },
        { "\xC2\x9B"
          "2J",
          "\"\\u009b2J\"" },
        { "\x01", "\"\\u0001\"" },
        { "bad\xFF", "\"bad\\ufffd\"" },
    };
    struct log log = log_to_pipe(LOG_FORMAT_LOGFMT);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[200] = "ts=" NOW " level=info msg=m v=";
        log_write(&log, LOG_LEVEL_INFO, "m", "v", cases[i].value, NULL);
        strcat(strcat(line, cases[i].written), "\n");
        must_have_written(line);
    }
}

static void json_lines_are_objects(void **state)
{
    struct log log = log_to_pipe(LOG_FORMAT_JSON);
    (void)state;
    log_write(&log, LOG_LEVEL_WARN, "source \"a\" failed", "error", "line 1\nline 2", "n", "3",
              NULL);
    must_have_written("{\"ts\":\"" NOW "\",\"level\":\"warn\",\"msg\":\"source \\\"a\\\" failed\","
                      "\"error\":\"line 1\\u000aline 2\",\"n\":\"3\"}\n");
}

static void a_message_needs_no_pairs(void **state)
{
    struct log log = log_to_pipe(LOG_FORMAT_LOGFMT);
    (void)state;
    log_write(&log, LOG_LEVEL_ERROR, "gone", NULL);
    must_have_written("ts=" NOW " level=error msg=gone\n");
}

static void quieter_lines_are_dropped(void **state)
{
    struct log log = log_to_pipe(LOG_FORMAT_LOGFMT);
    (void)state;
    log_write(&log, LOG_LEVEL_DEBUG, "quiet", NULL);
    must_have_written("");
    log.level = LOG_LEVEL_ERROR;
    log_write(&log, LOG_LEVEL_WARN, "quiet", NULL);
    must_have_written("");
    log.level = LOG_LEVEL_DEBUG;
    log_write(&log, LOG_LEVEL_DEBUG, "loud", NULL);
    must_have_written("ts=" NOW " level=debug msg=loud\n");
}

static void a_percent_sign_is_no_format(void **state)
{
    struct log log = log_to_pipe(LOG_FORMAT_LOGFMT);
    (void)state;
    log_write(&log, LOG_LEVEL_INFO, "%s%n", "a", "100%d", NULL);
    must_have_written("ts=" NOW " level=info msg=%s%n a=100%d\n");
}

static void levels_and_formats_have_words(void **state)
{
    (void)state;
    assert_string_equal(log_level_words[LOG_LEVEL_DEBUG], "debug");
    assert_string_equal(log_level_words[LOG_LEVEL_INFO], "info");
    assert_string_equal(log_level_words[LOG_LEVEL_WARN], "warn");
    assert_string_equal(log_level_words[LOG_LEVEL_ERROR], "error");
    assert_null(log_level_words[LOG_LEVEL_ERROR + 1]);
    assert_string_equal(log_format_words[LOG_FORMAT_LOGFMT], "logfmt");
    assert_string_equal(log_format_words[LOG_FORMAT_JSON], "json");
    assert_null(log_format_words[LOG_FORMAT_JSON + 1]);
}

static void the_clock_is_the_one_that_was_handed_over(void **state)
{
    (void)state;
    assert_true(clock_wall_ms(&fixed_clock) == now);
    assert_true(clock_steady_ms(&fixed_clock) == now);
    assert_true(clock_seconds(&fixed_clock) == 1719742830);
    int64_t before = clock_steady_ms(&clock_system);
    assert_true(clock_steady_ms(&clock_system) >= before);
    assert_true(clock_seconds(&clock_system) > 1719742830);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logfmt_quotes_what_is_not_one_word),
        cmocka_unit_test(json_lines_are_objects),
        cmocka_unit_test(a_message_needs_no_pairs),
        cmocka_unit_test(quieter_lines_are_dropped),
        cmocka_unit_test(a_percent_sign_is_no_format),
        cmocka_unit_test(levels_and_formats_have_words),
        cmocka_unit_test(the_clock_is_the_one_that_was_handed_over),
    };
    return cmocka_run_group_tests(tests, open_pipe, close_pipe);
}
