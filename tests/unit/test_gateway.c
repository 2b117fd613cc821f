/* SPDX-License-Identifier: MIT */
/* test_gateway.c - programs push, replace and delete groups of figures, or are told what is wrong
 */
#include "../../collector/gateway.h"

#include "../../almanac/ledger_history.h"
#include "../../collector/answers.h"
#include "ledger_place.h"

enum { MONDAY = 1795392000 }; /* 2026-11-23T00:00:00 */

/* The door, and what is behind it. Each push comes a second after the one before. */
struct house {
    struct place *place;
    struct settings *settings;
    struct telemetry *telemetry;
    struct intake *intake;
    int64_t now;
    size_t finished;
    const char *user;
    char said[512];
};

static int64_t now_of(void *owner)
{
    const struct house *house = owner;
    return house->now * 1000;
}

static void finish(void *message)
{
    struct house *house = message;
    house->finished++;
}

static void open_house(struct house *house, void **state, const struct clock *clock)
{
    struct fault fault = { 0 };
    *house = (struct house){ .place = *state, .now = MONDAY, .user = "futian" };
    house->settings = settings_load("tests/data/pushed.yaml", &fault);
    house->intake = intake_open(&fault);
    house->telemetry = telemetry_open(house->place->folder, clock);
    assert_string_equal(fault.text, "");
    intake_configure(house->intake, house->settings);
}

static void close_house(struct house *house)
{
    intake_close(house->intake);
    telemetry_close(house->telemetry);
    settings_free(house->settings);
}

/* Asks the door as the server would; the status, words in house->said. */
static unsigned ask(struct house *house, const char *method, const char *path, const char *page)
{
    const struct clock clock = { now_of, now_of, house };
    struct push push = { house->telemetry, house->intake, &clock, NULL };
    struct request request;
    struct reply reply = { 0 };
    size_t finished = house->finished++;
    bool good = request_read(&request, path, &reply);
    const struct route *route =
        good ? route_find(collector_routes, collector_route_count, method, &request, &reply) : NULL;
    if (route != NULL) {
        house->finished = finished;
        assert_true(route->later && route->body_limit == GATEWAY_BYTES);
        request.method = method;
        request.user = house->user;
        request.body.bytes = page;
        request.body.size = strlen(page);
        request.finish = finish;
        request.message = house;
        gateway_answer(&push, &request, &reply);
        intake_record(house->intake, house->place->ledger, -1);
    }
    assert_int_equal(house->finished, finished + 1);
    snprintf(house->said, sizeof house->said, "%.*s", (int)reply.head.size,
             reply.head.size > 0 ? reply.head.bytes : "");
    house->said[strcspn(house->said, "\n")] = '\0';
    unsigned status = reply.status;
    reply_release(&reply);
    request_free(&request);
    house->now++;
    return status;
}

static void must_take(struct house *house, const char *method, const char *path, const char *page)
{
    unsigned status = ask(house, method, path, page);
    if (status != 200)
        fail_msg("%s %s: %u %s", method, path, status, house->said);
    assert_string_equal(house->said, "");
}

static void must_refuse(struct house *house, const char *path, const char *page, const char *words)
{
    assert_int_equal(ask(house, "PUT", path, page), 400);
    assert_string_equal(house->said, words);
}

struct listing {
    struct ledger *ledger;
    struct text text;
    struct vintage newest;
};

static int keep(void *owner, const struct vintage *vintage, struct fault *fault)
{
    struct listing *listing = owner;
    (void)fault;
    listing->newest = *vintage;
    return 0;
}

static int list(void *owner, const struct series *series, struct fault *fault)
{
    struct listing *listing = owner;
    if (ledger_each_in_force(listing->ledger, series->id, keep, listing, fault) != 0)
        return -1;
    if (listing->newest.statement.missing)
        return 0;
    text_printf(&listing->text, "%s%s", listing->text.size == 0 ? "" : " ", series->figure);
    for (size_t i = 0; i < series->label_count; i++)
        text_printf(&listing->text, ",%s", series->labels[i].value);
    text_printf(&listing->text, "=%s", listing->newest.statement.value.text);
    return 0;
}

