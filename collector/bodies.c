/* SPDX-License-Identifier: MIT */
/* bodies.c - the bodies of what was fetched, kept by their hash: BODIES/ab/abcdef….gz */
#include "bodies.h"

#include "../almanac/arena.h"
#include "../almanac/file.h"
#include "../almanac/gzip.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DRAFT_ENDING ".draft"

enum { DRAFT_SECONDS = 3600 }; /* a draft that is older was left behind */

static int write_draft(const struct body *body, const struct text *bytes, struct fault *fault)
{
    struct text member = { 0 };
    gzip_whole(&member, bytes->bytes, bytes->size);
    int result = text_failed(&member) ? fault_set(fault, "%s: out of memory", body->draft)
                                      : file_replace(body->draft, member.bytes, member.size, fault);
    text_free(&member);
    return result;
}

int body_draft(struct body *body, const char *folder, const struct text *bytes, struct fault *fault)
{
    char name[DIGEST_TEXT + 16], two[3] = "";
    *body = (struct body){ 0 };
    if (digest_sha256(bytes->size > 0 ? bytes->bytes : "", bytes->size, body->sha256, fault) != 0)
        return -1;
    memcpy(two, body->sha256, 2);
    char *shelf = file_path(folder, two);
    snprintf(name, sizeof name, "%s.gz", body->sha256);
    body->place = file_path(shelf, name);
    int result = 0;
    if (access(body->place, F_OK) != 0) {
        strcat(name, DRAFT_ENDING);
        body->draft = file_path(shelf, name);
        result = file_make_folder(folder, fault);
        if (result == 0)
            result = file_make_folder(shelf, fault);
        if (result == 0)
            result = write_draft(body, bytes, fault);
    }
    free(shelf);
    return result;
}

void body_end(struct body *body, bool keep)
{
    if (body->draft != NULL && (!keep || rename(body->draft, body->place) != 0))
        unlink(body->draft);
    free(body->draft);
    free(body->place);
    body->draft = body->place = NULL;
}

/* A file of the store. */
struct kept {
    char *path;
    int64_t size, since;
};

struct inventory {
    struct kept *items;
    size_t count, room;
    int64_t size;
};

static void note_file(struct inventory *inventory, const char *folder, const char *name)
{
    struct stat status;
    char *path = file_path(folder, name);
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        free(path);
        return;
    }
    inventory->items = array_reserve(inventory->items, &inventory->room, inventory->count + 1,
                                     sizeof *inventory->items);
    inventory->items[inventory->count++] = (struct kept){ path, status.st_size, status.st_mtime };
    inventory->size += status.st_size;
}

static void note_below(struct inventory *inventory, const char *folder, bool shelves)
{
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        if (!shelves) {
            note_file(inventory, folder, entry->d_name);
            continue;
        }
        char *shelf = file_path(folder, entry->d_name);
        note_below(inventory, shelf, false);
        free(shelf);
    }
    closedir(directory);
}

static int compare_age(const void *a, const void *b)
{
    const struct kept *one = a, *other = b;
    return (one->since > other->since) - (one->since < other->since);
}

static bool is_draft(const char *path)
{
    size_t length = strlen(path), ending = strlen(DRAFT_ENDING);
    return length > ending && strcmp(path + length - ending, DRAFT_ENDING) == 0;
}

void bodies_prune(const char *folder, const struct bodies_limits *limits, int64_t now)
{
    struct inventory inventory = { 0 };
    note_below(&inventory, folder, true);
    if (inventory.count > 1)
        qsort(inventory.items, inventory.count, sizeof *inventory.items, compare_age);
    for (size_t i = 0; i < inventory.count; i++) {
        const struct kept *kept = &inventory.items[i];
        bool late = kept->since < now - limits->age || inventory.size > limits->size;
        if (is_draft(kept->path))
            late = kept->since < now - DRAFT_SECONDS;
        if (late && unlink(kept->path) == 0)
            inventory.size -= kept->size;
        free(kept->path);
    }
    free(inventory.items);
}
