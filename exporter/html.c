/* SPDX-License-Identifier: MIT */
/* html.c - text of an HTML page, in English or Chinese */
#include "html.h"

#include "../almanac/period.h"

const char *html_in(const struct html *html, const char *english, const char *chinese)
{
    return html->chinese ? chinese : english;
}

void html_say(const struct html *html, const char *english, const char *chinese)
{
    text_put(html->out, html_in(html, english, chinese));
}

void html_put(const struct html *html, const char *markup)
{
    text_put(html->out, markup);
}

void html_escape(const struct html *html, const char *string)
{
    for (const char *at = string; *at != '\0'; at++) {
        switch (*at) {
        case '&': html_put(html, "&amp;"); break;
        case '<': html_put(html, "&lt;"); break;
        case '>': html_put(html, "&gt;"); break;
        case '"': html_put(html, "&quot;"); break;
        case '\'': html_put(html, "&#39;"); break;
        default: text_char(html->out, *at);
        }
    }
}

void html_time(const struct html *html, int64_t seconds)
{
    char time[PERIOD_TIME];
    period_write_time(seconds, time);
    html_put(html, time);
}