/* The newest value of each series that has one. */
static void must_have(const struct house *house, const char *values)
{
    struct listing listing = { .ledger = house->place->ledger };
    struct fault fault = { 0 };
    text_put(&listing.text, "");
    assert_int_equal(ledger_each_series(listing.ledger, 0, list, &listing, &fault), 0);
    assert_string_equal(listing.text.bytes, values);
    text_free(&listing.text);
}

#define HOUSE(name)                                                                                \
    struct house name;                                                                             \
    const struct clock name##_clock = { now_of, now_of, &name };                                   \
    open_house(&name, state, &name##_clock)

#define SURVEY "/metrics/job/survey"

/* The page is pushed to a house of its own; what is newest in its ledger is about the period. */
static void must_be_about(void **state, const char *page, const char *values, const char *period)
{
    HOUSE(house);
    struct listing listing = { .ledger = house.place->ledger };
    struct fault fault = { 0 };
    must_take(&house, "PUT", SURVEY, page);
    must_have(&house, values);
    assert_int_equal(ledger_each_in_force(listing.ledger, 0, keep, &listing, &fault), 0);
    assert_string_equal(listing.newest.statement.period.text, period);
    close_house(&house);
}

static void a_stock_is_about_the_second_in_which_it_comes(void **state)
{
    must_be_about(state, "visits 4.50\n", "visits=4.50", "2026-11-23T00:00:00Z");
}

static void a_flow_is_about_the_period_in_which_it_comes(void **state)
{
    must_be_about(state, "loans 7\n", "loans=7", "2026-11");
}

static void a_flow_without_a_rhythm_is_about_the_day(void **state)
{
    must_be_about(state, "calls 9\n", "calls=9", "2026-11-23");
}

static void a_flow_that_goes_on_is_revised_and_leaves_a_gap(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY, "loans 7\n");
    must_take(&house, "PUT", SURVEY, "loans 8\n");
    must_have(&house, "loans=8");
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    must_have(&house, "");
    assert_int_equal(count_observations(house.place), 3);
    close_house(&house);
}

static void put_replaces_the_group(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY,
              "visits 4\nplatforms{stage=\"a\"} 1\nplatforms{stage=\"b\"} 2\n");
    must_take(&house, "PUT", SURVEY, "platforms{stage=\"b\"} 3\n");
    must_have(&house, "platforms,b=3");
    must_take(&house, "PUT", SURVEY, "");
    must_have(&house, "");
    close_house(&house);
}

static void post_replaces_figures_of_the_same_name(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY, "visits 4\nplatforms{stage=\"a\"} 1\n");
    must_take(&house, "POST", SURVEY, "platforms{stage=\"b\"} 3\n");
    must_have(&house, "platforms,b=3 visits=4");
    must_take(&house, "POST", SURVEY, "");
    must_have(&house, "platforms,b=3 visits=4");
    close_house(&house);
}

static void delete_drops_the_group(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY, "visits 4\nplatforms{stage=\"a\"} 1\n");
    must_take(&house, "PUT", SURVEY "/instance/x", "platforms{stage=\"b\"} 2\n");
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    must_have(&house, "platforms,b=2");
    int64_t before = count_observations(house.place);
    assert_int_equal(ask(&house, "DELETE", SURVEY, ""), 202);
    assert_int_equal(ask(&house, "DELETE", "/metrics/job/nobody", ""), 202);
    assert_int_equal(count_observations(house.place), before);
    close_house(&house);
}

static void a_group_is_the_same_however_its_path_is_written(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY "/instance/x", "platforms{stage=\"a\"} 1\n");
    must_take(&house, "PUT", "/metrics/job@base64/c3VydmV5/instance@base64/eA==", "visits 2\n");
    must_have(&house, "visits=2");
    close_house(&house);
}

static void a_series_belongs_to_the_group_that_pushed_it_last(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", "/metrics/job/a", "visits 1\n");
    must_take(&house, "PUT", "/metrics/job/b", "visits 2\n");
    assert_int_equal(ask(&house, "DELETE", "/metrics/job/a", ""), 202);
    must_have(&house, "visits=2");
    assert_int_equal(ask(&house, "DELETE", "/metrics/job/b", ""), 202);
    must_have(&house, "");
    close_house(&house);
}

static void labels_of_the_path_win(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY "/stage/a", "platforms{stage=\"b\"} 1\n");
    must_have(&house, "platforms,a=1");
    close_house(&house);
}

