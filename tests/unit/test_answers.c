/* SPDX-License-Identifier: MIT */
/* test_answers.c - what takes long waits for its turn away from the scrapes */
#include "../../exporter/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct route *route_of(const char *path)
{
    for (size_t i = 0; i < exporter_route_count; i++)
        if (strcmp(exporter_routes[i].path, path) == 0)
            return &exporter_routes[i];
    fail_msg("there is nothing at %s", path);
    return NULL;
}

static void graphs_and_the_api_are_slow_and_nothing_else(void **state)
{
    size_t slow = 0;
    (void)state;
    for (size_t i = 0; i < exporter_route_count; i++) {
        const struct route *route = &exporter_routes[i];
        bool takes_long =
            strncmp(route->path, "/graph/", 7) == 0 || strncmp(route->path, "/api/", 5) == 0;
        takes_long = takes_long && strcmp(route->path, "/api/v1/openapi.json") != 0;
        assert_int_equal(route->slow > 0 || route->later, takes_long);
        assert_in_range(route->slow, 0, ROUTE_QUEUES);
        slow += takes_long;
    }
    assert_true(slow > 1 && slow < exporter_route_count);
}

static void neither_graphs_nor_the_api_wait_for_an_export(void **state)
{
    (void)state;
    int export = route_of("/api/v1/export")->slow, api = route_of("/api/v1/observations")->slow;
    int graph = route_of("/graph/*.png")->slow;
    assert_true(export != api && export != graph && graph != api);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphs_and_the_api_are_slow_and_nothing_else),
        cmocka_unit_test(neither_graphs_nor_the_api_wait_for_an_export),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
