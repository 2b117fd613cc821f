/* SPDX-License-Identifier: MIT */
/* test_answers.c - what takes long waits for its turn away from the scrapes */
#include "../../exporter/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void graphs_and_remote_reads_are_not_answered_by_the_server_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < answers_route_count; i++) {
        bool graph = strncmp(answers_routes[i].path, "/graph/", 7) == 0;
        bool remote_read = strcmp(answers_routes[i].path, "/api/v1/read") == 0;
        assert_int_equal(answers_routes[i].slow, graph);
        assert_int_equal(answers_routes[i].later, remote_read);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(
        graphs_and_remote_reads_are_not_answered_by_the_server_itself) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
