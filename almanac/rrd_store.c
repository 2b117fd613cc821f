/* SPDX-License-Identifier: MIT */
/* rrd_store.c - RRD files, one per series, each a function of its timeline and the time */
#include "rrd_store.h"

#include "arena.h"
#include "file.h"
#include "utf8.h"

#include <dirent.h>
#include <errno.h>
#include <rrd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUILDING ".building" /* the unfinished file */

enum {
    COARSE_STEPS = 91, /* of the coarsest archive */
    NAME_LIMIT = 220,  /* bytes of a file name before ".rrd", which NAME_MAX (255) must hold */
    NAME_CUT = 200,
};

/* All files of a layout that end at the same time start with the same bytes: librrd makes them
 * once. */
struct template
{
    int64_t step, keep, end;
    int64_t start; /* the first update comes after this */
    struct text bytes;
};

struct rrd_store {
    char *directory;
    struct text path, building;
    struct template template;
    struct text updates; /* "time:value", each NUL-terminated */
    const char **arguments;
    size_t argument_count, argument_room;
};

struct rrd_store *rrd_store_open(const char *directory, struct fault *fault)
{
    if (file_make_folder(directory, fault) != 0)
        return NULL;
    struct rrd_store *store = array_new(1, sizeof *store);
    store->directory = array_string(directory);
    text_printf(&store->building, "%s/" BUILDING, directory);
    return store;
}

int rrd_store_make(const struct rrd_store *store, struct fault *fault)
{
    return file_make_folder(store->directory, fault);
}

void rrd_store_close(struct rrd_store *store)
{
    if (store == NULL)
        return;
    text_free(&store->path);
    text_free(&store->building);
    text_free(&store->updates);
    free(store->arguments);
    text_free(&store->template.bytes);
    free(store->directory);
    free(store);
}

void rrd_store_clean(struct rrd_store *store)
{
    DIR *directory = opendir(store->directory);
    if (directory == NULL)
        return;
    /* librrd appends six characters to the name of a file while it writes it. */
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        if (strncmp(entry->d_name, BUILDING, strlen(BUILDING)) == 0)
            unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
}

static bool stands_as_it_is(unsigned char c)
{
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || (c != '\0' && strchr("_-.+@", c) != NULL);
}

static void put_escaped(struct text *name, const char *value)
{
    for (const char *at = value; *at != '\0'; at++)
        if (stands_as_it_is((unsigned char)*at))
            text_char(name, *at);
        else
            text_printf(name, "%%%02X", (unsigned char)*at);
}

/* Never splits a character or a '%XX'. */
static void cut_at(struct text *name, size_t end)
{
    while (utf8_continues(name->bytes[end]))
        end--;
    if (name->bytes[end - 1] == '%')
        end--;
    else if (name->bytes[end - 2] == '%')
        end -= 2;
    name->size = end;
}

void rrd_store_name(struct text *name, const char *figure, const struct label *labels,
                    size_t label_count, int64_t series)
{
    text_printf(name, "%s/", figure);
    size_t begin = name->size;
    for (size_t i = 0; i < label_count; i++) {
        text_printf(name, "%s%s=", i > 0 ? "," : "", labels[i].name);
        put_escaped(name, labels[i].value);
    }
    if (label_count == 0)
        text_put(name, figure);
    if (name->size - begin > NAME_LIMIT) {
        cut_at(name, begin + NAME_CUT);
        text_printf(name, "~%lld", (long long)series);
    }
    text_put(name, ".rrd");
}

static int64_t step_down(int64_t moment, int64_t step)
{
    int64_t over = moment % step;
    return moment - over - (over < 0 ? step : 0);
}

int64_t rrd_store_end(int64_t step, int64_t now)
{
    return step_down(now, step) + (step >= PERIOD_DAY ? step : 0);
}

int64_t rrd_store_through(int64_t step, int64_t now)
{
    return rrd_store_end(step < PERIOD_DAY ? step : PERIOD_DAY, now);
}

/* librrd fails without words, and with another errno, where it cannot write all of a new file. */
static int rrd_fault(struct fault *fault, const char *path)
{
    const char *words = rrd_get_error();
    return fault_set(fault, "RRD file %s: %s", path,
                     *words != '\0' ? words : "cannot be written; the disk may be full");
}

static int create_empty(const char *path, const struct template *template, struct fault *fault)
{
    const long long rows = template->keep / template->step;
    static const char *const coarse[] = { "AVERAGE", "MIN", "MAX" };
    char arguments[8][80];
    const char *argv[8];
    int count = 0;
    /* The heartbeat is the length of the whole file. */
    snprintf(arguments[count++], 80, "DS:%s:GAUGE:%lld:U:U", RRD_STORE_SOURCE,
             (long long)(template->end - template->start));
    snprintf(arguments[count++], 80, "RRA:LAST:0:1:%lld", rows);
    for (int i = 0; i < 3; i++) {
        snprintf(arguments[count++], 80, "RRA:%s:0.5:7:%lld", coarse[i], (rows + 6) / 7);
        snprintf(arguments[count++], 80, "RRA:%s:0.5:%d:%lld", coarse[i], COARSE_STEPS,
                 (rows + COARSE_STEPS - 1) / COARSE_STEPS);
    }
    for (int i = 0; i < count; i++)
        argv[i] = arguments[i];
    rrd_clear_error();
    if (rrd_create_r(path, (unsigned long)template->step, (time_t) template->start, count, argv) !=
        0)
        return rrd_fault(fault, path);
    return 0;
}

