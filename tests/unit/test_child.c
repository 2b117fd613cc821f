/* SPDX-License-Identifier: MIT */
/* test_child.c - whatever another program does, it does it within limits and has an end */
#include "../../collector/child.h"
#include "scratch.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { ENOUGH = 60, MEGABYTE = 1 << 20 };

static int run(const char *script, struct child *child, struct text *output, struct fault *fault)
{
    const char *const argv[] = { "sh", "-c", script, NULL };
    child->argv = argv;
    if (child->clock == NULL)
        child->clock = &clock_system;
    if (child->input == NULL)
        child->input = "";
    if (child->seconds == 0)
        child->seconds = ENOUGH;
    if (child->memory == 0)
        child->memory = 512 * MEGABYTE;
    if (child->output == 0)
        child->output = MEGABYTE;
    text_put(output, "");
    return child_run(child, output, fault);
}

static void must_say(const char *script, const char *words)
{
    struct child child = { .interrupt = -1 };
    struct text output = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(run(script, &child, &output, &fault), 0);
    assert_string_equal(fault.text, "");
    assert_string_equal(output.bytes, words);
    text_free(&output);
}

static void must_fail_within(struct child child, const char *script, const char *words)
{
    struct text output = { 0 };
    struct fault fault = { 0 };
    child.interrupt = -1;
    assert_int_equal(run(script, &child, &output, &fault), -1);
    assert_string_equal(fault.text, words);
    text_free(&output);
}

static void must_fail(const char *script, const char *words)
{
    must_fail_within((struct child){ 0 }, script, words);
}

static void it_is_fed_and_heard(void **state)
{
    (void)state;
    size_t size = 3 * MEGABYTE;
    char *input = malloc(size);
    memset(input, 'x', size);
    struct child child = {
        .input = input, .input_size = size, .output = 4 * MEGABYTE, .interrupt = -1
    };
    struct text output = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(run("cat", &child, &output, &fault), 0);
    assert_int_equal(output.size, size);
    assert_memory_equal(output.bytes, input, size);
    text_free(&output);
    free(input);
}

static void one_that_does_not_listen_is_heard_as_well(void **state)
{
    (void)state;
    size_t size = 3 * MEGABYTE;
    char *input = calloc(1, size);
    struct child child = { .input = input, .input_size = size, .interrupt = -1 };
    struct text output = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(run("echo done", &child, &output, &fault), 0);
    assert_string_equal(output.bytes, "done\n");
    text_free(&output);
    free(input);
}

static void it_has_no_environment(void **state)
{
    (void)state;
    setenv("ALMANAC_SECRET", "1", 1);
    must_say("echo \"[$ALMANAC_SECRET$HOME]\"", "[]\n");
    unsetenv("ALMANAC_SECRET");
}

static void it_has_no_descriptors_but_its_own(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    must_say("ls /proc/self/fd | wc -l", "4\n"); /* with the one that ls reads the folder by */
    close(ends[0]);
    close(ends[1]);
}

static void it_has_no_network(void **state)
{
    (void)state;
    must_fail("perl -MSocket -e 'socket(my $s, PF_INET, SOCK_STREAM, 0) or die \"no: $!\\n\"'",
              "sh: no: Operation not permitted");
}

static void it_writes_no_files(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH], path[320], script[400];
    struct stat found;
    make_scratch("child", folder);
    snprintf(path, sizeof path, "%s/written", folder);
    snprintf(script, sizeof script, "trap '' XFSZ; echo x >'%s'", path);
    must_fail(script, "sh: 1: echo: echo: I/O error");
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_size, 0);
    remove_scratch(folder);
}

static void its_own_words_are_the_complaint(void **state)
{
    (void)state;
    must_fail("echo 'sh: no such field' >&2; echo more >&2; exit 5", "sh: no such field");
    must_fail("exit 3", "sh: it ended with status 3 and no word");
    must_fail("kill -SEGV $$", "sh: it was ended by signal 11 (Segmentation fault)");
    must_fail("kill -KILL $$", "sh: it was ended by signal 9 (Killed)");
}

static void what_it_remarks_on_though_it_ends_well_can_be_heard(void **state)
{
    (void)state;
    struct text output = { 0 }, remarks = { 0 };
    struct fault fault = { 0 };
    struct child child = { .interrupt = -1, .remarks = &remarks };
    assert_int_equal(run("echo 4; echo 'a remark' >&2", &child, &output, &fault), 0);
    assert_string_equal(output.bytes, "4\n");
    assert_string_equal(remarks.bytes, "a remark\n");
    text_free(&output);
    text_free(&remarks);
}

static void its_limits_are_the_kernels_too(void **state)
{
    (void)state;
    struct child child = { .seconds = 7, .memory = 100 * MEGABYTE, .interrupt = -1 };
    struct text output = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(
        run("ulimit -t; ulimit -Ht; ulimit -v; ulimit -f; ulimit -c", &child, &output, &fault), 0);
    assert_string_equal(output.bytes, "7\n8\n102400\n0\n0\n");
    text_free(&output);
    must_fail_within((struct child){ .seconds = 7 }, "kill -XCPU $$",
                     "sh: it is not done within 7 s of the processor's time");
}

static void what_never_ends_is_ended_with_all_it_started(void **state)
{
    (void)state;
    struct child short_lived = { .seconds = 1 };
    must_fail_within(short_lived, "sleep 1000 & sleep 1000; echo never", //
                     "sh: it is not done within 1 s");
}

