/* SPDX-License-Identifier: MIT */
/* web_tls.h - TLS certificates, and the check of clients' certificates */
#ifndef ALMANAC_WEB_TLS_H
#define ALMANAC_WEB_TLS_H

#include "text.h"
#include "web_config.h"

struct gnutls_certificate_credentials_st;
struct gnutls_priority_st;

struct web_tls {
    const struct web_tls_config *config; /* borrowed */
    const char *certificate, *key;       /* PEM */
    struct gnutls_certificate_credentials_st *credentials;
    struct gnutls_priority_st *priority; /* versions, ciphers and curves */
};

/* Reads and checks the certificates; the texts live in the arena. Call web_tls_free either way. */
int web_tls_load(struct web_tls *tls, const struct web_tls_config *config, struct arena *arena,
                 struct fault *fault);

void web_tls_free(struct web_tls *tls);

/* Call before the handshake of a server's GnuTLS session, which borrows tls: it uses these
 * certificates, and requests and checks the client's as configured. A client that fails is
 * disconnected; one that sends a request in plain HTTP is told so before. */
void web_tls_guard(const struct web_tls *tls, void *session);

/* GnuTLS' priority string for the versions, ciphers and curves. -1 with a fault if GnuTLS cannot
 * offer exactly those. */
int web_tls_priorities(const struct web_tls_config *config, struct text *priorities,
                       struct fault *fault);

#endif
