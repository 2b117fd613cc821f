/* SPDX-License-Identifier: MIT */
/* test_pages.c - what a browser is shown */
#include "../../exporter/pages.h"
#include "course_stage.h"

enum { MANY = 2 * PAGES_FIGURES + 1, SOURCES = 3, FAILING = 21 };

static const struct figure figures[] = {
    { .name = "fund_size_cny",
      .unit = "cny",
      .title_en = "Fund size",
      .title_zh = "基金规模",
      .help = "Planned." },
    { .name = "paid",
      .kind = FIGURE_FLOW,
      .freq = 'A',
      .title_en = "Paid",
      .title_zh = "补贴",
      .help = "Paid." },
    { .name = "pilot_platforms",
      .title_en = "Pilot platforms",
      .title_zh = "中试平台",
      .help = "All." },
    { .name = "rank", .title_en = "<b>R&D's \"rank\"</b>", .title_zh = "排名", .help = "1 < 2" },
};

struct site {
    struct statement said[3];
    struct snapshot_series series[4];
    struct source_settings source_settings[SOURCES];
    struct source_state states[SOURCES];
    struct settings settings;
    struct snapshot snapshot;
    struct landing landing;
    struct text page;
};

static void begin(struct site *site)
{
    *site = (struct site){
        .said = { statement_of("2024 >4.50 P"), statement_of("2024-06 7"), statement_of("2023 1") },
        .source_settings = { { .name = "a&b" }, { .name = "bulletin" }, { .name = "new" } },
        .states = { { .source = "a&b" },
                    { .source = "bulletin", .up = true, .last_success_ms = 1700000000000 } },
        .settings = { .catalogue = { figures, 4 },
                      .sources = site->source_settings,
                      .source_count = SOURCES },
        .snapshot = { .settings = &site->settings,
                      .series = site->series,
                      .series_count = 4,
                      .sources = site->states,
                      .source_count = 2,
                      .newest = 12 },
        .landing = { .snapshot = &site->snapshot,
                     .metrics_path = "/metrics",
                     .ready = true,
                     .ledger_up = true,
                     .page = 1,
                     .now = day_of("2026-03-01") },
    };
    const int64_t due = day_of("2026-02-14");
    site->series[0] =
        (struct snapshot_series){ .figure = &figures[1], .newest = &site->said[0], .due = due };
    site->series[1] = (struct snapshot_series){ .figure = &figures[2],
                                                .newest = &site->said[2],
                                                .due = SNAPSHOT_NEVER };
    site->series[2] = (struct snapshot_series){ .figure = &figures[2],
                                                .newest = &site->said[1],
                                                .due = SNAPSHOT_NEVER };
    site->series[3] = (struct snapshot_series){ .figure = &figures[3], .due = SNAPSHOT_NEVER };
}

static void end(struct site *site)
{
    text_free(&site->page);
}

static void write_page(struct site *site)
{
    text_clear(&site->page);
    pages_landing(&site->page, &site->landing);
}

static void must_have(const struct site *site, const char *words, bool expected)
{
    if ((strstr(site->page.bytes, words) != NULL) != expected)
        fail_msg("the page has %s'%s'", expected ? "no " : "", words);
}

static void the_page_links_to_every_address(void **state)
{
    struct site site;
    (void)state;
    begin(&site);
    write_page(&site);
    const char *const links[] = {
        "metrics",
        "api/v1/figures",
        "api/v1/series",
        "api/v1/observations",
        "api/v1/openapi.json",
        "api/v1/export?format=csv",
        "-/healthy",
        "-/ready",
        "graph/paid.png?lang=en",
        "graph/paid.png?lang=zh",
        "api/v1/export?format=excel-csv&amp;figure%5B%5D=paid",
        "api/v1/observations?figure%5B%5D=paid",
    };
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        char link[80];
        snprintf(link, sizeof link, "<a href=\"%s\">", links[i]);
        must_have(&site, link, true);
    }
    must_have(&site, "href=\"/", false); /* or a prefix would be lost */
    end(&site);
}