static void a_job_is_a_label_where_the_figure_has_it(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY "/instance/x", "runs{job=\"other\"} 3\nvisits 4\n");
    must_have(&house, "runs,survey=3 visits=4");
    close_house(&house);
}

static void two_pushes_within_a_second_end_as_the_second_says(void **state)
{
    HOUSE(house);
    must_take(&house, "PUT", SURVEY, "visits 1\nplatforms{stage=\"a\"} 1\n");
    house.now = MONDAY;
    must_take(&house, "PUT", SURVEY, "visits 2\n");
    must_have(&house, "visits=2");
    close_house(&house);
}

static void what_is_refused_is_said_and_changes_nothing(void **state)
{
    HOUSE(house);
    static const char behind[] = "; 1 refused, nothing of it is recorded";
    static const char *const cases[][3] = {
        { SURVEY, "visits 1 1700000000000\n",
          ":1:1: it has a timestamp; expected none, the time of the push counts" },
        { SURVEY, "visits 1\ncolours 1\n",
          ":2:1: figure: unknown figure 'colours'; expected one that the catalogue declares" },
        { SURVEY, "platforms 1\n",
          ":1:1: stage: missing; expected the labels of platforms: stage" },
        { SURVEY, "visits{stage=\"a\"} 1\n",
          ":1:1: stage: is not declared; expected the labels of visits: none" },
        { SURVEY, "visits NaN\n",
          ":1:1: obs_value: 'NaN' is not a decimal number; expected digits with at most one "
          "point, like 1234.5" },
    };
    must_take(&house, "PUT", SURVEY, "visits 4\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[400];
        snprintf(words, sizeof words, "%s%s", cases[i][2], behind);
        must_refuse(&house, cases[i][0], cases[i][1], words);
    }
    must_refuse(&house, SURVEY "/stage", "visits 1\n",
                "the label 'stage' has no value; expected /metrics/job/JOB{/LABEL/VALUE}");
    assert_int_equal(ask(&house, "PUT", SURVEY, "visits one two\n"), 400);
    assert_int_equal(ask(&house, "PUT", SURVEY, "visits 1\nvisits 2\n"), 400);
    assert_int_equal(ask(&house, "GET", SURVEY, ""), 405);
    assert_int_equal(ask(&house, "PUT", SURVEY "?a=b", ""), 400);
    assert_int_equal(ask(&house, "PUT", "/metrics/job/", ""), 404);
    assert_int_equal(count_observations(house.place), 1);
    close_house(&house);
}

static void who_may_not_report_a_figure_may_not_push_it(void **state)
{
    HOUSE(house);
    house.user = "other";
    assert_int_equal(ask(&house, "PUT", SURVEY, "visits 1\n"), 403);
    assert_string_equal(house.said,
                        ":1: other may not report visits; expected what 'reporters' lets "
                        "through; 1 refused, nothing of it is recorded");
    must_have(&house, "");
    close_house(&house);
}

static void what_cannot_be_recorded_now_is_a_503(void **state)
{
    HOUSE(house);
    intake_stop(house.intake);
    assert_int_equal(ask(&house, "PUT", SURVEY, "visits 1\n"), 503);
    assert_int_equal(count_observations(house.place), 0);
    close_house(&house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_stock_is_about_the_second_in_which_it_comes),
        TEST(a_flow_is_about_the_period_in_which_it_comes),
        TEST(a_flow_without_a_rhythm_is_about_the_day),
        TEST(a_flow_that_goes_on_is_revised_and_leaves_a_gap),
        TEST(put_replaces_the_group),
        TEST(post_replaces_figures_of_the_same_name),
        TEST(delete_drops_the_group),
        TEST(a_group_is_the_same_however_its_path_is_written),
        TEST(a_series_belongs_to_the_group_that_pushed_it_last),
        TEST(labels_of_the_path_win),
        TEST(a_job_is_a_label_where_the_figure_has_it),
        TEST(two_pushes_within_a_second_end_as_the_second_says),
        TEST(what_is_refused_is_said_and_changes_nothing),
        TEST(who_may_not_report_a_figure_may_not_push_it),
        TEST(what_cannot_be_recorded_now_is_a_503),
    };
    return cmocka_run_group_tests_name("gateway", tests, NULL, NULL);
}
