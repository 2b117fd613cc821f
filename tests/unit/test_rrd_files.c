/* SPDX-License-Identifier: MIT */
/* test_rrd_files.c - where an RRD file is, how much is in it, and until when */
#include "../../almanac/utf8.h"
#include "rrd_place.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static void names_are_readable_and_safe(void **state)
{
    (void)state;
    static const struct {
        const char *area, *expected;
    } cases[] = {
        { "440304", "f/area=440304.rrd" },   { "福田", "f/area=福田.rrd" },
        { "a/b", "f/area=a%2Fb.rrd" },       { "..", "f/area=...rrd" },
        { "a,b=c", "f/area=a%2Cb%3Dc.rrd" }, { "50%", "f/area=50%25.rrd" },
        { "C:\\x", "f/area=C%3A%5Cx.rrd" },  { "~1", "f/area=%7E1.rrd" },
        { "a b\n", "f/area=a%20b%0A.rrd" },  { "À…", "f/area=À….rrd" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text name = { 0 };
        struct label label = { "area", cases[i].area };
        rrd_store_name(&name, "f", &label, 1, 1);
        assert_string_equal(name.bytes, cases[i].expected);
        text_free(&name);
    }
    struct text name = { 0 };
    struct label labels[] = { { "area", "1" }, { "stage", "built" } };
    rrd_store_name(&name, "f", labels, 2, 1);
    assert_string_equal(name.bytes, "f/area=1,stage=built.rrd");
    text_clear(&name);
    rrd_store_name(&name, "f", NULL, 0, 1);
    assert_string_equal(name.bytes, "f/f.rrd");
    text_free(&name);
}

static void long_names_are_cut_between_characters(void **state)
{
    struct place *place = *state;
    char value[1024];
    for (size_t lead = 0; lead < 6; lead++) {
        memset(value, 'x', lead);
        for (size_t at = lead; at + 4 < sizeof value; at += 4)
            memcpy(value + at, "田%", 5);
        struct text name = { 0 };
        struct label label = { "area", value };
        rrd_store_name(&name, "f", &label, 1, INT64_MAX);
        const char *base = strchr(name.bytes, '/') + 1;
        assert_true(strlen(base) <= 255);
        assert_int_equal(utf8_until(base, strlen(base)), strlen(base));
        const char *percent = strrchr(base, '%');
        assert_memory_equal(percent, "%25", 3);
        write_file(place, &stock, (const char *[]){ "2024 1", NULL }, name.bytes,
                   day_of("2024-12-31"));
        text_free(&name);
    }
}

static void a_name_is_cut_only_if_it_is_too_long(void **state)
{
    char value[217] = "", expected[300];
    const struct label label = { "area", value };
    (void)state;
    for (size_t over = 0; over < 2; over++) {
        struct text name = { 0 };
        memset(value, 'x', 215 + over);
        if (over == 0)
            snprintf(expected, sizeof expected, "figure/area=%s.rrd", value);
        else
            snprintf(expected, sizeof expected, "figure/area=%.195s~77.rrd", value);
        rrd_store_name(&name, "figure", &label, 1, 77);
        assert_string_equal(name.bytes, expected);
        text_free(&name);
    }
}

static int64_t number_of(const rrd_info_t *info, const char *key)
{
    while (info != NULL && strcmp(info->key, key) != 0)
        info = info->next;
    assert_non_null(info);
    return (int64_t)info->value.u_cnt;
}

/* Files of one store, one after the other. */
static void each_file_has_the_archives_of_its_figure_and_its_own_end(void **state)
{
    enum { WEEK = 7 * DAY, NOW = 1712054700 }; /* 2024-04-02T10:45 */
    static const struct {
        int64_t step, keep, now, end;
        int64_t rows, sevens, coarsest;
    } cases[] = {
        { DAY, 91LL * DAY, NOW, 1712102400, 91, 13, 1 },
        { DAY, 91LL * DAY, NOW + DAY, 1712188800, 91, 13, 1 },
        { WEEK, 91LL * DAY, NOW + DAY, 1712188800, 13, 2, 1 },
        { DAY, 92LL * DAY, NOW + DAY, 1712188800, 92, 14, 2 },
        { 3600, 92LL * DAY, NOW + DAY, 1712138400, 92 * 24, 316, 25 },
        { WEEK, 5200LL * WEEK, NOW, 1712188800, 5200, 743, 58 }, /* before there were files */
    };
    struct place *place = *state;
    char path[400];
    snprintf(path, sizeof path, "%s/a.rrd", place->folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct figure figure = { .kind = FIGURE_STOCK,
                                       .step = cases[i].step,
                                       .keep = cases[i].keep };
        write_file(place, &figure, (const char *[]){ "2024 1", NULL }, "a.rrd", cases[i].now);
        rrd_info_t *info = rrd_info_r(path);
        assert_int_equal(number_of(info, "step"), cases[i].step);
        assert_int_equal(number_of(info, "last_update"), cases[i].end);
        assert_int_equal(number_of(info, "rra[0].rows"), cases[i].rows);
        for (int kind = 0; kind < 3; kind++) {
            char key[24];
            snprintf(key, sizeof key, "rra[%d].rows", 1 + 2 * kind);
            assert_int_equal(number_of(info, key), cases[i].sevens);
            snprintf(key, sizeof key, "rra[%d].rows", 2 + 2 * kind);
            assert_int_equal(number_of(info, key), cases[i].coarsest);
        }
        rrd_info_free(info);
    }
}

static void nothing_is_left_beside_the_file(void **state)
{
    struct place *place = *state;
    write_file(place, &stock, (const char *[]){ "2024 1", NULL }, "f/area=1.rrd",
               day_of("2024-12-31"));
    char command[400];
    snprintf(command, sizeof command, "test \"$(cd '%s' && find . -type f)\" = ./f/area=1.rrd",
             place->folder);
    assert_int_equal(system(command), 0);
}

static void a_file_that_cannot_be_written_is_named(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char path[400];
    snprintf(path, sizeof path, "touch '%s/f'", place->folder);
    assert_int_equal(system(path), 0);
    timeline_settle(&place->timeline, FIGURE_STOCK);
    assert_int_equal(rrd_store_write(place->store, "f/area=1.rrd", &stock, &place->timeline,
                                     day_of("2024-12-31"), &fault),
                     -1);
    assert_non_null(strstr(fault.text, "/f/area=1.rrd: Not a directory"));
}

static void so_is_a_folder_that_cannot_be_made(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    char path[400];
    snprintf(path, sizeof path, "%s/f", place->folder);
    assert_int_equal(symlink("/nowhere/at/all", path), 0);
    timeline_settle(&place->timeline, FIGURE_STOCK);
    assert_int_equal(rrd_store_write(place->store, "f/area=1.rrd", &stock, &place->timeline,
                                     day_of("2024-12-31"), &fault),
                     -1);
    assert_non_null(strstr(fault.text, "/f is no folder; expected one"));
}

static void one_that_cannot_be_written_whole_does_not_replace_the_old_one(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    struct rlimit before, small;
    char rows[512];
    write_file(place, &stock, (const char *[]){ "2024 1", NULL }, "a.rrd", day_of("2024-12-31"));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){ 1000, before.rlim_max };
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    int result = rrd_store_write(place->store, "a.rrd", &stock, &place->timeline,
                                 day_of("2024-12-31"), &fault);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(result, -1);
    assert_non_null(strstr(fault.text, ".building: File too large"));
    describe_rows(place, "a.rrd", "2024-12-30", "2025-01-01", rows);
    assert_string_equal(rows, "2024-12-30 U 2024-12-31 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_readable_and_safe),
        TEST(long_names_are_cut_between_characters),
        cmocka_unit_test(a_name_is_cut_only_if_it_is_too_long),
        TEST(each_file_has_the_archives_of_its_figure_and_its_own_end),
        TEST(nothing_is_left_beside_the_file),
        TEST(a_file_that_cannot_be_written_is_named),
        TEST(so_is_a_folder_that_cannot_be_made),
        TEST(one_that_cannot_be_written_whole_does_not_replace_the_old_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
