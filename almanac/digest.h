/* SPDX-License-Identifier: MIT */
/* digest.h - SHA-256 */
#ifndef ALMANAC_DIGEST_H
#define ALMANAC_DIGEST_H

#include "fault.h"

#include <stddef.h>

enum { DIGEST_TEXT = 65 };

/* Writes 64 hexadecimal digits, NUL-terminated. Returns 0, or -1 with a fault. */
int digest_sha256(const void *bytes, size_t size, char out[DIGEST_TEXT], struct fault *fault);

#endif
