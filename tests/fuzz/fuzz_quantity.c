/* SPDX-License-Identifier: MIT */
/* fuzz_quantity.c - what quantity_read takes reads as itself again */
#include "../../almanac/quantity.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    struct fault fault = { 0 };
    struct quantity quantity, again;
    if (quantity_read(text, &quantity, &fault) != 0) {
        MUST_HOLD(fault.text[0] != '\0');
    } else {
        MUST_HOLD(strlen(quantity.text) < sizeof quantity.text);
        MUST_HOLD(quantity_read(quantity.text, &again, &fault) == 0);
        MUST_HOLD(strcmp(quantity.text, again.text) == 0);
        MUST_HOLD(quantity_equal(&quantity, &again));
    }
    free(text);
    return 0;
}
