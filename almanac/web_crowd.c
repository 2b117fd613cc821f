/* SPDX-License-Identifier: MIT */
/* web_crowd.c - who is connected, and who has to leave when they become too many */
#include "web_crowd.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>

struct web_guest {
    struct web_guest *before, *after; /* in the ring of those who wait */
    int socket;
    int64_t since; /* it waits */
    bool waits;
    bool leaving; /* was shut down, and does not count any more */
};

struct web_crowd {
    pthread_mutex_t mutex;
    struct web_guest ring; /* its after has waited longest */
    size_t count, most;
    int64_t patience_ms;
    size_t pushed_out; /* since the last sweep */
};

struct web_crowd *web_crowd_new(size_t most, int64_t patience_ms)
{
    struct web_crowd *crowd = calloc(1, sizeof *crowd);
    if (crowd == NULL)
        return NULL;
    pthread_mutex_init(&crowd->mutex, NULL);
    crowd->most = most;
    crowd->patience_ms = patience_ms;
    crowd->ring.before = crowd->ring.after = &crowd->ring;
    return crowd;
}

void web_crowd_free(struct web_crowd *crowd)
{
    if (crowd == NULL)
        return;
    pthread_mutex_destroy(&crowd->mutex);
    free(crowd);
}

static void stop_waiting(struct web_guest *guest)
{
    if (!guest->waits)
        return;
    guest->before->after = guest->after;
    guest->after->before = guest->before;
    guest->waits = false;
}

static void start_waiting(struct web_crowd *crowd, struct web_guest *guest, int64_t now_ms)
{
    guest->since = now_ms;
    guest->before = crowd->ring.before;
    guest->after = &crowd->ring;
    guest->before->after = guest->after->before = guest;
    guest->waits = true;
}

/* The one that has waited longest, or NULL. */
static struct web_guest *first_waiting(struct web_crowd *crowd)
{
    return crowd->ring.after == &crowd->ring ? NULL : crowd->ring.after;
}

/* The server finds the socket at its end and closes it, which is when the guest leaves. */
static void push_out(struct web_crowd *crowd, struct web_guest *guest)
{
    stop_waiting(guest);
    guest->leaving = true;
    crowd->count--;
    shutdown(guest->socket, SHUT_RDWR);
}

struct web_guest *web_crowd_enter(struct web_crowd *crowd, int socket, int64_t now_ms)
{
    struct web_guest *guest = calloc(1, sizeof *guest);
    if (guest == NULL)
        return NULL;
    guest->socket = socket;
    pthread_mutex_lock(&crowd->mutex);
    struct web_guest *first = first_waiting(crowd);
    if (crowd->count >= crowd->most && first != NULL) {
        push_out(crowd, first);
        crowd->pushed_out++;
    }
    crowd->count++;
    start_waiting(crowd, guest, now_ms);
    pthread_mutex_unlock(&crowd->mutex);
    return guest;
}

void web_crowd_serve(struct web_crowd *crowd, struct web_guest *guest)
{
    if (guest == NULL)
        return;
    pthread_mutex_lock(&crowd->mutex);
    stop_waiting(guest);
    pthread_mutex_unlock(&crowd->mutex);
}

void web_crowd_served(struct web_crowd *crowd, struct web_guest *guest, int64_t now_ms)
{
    if (guest == NULL)
        return;
    pthread_mutex_lock(&crowd->mutex);
    stop_waiting(guest);
    if (!guest->leaving)
        start_waiting(crowd, guest, now_ms);
    pthread_mutex_unlock(&crowd->mutex);
}

void web_crowd_leave(struct web_crowd *crowd, struct web_guest *guest)
{
    if (guest == NULL)
        return;
    pthread_mutex_lock(&crowd->mutex);
    stop_waiting(guest);
    if (!guest->leaving)
        crowd->count--;
    pthread_mutex_unlock(&crowd->mutex);
    free(guest);
}

size_t web_crowd_sweep(struct web_crowd *crowd, int64_t now_ms)
{
    struct web_guest *first;
    pthread_mutex_lock(&crowd->mutex);
    while ((first = first_waiting(crowd)) != NULL && now_ms - first->since > crowd->patience_ms)
        push_out(crowd, first);
    size_t pushed_out = crowd->pushed_out;
    crowd->pushed_out = 0;
    pthread_mutex_unlock(&crowd->mutex);
    return pushed_out;
}
