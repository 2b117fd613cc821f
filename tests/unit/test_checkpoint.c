/* SPDX-License-Identifier: MIT */
/* test_checkpoint.c - what RRD files were built from is found again */
#include "../../almanac/file.h"
#include "../../collector/checkpoint.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { DAY = 86400, NOW = 1795435200 }; /* 2026-11-23T12:00 */

static const char *order[] = { "bureau", "reply" };
static const struct figure figures[] = {
    { .name = "old_funds", .kind = FIGURE_STOCK, .step = DAY, .keep = 1000 * DAY },
    { .name = "paid_cny",
      .kind = FIGURE_FLOW,
      .step = 3600,
      .keep = 10 * DAY,
      .preference = order,
      .preference_count = 2 },
};
static const struct catalogue catalogue = { figures, 2 };

#define FIGURES                                                                                    \
    "old_funds stock 86400 86400000 1795478400\n"                                                  \
    "paid_cny flow 3600 864000 1795435200 bureau,reply\n"

struct place {
    char folder[SCRATCH_PATH], path[320];
};

static int open_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    make_scratch("checkpoint", place->folder);
    snprintf(place->path, sizeof place->path, "%s/.checkpoint", place->folder);
    *state = place;
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;
    remove_scratch(place->folder);
    free(place);
    return 0;
}

static void must_write(const struct place *place, const struct checkpoint *checkpoint,
                       const char *expected)
{
    struct fault fault = { 0 };
    struct text file = { 0 };
    assert_int_equal(checkpoint_write(checkpoint, place->path, &fault), 0);
    assert_int_equal(file_read(place->path, 0, &file, &fault), 0);
    assert_string_equal(file.bytes, expected);
    text_free(&file);
}

static void it_is_read_as_it_was_written(void **state)
{
    struct place *place = *state;
    struct checkpoint put = { .through = 90, .mark = UINT64_C(0x0c2e5f01a37b44d0) }, got;
    checkpoint_of(&put, &catalogue, NOW);
    must_write(place, &put, "through 90 0c2e5f01a37b44d0\n" FIGURES);
    checkpoint_read(&got, place->path);
    assert_true(got.lack_count == 0 && checkpoint_same_figures(&got, &put));
    checkpoint_free(&got);
    checkpoint_add_lack(&put, 317, 1);
    checkpoint_add_lack(&put, 9, 2);
    checkpoint_settle(&put);
    must_write(place, &put, "through 90 0c2e5f01a37b44d0 without 9 317\n" FIGURES);
    checkpoint_read(&got, place->path);
    assert_true(got.through == 90 && got.mark == put.mark && got.lack_count == 2);
    assert_true(checkpoint_lack(&got, 9) != NULL && checkpoint_lack(&got, 317) != NULL);
    assert_null(checkpoint_lack(&got, 17));
    assert_true(checkpoint_same_figures(&got, &put));
    checkpoint_free(&got);
    checkpoint_free(&put);
}

static void what_is_no_checkpoint_says_that_nothing_was_built(void **state)
{
    static const char *const files[] = {
        "",
        "\n",
        "through\n" FIGURES,
        "through x 0c2e5f01a37b44d0\n" FIGURES,
        "throughout 24 0c2e5f01a37b44d0\n" FIGURES,
        "through 90 0c2e5f01a37b44d0 without 3 x\n" FIGURES,
        "through 90 0c2e5f01a37b44d0 with 3\n" FIGURES,
        "through 90 0c2e5f01a37b44d0\nold_funds stock 86400 86400000 1795478400",
    };
    struct place *place = *state;
    struct checkpoint got;
    struct fault fault = { 0 };
    for (size_t i = 0; i <= sizeof files / sizeof *files; i++) {
        checkpoint_read(&got, place->path); /* the first time there is no file */
        if (got.through != 0 || got.mark != 0 || got.figures.size != 0 || got.lack_count != 0)
            fail_msg("'%s' is taken for one", files[i - 1]);
        checkpoint_free(&got);
        if (i < sizeof files / sizeof *files)
            assert_int_equal(file_write(place->path, files[i], strlen(files[i]), &fault), 0);
    }
}

static void a_figure_is_known_by_its_whole_declaration_and_end(void **state)
{
    struct checkpoint checkpoint = { 0 }, later = { 0 };
    static const char *other_order[] = { "reply", "bureau" };
    (void)state;
    assert_false(checkpoint_has(&checkpoint, &figures[0], NOW));
    checkpoint_of(&checkpoint, &catalogue, NOW - DAY);
    checkpoint_of(&checkpoint, &catalogue, NOW); /* instead of it */
    checkpoint_of(&later, &catalogue, NOW + 3599);
    assert_true(checkpoint_same_figures(&checkpoint, &later));
    checkpoint_of(&later, &catalogue, NOW + 3600);
    assert_false(checkpoint_same_figures(&checkpoint, &later));
    assert_true(checkpoint_has(&checkpoint, &figures[0], NOW + 3600));
    assert_false(checkpoint_has(&checkpoint, &figures[1], NOW + 3600));
    assert_true(checkpoint_has(&checkpoint, &figures[1], NOW));
    struct figure others[] = { figures[1], figures[1], figures[1], figures[1],
                               figures[1], figures[1], figures[0] };
    others[0].name = "paid";
    others[1].kind = FIGURE_STOCK;
    others[2].step = 1800;
    others[3].keep = DAY;
    others[4].preference_count = 1;
    others[5].preference = other_order;
    others[6].name = "funds"; /* which another name ends in */
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (checkpoint_has(&checkpoint, &others[i], NOW))
            fail_msg("figure %zu is taken for another", i);
    checkpoint_free(&checkpoint);
    checkpoint_free(&later);
}

/* Each day something may begin that the last row of a longer step has. */
static void files_of_a_long_step_are_known_for_a_day(void **state)
{
    struct checkpoint checkpoint = { 0 };
    static const struct figure weekly = { .name = "beds", .step = 7 * DAY, .keep = 1000 * DAY };
    static const struct catalogue alone = { &weekly, 1 };
    (void)state;
    checkpoint_of(&checkpoint, &alone, NOW);
    assert_true(checkpoint_has(&checkpoint, &weekly, NOW + DAY / 2 - 1));
    assert_false(checkpoint_has(&checkpoint, &weekly, NOW + DAY / 2));
    checkpoint_free(&checkpoint);
}

static void what_is_forgotten_is_known_no_more(void **state)
{
    struct checkpoint checkpoint = { 0 };
    (void)state;
    checkpoint_forget(&checkpoint, NULL);
    checkpoint_of(&checkpoint, &catalogue, NOW);
    checkpoint_forget(&checkpoint, "funds");
    checkpoint_forget(&checkpoint, "paid");
    assert_true(checkpoint_has(&checkpoint, &figures[0], NOW));
    checkpoint_forget(&checkpoint, "old_funds");
    assert_false(checkpoint_has(&checkpoint, &figures[0], NOW));
    assert_true(checkpoint_has(&checkpoint, &figures[1], NOW));
    checkpoint_forget(&checkpoint, NULL);
    assert_false(checkpoint_has(&checkpoint, &figures[1], NOW));
    checkpoint_free(&checkpoint);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_place, close_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_read_as_it_was_written),
        TEST(what_is_no_checkpoint_says_that_nothing_was_built),
        cmocka_unit_test(a_figure_is_known_by_its_whole_declaration_and_end),
        cmocka_unit_test(files_of_a_long_step_are_known_for_a_day),
        cmocka_unit_test(what_is_forgotten_is_known_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
