/* SPDX-License-Identifier: MIT */
/* scratch.h - a folder of a test's own, below the one for all tests */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SCRATCH_PATH = 256 };

static inline void make_scratch(const char *name, char folder[SCRATCH_PATH])
{
    const char *parent = getenv("ALMANAC_SCRATCH");
    snprintf(folder, SCRATCH_PATH, "%s/%s-XXXXXX", parent != NULL ? parent : "/tmp", name);
    assert_non_null(mkdtemp(folder));
}

static inline void remove_scratch(const char *folder)
{
    char command[SCRATCH_PATH + 16];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

#endif
