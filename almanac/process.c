/* SPDX-License-Identifier: MIT */
/* process.c - the process_* families: the resources that this process uses */
#include "process.h"

#include "arena.h"

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { VALUE = 32, LASTS_MS = 1000 };

static void put_number(char *value, int64_t number)
{
    snprintf(value, VALUE, "%lld", (long long)number);
}

static void put_cpu_seconds(char *value)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0)
        return;
    int64_t micros = ((int64_t)usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
                     usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    snprintf(value, VALUE, "%lld.%06lld", (long long)(micros / 1000000),
             (long long)(micros % 1000000));
}

static void put_open_descriptors(char *value)
{
    DIR *directory = opendir("/proc/self/fd");
    if (directory == NULL)
        return;
    int64_t entries = 0;
    while (readdir(directory) != NULL)
        entries++;
    closedir(directory);
    put_number(value, entries - 3); /* ".", ".." and the descriptor that reads this */
}

static void put_limit(char *value, int resource)
{
    struct rlimit limit;
    if (getrlimit((__rlimit_resource_t)resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        put_number(value, (int64_t)limit.rlim_cur);
}

/* proc(5), statm: sizes in pages, first the total, then what is resident. */
static void put_memory(char *whole, char *resident)
{
    FILE *statm = fopen("/proc/self/statm", "re");
    if (statm == NULL)
        return;
    long long pages, resident_pages;
    if (fscanf(statm, "%lld %lld", &pages, &resident_pages) == 2) {
        put_number(whole, pages * sysconf(_SC_PAGESIZE));
        put_number(resident, resident_pages * sysconf(_SC_PAGESIZE));
    }
    fclose(statm);
}

static void put_start(char *value, int64_t started_ms)
{
    snprintf(value, VALUE, "%lld.%03lld", (long long)(started_ms / 1000),
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

struct process {
    const struct clock *clock;
    int64_t started_ms;
    pthread_mutex_t mutex; /* guards the two below */
    int64_t read_ms;       /* on the steady clock */
    struct values {
        char text[FAMILIES][VALUE]; /* empty: unknown */
    } values;
};

struct process *process_open(const struct clock *clock)
{
    struct process *process = array_new(1, sizeof *process);
    *process = (struct process){ .clock = clock,
                                 .started_ms = clock_wall_ms(clock),
                                 .read_ms = clock_steady_ms(clock) - LASTS_MS };
    pthread_mutex_init(&process->mutex, NULL);
    return process;
}

void process_close(struct process *process)
{
    pthread_mutex_destroy(&process->mutex);
    free(process);
}

static struct values read_values(int64_t started_ms)
{
    struct values values = { 0 };
    put_cpu_seconds(values.text[CPU]);
    put_limit(values.text[DESCRIPTORS_MOST], RLIMIT_NOFILE);
    put_open_descriptors(values.text[DESCRIPTORS]);
    put_memory(values.text[MEMORY], values.text[RESIDENT]);
    put_limit(values.text[MEMORY_MOST], RLIMIT_AS);
    put_start(values.text[START], started_ms);
    return values;
}

static struct values current_values(struct process *process)
{
    int64_t now = clock_steady_ms(process->clock);
    pthread_mutex_lock(&process->mutex);
    if (now - process->read_ms >= LASTS_MS) {
        process->values = read_values(process->started_ms);
        process->read_ms = now;
    }
    struct values values = process->values;
    pthread_mutex_unlock(&process->mutex);
    return values;
}

void process_write(struct process *process, struct exposition *out, struct choice *choice)
{
    const struct values values = current_values(process);
    for (size_t i = 0; i < FAMILIES; i++)
        choice_put(choice, out, &families[i], values.text[i]);
}
