/* SPDX-License-Identifier: MIT */
/* fuzz_period.c - what period_read takes is a span with a beginning before its end */
#include "../../almanac/period.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size), written[32];
    struct fault fault = { 0 };
    struct period period, again;
    MUST_HOLD(duration_read(text) >= -1);
    if (period_read(text, &period, &fault) != 0) {
        MUST_HOLD(fault.text[0] != '\0');
    } else {
        MUST_HOLD(period.start < period.end);
        MUST_HOLD(period_as_of(&period) >= period.start && period_as_of(&period) < period.end);
        MUST_HOLD(strcmp(period.text, text) == 0);
        period_write_time(period.start, written);
        MUST_HOLD(period_read(written, &again, &fault) == 0 && again.start == period.start);
    }
    free(text);
    return 0;
}
