/* SPDX-License-Identifier: MIT */
/* test_rrd_check.c - no file is given to librrd that would lead it astray */
#include "../../almanac/file.h"
#include "../../almanac/rrd_store.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct figure stock = {
    .name = "f", .kind = FIGURE_STOCK, .step = PERIOD_DAY, .keep = 1000LL * PERIOD_DAY
};

struct place {
    char folder[SCRATCH_PATH], path[320];
    struct text whole; /* a sound file */
};

static int open_place(void **state)
{
    struct fault fault = { 0 };
    struct timeline timeline = { 0 };
    struct place *place = calloc(1, sizeof *place);
    make_scratch("rrd", place->folder);
    struct rrd_store *store = rrd_store_open(place->folder, &fault);
    timeline_settle(&timeline, FIGURE_STOCK);
    assert_int_equal(rrd_store_write(store, "f.rrd", &stock, &timeline, 1795392000, &fault), 0);
    rrd_store_close(store);
    timeline_free(&timeline);
    snprintf(place->path, sizeof place->path, "%s/f.rrd", place->folder);
    assert_int_equal(file_read(place->path, 0, &place->whole, &fault), 0);
    *state = place;
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;
    text_free(&place->whole);
    remove_scratch(place->folder);
    free(place);
    return 0;
}

static void a_sound_file_is_accepted(void **state)
{
    struct place *place = *state;
    struct fault fault = { 0 };
    assert_int_equal(rrd_store_check(place->path, &fault), 0);
    assert_string_equal(fault.text, "");
}

/* In the format of librrd on a machine of 64 bits. */
static void a_head_that_leads_astray_is_refused(void **state)
{
    struct place *place = *state;
    static const struct {
        size_t at;
        unsigned char byte;
        const char *words;
    } rows[] = {
        { 0, 'X', "" },                /* the cookie */
        { 41, 0, "is damaged" },       /* of the step, with the byte after it: 86400 is 0x15180 */
        { 45, 1, "is damaged" },       /* a step of millennia */
        { 28, 1, "" },                 /* sources */
        { 36, 1, "" },                 /* archives */
        { 276, 1, "" },                /* rows of the first archive */
        { 280, 0, "is damaged" },      /* steps to a row of it */
        { 283, 1, "is damaged" },      /* the same */
        { 1776 + 3, 1, "is damaged" }, /* its current row */
        { 1776 + 8 * 6 + 3, 1, "is damaged" }, /* that of the last archive */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fault fault = { 0 };
        char *bytes = malloc(place->whole.size);
        memcpy(bytes, place->whole.bytes, place->whole.size);
        bytes[rows[i].at] = (char)rows[i].byte;
        if (rows[i].at == 41)
            bytes[40] = bytes[42] = 0;
        assert_int_equal(file_write(place->path, bytes, place->whole.size, &fault), 0);
        free(bytes);
        assert_int_equal(rrd_store_check(place->path, &fault), -1);
        assert_non_null(strstr(fault.text, place->path));
        assert_non_null(strstr(fault.text, rows[i].words));
    }
}

static void a_file_that_is_cut_off_or_missing_is_refused(void **state)
{
    struct place *place = *state;
    for (size_t size = place->whole.size; size > 0; size /= 2) {
        struct fault fault = { 0 };
        assert_int_equal(file_write(place->path, place->whole.bytes, size - 1, &fault), 0);
        assert_int_equal(rrd_store_check(place->path, &fault), -1);
        assert_non_null(strstr(fault.text, place->path));
    }
    struct fault fault = { 0 };
    assert_int_equal(rrd_store_check("/nowhere/f.rrd", &fault), -1);
    assert_non_null(strstr(fault.text, "No such file or directory"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_place, close_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sound_file_is_accepted),
        TEST(a_head_that_leads_astray_is_refused),
        TEST(a_file_that_is_cut_off_or_missing_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
