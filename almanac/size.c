/* SPDX-License-Identifier: MIT */
/* size.c - sizes in bytes, such as "512KiB" */
#include "size.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

int64_t size_read(const char *text)
{
    static const struct {
        const char *unit;
        int64_t bytes;
    } units[] = {
        { "", 1 },
        { "B", 1 },
        { "KB", 1000 },
        { "KiB", 1024 },
        { "MB", 1000000 },
        { "MiB", 1024 * 1024 },
        { "GB", 1000000000 },
        { "GiB", 1 << 30 },
    };
    char *unit;
    int64_t bytes;
    if (text[0] < '0' || text[0] > '9')
        return -1;
    errno = 0;
    int64_t number = strtoll(text, &unit, 10);
    for (size_t i = 0; errno == 0 && i < sizeof units / sizeof *units; i++)
        if (strcmp(unit, units[i].unit) == 0)
            return __builtin_mul_overflow(number, units[i].bytes, &bytes) ? -1 : bytes;
    return -1;
}
