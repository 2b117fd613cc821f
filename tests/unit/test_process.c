/* SPDX-License-Identifier: MIT */
/* test_process.c - the process_* families say what the kernel says */
#include "../../almanac/process.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

/* The sample of a page, or -1 where there is none. */
static double sample(const struct text *page, const char *name)
{
    struct text line = { 0 };
    text_printf(&line, "\n%s ", name);
    const char *at = strstr(page->bytes, line.bytes);
    double value = at == NULL ? -1 : atof(at + line.size);
    text_free(&line);
    return value;
}

static int64_t given(void *owner)
{
    return *(int64_t *)owner;
}

/* What the process says that began at this wall clock. */
static struct exposition written(int64_t started_ms)
{
    struct exposition out = { .format = EXPOSITION_TEXT };
    struct process *process = process_open(&(struct clock){ given, given, &started_ms });
    process_write(process, &out, NULL);
    process_close(process);
    return out;
}

static double sample_now(const char *name)
{
    struct exposition out = written(0);
    double value = sample(&out.page, name);
    text_free(&out.page);
    return value;
}

static void each_family_has_a_help_a_type_and_one_sample(void **state)
{
    static const char *const names[] = { "process_cpu_seconds_total",
                                         "process_max_fds",
                                         "process_open_fds",
                                         "process_start_time_seconds",
                                         "process_virtual_memory_bytes",
                                         "process_resident_memory_bytes" };
    struct exposition out = written(1719705600123);
    const struct text *page = &out.page;
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct text help = { 0 };
        text_printf(&help, "# HELP %s ", names[i]);
        assert_non_null(strstr(page->bytes, help.bytes));
        assert_true(sample(page, names[i]) >= 0);
        text_free(&help);
    }
    assert_non_null(strstr(page->bytes, "\nprocess_start_time_seconds 1719705600.123\n"));
    assert_non_null(strstr(page->bytes, "# TYPE process_cpu_seconds_total counter\n"));
    text_free(&out.page);
}

static void an_open_file_is_counted(void **state)
{
    (void)state;
    double before = sample_now("process_open_fds");
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    assert_true(sample_now("process_open_fds") == before + 1);
    close(fd);
    assert_true(sample_now("process_open_fds") == before);
    assert_true(before >= 3 && before < sample_now("process_max_fds"));
}

static void descriptors_are_as_many_as_another_process_sees(void **state)
{
    double seen = 0, counted = -1;
    (void)state;
    /* popen may not have closed the child's end yet when the child looks. */
    for (int i = 0; i < 100 && counted != seen; i++) {
        FILE *list = popen("ls /proc/$PPID/fd | wc -l", "re");
        assert_int_equal(fscanf(list, "%lf", &seen), 1);
        counted = sample_now("process_open_fds");
        pclose(list);
    }
    assert_true(counted == seen);
}

static void memory_is_counted_in_bytes(void **state)
{
    enum { SIZE = 64 << 20 };
    (void)state;
    double whole = sample_now("process_virtual_memory_bytes");
    double resident = sample_now("process_resident_memory_bytes");
    void *block =
        mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    assert_true(block != MAP_FAILED);
    assert_true(sample_now("process_virtual_memory_bytes") >= whole + SIZE);
    assert_true(sample_now("process_resident_memory_bytes") >= resident + SIZE / 2);
    munmap(block, SIZE);
}

static void processor_time_grows(void **state)
{
    (void)state;
    double before = sample_now("process_cpu_seconds_total"), now = before;
    for (int i = 0; i < 1000000 && now <= before; i++)
        now = sample_now("process_cpu_seconds_total");
    assert_true(now > before && now < before + 10);
}

static void a_limit_that_is_not_set_is_left_out(void **state)
{
    struct rlimit was, set;
    (void)state;
    getrlimit(RLIMIT_AS, &was);
    if (was.rlim_cur == RLIM_INFINITY)
        assert_true(sample_now("process_virtual_memory_max_bytes") == -1);
    set = (struct rlimit){ (rlim_t)1 << 46, was.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_AS, &set), 0);
    assert_true(sample_now("process_virtual_memory_max_bytes") == 70368744177664.0);
    setrlimit(RLIMIT_AS, &was);
}

static void the_machine_is_asked_once_a_second(void **state)
{
    struct exposition out = { .format = EXPOSITION_TEXT };
    int64_t now = 1000;
    (void)state;
    struct process *process = process_open(&(struct clock){ given, given, &now });
    process_write(process, &out, NULL);
    double before = sample(&out.page, "process_open_fds");
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    for (now = 1998; now <= 2001; now++) {
        text_clear(&out.page);
        process_write(process, &out, NULL);
        assert_true(sample(&out.page, "process_open_fds") == before + (now >= 2000));
    }
    close(fd);
    process_close(process);
    text_free(&out.page);
}

static void promtool_has_nothing_to_say(void **state)
{
    (void)state;
    if (system("command -v promtool >/dev/null") != 0)
        skip();
    struct exposition out = written(1719705600123);
    FILE *promtool = popen("promtool check metrics >&2", "w");
    fwrite(out.page.bytes, 1, out.page.size, promtool);
    assert_int_equal(pclose(promtool), 0);
    text_free(&out.page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_family_has_a_help_a_type_and_one_sample),
        cmocka_unit_test(an_open_file_is_counted),
        cmocka_unit_test(descriptors_are_as_many_as_another_process_sees),
        cmocka_unit_test(memory_is_counted_in_bytes),
        cmocka_unit_test(processor_time_grows),
        cmocka_unit_test(a_limit_that_is_not_set_is_left_out),
        cmocka_unit_test(the_machine_is_asked_once_a_second),
        cmocka_unit_test(promtool_has_nothing_to_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
