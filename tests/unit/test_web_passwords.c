/* SPDX-License-Identifier: MIT */
/* test_web_passwords.c - right and wrong passwords, and what is remembered of them */
#include "../../almanac/web_passwords.h"

#include <crypt.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { NAMES = 3 };

static const struct web_user users[NAMES] = {
    { "alice", "$2a$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e" },
    { "bob", "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e" },
    { "carol", "$2y$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e" },
};
static const char password[] = "correct horse";

static int open_passwords(void **state)
{
    struct fault fault = { 0 };
    *state = web_passwords_new(users, NAMES, &fault);
    return *state == NULL ? -1 : 0;
}

static int close_passwords(void **state)
{
    web_passwords_free(*state);
    return 0;
}

static void each_kind_of_bcrypt_is_verified(void **state)
{
    for (int i = 0; i < NAMES; i++) {
        assert_int_equal(web_passwords_check(*state, users[i].name, password), WEB_RIGHT);
        assert_int_equal(web_passwords_check(*state, users[i].name, "correct horsf"), WEB_WRONG);
        assert_int_equal(web_passwords_check(*state, users[i].name, ""), WEB_WRONG);
    }
}

static void a_user_that_there_is_not_is_wrong(void **state)
{
    assert_int_equal(web_passwords_check(*state, "alic", password), WEB_WRONG);
    assert_int_equal(web_passwords_check(*state, "alice2", password), WEB_WRONG);
    assert_int_equal(web_passwords_check(*state, "", password), WEB_WRONG);
    assert_int_equal(web_passwords_recall(*state, "alice", password), WEB_UNKNOWN);
}

static void a_verdict_is_recalled_for_the_same_words_only(void **state)
{
    assert_int_equal(web_passwords_recall(*state, "alice", password), WEB_UNKNOWN);
    web_passwords_check(*state, "alice", password);
    web_passwords_check(*state, "alice", "wrong");
    assert_int_equal(web_passwords_recall(*state, "alice", password), WEB_RIGHT);
    assert_int_equal(web_passwords_recall(*state, "alice", "wrong"), WEB_WRONG);
    assert_int_equal(web_passwords_recall(*state, "bob", password), WEB_UNKNOWN);
    assert_int_equal(web_passwords_recall(*state, "alicec", "orrect horse"), WEB_UNKNOWN);
    assert_int_equal(web_passwords_recall(*state, "alice", "wrong "), WEB_UNKNOWN);
}

static void wrong_ones_do_not_push_out_a_right_one(void **state)
{
    char wrong[32];
    web_passwords_check(*state, "alice", password);
    for (int i = 0; i < 100; i++) {
        snprintf(wrong, sizeof wrong, "wrong %d", i);
        assert_int_equal(web_passwords_check(*state, "alice", wrong), WEB_WRONG);
    }
    assert_int_equal(web_passwords_recall(*state, "alice", password), WEB_RIGHT);
    assert_int_equal(web_passwords_recall(*state, "alice", "wrong 99"), WEB_WRONG);
    assert_int_equal(web_passwords_recall(*state, "alice", "wrong 0"), WEB_UNKNOWN);
}

static void a_second_check_of_the_same_costs_no_bcrypt(void **state)
{
    struct crypt_data room = { 0 };
    struct fault fault = { 0 };
    const struct web_user slow = { "slow", crypt_rn(password, "$2b$12$abcdefghijklmnopqrstuu",
                                                    &room, sizeof room) };
    (void)state;
    assert_non_null(slow.hash);
    struct web_passwords *passwords = web_passwords_new(&slow, 1, &fault);
    clock_t before = clock();
    assert_int_equal(web_passwords_check(passwords, "slow", password), WEB_RIGHT);
    clock_t once = clock() - before;
    for (int i = 0; i < 100; i++)
        assert_int_equal(web_passwords_check(passwords, "slow", password), WEB_RIGHT);
    assert_true(clock() - before < 2 * once);
    web_passwords_free(passwords);
}

/* The processor's time of ten wrong passwords, in ticks. */
static clock_t ask_wrongly(struct web_passwords *passwords, const char *name)
{
    char wrong[32];
    clock_t before = clock();
    for (int i = 0; i < 10; i++) {
        snprintf(wrong, sizeof wrong, "wrong %d", i);
        assert_int_equal(web_passwords_check(passwords, name, wrong), WEB_WRONG);
    }
    return clock() - before;
}

static void a_name_is_not_betrayed_by_the_time_it_takes(void **state)
{
    clock_t known = ask_wrongly(*state, "alice"), unknown = ask_wrongly(*state, "mallory");
    assert_true(unknown < 8 * known && known < 8 * unknown);
}

static void *ask_often(void *passwords)
{
    for (int i = 0; i < 200; i++) {
        assert_int_equal(web_passwords_check(passwords, "bob", password), WEB_RIGHT);
        assert_int_equal(web_passwords_check(passwords, "bob", "wrong"), WEB_WRONG);
    }
    return NULL;
}

static void threads_may_ask_at_once(void **state)
{
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, ask_often, *state), 0);
    ask_often(*state);
    pthread_join(thread, NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_passwords, close_passwords)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_kind_of_bcrypt_is_verified),
        TEST(a_user_that_there_is_not_is_wrong),
        TEST(a_verdict_is_recalled_for_the_same_words_only),
        TEST(wrong_ones_do_not_push_out_a_right_one),
        TEST(a_name_is_not_betrayed_by_the_time_it_takes),
        TEST(a_second_check_of_the_same_costs_no_bcrypt),
        TEST(threads_may_ask_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
