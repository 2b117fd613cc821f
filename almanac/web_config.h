/* SPDX-License-Identifier: MIT */
/* web_config.h - the web configuration file of Prometheus exporters */
#ifndef ALMANAC_WEB_CONFIG_H
#define ALMANAC_WEB_CONFIG_H

#include "yaml.h"

/* The values of client_auth_type, in this order. */
enum web_client {
    WEB_CLIENT_NONE,
    WEB_CLIENT_REQUEST,
    WEB_CLIENT_REQUIRE_ANY,
    WEB_CLIENT_VERIFY_IF_GIVEN,
    WEB_CLIENT_REQUIRE_AND_VERIFY,
};

enum web_tls_version { WEB_TLS10, WEB_TLS11, WEB_TLS12, WEB_TLS13 }; /* TLS 1.0 is 0, and so on */

/* PEM texts are inline or in files of their own; NULL if not given. */
struct web_tls_config {
    const char *cert, *key, *client_ca;
    const char *cert_file, *key_file, *client_ca_file; /* relative to the working directory */
    int client;                                        /* enum web_client */
    struct word_list client_sans;                      /* none: any certificate */
    int oldest, newest;                                /* enum web_tls_version */
    struct word_list ciphers, curves;                  /* by Go's names; none: all */
    int prefer_server;
};

struct web_user {
    const char *name, *hash; /* bcrypt */
};

enum { WEB_HEADERS = 5, WEB_USERS = 1000 };
const char *web_header_name(size_t index);

struct web_config {
    bool has_tls;
    struct web_tls_config tls;
    const char *headers[WEB_HEADERS]; /* their values; NULL: not set */
    const struct web_user *users;
    size_t user_count;
    int64_t limit_ms, limit_burst; /* one request per limit_ms (0: no limit), with bursts */
};

/* Strings live in the arena. 0, or -1 with a fault that has its place. Does not read the files that
 * the configuration names. */
int web_config_read(const char *path, struct arena *arena, struct web_config *config,
                    struct fault *fault);

#endif
