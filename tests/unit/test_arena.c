/* SPDX-License-Identifier: MIT */
/* test_arena.c - pieces are apart, aligned and zeroed; arrays grow without losing anything */
#include "../../almanac/arena.h"
#include "../../almanac/text.h"

#include <setjmp.h>
#include <signal.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void pieces_are_aligned_zeroed_and_apart(void **state)
{
    static const size_t sizes[] = { 1, 3, 8, 17, 1000, 16000, 16384, 50000, 1, 40 };
    enum { COUNT = sizeof sizes / sizeof *sizes };
    struct arena arena = { 0 };
    unsigned char *pieces[COUNT];
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        pieces[i] = arena_take(&arena, sizes[i], 1);
        assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        for (size_t at = 0; at < sizes[i]; at++)
            assert_int_equal(pieces[i][at], 0);
        memset(pieces[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t at = 0; at < sizes[i]; at++)
            assert_int_equal(pieces[i][at], i + 1);
    arena_free(&arena);
    assert_null(arena.blocks);
}

static void thousands_of_pieces_keep_what_they_hold(void **state)
{
    struct arena arena = { 0 };
    int64_t *numbers[5000];
    (void)state;
    for (int i = 0; i < 5000; i++) {
        numbers[i] = arena_take(&arena, 1 + (size_t)i % 7, sizeof **numbers);
        *numbers[i] = i;
    }
    for (int i = 0; i < 5000; i++)
        assert_int_equal(*numbers[i], i);
    arena_free(&arena);
}

static void copies_end_with_a_nul(void **state)
{
    struct arena arena = { 0 };
    (void)state;
    assert_string_equal(arena_copy(&arena, "figure=4", 6), "figure");
    assert_string_equal(arena_copy(&arena, NULL, 0), "");
    assert_memory_equal(arena_copy(&arena, "a\0b", 3), "a\0b", 4);
    char word[] = "built";
    char *copy = arena_string(&arena, word);
    word[0] = '?';
    assert_string_equal(copy, "built");
    assert_null(arena_string(&arena, NULL));
    arena_free(&arena);
}

static void nothing_may_be_taken_and_nothing_given_back(void **state)
{
    struct arena arena = { 0 };
    (void)state;
    assert_non_null(arena_take(&arena, 0, 8));
    assert_non_null(arena_take(&arena, 8, 0));
    arena_free(&arena);
    arena_free(&arena);
}

static void an_arena_can_be_used_again(void **state)
{
    struct arena arena = { 0 };
    (void)state;
    arena_string(&arena, "first");
    arena_free(&arena);
    assert_string_equal(arena_string(&arena, "second"), "second");
    arena_free(&arena);
}

static void a_cleared_arena_hands_out_zeroed_pieces(void **state)
{
    struct arena arena = { 0 };
    (void)state;
    arena_clear(&arena);
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 50; i++) {
            unsigned char *piece = arena_take(&arena, 1 + (size_t)(i * round), 37);
            for (int at = 0; at < 37 * (1 + i * round); at++)
                assert_int_equal(piece[at], 0);
            memset(piece, 0xEE, (size_t)(37 * (1 + i * round)));
        }
        arena_clear(&arena);
    }
    arena_free(&arena);
}

static void a_new_array_is_zeroed_and_never_null(void **state)
{
    int64_t *array = array_new(1000, sizeof *array), *none = array_new(0, sizeof *none);
    (void)state;
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(array[i], 0);
    assert_non_null(none);
    free(array);
    free(none);
}

static void an_array_grows_and_keeps_its_elements(void **state)
{
    size_t room = 0;
    int64_t *array = array_reserve(NULL, &room, 0, sizeof *array);
    (void)state;
    assert_null(array);
    for (size_t i = 0; i < 10000; i++) {
        array = array_reserve(array, &room, i + 1, sizeof *array);
        assert_true(room >= i + 1);
        array[i] = (int64_t)i;
    }
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(array[i], i);
    int64_t *same = array_reserve(array, &room, room, sizeof *array);
    assert_ptr_equal(same, array);
    free(same);
}

static void an_array_may_leap(void **state)
{
    size_t room = 0;
    char *array = array_reserve(NULL, &room, 100000, 3);
    (void)state;
    assert_true(room >= 100000);
    memset(array, 'x', room * 3);
    free(array);
}

static void take_too_much(void)
{
    struct arena arena = { 0 };
    arena_take(&arena, SIZE_MAX / 4, 8);
}

static void a_copied_string_is_ones_own(void **state)
{
    char *copy = array_string("abc"), *empty = array_string("");
    (void)state;
    assert_string_equal(copy, "abc");
    assert_string_equal(empty, "");
    free(copy);
    free(empty);
}

static void make_too_much(void)
{
    array_new(SIZE_MAX / 4, 8);
}

static void reserve_too_much(void)
{
    size_t room = 0;
    array_reserve(NULL, &room, SIZE_MAX / 4, 8);
}

static void write_too_much(void)
{
    struct text text = { 0 };
    text_bytes(&text, "", SIZE_MAX / 2);
}

static void must_abort(void (*asks)(void))
{
    int ends[2], status;
    char words[200] = "";
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], STDERR_FILENO);
        asks();
        _exit(0);
    }
    close(ends[1]);
    assert_true(read(ends[0], words, sizeof words - 1) > 0);
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert_string_equal(words, "almanac: out of memory\n");
}

static void more_than_there_is_ends_the_process_with_a_word(void **state)
{
    (void)state;
    must_abort(take_too_much);
    must_abort(make_too_much);
    must_abort(reserve_too_much);
    must_abort(write_too_much);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_zeroed_and_apart),
        cmocka_unit_test(thousands_of_pieces_keep_what_they_hold),
        cmocka_unit_test(copies_end_with_a_nul),
        cmocka_unit_test(nothing_may_be_taken_and_nothing_given_back),
        cmocka_unit_test(an_arena_can_be_used_again),
        cmocka_unit_test(a_cleared_arena_hands_out_zeroed_pieces),
        cmocka_unit_test(a_new_array_is_zeroed_and_never_null),
        cmocka_unit_test(an_array_grows_and_keeps_its_elements),
        cmocka_unit_test(an_array_may_leap),
        cmocka_unit_test(a_copied_string_is_ones_own),
        cmocka_unit_test(more_than_there_is_ends_the_process_with_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
