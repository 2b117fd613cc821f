/* SPDX-License-Identifier: MIT */
/* test_page_openmetrics.c - OpenMetrics 1.0 is read by its rules, and refused in words */
#include "page_stage.h"

#include <stdio.h>

/* Each page is ended here. */
static void must_read(const char *page, const char *visited)
{
    struct text whole = { 0 };
    text_printf(&whole, "%s# EOF\n", page);
    must_say(whole.bytes, EXPOSITION_OPENMETRICS, visited);
    text_free(&whole);
}

static void must_refuse(const char *page, const char *complaint)
{
    struct text whole = { 0 };
    text_printf(&whole, "%s# EOF\n", page);
    must_complain_of(whole.bytes, EXPOSITION_OPENMETRICS, complaint);
    text_free(&whole);
}

static void samples_arrive_with_their_family(void **state)
{
    (void)state;
    must_read("# TYPE fund_size_cny gauge\n"
              "# UNIT fund_size_cny cny\n"
              "# HELP fund_size_cny Size \\\\ of \"the\" funds.\\n\n"
              "fund_size_cny{district=\"福\\\\田\",name=\"\\x \\\"\\n\"} 1.50e+08 1719705600.5\n"
              "# TYPE requests counter\n"
              "requests_total 3\n"
              "requests_created 1.6e9\n"
              "plain{} 4\n"
              "# TYPE build info\n"
              "build_info{version=\"1\"} 1\n"
              "# TYPE door stateset\n"
              "door{door=\"open\"} 1\n"
              "door{door=\"shut\"} 0.0\n",
              "fund_size_cny gauge fund_size_cny{district=福\\田,name=\\x \"\n,} 1.50e+08 "
              "@1719705600\n"
              "requests counter requests_total{} 3\n"
              "requests counter requests_created{} 1.6e9\n"
              "plain unknown plain{} 4\n"
              "build info build_info{version=1,} 1\n"
              "door stateset door{door=open,} 1\n"
              "door stateset door{door=shut,} 0.0\n");
}

static void times_are_seconds_rounded_down(void **state)
{
    (void)state;
    must_read("a 1 -1.5\nb 1 1.5e3\nc 1 0.999\nd 1 99999999999999999999\ne 1 -1e30\nf 1 .5\n",
              "a unknown a{} 1 @-2\nb unknown b{} 1 @1500\nc unknown c{} 1 @0\n"
              "d unknown d{} 1 @9223372036854775807\ne unknown e{} 1 @-9223372036854775808\n"
              "f unknown f{} 1 @0\n");
    must_refuse("a 1 NaN\n", "1:5: 'NaN' is not a timestamp; expected a number of seconds");
}

static void exemplars_are_looked_at_and_passed_over(void **state)
{
    (void)state;
    must_read("# TYPE a counter\na_total{b=\"1\"} 1 # {b=\"2\"} 0.5\na_total{b=\"2\"} 1 5 # {} -1 "
              "6.5\n",
              "a counter a_total{b=1,} 1\na counter a_total{b=2,} 1 @5\n");
    must_refuse("# TYPE a counter\na_total 1 # {b=\"2\",b=\"3\"} 0.5\n",
                "2:22: the label 'b' is given twice; expected it once");
    must_refuse("# TYPE a counter\na_total 1 #\n", "2:12: no exemplar; expected its labels, in "
                                                   "braces, one space behind the '#'");
    must_refuse("# TYPE a counter\na_total 1 # {} x\n",
                "2:16: 'x' is not a number; expected one like 4, 0.25 or 1e+06");
    must_refuse("# TYPE a counter\na_total 1 # {}1\n",
                "2:15: no space; expected one in front of the exemplar's value");
    must_refuse("# TYPE a counter\na_total 1 # {} 1 x\n",
                "2:18: 'x' is not a timestamp; expected a number of seconds");
    must_refuse("# TYPE a gauge\na 1 # {} 1\n",
                "2:5: an exemplar on 'a'; expected one on a counter's _total or a histogram's "
                "_bucket only");
}

static void an_exemplar_has_labels_of_128_characters(void **state)
{
    (void)state;
    for (int room = 0; room <= 1; room++) {
        struct text page = { 0 };
        text_put(&page, "# TYPE a counter\na_total 1 # {b=\"");
        for (int i = 0; i < 127 + room; i++)
            text_put(&page, "福");
        text_put(&page, "\"} 1\n");
        if (room == 0)
            must_read(page.bytes, "a counter a_total{} 1\n");
        else
            must_refuse(page.bytes, "2:11: the exemplar's labels have 129 characters; expected at "
                                    "most 128");
        text_free(&page);
    }
}

