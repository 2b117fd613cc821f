/* SPDX-License-Identifier: MIT */
/* listener.h - opens a listening socket from an address in text */
#ifndef ALMANAC_LISTENER_H
#define ALMANAC_LISTENER_H

#include "fault.h"

#include <stdbool.h>

/* address: "127.0.0.1:10196", "[::1]:10196", "localhost:10196", or ":10196" for all addresses of
 * the machine; port 0 picks a free one; "fd:3" is a socket that this process inherited and that
 * already listens. The send buffer of its connections is bounded. Returns a descriptor, or -1 with
 * a fault that names the address. */
int listener_open(const char *address, struct fault *fault);

/* Checks the syntax of the address, not whether it is available. 0, or -1 with a fault. */
int listener_check(const char *address, struct fault *fault);

/* The socket's port. */
unsigned listener_port(int listener);

/* Whether only this machine can reach the socket. */
bool listener_is_local(int listener);

/* The number of sockets that systemd passed to this process, as descriptors from 3 on; -1 with a
 * fault if there are none. See LISTEN_PID and LISTEN_FDS in sd_listen_fds(3). */
int listener_passed(struct fault *fault);

#endif
