/* SPDX-License-Identifier: MIT */
/* web_crowd.h - who is connected, and who has to leave when they become too many */
#ifndef ALMANAC_WEB_CROWD_H
#define ALMANAC_WEB_CROWD_H

#include <stddef.h>
#include <stdint.h>

struct web_crowd;
struct web_guest; /* a connection; NULL, where there was no memory for one, is nothing */

/* Of so many connections at most, which may be without a request for so long. NULL: out of memory.
 * Times are those of a steady clock. Safe from several threads. */
struct web_crowd *web_crowd_new(size_t most, int64_t patience_ms);
void web_crowd_free(struct web_crowd *crowd); /* everybody has left; NULL is nothing */

/* One has connected by this socket. Beyond the most, the one that has asked for nothing for the
 * longest is shut down, whoever it is, and leaves soon. */
struct web_guest *web_crowd_enter(struct web_crowd *crowd, int socket, int64_t now_ms);
/* The head of a request of theirs is there: until its answer has ended they are not shut down. */
void web_crowd_serve(struct web_crowd *crowd, struct web_guest *guest);
void web_crowd_served(struct web_crowd *crowd, struct web_guest *guest, int64_t now_ms);
void web_crowd_leave(struct web_crowd *crowd, struct web_guest *guest);

/* From time to time: shuts down those that patience has run out with. How many had to leave for
 * newcomers since the last time. */
size_t web_crowd_sweep(struct web_crowd *crowd, int64_t now_ms);

#endif
