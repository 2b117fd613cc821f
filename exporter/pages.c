/* SPDX-License-Identifier: MIT */
/* pages.c - the HTML pages for a browser */
#include "pages.h"

#include "qualifier.h"

#include <string.h>

enum { MOST_NAMED = 20 }; /* names shown at the top, per kind of problem */

static const char page_top[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<title>Almanac</title>\n"
    "<style>\n"
    "body { font-family: sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em }\n"
    "table { border-collapse: collapse }\n"
    "th, td { text-align: left; vertical-align: top; padding: 0.4em 1em 0.4em 0 }\n"
    "tbody tr { border-top: 1px solid #8888 }\n"
    "td:first-child { min-width: 14em }\n"
    "td + td { white-space: nowrap }\n"
    "small { opacity: 0.75 }\n"
    ".table { overflow-x: auto }\n"
    "</style>\n"
    "</head>\n"
    "<body>\n"
    "<h1>Almanac</h1>\n";

static const char figures_top[] =
    "<div class=\"table\"><table>\n"
    "<thead><tr><th>Figure</th><th>Kind</th><th>Series</th><th>Newest period</th>"
    "<th>Newest value</th><th>Next due</th><th>Look</th></tr></thead>\n"
    "<tbody>\n";

static const char addresses[] =
    "<li><a href=\"api/v1/figures\">/api/v1/figures</a>, <a href=\"api/v1/series\">series</a>, "
    "<a href=\"api/v1/observations\">observations</a>: what was reported, as JSON "
    "(<a href=\"api/v1/openapi.json\">OpenAPI</a>)</li>\n"
    "<li><a href=\"api/v1/export?format=csv\">/api/v1/export</a>: all of it, as CSV, SDMX-CSV, "
    "JSON or OpenMetrics</li>\n"
    "<li>/graph/FIGURE.png?from=2024&amp;to=2024-06&amp;label[]=NAME=VALUE&amp;lang=en: a figure's "
    "history as a picture; with asOf=2024-09-01 as it was known on that day</li>\n"
    "<li>/api/v1/read: the history, for <code>remote_read</code> in a Prometheus</li>\n"
    "<li><a href=\"-/healthy\">/-/healthy</a>: whether the exporter runs</li>\n"
    "<li><a href=\"-/ready\">/-/ready</a>: whether it has read the ledger</li>\n"
    "</ul>\n"
    "</body>\n"
    "</html>\n";

/* A figure and its series in the snapshot. */
struct standing {
    const struct figure *figure;
    const struct snapshot_series *series;
    size_t count;
    int64_t due; /* of the series with the latest period, or SNAPSHOT_NEVER */
};

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

static void put_time(struct text *page, int64_t seconds)
{
    char time[PERIOD_TIME];
    period_write_time(seconds, time);
    text_put(page, time);
}

/* For the figure at the index, whose series begin at *at: both are sorted by name. */
static struct standing standing_of(const struct snapshot *snapshot, size_t index, size_t *at)
{
    struct standing standing = { .figure = &snapshot->settings->figures[index],
                                 .series = &snapshot->series[*at],
                                 .due = SNAPSHOT_NEVER };
    for (; *at < snapshot->series_count && snapshot->series[*at].figure == standing.figure; ++*at) {
        const struct snapshot_series *series = &snapshot->series[*at];
        standing.count++;
        if (series->due > standing.due)
            standing.due = series->due;
    }
    return standing;
}

/* The statement with the newest period; NULL: none. */
static const struct statement *newest_of(const struct standing *standing)
{
    const struct statement *newest = NULL;
    for (size_t i = 0; i < standing->count; i++) {
        const struct statement *other = standing->series[i].newest;
        if (other != NULL &&
            (newest == NULL || period_as_of(&other->period) > period_as_of(&newest->period)))
            newest = other;
    }
    return newest;
}

static bool is_overdue(const struct standing *standing, int64_t now)
{
    return standing->due != SNAPSHOT_NEVER && standing->due <= now;
}

static void put_link(struct text *page, const char *before, const char *name, const char *after,
                     const char *words)
{
    text_printf(page, "<a href=\"%s", before);
    put_escaped(page, name);
    text_printf(page, "%s\">%s</a>", after, words);
}

static void put_looks(struct text *page, const struct standing *standing)
{
    const char *name = standing->figure->name;
    if (standing->count == 0)
        return;
    put_link(page, "graph/", name, ".png?lang=en", "graph");
    text_put(page, " · ");
    put_link(page, "graph/", name, ".png?lang=zh", "<span lang=\"zh\">图</span>");
    text_put(page, " · ");
    put_link(page, "api/v1/export?format=csv&amp;figure%5B%5D=", name, "", "CSV");
    text_put(page, " · ");
    put_link(page, "api/v1/observations?figure%5B%5D=", name, "", "JSON");
}

static void put_title(struct text *page, const struct figure *figure)
{
    put_escaped(page, figure->title_en);
    text_put(page, " · <span lang=\"zh\">");
    put_escaped(page, figure->title_zh);
    text_put(page, "</span><br>\n<code>");
    put_escaped(page, figure->name);
    text_put(page, "</code><br>\n<small>");
    put_escaped(page, figure->help);
    text_put(page, "</small>");
}

static void put_kind(struct text *page, const struct figure *figure)
{
    text_put(page, figure->kind == FIGURE_STOCK ? "stock" : "flow");
    if (figure->unit != NULL) {
        text_put(page, ", in ");
        put_escaped(page, figure->unit);
    }
}

/* "more than 12 (provisional)" */
static void put_value(struct text *page, const struct statement *statement)
{
    uint32_t set = qualifiers_of(statement);
    for (size_t i = 0; i < QUALIFIERS; i++)
        if ((set >> i & 1) && qualifiers[i].family == &comparator_family)
            text_printf(page, "%s ", qualifiers[i].english);
    text_put(page, statement->value.text);
    for (size_t i = 0; i < QUALIFIERS; i++)
        if ((set >> i & 1) && qualifiers[i].family == &obs_status_family)
            text_printf(page, " (%s)", qualifiers[i].english);
}

static void put_period(struct text *page, const struct standing *standing,
                       const struct statement *newest)
{
    char as_of[PERIOD_TIME];
    if (standing->count == 0)
        text_put(page, "not reported yet");
    if (newest == NULL)
        return;
    const struct period *period = &newest->period;
    period_write_time(period_as_of(period), as_of);
    put_escaped(page, period->text);
    if (strcmp(as_of, period->text) != 0)
        text_printf(page, "<br>\n<small>as of %s</small>", as_of);
}

static void put_newest(struct text *page, const struct standing *standing,
                       const struct statement *newest)
{
    if (standing->count > 1)
        text_printf(page, "one of each series");
    else if (newest != NULL)
        put_value(page, newest);
    else if (standing->count == 1)
        text_put(page, "withdrawn, or not yet begun");
}

static void put_due(struct text *page, const struct standing *standing, int64_t now)
{
    if (standing->due == SNAPSHOT_NEVER) {
        text_put(page, standing->figure->freq == '\0' ? "no rhythm" : "not known");
    } else if (is_overdue(standing, now)) {
        text_put(page, "<strong>overdue since ");
        put_time(page, standing->due);
        text_put(page, "</strong>");
    } else {
        put_time(page, standing->due);
    }
}

static void put_figure(struct text *page, const struct standing *standing, int64_t now)
{
    const struct statement *newest = newest_of(standing);
    text_put(page, "<tr id=\"");
    put_escaped(page, standing->figure->name);
    text_put(page, "\"><td>");
    put_title(page, standing->figure);
    text_put(page, "</td>\n<td>");
    put_kind(page, standing->figure);
    text_printf(page, "</td><td>%zu</td><td>", standing->count);
    put_period(page, standing, newest);
    text_put(page, "</td><td>");
    put_newest(page, standing, newest);
    text_put(page, "</td><td>");
    put_due(page, standing, now);
    text_put(page, "</td>\n<td>");
    put_looks(page, standing);
    text_put(page, "</td></tr>\n");
}

size_t pages_count(const struct snapshot *snapshot)
{
    size_t figures = snapshot->settings->figure_count;
    return figures == 0 ? 1 : (figures + PAGES_FIGURES - 1) / PAGES_FIGURES;
}

static void put_pages(struct text *page, const struct landing *landing)
{
    size_t count = pages_count(landing->snapshot);
    if (count == 1)
        return;
    text_put(page, "<p>Page");
    for (size_t i = 1; i <= count; i++)
        if (i == landing->page)
            text_printf(page, " <strong>%zu</strong>", i);
        else
            text_printf(page, " <a href=\"?page=%zu\">%zu</a>", i, i);
    text_put(page, "</p>\n");
}

static void put_figures(struct text *page, const struct landing *landing)
{
    const struct snapshot *snapshot = landing->snapshot;
    size_t first = (landing->page - 1) * PAGES_FIGURES, at = 0;
    text_printf(page, "<h2>Figures</h2>\n");
    put_pages(page, landing);
    text_put(page, figures_top);
    for (size_t i = 0; i < snapshot->settings->figure_count && i < first + PAGES_FIGURES; i++) {
        struct standing standing = standing_of(snapshot, i, &at);
        if (i >= first)
            put_figure(page, &standing, landing->now);
    }
    text_put(page, "</tbody>\n</table></div>\n");
    put_pages(page, landing);
}

static void put_ledger(struct text *page, const struct landing *landing)
{
    const struct snapshot *snapshot = landing->snapshot;
    size_t figures = snapshot->settings->figure_count;
    text_put(page, landing->ledger_up
                       ? "<p>The ledger is read"
                       : "<p><strong>The ledger cannot be read</strong>; this is what it said the "
                         "last time");
    text_printf(page, ": %zu figure%s, %zu series, %lld observation%s.</p>\n", figures,
                figures == 1 ? "" : "s", snapshot->series_count, (long long)snapshot->newest,
                snapshot->newest == 1 ? "" : "s");
}

static const struct source_state *state_of(const struct snapshot *snapshot, const char *source)
{
    for (size_t i = 0; i < snapshot->source_count; i++)
        if (strcmp(snapshot->sources[i].source, source) == 0)
            return &snapshot->sources[i];
    return NULL;
}

/* The number of items with a problem, and the names of the first. */
struct worries {
    size_t count;
    struct text names;
};

static void add_worry(struct worries *worries, size_t page, const char *name)
{
    if (worries->count++ >= MOST_NAMED)
        return;
    text_printf(&worries->names, "%s<a href=\"?page=%zu#", worries->count == 1 ? "" : ", ", page);
    put_escaped(&worries->names, name);
    text_put(&worries->names, "\">");
    put_escaped(&worries->names, name);
    text_put(&worries->names, "</a>");
}

static void put_worries(struct text *page, struct worries *worries, const char *words)
{
    if (worries->count == 0)
        text_printf(page, "<p>%s: none.</p>\n", words);
    else
        text_printf(page, "<p><strong>%s: %zu</strong> (%s%s)</p>\n", words, worries->count,
                    worries->names.bytes, worries->count > MOST_NAMED ? ", …" : "");
    page->failed |= worries->names.failed;
    text_free(&worries->names);
}

static void put_overdue(struct text *page, const struct landing *landing)
{
    const struct snapshot *snapshot = landing->snapshot;
    struct worries worries = { 0 };
    size_t at = 0;
    for (size_t i = 0; i < snapshot->settings->figure_count; i++) {
        struct standing standing = standing_of(snapshot, i, &at);
        if (is_overdue(&standing, landing->now))
            add_worry(&worries, i / PAGES_FIGURES + 1, standing.figure->name);
    }
    put_worries(page, &worries, "Overdue reports");
}

static void put_failing(struct text *page, const struct landing *landing)
{
    const struct snapshot *snapshot = landing->snapshot;
    struct worries worries = { 0 };
    for (size_t i = 0; i < snapshot->source_count; i++)
        if (!snapshot->sources[i].up)
            add_worry(&worries, landing->page, snapshot->sources[i].source);
    put_worries(page, &worries, "Failing sources");
}

static void put_source(struct text *page, const char *name, const struct source_state *state)
{
    text_put(page, "<tr id=\"");
    put_escaped(page, name);
    text_put(page, "\"><td>");
    put_escaped(page, name);
    text_put(page, "</td><td>");
    if (state == NULL)
        text_put(page, "not asked yet");
    else
        text_put(page, state->up ? "well" : "<strong>fails</strong>");
    text_put(page, "</td><td>");
    if (state != NULL && state->last_success_ms > 0)
        put_time(page, state->last_success_ms / 1000);
    else
        text_put(page, "never");
    text_put(page, "</td></tr>\n");
}

static void put_sources(struct text *page, const struct snapshot *snapshot)
{
    const struct settings *settings = snapshot->settings;
    if (settings->source_count == 0)
        return;
    text_put(page, "<h2>Sources</h2>\n"
                   "<div class=\"table\"><table>\n"
                   "<thead><tr><th>Source</th><th>Last time</th><th>Read last</th></tr></thead>\n"
                   "<tbody>\n");
    for (size_t i = 0; i < settings->source_count; i++)
        put_source(page, settings->sources[i].name, state_of(snapshot, settings->sources[i].name));
    text_put(page, "</tbody>\n</table></div>\n");
}

static void put_addresses(struct text *page, const char *metrics_path)
{
    text_put(page, "<h2>Addresses</h2>\n<ul>\n<li><a href=\"");
    put_escaped(page, metrics_path + 1); /* relative */
    text_put(page, "\">");
    put_escaped(page, metrics_path);
    text_put(page, "</a>: the newest reported figures, for Prometheus</li>\n");
    text_put(page, addresses);
}

void pages_landing(struct text *page, const struct landing *landing)
{
    text_put(page, page_top);
    if (landing->ready) {
        put_ledger(page, landing);
        put_overdue(page, landing);
        put_failing(page, landing);
        put_figures(page, landing);
        put_sources(page, landing->snapshot);
    } else {
        text_put(page, "<p><strong>The ledger has not been read yet</strong>; the log says "
                       "why.</p>\n");
    }
    put_addresses(page, landing->metrics_path);
}
