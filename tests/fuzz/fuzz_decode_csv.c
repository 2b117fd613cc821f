/* SPDX-License-Identifier: MIT */
/* fuzz_decode_csv.c - any bytes are a CSV delivery, or refused in words */
#include "fuzz_decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    check_decoder(decode_csv, bytes, size);
    return 0;
}
