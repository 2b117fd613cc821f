/* SPDX-License-Identifier: MIT */
/* html.h - text of an HTML page, in English or Chinese */
#ifndef EXPORTER_HTML_H
#define EXPORTER_HTML_H

#include "../almanac/text.h"

#include <stdint.h>

struct html {
    struct text *out;
    bool chinese;
};

/* Picks the string of the page's language. */
const char *html_in(const struct html *html, const char *english, const char *chinese);
/* html_in, added as it is. */
void html_say(const struct html *html, const char *english, const char *chinese);

void html_put(const struct html *html, const char *markup);
void html_escape(const struct html *html, const char *string); /* in text, and in "attributes" */
void html_time(const struct html *html, int64_t seconds);      /* as in period_write_time */

#endif
