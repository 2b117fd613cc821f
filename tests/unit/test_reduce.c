/* SPDX-License-Identifier: MIT */
/* test_reduce.c - sentences come out whole, however they were laid out */
#include "../../almanac/utf8.h"
#include "../../collector/entity.h"
#include "../../collector/reduce.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef void reducer(const char *bytes, size_t size, struct reduced *reduced);

struct reduction {
    const char *before, *after;
};

static void must_reduce(reducer *reduce, const struct reduction *reduction)
{
    struct reduced reduced = { 0 };
    reduce(reduction->before, strlen(reduction->before), &reduced);
    if (strcmp(reduced.text.bytes, reduction->after) != 0)
        fail_msg("'%s' becomes '%s' instead of '%s'", reduction->before, reduced.text.bytes,
                 reduction->after);
    reduced_free(&reduced);
}

static void must_reduce_all(reducer *reduce, const struct reduction *reductions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        must_reduce(reduce, &reductions[i]);
}

#define MUST_REDUCE(reduce, reductions)                                                            \
    must_reduce_all(reduce, reductions, sizeof(reductions) / sizeof *(reductions))

static void white_space_is_one_blank_and_none_beside_chinese(void **state)
{
    (void)state;
    static const struct reduction cases[] = {
        { "", "" },
        { " \t\n ", "" },
        { "more  than \t160", "more than 160" },
        { "more\nthan\r\n160\n", "more than 160" },
        { "已建成\n中试平台", "已建成中试平台" },
        { "已建成 160 家", "已建成160家" },
        { "已建\n  成160\n家", "已建成160家" },
        { "2024 年 6 月", "2024年6月" },
        { "的 AI 产业，AI\n芯片", "的AI产业，AI芯片" },
        { "罗湖　　福田", "罗湖福田" },
        { "12 34", "12 34" },
        { "1\u00A0200\u2009000", "1 200 000" },
        { "１６ ０家", "１６０家" },
        { "a\u200Bb\uFEFFc", "abc" },
        { "a\x01\x7F\xC2\x85z", "a z" },
        { "한국 서울", "한국 서울" },
    };
    MUST_REDUCE(reduce_plain, cases);
}

static void a_blank_line_ends_what_has_ended(void **state)
{
    (void)state;
    static const struct reduction cases[] = {
        { "已建成。\n\n计划", "已建成。\n计划" },
        { "已建成。\n计划", "已建成。计划" },
        { "已\n\n建成", "已建成" },
        { "（已建成。）\n \n计划", "（已建成。）\n计划" },
        { "“已建成。”\n\n\n计划", "“已建成。”\n计划" },
        { "It was built.\n\nIt is open.", "It was built.\nIt is open." },
        { "Overview\n\nIt is open.", "Overview It is open." },
        { "platforms;\r\n\r\nfunds", "platforms;\nfunds" },
        { "\n\nIt is open.\n\n", "It is open." },
    };
    MUST_REDUCE(reduce_plain, cases);
}

static void a_hyphen_that_splits_a_word_is_gone(void **state)
{
    (void)state;
    static const struct reduction cases[] = {
        { "sub-\nsidies", "subsidies" },
        { "sub-\r\n   sidies", "subsidies" },
        { "sub\u2010\nsidies", "subsidies" },
        { "sub\u00AD\nsidies", "subsidies" },
        { "sub\u00ADsidies", "subsidies" },
        { "sub- sidies", "sub- sidies" },
        { "2021-\n2023", "2021- 2023" },
        { "Hong-\nKong", "Hong- Kong" },
        { "R-\nand", "R- and" },
        { "sub-\n\nsidies", "sub- sidies" },
        { "-\na", "- a" },
    };
    MUST_REDUCE(reduce_plain, cases);
}

