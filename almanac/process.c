/* SPDX-License-Identifier: MIT */
/* process.c - the process_* families: what this process uses of the machine */
#include "process.h"

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

static void put_start(struct text *value, int64_t started_ms)
{
    text_printf(value, "%lld.%03lld", (long long)(started_ms / 1000),
                (long long)(started_ms % 1000));
}

enum { CPU, DESCRIPTORS_MOST, DESCRIPTORS, MEMORY, RESIDENT, MEMORY_MOST, START, FAMILIES };
static const struct family families[FAMILIES] = {
    [CPU] = { "process_cpu_seconds_total", FAMILY_COUNTER, "seconds",
              "Seconds of processor time spent so far, in user mode and in the kernel." },
    [DESCRIPTORS_MOST] = { "process_max_fds", FAMILY_GAUGE, NULL,
                           "File descriptors that may be open at once." },
    [DESCRIPTORS] = { "process_open_fds", FAMILY_GAUGE, NULL, "File descriptors that are open." },
    [MEMORY] = { "process_virtual_memory_bytes", FAMILY_GAUGE, "bytes",
                 "Address space taken, in bytes." },
    [RESIDENT] = { "process_resident_memory_bytes", FAMILY_GAUGE, "bytes",
                   "Memory in RAM, in bytes." },
    [MEMORY_MOST] = { "process_virtual_memory_max_bytes", FAMILY_GAUGE, "bytes",
                      "Address space that may be taken, in bytes." },
    [START] = { "process_start_time_seconds", FAMILY_GAUGE, "seconds",
                "When the process began, in seconds since 1970-01-01T00:00:00Z." },
};

void process_write(struct exposition *out, struct choice *choice, int64_t started_ms)
{
    struct text values[FAMILIES] = { 0 };
    put_cpu_seconds(&values[CPU]);
    put_limit(&values[DESCRIPTORS_MOST], RLIMIT_NOFILE);
    put_open_descriptors(&values[DESCRIPTORS]);
    put_memory(&values[MEMORY], &values[RESIDENT]);
    put_limit(&values[MEMORY_MOST], RLIMIT_AS);
    put_start(&values[START], started_ms);
    for (size_t i = 0; i < FAMILIES; i++) {
        bool wanted =
            choice_has_family(choice, families[i].name) && choice_has_figure(choice, NULL);
        if (wanted && values[i].size > 0 && !text_failed(&values[i]))
            exposition_sample(out, &families[i], NULL, 0, values[i].bytes);
        text_free(&values[i]);
    }
}
