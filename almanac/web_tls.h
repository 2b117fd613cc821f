/* SPDX-License-Identifier: MIT */
/* web_tls.h - certificates, and who may come in with which */
#ifndef ALMANAC_WEB_TLS_H
#define ALMANAC_WEB_TLS_H

#include "text.h"
#include "web_config.h"

struct web_tls {
    const struct web_tls_config *config;   /* borrowed */
    const char *certificate, *key, *trust; /* PEM; trust is NULL where no one is verified */
    const char *priorities;                /* versions, ciphers and curves, for GnuTLS */
};

/* Reads and checks the certificates; all lives in the arena. */
int web_tls_load(struct web_tls *tls, const struct web_tls_config *config, struct arena *arena,
                 struct fault *fault);

/* Before the handshake of a server's GnuTLS session: asks the client for a certificate and checks
 * it as configured. A client that fails has no connection. The session borrows tls. */
void web_tls_guard(const struct web_tls *tls, void *session);

/* GnuTLS' priorities for the versions, ciphers and curves. -1 with a fault, where they cannot be
 * had exactly so. */
int web_tls_priorities(const struct web_tls_config *config, struct text *priorities,
                       struct fault *fault);

#endif
