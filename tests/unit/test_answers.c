/* SPDX-License-Identifier: MIT */
/* test_answers.c - what takes long waits for its turn away from the scrapes */
#include "../../exporter/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void graphs_and_the_api_are_slow_and_nothing_else(void **state)
{
    size_t slow = 0;
    (void)state;
    for (size_t i = 0; i < exporter_route_count; i++) {
        const struct route *route = &exporter_routes[i];
        bool takes_long =
            strncmp(route->path, "/graph/", 7) == 0 || strncmp(route->path, "/api/", 5) == 0;
        assert_int_equal(route->slow || route->later, takes_long);
        slow += takes_long;
    }
    assert_true(slow > 1 && slow < exporter_route_count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphs_and_the_api_are_slow_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
