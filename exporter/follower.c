/* SPDX-License-Identifier: MIT */
/* follower.c - a thread that replaces the snapshot when the ledger changes */
#include "follower.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { LOOK_MS = 250, TRIMS = 2 };

struct follower {
    const char *ledger_path;
    const struct log *log;
    pthread_t thread;
    int wake; /* readable when the thread must look at once, or end */
    atomic_bool ready, ledger_up, stopping;
    pthread_cond_t looked;
    pthread_mutex_t mutex; /* guards the four below; the rest is the thread's own */
    struct snapshot *snapshot;
    struct settings *settings;
    size_t begun, done;    /* looks */
    struct ledger *ledger; /* NULL until it can be opened */
    int64_t version;       /* the ledger's, as of the snapshot; -1 after a look that failed */
    struct fault fault;    /* of the last look */
    int trims;             /* to come, since the last swap */
};

struct snapshot *follower_snapshot(struct follower *follower)
{
    pthread_mutex_lock(&follower->mutex);
    struct snapshot *snapshot = snapshot_hold(follower->snapshot);
    pthread_mutex_unlock(&follower->mutex);
    return snapshot;
}

static struct settings *begin_look(struct follower *follower)
{
    pthread_mutex_lock(&follower->mutex);
    follower->begun++;
    struct settings *settings = settings_share(follower->settings);
    pthread_mutex_unlock(&follower->mutex);
    return settings;
}

static void end_look(struct follower *follower)
{
    pthread_mutex_lock(&follower->mutex);
    follower->done = follower->begun;
    pthread_cond_broadcast(&follower->looked);
    pthread_mutex_unlock(&follower->mutex);
}

static void swap(struct follower *follower, struct snapshot *snapshot)
{
    struct snapshot *before = follower->snapshot;
    snapshot->figures_only = before->figures_only;
    renditions_prepare(snapshot, before);
    pthread_mutex_lock(&follower->mutex);
    follower->snapshot = snapshot;
    pthread_mutex_unlock(&follower->mutex);
    snapshot_release(before);
    follower->trims = TRIMS;
}

/* Reads the snapshot without the mutex, since only this thread replaces it. */
static bool is_due(const struct follower *follower, int64_t version,
                   const struct settings *settings, int64_t now)
{
    return version != follower->version || settings != follower->snapshot->settings ||
           now >= follower->snapshot->changes;
}

static int follow(struct follower *follower, struct settings *settings, struct fault *fault)
{
    if (follower->ledger == NULL)
        follower->ledger = ledger_open(follower->ledger_path, LEDGER_READER, fault);
    if (follower->ledger == NULL)
        return -1;
    int64_t now = clock_seconds(follower->log->clock);
    /* Before reading, so that later changes are read the next time. */
    int64_t version = ledger_version(follower->ledger, fault);
    if (version < 0)
        return -1;
    if (!is_due(follower, version, settings, now))
        return 0;
    struct snapshot *before = follower->version < 0 ? NULL : follower->snapshot;
    struct snapshot *snapshot = snapshot_read(before, follower->ledger, settings, now, fault);
    if (snapshot == NULL)
        return -1;
    follower->version = version;
    swap(follower, snapshot);
    return 0;
}

/* While no ledger was read there are no figures to keep with the settings they were read by. */
static void show_catalogue(struct follower *follower, struct settings *settings)
{
    struct fault fault = { 0 };
    if (!atomic_load(&follower->ready) && settings != follower->snapshot->settings)
        swap(follower, snapshot_read(NULL, NULL, settings, 0, &fault));
}

static void look(struct follower *follower)
{
    struct fault fault = { 0 };
    struct settings *settings = begin_look(follower);
    bool up = follow(follower, settings, &fault) == 0;
    if (up) {
        atomic_store(&follower->ready, true);
    } else {
        show_catalogue(follower, settings);
        ledger_close(follower->ledger); /* reopened, since it may be another file */
        follower->ledger = NULL;
        follower->version = -1;
    }
    settings_free(settings);
    bool was = atomic_exchange(&follower->ledger_up, up);
    if (was != up || strcmp(fault.text, follower->fault.text) != 0)
        log_write(follower->log, up ? LOG_LEVEL_INFO : LOG_LEVEL_ERROR,
                  up ? "ledger read" : "ledger not read; figures stay as they are", "path",
                  follower->ledger_path, up ? NULL : "err", fault.text, NULL);
    follower->fault = fault;
    end_look(follower);
}

/* Returns free memory to the system, which the heap would keep after the old snapshot is gone: at
 * once, and a check later, when clients have received its page too. */
static void give_back(struct follower *follower)
{
    if (follower->trims == 0)
        return;
    malloc_trim(0);
    follower->trims--;
}

static void *run(void *argument)
{
    struct follower *follower = argument;
    struct pollfd wake = { .fd = follower->wake, .events = POLLIN };
    eventfd_t wakes;
    while (!atomic_load(&follower->stopping)) {
        look(follower);
        give_back(follower);
        poll(&wake, 1, LOOK_MS);
        eventfd_read(follower->wake, &wakes);
    }
    return NULL;
}

static void free_follower(struct follower *follower)
{
    ledger_close(follower->ledger);
    snapshot_release(follower->snapshot);
    settings_free(follower->settings);
    pthread_cond_destroy(&follower->looked);
    pthread_mutex_destroy(&follower->mutex);
    close(follower->wake);
    free(follower);
}

struct follower *follower_start(const char *ledger_path, struct settings *settings,
                                bool figures_only, const struct log *log, struct fault *fault)
{
    struct follower *follower = array_new(1, sizeof *follower);
    *follower = (struct follower){ .ledger_path = ledger_path,
                                   .log = log,
                                   .version = -1,
                                   .settings = settings_share(settings),
                                   .snapshot = snapshot_read(NULL, NULL, settings, 0, fault) };
    follower->snapshot->figures_only = figures_only;
    atomic_init(&follower->ready, false);
    atomic_init(&follower->ledger_up, true); /* so that a first success is not logged */
    pthread_mutex_init(&follower->mutex, NULL);
    pthread_cond_init(&follower->looked, NULL);
    follower->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int error = follower->wake < 0 ? errno : pthread_create(&follower->thread, NULL, run, follower);
    if (error == 0)
        return follower;
    fault_set(fault, "cannot start the thread that follows the ledger: %s", strerror(error));
    free_follower(follower);
    return NULL;
}

void follower_stop(struct follower *follower)
{
    if (follower == NULL)
        return;
    atomic_store(&follower->stopping, true);
    eventfd_write(follower->wake, 1);
    pthread_join(follower->thread, NULL);
    free_follower(follower);
}

bool follower_ready(const struct follower *follower)
{
    return atomic_load(&follower->ready);
}

bool follower_ledger_up(const struct follower *follower)
{
    return follower_ready(follower) && atomic_load(&follower->ledger_up);
}

void follower_reload(struct follower *follower, struct settings *settings)
{
    pthread_mutex_lock(&follower->mutex);
    struct settings *before = follower->settings;
    follower->settings = settings_share(settings);
    size_t begun = follower->begun;
    eventfd_write(follower->wake, 1);
    while (follower->done <= begun)
        pthread_cond_wait(&follower->looked, &follower->mutex);
    pthread_mutex_unlock(&follower->mutex);
    settings_free(before);
}
