/* SPDX-License-Identifier: MIT */
/* accept.h - content negotiation from request headers (RFC 9110, sections 12.5 and 13.1.2) */
#ifndef ALMANAC_ACCEPT_H
#define ALMANAC_ACCEPT_H

#include <stdbool.h>
#include <stddef.h>

/* A header value is any string, or NULL if the request lacks the header. Parts that do not parse
 * are skipped.
 *
 * An offer is what the server can send: a media type with parameters, or a coding. A range covers
 * an offer if the types agree and every parameter that both have agrees; a parameter that the offer
 * lacks is ignored: Prometheus 3 asks for "application/openmetrics-text; version=1.0.0;
 * escaping=allow-utf-8". The most specific range that covers an offer counts. */

/* The quality of the offer, in thousandths; 0: refused; -1: no range covers it. */
int accept_quality(const char *value, const char *offer);

/* The index of the offer with the highest quality, the first of equals; -1: none is acceptable. */
int accept_best(const char *value, const char *const *offers, size_t count);

/* Chooses by Accept-Encoding. Identity is acceptable unless the client refuses it. */
enum accept_coding {
    ACCEPT_IDENTITY,
    ACCEPT_GZIP,
    ACCEPT_CODINGS,
    ACCEPT_NEITHER = ACCEPT_CODINGS
};
enum accept_coding accept_coding(const char *value);

/* Whether If-None-Match lists this entity tag, "\"x\"" or "W/\"x\"", or is "*": then the answer is
 * 304. The comparison is weak, as RFC 9110 requires for this header. */
bool accept_has_etag(const char *value, const char *etag);

#endif
