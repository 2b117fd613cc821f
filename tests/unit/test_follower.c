/* SPDX-License-Identifier: MIT */
/* test_follower.c - the page follows the ledger and the configuration */
#include "../../exporter/follower.h"
#include "snapshot_place.h"

#include <unistd.h>

static int64_t wall_of(void *owner)
{
    return ((struct place *)owner)->now * 1000;
}

/* The place's clock is the follower's. */
static struct follower *start(struct place *place, const char *ledger_path, bool figures_only)
{
    static struct clock clock;
    static const struct log log = { STDERR_FILENO, LOG_LEVEL_ERROR + 1, LOG_FORMAT_LOGFMT, &clock };
    struct fault fault = { 0 };
    clock = (struct clock){ wall_of, wall_of, place };
    struct follower *follower =
        follower_start(ledger_path, place->settings, figures_only, &log, &fault);
    assert_string_equal(fault.text, "");
    return follower;
}

/* Waits until the follower's page has the words; it looks four times a second. */
static bool comes_to_have(struct follower *follower, const char *words)
{
    for (int i = 0; i < 3000; i++) {
        struct snapshot *snapshot = follower_snapshot(follower);
        bool has = page_has(snapshot, words);
        snapshot_release(snapshot);
        if (has)
            return true;
        usleep(10000);
    }
    return false;
}

static void it_swaps_what_has_changed_and_keeps_what_has_not(void **state)
{
    struct place *place = *state;
    say(place, "a", "2024-06", "4");
    struct follower *follower = start(place, place->ledger_path, false);
    assert_true(comes_to_have(follower, "funds{area=\"a\"} 4"));
    assert_true(follower_ready(follower) && follower_ledger_up(follower));
    struct snapshot *first = follower_snapshot(follower);
    follower_reload(follower, place->settings); /* returns when it has looked again */
    struct snapshot *same = follower_snapshot(follower);
    assert_ptr_equal(first, same);
    snapshot_release(same);
    rendition_of(first, EXPOSITION_OPENMETRICS, ACCEPT_GZIP);
    say(place, "a", "2024-06", "5");
    assert_true(comes_to_have(follower, "funds{area=\"a\"} 5"));
    struct snapshot *next = follower_snapshot(follower);
    assert_true(next->renditions.ready[EXPOSITION_OPENMETRICS][ACCEPT_GZIP]);
    snapshot_release(next);
    assert_true(page_has(first, "funds{area=\"a\"} 4"));
    snapshot_release(first);
    follower_stop(follower);
}

static void it_leaves_out_what_is_said_of_figures(void **state)
{
    struct place *place = *state;
    say(place, "a", "2024-06", "4");
    struct follower *follower = start(place, place->ledger_path, true);
    assert_true(comes_to_have(follower, "funds{area=\"a\"} 4"));
    struct snapshot *snapshot = follower_snapshot(follower);
    assert_false(page_has(snapshot, "almanac_as_of"));
    snapshot_release(snapshot);
    follower_stop(follower);
}

static void it_waits_for_a_ledger(void **state)
{
    struct place *place = *state;
    char path[400];
    snprintf(path, sizeof path, "%s/late.db", place->folder);
    struct follower *follower = start(place, path, true);
    follower_reload(follower, place->settings);
    assert_false(follower_ready(follower) || follower_ledger_up(follower));
    struct snapshot *empty = follower_snapshot(follower);
    assert_true(empty->figures_only); /* for who reads the ledger sooner */
    snapshot_release(empty);
    struct fault fault = { 0 };
    struct ledger *late = ledger_open(path, LEDGER_WRITER, &fault), *before = place->ledger;
    place->ledger = late;
    say(place, "a", "2024-06", "7");
    assert_true(comes_to_have(follower, "funds{area=\"a\"} 7"));
    assert_true(follower_ready(follower) && follower_ledger_up(follower));
    place->ledger = before;
    ledger_close(late);
    follower_stop(follower);
}

static void another_ledger_is_read_whole(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char command[400];
    say(place, "a", "2024-06", "4");
    struct follower *follower = start(place, place->ledger_path, false);
    assert_true(comes_to_have(follower, "funds{area=\"a\"} 4"));
    ledger_close(place->ledger);
    snprintf(command, sizeof command, "rm '%s'*", place->ledger_path);
    assert_int_equal(system(command), 0);
    place->ledger = ledger_open(place->ledger_path, LEDGER_WRITER, &fault);
    say(place, "a", "2024-06", "5");
    assert_true(comes_to_have(follower, "funds{area=\"a\"} 5"));
    follower_stop(follower);
}

static struct settings *settings_of(const struct place *place, const char *words)
{
    struct fault fault = { 0 };
    char path[400];
    snprintf(path, sizeof path, "%s/other.yaml", place->folder);
    FILE *file = fopen(path, "w");
    fputs(words, file);
    fclose(file);
    struct settings *settings = settings_load(path, &fault);
    assert_string_equal(fault.text, "");
    return settings;
}

static void must_serve_reloads(struct place *place, const char *ledger_path)
{
    struct follower *follower = start(place, ledger_path, false);
    for (int i = 0; i < 3; i++) {
        struct settings *settings = settings_of(place, "figures: []\n");
        follower_reload(follower, settings);
        struct snapshot *snapshot = follower_snapshot(follower);
        assert_ptr_equal(snapshot->settings, settings);
        snapshot_release(snapshot);
        settings_free(settings);
    }
    follower_stop(follower);
}

static void a_reload_is_served_when_it_returns(void **state)
{
    struct place *place = *state;
    must_serve_reloads(place, place->ledger_path);
}

static void even_before_there_is_a_ledger(void **state)
{
    must_serve_reloads(*state, "/nowhere/ledger.db");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_swaps_what_has_changed_and_keeps_what_has_not),
        TEST(it_leaves_out_what_is_said_of_figures),
        TEST(it_waits_for_a_ledger),
        TEST(another_ledger_is_read_whole),
        TEST(a_reload_is_served_when_it_returns),
        TEST(even_before_there_is_a_ledger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