static void pages_go_on_and_their_numbers_are_gone(void **state)
{
    (void)state;
    static const struct reduction cases[] = {
        { "已建成\n\n- 1 -\n\n\f中试平台\n\n- 2 -\n\f", "已建成中试平台" },
        { "已建成\n\f中试\n", "已建成中试" },
        { "已建成\n— 17 —\n\f中试平台", "已建成中试平台" },
        { "已建成\n第 3 页 共 10 页\n\f中试", "已建成中试" },
        { "built\nPage 3 of 10\n\fplatforms", "built platforms" },
        { "built\npage 3\n\fplatforms", "built platforms" },
        { "built\n第3頁\n\fplatforms", "built platforms" },
        { "built\n– 1 –\n\fplatforms\n－2－\n\f", "built platforms" },
        { "built\n· 1 ·\r\n\fplatforms\n\t-\u00A02\u3000-\n\f", "built platforms" },
        { "built\n1\n\fplatforms\n2\n\f", "built platforms" },
        { "built\n160\n\fplatforms\n2\n\f", "built 160 platforms" },
        { "1\nbuilt\n\f2/2\nplatforms\n\f", "built platforms" },
        { "built\n1\n\fplatforms\n2\n", "built platforms" },
        { "1\nbuilt\n\f2\nplatforms", "built platforms" },
        { "built\n1\n\fplatforms\n3\n \n", "built platforms 3" },
        { "built\n2\n\fplatforms\n\f\n", "built platforms" },
        { "built\n- 123456 -\n\f- 1234567 -\n\f第12345678页", "built - 1234567 -第12345678页" },
        { "built\n2021/2023\n\fplatforms\n\f", "built 2021/2023 platforms" },
        { "built\n-1\n\fplatforms\n\f", "built -1 platforms" },
        { "built\n- 1 -\nplatforms\n", "built - 1 - platforms" },
        { "built\n1\nplatforms\n\f", "built 1 platforms" },
        { "It was built.\n- 1 -\n\fIt is open.\n\f", "It was built.\nIt is open." },
        { "1234567890123456789012\n\f", "1234567890123456789012" },
        { "page\n\f", "page" },
    };
    MUST_REDUCE(reduce_plain, cases);
}

static void of_html_the_text_stays(void **state)
{
    (void)state;
    static const struct reduction cases[] = {
        { "<p>已建成<b>160</b>家</p><p>计划</p>", "已建成160家\n计划" },
        { "<P CLASS=\"a > b\">more <EM>than</EM>\n160</P >", "more than 160" },
        { "<p title = '>' hidden>a</p>b", "a\nb" },
        { "a<!-- 1 > 2 --> b<!-->c<!--->d<!doctype html>e<?pi?>f</>g</ x>h", "a bcdefgh" },
        { "<title>160</title><style>p > a {}</style><script>if (a</script x>b", "b" },
        { "<script>'</scripty>'</SCRIPT\n>b", "b" },
        { "<textarea>1</textarea><svg><text>2</text></svg><svg/>3", "3" },
        { "a < b <3 &lt;p&gt; &amp;lt;", "a < b <3 <p> &lt;" },
        { "已<br>建<br/><br />成。<br><br>计划", "已建成。\n计划" },
        { "<ul><li>a<li>b</ul>c", "a\nb\nc" },
        { "a<span>b</span><wbr>c<unknown-element-with-a-long-name>d", "abcd" },
        { "<div><div><p>a</p></div></div><div>b</div>", "a\nb" },
        { "a<script>", "a" },
        { "a<!-- b --!>c<!----!>d<!--!>e--->f<!---!>g-->h<!--!-->i", "acdfhi" },
        { "a<!-- b", "a" },
        { "a<p title=\"b", "a" },
        { "a<p", "a" },
        { "a<", "a<" },
        { "a</", "a" },
        { "<noscript>a</noscript>", "a" },
    };
    MUST_REDUCE(reduce_html, cases);
}

/* Each element has b as its text. */
static void must_reduce_each(const char *const *names, const char *before, const char *behind,
                             const char *after)
{
    for (; *names != NULL; names++) {
        char page[128];
        snprintf(page, sizeof page, "%s<%s>b</%s>%s", before, *names, *names, behind);
        must_reduce(reduce_html, &(const struct reduction){ page, after });
    }
}

