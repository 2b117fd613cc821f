/* SPDX-License-Identifier: MIT */
/* size.h - sizes in bytes, such as "512KiB" */
#ifndef ALMANAC_SIZE_H
#define ALMANAC_SIZE_H

#include <stdint.h>

/* "4096", "512KiB", "10MB" (a million each) to bytes, or -1. */
int64_t size_read(const char *text);

#endif
