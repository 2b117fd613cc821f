/* SPDX-License-Identifier: MIT */
/* reload.c - the reading of the configuration again: who asks for it, and how it went */
#include "reload.h"

#include "arena.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct reload {
    const struct clock *clock;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t ended;
    size_t begun, done;   /* readings; the first was at the start */
    struct fault refusal; /* of the last one; empty: none */
    int64_t good_ms;
    const char *away; /* why the main thread does not read it now; NULL: it does */
};

struct reload *reload_open(const struct clock *clock)
{
    struct reload *reload = array_new(1, sizeof *reload);
    reload->clock = clock;
    reload->good_ms = clock_wall_ms(clock);
    reload->away = "the server is starting; try again shortly";
    pthread_mutex_init(&reload->mutex, NULL);
    pthread_cond_init(&reload->ended, NULL);
    return reload;
}

void reload_close(struct reload *reload)
{
    if (reload == NULL)
        return;
    pthread_cond_destroy(&reload->ended);
    pthread_mutex_destroy(&reload->mutex);
    free(reload);
}

void reload_begin(struct reload *reload)
{
    pthread_mutex_lock(&reload->mutex);
    reload->begun++;
    pthread_mutex_unlock(&reload->mutex);
}

void reload_end(struct reload *reload, const struct fault *refusal)
{
    pthread_mutex_lock(&reload->mutex);
    reload->done = reload->begun;
    reload->refusal = refusal == NULL ? (struct fault){ 0 } : *refusal;
    if (refusal == NULL)
        reload->good_ms = clock_wall_ms(reload->clock);
    pthread_cond_broadcast(&reload->ended);
    pthread_mutex_unlock(&reload->mutex);
}

int reload_ask(struct reload *reload, struct fault *fault)
{
    pthread_mutex_lock(&reload->mutex);
    size_t begun = reload->begun;
    if (reload->away == NULL)
        kill(getpid(), SIGHUP);
    while (reload->done <= begun && reload->away == NULL)
        pthread_cond_wait(&reload->ended, &reload->mutex);
    bool done = reload->done > begun;
    const char *away = reload->away;
    struct fault refusal = reload->refusal;
    pthread_mutex_unlock(&reload->mutex);
    if (!done) {
        fault_set(fault, "%s", away);
        return 1;
    }
    return *refusal.text == '\0' ? 0 : fault_set(fault, "%s", refusal.text);
}

void reload_start(struct reload *reload)
{
    pthread_mutex_lock(&reload->mutex);
    reload->away = NULL;
    pthread_mutex_unlock(&reload->mutex);
}

void reload_stop(struct reload *reload)
{
    pthread_mutex_lock(&reload->mutex);
    reload->away = "the server is stopping";
    pthread_cond_broadcast(&reload->ended);
    pthread_mutex_unlock(&reload->mutex);
}

static void put(struct exposition *out, struct choice *choice, const struct family *family,
                int64_t number)
{
    char value[24];
    snprintf(value, sizeof value, "%lld", (long long)number);
    choice_put(choice, out, family, value);
}

void reload_write(struct reload *reload, struct exposition *out, struct choice *choice,
                  const char *successful, const char *seconds)
{
    const struct family good = { successful, FAMILY_GAUGE, NULL,
                                 "Whether the configuration was good when it was last read." };
    const struct family when = { seconds, FAMILY_GAUGE, "seconds",
                                 "When the configuration in force was read." };
    pthread_mutex_lock(&reload->mutex);
    bool loaded = *reload->refusal.text == '\0';
    int64_t good_ms = reload->good_ms;
    pthread_mutex_unlock(&reload->mutex);
    put(out, choice, &good, loaded);
    put(out, choice, &when, good_ms / 1000);
}