static void a_page_ends_with_eof(void **state)
{
    (void)state;
    must_say("# EOF", EXPOSITION_OPENMETRICS, "");
    must_say("# EOF\n", EXPOSITION_OPENMETRICS, "");
    must_complain_of("", EXPOSITION_OPENMETRICS,
                     "1:1: the page ends without '# EOF'; expected that as its last line");
    must_complain_of("a 1\n", EXPOSITION_OPENMETRICS,
                     "1:4: the page ends without '# EOF'; expected that as its last line");
    must_complain_of("a 1", EXPOSITION_OPENMETRICS,
                     "1:4: the page ends without '# EOF'; expected that as its last line");
    must_complain_of("# EOF\n\n", EXPOSITION_OPENMETRICS,
                     "2:1: more behind '# EOF'; expected nothing");
    must_complain_of("# EOF\r\n", EXPOSITION_OPENMETRICS,
                     "1:1: no such line in OpenMetrics; expected '# TYPE ', '# HELP ', '# UNIT ' "
                     "or '# EOF'");
}

static void the_last_line_tells_the_formats_apart(void **state)
{
    (void)state;
    static const char *const open[] = { "# EOF", "# EOF\n", "a 1\n# EOF", "a 1\n# EOF\n" };
    static const char *const text[] = { "", "\n", "a 1\n", "a # EOF\n", "# EOF\n\n", "# EOFx\n" };
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        assert_int_equal(page_exposition(open[i], strlen(open[i])), EXPOSITION_OPENMETRICS);
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        assert_int_equal(page_exposition(text[i], strlen(text[i])), EXPOSITION_TEXT);
}

