/* SPDX-License-Identifier: MIT */
/* pages.c - the HTML pages for a browser */
#include "pages.h"

#include "pages_figures.h"
#include "siblings.h"

#include <string.h>

enum { MOST_NAMED = 20 }; /* names shown at the top, per kind of problem */

static const char head[] =
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
    "th, td + td { white-space: nowrap }\n"
    ".figures td:nth-child(2) { white-space: normal; min-width: 12em }\n"
    "small { opacity: 0.75 }\n"
    ".table { overflow-x: auto }\n"
    "@media (max-width: 50em) {\n"
    ".figures thead { display: none }\n"
    ".figures tr { display: block; padding: 0.5em 0 }\n"
    ".figures td { display: block; padding: 0.1em 0 }\n"
    ".figures td:nth-child(2) { font-weight: bold }\n"
    ".figures td:nth-child(4)::before { content: 'next due: ' }\n"
    ":lang(zh) .figures td:nth-child(4)::before { content: '下次应报：' }\n"
    "}\n"
    "</style>\n"
    "</head>\n";

/* query is what the link has behind the path; NULL: text, not a link. */
static const struct address {
    const char *path, *query, *english, *chinese;
} addresses[] = {
    { "/api/v1/figures", "", "the figures and how they are declared, as JSON",
      "指标及其定义（JSON）" },
    { "/api/v1/series", "", "their series, as JSON", "指标的各个序列（JSON）" },
    { "/api/v1/observations", "", "what was reported, as JSON", "已报告的数值（JSON）" },
    { "/api/v1/openapi.json", "", "the description of these (OpenAPI)",
      "以上接口的说明（OpenAPI）" },
    { "/api/v1/export", "?format=csv", "all of it, as CSV, SDMX-CSV, JSON or OpenMetrics",
      "全部数据，格式为 CSV、SDMX-CSV、JSON 或 OpenMetrics" },
    { "/graph/FIGURE.png?from=2024&amp;to=2024-06&amp;label[]=NAME=VALUE&amp;lang=en|zh", NULL,
      "a figure's history as a picture; with asOf=2024-09-01 as it was known on that day",
      "指标的历史走势图；加 asOf=2024-09-01 则按该日已知的数据绘制" },
    { "/api/v1/read", NULL, "the history, for <code>remote_read</code> in a Prometheus",
      "历史数据，供 Prometheus 的 <code>remote_read</code> 读取" },
    { "/-/healthy", "", "whether the exporter runs", "导出程序是否在运行" },
    { "/-/ready", "", "whether it has read the ledger", "是否已读取账本" },
};

size_t pages_count(const struct snapshot *snapshot)
{
    size_t figures = snapshot->settings->catalogue.count;
    return figures == 0 ? 1 : (figures + PAGES_FIGURES - 1) / PAGES_FIGURES;
}

static void put_page_address(const struct html *html, size_t page)
{
    text_printf(html->out, "?%spage=%zu", html_in(html, "", "lang=zh&amp;"), page);
}

static void put_top(const struct html *html, const struct landing *landing)
{
    const char *other = html_in(html, "zh", "en");
    text_printf(html->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n%s<body>\n<h1>Almanac</h1>\n",
                html_in(html, "en", "zh"), head);
    text_printf(html->out, "<p><a href=\"?lang=%s&amp;page=%zu\" lang=\"%s\">%s</a></p>\n", other,
                landing->page, other, html_in(html, "中文", "English"));
}

static void put_pages(const struct html *html, const struct landing *landing)
{
    size_t count = pages_count(landing->snapshot);
    if (count == 1)
        return;
    html_say(html, "<p>Page", "<p>页码");
    for (size_t i = 1; i <= count; i++)
        if (i == landing->page) {
            text_printf(html->out, " <strong>%zu</strong>", i);
        } else {
            html_put(html, " <a href=\"");
            put_page_address(html, i);
            text_printf(html->out, "\">%zu</a>", i);
        }
    html_put(html, "</p>\n");
}

static void put_figures(const struct html *html, const struct landing *landing)
{
    html_say(html, "<h2>Figures</h2>\n", "<h2>指标</h2>\n");
    put_pages(html, landing);
    pages_figures(html, landing->snapshot, (landing->page - 1) * PAGES_FIGURES, PAGES_FIGURES,
                  landing->now);
    put_pages(html, landing);
}

static void put_counts(const struct html *html, const struct snapshot *snapshot)
{
    size_t figures = snapshot->settings->catalogue.count, series = snapshot->series_count;
    long long observations = snapshot->newest;
    if (html->chinese)
        text_printf(html->out, "%zu 个指标，%zu 个序列，%lld 条观测值。</p>\n", figures, series,
                    observations);
    else
        text_printf(html->out, "%zu figure%s, %zu series, %lld observation%s.</p>\n", figures,
                    figures == 1 ? "" : "s", series, observations, observations == 1 ? "" : "s");
}

static void put_ledger(const struct html *html, const struct landing *landing)
{
    if (landing->ledger_up)
        html_say(html, "<p>The ledger is read: ", "<p>账本可读：");
    else
        html_say(html,
                 "<p><strong>The ledger cannot be read</strong>; this is what it said the last "
                 "time: ",
                 "<p><strong>账本无法读取</strong>；以下为上次读到的内容：");
    put_counts(html, landing->snapshot);
}

static const struct source_state *state_of(const struct snapshot *snapshot, const char *source)
{
    for (size_t i = 0; i < snapshot->source_count; i++)
        if (strcmp(snapshot->sources[i].source, source) == 0)
            return &snapshot->sources[i];
    return NULL;
}

/* Before its name in the id of a source: a figure may have the same name, but not with a '-'. */
static const char source_id[] = "source-";

