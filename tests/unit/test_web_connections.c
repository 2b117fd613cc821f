/* SPDX-License-Identifier: MIT */
/* test_web_connections.c - who has to leave when there are too many all */
#include "../../almanac/web_connections.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST = 3, ALL = 8 };

struct visitor {
    int ends[2]; /* the client's, the server's */
    struct web_connection *connection;
};

enum { PATIENCE_MS = 1000 };

static struct web_connections *all;
static int64_t now;
static struct visitor visitors[ALL];

static void enter(size_t index)
{
    struct visitor *visitor = &visitors[index];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, visitor->ends), 0);
    visitor->connection = web_connection_open(all, visitor->ends[1], now);
    assert_non_null(visitor->connection);
}

static void leave(size_t index)
{
    web_connection_close(all, visitors[index].connection);
    close(visitors[index].ends[0]);
    close(visitors[index].ends[1]);
}

static bool is_shut_down(size_t index)
{
    char byte;
    return recv(visitors[index].ends[0], &byte, 1, MSG_DONTWAIT) == 0;
}

/* out: a character for each, 'x': shut down. */
static void must_be_out(const char *out)
{
    for (size_t i = 0; out[i] != '\0'; i++)
        assert_int_equal(is_shut_down(i), out[i] == 'x');
}

static int open_connections(void **state)
{
    (void)state;
    all = web_connections_new(MOST, PATIENCE_MS);
    return all == NULL ? -1 : 0;
}

static int close_connections(void **state)
{
    (void)state;
    web_connections_free(all);
    return 0;
}

static void the_one_that_has_waited_longest_leaves(void **state)
{
    (void)state;
    for (size_t i = 0; i < 5; i++)
        enter(i);
    must_be_out("xx...");
    for (size_t i = 0; i < 5; i++)
        leave(i);
}

static void one_that_is_served_stays(void **state)
{
    (void)state;
    enter(0);
    web_connection_busy(all, visitors[0].connection);
    for (size_t i = 1; i < 4; i++)
        enter(i);
    must_be_out(".x..");
    web_connection_idle(all, visitors[0].connection,
                        now); /* waits from now on: the others waited longer */
    enter(4);
    must_be_out(".xx..");
    enter(5);
    must_be_out(".xxx..");
    enter(6);
    must_be_out("xxxx...");
    for (size_t i = 0; i < 7; i++)
        leave(i);
}

static void where_all_are_served_nobody_leaves(void **state)
{
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        enter(i);
        web_connection_busy(all, visitors[i].connection);
    }
    must_be_out(".....");
    for (size_t i = 0; i < 5; i++)
        leave(i);
}

static void a_body_has_its_own_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        enter(i);
        web_connection_busy(all, visitors[i].connection);
        web_connection_reading(all, visitors[i].connection, now + (i == 1 ? 300 : 500));
    }
    enter(3); /* none of these is idle */
    must_be_out("....");
    web_connection_busy(all, visitors[2].connection); /* its body is there */
    web_connections_sweep(all, now + 300);
    must_be_out("....");
    web_connections_sweep(all, now + 301);
    must_be_out(".x..");
    web_connections_sweep(all, now + 501);
    must_be_out("xx..");
    for (size_t i = 0; i < 4; i++)
        leave(i);
}

static void those_who_left_make_room(void **state)
{
    (void)state;
    for (size_t i = 0; i < 5; i++)
        enter(i);
    must_be_out("xx...");
    leave(1); /* was not counted any more */
    leave(4);
    enter(1);
    must_be_out("x...");
    for (size_t i = 0; i < 4; i++)
        leave(i);
}

static void one_that_was_shut_down_is_not_so_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++)
        enter(i);
    must_be_out("x...");
    web_connection_busy(all, visitors[0].connection); /* had asked meanwhile */
    web_connection_idle(all, visitors[0].connection, now);
    for (size_t i = 4; i < 7; i++)
        enter(i);
    must_be_out("xxxx...");
    for (size_t i = 0; i < 7; i++)
        leave(i);
}

static void patience_runs_out_with_one_that_is_not_served(void **state)
{
    (void)state;
    enter(0);
    enter(1);
    web_connection_busy(all, visitors[1].connection);
    now += PATIENCE_MS;
    enter(2);
    web_connections_sweep(all, now);
    must_be_out("...");
    now++;
    web_connection_idle(all, visitors[1].connection, now);
    web_connections_sweep(all, now);
    must_be_out("x..");
    now += PATIENCE_MS;
    web_connections_sweep(all, now);
    must_be_out("x.x");
    for (size_t i = 0; i < 3; i++)
        leave(i);
}

static void it_is_told_how_many_had_to_leave_for_others(void **state)
{
    (void)state;
    for (size_t i = 0; i < 5; i++)
        enter(i);
    assert_int_equal(web_connections_sweep(all, now), 2);
    assert_int_equal(web_connections_sweep(all, now), 0);
    now += PATIENCE_MS + 1;
    assert_int_equal(web_connections_sweep(all, now), 0);
    must_be_out("xxxxx");
    for (size_t i = 0; i < 5; i++)
        leave(i);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_connections, close_connections)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_one_that_has_waited_longest_leaves),
        TEST(one_that_is_served_stays),
        TEST(where_all_are_served_nobody_leaves),
        TEST(a_body_has_its_own_time),
        TEST(those_who_left_make_room),
        TEST(one_that_was_shut_down_is_not_so_again),
        TEST(patience_runs_out_with_one_that_is_not_served),
        TEST(it_is_told_how_many_had_to_leave_for_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
