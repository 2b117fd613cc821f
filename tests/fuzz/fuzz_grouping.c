/* SPDX-License-Identifier: MIT */
/* fuzz_grouping.c - any path names a group, the same in whatever order, or is refused in words */
#include "../../collector/grouping.h"

#include "../../almanac/text.h"

#include "fuzz.h"

/* Label by label from behind, every byte of a value in percent. */
static char *write_backwards(const struct grouping *grouping, struct arena *arena)
{
    struct text path = { 0 };
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = grouping->count; i-- > 0;) {
            const struct label *label = &grouping->labels[i];
            if ((strcmp(label->name, "job") == 0) != (pass == 0))
                continue;
            text_printf(&path, "/%s%s", pass == 0 ? "" : label->name, pass == 0 ? "" : "/");
            for (const char *at = label->value; *at != '\0'; at++)
                text_printf(&path, "%%%02X", (unsigned char)*at);
        }
    }
    char *copy = arena_string(arena, path.bytes);
    text_free(&path);
    return copy;
}

/* What stands behind "/metrics/job/", or behind "/metrics/job@base64/" and then a '@' here. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *input = fuzz_string(bytes, size);
    struct arena arena = { 0 };
    struct fault fault = { 0 };
    struct grouping grouping, again;
    struct text written = { 0 };
    text_printf(&written, "%s/%s", input[0] == '@' ? "@base64" : "", input + (input[0] == '@'));
    char *path = arena_string(&arena, written.bytes);
    if (grouping_read(path, &arena, &grouping, &fault) != 0) {
        MUST_HOLD(fault.text[0] != '\0');
    } else {
        for (size_t i = 1; i < grouping.count; i++)
            MUST_HOLD(strcmp(grouping.labels[i - 1].name, grouping.labels[i].name) < 0);
        MUST_HOLD(grouping_read(write_backwards(&grouping, &arena), &arena, &again, &fault) == 0);
        MUST_HOLD(strcmp(again.key, grouping.key) == 0);
    }
    text_free(&written);
    arena_free(&arena);
    free(input);
    return 0;
}
