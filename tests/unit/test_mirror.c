/* SPDX-License-Identifier: MIT */
/* test_mirror.c - RRD files stay level with the ledger, whatever happened in between */
#include "mirror_place.h"

static void new_observations_are_built_once(void **state)
{
    struct place *place = *state;
    place->log.level = LOG_LEVEL_WARN;
    assert_int_equal(level(place), 0);
    say(place, 0, "a", "1");
    say(place, 0, "b", "1");
    say(place, 1, "a", "1");
    assert_int_equal(level(place), 3);
    assert_true(exists(place, "funds/area=a.rrd"));
    assert_true(exists(place, "platforms/area=a.rrd"));
    assert_int_equal(level(place), 0);
    say(place, 0, "b", "2");
    assert_int_equal(level(place), 1);
    assert_int_equal(mirror_tally(place->mirror).built, 4);
    assert_int_equal(lseek(place->log.fd, 0, SEEK_END), 0); /* there is nothing to log */
}

static void a_restart_builds_only_what_is_behind(void **state)
{
    struct place *place = *state;
    say(place, 0, "a", "1");
    say(place, 1, "a", "1");
    level(place);
    restart(place);
    assert_int_equal(level(place), 0);
    say(place, 1, "a", "2");
    restart(place);
    assert_int_equal(level(place), 1);
}

static void a_round_that_was_cut_off_is_done_again(void **state)
{
    struct place *place = *state;
    say(place, 0, "a", "1");
    say(place, 0, "b", "1");
    assert_int_equal(look(place), 2);
    mirror_work(place->mirror, 0);
    assert_int_equal(mirror_behind(place->mirror), 1);
    restart(place);
    assert_int_equal(level(place), 2);
}

static void what_there_is_time_for_is_built_at_once(void **state)
{
    struct place *place = *state;
    say(place, 0, "a", "1");
    say(place, 0, "b", "1");
    assert_int_equal(look(place), 2);
    for (int i = 0; i < 2; i++) {
        mirror_work(place->mirror, 1000);
        assert_int_equal(mirror_behind(place->mirror), 0);
        assert_int_equal(mirror_tally(place->mirror).built, 2);
    }
}

static void a_round_under_way_is_not_begun_again(void **state)
{
    struct place *place = *state;
    say(place, 0, "a", "1");
    say(place, 0, "b", "1");
    assert_int_equal(look(place), 2);
    mirror_work(place->mirror, 0);
    assert_int_equal(look(place), 1);
    mirror_work(place->mirror, 0);
    assert_int_equal(look(place), 0);
    assert_int_equal(mirror_tally(place->mirror).built, 2);
}

static void what_a_killed_builder_left_is_removed(void **state)
{
    struct place *place = *state;
    char path[400];
    snprintf(path, sizeof path, "%s/.buildingX4fG2a", place->rrd);
    FILE *left = fopen(path, "w");
    assert_non_null(left);
    fclose(left);
    restart(place);
    assert_false(exists(place, ".buildingX4fG2a"));
    assert_true(exists(place, ".lock"));
}

static void a_missing_file_is_found_at_the_start(void **state)
{
    struct place *place = *state;
    char path[400];
    say(place, 0, "a", "1");
    say(place, 0, "b", "1");
    level(place);
    snprintf(path, sizeof path, "%s/funds/area=b.rrd", place->rrd);
    assert_int_equal(unlink(path), 0);
    restart(place);
    assert_int_equal(level(place), 1);
    assert_true(exists(place, "funds/area=b.rrd"));
}

static void a_lost_folder_is_built_whole(void **state)
{
    struct place *place = *state;
    char command[400];
    say(place, 0, "a", "1");
    say(place, 1, "b", "1");
    level(place);
    mirror_close(place->mirror);
    snprintf(command, sizeof command, "rm -rf '%s'", place->rrd);
    assert_int_equal(system(command), 0);
    open_mirror(place);
    assert_int_equal(level(place), 2);
}

static void a_folder_lost_while_it_runs_is_noticed(void **state)
{
    struct place *place = *state;
    char command[400];
    say(place, 0, "a", "1");
    level(place);
    snprintf(command, sizeof command, "rm -rf '%s'", place->rrd);
    assert_int_equal(system(command), 0);
    assert_int_equal(level(place), 1);
    assert_true(exists(place, "funds/area=a.rrd"));
    struct fault fault = { 0 };
    assert_null(mirror_open(place->rrd, place->ledger, &place->log, &fault));
    assert_string_equal(fault.text, "");
}

static void every_file_is_built_when_the_day_has_changed(void **state)
{
    struct place *place = *state;
    say(place, 0, "a", "1");
    say(place, 1, "b", "1");
    level(place);
    place->wall += 86399 * 1000LL;
    assert_int_equal(level(place), 0);
    place->wall += 1000;
    assert_int_equal(level(place), 2);
    assert_int_equal(level(place), 0);
}