/* The number of items with a problem, and links to the first. */
struct worries {
    const char *id; /* what is before the names in their ids */
    size_t count;
    struct text links;
};

static void add_worry(const struct html *html, struct worries *worries, size_t page,
                      const char *name)
{
    const struct html links = { &worries->links, html->chinese };
    if (worries->count++ >= MOST_NAMED)
        return;
    html_put(&links, worries->count == 1 ? "" : html_in(html, ", ", "、"));
    html_put(&links, "<a href=\"");
    put_page_address(&links, page);
    text_printf(links.out, "#%s", worries->id);
    html_escape(&links, name);
    html_put(&links, "\">");
    html_escape(&links, name);
    html_put(&links, "</a>");
}

static void put_worries(const struct html *html, struct worries *worries, const char *words)
{
    const char *colon = html_in(html, ": ", "：");
    const char *more = worries->count > MOST_NAMED ? html_in(html, ", …", "等") : "";
    if (worries->count == 0)
        text_printf(html->out, "<p>%s%s%s</p>\n", words, colon, html_in(html, "none.", "无。"));
    else
        text_printf(html->out, "<p><strong>%s%s%zu</strong>%s%s%s%s</p>\n", words, colon,
                    worries->count, html_in(html, " (", "（"), worries->links.bytes, more,
                    html_in(html, ")", "）"));
    text_free(&worries->links);
}

static void put_overdue(const struct html *html, const struct landing *landing)
{
    const struct snapshot *snapshot = landing->snapshot;
    struct worries worries = { .id = "" };
    for (size_t i = 0, at = 0; i < snapshot->settings->catalogue.count; i++) {
        const struct figure *figure = &snapshot->settings->catalogue.figures[i];
        struct siblings siblings = siblings_next(snapshot, figure, &at);
        if (siblings_are_overdue(&siblings, landing->now))
            add_worry(html, &worries, i / PAGES_FIGURES + 1, figure->name);
    }
    put_worries(html, &worries, html_in(html, "Overdue reports", "逾期未报"));
}

static void put_failing(const struct html *html, const struct landing *landing)
{
    const struct snapshot *snapshot = landing->snapshot;
    struct worries worries = { .id = source_id };
    for (size_t i = 0; i < snapshot->source_count; i++)
        if (!snapshot->sources[i].up)
            add_worry(html, &worries, landing->page, snapshot->sources[i].source);
    put_worries(html, &worries, html_in(html, "Failing sources", "读取失败的来源"));
}

static void put_state(const struct html *html, const struct source_state *state)
{
    if (state == NULL)
        html_say(html, "not asked yet", "尚未读取");
    else if (state->up)
        html_say(html, "well", "正常");
    else
        html_say(html, "<strong>fails</strong>", "<strong>出错</strong>");
}

static void put_source(const struct html *html, const char *name, const struct source_state *state)
{
    text_printf(html->out, "<tr id=\"%s", source_id);
    html_escape(html, name);
    html_put(html, "\"><td>");
    html_escape(html, name);
    html_put(html, "</td><td>");
    put_state(html, state);
    html_put(html, "</td><td>");
    if (state != NULL && state->last_success_ms > 0)
        html_time(html, state->last_success_ms / 1000);
    else
        html_say(html, "never", "从未");
    html_put(html, "</td></tr>\n");
}

static void put_sources(const struct html *html, const struct snapshot *snapshot)
{
    const struct settings *settings = snapshot->settings;
    if (settings->source_count == 0)
        return;
    html_say(html, "<h2>Sources</h2>\n", "<h2>来源</h2>\n");
    html_put(html, "<div class=\"table\"><table>\n<thead><tr>");
    html_say(html, "<th>Source</th><th>Last time</th><th>Read last</th>",
             "<th>来源</th><th>最近一次读取</th><th>上次成功读取</th>");
    html_put(html, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < settings->source_count; i++)
        put_source(html, settings->sources[i].name, state_of(snapshot, settings->sources[i].name));
    html_put(html, "</tbody>\n</table></div>\n");
}

static void put_metrics(const struct html *html, const char *path)
{
    html_put(html, "<li><a href=\"");
    html_escape(html, path + 1); /* relative */
    html_put(html, "\">");
    html_escape(html, path);
    html_say(html, "</a>: the newest reported figures, for Prometheus</li>\n",
             "</a>：最新报告的数值，供 Prometheus 抓取</li>\n");
}

static void put_address(const struct html *html, const struct address *address)
{
    html_put(html, "<li>");
    if (address->query != NULL)
        text_printf(html->out, "<a href=\"%s%s\">%s</a>", address->path + 1, address->query,
                    address->path); /* relative */
    else
        html_put(html, address->path);
    html_say(html, ": ", "：");
    html_say(html, address->english, address->chinese);
    html_put(html, "</li>\n");
}

static void put_addresses(const struct html *html, const char *metrics_path)
{
    html_say(html, "<h2>Addresses</h2>\n<ul>\n", "<h2>访问地址</h2>\n<ul>\n");
    put_metrics(html, metrics_path);
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        put_address(html, &addresses[i]);
    html_put(html, "</ul>\n</body>\n</html>\n");
}

void pages_landing(struct text *page, const struct landing *landing)
{
    const struct html html = { page, landing->chinese };
    put_top(&html, landing);
    if (landing->ready) {
        put_ledger(&html, landing);
        put_overdue(&html, landing);
        put_failing(&html, landing);
        put_figures(&html, landing);
        put_sources(&html, landing->snapshot);
    } else {
        html_say(&html,
                 "<p><strong>The ledger has not been read yet</strong>; the log says why.</p>\n",
                 "<p><strong>尚未读取账本</strong>；原因见日志。</p>\n");
    }
    put_addresses(&html, landing->metrics_path);
}
