/* SPDX-License-Identifier: MIT */
/* web_access.h - access control: addresses, certificates, passwords, a rate limit */
#ifndef ALMANAC_WEB_ACCESS_H
#define ALMANAC_WEB_ACCESS_H

#include "clock.h"
#include "web_limit.h"
#include "web_passwords.h"
#include "web_tls.h"

#include <stdatomic.h>

/* Reference-counted across threads. */
struct web_access {
    struct web_config config;
    struct web_tls tls;              /* if configured */
    struct web_passwords *passwords; /* NULL: none required */
    struct web_limit limit;
    struct arena arena; /* holds the configuration and its certificates */
    atomic_size_t holders;
};

/* Reads the web configuration file and the certificates that it names; path NULL: plain HTTP for
 * everyone. NULL with a fault. Call web_access_release, and once more for each hold. */
struct web_access *web_access_open(const char *path, const struct clock *clock,
                                   struct fault *fault);
struct web_access *web_access_hold(struct web_access *access);
void web_access_release(struct web_access *access); /* NULL is allowed */

bool web_access_has_user(const struct web_access *access, const char *name);

/* Without both TLS and passwords (or verified certificates), a server listens only where this
 * machine alone can reach it, unless open is set. -1 with a fault that names the address. */
int web_access_permits(const struct web_access *access, int listener, const char *address,
                       bool open, struct fault *fault);

/* Like listener_open, if permitted. */
int web_access_listen(const struct web_access *access, const char *address, bool open,
                      struct fault *fault);

#endif
