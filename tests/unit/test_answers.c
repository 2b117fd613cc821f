/* SPDX-License-Identifier: MIT */
/* test_answers.c - graphs, and nothing else, wait for their turn away from the scrapes */
#include "../../exporter/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void only_graphs_are_slow(void **state)
{
    (void)state;
    for (size_t i = 0; i < answers_route_count; i++) {
        bool graph = strncmp(answers_routes[i].path, "/graph/", 7) == 0;
        assert_int_equal(answers_routes[i].slow, graph);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(only_graphs_are_slow) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
