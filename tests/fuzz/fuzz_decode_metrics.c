/* SPDX-License-Identifier: MIT */
/* fuzz_decode_metrics.c - any bytes are a metrics page, or refused in words */
#include "fuzz_decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    check_foreign(FORM_METRICS, decode_metrics, bytes, size);
    return 0;
}