static void every_element_is_a_block_or_in_the_line_or_none_of_the_text(void **state)
{
    static const char *const blocks[] = {
        "address",  "article",    "aside",  "blockquote", "body",    "caption", "center",
        "dd",       "details",    "dialog", "dir",        "div",     "dl",      "dt",
        "fieldset", "figcaption", "figure", "footer",     "form",    "h1",      "h2",
        "h3",       "h4",         "h5",     "h6",         "header",  "hgroup",  "hr",
        "legend",   "li",         "main",   "menu",       "nav",     "ol",      "optgroup",
        "option",   "p",          "pre",    "search",     "section", "select",  "summary",
        "table",    "tbody",      "tfoot",  "thead",      "tr",      "ul",      NULL,
    };
    static const char *const in_the_line[] = { "a",    "b",   "em",  "font", "i",
                                               "span", "sub", "sup", "u",    NULL };
    static const char *const dropped[] = { "iframe",   "noembed",  "noframes", "script", "style",
                                           "template", "textarea", "title",    "svg",    NULL };
    (void)state;
    must_reduce_each(blocks, "a.", "", "a.\nb");
    must_reduce_each(in_the_line, "a", "", "ab");
    must_reduce_each(dropped, "a", "c", "ac");
}

static void the_cells_of_a_row_are_set_apart(void **state)
{
    (void)state;
    static const struct reduction cases[] = {
        { "<table><tr><th>区</th><th>家</th></tr><tr><td>福田</td><td>160</td></tr></table>合计",
          "区\t家\n福田\t160\n合计" },
        { "<tr><td><p>福田</p></td>\n<td><p>160</p></td></tr>\n<tr><td>罗湖<td>12",
          "福田\t160\n罗湖\t12" },
        { "<tr><td>福田</td><td></td><td> </td><td>160</td></tr>", "福田\t\t\t160" },
        { "x<tr><td></td><td>160</td></tr>", "x\n\t160" },
        { "<tr><td></td><td>160</td></tr>", "\t160" },
        { "<tr><td>1</td><td></td></tr><tr><td>2", "1\n2" },
    };
    MUST_REDUCE(reduce_html, cases);
}

static void entities_are_characters(void **state)
{
    (void)state;
    static const struct reduction cases[] = {
        { "&ldquo;160&rdquo;&nbsp;&mdash;&hellip;", "“160” —…" },
        { "&#8220;160&#x201d;&#X201D;", "“160””" },
        { "&ge;160 &permil;&yen;&eacute;&Eacute;", "≥160 ‰¥éÉ" },
        { "&copy 2024&nbsp2&amp", "© 2024 2&" },
        { "1&nbsp160&copy2024&amp5&frac12x&notit", "1 160©2024&5½x¬it" },
        { "&notin;&hellip2&nbs160", "&notin;&hellip2&nbs160" },
        { "&#151;&#128;", "—€" },
        { "&#20013;&#x1F600;", "中😀" },
        { "&#0;&#xD800;&#x110000;&#99999999999;", "\uFFFD\uFFFD\uFFFD\uFFFD" },
        { "&hellip&unknown;&;&#;&#x;& &#", "&hellip&unknown;&;&#;&#x;& &#" },
        { "a&shy;b&zwj;c&#1;", "abc" },
        { "&yuml;&nbsp;&#255;", "ÿ ÿ" },
    };
    MUST_REDUCE(reduce_html, cases);
}

