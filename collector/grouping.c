/* SPDX-License-Identifier: MIT */
/* grouping.c - the group in a Pushgateway path: job/JOB{/LABEL/VALUE}* */
#include "grouping.h"

#include "../almanac/request.h"
#include "../almanac/text.h"
#include "../almanac/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BASE64 "@base64"

/* The part up to the next slash; NULL at the end of the path. */
static char *next_part(char **path)
{
    char *part = *path;
    if (part == NULL)
        return NULL;
    char *slash = strchr(part, '/');
    *path = slash == NULL ? NULL : slash + 1;
    if (slash != NULL)
        *slash = '\0';
    return part;
}

static int digit_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const char *at = c == '\0' ? NULL : strchr(digits, c);
    return at == NULL ? -1 : (int)(at - digits);
}

/* RFC 4648, section 5, with optional padding. NULL: malformed. */
static char *decode_base64(const char *text, struct arena *arena)
{
    size_t length = strcspn(text, "="), size = 0;
    char *bytes = arena_take(arena, length + 1, 1);
    unsigned bits = 0, held = 0;
    if (strspn(text + length, "=") != strlen(text + length) || length % 4 == 1)
        return NULL;
    for (size_t i = 0; i < length; i++) {
        int digit = digit_of(text[i]);
        if (digit < 0)
            return NULL;
        bits = bits << 6 | (unsigned)digit;
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes[size++] = (char)(bits >> held & 0xff);
        }
    }
    return utf8_until(bytes, size) == size ? bytes : NULL;
}

static bool is_label_name(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return length > 0 && name[length] == '\0' && (name[0] < '0' || name[0] > '9') &&
           strncmp(name, "__", 2) != 0;
}

static int add(struct grouping *grouping, char *name, char *value, struct arena *arena,
               struct fault *fault)
{
    size_t length = strlen(name), ending = strlen(BASE64);
    bool encoded = length > ending && strcmp(name + length - ending, BASE64) == 0;
    if (encoded)
        name[length - ending] = '\0';
    if (!is_label_name(name))
        return fault_set(fault, "'%s' is no label; expected letters, digits and '_'", name);
    if (!request_decode(value) || (encoded && (value = decode_base64(value, arena)) == NULL))
        return fault_set(fault, "the value of '%s' is not %s", name,
                         encoded ? "base64 of the URL-safe alphabet" : "UTF-8");
    for (size_t i = 0; i < grouping->count; i++)
        if (strcmp(grouping->labels[i].name, name) == 0)
            return fault_set(fault, "the label '%s' is there twice; expected it once", name);
    if (grouping->count == GROUPING_LABELS)
        return fault_set(fault, "more than %d labels; expected fewer", GROUPING_LABELS);
    grouping->labels[grouping->count++] = (struct label){ name, value };
    return 0;
}

static const char *write_key(const struct grouping *grouping, struct arena *arena)
{
    struct text key = { 0 };
    for (size_t i = 0; i < grouping->count; i++) {
        text_char(&key, i == 0 ? '{' : ',');
        text_json(&key, grouping->labels[i].name);
        text_char(&key, ':');
        text_json(&key, grouping->labels[i].value);
    }
    text_char(&key, '}');
    const char *result = arena_string(arena, key.bytes);
    text_free(&key);
    return result;
}

int grouping_read(char *path, struct arena *arena, struct grouping *grouping, struct fault *fault)
{
    char *rest = path;
    char *encoding = next_part(&rest), *value;
    size_t size = strlen("job") + strlen(encoding) + 1;
    char *name = arena_take(arena, size, 1);
    snprintf(name, size, "job%s", encoding);
    *grouping = (struct grouping){ 0 };
    do {
        value = next_part(&rest);
        if (value == NULL)
            return fault_set(fault,
                             "the label '%s' has no value; expected "
                             "/metrics/job/JOB{/LABEL/VALUE}",
                             name);
        if (add(grouping, name, value, arena, fault) != 0)
            return -1;
    } while ((name = next_part(&rest)) != NULL);
    qsort(grouping->labels, grouping->count, sizeof *grouping->labels, label_compare);
    for (size_t i = 0; i < grouping->count; i++)
        if (strcmp(grouping->labels[i].name, "job") == 0 && grouping->labels[i].value[0] == '\0')
            return fault_set(fault, "the job is empty; expected a name");
    grouping->key = write_key(grouping, arena);
    return 0;
}