/* Whether the process that the output names is gone, now or soon; one that nobody waits for yet is.
 */
static bool is_ended(const struct text *output)
{
    char path[64], state;
    snprintf(path, sizeof path, "/proc/%d/stat", atoi(output->bytes));
    for (int i = 0; i < 1000; i++) {
        FILE *file = fopen(path, "r");
        if (file == NULL)
            return true;
        bool ended = fscanf(file, "%*d (%*[^)]) %c", &state) != 1 || state == 'Z' || state == 'X';
        fclose(file);
        if (ended)
            return true;
        usleep(10000);
    }
    return false;
}

static void what_it_leaves_running_is_ended(void **state)
{
    static const char *const scripts[] = { "sleep 1000 >&- 2>&- & echo $!",
                                           "sleep 1000 & echo $!; sleep 1000" };
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct child child = { .interrupt = -1, .seconds = i == 0 ? ENOUGH : 1 };
        struct text output = { 0 };
        struct fault fault = { 0 };
        assert_int_equal(run(scripts[i], &child, &output, &fault), -i);
        assert_true(is_ended(&output));
        text_free(&output);
    }
}

static void one_that_has_closed_its_output_is_ended_as_well(void **state)
{
    (void)state;
    int ends[2], own = (int)syscall(SYS_pidfd_open, getpid(), 0);
    if (own < 0)
        skip(); /* under valgrind there is none */
    close(own);
    must_fail_within((struct child){ .seconds = 1 }, "exec >&- 2>&-; sleep 5",
                     "sh: it is not done within 1 s");
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "!", 1), 1);
    struct child child = { .interrupt = ends[0] };
    struct text output = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(run("exec >&- 2>&-; sleep 5", &child, &output, &fault), -1);
    assert_string_equal(fault.text, "sh: it was stopped before it was done");
    text_free(&output);
    close(ends[0]);
    close(ends[1]);
    must_say("exec >&- 2>&-; sleep 0.1", "");
}

static int64_t never_later(void *owner)
{
    (void)owner;
    return 1;
}

static void what_takes_too_much_of_the_processor_is_ended(void **state)
{
    (void)state;
    static const struct clock still = { never_later, never_later, NULL };
    must_fail_within((struct child){ .seconds = 1, .clock = &still }, "while :; do :; done",
                     "sh: it is not done within 1 s of the processor's time");
}

static void what_says_too_much_is_ended(void **state)
{
    (void)state;
    must_fail("while :; do echo 1234567890123456789012345678901234567890; done",
              "sh: it says more than 1048576 bytes");
    must_fail_within((struct child){ .seconds = 2 }, "while :; do echo no >&2; done",
                     "sh: it is not done within 2 s");
}

static void what_eats_memory_is_ended(void **state)
{
    (void)state;
    struct child child = { .memory = 256 * MEGABYTE, .interrupt = -1 };
    struct text output = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(run("perl -e '$x .= \"x\" x 1e6 while 1'", &child, &output, &fault), -1);
    if (strstr(fault.text, "Out of memory") == NULL)
        fail_msg("it ends with: %s", fault.text);
    text_free(&output);
}

static void who_stops_does_not_wait_for_it(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "!", 1), 1);
    struct child child = { .interrupt = ends[0] };
    struct text output = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(run("sleep 1000", &child, &output, &fault), -1);
    assert_string_equal(fault.text, "sh: it was stopped before it was done");
    text_free(&output);
    close(ends[0]);
    close(ends[1]);
}

static void it_does_not_outlive_who_started_it(void **state)
{
    (void)state;
    int status;
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
    pid_t starter = fork();
    if (starter == 0)
        must_say("kill -KILL $PPID; sleep 3", "");
    assert_int_equal(waitpid(starter, &status, 0), starter);
    assert_true(waitpid(-1, &status, 0) > 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
}

static void a_program_that_there_is_not_is_a_complaint(void **state)
{
    (void)state;
    const char *const argv[] = { "almanac-no-such-program", NULL };
    struct child child = { argv, "", 0, ENOUGH, 64 * MEGABYTE, MEGABYTE, -1, &clock_system, NULL };
    struct text output = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(child_run(&child, &output, &fault), -1);
    assert_string_equal(fault.text, "almanac-no-such-program: it cannot be run; is it installed?");
    text_free(&output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_fed_and_heard),
        cmocka_unit_test(one_that_does_not_listen_is_heard_as_well),
        cmocka_unit_test(it_has_no_environment),
        cmocka_unit_test(it_has_no_descriptors_but_its_own),
        cmocka_unit_test(it_has_no_network),
        cmocka_unit_test(it_writes_no_files),
        cmocka_unit_test(its_own_words_are_the_complaint),
        cmocka_unit_test(what_it_remarks_on_though_it_ends_well_can_be_heard),
        cmocka_unit_test(its_limits_are_the_kernels_too),
        cmocka_unit_test(what_never_ends_is_ended_with_all_it_started),
        cmocka_unit_test(what_it_leaves_running_is_ended),
        cmocka_unit_test(one_that_has_closed_its_output_is_ended_as_well),
        cmocka_unit_test(what_takes_too_much_of_the_processor_is_ended),
        cmocka_unit_test(what_says_too_much_is_ended),
        cmocka_unit_test(what_eats_memory_is_ended),
        cmocka_unit_test(who_stops_does_not_wait_for_it),
        cmocka_unit_test(it_does_not_outlive_who_started_it),
        cmocka_unit_test(a_program_that_there_is_not_is_a_complaint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
