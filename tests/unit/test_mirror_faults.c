/* SPDX-License-Identifier: MIT */
/* test_mirror_faults.c - folders that go, locks that are refused, and files that cannot be built */
#include "../../almanac/file.h"
#include "mirror_place.h"

#include <errno.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/syscall.h>

/* In the place of libc's: what the next one fails with; 0: it works. */
static int flock_error;

int flock(int descriptor, int operation)
{
    errno = flock_error;
    return flock_error != 0 ? -1 : (int)syscall(SYS_flock, descriptor, operation);
}

static void move(const char *from, const char *to)
{
    assert_int_equal(rename(from, to), 0);
}

/* Something that no RRD file can be renamed over. */
static void put_in_the_way(const struct place *place, const char *name)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", place->rrd, name);
    assert_int_equal(mkdir(path, 0755), 0);
}

static void take_away(const struct place *place, const char *name)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", place->rrd, name);
    assert_int_equal(rmdir(path), 0);
}

/* How often the log has these words. */
static size_t times_logged(const struct place *place, const char *words)
{
    struct fault fault = { 0 };
    struct text log = { 0 };
    size_t times = 0;
    assert_int_equal(file_read(place->log_path, 0, &log, &fault), 0);
    for (const char *at = log.bytes; at != NULL && (at = strstr(at, words)) != NULL; at++)
        times++;
    text_free(&log);
    return times;
}

static void a_lock_that_the_system_refuses_is_no_second_mirror(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    mirror_close(place->mirror);
    flock_error = ENOLCK;
    place->mirror = mirror_open(place->rrd, place->ledger, &place->log, &fault);
    flock_error = 0;
    assert_null(place->mirror);
    assert_non_null(strstr(fault.text, "/rrd/.lock: cannot be locked: No locks available"));
}

static void the_number_of_a_lock_that_is_gone_is_left_to_others(void **state)
{
    struct place *place = *state;
    char away[400];
    struct fault fault = { 0 };
    snprintf(away, sizeof away, "%s-away", place->folder);
    move(place->folder, away);
    assert_int_equal(mirror_look(place->mirror, &place->catalogue, &fault), -1);
    assert_non_null(strstr(fault.text, "cannot make the folder"));
    int other = open("/dev/null", O_RDONLY | O_CLOEXEC); /* the number that is free again */
    assert_int_equal(mirror_look(place->mirror, &place->catalogue, &fault), -1);
    assert_int_not_equal(fcntl(other, F_GETFD), -1);
    mirror_close(place->mirror);
    assert_int_not_equal(fcntl(other, F_GETFD), -1);
    close(other);
    move(away, place->folder);
    open_mirror(place);
}

static void a_folder_that_comes_back_is_locked_again(void **state)
{
    struct place *place = *state;
    char away[400];
    struct fault fault = { 0 }, none = { 0 };
    say(place, 0, "a", "1");
    level(place);
    snprintf(away, sizeof away, "%s-away", place->folder);
    move(place->folder, away);
    assert_int_equal(mirror_look(place->mirror, &place->catalogue, &fault), -1);
    move(away, place->folder);
    assert_int_equal(level(place), 1);
    assert_null(mirror_open(place->rrd, place->ledger, &place->log, &none));
    assert_string_equal(none.text, "");
}

/* Whoever removes the folder may still be at it when it is there again. */
static void files_that_go_after_the_folder_went_are_found(void **state)
{
    struct place *place = *state;
    char command[400];
    say(place, 0, "a", "1");
    say(place, 0, "b", "2");
    level(place);
    snprintf(command, sizeof command, "rm -r '%s'", place->rrd);
    assert_int_equal(system(command), 0);
    assert_int_equal(level(place), 2);
    snprintf(command, sizeof command, "rm '%s'/funds/area=a.rrd", place->rrd);
    assert_int_equal(system(command), 0);
    assert_int_equal(level(place), 0);
    place->steady += 10000;
    assert_int_equal(level(place), 1);
    assert_int_equal(system(command), 0);
    place->steady += 600000;
    assert_int_equal(level(place), 1);
}

