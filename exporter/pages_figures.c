/* SPDX-License-Identifier: MIT */
/* pages_figures.c - the table of figures on the landing page */
#include "pages_figures.h"

#include "qualifier.h"
#include "siblings.h"
#include "unit_name.h"

#include <string.h>

enum { MOST_SHOWN = 6 }; /* series of a figure whose values are shown */

/* The statement with the newest period; NULL: none. */
static const struct statement *newest_of(const struct siblings *siblings)
{
    const struct statement *newest = NULL;
    for (size_t i = 0; i < siblings->count; i++) {
        const struct statement *other = siblings->series[i].newest;
        if (other != NULL &&
            (newest == NULL || period_as_of(&other->period) > period_as_of(&newest->period)))
            newest = other;
    }
    return newest;
}

/* Of a lone series that has no value; NULL: there is none, or nothing is in force. */
static const struct vintage *gap_of(const struct siblings *siblings)
{
    const struct snapshot_series *series = siblings->series;
    return siblings->count == 1 && series->newest == NULL ? series->vintage : NULL;
}

static void put_link(const struct html *html, const char *before, const char *name,
                     const char *after, const char *words)
{
    text_printf(html->out, "<a href=\"%s", before);
    html_escape(html, name);
    text_printf(html->out, "%s\">%s</a>", after, words);
}

static void put_looks(const struct html *html, const struct siblings *siblings)
{
    const char *name = siblings->figure->name;
    if (siblings->count == 0)
        return;
    put_link(html, "graph/", name, ".png?lang=en", "<span lang=\"en\">graph</span>");
    html_put(html, " · ");
    put_link(html, "graph/", name, ".png?lang=zh", "<span lang=\"zh\">图</span>");
    html_put(html, " · ");
    put_link(html, "api/v1/export?format=excel-csv&amp;figure%5B%5D=", name, "", "CSV");
    html_put(html, " · ");
    put_link(html, "api/v1/observations?figure%5B%5D=", name, "", "JSON");
}

static void put_titles(const struct html *html, const struct figure *figure)
{
    html_escape(html, html_in(html, figure->title_en, figure->title_zh));
    html_say(html, " · <span lang=\"zh\">", " · <span lang=\"en\">");
    html_escape(html, html_in(html, figure->title_zh, figure->title_en));
    html_put(html, "</span><br>\n<code>");
    html_escape(html, figure->name);
    html_put(html, "</code><br>\n<small>");
    html_escape(html, figure->help);
    html_put(html, "</small>");
}

static void put_kind(const struct html *html, const struct figure *figure)
{
    if (figure->kind == FIGURE_STOCK)
        html_say(html, "stock", "存量");
    else
        html_say(html, "flow", "流量");
    if (figure->unit != NULL) {
        html_say(html, ", in ", "，单位 ");
        html_escape(html, unit_name(figure->unit, html->chinese));
    }
}

/* "more than 12 (provisional)", "超过 12（暂定）" */
static void put_value(const struct html *html, const struct statement *statement)
{
    uint32_t set = qualifiers_of(statement);
    const char *words[QUALIFIERS];
    for (size_t i = 0; i < QUALIFIERS; i++)
        words[i] = html_in(html, qualifiers[i].english, qualifiers[i].chinese);
    for (size_t i = 0; i < QUALIFIERS; i++)
        if ((set >> i & 1) && qualifiers[i].family == &comparator_family)
            text_printf(html->out, "%s ", words[i]);
    html_put(html, statement->value.text);
    for (size_t i = 0; i < QUALIFIERS; i++)
        if ((set >> i & 1) && qualifiers[i].family == &obs_status_family)
            text_printf(html->out, "%s%s%s", html_in(html, " (", "（"), words[i],
                        html_in(html, ")", "）"));
}

static void put_period(const struct html *html, const struct siblings *siblings,
                       const struct statement *newest)
{
    char as_of[PERIOD_TIME];
    const struct vintage *gap = gap_of(siblings);
    if (newest == NULL && gap == NULL)
        return;
    const struct period *period = newest != NULL ? &newest->period : &gap->statement.period;
    period_write_time(period_as_of(period), as_of);
    html_escape(html, period->text);
    if (strcmp(as_of, period->text) != 0)
        text_printf(html->out, "<br>\n<small>%s %s</small>", html_in(html, "as of", "截至"), as_of);
}

static void put_gap(const struct html *html, const struct snapshot_series *series)
{
    const struct vintage *gap = series->vintage;
    const struct qualifier *reason = qualifier_of_gap(&gap->statement, gap->valued);
    html_say(html, reason->english, reason->chinese);
}

static void put_newest(const struct html *html, const struct snapshot_series *series)
{
    if (series->newest != NULL)
        put_value(html, series->newest);
    else if (series->vintage != NULL)
        put_gap(html, series);
    else
        html_say(html, "not yet begun", "尚未生效");
}

