/* SPDX-License-Identifier: MIT */
/* pages.c - what a browser is shown: HTML */
#include "pages.h"

#include <string.h>

static const char page_top[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>Almanac</title>\n"
    "<style>body { font-family: sans-serif; margin: 2em auto; max-width: 50em; padding: 0 1em }\n"
    "dt { margin-top: 1em } code { color: #555 }</style>\n"
    "</head>\n"
    "<body>\n"
    "<h1>Almanac</h1>\n"
    "<ul>\n";

static const char page_middle[] =
    "<li>/api/v1/read: their history, for <code>remote_read</code> in a Prometheus</li>\n"
    "<li><a href=\"api/v1/figures\">/api/v1/figures</a>, <a href=\"api/v1/series\">series</a>, "
    "<a href=\"api/v1/observations\">observations</a>: what was reported, as JSON "
    "(<a href=\"api/v1/openapi.json\">OpenAPI</a>)</li>\n"
    "<li><a href=\"api/v1/export?format=csv\">/api/v1/export</a>: all of it, as CSV, SDMX-CSV, "
    "JSON or OpenMetrics</li>\n"
    "<li><a href=\"-/healthy\">/-/healthy</a>: whether the exporter runs</li>\n"
    "<li><a href=\"-/ready\">/-/ready</a>: whether it has read the ledger</li>\n"
    "</ul>\n"
    "<h2>Figures</h2>\n"
    "<dl>\n";

static const char page_bottom[] = "</dl>\n"
                                  "</body>\n"
                                  "</html>\n";

static void put_escaped(struct text *page, const char *string)
{
    for (const char *at = string; *at != '\0'; at++) {
        switch (*at) {
        case '&': text_put(page, "&amp;"); break;
        case '<': text_put(page, "&lt;"); break;
        case '>': text_put(page, "&gt;"); break;
        case '"': text_put(page, "&quot;"); break;
        case '\'': text_put(page, "&#39;"); break;
        default: text_char(page, *at);
        }
    }
}

static void put_graph_link(struct text *page, const char *name, const char *language,
                           const char *title)
{
    text_put(page, "<a href=\"graph/");
    put_escaped(page, name);
    text_printf(page, ".png?lang=%s\" lang=\"%s\">", language, language);
    put_escaped(page, title);
    text_put(page, "</a>");
}

static void put_title(struct text *page, const struct figure *figure, bool reported)
{
    if (reported) {
        put_graph_link(page, figure->name, "en", figure->title_en);
        text_put(page, " · ");
        put_graph_link(page, figure->name, "zh", figure->title_zh);
    } else {
        put_escaped(page, figure->title_en);
        text_put(page, " · <span lang=\"zh\">");
        put_escaped(page, figure->title_zh);
        text_put(page, "</span>, not reported yet");
    }
}

static void put_figure(struct text *page, const struct figure *figure, bool reported)
{
    text_put(page, "<dt>");
    put_title(page, figure, reported);
    text_put(page, " <code>");
    put_escaped(page, figure->name);
    text_put(page, "</code></dt>\n<dd>");
    put_escaped(page, figure->help);
    text_put(page, "</dd>\n");
}

static void put_metrics_link(struct text *page, const char *path)
{
    text_put(page, "<li><a href=\"");
    put_escaped(page, path + 1); /* relative */
    text_put(page, "\">");
    put_escaped(page, path);
    text_put(page, "</a>: the newest reported figures, for Prometheus</li>\n");
}

void pages_landing(struct text *page, const struct snapshot *snapshot, const char *metrics_path)
{
    const struct settings *settings = snapshot->settings;
    size_t series = 0; /* both are sorted by the figure's name: one walk */
    text_put(page, page_top);
    put_metrics_link(page, metrics_path);
    text_put(page, page_middle);
    for (size_t i = 0; i < settings->figure_count; i++) {
        const struct figure *figure = &settings->figures[i];
        int order = 1;
        for (; series < snapshot->series_count; series++) {
            order = strcmp(snapshot->series[series].figure->name, figure->name);
            if (order >= 0)
                break;
        }
        put_figure(page, figure, order == 0);
    }
    text_put(page, page_bottom);
}
