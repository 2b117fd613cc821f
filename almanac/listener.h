/* SPDX-License-Identifier: MIT */
/* listener.h - from an address in words to a socket that listens on it */
#ifndef ALMANAC_LISTENER_H
#define ALMANAC_LISTENER_H

#include "fault.h"

/* address: "127.0.0.1:10196", "[::1]:10196", "localhost:10196", or ":10196" for all addresses of
 * the machine; port 0 takes a free one. Returns a descriptor, or -1 with a fault that names the
 * address. */
int listener_open(const char *address, struct fault *fault);

/* The port that the socket has. */
unsigned listener_port(int listener);

#endif