static void a_figure_declared_otherwise_is_built_again(void **state)
{
    struct place *place = *state;
    say(place, 0, "a", "1");
    say(place, 1, "b", "1");
    level(place);
    place->figures[1].keep *= 2;
    assert_int_equal(level(place), 1);
    place->figures[0].kind = FIGURE_FLOW;
    assert_int_equal(level(place), 1);
}

static void a_figure_that_joins_the_catalogue_is_built(void **state)
{
    struct place *place = *state;
    place->catalogue.count = 1;
    say(place, 0, "a", "1");
    say(place, 1, "b", "1");
    assert_int_equal(level(place), 1);
    place->catalogue.count = 2;
    assert_int_equal(level(place), 1);
    assert_true(exists(place, "platforms/area=b.rrd"));
}

/* Puts another ledger into the place, in which the figure is said to be this, once or twice. */
static void put_another_ledger(struct place *place, int times)
{
    struct fault fault = { 0 };
    char other[400];
    mirror_close(place->mirror);
    ledger_close(place->ledger);
    snprintf(other, sizeof other, "%s/other.db", place->folder);
    place->ledger = ledger_open(other, LEDGER_WRITER, &fault);
    say(place, 0, "a", "7");
    if (times > 1)
        say(place, 0, "b", "1"); /* as in the ledger before */
    open_mirror(place);
}

static void an_older_ledger_put_in_place_is_noticed(void **state)
{
    struct place *place = *state;
    say(place, 0, "a", "1");
    say(place, 0, "b", "1");
    level(place);
    put_another_ledger(place, 1);
    assert_int_equal(level(place), 1);
}

static void so_is_one_that_has_gone_on_as_far(void **state)
{
    struct place *place = *state;
    char log[4096] = "";
    place->log.level = LOG_LEVEL_WARN;
    say(place, 0, "a", "1");
    say(place, 0, "b", "1");
    level(place);
    put_another_ledger(place, 2);
    assert_int_equal(level(place), 2);
    assert_int_equal(level(place), 0);
    mirror_close(place->mirror);
    open_mirror(place);
    assert_int_equal(level(place), 0);
    int fd = open(place->log_path, O_RDONLY);
    assert_true(read(fd, log, sizeof log - 1) > 0);
    assert_non_null(strstr(log, "msg=\"another ledger; its RRD files are built again\""));
    close(fd);
}

static void what_is_forgotten_is_built_again(void **state)
{
    struct place *place = *state;
    say(place, 0, "a", "1");
    say(place, 1, "b", "1");
    level(place);
    mirror_forget(place->mirror, "funds");
    assert_int_equal(level(place), 1);
    mirror_forget(place->mirror, "fund");
    assert_int_equal(level(place), 0);
    mirror_forget(place->mirror, NULL);
    assert_int_equal(level(place), 2);
}

static void what_is_dropped_is_found_again(void **state)
{
    struct place *place = *state;
    say(place, 0, "a", "1");
    assert_int_equal(look(place), 1);
    mirror_drop(place->mirror);
    assert_int_equal(mirror_behind(place->mirror), 0);
    assert_int_equal(level(place), 1);
    char path[400];
    snprintf(path, sizeof path, "%s/funds/area=a.rrd", place->rrd);
    assert_int_equal(unlink(path), 0);
    restart(place);
    assert_int_equal(look(place), 1); /* which is not looked for at every look */
    mirror_drop(place->mirror);
    assert_int_equal(level(place), 1);
}

static void a_second_mirror_is_kept_out(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    assert_null(mirror_open(place->rrd, place->ledger, &place->log, &fault));
    assert_string_equal(fault.text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(new_observations_are_built_once),
        TEST(a_restart_builds_only_what_is_behind),
        TEST(a_round_that_was_cut_off_is_done_again),
        TEST(what_there_is_time_for_is_built_at_once),
        TEST(a_round_under_way_is_not_begun_again),
        TEST(what_a_killed_builder_left_is_removed),
        TEST(a_missing_file_is_found_at_the_start),
        TEST(a_lost_folder_is_built_whole),
        TEST(a_folder_lost_while_it_runs_is_noticed),
        TEST(every_file_is_built_when_the_day_has_changed),
        TEST(a_figure_declared_otherwise_is_built_again),
        TEST(a_figure_that_joins_the_catalogue_is_built),
        TEST(an_older_ledger_put_in_place_is_noticed),
        TEST(so_is_one_that_has_gone_on_as_far),
        TEST(what_is_forgotten_is_built_again),
        TEST(what_is_dropped_is_found_again),
        TEST(a_second_mirror_is_kept_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
