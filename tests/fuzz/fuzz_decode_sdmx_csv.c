/* SPDX-License-Identifier: MIT */
/* fuzz_decode_sdmx_csv.c - any bytes are SDMX-CSV, or refused in words */
#include "fuzz_decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    check_foreign(FORM_SDMX_CSV, decode_sdmx_csv, bytes, size);
    return 0;
}
