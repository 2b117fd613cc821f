/* SPDX-License-Identifier: MIT */
/* bodies.c - the stored bodies of fetches, named by their hash: BODIES/ab/abcdef….gz */
#include "bodies.h"

#include "../almanac/arena.h"
#include "../almanac/file.h"
#include "../almanac/gzip.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DRAFT_ENDING ".draft"

enum { DRAFT_SECONDS = 3600 }; /* older drafts are abandoned */

/* Another thread may write the same body. */
static int write_draft(struct body *body, const struct text *member, struct fault *fault)
{
    int fd = mkostemps(body->draft, (int)strlen(DRAFT_ENDING), O_CLOEXEC);
    if (fd < 0)
        return fault_set(fault, "%s: %s", body->draft, strerror(errno));
    close(fd);
    return file_replace(body->draft, member->bytes, member->size, fault);
}

static int put_on_shelf(struct body *body, const char *folder, const char *shelf,
                        const struct text *member, struct fault *fault)
{
    struct text name = { 0 };
    text_printf(&name, "%s.XXXXXX" DRAFT_ENDING, body->sha256);
    body->draft = file_path(shelf, name.bytes);
    text_free(&name);
    return file_make_folder(folder, fault) != 0 || file_make_folder(shelf, fault) != 0
               ? -1
               : write_draft(body, member, fault);
}

int body_draft(struct body *body, const char *folder, const struct text *bytes, int64_t most,
               struct fault *fault)
{
    char name[DIGEST_TEXT + 3], two[3] = "";
    *body = (struct body){ 0 };
    if (digest_sha256(bytes->bytes, bytes->size, body->sha256, fault) != 0)
        return -1;
    memcpy(two, body->sha256, 2);
    char *shelf = file_path(folder, two);
    snprintf(name, sizeof name, "%s.gz", body->sha256);
    body->place = file_path(shelf, name);
    struct text member = { 0 };
    int result = 0;
    if (access(body->place, F_OK) != 0)
        gzip_whole(&member, bytes->bytes, bytes->size);
    if (member.size > 0 && (uint64_t)member.size <= (uint64_t)most)
        result = put_on_shelf(body, folder, shelf, &member, fault);
    text_free(&member);
    free(shelf);
    return result;
}

bool body_end(struct body *body, bool keep, struct fault *fault)
{
    bool kept = body->draft != NULL && keep && rename(body->draft, body->place) == 0;
    if (body->draft != NULL && keep && !kept)
        fault_set(fault, "%s: cannot be renamed to %s: %s", body->draft, body->place,
                  strerror(errno));
    if (body->draft != NULL && !keep)
        unlink(body->draft);
    if (body->draft == NULL && body->place != NULL && keep)
        utimensat(AT_FDCWD, body->place, NULL, 0); /* it is news again, and evicted later */
    free(body->draft);
    free(body->place);
    body->draft = body->place = NULL;
    return kept;
}

/* A stored file. */
struct kept {
    char *path;
    int64_t size, since;
    bool draft; /* or one that file_replace is writing; its size counts as 0, since it may not stay
                 */
};

struct inventory {
    struct kept *items;
    size_t count, room;
    int64_t size;
};

/* HASH.XXXXXX.draft, which file_replace makes whole at once. */
static bool is_whole_draft(const char *path)
{
    struct stat status;
    const char *name = strrchr(path, '/') + 1;
    size_t digits = strspn(name, "0123456789abcdef"), length = strlen(name);
    return digits == DIGEST_TEXT - 1 && length == digits + strlen(".XXXXXX" DRAFT_ENDING) &&
           strcmp(name + length - strlen(DRAFT_ENDING), DRAFT_ENDING) == 0 &&
           stat(path, &status) == 0 && status.st_size > 0;
}

/* Whether the draft is in its place now, which must be free. */
static bool move_draft(const char *path)
{
    struct text place = { 0 };
    if (!is_whole_draft(path))
        return false;
    text_bytes(&place, path, (size_t)(strrchr(path, '/') - path) + DIGEST_TEXT);
    text_put(&place, ".gz");
    bool moved = access(place.bytes, F_OK) != 0 && rename(path, place.bytes) == 0;
    text_free(&place);
    return moved;
}

static void note_file(struct inventory *inventory, const char *folder, const char *name)
{
    struct stat status;
    char *path = file_path(folder, name);
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        free(path);
        return;
    }
    bool draft = strstr(name, DRAFT_ENDING) != NULL;
    int64_t size = draft ? 0 : status.st_size;
    inventory->items = array_reserve(inventory->items, &inventory->room, inventory->count + 1,
                                     sizeof *inventory->items);
    inventory->items[inventory->count++] = (struct kept){ path, size, status.st_mtime, draft };
    inventory->size += size;
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

void bodies_prune(const char *folder, const struct bodies_limits *limits, int64_t now)
{
    struct inventory inventory = { 0 };
    note_below(&inventory, folder, true);
    if (inventory.count > 1)
        qsort(inventory.items, inventory.count, sizeof *inventory.items, compare_age);
    for (size_t i = 0; i < inventory.count; i++) {
        const struct kept *kept = &inventory.items[i];
        bool late = kept->since < now - limits->age || inventory.size > limits->size;
        if (kept->draft)
            late =
                kept->since < now - DRAFT_SECONDS && (limits->size == 0 || !move_draft(kept->path));
        if (late && unlink(kept->path) == 0)
            inventory.size -= kept->size;
        free(kept->path);
    }
    free(inventory.items);
}
