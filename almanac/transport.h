/* SPDX-License-Identifier: MIT */
/* transport.h - a source's request: headers, credentials and TLS files */
#ifndef ALMANAC_TRANSPORT_H
#define ALMANAC_TRANSPORT_H

#include "figure.h"

/* NULL and 0 if not configured. Paths are absolute, or relative to the working directory. The files
 * are read at each fetch, so that they can change without a reload. */
struct transport {
    const struct label *headers; /* name, value */
    size_t header_count;
    const struct label *header_files; /* name, path of the file with the value */
    size_t header_file_count;
    const char *post;                                  /* a body; the request is a POST */
    const char *username, *password_file;              /* basic_auth */
    const char *authorization_type, *credentials_file; /* authorization: "Bearer" */
    const char *ca_file, *cert_file, *key_file;        /* tls_config */
};

/* Whether one of the headers has the name, in whatever case. */
bool transport_names(const struct label *headers, size_t count, const char *name);

#endif
