/* SPDX-License-Identifier: MIT */
/* test_pages.c - what a browser is shown */
#include "../../exporter/pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct figure figures[] = {
    { .name = "fund_size_cny",
      .title_en = "Fund size",
      .title_zh = "基金规模",
      .help = "Planned." },
    { .name = "pilot_platforms",
      .title_en = "Pilot platforms",
      .title_zh = "中试平台",
      .help = "All." },
    { .name = "rank", .title_en = "<b>R&D's \"rank\"</b>", .title_zh = "排名", .help = "1 < 2" },
};
static const struct snapshot_series series[] = {
    { .id = 1, .figure = &figures[1] },
    { .id = 2, .figure = &figures[1] },
    { .id = 3, .figure = &figures[2] },
};

static void landing(struct text *page, size_t series_count)
{
    struct settings settings = { .figures = figures, .figure_count = 3 };
    const struct snapshot snapshot = { .settings = &settings,
                                       .series = series,
                                       .series_count = series_count };
    pages_landing(page, &snapshot, "/metrics");
    assert_false(text_failed(page));
}

static void must_have(const struct text *page, const char *words, bool expected)
{
    if ((strstr(page->bytes, words) != NULL) != expected)
        fail_msg("the page has %s'%s'", expected ? "no " : "", words);
}

static void the_page_links_to_every_address(void **state)
{
    struct text page = { 0 };
    (void)state;
    landing(&page, 3);
    must_have(&page, "<a href=\"metrics\">", true);
    must_have(&page, "<a href=\"-/healthy\">", true);
    must_have(&page, "<a href=\"-/ready\">", true);
    must_have(&page,
              "<a href=\"graph/pilot_platforms.png?lang=en\" lang=\"en\">Pilot platforms</a>",
              true);
    must_have(&page, "<a href=\"graph/pilot_platforms.png?lang=zh\" lang=\"zh\">中试平台</a>",
              true);
    must_have(&page, "<a href=\"graph/rank.png?lang=en\"", true);
    text_free(&page);
}

static void a_figure_that_nobody_reported_has_no_graph(void **state)
{
    struct text page = { 0 };
    (void)state;
    landing(&page, 3);
    must_have(&page, "Fund size · <span lang=\"zh\">基金规模</span>, not reported yet", true);
    must_have(&page, "graph/fund_size_cny.png", false);
    text_clear(&page);
    landing(&page, 0);
    must_have(&page, "graph/", false);
    text_free(&page);
}

static void each_figure_is_listed_once(void **state)
{
    struct text page = { 0 };
    (void)state;
    landing(&page, 3);
    const char *first = strstr(page.bytes, "<code>pilot_platforms</code></dt>\n<dd>All.</dd>");
    assert_non_null(first);
    assert_null(strstr(first + 1, "<code>pilot_platforms</code>"));
    text_free(&page);
}

static void words_are_escaped(void **state)
{
    struct text page = { 0 };
    (void)state;
    landing(&page, 3);
    must_have(&page, "&lt;b&gt;R&amp;D&#39;s &quot;rank&quot;&lt;/b&gt;</a>", true);
    must_have(&page, "<dd>1 &lt; 2</dd>", true);
    must_have(&page, "<b>", false);
    text_free(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_links_to_every_address),
        cmocka_unit_test(a_figure_that_nobody_reported_has_no_graph),
        cmocka_unit_test(each_figure_is_listed_once),
        cmocka_unit_test(words_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
