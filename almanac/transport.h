/* SPDX-License-Identifier: MIT */
/* transport.h - how a source is asked: what is sent along, and whom it is trusted to */
#ifndef ALMANAC_TRANSPORT_H
#define ALMANAC_TRANSPORT_H

#include "figure.h"

/* NULL and 0 where nothing is said. Paths are absolute, or relative to the working directory. Files
 * are read at each fetch, so that what is in them can be changed without a word to the collector.
 */
struct transport {
    const struct label *headers; /* name, value */
    size_t header_count;
    const struct label *header_files; /* name, path of a file that holds the value */
    size_t header_file_count;
    const char *username, *password_file;              /* basic_auth */
    const char *authorization_type, *credentials_file; /* authorization: "Bearer" */
    const char *ca_file, *cert_file, *key_file;        /* tls_config */
};

#endif
