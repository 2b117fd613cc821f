/* SPDX-License-Identifier: MIT */
/* web_tls.h - TLS certificates, and the check of clients' certificates */
#ifndef ALMANAC_WEB_TLS_H
#define ALMANAC_WEB_TLS_H

#include "text.h"
#include "web_config.h"

struct web_tls {
    const struct web_tls_config *config;   /* borrowed */
    const char *certificate, *key, *trust; /* PEM; trust is NULL if no client is verified */
    const char *priorities;                /* versions, ciphers and curves, in GnuTLS' syntax */
};

/* Reads and checks the certificates; everything lives in the arena. */
int web_tls_load(struct web_tls *tls, const struct web_tls_config *config, struct arena *arena,
                 struct fault *fault);

/* Call before the handshake of a server's GnuTLS session: requests and checks the client's
 * certificate as configured. A client that fails is disconnected. The session borrows tls. */
void web_tls_guard(const struct web_tls *tls, void *session);

/* GnuTLS' priority string for the versions, ciphers and curves. -1 with a fault if GnuTLS cannot
 * offer exactly those. */
int web_tls_priorities(const struct web_tls_config *config, struct text *priorities,
                       struct fault *fault);

#endif
