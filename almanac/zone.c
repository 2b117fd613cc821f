/* SPDX-License-Identifier: MIT */
/* zone.c - time zones from the system's database (RFC 8536) */
#include "zone.h"

#include "file.h"
#include "zone_rule.h"

#include <stdlib.h>
#include <string.h>

enum { HEADER = 44, FILE_BYTES = 1 << 20, DAY = 86400 };

struct zone {
    const int64_t *changes; /* moments, ascending */
    const int64_t *offsets; /* in effect from each change on */
    size_t count;
    int64_t first;         /* the offset before the first change */
    struct zone_rule rule; /* after the last change */
};

/* The counts in a header: how many items of each kind its block holds. */
struct block {
    const unsigned char *at;
    uint32_t utc, standard, leaps, changes, types, letters;
};

static uint32_t number(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int64_t long_number(const unsigned char *at)
{
    return (int64_t)((uint64_t)number(at) << 32 | number(at + 4));
}

static bool read_header(const unsigned char *at, size_t left, struct block *block)
{
    if (left < HEADER || memcmp(at, "TZif", 4) != 0 || at[4] < '2')
        return false;
    *block = (struct block){ at + HEADER,     number(at + 20), number(at + 24), number(at + 28),
                             number(at + 32), number(at + 36), number(at + 40) };
    return block->types > 0 && block->changes < 100000 && block->types < 256 &&
           block->letters < 100000 && block->leaps < 100000 && block->utc < 256 &&
           block->standard < 256;
}

/* time: bytes per moment, 4 in the first block, 8 in the second. */
static size_t block_size(const struct block *block, size_t time)
{
    return block->changes * (time + 1) + block->types * 6 + block->letters +
           block->leaps * (time + 4) + block->standard + block->utc;
}

/* Reads the moments, a type for each, then the types: an offset and two more bytes. */
static bool take_block(const struct block *block, struct zone *zone, struct arena *arena)
{
    const unsigned char *types = block->at + (size_t)block->changes * 8;
    const unsigned char *offsets = types + block->changes;
    int64_t *changes = arena_take(arena, block->changes + 1, sizeof *changes);
    int64_t *ahead = arena_take(arena, block->changes + 1, sizeof *ahead);
    for (size_t i = 0; i < block->changes; i++) {
        if (types[i] >= block->types)
            return false;
        changes[i] = long_number(block->at + i * 8);
        ahead[i] = (int32_t)number(offsets + (size_t)types[i] * 6);
    }
    zone->changes = changes;
    zone->offsets = ahead;
    zone->count = block->changes;
    zone->first = (int32_t)number(offsets);
    return true;
}

/* Version 2 and later: a block with 32-bit times, which is skipped, one with 64-bit times, then a
 * rule between newlines. */
static bool read_file(const struct text *file, struct zone *zone, struct arena *arena)
{
    const unsigned char *at = (const unsigned char *)file->bytes;
    struct block block;
    size_t left = file->size, size;
    if (!read_header(at, left, &block) || (size = HEADER + block_size(&block, 4)) > left)
        return false;
    at += size;
    left -= size;
    if (!read_header(at, left, &block) || (size = HEADER + block_size(&block, 8)) > left ||
        !take_block(&block, zone, arena))
        return false;
    const char *rule = (const char *)at + size;
    left -= size;
    return left >= 2 && rule[0] == '\n' && rule[left - 1] == '\n' &&
           zone_rule_read(rule + 1, left - 2, &zone->rule);
}

static bool is_name(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                 "_+-/");
    return name[0] != '/' && name[0] != '\0' && name[length] == '\0' && length < 100;
}

const struct zone *zone_read(const char *name, struct arena *arena, struct fault *fault)
{
    const char *folder = getenv("TZDIR");
    struct zone *zone = arena_take(arena, 1, sizeof *zone);
    struct text file = { 0 };
    struct fault missing = { 0 };
    if (strcmp(name, "UTC") == 0)
        return zone;
    char *path = file_path(folder == NULL ? "/usr/share/zoneinfo" : folder, name);
    if (!is_name(name) || file_read(path, FILE_BYTES, &file, &missing) != 0) {
        fault_set(fault, "'%s' is no time zone here; expected one like Asia/Shanghai or UTC", name);
        zone = NULL;
    } else if (!read_file(&file, zone, arena)) {
        fault_set(fault, "%s: expected a time zone as of RFC 8536, version 2 or later", path);
        zone = NULL;
    }
    free(path);
    text_free(&file);
    return zone;
}

int64_t zone_offset(const struct zone *zone, int64_t moment)
{
    if (zone->count == 0 || moment >= zone->changes[zone->count - 1])
        return zone_rule_offset(&zone->rule, moment);
    size_t low = 0, high = zone->count; /* the first change after the moment is in low…high */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (zone->changes[middle] > moment)
            high = middle;
        else
            low = middle + 1;
    }
    return low == 0 ? zone->first : zone->offsets[low - 1];
}

int64_t zone_moment(const struct zone *zone, int64_t shown)
{
    int64_t before = zone_offset(zone, shown - DAY), after = zone_offset(zone, shown + DAY);
    if (zone_offset(zone, shown - before) != before && zone_offset(zone, shown - after) == after)
        return shown - after;
    return shown - before;
}
