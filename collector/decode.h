/* SPDX-License-Identifier: MIT */
/* decode.h - from a delivery's bytes to observations: one function a format, found in a table */
#ifndef COLLECTOR_DECODE_H
#define COLLECTOR_DECODE_H

#include "../almanac/text.h"
#include "batch.h"

#include <stdbool.h>

/* Fills the batch; what cannot be taken becomes a refusal with its place. */
typedef void decoder(const char *bytes, size_t size, struct batch *batch);

/* "json": one observation or an array of them, as objects with the report's fields and a
 * "labels" object; strings, or numbers whose digits are kept as written; null: not given. How many
 * such values there are says the form; one that is no JSON is refused whole, and of a line the next
 * is read. Places: ":LINE:COLUMN" in the text, "[INDEX].field" or ".field" in an observation,
 * behind ":LINE" where there are several values, and on lines.
 * "csv": RFC 4180, UTF-8 with or without BOM, a header with the report's fields and label names; or
 * as the form's mapping says. "sdmx-csv": SDMX-CSV 2.0 with ids alone; what its components mean
 * says the form's dataflow, without one they are those of ALMANAC:FIGURES(1.0). Places of both:
 * ":LINE:COLUMN", the line where the field begins and its position in the row.
 * "metrics": text 0.0.4 or OpenMetrics 1.0; of it the families that the form's page names. Places:
 * ":LINE:COLUMN", of characters.
 * "text": whatever people write; the form's rules find the observations in it.
 * Places: ":LINE:COLUMN" in the text, or "" of what is nowhere in it. */
decoder decode_json, decode_csv, decode_sdmx_csv, decode_metrics, decode_text;

/* By the decoder of the batch's form. */
void decode_delivery(const char *bytes, size_t size, struct batch *batch);

/* For the decoders: whether the bytes are text to begin with, not empty and UTF-8 throughout; if
 * not, that is refused with its line. A byte order mark is stepped over. */
bool decode_is_text(const char **bytes, size_t *size, struct batch *batch);

/* The same of another encoding (as iconv names it): puts the bytes into the text as UTF-8. */
bool decode_to_utf8(const char *encoding, const char *bytes, size_t size, struct text *text,
                    struct batch *batch);

#endif