static void a_wrong_line_is_refused_where_it_goes_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *page, *complaint;
    } cases[] = {
        { "\na 1\n", "1:1: a blank line; expected none" },
        { " a 1\n", "1:1: no metric's name; expected one that begins with a letter, '_' or ':'" },
        { "a  1\n", "1:3: no value; expected a number" },
        { "a 1 \n", "1:5: no timestamp behind the blank; expected one, or no blank" },
        { "a 1 2 3\n", "1:7: more on the line; expected an exemplar or its end" },
        { "a\t1\n", "1:2: no space; expected one in front of the value" },
        { "a{b=\"1\"}1\n", "1:9: no space; expected one in front of the value" },
        { "a{b=\"1\",} 1\n",
          "1:9: no label's name; expected one that begins with a letter or '_'" },
        { "a{ b=\"1\"} 1\n",
          "1:3: no label's name; expected one that begins with a letter or '_'" },
        { "{\"a\"} 1\n",
          "1:1: no metric's name; expected one that begins with a letter, '_' or ':'" },
        { "a 1\r\n", "1:4: a carriage return; expected lines that end with a line feed alone" },
        { "#comment\n", "1:1: no such line in OpenMetrics; expected '# TYPE ', '# HELP ', "
                        "'# UNIT ' or '# EOF'" },
        { "# HELP a\n", "1:9: no space; expected one behind the metric's name" },
        { "# HELP a x\\\n", "1:11: a backslash that escapes nothing; expected two of them" },
        { "# HELP a x\n# HELP a y\n", "2:1: a second HELP of 'a'; expected one" },
        { "# TYPE a untyped\n",
          "1:10: 'untyped' is no type; expected counter, gauge, histogram, gaugehistogram, "
          "stateset, info, summary or unknown" },
        { "# UNIT a_seconds minutes\n",
          "1:18: the unit 'minutes' is not how 'a_seconds' ends; expected _minutes there" },
        { "# UNIT seconds seconds\n",
          "1:16: the unit 'seconds' is not how 'seconds' ends; expected _seconds there" },
        { "# UNIT a_b b\n# TYPE a_b info\n", "2:1: a unit of the info 'a_b'; expected none" },
        { "# TYPE a gauge\na 1\n# HELP a x\n",
          "3:1: said behind samples of 'a'; expected it in front of them" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        must_refuse(cases[i].page, cases[i].complaint);
}

static void names_of_families_do_not_clash(void **state)
{
    (void)state;
    must_read("# HELP a \n# UNIT a \n# TYPE b gauge\nb 1\n", "b gauge b{} 1\n");
    must_refuse("# TYPE a counter\n# TYPE a_created gauge\n",
                "2:1: 'a_created' is a family or a sample of a family above; expected families "
                "whose names differ, each in one piece");
    must_refuse("a_sum 1\n# TYPE a summary\n",
                "2:1: 'a_sum' is a family or a sample of a family above; expected families "
                "whose names differ, each in one piece");
    must_refuse("a 1\nb 1\na{c=\"1\"} 1\n",
                "3:1: 'a' is a family or a sample of a family above; expected families whose "
                "names differ, each in one piece");
    must_refuse("# TYPE a counter\na 1\n",
                "2:1: 'a' is a family or a sample of a family above; expected families whose "
                "names differ, each in one piece");
}

static void a_metric_stands_together_in_the_order_of_its_times(void **state)
{
    (void)state;
    must_read("# TYPE a gauge\na{b=\"1\"} 1 1\na{b=\"1\"} 2 1\na{b=\"1\"} 3 2\na 1 0\n"
              "# TYPE i info\ni_info{b=\"1\"} 1 2\ni_info{b=\"2\"} 1 1\n",
              "a gauge a{b=1,} 1 @1\na gauge a{b=1,} 2 @1\na gauge a{b=1,} 3 @2\n"
              "a gauge a{} 1 @0\ni info i_info{b=1,} 1 @2\ni info i_info{b=2,} 1 @1\n");
    must_refuse("a{b=\"1\"} 1\na 1\na{c=\"\",b=\"1\"} 1\n",
                "3:1: samples of 'a' with these labels stood above others already; expected "
                "those of one metric together");
    must_refuse("a{b=\"1\",c=\"2\"} 1\na{c=\"2\",b=\"1\"} 1\n",
                "2:1: the series 'a' with these labels is there twice; expected it once");
    must_refuse("a 1 2\na 1 1\n",
                "2:1: a timestamp before that of the sample above; expected them ascending");
    must_refuse("a 1 2\na 1\n", "2:1: no timestamp beside samples with one; expected all of a "
                                "metric's with one or without");
    must_refuse("# TYPE i info\ni_info{b=\"1\"} 1\ni_info{b=\"2\"} 1 1\n",
                "3:1: a timestamp beside samples without; expected all of a metric's with one or "
                "without");
    must_refuse("a 1\na 1 2\n", "2:1: a timestamp beside samples without; expected all of a "
                                "metric's with one or without");
}

#define H "# TYPE h histogram\n"

static void histograms_add_up(void **state)
{
    (void)state;
    must_read(H "h_bucket{le=\"-1\"} 1 5\nh_bucket{le=\"+Inf\"} 2 5\n"
                "h_bucket{le=\"+Inf\"} 2 6\nh_count 2 6\nh_sum 9 6\n",
              "h histogram h_bucket{le=-1,} 1 @5\nh histogram h_bucket{le=+Inf,} 2 @5\n"
              "h histogram h_bucket{le=+Inf,} 2 @6\nh histogram h_count{} 2 @6\n"
              "h histogram h_sum{} 9 @6\n");
    must_refuse(H "h_bucket{le=\"1\"} 1\n",
                "2:1: a histogram without a bucket whose le is +Inf; expected it as the last");
    must_refuse(H "h_bucket{le=\"1\"} 1 5\nh_bucket{le=\"+Inf\"} 1 6\n",
                "2:1: a histogram without a bucket whose le is +Inf; expected it as the last");
    must_refuse(H "h_bucket{le=\"+Inf\"} 1\nh_bucket{le=\"+Inf\",b=\"1\"} 1\nh_count{b=\"1\"} 2\n"
                  "h_sum{b=\"1\"} 2\n",
                "5:1: a histogram whose count is not that of its +Inf bucket; expected the same");
    must_refuse(H "h_bucket{le=\"+Inf\"} 1\nh_count 1\na 1\n",
                "3:1: a histogram with only one of count and sum; expected both or none");
    must_refuse(H "h_bucket{le=\"-1\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_count 1\nh_sum 1\n",
                "5:1: a histogram with a sum and a bucket below 0; expected one without the "
                "other");
    must_refuse(H "h_bucket{le=\"2\"} 1\nh_bucket{le=\"2.0\"} 1\n",
                "3:1: a bucket whose le is not above that of the one before; expected them "
                "ascending");
    must_refuse(H "h_bucket{le=\"2\"} 2\nh_bucket{le=\"3\"} 1\n",
                "3:1: a bucket with less than the one before; expected them to add up");
    must_refuse(H "h_bucket{le=\"2\"} 0.5\n",
                "2:1: 'h_bucket' of the histogram is 0.5; expected a whole number");
    must_refuse(H "h_bucket{le=\"INF\"} 1\n",
                "2:1: the label 'le' is 'INF'; expected a number, or +Inf");
    must_refuse("# TYPE g gaugehistogram\ng_bucket{le=\"+Inf\"} 1\ng_gcount 1\ng_gsum -1\n",
                "4:1: a histogram with a sum below 0 and no bucket there; expected a sum from 0");
}

static void values_are_as_their_type_has_them(void **state)
{
    (void)state;
    must_refuse("# TYPE a counter\na_total NaN\n",
                "2:1: 'a_total' of the counter is NaN; expected a number");
    must_refuse("# TYPE a counter\na_total -1\n",
                "2:1: 'a_total' of the counter is -1; expected no less than 0");
    must_refuse("# TYPE a info\na_info 0\n", "2:1: 'a_info' of the info is 0; expected 1");
    must_refuse("# TYPE a stateset\na{a=\"x\"} 2\n",
                "2:1: 'a' of the stateset is 2; expected 0 or 1");
    must_refuse("# TYPE a stateset\na 1\n",
                "2:1: no label 'a'; expected it on a sample of a stateset");
    must_refuse("# TYPE a summary\na{quantile=\"2\"} 1\n",
                "2:1: the label 'quantile' is '2'; expected a number from 0 to 1");
    must_read("# TYPE a summary\na{quantile=\"0.5\"} NaN\n# TYPE b gauge\nb -Inf\n",
              "a summary a{quantile=0.5,} NaN\nb gauge b{} -Inf\n");
}

static void a_nul_stands_in_help_at_most(void **state)
{
    (void)state;
    static const char page[] = "# HELP a x\0y\na 1\n# EOF\n", wrong[] = "a{b=\"\0\"} 1\n# EOF\n";
    struct text said = { 0 };
    read_page(page, sizeof page - 1, EXPOSITION_OPENMETRICS, &said);
    assert_string_equal(said.bytes, "a unknown a{} 1\n");
    text_clear(&said);
    read_page(wrong, sizeof wrong - 1, EXPOSITION_OPENMETRICS, &said);
    assert_string_equal(said.bytes, "1:6: a NUL; expected text without");
    text_free(&said);
}

/* Every beginning of a page with everything in it is read to its own end, and not beyond. */
static void a_page_may_end_anywhere(void **state)
{
    (void)state;
    static const char whole[] = "# HELP a \\\\ \"x\\\"\n# TYPE a_b counter\n# UNIT a_b b\n"
                                "a_b_total{c=\"\\n千\",d=\"\"} +1.5e0 17.5 # {e=\"f\"} -Inf 1\n"
                                "# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\n# EOF\n";
    for (size_t size = 0; size < sizeof whole; size++) {
        struct text said = { 0 };
        read_page(whole, size, EXPOSITION_OPENMETRICS, &said);
        bool refused = said.size > 0 && said.bytes[said.size - 1] != '\n';
        bool ended = size == sizeof whole - 1 || size == sizeof whole - 2;
        assert_int_equal(refused, !ended);
        text_free(&said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_arrive_with_their_family),
        cmocka_unit_test(times_are_seconds_rounded_down),
        cmocka_unit_test(exemplars_are_looked_at_and_passed_over),
        cmocka_unit_test(an_exemplar_has_labels_of_128_characters),
        cmocka_unit_test(a_page_ends_with_eof),
        cmocka_unit_test(the_last_line_tells_the_formats_apart),
        cmocka_unit_test(a_wrong_line_is_refused_where_it_goes_wrong),
        cmocka_unit_test(names_of_families_do_not_clash),
        cmocka_unit_test(a_metric_stands_together_in_the_order_of_its_times),
        cmocka_unit_test(histograms_add_up),
        cmocka_unit_test(values_are_as_their_type_has_them),
        cmocka_unit_test(a_nul_stands_in_help_at_most),
        cmocka_unit_test(a_page_may_end_anywhere),
    };
    return cmocka_run_group_tests_name("page_openmetrics", tests, NULL, NULL);
}