/* The template begins early enough for the oldest coarse row to be complete. */
static int renew_template(struct rrd_store *store, const struct figure *figure, int64_t end,
                          struct fault *fault)
{
    struct template *template = &store->template;
    if (template->bytes.size > 0 && template->step == figure->step &&
        template->keep == figure->keep && template->end == end)
        return 0;
    int64_t coarse = COARSE_STEPS * figure->step;
    int64_t start = step_down(end - figure->keep, coarse) - coarse;
    if (start < RRD_STORE_EPOCH)
        start = step_down(RRD_STORE_EPOCH, figure->step) + figure->step;
    text_free(&template->bytes);
    *template = (struct template){ figure->step, figure->keep, end, start, { 0 } };
    const char *path = store->building.bytes;
    if (create_empty(path, template, fault) != 0)
        return -1;
    int result = file_read(path, 0, &template->bytes, fault);
    unlink(path); /* librrd made it readable for all, whatever the umask says */
    if (result != 0)
        text_free(&template->bytes); /* part of it would pass for all */
    return result;
}

static void add_update(struct rrd_store *store, int64_t moment, const char *value)
{
    text_printf(&store->updates, "%lld:%s", (long long)moment, value);
    text_char(&store->updates, '\0');
    store->argument_count++;
}

/* librrd assigns a value to the time before it, so each update is at the end of its value. What is
 * in force until through fills the last row. */
static void write_updates(struct rrd_store *store, const struct timeline *timeline, int64_t through)
{
    const struct template *template = &store->template;
    int64_t written = template->start;
    text_clear(&store->updates);
    store->argument_count = 0;
    for (size_t i = 0; i < timeline->segment_count; i++) {
        const struct segment *segment = &timeline->segments[i];
        int64_t from = step_down(segment->from, template->step);
        int64_t until =
            segment->until < through ? step_down(segment->until, template->step) : template->end;
        if (segment->from >= through || until <= written || from >= until)
            continue;
        if (from > written)
            add_update(store, from, "U");
        add_update(store, until,
                   segment->statement->missing ? "U" : segment->statement->value.text);
        written = until;
    }
    if (written < template->end)
        add_update(store, template->end, "U");
}

static void point_arguments(struct rrd_store *store)
{
    store->arguments = array_reserve(store->arguments, &store->argument_room, store->argument_count,
                                     sizeof *store->arguments);
    const char *at = store->updates.bytes;
    for (size_t i = 0; i < store->argument_count; i++) {
        store->arguments[i] = at;
        at += strlen(at) + 1;
    }
}

static int build(struct rrd_store *store, const struct timeline *timeline, int64_t through,
                 struct fault *fault)
{
    const char *path = store->building.bytes;
    write_updates(store, timeline, through);
    point_arguments(store);
    if (file_write(path, store->template.bytes.bytes, store->template.bytes.size, fault) != 0)
        return -1;
    rrd_clear_error();
    if (rrd_update_r(path, NULL, (int)store->argument_count, store->arguments) != 0)
        return rrd_fault(fault, path);
    return 0;
}

static int rename_over(struct rrd_store *store, const char *name, struct fault *fault)
{
    text_clear(&store->path);
    text_printf(&store->path, "%s/%s", store->directory, name);
    if (rename(store->building.bytes, store->path.bytes) == 0)
        return 0;
    if (errno == ENOENT) {
        char *slash = strrchr(store->path.bytes, '/');
        *slash = '\0';
        if (file_make_folder(store->path.bytes, fault) != 0)
            return -1;
        *slash = '/';
        if (rename(store->building.bytes, store->path.bytes) == 0)
            return 0;
    }
    return fault_set(fault, "cannot rename to %s: %s", store->path.bytes, strerror(errno));
}

int rrd_store_write(struct rrd_store *store, const char *name, const struct figure *figure,
                    const struct timeline *timeline, int64_t now, struct fault *fault)
{
    if (renew_template(store, figure, rrd_store_end(figure->step, now), fault) == 0 &&
        build(store, timeline, rrd_store_through(figure->step, now), fault) == 0 &&
        rename_over(store, name, fault) == 0)
        return 0;
    unlink(store->building.bytes); /* on a full disk it would take the room of others */
    return -1;
}

/* librrd itself compares the rows with the size of the file, but nothing else. */
static bool is_sound(const rrd_info_t *info)
{
    unsigned long rows = 0;
    bool sound = true;
    for (; info != NULL; info = info->next) {
        const char *dot = strrchr(info->key, '.'); /* "rra[0].rows" */
        const char *name = dot == NULL ? info->key : dot + 1;
        unsigned long count = info->type == RD_I_CNT ? info->value.u_cnt : 0;
        if (strcmp(name, "step") == 0)
            sound &= count >= 1 && count <= INT32_MAX;
        else if (strcmp(name, "rows") == 0)
            rows = count;
        else if (strcmp(name, "cur_row") == 0)
            sound &= count < rows;
        else if (strcmp(name, "pdp_per_row") == 0)
            sound &= count >= 1 && count <= COARSE_STEPS;
    }
    return sound;
}

int rrd_store_check(const char *path, struct fault *fault)
{
    rrd_clear_error();
    rrd_info_t *info = rrd_info_r(path);
    if (info == NULL)
        return rrd_fault(fault, path);
    bool sound = is_sound(info);
    rrd_info_free(info);
    return sound ? 0
                 : fault_set(fault,
                             "RRD file %s: is damaged; remove it, and the collector builds it "
                             "again within ten minutes",
                             path);
}
