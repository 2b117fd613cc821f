/* SPDX-License-Identifier: MIT */
/* test_standing.c - what is known of a source is told, and outlives the collector that found it out
 */
#include "../../collector/standing.h"

#include "ledger_place.h"

/* A collector with sources of these names, and a clock that goes when it is told. */
struct desk {
    struct source_settings sources[2];
    struct settings settings;
    struct clock clock;
    struct collector collector;
    struct standing *standing;
};

static int64_t now_ms;

static int64_t now_of(void *owner)
{
    (void)owner;
    return now_ms;
}

static void open_desk(struct desk *desk, void **state, const char *first, const char *second)
{
    const struct place *place = *state;
    struct fault fault = { 0 };
    *desk = (struct desk){ .sources = { { .name = first }, { .name = second } },
                           .clock = { now_of, now_of, NULL } };
    desk->settings = (struct settings){ .sources = desk->sources, .source_count = 2 };
    desk->collector = (struct collector){ .settings = &desk->settings,
                                          .ledger = place->ledger,
                                          .log = { .fd = -1, .clock = &desk->clock } };
    desk->collector.telemetry = telemetry_open(place->folder, NULL, &desk->clock);
    desk->standing = standing_open(&desk->collector, &fault);
    assert_string_equal(fault.text, "");
}

static void close_desk(struct desk *desk)
{
    standing_close(desk->standing);
    telemetry_close(desk->collector.telemetry);
}

static int write_state(void *owner, const struct source_state *state, struct fault *fault)
{
    (void)fault;
    text_printf(owner, "%s %s %lld %lld\n", state->source, state->up ? "up" : "down",
                (long long)state->last_success_ms, (long long)state->duration_ms);
    return 0;
}

/* What the ledger has: of each source whether it is up, its last success, and how long it took. */
static void must_be_kept(const struct desk *desk, const char *expected)
{
    struct text kept = { 0 };
    struct fault fault = { 0 };
    text_put(&kept, "");
    assert_int_equal(ledger_each_source(desk->collector.ledger, write_state, &kept, &fault), 0);
    assert_string_equal(kept.bytes, expected);
    text_free(&kept);
}

static void a_source_that_was_never_fetched_has_no_standing(void **state)
{
    struct desk desk;
    open_desk(&desk, state, "bureau", "reply");
    standing_took(desk.standing, 1, 40);
    standing_write(desk.standing, true);
    must_be_kept(&desk, "");
    now_ms = 5000;
    standing_note(desk.standing, 1, true);
    must_be_kept(&desk, "reply up 5000 40\n");
    close_desk(&desk);
}

static void a_failure_leaves_the_time_of_the_last_success(void **state)
{
    struct desk desk;
    open_desk(&desk, state, "bureau", "reply");
    now_ms = 5000;
    standing_note(desk.standing, 0, true);
    now_ms = 9000;
    standing_took(desk.standing, 0, 70);
    standing_note(desk.standing, 0, false);
    must_be_kept(&desk, "bureau down 5000 70\n");
    close_desk(&desk);
}

static void who_comes_after_goes_on_from_there(void **state)
{
    struct desk desk;
    open_desk(&desk, state, "bureau", "reply");
    now_ms = 5000;
    standing_took(desk.standing, 1, 40);
    standing_note(desk.standing, 1, true);
    close_desk(&desk);
    open_desk(&desk, state, "reply", "survey"); /* under another number */
    now_ms = 9000;
    standing_note(desk.standing, 0, false);
    must_be_kept(&desk, "reply down 5000 40\n");
    close_desk(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_source_that_was_never_fetched_has_no_standing, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(a_failure_leaves_the_time_of_the_last_success, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(who_comes_after_goes_on_from_there, open_place,
                                        close_place),
    };
    return cmocka_run_group_tests_name("standing", tests, NULL, NULL);
}
