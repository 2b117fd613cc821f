/* SPDX-License-Identifier: MIT */
/* web_connections.h - the connections there are, and which is closed when they become too many */
#ifndef ALMANAC_WEB_CONNECTIONS_H
#define ALMANAC_WEB_CONNECTIONS_H

#include <stddef.h>
#include <stdint.h>

struct web_connections;
struct web_connection; /* NULL, where there was no memory for one, is passed over */

/* Allows so many connections, each without a request for so long. NULL: out of memory. Times are
 * those of a steady clock. All but free may be called from several threads. */
struct web_connections *web_connections_new(size_t most, int64_t patience_ms);
void web_connections_free(struct web_connections *all); /* all are closed; all may be NULL */

/* Notes a new connection. If there are too many, the one that has been without a request for the
 * longest is shut down; the server then closes it. */
struct web_connection *web_connection_open(struct web_connections *all, int socket, int64_t now_ms);
/* Busy from when a request's head is there until its answer has ended; a busy one is not shut down.
 */
void web_connection_busy(struct web_connections *all, struct web_connection *connection);
void web_connection_idle(struct web_connections *all, struct web_connection *connection,
                         int64_t now_ms);
void web_connection_close(struct web_connections *all, struct web_connection *connection);

/* Shuts down those that were without a request for too long. Returns how many were shut down to
 * make room for others since the last call. */
size_t web_connections_sweep(struct web_connections *all, int64_t now_ms);

#endif
