/* SPDX-License-Identifier: MIT */
/* decode.h - decodes deliveries into observations, with one decoder per format */
#ifndef COLLECTOR_DECODE_H
#define COLLECTOR_DECODE_H

#include "batch.h"

#include <stdbool.h>

/* Fills the batch; whatever is wrong becomes a refusal with its place. */
typedef void decoder(const char *bytes, size_t size, struct batch *batch);

/* "json": one observation or an array of them: objects with the report's fields and a "labels"
 * object; values are strings, or numbers whose digits are kept as written; null: not given. The
 * form says how many values the text has; a malformed value is refused whole, and with one value
 * per line reading goes on at the next line. Places: ":LINE:COLUMN" in the text, "[INDEX].field" or
 * ".field" in an observation, preceded by ":LINE" if there are several values or lines.
 * "csv": RFC 4180, UTF-8 with or without BOM, a header with the report's fields and label names; or
 * as the form's mapping says; rows of empty cells, and columns whose header is empty as well, say
 * nothing. "sdmx-csv": SDMX-CSV 2.0 or 1.0; the form's dataflow gives the
 * meaning of its components, by default that of ALMANAC:FIGURES(1.0). Places of both:
 * ":LINE:COLUMN", the line on which the field begins and its position in the row.
 * "metrics": text 0.0.4 or OpenMetrics 1.0; the form's page chooses the families. Places:
 * ":LINE:COLUMN", in characters.
 * "text": prose; the form's rules find the observations. Places: ":LINE:COLUMN" in the text, or ""
 * for the text as a whole. */
decoder decode_json, decode_csv, decode_sdmx_csv, decode_metrics, decode_text;

/* Whether the bytes do not begin like a ZIP archive, a PDF or such; if they do, refuses them. */
bool decode_may_be_text(const char *bytes, size_t size, struct batch *batch);

/* Calls the decoder of the batch's form, if the bytes may be text. */
void decode_delivery(const char *bytes, size_t size, struct batch *batch);

/* For the decoders: whether the bytes are non-empty UTF-8 text; if not, refuses them with the line.
 * Skips a byte order mark. */
bool decode_is_text(const char **bytes, size_t *size, struct batch *batch);

/* Calls the decoder with the bytes as UTF-8, from the encoding (as charset.h names it; NULL: UTF-8
 * already); or refuses them. */
void decode_from(const char *encoding, decoder *decode, const char *bytes, size_t size,
                 struct batch *batch);

#endif
