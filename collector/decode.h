/* SPDX-License-Identifier: MIT */
/* decode.h - from a delivery's bytes to observations: one function a format, found in a table */
#ifndef COLLECTOR_DECODE_H
#define COLLECTOR_DECODE_H

#include "batch.h"

/* Fills the batch; what cannot be taken becomes a refusal with its place. */
typedef void decoder(const char *bytes, size_t size, struct batch *batch);

/* "json": one observation or an array of them, as objects with the report's fields and a
 * "labels" object; strings, or numbers whose digits are kept as written.
 * "csv": RFC 4180, UTF-8 with or without BOM, a header with the report's fields and label names. */
decoder decode_json, decode_csv;

/* NULL for a format that there is not. */
decoder *decode_find(const char *format);

#endif
