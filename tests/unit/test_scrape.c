/* SPDX-License-Identifier: MIT */
/* test_scrape.c - pages that are made for one request have a limit together */
#include "../../exporter/answers.h"
#include "../../exporter/scrape.h"
#include "ledger_place.h"

#include <fcntl.h>
#include <poll.h>

static struct reply choose(struct answers *answers, const char *figure)
{
    const struct request request = { .parameters = { { "figure[]", figure } },
                                     .parameter_count = figure != NULL };
    struct reply reply = { 0 };
    scrape_answer(answers, &request, &reply);
    return reply;
}

static void choices_that_nobody_reads_do_not_fill_the_memory(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    const struct log log = { .fd = open("/dev/null", O_WRONLY), .clock = &clock_system };
    struct settings *settings = load_settings(place);
    say(place->ledger, (struct saying){ .period = "2024", .value = "4" });
    struct answers answers = {
        .most_chosen = 100,
        .reload = reload_open(&clock_system),
        .process = process_open(&clock_system),
        .follower = follower_start(place->path, settings, false, &log, &fault),
    };
    while (!follower_ready(answers.follower))
        poll(NULL, 0, 10);
    struct reply first = choose(&answers, "pilot_platforms");
    assert_int_equal(first.status, 200);
    assert_true(atomic_load(&answers.chosen) > 100);
    struct reply second = choose(&answers, "pilot_platforms");
    assert_int_equal(second.status, 503);
    reply_release(&second);
    struct reply whole = choose(&answers, NULL); /* is there already */
    assert_int_equal(whole.status, 200);
    reply_release(&whole);
    reply_release(&first);
    assert_int_equal(atomic_load(&answers.chosen), 0);
    second = choose(&answers, "pilot_platforms");
    assert_int_equal(second.status, 200);
    reply_release(&second);
    follower_stop(answers.follower);
    process_close(answers.process);
    reload_close(answers.reload);
    settings_free(settings);
    close(log.fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(choices_that_nobody_reads_do_not_fill_the_memory,
                                        open_place, close_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
