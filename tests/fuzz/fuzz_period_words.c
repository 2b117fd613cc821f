/* SPDX-License-Identifier: MIT */
/* fuzz_period_words.c - what is read as a period is one, and every plain period is read as itself
 */
#include "../../almanac/period_words.h"

#include "fuzz.h"

#include <stdbool.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size), read[PERIOD_TEXT];
    struct fault fault = { 0 }, ignored = { 0 };
    struct period period;
    bool plain = period_read(text, &period, &ignored) == 0;
    if (period_words_read(text, '\0', read, &fault) != PERIOD_WORDS_READ) {
        MUST_HOLD(fault.text[0] != '\0' && !plain);
    } else {
        MUST_HOLD(period_read(read, &period, &fault) == 0);
        MUST_HOLD(!plain || strcmp(read, text) == 0);
    }
    free(text);
    return 0;
}
