/* SPDX-License-Identifier: MIT */
/* fuzz_decode_json.c - any bytes are a JSON delivery, or refused in words */
#include "fuzz_decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const enum form_values values[] = { FORM_SEVERAL, FORM_ONE, FORM_LINES };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const struct form form = { .format = FORM_JSON, .values = values[i] };
        check_decoder_as(&form, decode_json, bytes, size);
    }
    return 0;
}
