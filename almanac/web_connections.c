/* SPDX-License-Identifier: MIT */
/* web_connections.c - the open connections, and which to close when there are too many */
#include "web_connections.h"

#include "arena.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>

struct web_connection {
    struct web_connection *before, *after; /* in the ring of those that are idle, or reading */
    int socket;
    int64_t since; /* idle since then */
    int64_t until; /* reading until then at most */
    bool waits;    /* is in a ring */
    bool leaving;  /* was shut down, and is no longer counted */
};

struct web_connections {
    pthread_mutex_t mutex;
    struct web_connection ring;    /* its after has been idle longest */
    struct web_connection reading; /* in no order */
    size_t count, most;
    int64_t patience_ms;
    size_t made_room; /* since the last sweep */
};

struct web_connections *web_connections_new(size_t most, int64_t patience_ms)
{
    struct web_connections *all = array_new(1, sizeof *all);
    pthread_mutex_init(&all->mutex, NULL);
    all->most = most;
    all->patience_ms = patience_ms;
    all->ring.before = all->ring.after = &all->ring;
    all->reading.before = all->reading.after = &all->reading;
    return all;
}

void web_connections_free(struct web_connections *all)
{
    pthread_mutex_destroy(&all->mutex);
    free(all);
}

static void stop_waiting(struct web_connection *connection)
{
    if (!connection->waits)
        return;
    connection->before->after = connection->after;
    connection->after->before = connection->before;
    connection->waits = false;
}

static void put_last(struct web_connection *ring, struct web_connection *connection)
{
    connection->before = ring->before;
    connection->after = ring;
    connection->before->after = connection->after->before = connection;
    connection->waits = true;
}

static void start_waiting(struct web_connections *all, struct web_connection *connection,
                          int64_t now_ms)
{
    connection->since = now_ms;
    put_last(&all->ring, connection);
}

/* The connection that has been idle longest, or NULL. */
static struct web_connection *first_waiting(struct web_connections *all)
{
    return all->ring.after == &all->ring ? NULL : all->ring.after;
}

/* The server then reads the end of the socket, closes it and removes the connection. */
static void shut_down(struct web_connections *all, struct web_connection *connection)
{
    stop_waiting(connection);
    connection->leaving = true;
    all->count--;
    shutdown(connection->socket, SHUT_RDWR);
}

struct web_connection *web_connection_open(struct web_connections *all, int socket, int64_t now_ms)
{
    struct web_connection *connection = array_new(1, sizeof *connection);
    connection->socket = socket;
    pthread_mutex_lock(&all->mutex);
    struct web_connection *first = first_waiting(all);
    if (all->count >= all->most && first != NULL) {
        shut_down(all, first);
        all->made_room++;
    }
    all->count++;
    start_waiting(all, connection, now_ms);
    pthread_mutex_unlock(&all->mutex);
    return connection;
}

void web_connection_busy(struct web_connections *all, struct web_connection *connection)
{
    pthread_mutex_lock(&all->mutex);
    stop_waiting(connection);
    pthread_mutex_unlock(&all->mutex);
}

void web_connection_reading(struct web_connections *all, struct web_connection *connection,
                            int64_t until_ms)
{
    pthread_mutex_lock(&all->mutex);
    stop_waiting(connection);
    connection->until = until_ms;
    if (!connection->leaving)
        put_last(&all->reading, connection);
    pthread_mutex_unlock(&all->mutex);
}

void web_connection_idle(struct web_connections *all, struct web_connection *connection,
                         int64_t now_ms)
{
    pthread_mutex_lock(&all->mutex);
    stop_waiting(connection);
    if (!connection->leaving)
        start_waiting(all, connection, now_ms);
    pthread_mutex_unlock(&all->mutex);
}

void web_connection_close(struct web_connections *all, struct web_connection *connection)
{
    pthread_mutex_lock(&all->mutex);
    stop_waiting(connection);
    if (!connection->leaving)
        all->count--;
    pthread_mutex_unlock(&all->mutex);
    free(connection);
}

static void sweep_reading(struct web_connections *all, int64_t now_ms)
{
    struct web_connection *next;
    for (struct web_connection *at = all->reading.after; at != &all->reading; at = next) {
        next = at->after;
        if (now_ms > at->until)
            shut_down(all, at);
    }
}

size_t web_connections_sweep(struct web_connections *all, int64_t now_ms)
{
    struct web_connection *first;
    pthread_mutex_lock(&all->mutex);
    while ((first = first_waiting(all)) != NULL && now_ms - first->since > all->patience_ms)
        shut_down(all, first);
    sweep_reading(all, now_ms);
    size_t made_room = all->made_room;
    all->made_room = 0;
    pthread_mutex_unlock(&all->mutex);
    return made_room;
}
