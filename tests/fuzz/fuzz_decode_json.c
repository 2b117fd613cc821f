/* SPDX-License-Identifier: MIT */
/* fuzz_decode_json.c - any bytes are a JSON delivery, or refused in words */
#include "fuzz_decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    check_decoder(decode_json, bytes, size);
    return 0;
}