static void a_figure_says_what_is_newest_of_it(void **state)
{
    struct site site;
    (void)state;
    begin(&site);
    write_page(&site);
    must_have(&site, "<tr id=\"paid\"><td>Paid · <span lang=\"zh\">补贴</span>", true);
    must_have(&site, "<td>flow</td>", true);
    must_have(&site, "<td>stock, in cny</td>", true);
    must_have(&site, "<td>2024<br>\n<small>as of 2024-12-31</small></td>", true);
    must_have(&site, "<td>more than 4.50 (provisional)</td>", true);
    end(&site);
}

static void each_of_a_few_series_has_its_value_and_labels(void **state)
{
    static const struct label built[] = { { "stage", "built" }, { "zone", "A" } };
    static const struct label planned[] = { { "stage", "planned <b>" }, { "zone", "A" } };
    struct site site;
    (void)state;
    begin(&site);
    site.series[1].labels = built;
    site.series[2].labels = planned;
    site.series[1].label_count = site.series[2].label_count = 2;
    write_page(&site);
    must_have(&site,
              "<td>built: 1 <small>(2023)</small><br>\nplanned &lt;b&gt;: 7</td>"
              "<td>2024-06<br>\n<small>as of 2024-06-30</small></td>",
              true);
    site.landing.chinese = true;
    write_page(&site);
    must_have(&site, "<td>built：1 <small>(2023)</small><br>", true);
    end(&site);
}

static void many_series_are_counted(void **state)
{
    struct snapshot_series series[7];
    struct site site;
    (void)state;
    begin(&site);
    for (size_t i = 0; i < 7; i++)
        series[i] = site.series[1];
    site.snapshot.series = series;
    site.snapshot.series_count = 6;
    write_page(&site);
    must_have(&site, "<td>1<br>\n1<br>\n1<br>\n1<br>\n1<br>\n1</td>", true);
    site.snapshot.series_count = 7;
    write_page(&site);
    must_have(&site, "<td>7 series</td><td>2023<br>", true);
    site.landing.chinese = true;
    write_page(&site);
    must_have(&site, "<td>7 个序列</td>", true);
    end(&site);
}

static void several_series_may_all_be_without_a_value(void **state)
{
    struct site site;
    (void)state;
    struct vintage gap = { .statement = statement_of("2024 - O") };
    begin(&site);
    for (size_t i = 0; i < 4; i++)
        site.series[i].newest = NULL;
    site.series[2].vintage = &gap;
    write_page(&site);
    must_have(&site, "<td>not yet begun<br>\nno value</td><td></td>", true);
    end(&site);
}

