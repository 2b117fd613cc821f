/* SPDX-License-Identifier: MIT */
/* gateway_stage.h - Pushgateway's door, and a ledger behind it */
#ifndef TESTS_GATEWAY_STAGE_H
#define TESTS_GATEWAY_STAGE_H

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
    const char *user, *type; /* who pushes, and the Content-Type */
    char said[512];
};

static inline int64_t now_of(void *owner)
{
    const struct house *house = owner;
    return house->now * 1000;
}

static inline void finish(void *message)
{
    struct house *house = message;
    house->finished++;
}

static inline const char *find_header(void *message, const char *name)
{
    const struct house *house = message;
    return strcmp(name, "Content-Type") == 0 ? house->type : NULL;
}

static inline void open_house(struct house *house, void **state, const struct clock *clock)
{
    struct fault fault = { 0 };
    *house = (struct house){ .place = *state, .now = MONDAY, .user = "futian" };
    house->settings = settings_load("tests/data/pushed.yaml", &fault);
    house->intake = intake_open(&fault);
    house->telemetry = telemetry_open(house->place->folder, NULL, clock);
    assert_string_equal(fault.text, "");
    intake_configure(house->intake, house->settings);
}

static inline void close_house(struct house *house)
{
    intake_close(house->intake);
    telemetry_close(house->telemetry);
    settings_free(house->settings);
}

/* Asks the door as the server would; the status, words in house->said. */
static inline unsigned ask(struct house *house, const char *method, const char *path,
                           const char *page)
{
    const struct clock clock = { now_of, now_of, house };
    const struct log quiet = { -1, LOG_LEVEL_ERROR, LOG_FORMAT_LOGFMT, &clock };
    struct answers answers = { house->telemetry, house->intake, &quiet, true };
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
        request.find_header = find_header;
        request.finish = finish;
        request.message = house;
        gateway_answer(&answers, &request, &reply);
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

static inline void must_take(struct house *house, const char *method, const char *path,
                             const char *page)
{
    unsigned status = ask(house, method, path, page);
    if (status != 200)
        fail_msg("%s %s: %u %s", method, path, status, house->said);
    assert_string_equal(house->said, "");
}

struct listing {
    struct ledger *ledger;
    struct text text;
    struct vintage newest;
};

static inline int keep(void *owner, const struct vintage *vintage, struct fault *fault)
{
    struct listing *listing = owner;
    (void)fault;
    listing->newest = *vintage;
    return 0;
}

static inline int list(void *owner, const struct series *series, struct fault *fault)
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
static inline void must_have(const struct house *house, const char *values)
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

#endif
