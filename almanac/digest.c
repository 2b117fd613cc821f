/* SPDX-License-Identifier: MIT */
/* digest.c - SHA-256 */
#include "digest.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdio.h>

int digest_sha256(const void *bytes, size_t size, char out[DIGEST_TEXT], struct fault *fault)
{
    unsigned char digest[(DIGEST_TEXT - 1) / 2];
    int code = gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, size, digest);
    if (code != 0)
        return fault_set(fault, "cannot hash: %s", gnutls_strerror(code));
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
    return 0;
}