static void a_lone_series_without_a_value_says_why(void **state)
{
    static const struct {
        const char *said; /* NULL: nothing that is in force by now */
        bool valued;
        const char *english, *chinese;
    } cases[] = {
        { NULL, false, "<td>not yet begun</td><td></td>", "<td>尚未生效</td><td></td>" },
        { "2025-12-31 - O", true, "<td>withdrawn</td><td>2025-12-31</td>",
          "<td>已撤回</td><td>2025-12-31</td>" },
        { "2025-12-31 - O", false, "<td>no value</td>", "<td>无数值</td>" },
        { "2025 - L", true,
          "<td>not collected</td><td>2025<br>\n<small>as of 2025-12-31</small></td>",
          "<td>未收集</td><td>2025<br>\n<small>截至 2025-12-31</small></td>" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vintage gap = { .valued = cases[i].valued };
        struct site site;
        begin(&site);
        if (cases[i].said != NULL) {
            gap.statement = statement_of(cases[i].said);
            site.series[3].vintage = &gap;
        }
        write_page(&site);
        must_have(&site, cases[i].english, true);
        site.landing.chinese = true;
        write_page(&site);
        must_have(&site, cases[i].chinese, true);
        end(&site);
    }
}

static void series_that_lag_behind_others_are_counted(void **state)
{
    struct site site;
    (void)state;
    begin(&site);
    site.series[1].due = day_of("2024-02-14");
    site.series[2].due = day_of("2026-06-30");
    write_page(&site);
    must_have(&site, "<td>2026-06-30<br>\n<small>1 of 2 series late</small></td>", true);
    must_have(&site, "<strong>Overdue reports: 1</strong>", true); /* of the other figure */
    site.landing.chinese = true;
    write_page(&site);
    must_have(&site, "<small>2 个序列中有 1 个逾期</small>", true);
    site.series[1].due = day_of("2026-03-02");
    write_page(&site);
    must_have(&site, "序列中有", false);
    end(&site);
}

static void what_is_overdue_is_said_in_words(void **state)
{
    struct site site;
    (void)state;
    begin(&site);
    write_page(&site);
    must_have(&site, "<strong>Overdue reports: 1</strong> (<a href=\"?page=1#paid\">paid</a>)</p>",
              true);
    must_have(&site, "<td><strong>overdue since 2026-02-14</strong></td>", true);
    must_have(&site, "<td>no rhythm</td>", true);
    site.landing.now = day_of("2026-02-13");
    write_page(&site);
    must_have(&site, "<p>Overdue reports: none.</p>", true);
    must_have(&site, "<td>2026-02-14</td>", true);
    end(&site);
}

static void a_figure_that_nobody_reported_has_no_graph(void **state)
{
    struct site site;
    (void)state;
    begin(&site);
    write_page(&site);
    must_have(&site, "<td>not reported yet</td><td></td>", true);
    must_have(&site, "graph/fund_size_cny.png", false);
    site.snapshot.series_count = 0;
    write_page(&site);
    must_have(&site, "<a href=\"graph/", false);
    must_have(&site, "<td>not known</td>", true); /* of one with a rhythm */
    end(&site);
}

static void the_ledger_and_its_sources_are_told_of(void **state)
{
    struct site site;
    (void)state;
    begin(&site);
    write_page(&site);
    must_have(&site, "<p>The ledger is read: 4 figures, 4 series, 12 observations.</p>", true);
    must_have(&site,
              "<strong>Failing sources: 1</strong> "
              "(<a href=\"?page=1#source-a&amp;b\">a&amp;b</a>)</p>",
              true);
    /* A figure may have the same name. */
    must_have(
        &site,
        "<tr id=\"source-a&amp;b\"><td>a&amp;b</td><td><strong>fails</strong></td><td>never</td>",
        true);
    must_have(&site, "bulletin</td><td>well</td><td>2023-11-14T22:13:20Z</td>", true);
    must_have(&site, "new</td><td>not asked yet</td><td>never</td>", true);
    site.landing.ledger_up = false;
    write_page(&site);
    must_have(&site, "<strong>The ledger cannot be read</strong>", true);
    site.snapshot.source_count = 0;
    write_page(&site);
    must_have(&site, "<p>Failing sources: none.</p>", true);
    site.landing.ready = false;
    write_page(&site);
    must_have(&site, "<strong>The ledger has not been read yet</strong>", true);
    must_have(&site, "none.", false);
    must_have(&site, "not reported yet", false);
    must_have(&site, "<a href=\"metrics\">", true);
    end(&site);
}

static void many_figures_are_on_several_pages(void **state)
{
    static struct figure many[MANY];
    static char names[MANY][16];
    struct site site;
    (void)state;
    begin(&site);
    for (size_t i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "figure_%03zu", i);
        many[i] = figures[0];
        many[i].name = names[i];
    }
    site.settings.catalogue = (struct catalogue){ many, MANY };
    site.snapshot.series_count = 2;
    site.series[0].figure = &many[100];
    site.series[1].figure = &many[200];
    assert_int_equal(pages_count(&site.snapshot), 3);
    site.landing.page = 2;
    write_page(&site);
    must_have(&site,
              "<p>Page <a href=\"?page=1\">1</a> <strong>2</strong> <a href=\"?page=3\">3</a></p>",
              true);
    must_have(&site, "id=\"figure_099\"", false);
    must_have(&site, "id=\"figure_100\"", true);
    must_have(&site, "<a href=\"graph/figure_100.png?lang=en\">", true);
    must_have(&site, "id=\"figure_200\"", false);
    must_have(&site, "<a href=\"?page=2#figure_100\">", true);
    site.landing.page = 3;
    write_page(&site);
    must_have(&site, "<a href=\"graph/figure_200.png?lang=en\">", true);
    must_have(&site, "id=\"figure_199\"", false);
    end(&site);
}

