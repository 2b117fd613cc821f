/* SPDX-License-Identifier: MIT */
/* test_telemetry.c - deliveries are counted by how they ended, refusals by what they are about */
#include "../../collector/telemetry.h"

#include "../../almanac/file.h"
#include "../../almanac/text_rules.h"
#include "../../collector/permit.h"
#include "ledger_place.h"

struct desk {
    struct settings *settings;
    struct reload *reload;
    struct telemetry *telemetry;
};

static void open_desk(struct desk *desk, void **state)
{
    const struct place *place = *state;
    struct fault fault = { 0 };
    *desk = (struct desk){ .settings = settings_load("tests/data/pushed.yaml", &fault) };
    assert_string_equal(fault.text, "");
    desk->reload = reload_open(&clock_system);
    desk->telemetry = telemetry_open(place->folder, desk->reload, &clock_system);
}

static void close_desk(struct desk *desk)
{
    telemetry_close(desk->telemetry);
    reload_close(desk->reload);
    settings_free(desk->settings);
}

static struct delivery *read_as(const struct desk *desk, const struct form *form,
                                const char *document)
{
    struct delivery *delivery = delivery_new("test", desk->settings, form, 1795392000);
    delivery_read(delivery, document, strlen(document));
    return delivery;
}

/* Counts it as pushed, and frees it. */
static void count(const struct desk *desk, struct delivery *delivery)
{
    telemetry_delivery(desk->telemetry, TELEMETRY_PUSH, delivery);
    delivery_free(delivery);
}

/* What a family says where it is not 0: its labels and value, one sample a line. */
static void must_say(const struct desk *desk, const char *family, const char *expected)
{
    const struct request request = { 0 };
    struct reply reply = { 0 };
    struct text page = { 0 }, said = { 0 };
    telemetry_answer(desk->telemetry, &request, &reply);
    text_bytes(&page, reply.head.bytes, reply.head.size);
    reply_release(&reply);
    text_put(&said, "");
    for (char *rest = page.bytes, *line; (line = strtok_r(rest, "\n", &rest)) != NULL;)
        if (strncmp(line, family, strlen(family)) == 0 && strcmp(strrchr(line, ' '), " 0") != 0)
            text_printf(&said, "%s\n", line + strlen(family));
    assert_string_equal(said.bytes, expected);
    text_free(&said);
    text_free(&page);
}

static void must_refuse(void **state, const struct form *form, const char *document,
                        const char *reason)
{
    struct desk desk;
    char expected[100];
    open_desk(&desk, state);
    count(&desk, read_as(&desk, form, document));
    snprintf(expected, sizeof expected, "{outcome=\"refused\",reason=\"%s\"} 1\n", reason);
    must_say(&desk, "almanac_collector_observations_total", expected);
    must_say(&desk, "almanac_collector_deliveries_total",
             "{origin=\"push\",outcome=\"refused\"} 1\n");
    close_desk(&desk);
}

