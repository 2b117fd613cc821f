/* SPDX-License-Identifier: MIT */
/* test_file.c - files are whole or untouched, whatever the system does to a write */
#include "../../almanac/file.h"
#include "scratch.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    char folder[SCRATCH_PATH], path[320];
};

/* How libc's calls behave that stand here in its place. */
static struct {
    size_t most; /* that one write takes; 0: all */
    int full;    /* after so many writes the disk is full; 0: never */
    int writes, files_synced, folders_synced;
    int folder_error; /* that an fsync of a folder ends with */
} system_calls;

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    int count = ++system_calls.writes;
    errno = system_calls.full != 0 && count > system_calls.full ? ENOSPC : EINTR;
    if (errno == ENOSPC || (system_calls.most != 0 && count % 2 == 1))
        return -1;
    if (system_calls.most != 0 && size > system_calls.most)
        size = system_calls.most;
    return syscall(SYS_write, descriptor, bytes, size);
}

int fsync(int descriptor)
{
    struct stat about;
    bool folder = fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode);
    system_calls.folders_synced += folder;
    system_calls.files_synced += !folder;
    errno = folder ? system_calls.folder_error : 0;
    return errno == 0 ? 0 : -1;
}

static int open_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    make_scratch("file", place->folder);
    snprintf(place->path, sizeof place->path, "%s/it", place->folder);
    memset(&system_calls, 0, sizeof system_calls);
    *state = place;
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;
    remove_scratch(place->folder);
    free(place);
    return 0;
}

static void assert_has(const struct place *place, const char *expected)
{
    struct fault fault = { 0 };
    struct text found = { 0 };
    file_read(place->path, 0, &found, &fault);
    assert_string_equal(fault.text, "");
    assert_string_equal(found.bytes, expected);
    text_free(&found);
}

static void assert_fault(const struct fault *fault, const char *place, const char *words)
{
    char expected[640];
    snprintf(expected, sizeof expected, "%s%s", place, words);
    assert_string_equal(fault->text, expected);
}

static void a_write_that_is_short_or_interrupted_goes_on(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    system_calls.most = 3;
    assert_int_equal(file_write(place->path, "written in pieces", 17, &fault), 0);
    assert_has(place, "written in pieces");
    assert_int_equal(file_replace(place->path, "and once more", 13, &fault), 0);
    assert_has(place, "and once more");
}

static void a_file_that_is_replaced_is_on_disk_and_so_is_its_name(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    assert_int_equal(file_replace(place->path, "one", 3, &fault), 0);
    assert_int_equal(system_calls.files_synced, 1);
    assert_int_equal(system_calls.folders_synced, 1);
    assert_int_equal(chdir(place->folder), 0);
    assert_int_equal(file_replace("it", "two", 3, &fault), 0);
    assert_int_equal(system_calls.folders_synced, 2);
    assert_has(place, "two");
    assert_int_equal(chdir("/"), 0);
}

static void a_folder_that_is_not_written_is_said(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    system_calls.folder_error = EINVAL; /* of a file system that knows no such thing */
    assert_int_equal(file_replace(place->path, "one", 3, &fault), 0);
    system_calls.folder_error = EIO;
    assert_int_equal(file_replace(place->path, "two", 3, &fault), -1);
    assert_fault(&fault, place->path, ": Input/output error");
}

static void a_file_that_cannot_be_replaced_is_as_it_was_and_alone(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 }, renamed = { 0 };
    char beside[420], folder[400];
    snprintf(beside, sizeof beside, "%s.new", place->path);
    assert_int_equal(file_replace(place->path, "as it was", 9, &fault), 0);
    system_calls.writes = 0;
    system_calls.most = 3;
    system_calls.full = 2;
    assert_int_equal(file_replace(place->path, "longer than the disk", 20, &fault), -1);
    assert_fault(&fault, beside, ": No space left on device");
    assert_has(place, "as it was");
    assert_int_equal(access(beside, F_OK), -1);

    snprintf(folder, sizeof folder, "%s/folder", place->folder);
    snprintf(beside, sizeof beside, "%s.new", folder);
    memset(&system_calls, 0, sizeof system_calls);
    assert_int_equal(mkdir(folder, 0755), 0);
    assert_int_equal(file_replace(folder, "a file", 6, &renamed), -1);
    assert_fault(&renamed, folder, ": Is a directory");
    assert_int_equal(access(beside, F_OK), -1);
}

static void a_folder_is_made_once(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char below[400];
    snprintf(below, sizeof below, "%s/below", place->path);
    assert_int_equal(file_make_folder(below, &fault), -1);
    assert_non_null(strstr(fault.text, "cannot make the folder"));
    assert_int_equal(file_make_folder(place->path, &fault), 0);
    assert_int_equal(file_make_folder(place->path, &fault), 0);
    assert_int_equal(file_make_folder(below, &fault), 0);
    fclose(fopen(strcat(below, "/file"), "w"));
    fault.text[0] = '\0';
    assert_int_equal(file_make_folder(below, &fault), -1);
    assert_fault(&fault, below, " is no folder; expected one");
}

static void what_is_no_regular_file_is_told_by_its_kind(void **state)
{
    struct place *place = *state;
    struct fault folder = { 0 }, fifo = { 0 }, none = { 0 };
    assert_int_equal(file_check_kind(place->path, &none), 0);
    assert_int_equal(mkfifo(place->path, 0600), 0);
    assert_int_equal(file_check_kind(place->path, &fifo), -1);
    assert_fault(&fifo, place->path, ": is no regular file; expected a regular file");
    assert_int_equal(file_check_kind(place->folder, &folder), -1);
    assert_fault(&folder, place->folder, ": is a directory; expected a regular file");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_place, close_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_write_that_is_short_or_interrupted_goes_on),
        TEST(a_file_that_is_replaced_is_on_disk_and_so_is_its_name),
        TEST(a_folder_that_is_not_written_is_said),
        TEST(a_file_that_cannot_be_replaced_is_as_it_was_and_alone),
        TEST(a_folder_is_made_once),
        TEST(what_is_no_regular_file_is_told_by_its_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
