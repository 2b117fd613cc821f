/* SPDX-License-Identifier: MIT */
/* test_graph_past.c - what was known on an earlier day, as a picture */
#include "graph_stage.h"

#include <dirent.h>
#include <sys/stat.h>

#define THEN "2024-10-05"

/* Says more of the first series. */
static void report_more(struct place *place, const char *const *said)
{
    place->recorded = day_of("2025-01-01");
    write_ledger(place, &place->series[0], said);
}

static struct text take_picture(struct place *place)
{
    struct text png = place->png;
    place->png = (struct text){ 0 };
    return png;
}

static bool is_same(const struct place *place, const struct text *png)
{
    return place->png.size == png->size && memcmp(place->png.bytes, png->bytes, png->size) == 0;
}

/* The first picture is of the day, when nothing else is known yet. The collector's files, which
 * have what is known now, are not read. */
static void an_earlier_day_is_drawn_as_it_was(void **state)
{
    const struct {
        int figure;
        const char *const *before, *const *after, *from, *to;
    } cases[] = {
        { PILOT, SAID("2023-12 4", "2024-06 >6 P"), SAID("2023-12 3", "2024-06 9", "2024-07 12"),
          NULL, NULL },
        { PILOT, SAID("2023-12 4"), SAID("2023-12 3"), "2024-01-01", "2025-01-01" },
        { PILOT, SAID("2023-12 4", "2030 9 F"), SAID("2023-12 - O"), NULL, "2026-01-01" },
        { PILOT, SAID("2023-12 4"), SAID("2012-12 3"), NULL, NULL },
        { PILOT, SAID("2023-12 - M"), SAID("2023-12 3"), NULL, NULL },
        { SUBSIDIES, SAID("2021/2023 90"), SAID("2021/2023 95", "2024 40"), NULL, NULL },
        { QUEUE, SAID("2024-10-05T09:30:00 0.6", "2024-10-05T20:00:00 0.2"),
          SAID("2024-10-05T09:30:00 1"), NULL, NULL },
    };
    struct place *place = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[32];
        snprintf(name, sizeof name, "past-%zu", i);
        const char *from = cases[i].from, *to = cases[i].to;
        begin_ledger(place);
        place->as_of = THEN;
        place->now = day_of(THEN) + DAY - 1;
        place->recorded = day_of("2024-10-01");
        report(place, cases[i].figure, "a", cases[i].before);
        DRAWN(place, name, cases[i].figure, from, to, false);
        struct text then = take_picture(place);
        place->now = day_of("2026-11-23");
        report_more(place, cases[i].after);
        write_file(place, 0, SAID("2020 1"));
        if (cases[i].figure == PILOT)
            report(place, PILOT, "b", SAID("2022 7"));
        DRAWN(place, name, cases[i].figure, from, to, false);
        if (!is_same(place, &then))
            fail_msg("case %zu", i);
        place->as_of = "2025-01-01";
        DRAWN(place, name, cases[i].figure, from, to, false);
        assert_false(is_same(place, &then));
        text_free(&then);
    }
}

static void a_day_to_come_is_today(void **state)
{
    struct place *place = *state;
    report(place, PILOT, "a", SAID("2024-06 4"));
    place->as_of = "2026-11-23";
    DRAWN(place, "past-today", PILOT, NULL, NULL, true);
    struct text today = take_picture(place);
    place->as_of = "2040-01-01";
    DRAWN(place, "past-to-come", PILOT, NULL, NULL, true);
    assert_true(is_same(place, &today));
    text_free(&today);
}

/* Whatever was known: it holds until that day, or until today. */
static void a_picture_of_what_was_still_to_come_has_no_value(void **state)
{
    static const struct {
        const char *as_of, *from, *to;
    } cases[] = {
        { THEN, "2024-10-06", "2024-12-01" },
        { THEN, "2026-01-01", "2027-01-01" },
        { NULL, "2027-01-01", "2028-01-01" },
        { NULL, "2030-01-01", "2055-01-01" },
    };
    struct place *place = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text one = { 0 };
        place->as_of = cases[i].as_of;
        for (int other = 0; other < 2; other++) {
            begin_ledger(place);
            report(place, PILOT, "a", other ? SAID("2024-06 >70 P") : SAID("2024-06 4"));
            DRAWN(place, "still-to-come", PILOT, cases[i].from, cases[i].to, false);
            one = other ? one : take_picture(place);
        }
        if (!is_same(place, &one))
            fail_msg("case %zu", i);
        text_free(&one);
    }
}

static void what_was_not_known_is_not_drawn(void **state)
{
    static const struct {
        int figure;
        const char *as_of, *from;
        enum graph_end end;
        const char *words;
    } cases[] = {
        { PILOT, "2024-09-30", NULL, GRAPH_NO_DATA,
          "nothing of pilot_platforms was known by 2024-09-30" },
        { TEMPERATURE, "2024-10-05", NULL, GRAPH_NO_SPAN,
          "the graph of temperature as of 2024-10-05 would need more than 20000000 rows; expected "
          "a shorter time, or fewer series" },
        { FUND, "1979-12-31", NULL, GRAPH_NO_SPAN,
          "the graph of fund_size_cny would begin at 1980-01-02, but there is nothing behind "
          "1980-01-02; expected an earlier beginning, or an end" },
        { PILOT, "2024-10-05", "2024-10-06", GRAPH_NO_SPAN,
          "the graph of pilot_platforms would begin at 2024-10-06, but there is nothing behind "
          "2024-10-06; expected an earlier beginning, or an end" },
    };
    struct place *place = *state;
    place->recorded = day_of("2024-10-01");
    report(place, PILOT, "built", SAID("2024-06 4"));
    place->recorded = day_of("1979-06-01");
    add_series(place, FUND, NULL, SAID("1979-01 4"));
    place->recorded = day_of("2024-10-01");
    add_series(place, TEMPERATURE, NULL, SAID("2024-01 4"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        place->as_of = cases[i].as_of;
        assert_int_equal(draw(place, cases[i].figure, cases[i].from, NULL, false), cases[i].end);
        assert_string_equal(place->fault.text, cases[i].words);
    }
}

static int count_entries(const char *folder)
{
    int count = 0;
    DIR *directory = opendir(folder);
    while (readdir(directory) != NULL)
        count++;
    closedir(directory);
    return count - 2;
}

static void its_files_do_not_stay(void **state)
{
    struct place *place = *state;
    char folder[400];
    snprintf(folder, sizeof folder, "%s/tmp", place->folder);
    setenv("TMPDIR", folder, 1);
    report(place, PILOT, "a", SAID("2024-06 4"));
    report(place, PILOT, "b", SAID("2024-06 6"));
    place->as_of = THEN;
    assert_int_equal(draw(place, PILOT, NULL, NULL, false), GRAPH_FAILED);
    assert_string_equal(place->fault.text, "cannot make a folder for the graph among the temporary "
                                           "files: No such file or directory");
    assert_int_equal(mkdir(folder, 0700), 0);
    DRAWN(place, "past-two", PILOT, NULL, NULL, false);
    assert_int_equal(count_entries(folder), 0);
    unsetenv("TMPDIR");
}

int main(void)
{
    setenv("TZ", "UTC0", 1);
    const struct CMUnitTest tests[] = {
        TEST(an_earlier_day_is_drawn_as_it_was),
        TEST(a_day_to_come_is_today),
        TEST(a_picture_of_what_was_still_to_come_has_no_value),
        TEST(what_was_not_known_is_not_drawn),
        TEST(its_files_do_not_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