static void only_a_file_that_cannot_be_built_is_tried_again(void **state)
{
    struct place *place = *state;
    put_in_the_way(place, "funds");
    put_in_the_way(place, "funds/area=b.rrd");
    for (size_t i = 0; i < 4; i++)
        say(place, 0, (const char *[]){ "a", "b", "c", "d" }[i], "1");
    assert_int_equal(work(place), 4);
    assert_int_equal(mirror_tally(place->mirror).built, 3);
    assert_int_equal(mirror_tally(place->mirror).lacking, 1);
    place->steady += 59999;
    assert_int_equal(work(place), 0);
    place->steady += 1;
    assert_int_equal(work(place), 1);
    assert_int_equal(work(place), 0);
    assert_int_equal(mirror_tally(place->mirror).built, 3);
    assert_int_equal(mirror_tally(place->mirror).failed, 2);
    take_away(place, "funds/area=b.rrd");
    place->steady += 60000;
    assert_int_equal(work(place), 1);
    assert_int_equal(mirror_tally(place->mirror).lacking, 0);
    assert_true(exists(place, "funds/area=b.rrd"));
    place->steady += 60000;
    assert_int_equal(work(place), 0);
}

static void why_it_cannot_be_built_is_logged_once(void **state)
{
    struct place *place = *state;
    put_in_the_way(place, "funds");
    put_in_the_way(place, "funds/area=a.rrd");
    put_in_the_way(place, "funds/area=b.rrd");
    for (size_t i = 0; i < 4; i++) {
        say(place, 0, "b", (const char *[]){ "1", "2", "3", "4" }[i]);
        say(place, 0, "a", "1");
        work(place);
        place->steady += 60000;
    }
    assert_int_equal(times_logged(place, "area=a.rrd: Is a directory"), 1);
    assert_int_equal(times_logged(place, "area=b.rrd: Is a directory"), 1);
}

static void a_folder_that_refuses_all_files_does_not_fill_the_log(void **state)
{
    struct place *place = *state;
    char area[16];
    put_in_the_way(place, "funds");
    for (int i = 0; i < 50; i++) {
        char name[40];
        snprintf(area, sizeof area, "%d", i);
        snprintf(name, sizeof name, "funds/area=%d.rrd", i);
        put_in_the_way(place, name);
        say(place, 0, area, "1");
    }
    for (int minute = 0; minute < 3; minute++) {
        assert_int_equal(work(place), 50);
        place->steady += 60000;
    }
    assert_int_equal(times_logged(place, "RRD file not built"), 10);
    assert_int_equal(mirror_tally(place->mirror).lacking, 50);
}

static void a_file_that_is_lacking_keeps_no_other_from_being_built(void **state)
{
    struct place *place = *state;
    put_in_the_way(place, "funds");
    put_in_the_way(place, "funds/area=a.rrd");
    say(place, 0, "a", "1");
    assert_int_equal(work(place), 1);
    say(place, 1, "a", "1");
    assert_int_equal(work(place), 1);
    assert_true(exists(place, "platforms/area=a.rrd"));
    assert_int_equal(mirror_tally(place->mirror).lacking, 1);
    say(place, 0, "a", "2"); /* not waiting for the minute */
    take_away(place, "funds/area=a.rrd");
    assert_int_equal(work(place), 1);
    assert_int_equal(mirror_tally(place->mirror).lacking, 0);
}

static void other_observations_do_not_put_off_the_next_try(void **state)
{
    struct place *place = *state;
    put_in_the_way(place, "funds");
    put_in_the_way(place, "funds/area=a.rrd");
    say(place, 0, "a", "1");
    assert_int_equal(work(place), 1);
    place->steady += 40000;
    say(place, 1, "a", "1");
    assert_int_equal(work(place), 1);
    place->steady += 20000;
    assert_int_equal(work(place), 1);
    assert_int_equal(mirror_tally(place->mirror).failed, 2);
}

