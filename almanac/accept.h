/* SPDX-License-Identifier: MIT */
/* accept.h - what a request's headers say of the answer they want (RFC 9110, 12.5 and 13.1.2) */
#ifndef ALMANAC_ACCEPT_H
#define ALMANAC_ACCEPT_H

#include <stdbool.h>
#include <stddef.h>

/* A header's value may hold anything, and is NULL where the request does not have the header. A
 * part of it that does not read is passed over.
 *
 * An offer is what could be sent: a media type with its parameters, or a coding. A range covers it
 * when the types agree and so does each parameter that both have; one that the offer does not have
 * says nothing about it: Prometheus 3 asks for "application/openmetrics-text; version=1.0.0;
 * escaping=allow-utf-8". Of the ranges that cover an offer the most specific one counts. */

/* How much the offer is wanted, in thousandths; 0: not at all; -1: nothing covers it. */
int accept_quality(const char *value, const char *offer);

/* The index of the offer that is wanted most, of equals the first; -1: none is wanted. */
int accept_best(const char *value, const char *const *offers, size_t count);

/* Of an Accept-Encoding. Unencoded bytes are welcome to all who do not refuse them. */
enum accept_coding {
    ACCEPT_IDENTITY,
    ACCEPT_GZIP,
    ACCEPT_CODINGS,
    ACCEPT_NEITHER = ACCEPT_CODINGS
};
enum accept_coding accept_coding(const char *value);

/* Whether an If-None-Match has this entity tag, "\"x\"" or "W/\"x\"", or is "*": then the answer
 * is 304. As that header wants it, a weak tag is as good as a strong one. */
bool accept_has_etag(const char *value, const char *etag);

#endif
