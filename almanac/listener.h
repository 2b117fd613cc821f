/* SPDX-License-Identifier: MIT */
/* listener.h - from an address in words to a socket that listens on it */
#ifndef ALMANAC_LISTENER_H
#define ALMANAC_LISTENER_H

#include "fault.h"

#include <stdbool.h>

/* address: "127.0.0.1:10196", "[::1]:10196", "localhost:10196", or ":10196" for all addresses of
 * the machine; port 0 takes a free one; "fd:3" for a socket that this process was started with and
 * that listens already. Its connections have a bounded buffer of what is being sent. Returns a
 * descriptor, or -1 with a fault that names the address. */
int listener_open(const char *address, struct fault *fault);

/* Whether it is written as one; whether it can be had only listening shows. 0, or -1 with a fault.
 */
int listener_check(const char *address, struct fault *fault);

/* The port that the socket has. */
unsigned listener_port(int listener);

/* Whether only this machine can reach it. */
bool listener_is_local(int listener);

/* How many sockets systemd has passed to this process; they are descriptors from 3 on. -1 with a
 * fault if there are none. (LISTEN_PID and LISTEN_FDS, sd_listen_fds(3).) */
int listener_passed(struct fault *fault);

#endif
