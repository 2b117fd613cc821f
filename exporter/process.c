/* SPDX-License-Identifier: MIT */
/* process.c - the process_* families: what this process uses of the machine */
#include "process.h"

#include "exposition.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

static void put_cpu_seconds(struct text *value)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0)
        return;
    int64_t micros = ((int64_t)usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
                     usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    text_printf(value, "%lld.%06lld", (long long)(micros / 1000000), (long long)(micros % 1000000));
}

static void put_open_descriptors(struct text *value)
{
    DIR *directory = opendir("/proc/self/fd");
    if (directory == NULL)
        return;
    int64_t entries = 0;
    while (readdir(directory) != NULL)
        entries++;
    closedir(directory);
    text_number(value, entries - 3); /* ".", ".." and the one that reads this */
}

static void put_limit(struct text *value, int resource)
{
    struct rlimit limit;
    if (getrlimit((__rlimit_resource_t)resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        text_number(value, (int64_t)limit.rlim_cur);
}

/* proc(5), statm: all sizes in pages, the whole first, then what is in memory. */
static void put_memory(struct text *whole, struct text *resident)
{
    FILE *statm = fopen("/proc/self/statm", "re");
    if (statm == NULL)
        return;
    long long pages, resident_pages;
    if (fscanf(statm, "%lld %lld", &pages, &resident_pages) == 2) {
        text_number(whole, pages * sysconf(_SC_PAGESIZE));
        text_number(resident, resident_pages * sysconf(_SC_PAGESIZE));
    }
    fclose(statm);
}

/* Writes the family unless there is no value, which is empty for the next one afterwards. */
static void put_family(struct text *page, const char *name, const char *type, const char *help,
                       struct text *value)
{
    if (value->size > 0 && !text_failed(value)) {
        exposition_family(page, name, type, help);
        exposition_sample(page, name, NULL, 0, value->bytes);
    }
    text_clear(value);
}

void process_write(struct text *page, int64_t started_ms)
{
    struct text value = { 0 }, resident = { 0 };
    put_cpu_seconds(&value);
    put_family(page, "process_cpu_seconds_total", "counter",
               "Seconds of processor time spent so far, in user mode and in the kernel.", &value);
    put_limit(&value, RLIMIT_NOFILE);
    put_family(page, "process_max_fds", "gauge", "File descriptors that may be open at once.",
               &value);
    put_open_descriptors(&value);
    put_family(page, "process_open_fds", "gauge", "File descriptors that are open.", &value);
    put_memory(&value, &resident);
    put_family(page, "process_virtual_memory_bytes", "gauge", "Address space taken, in bytes.",
               &value);
    put_family(page, "process_resident_memory_bytes", "gauge", "Memory in RAM, in bytes.",
               &resident);
    put_limit(&value, RLIMIT_AS);
    put_family(page, "process_virtual_memory_max_bytes", "gauge",
               "Address space that may be taken, in bytes.", &value);
    text_printf(&value, "%lld.%03lld", (long long)(started_ms / 1000),
                (long long)(started_ms % 1000));
    put_family(page, "process_start_time_seconds", "gauge",
               "When the process began, in seconds since 1970-01-01T00:00:00Z.", &value);
    text_free(&value);
    text_free(&resident);
}
