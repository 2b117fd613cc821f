/* SPDX-License-Identifier: MIT */
/* past_files.c - RRD files of what was known at an earlier time, for one graph */
#include "past_files.h"

#include "../almanac/file.h"
#include "../almanac/least.h"
#include "../almanac/rrd_store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put_name(struct text *name, const struct course *course)
{
    const struct snapshot_series *series = course->series;
    rrd_store_name(name, series->figure->name, series->labels, series->label_count, series->id);
}

static int write_file(struct rrd_store *store, const struct course *course, int64_t seconds,
                      int64_t now, struct fault *fault)
{
    struct figure figure = *course->series->figure;
    struct text name = { 0 };
    put_name(&name, course);
    figure.keep = least_of(figure.keep, (seconds / figure.step + 1) * figure.step);
    int result = rrd_store_write(store, name.bytes, &figure, &course->timeline, now, fault);
    text_free(&name);
    return result;
}

static int write_files(const char *folder, const struct course *courses, size_t count,
                       int64_t seconds, int64_t now, struct fault *fault)
{
    struct rrd_store *store = rrd_store_open(folder, fault);
    int result = store == NULL ? -1 : 0;
    for (size_t i = 0; i < count && result == 0; i++)
        result = write_file(store, &courses[i], seconds, now, fault);
    if (store != NULL)
        rrd_store_clean(store);
    rrd_store_close(store);
    return result;
}

char *past_files_make(const struct course *courses, size_t count, int64_t seconds, int64_t now,
                      struct fault *fault)
{
    char *folder = file_temporary();
    if (mkdtemp(folder) == NULL) {
        fault_set(fault, "cannot make a folder for the graph among the temporary files: %s",
                  strerror(errno));
        free(folder);
        return NULL;
    }
    if (write_files(folder, courses, count, seconds, now, fault) == 0)
        return folder;
    past_files_remove(folder, courses, count);
    return NULL;
}

void past_files_remove(char *folder, const struct course *courses, size_t count)
{
    struct text path = { 0 };
    if (folder == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        text_clear(&path);
        text_printf(&path, "%s/", folder);
        put_name(&path, &courses[i]);
        unlink(path.bytes);
        *strrchr(path.bytes, '/') = '\0';
        rmdir(path.bytes); /* works for the last of its files */
    }
    rmdir(folder);
    text_free(&path);
    free(folder);
}
