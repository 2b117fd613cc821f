/* SPDX-License-Identifier: MIT */
/* reduce.h - published text without what only lays it out, and where its characters stood */
#ifndef COLLECTOR_REDUCE_H
#define COLLECTOR_REDUCE_H

#include "../almanac/text.h"

/* What the bytes from here on were made of. */
struct origin {
    size_t at, from;
};

/* One line a paragraph; cells of a table's row are set apart by tabs. White space next to a Chinese
 * character or full-width punctuation is gone, any other is one blank. */
struct reduced {
    struct text text;
    struct origin *origins; /* ascending */
    size_t count, room;
};

/* UTF-8 to UTF-8; reduced is zero-initialised. Of plain text, as pdftotext writes it, a blank line
 * behind the end of a sentence ends a paragraph, any other line break is white space; page breaks
 * are line breaks, page numbers beside them are gone, and so is a hyphen between small letters that
 * ends a line. Of HTML the tags, comments, scripts and styles are gone, block elements are
 * paragraphs, entities are characters. */
void reduce_plain(const char *bytes, size_t size, struct reduced *reduced);
void reduce_html(const char *bytes, size_t size, struct reduced *reduced);
void reduced_free(struct reduced *reduced);

/* Where in the original the byte at this offset was. */
size_t reduced_origin(const struct reduced *reduced, size_t at);

#endif
