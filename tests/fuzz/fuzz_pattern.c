/* SPDX-License-Identifier: MIT */
/* fuzz_pattern.c - any text is one of RE2's regular expressions that ends, or refused in words */
#include "../../almanac/pattern.h"
#include "../../almanac/text.h"

#include "../../almanac/utf8.h"
#include "fuzz.h"

static void match(const struct pattern *pattern, const char *subject)
{
    struct pattern_span spans[1 + PATTERN_LONGEST];
    size_t size = strlen(subject);
    struct pattern_search search = { subject, size, PATTERN_EFFORT, NULL };
    if (pattern_find(pattern, &search, 0, spans) != PATTERN_HIT)
        return;
    MUST_HOLD(spans[0].start == 0 && spans[0].end == size);
    for (size_t i = 1; i <= pattern_groups(pattern); i++)
        MUST_HOLD(spans[i].start == PATTERN_UNSET ? spans[i].end == PATTERN_UNSET
                                                  : spans[i].end <= size);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    struct fault fault = { 0 };
    if (utf8_until(text, strlen(text)) == strlen(text)) {
        struct pattern *pattern = pattern_compile(text, PATTERN_RE2_ANCHORED, &fault);
        MUST_HOLD((pattern == NULL) == (fault.text[0] != '\0'));
        if (pattern != NULL) {
            match(pattern, "");
            match(pattern, "built");
            match(pattern, "福田 a-b\n\xc3\x89");
        }
        pattern_free(pattern);
    }
    free(text);
    return 0;
}
