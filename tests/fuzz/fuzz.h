/* SPDX-License-Identifier: MIT */
/* fuzz.h - what every fuzz target needs: libFuzzer's door, and a way to say that a promise broke */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Holds in a build with NDEBUG, too. */
#define MUST_HOLD(promise)                                                                         \
    do {                                                                                           \
        if (!(promise)) {                                                                          \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #promise);           \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* The input as a string whose end is the memory's, to be passed to free(). */
static inline char *fuzz_string(const uint8_t *bytes, size_t size)
{
    char *string = malloc(size + 1);
    if (string == NULL)
        abort();
    if (size > 0)
        memcpy(string, bytes, size);
    string[size] = '\0';
    return string;
}

#endif
