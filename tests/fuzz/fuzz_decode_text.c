/* SPDX-License-Identifier: MIT */
/* fuzz_decode_text.c - any bytes are a text or a page in which rules find observations, or refused
 */
#include "../../almanac/utf8.h"
#include "../unit/text_stage.h"
#include "fuzz_decode.h"

static void check_reduction(const char *bytes, size_t size, bool html)
{
    struct published published;
    struct fault fault = { 0 };
    char place[PUBLISHED_PLACE];
    if (published_read(&published, bytes, size, html, &fault) != 0) {
        MUST_HOLD(fault.text[0] != '\0');
    } else {
        const struct text *text = &published.reduced.text;
        MUST_HOLD(utf8_until(text->bytes, text->size) == text->size);
        for (size_t i = 0; i < text->size; i++)
            MUST_HOLD(reduced_origin(&published.reduced, i) < size);
        MUST_HOLD(text->size == 0 || published_place(&published, text->size - 1, place) > 0);
    }
    published_free(&published);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    check_decoder(decode_small_text, bytes, size);
    check_decoder(decode_small_page, bytes, size);
    size_t formed = utf8_until((const char *)bytes, size);
    check_reduction((const char *)bytes, formed, false);
    check_reduction((const char *)bytes, formed, true);
    return 0;
}
