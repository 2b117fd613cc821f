/* SPDX-License-Identifier: MIT */
/* test_inquiry_pieces.c - long answers come in pieces, of one moment, and as often as is needed */
#include "../../almanac/inquiry_answer.h"
#include "../../exporter/openmetrics.h"
#include "ledger_place.h"

#include <sqlite3.h>

static const char *labels[] = { "ref_area", "stage" };
static const struct figure declared = {
    .name = "pilot_platforms", .labels = labels, .label_count = 2, .help = "Platforms."
};
static const struct catalogue catalogue = { &declared, 1 };

/* Several pieces of one series: a day each, with a long comment. */
static struct inquiry about_days(const struct place *place, const char *comment)
{
    enum { DAYS = 300, DAY = 86400 };
    struct inquiry inquiry = { .ledger = place->ledger,
                               .catalogue = &catalogue,
                               .known_by = LEDGER_ALWAYS };
    struct fault fault = { 0 };
    assert_int_equal(ledger_begin(inquiry.ledger, "reply", 1700000000, &fault), 0);
    for (int64_t day = 0; day < DAYS; day++) {
        static const char *const built[] = { "440304", "built" };
        enum ledger_outcome outcome;
        char period[32];
        period_write_time(day * DAY, period);
        struct saying saying = { .period = period, .value = "1" };
        struct observation observation = observation_of(&saying, built);
        observation.comment = comment;
        assert_int_equal(ledger_append(inquiry.ledger, &observation, &outcome, &fault), 0);
        observation.statement.status = 'P';
        assert_int_equal(ledger_append(inquiry.ledger, &observation, &outcome, &fault), 0);
    }
    assert_int_equal(ledger_commit(inquiry.ledger, &fault), 0);
    return inquiry;
}

/* Whether the writer, who waits for no reader here, can empty the WAL. */
static bool nobody_reads(const struct place *place)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "PRAGMA wal_checkpoint(TRUNCATE)", -1, &statement, NULL);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int busy = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return busy == 0;
}

static void pieces_make_the_answer_of_one_moment(void **state)
{
    struct place *place = *state;
    struct text comment = { 0 }, whole = { 0 };
    struct fault fault = { 0 };
    size_t said = 0;
    for (int i = 0; i < 1000; i++)
        text_char(&comment, 'x');
    struct inquiry inquiry = about_days(place, comment.bytes);
    struct ledger *reader = ledger_open(place->path, LEDGER_READER, &fault);
    inquiry.ledger = reader;
    for (int history = 0; history < 2; history++) {
        struct writer writer = { 0 };
        int more = 1;
        size_t lines = 0, expected = history ? 1 + 600 + said : 1 + 300;
        inquiry.history = history;
        struct inquiry_answer *answer =
            inquiry_answer_begin(&inquiry, &format_csv, &writer, &fault);
        text_clear(&whole);
        while (more == 1) {
            more = inquiry_answer_next(answer, &fault);
            assert_in_range(writer.out.size, 1, FORMAT_PIECE + 3000);
            text_bytes(&whole, writer.out.bytes, writer.out.size);
            text_clear(&writer.out);
            assert_true(nobody_reads(place));
            say(place->ledger,
                (struct saying){ .period = "1999", .value = said++ % 2 ? "6" : "7" });
        }
        assert_int_equal(more, 0);
        for (size_t i = 0; i < whole.size; i++)
            lines += whole.bytes[i] == '\n';
        assert_in_range(said, history ? 6 : 3, 30); /* one by each piece */
        assert_int_equal(lines, expected);
        inquiry_answer_end(answer);
    }
    ledger_close(reader);
    text_free(&comment);
    text_free(&whole);
}

/* A family a round, of which each is many pieces. */
static void a_format_may_need_the_series_again(void **state)
{
    enum { DAY = 86400, REPEAT = 600, SAMPLES = (300 - 1) * DAY / REPEAT + 1 };
    struct inquiry inquiry = about_days(*state, "short");
    struct writer writer = { .repeat = REPEAT, .now = (300 - 1) * DAY };
    struct fault fault = { 0 };
    struct inquiry_sum sum;
    size_t size, samples[2] = { 0 };
    char *bytes, *line;
    FILE *out = open_memstream(&bytes, &size);
    assert_int_equal(
        inquiry_answer_print(&inquiry, &openmetrics_format, &writer, out, &sum, &fault), 0);
    fclose(out);
    char *rest = bytes;
    while ((line = strsep(&rest, "\n")) != NULL) {
        bool info = strncmp(line, "almanac_obs_status_info{", 24) == 0;
        if (info || strncmp(line, "pilot_platforms{", 16) == 0)
            assert_int_equal(strtol(strrchr(line, ' '), NULL, 10), samples[info]++ * REPEAT);
    }
    assert_int_equal(samples[false], SAMPLES);
    assert_int_equal(samples[true], SAMPLES);
    free(bytes);
}

static bool goes_on(void *owner)
{
    return (*(int *)owner)-- > 0;
}

static void whoever_asks_may_give_up_between_series(void **state)
{
    struct place *place = *state;
    struct inquiry inquiry = about_days(place, "short");
    for (int patience = 0; patience < 3; patience++) {
        struct fault fault = { 0 };
        struct writer writer = { 0 };
        int left = patience;
        inquiry.within = true; /* and nothing is */
        inquiry.goes_on = goes_on;
        inquiry.owner = &left;
        struct inquiry_answer *answer =
            inquiry_answer_begin(&inquiry, &format_csv, &writer, &fault);
        int more = inquiry_answer_next(answer, &fault);
        assert_int_equal(more, patience > 0 ? 0 : -1);
        assert_string_equal(fault.text, patience > 0 ? "" : "the answer takes too long");
        inquiry_answer_end(answer);
    }
}

static void an_answer_may_be_left_unfinished(void **state)
{
    struct text comment = { 0 };
    struct fault fault = { 0 };
    for (int i = 0; i < 1000; i++)
        text_char(&comment, 'x');
    struct inquiry inquiry = about_days(*state, comment.bytes);
    static const struct format *const formats[] = { &format_csv, &format_json, &format_table,
                                                    &openmetrics_format };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct writer writer = { 0 };
        struct inquiry_answer *answer = inquiry_answer_begin(&inquiry, formats[i], &writer, &fault);
        assert_true(inquiry_answer_next(answer, &fault) >= 0);
        inquiry_answer_end(answer);
    }
    text_free(&comment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pieces_make_the_answer_of_one_moment),
        TEST(a_format_may_need_the_series_again),
        TEST(whoever_asks_may_give_up_between_series),
        TEST(an_answer_may_be_left_unfinished),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
