/* SPDX-License-Identifier: MIT */
/* test_rrd_files.c - where an RRD file is, how much is in it, and until when */
#include "rrd_place.h"

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
        { "a b\n", "f/area=a%20b%0A.rrd" },
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
        assert_int_equal(text_utf8_until(base, strlen(base)), strlen(base));
        const char *percent = strrchr(base, '%');
        assert_memory_equal(percent, "%25", 3);
        write_file(place, &stock, (const char *[]){ "2024=1", NULL }, name.bytes,
                   day_of("2024-12-31"));
        text_free(&name);
    }
}

static void nothing_is_left_beside_the_file(void **state)
{
    struct place *place = *state;
    write_file(place, &stock, (const char *[]){ "2024=1", NULL }, "f/area=1.rrd",
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_readable_and_safe),
        TEST(long_names_are_cut_between_characters),
        TEST(nothing_is_left_beside_the_file),
        TEST(a_file_that_cannot_be_written_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