static void the_page_is_in_chinese_where_it_is_asked_for(void **state)
{
    struct site site;
    (void)state;
    begin(&site);
    write_page(&site);
    must_have(&site, "<html lang=\"en\">", true);
    must_have(&site, "<a href=\"?lang=zh&amp;page=1\" lang=\"zh\">中文</a>", true);
    site.landing.chinese = true;
    write_page(&site);
    const char *const words[] = {
        "<html lang=\"zh\">",
        "<a href=\"?lang=en&amp;page=1\" lang=\"en\">English</a>",
        "<p>账本可读：4 个指标，4 个序列，12 条观测值。</p>",
        "<strong>逾期未报：1</strong>（<a href=\"?lang=zh&amp;page=1#paid\">paid</a>）</p>",
        "<tr id=\"paid\"><td>补贴 · <span lang=\"en\">Paid</span>",
        "<td>存量，单位 元</td>",
        "<td>超过 4.50（暂定）</td>",
        "<small>截至 2024-12-31</small>",
        "<strong>已逾期，应报日期 2026-02-14</strong>",
        "a&amp;b</td><td><strong>出错</strong></td><td>从未</td>",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        must_have(&site, words[i], true);
    end(&site);
}

static void of_many_that_fail_the_first_are_named(void **state)
{
    struct source_state many[FAILING];
    char names[FAILING][16];
    struct site site;
    (void)state;
    begin(&site);
    for (size_t i = 0; i < FAILING; i++) {
        snprintf(names[i], sizeof names[i], "source%zu", i);
        many[i] = (struct source_state){ .source = names[i] };
    }
    site.snapshot.sources = many;
    site.snapshot.source_count = FAILING;
    write_page(&site);
    must_have(&site, "<strong>Failing sources: 21</strong> (<a href=\"?page=1#source-source0\">",
              true);
    must_have(&site, ">source19</a>, …)</p>", true);
    must_have(&site, "source20", false);
    site.landing.chinese = true;
    write_page(&site);
    must_have(&site, "<strong>读取失败的来源：21</strong>（<a href=", true);
    must_have(&site, ">source0</a>、<a href=", true);
    must_have(&site, ">source19</a>等）</p>", true);
    end(&site);
}

static void words_are_escaped(void **state)
{
    struct site site;
    (void)state;
    begin(&site);
    write_page(&site);
    must_have(&site, "&lt;b&gt;R&amp;D&#39;s &quot;rank&quot;&lt;/b&gt; ·", true);
    must_have(&site, "<small>1 &lt; 2</small>", true);
    must_have(&site, "<b>", false);
    end(&site);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_links_to_every_address),
        cmocka_unit_test(a_figure_says_what_is_newest_of_it),
        cmocka_unit_test(each_of_a_few_series_has_its_value_and_labels),
        cmocka_unit_test(many_series_are_counted),
        cmocka_unit_test(several_series_may_all_be_without_a_value),
        cmocka_unit_test(a_lone_series_without_a_value_says_why),
        cmocka_unit_test(what_is_overdue_is_said_in_words),
        cmocka_unit_test(series_that_lag_behind_others_are_counted),
        cmocka_unit_test(a_figure_that_nobody_reported_has_no_graph),
        cmocka_unit_test(the_ledger_and_its_sources_are_told_of),
        cmocka_unit_test(many_figures_are_on_several_pages),
        cmocka_unit_test(the_page_is_in_chinese_where_it_is_asked_for),
        cmocka_unit_test(of_many_that_fail_the_first_are_named),
        cmocka_unit_test(words_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
