/* SPDX-License-Identifier: MIT */
/* fuzz_decode_csv_mapped.c - any bytes are other people's CSV, or refused in words */
#include "fuzz_decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    check_foreign(FORM_CSV, decode_csv, bytes, size);
    return 0;
}