static void every_name_is_its_character(void **state)
{
    static const struct {
        const char *name, *character;
    } cases[] = {
        { "amp", "&" },       { "lt", "<" },          { "gt", ">" },        { "quot", "\"" },
        { "apos", "'" },      { "OElig", "Œ" },       { "oelig", "œ" },     { "Scaron", "Š" },
        { "scaron", "š" },    { "Yuml", "Ÿ" },        { "circ", "ˆ" },      { "tilde", "˜" },
        { "alpha", "α" },     { "beta", "β" },        { "gamma", "γ" },     { "delta", "δ" },
        { "mu", "μ" },        { "pi", "π" },          { "sigma", "σ" },     { "omega", "ω" },
        { "Delta", "Δ" },     { "Sigma", "Σ" },       { "Omega", "Ω" },     { "ensp", "\u2002" },
        { "emsp", "\u2003" }, { "thinsp", "\u2009" }, { "zwnj", "\u200C" }, { "zwj", "\u200D" },
        { "lrm", "\u200E" },  { "rlm", "\u200F" },    { "ndash", "–" },     { "mdash", "—" },
        { "lsquo", "‘" },     { "rsquo", "’" },       { "sbquo", "‚" },     { "ldquo", "“" },
        { "rdquo", "”" },     { "bdquo", "„" },       { "dagger", "†" },    { "Dagger", "‡" },
        { "bull", "•" },      { "hellip", "…" },      { "permil", "‰" },    { "prime", "′" },
        { "Prime", "″" },     { "lsaquo", "‹" },      { "rsaquo", "›" },    { "oline", "‾" },
        { "frasl", "⁄" },     { "euro", "€" },        { "trade", "™" },     { "larr", "←" },
        { "uarr", "↑" },      { "rarr", "→" },        { "darr", "↓" },      { "harr", "↔" },
        { "rArr", "⇒" },      { "minus", "−" },       { "radic", "√" },     { "infin", "∞" },
        { "asymp", "≈" },     { "ne", "≠" },          { "equiv", "≡" },     { "le", "≤" },
        { "ge", "≥" },        { "loz", "◊" },         { "nbsp", "\u00A0" }, { "iexcl", "¡" },
        { "cent", "¢" },      { "pound", "£" },       { "curren", "¤" },    { "yen", "¥" },
        { "brvbar", "¦" },    { "sect", "§" },        { "uml", "¨" },       { "copy", "©" },
        { "ordf", "ª" },      { "laquo", "«" },       { "not", "¬" },       { "shy", "\u00AD" },
        { "reg", "®" },       { "macr", "¯" },        { "deg", "°" },       { "plusmn", "±" },
        { "sup2", "²" },      { "sup3", "³" },        { "acute", "´" },     { "micro", "µ" },
        { "para", "¶" },      { "middot", "·" },      { "cedil", "¸" },     { "sup1", "¹" },
        { "ordm", "º" },      { "raquo", "»" },       { "frac14", "¼" },    { "frac12", "½" },
        { "frac34", "¾" },    { "iquest", "¿" },      { "Agrave", "À" },    { "Aacute", "Á" },
        { "Acirc", "Â" },     { "Atilde", "Ã" },      { "Auml", "Ä" },      { "Aring", "Å" },
        { "AElig", "Æ" },     { "Ccedil", "Ç" },      { "Egrave", "È" },    { "Eacute", "É" },
        { "Ecirc", "Ê" },     { "Euml", "Ë" },        { "Igrave", "Ì" },    { "Iacute", "Í" },
        { "Icirc", "Î" },     { "Iuml", "Ï" },        { "ETH", "Ð" },       { "Ntilde", "Ñ" },
        { "Ograve", "Ò" },    { "Oacute", "Ó" },      { "Ocirc", "Ô" },     { "Otilde", "Õ" },
        { "Ouml", "Ö" },      { "times", "×" },       { "Oslash", "Ø" },    { "Ugrave", "Ù" },
        { "Uacute", "Ú" },    { "Ucirc", "Û" },       { "Uuml", "Ü" },      { "Yacute", "Ý" },
        { "THORN", "Þ" },     { "szlig", "ß" },       { "agrave", "à" },    { "aacute", "á" },
        { "acirc", "â" },     { "atilde", "ã" },      { "auml", "ä" },      { "aring", "å" },
        { "aelig", "æ" },     { "ccedil", "ç" },      { "egrave", "è" },    { "eacute", "é" },
        { "ecirc", "ê" },     { "euml", "ë" },        { "igrave", "ì" },    { "iacute", "í" },
        { "icirc", "î" },     { "iuml", "ï" },        { "eth", "ð" },       { "ntilde", "ñ" },
        { "ograve", "ò" },    { "oacute", "ó" },      { "ocirc", "ô" },     { "otilde", "õ" },
        { "ouml", "ö" },      { "divide", "÷" },      { "oslash", "ø" },    { "ugrave", "ù" },
        { "uacute", "ú" },    { "ucirc", "û" },       { "uuml", "ü" },      { "yacute", "ý" },
        { "thorn", "þ" },     { "yuml", "ÿ" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char entity[16], character[8] = "";
        snprintf(entity, sizeof entity, "&%s;", cases[i].name);
        assert_int_equal(entity_read(entity, strlen(entity), character), strlen(entity));
        assert_string_equal(character, cases[i].character);
    }
}

/* Each character of the second stands in the original where the first says it does. */
static void must_map(reducer *reduce, const char *document, const char *needle, size_t from)
{
    struct reduced reduced = { 0 };
    reduce(document, strlen(document), &reduced);
    const char *found = strstr(reduced.text.bytes, needle);
    if (found == NULL)
        fail_msg("'%s' is not in '%s'", needle, reduced.text.bytes);
    assert_int_equal(reduced_origin(&reduced, (size_t)(found - reduced.text.bytes)), from);
    reduced_free(&reduced);
}

static void every_character_is_found_in_the_original(void **state)
{
    (void)state;
    must_map(reduce_plain, "abc", "a", 0);
    must_map(reduce_plain, "  abc", "c", 4);
    must_map(reduce_plain, "已 建\n成", "成", 8);
    must_map(reduce_plain, "sub-\nsidies", "sidies", 5);
    must_map(reduce_plain, "sub-\nsidies", "b", 2);
    must_map(reduce_html, "<p>a</p><p>b &hellip; c</p>", "b", 11);
    must_map(reduce_html, "<p>a</p><p>b &hellip; c</p>", "…", 13);
    must_map(reduce_html, "<p>a</p><p>b &hellip; c</p>", "c", 22);
    must_map(reduce_html, "x&ndash;<br>y z", "z", 14);
    struct reduced none = { 0 };
    assert_int_equal(reduced_origin(&none, 0), 0);
}

static void a_text_that_is_too_long_is_given_up(void **state)
{
    (void)state;
    struct reduced reduced = { .text.limit = 8 };
    reduce_plain("a b c d e f g h i", 17, &reduced);
    assert_true(text_failed(&reduced.text));
    assert_true(reduced.count < 8);
    reduced_free(&reduced);
}

/* Every beginning of a page with everything in it: read to its own end, and not beyond. */
static void a_page_may_end_anywhere(void **state)
{
    (void)state;
    static const char whole[] =
        "<!doctype html><p a=\"b\" c='d' e>建&hellip;&#x4e2d;&#20013</p >"
        "<script>a</script><!-- a --><tr><td>1<td>2</tr><br/>- 1 -\n\f<svg/>";
    for (size_t size = 0; size < sizeof whole; size++) {
        char *bytes = malloc(size > 0 ? size : 1);
        size_t formed = utf8_until(whole, size);
        struct reduced html = { 0 }, plain = { 0 };
        memcpy(bytes, whole, formed);
        bytes = realloc(bytes, formed > 0 ? formed : 1); /* its end is the memory's */
        reduce_html(bytes, formed, &html);
        reduce_plain(bytes, formed, &plain);
        assert_int_equal(utf8_until(html.text.bytes, html.text.size), html.text.size);
        assert_int_equal(utf8_until(plain.text.bytes, plain.text.size), plain.text.size);
        reduced_free(&html);
        reduced_free(&plain);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_is_one_blank_and_none_beside_chinese),
        cmocka_unit_test(a_blank_line_ends_what_has_ended),
        cmocka_unit_test(a_hyphen_that_splits_a_word_is_gone),
        cmocka_unit_test(pages_go_on_and_their_numbers_are_gone),
        cmocka_unit_test(of_html_the_text_stays),
        cmocka_unit_test(every_element_is_a_block_or_in_the_line_or_none_of_the_text),
        cmocka_unit_test(the_cells_of_a_row_are_set_apart),
        cmocka_unit_test(entities_are_characters),
        cmocka_unit_test(every_name_is_its_character),
        cmocka_unit_test(every_character_is_found_in_the_original),
        cmocka_unit_test(a_text_that_is_too_long_is_given_up),
        cmocka_unit_test(a_page_may_end_anywhere),
    };
    return cmocka_run_group_tests_name("reduce", tests, NULL, NULL);
}
