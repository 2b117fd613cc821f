/* SPDX-License-Identifier: MIT */
/* web_access.h - access control: addresses, certificates, passwords, a rate limit */
#ifndef ALMANAC_WEB_ACCESS_H
#define ALMANAC_WEB_ACCESS_H

#include "clock.h"
#include "web_limit.h"
#include "web_passwords.h"
#include "web_tls.h"

struct web_access {
    const struct web_config *config; /* never NULL */
    struct web_tls tls;              /* if configured */
    struct web_passwords *passwords; /* NULL: none required */
    struct web_limit limit;
    struct arena arena; /* holds the certificates */
};

/* config is borrowed; NULL: plain HTTP for everyone. Call web_access_close either way. */
int web_access_open(struct web_access *access, const struct web_config *config,
                    const struct clock *clock, struct fault *fault);
void web_access_close(struct web_access *access);

/* Like listener_open. Without both TLS and passwords (or verified certificates), it accepts only
 * addresses that this machine alone can reach, unless open is set. */
int web_access_listen(const struct web_access *access, const char *address, bool open,
                      struct fault *fault);

#endif