static void what_is_lacking_is_found_after_a_restart(void **state)
{
    struct place *place = *state;
    say(place, 0, "a", "1");
    say(place, 0, "b", "1");
    say(place, 1, "a", "1");
    level(place);
    char path[400];
    snprintf(path, sizeof path, "%s/funds/area=b.rrd", place->rrd);
    assert_int_equal(unlink(path), 0);
    put_in_the_way(place, "funds/area=b.rrd");
    say(place, 0, "b", "2");
    say(place, 0, "a", "2");
    assert_int_equal(work(place), 2);
    restart(place);
    assert_int_equal(work(place), 1);
    take_away(place, "funds/area=b.rrd");
    restart(place);
    assert_int_equal(level(place), 1);
    assert_true(exists(place, "funds/area=b.rrd"));
    restart(place);
    assert_int_equal(level(place), 0);
}

static void what_is_lacking_of_a_figure_that_is_gone_is_forgotten(void **state)
{
    struct place *place = *state;
    put_in_the_way(place, "platforms");
    put_in_the_way(place, "platforms/area=a.rrd");
    say(place, 1, "a", "1");
    work(place);
    assert_int_equal(mirror_tally(place->mirror).lacking, 1);
    place->catalogue.count = 1;
    assert_int_equal(work(place), 0);
    assert_int_equal(mirror_tally(place->mirror).lacking, 0);
}

static void a_level_that_cannot_be_put_down_builds_nothing_again(void **state)
{
    struct place *place = *state;
    put_in_the_way(place, ".checkpoint");
    say(place, 0, "a", "1");
    for (int minute = 0; minute < 3; minute++) {
        assert_int_equal(work(place), minute == 0 ? 1 : 0);
        place->steady += 60000;
    }
    assert_int_equal(mirror_tally(place->mirror).built, 1);
    assert_int_equal(times_logged(place, "/rrd/.checkpoint: Is a directory"), 1);
    assert_false(mirror_tally(place->mirror).put_down);
    take_away(place, ".checkpoint");
    assert_int_equal(work(place), 0);
    assert_true(mirror_tally(place->mirror).put_down);
    restart(place);
    assert_int_equal(level(place), 0);
}

static void nothing_is_left_of_a_file_that_cannot_be_built(void **state)
{
    struct place *place = *state;
    put_in_the_way(place, "funds");
    put_in_the_way(place, "funds/area=a.rrd");
    say(place, 0, "a", "1");
    assert_int_equal(work(place), 1);
    assert_int_equal(mirror_tally(place->mirror).lacking, 1);
    assert_false(exists(place, ".building"));
}

/* librrd itself has no words for it. */
static void a_disk_that_is_full_is_said_and_waited_for(void **state)
{
    struct place *place = *state;
    struct rlimit before, full = { 4096, RLIM_INFINITY };
    signal(SIGXFSZ, SIG_IGN);
    say(place, 0, "a", "1");
    assert_int_equal(look(place), 1);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
    mirror_work(place->mirror, 1000);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(times_logged(place, "/rrd/.building: cannot be written; the disk may be"), 1);
    assert_int_equal(mirror_tally(place->mirror).lacking, 1);
    place->steady += 60000;
    assert_int_equal(work(place), 1);
    assert_int_equal(mirror_tally(place->mirror).lacking, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_lock_that_the_system_refuses_is_no_second_mirror),
        TEST(the_number_of_a_lock_that_is_gone_is_left_to_others),
        TEST(a_folder_that_comes_back_is_locked_again),
        TEST(files_that_go_after_the_folder_went_are_found),
        TEST(only_a_file_that_cannot_be_built_is_tried_again),
        TEST(why_it_cannot_be_built_is_logged_once),
        TEST(a_folder_that_refuses_all_files_does_not_fill_the_log),
        TEST(a_file_that_is_lacking_keeps_no_other_from_being_built),
        TEST(other_observations_do_not_put_off_the_next_try),
        TEST(what_is_lacking_is_found_after_a_restart),
        TEST(what_is_lacking_of_a_figure_that_is_gone_is_forgotten),
        TEST(a_level_that_cannot_be_put_down_builds_nothing_again),
        TEST(nothing_is_left_of_a_file_that_cannot_be_built),
        TEST(a_disk_that_is_full_is_said_and_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
