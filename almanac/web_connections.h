/* SPDX-License-Identifier: MIT */
/* web_connections.h - the open connections, and which to close when there are too many */
#ifndef ALMANAC_WEB_CONNECTIONS_H
#define ALMANAC_WEB_CONNECTIONS_H

#include <stddef.h>
#include <stdint.h>

struct web_connections;
struct web_connection;

/* Allows most connections, each without a request for at most patience_ms. Times are those of a
 * steady clock. All functions but free are thread-safe. */
struct web_connections *web_connections_new(size_t most, int64_t patience_ms);
void web_connections_free(struct web_connections *all); /* after all are closed */

/* Adds a connection. If there are too many, shuts down the one that has been idle longest; the
 * server then closes it. */
struct web_connection *web_connection_open(struct web_connections *all, int socket, int64_t now_ms);
/* A connection is busy from the arrival of a request's head to the end of its answer, and is not
 * shut down meanwhile, */
void web_connection_busy(struct web_connections *all, struct web_connection *connection);
/* unless it is busy with the arrival of a body, and that takes longer than until then. */
void web_connection_reading(struct web_connections *all, struct web_connection *connection,
                            int64_t until_ms);
void web_connection_idle(struct web_connections *all, struct web_connection *connection,
                         int64_t now_ms);
void web_connection_close(struct web_connections *all, struct web_connection *connection);

/* Shuts down connections that were idle, or whose bodies arrived, for too long. Returns how many
 * were shut down since the last call to make room. */
size_t web_connections_sweep(struct web_connections *all, int64_t now_ms);

#endif