static void a_refusal_is_counted_by_the_field_it_is_about(void **state)
{
    static const struct {
        enum form_format format;
        const char *document, *reason;
    } cases[] = {
        { FORM_JSON, "{\"figure\":\"guests\",\"time_period\":\"2024\",\"obs_value\":1}", "figure" },
        { FORM_JSON, "{\"figure\":\"visits\",\"time_period\":\"now\",\"obs_value\":1}",
          "time_period" },
        { FORM_JSON, "{\"figure\":\"visits\",\"time_period\":\"2024\",\"obs_value\":[1]}",
          "obs_value" },
        { FORM_JSON, "{\"figure\":\"runs\",\"time_period\":\"2024\",\"obs_value\":1}", "labels" },
        { FORM_JSON, "{\"figure\":\"runs\",\"labels\":{\"task\":[]}}", "labels" },
        { FORM_JSON, "{\"figure\":\"visits\",\"labels\":[]}", "labels" },
        { FORM_JSON, "{\"figure\":", "document" },
        { FORM_JSON, "{\"figur\":\"visits\"}", "document" },
        { FORM_JSON, "", "document" },
        { FORM_CSV, "figure,time_period,obs_value\nvisits,2024,many\n", "obs_value" },
        { FORM_CSV, "figure,time_period,obs_value,comparator\nvisits,2024,1,+\n", "comparator" },
        { FORM_CSV, "figure,time_period,obs_value,obs_status\nvisits,2024,1,Z\n", "obs_status" },
        { FORM_CSV, "figure,time_period,obs_value,released\nvisits,2024,1,soon\n", "released" },
        { FORM_CSV, "figure,time_period,obs_value,task\nruns,2024,1,\n", "labels" },
        { FORM_CSV, "figure,time_period,obs_value\nvisits,2024\n", "document" },
        { FORM_CSV, "figure,time_period,obs_value,colour\n", "document" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct form form = { .format = cases[i].format };
        must_refuse(state, &form, cases[i].document, cases[i].reason);
    }
}

static void text_that_a_rule_does_not_find_is_counted_for_the_rule(void **state)
{
    static const struct text_rule rule = { .name = "visits",
                                           .match = "(?<value>\\d+) visits in (?<time_period>\\w+)",
                                           .least = 1,
                                           .most = 1,
                                           .fields = { [REPORT_FIGURE] = "visits" } };
    static const struct text_rules rules = { .rules = &rule, .count = 1 };
    static const struct form form = { .format = FORM_TEXT, .rules = &rules };
    must_refuse(state, &form, "3 guests in 2024", "rule");
    must_refuse(state, &form, "3 visits in spring", "time_period");
}

static void contradictions_and_permissions_have_reasons_of_their_own(void **state)
{
    static const struct form csv = { .format = FORM_CSV };
    struct desk desk;
    open_desk(&desk, state);
    count(&desk,
          read_as(&desk, &csv, "figure,time_period,obs_value\nvisits,2024,1\nvisits,2024,2\n"));
    struct delivery *delivery =
        read_as(&desk, &csv, "figure,time_period,obs_value\nvisits,2023,1\n");
    assert_int_equal(permit_check(delivery, 0, "other"), 1);
    count(&desk, delivery);
    must_say(&desk, "almanac_collector_observations_total",
             "{outcome=\"refused\",reason=\"contradiction\"} 2\n"
             "{outcome=\"refused\",reason=\"permission\"} 1\n");
    close_desk(&desk);
}

static void a_delivery_ends_in_one_of_four_ways(void **state)
{
    static const struct form csv = { .format = FORM_CSV };
    static const char good[] = "figure,time_period,obs_value\nvisits,2024,1\n";
    struct desk desk;
    open_desk(&desk, state);
    struct delivery *recorded = read_as(&desk, &csv, good);
    recorded->recorded = true;
    recorded->outcomes[LEDGER_RECORDED] = 1;
    recorded->outcomes[LEDGER_REVISED] = 2;
    count(&desk, recorded);
    count(&desk, read_as(&desk, &csv, "figure"));
    struct delivery *failed = read_as(&desk, &csv, good);
    fault_set(&failed->fault, "disk full");
    count(&desk, failed);
    struct delivery *turned_away = read_as(&desk, &csv, good);
    fault_set(&turned_away->fault, "too many");
    turned_away->turned_away = true;
    count(&desk, turned_away);
    must_say(&desk, "almanac_collector_deliveries_total",
             "{origin=\"push\",outcome=\"recorded\"} 1\n"
             "{origin=\"push\",outcome=\"refused\"} 1\n"
             "{origin=\"push\",outcome=\"turned_away\"} 1\n"
             "{origin=\"push\",outcome=\"failed\"} 1\n");
    must_say(&desk, "almanac_collector_observations_total",
             "{outcome=\"recorded\"} 1\n"
             "{outcome=\"revised\"} 2\n"
             "{outcome=\"refused\",reason=\"document\"} 2\n");
    close_desk(&desk);
}

static int64_t steady_now;

static int64_t steady(void *owner)
{
    (void)owner;
    return steady_now;
}

static void write_rrd(const char *folder, const char *bytes)
{
    struct fault fault = { 0 };
    char *below = file_path(folder, "rrd"), *shelf = file_path(below, "visits"),
         *path = file_path(shelf, "a.rrd");
    assert_int_equal(file_make_folder(below, &fault), 0);
    assert_int_equal(file_make_folder(shelf, &fault), 0);
    assert_int_equal(file_write(path, bytes, strlen(bytes), &fault), 0);
    free(path);
    free(shelf);
    free(below);
}

static void the_rrd_files_are_measured_once_a_minute_however_often_it_is_asked(void **state)
{
    const struct place *place = *state;
    const struct clock clock = { clock_system.wall, steady, NULL };
    struct desk desk = { .reload = reload_open(&clock) };
    desk.telemetry = telemetry_open(place->folder, desk.reload, &clock);
    steady_now = 1000;
    write_rrd(place->folder, "12345");
    must_say(&desk, "almanac_collector_rrd_size_bytes", " 5\n");
    write_rrd(place->folder, "1234567");
    for (; steady_now < 61000; steady_now += 15000)
        must_say(&desk, "almanac_collector_rrd_size_bytes", " 5\n");
    must_say(&desk, "almanac_collector_rrd_size_bytes", " 7\n");
    close_desk(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_refusal_is_counted_by_the_field_it_is_about),
        TEST(text_that_a_rule_does_not_find_is_counted_for_the_rule),
        TEST(contradictions_and_permissions_have_reasons_of_their_own),
        TEST(a_delivery_ends_in_one_of_four_ways),
        TEST(the_rrd_files_are_measured_once_a_minute_however_often_it_is_asked),
    };
    return cmocka_run_group_tests_name("telemetry", tests, NULL, NULL);
}
