/* SPDX-License-Identifier: MIT */
/* reduce.h - strips layout from published text and keeps track of the original places */
#ifndef COLLECTOR_REDUCE_H
#define COLLECTOR_REDUCE_H

#include "../almanac/text.h"

/* Maps the bytes from at on to the original from from on. */
struct origin {
    size_t at, from;
};

/* One line per paragraph; tabs separate the cells of a table row. White space next to a Chinese
 * character or full-width punctuation is removed, any other becomes one blank. */
struct reduced {
    struct text text;
    struct origin *origins; /* ascending */
    size_t count, room;
};

/* UTF-8 to UTF-8; zero-initialise reduced. In plain text, as from pdftotext, a blank line after the
 * end of a sentence ends a paragraph, and any other line break is white space; page breaks become
 * line breaks, and page numbers next to them are removed, as is a hyphen at a line's end between
 * small letters. In HTML, tags, comments, scripts and styles are removed, block elements become
 * paragraphs, entities become characters. */
void reduce_plain(const char *bytes, size_t size, struct reduced *reduced);
void reduce_html(const char *bytes, size_t size, struct reduced *reduced);
void reduced_free(struct reduced *reduced);

/* The offset in the original of the byte at this offset. */
size_t reduced_origin(const struct reduced *reduced, size_t at);

#endif
