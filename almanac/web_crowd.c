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
    bool waits;
    bool leaving; /* was shut down, and does not count any more */
};

struct web_crowd {
    pthread_mutex_t mutex;
    struct web_guest ring; /* its after has waited longest */
    size_t count, most;
};

struct web_crowd *web_crowd_new(size_t most)
{
    struct web_crowd *crowd = calloc(1, sizeof *crowd);
    if (crowd == NULL)
        return NULL;
    pthread_mutex_init(&crowd->mutex, NULL);
    crowd->most = most;
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

static void start_waiting(struct web_crowd *crowd, struct web_guest *guest)
{
    guest->before = crowd->ring.before;
    guest->after = &crowd->ring;
    guest->before->after = guest->after->before = guest;
    guest->waits = true;
}

/* The server finds the socket at its end and closes it, which is when the guest leaves. */
static void push_out(struct web_crowd *crowd)
{
    struct web_guest *first = crowd->ring.after;
    if (first == &crowd->ring)
        return;
    stop_waiting(first);
    first->leaving = true;
    crowd->count--;
    shutdown(first->socket, SHUT_RDWR);
}

struct web_guest *web_crowd_enter(struct web_crowd *crowd, int socket)
{
    struct web_guest *guest = calloc(1, sizeof *guest);
    if (guest == NULL)
        return NULL;
    guest->socket = socket;
    pthread_mutex_lock(&crowd->mutex);
    if (crowd->count >= crowd->most)
        push_out(crowd);
    crowd->count++;
    start_waiting(crowd, guest);
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

void web_crowd_served(struct web_crowd *crowd, struct web_guest *guest)
{
    if (guest == NULL)
        return;
    pthread_mutex_lock(&crowd->mutex);
    stop_waiting(guest);
    if (!guest->leaving)
        start_waiting(crowd, guest);
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