static bool differ_in(const struct siblings *siblings, const char *label)
{
    for (size_t i = 1; i < siblings->count; i++)
        if (strcmp(snapshot_label(siblings->series, label),
                   snapshot_label(&siblings->series[i], label)) != 0)
            return true;
    return false;
}

/* The values of the labels that tell this series from the others. */
static void put_distinction(const struct html *html, const struct siblings *siblings,
                            const struct snapshot_series *series)
{
    const char *before = "";
    for (size_t i = 0; i < series->label_count; i++)
        if (differ_in(siblings, series->labels[i].name)) {
            html_put(html, before);
            html_escape(html, series->labels[i].value);
            before = html_in(html, ", ", "，");
        }
    html_put(html, before[0] != '\0' ? html_in(html, ": ", "：") : "");
}

/* "built: 4", and the period in parentheses if it is not the one shown beside it. */
static void put_one_of(const struct html *html, const struct siblings *siblings,
                       const struct snapshot_series *series, const struct statement *newest)
{
    put_distinction(html, siblings, series);
    put_newest(html, series);
    if (series->newest == NULL || strcmp(series->newest->period.text, newest->period.text) == 0)
        return;
    html_put(html, " <small>(");
    html_escape(html, series->newest->period.text);
    html_put(html, ")</small>");
}

static void put_values(const struct html *html, const struct siblings *siblings,
                       const struct statement *newest)
{
    if (siblings->count == 0) {
        html_say(html, "not reported yet", "尚无报告");
    } else if (siblings->count == 1) {
        put_newest(html, siblings->series);
    } else if (siblings->count > MOST_SHOWN) {
        text_printf(html->out, "%zu %s", siblings->count, html_in(html, "series", "个序列"));
    } else {
        for (size_t i = 0; i < siblings->count; i++) {
            html_put(html, i > 0 ? "<br>\n" : "");
            put_one_of(html, siblings, &siblings->series[i], newest);
        }
    }
}

/* Of a figure that is not overdue: they may have ended for good. */
static void put_late(const struct html *html, const struct siblings *siblings, int64_t now)
{
    size_t late = siblings_late(siblings, now);
    if (late == 0)
        return;
    if (html->chinese)
        text_printf(html->out, "<br>\n<small>%zu 个序列中有 %zu 个逾期</small>", siblings->count,
                    late);
    else
        text_printf(html->out, "<br>\n<small>%zu of %zu series late</small>", late,
                    siblings->count);
}

static void put_due(const struct html *html, const struct siblings *siblings, int64_t now)
{
    if (siblings->due == SNAPSHOT_NEVER && siblings->figure->freq == '\0') {
        html_say(html, "no rhythm", "不定期");
    } else if (siblings->due == SNAPSHOT_NEVER) {
        html_say(html, "not known", "未知");
    } else if (siblings_are_overdue(siblings, now)) {
        html_say(html, "<strong>overdue since ", "<strong>已逾期，应报日期 ");
        html_time(html, siblings->due);
        html_put(html, "</strong>");
    } else {
        html_time(html, siblings->due);
        put_late(html, siblings, now);
    }
}

static void put_figure(const struct html *html, const struct siblings *siblings, int64_t now)
{
    const struct statement *newest = newest_of(siblings);
    html_put(html, "<tr id=\"");
    html_escape(html, siblings->figure->name);
    html_put(html, "\"><td>");
    put_titles(html, siblings->figure);
    html_put(html, "</td>\n<td>");
    put_values(html, siblings, newest);
    html_put(html, "</td><td>");
    put_period(html, siblings, newest);
    html_put(html, "</td><td>");
    put_due(html, siblings, now);
    html_put(html, "</td><td>");
    put_kind(html, siblings->figure);
    html_put(html, "</td>\n<td>");
    put_looks(html, siblings);
    html_put(html, "</td></tr>\n");
}

void pages_figures(const struct html *html, const struct snapshot *snapshot, size_t first,
                   size_t count, int64_t now)
{
    html_put(html, "<div class=\"table\"><table class=\"figures\">\n<thead><tr>");
    html_say(html,
             "<th>Figure</th><th>Newest value</th><th>Newest period</th><th>Next due</th>"
             "<th>Kind</th><th>Look</th>",
             "<th>指标</th><th>最新数值</th><th>最新时期</th><th>下次应报</th>"
             "<th>类型</th><th>查看</th>");
    html_put(html, "</tr></thead>\n<tbody>\n");
    const struct catalogue *catalogue = &snapshot->settings->catalogue;
    for (size_t i = 0, at = 0; i < catalogue->count && i < first + count; i++) {
        const struct figure *figure = &catalogue->figures[i];
        struct siblings siblings = siblings_next(snapshot, figure, &at);
        if (i >= first)
            put_figure(html, &siblings, now);
    }
    html_put(html, "</tbody>\n</table></div>\n");
}
