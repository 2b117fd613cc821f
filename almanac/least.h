/* SPDX-License-Identifier: MIT */
/* least.h - the lesser and the greater of two numbers */
#ifndef ALMANAC_LEAST_H
#define ALMANAC_LEAST_H

#include <stdint.h>

static inline int64_t least_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static inline int64_t most_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

#endif
