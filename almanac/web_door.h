/* SPDX-License-Identifier: MIT */
/* web_door.h - what stands in front of the answers: addresses, certificates, passwords, a limit */
#ifndef ALMANAC_WEB_DOOR_H
#define ALMANAC_WEB_DOOR_H

#include "clock.h"
#include "web_limit.h"
#include "web_passwords.h"
#include "web_tls.h"

struct web_door {
    const struct web_config *config; /* never NULL */
    struct web_tls tls;              /* where the config has it */
    struct web_passwords *passwords; /* NULL: nobody needs one */
    struct web_limit limit;
    struct arena arena; /* of the certificates */
};

/* config, borrowed, NULL: plain HTTP for everybody. web_door_close either way. */
int web_door_open(struct web_door *door, const struct web_config *config, const struct clock *clock,
                  struct fault *fault);
void web_door_close(struct web_door *door);

/* listener_open for this door: where it has not both TLS and passwords (or verified certificates),
 * and is not to be open, it takes only addresses that this machine alone can reach. */
int web_door_listen(const struct web_door *door, const char *address, bool open,
                    struct fault *fault);

#endif
