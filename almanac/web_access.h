/* SPDX-License-Identifier: MIT */
/* web_access.h - who may connect and ask: addresses, certificates, passwords, a limit */
#ifndef ALMANAC_WEB_ACCESS_H
#define ALMANAC_WEB_ACCESS_H

#include "clock.h"
#include "web_limit.h"
#include "web_passwords.h"
#include "web_tls.h"

struct web_access {
    const struct web_config *config; /* never NULL */
    struct web_tls tls;              /* where the config has it */
    struct web_passwords *passwords; /* NULL: nobody needs one */
    struct web_limit limit;
    struct arena arena; /* of the certificates */
};

/* config, borrowed, NULL: plain HTTP for everybody. web_access_close either way. */
int web_access_open(struct web_access *access, const struct web_config *config,
                    const struct clock *clock, struct fault *fault);
void web_access_close(struct web_access *access);

/* Like listener_open. Without both TLS and passwords (or verified certificates), and unless open is
 * set, it takes only addresses that this machine alone can reach. */
int web_access_listen(const struct web_access *access, const char *address, bool open,
                      struct fault *fault);

#endif
