/* SPDX-License-Identifier: MIT */
/* test_page_text.c - Prometheus text 0.0.4 is read as expfmt reads it, and refused in words */
#include "page_stage.h"

#include <stdio.h>

static void must_read(const char *page, const char *visited)
{
    must_say(page, EXPOSITION_TEXT, visited);
}

static void must_refuse(const char *page, const char *complaint)
{
    must_complain_of(page, EXPOSITION_TEXT, complaint);
}

static void samples_arrive_as_they_were_written(void **state)
{
    (void)state;
    must_read("# HELP fund_size_cny Size of the funds.\n"
              "# TYPE fund_size_cny gauge\n"
              "fund_size_cny{district=\"福田\",name=\"a b\"} 1.50e+08 1719705600000\n"
              "fund_size_cny 007\n"
              "\n"
              "requests_total 3\n",
              "fund_size_cny gauge fund_size_cny{district=福田,name=a b,} 1.50e+08 @1719705600\n"
              "fund_size_cny gauge fund_size_cny{} 007\n"
              "requests_total unknown requests_total{} 3\n");
}

static void blanks_may_stand_nearly_anywhere(void **state)
{
    (void)state;
    must_read("  # TYPE\ta   gauge \t\n"
              "\ta \t { b = \"1\" ,\tc=\"2\" , }  4  5000  \n"
              "a{}5 \n"
              "   ",
              "a gauge a{b=1,c=2,} 4 @5\n"
              "a gauge a{} 5\n");
}

static void comments_say_nothing(void **state)
{
    (void)state;
    must_read("#\n"
              "# \n"
              "# anything \\x goes {\n"
              "#HELP a nearly a comment\n"
              "# HELP\n"
              "# HELP a\n"
              "# TYPE b\n"
              "# UNIT a seconds\n"
              "# EOF\n"
              "a 1\n",
              "a unknown a{} 1\n");
}

static void escapes_are_undone(void **state)
{
    (void)state;
    must_read("# HELP a back\\\\slash, line\\nfeed, \\\"quote\\\" and \" quote\n"
              "a{b=\"\\\\n \\\"x\\\" \\n\"} 1\n",
              "a unknown a{b=\\n \"x\" \n,} 1\n");
    must_refuse("a{b=\"\\x\"} 1\n",
                "1:6: an escape that means nothing; expected \\\\, \\\" or \\n");
    must_refuse("# HELP a C:\\temp\n",
                "1:12: an escape that means nothing; expected \\\\, \\\" or \\n");
    must_refuse("# HELP a at the end\\\n",
                "1:20: an escape that means nothing; expected \\\\, \\\" or \\n");
    must_refuse("a{b=\"\\\n", "1:6: an escape that means nothing; expected \\\\, \\\" or \\n");
}

static void names_in_quotes_may_be_anything(void **state)
{
    (void)state;
    must_read("# TYPE \"my.metric\" counter\n"
              "{\"my.metric\",\"label name\"=\"x\"} 1\n"
              "{a=\"1\", \"my.metric\"} 2\n"
              "{ \"say \\\"so\\\"\" } 3\n",
              "my.metric counter my.metric{label name=x,} 1\n"
              "my.metric counter my.metric{a=1,} 2\n"
              "say \"so\" unknown say \"so\"{} 3\n");
    must_refuse("{a=\"1\"} 1\n",
                "1:1: no metric's name; expected it before the brace, or in quotes behind it");
    must_refuse("{\"a\",\"b\"} 1\n", "1:6: a second name of the metric; expected one");
    must_refuse("{\"\"} 1\n", "1:2: an empty name; expected one");
    must_refuse("a{\"b\"} 1\n", "1:6: no '='; expected it behind the label's name");
    must_refuse("{a} 1\n", "1:3: no '='; expected it behind the label's name");
}

static void values_are_numbers_as_go_has_them(void **state)
{
    (void)state;
    static const char *const good[] = { "0",   "-1",   "+1",   ".5",       "5.",  "-0.0e-7", "1E5",
                                        "NaN", "+Inf", "-inf", "Infinity", "nan", "1e-400" };
    static const char *const bad[] = { "",    "-",     ".",     "e5",  "1e",   "1e+",
                                       "0x1", "0b1",   "1_000", "1,5", "--1",  "+NaN",
                                       "In",  "1 2 3", "1f",    "½",   "1e5.0" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char page[64], visited[64];
        snprintf(page, sizeof page, "a %s\n", good[i]);
        snprintf(visited, sizeof visited, "a unknown a{} %s\n", good[i]);
        must_read(page, visited);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char page[64];
        struct text said = { 0 };
        snprintf(page, sizeof page, "a %s\n", bad[i]);
        read_page(page, strlen(page), EXPOSITION_TEXT, &said);
        if (strncmp(said.bytes, "1:", 2) != 0)
            fail_msg("'%s' is taken", bad[i]);
        text_free(&said);
    }
    must_refuse("a 1e400\n", "1:3: '1e400' is beyond what a 64-bit float holds; expected less");
}

static void times_are_milliseconds(void **state)
{
    (void)state;
    must_read("a 1 0\na 1 1999\na 1 -1\na 1 -1000\na 1 -1001\na 1 +5000\n"
              "a 1 9223372036854775807\na 1 -9223372036854775808\n",
              "a unknown a{} 1 @0\na unknown a{} 1 @1\na unknown a{} 1 @-1\na unknown a{} 1 @-1\n"
              "a unknown a{} 1 @-2\na unknown a{} 1 @5\n"
              "a unknown a{} 1 @9223372036854775\na unknown a{} 1 @-9223372036854776\n");
    must_refuse("a 1 1.5\n",
                "1:5: '1.5' is not a timestamp; expected a whole number of milliseconds");
    must_refuse("a 1 9223372036854775808\n", "1:5: '9223372036854775808' is not a timestamp; "
                                             "expected a whole number of milliseconds");
    must_refuse("a 1 5 6\n", "1:7: more on the line; expected its end");
}

static void families_have_one_type_and_one_help(void **state)
{
    (void)state;
    must_read("# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_sum 1\nh_count 1\nh_total 1\n"
              "# TYPE s Summary\ns{quantile=\"0.5\"} 1\ns_bucket 1\ns_count 1\n"
              "# TYPE c counter\nc_count 1\n"
              "# TYPE u untyped\nu_sum 1\nu 1\n",
              "h histogram h_bucket{le=1,} 1\nh histogram h_sum{} 1\nh histogram h_count{} 1\n"
              "h_total unknown h_total{} 1\n"
              "s summary s{quantile=0.5,} 1\ns_bucket unknown s_bucket{} 1\n"
              "s summary s_count{} 1\nc_count unknown c_count{} 1\n"
              "u_sum unknown u_sum{} 1\nu unknown u{} 1\n");
    must_read("# TYPE g gaugehistogram\ng_bucket{le=\"1\"} 1\n"
              "# TYPE i gauge_histogram\ni_bucket{le=\"1\"} 1\n",
              "g gaugehistogram g_bucket{le=1,} 1\ni gaugehistogram i_bucket{le=1,} 1\n");
    must_refuse("# TYPE a gauge\n# TYPE a gauge\n",
                "2:10: a second TYPE of 'a', or one behind its samples; expected one in front of "
                "them");
    must_refuse("a 1\n# TYPE a gauge\n",
                "2:10: a second TYPE of 'a', or one behind its samples; expected one in front of "
                "them");
    must_refuse("# HELP a x\n# HELP a x\n", "2:10: a second HELP of 'a'; expected one");
    must_refuse("# TYPE a info\n", "1:10: 'info' is no type; expected counter, gauge, histogram, "
                                   "summary or untyped");
    must_refuse("# TYPE a gauge x\n", "1:16: more on the line; expected its end");
    must_refuse("# TYPE a-b gauge\n", "1:9: a character that no metric's name has; expected a "
                                      "blank behind 'a'");
}

static void buckets_and_quantiles_have_numbers(void **state)
{
    (void)state;
    must_refuse("# TYPE h histogram\nh_bucket{le=\"x\"} 1\n",
                "2:1: the label 'le' is 'x'; expected a number");
    must_refuse("# TYPE s summary\ns{quantile=\"x\"} 1\n",
                "2:1: the label 'quantile' is 'x'; expected a number");
    must_refuse("# TYPE h histogram\nh_count -1\n",
                "2:1: a histogram's 'h_count' is -1; expected no less than 0");
    must_read("h{le=\"x\",quantile=\"y\"} -1\n", "h unknown h{le=x,quantile=y,} -1\n");
}

static void a_wrong_line_is_refused_where_it_goes_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *page, *complaint;
    } cases[] = {
        { "a 1", "1:4: the page ends within a line; expected a line feed behind the last" },
        { "a 1\n# TYPE b", "2:9: the page ends within a line; expected a line feed behind the "
                           "last" },
        { "a 1\r\n", "1:4: a carriage return; expected lines that end with a line feed alone" },
        { "a 1 5\r\n", "1:6: a carriage return; expected lines that end with a line feed alone" },
        { "# TYPE a gauge\r\n",
          "1:15: a carriage return; expected lines that end with a line feed alone" },
        { "9a 1\n", "1:1: no metric's name; expected one that begins with a letter, '_' or ':'" },
        { "a\n", "1:2: no value; expected a number" },
        { "a{b=\"1\"\n", "1:8: neither ',' nor '}'; expected one behind the label's value" },
        { "a{b=\"1\" c=\"2\"} 1\n",
          "1:9: neither ',' nor '}'; expected one behind the label's value" },
        { "a{b=\"1\",,} 1\n",
          "1:9: no label's name; expected one that begins with a letter or '_'" },
        { "a{b:c=\"1\"} 1\n", "1:4: no '='; expected it behind the label's name" },
        { "a{b=1} 1\n", "1:5: no value of the label 'b'; expected it in quotes" },
        { "a{福=\"1\"} 1\n",
          "1:3: no label's name; expected one that begins with a letter or '_'" },
        { "a{b=\"福田\"x} 1\n", "1:9: neither ',' nor '}'; expected one behind the label's value" },
        { "a{b=\"1\n\"} 1\n", "1:5: the quote that opens here is never closed; expected another on "
                              "the line" },
        { "a{b=\"1\",b=\"1\"} 1\n", "1:11: the label 'b' is given twice; expected it once" },
        { "a{__name__=\"b\"} 1\n", "1:3: the label '__name__' is kept for the metric's name; "
                                   "expected another name" },
        { "a{b=\"\xBD\"} 1\n", "1:6: 0xBD is not UTF-8; expected UTF-8 throughout" },
        { "a 1\n# \xC0\x80\n", "2:3: 0xC0 is not UTF-8; expected UTF-8 throughout" },
        { "\xEF\xBB\xBF"
          "a 1\n",
          "1:1: no metric's name; expected one that begins with a letter, '_' or ':'" },
        { "<html>\n", "1:1: no metric's name; expected one that begins with a letter, '_' or ':'" },
        { "a 1 # {b=\"c\"} 1\n",
          "1:5: '#' is not a timestamp; expected a whole number of milliseconds" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        must_refuse(cases[i].page, cases[i].complaint);
}

static void a_nul_stands_in_comments_at_most(void **state)
{
    (void)state;
    static const char page[] = "# HELP a x\0y\n# \0\na{b=\"1\0\"} 1\n";
    struct text said = { 0 };
    read_page(page, sizeof page - 1, EXPOSITION_TEXT, &said);
    assert_string_equal(said.bytes, "3:7: a NUL; expected text without");
    text_free(&said);
}

static void a_sample_has_at_most_256_labels(void **state)
{
    (void)state;
    struct text page = { 0 }, said = { 0 };
    text_put(&page, "a{");
    for (int i = 0; i < 256; i++)
        text_printf(&page, "l%d=\"\",", i);
    text_put(&page, "} 1\n");
    read_page(page.bytes, page.size, EXPOSITION_TEXT, &said);
    assert_non_null(strstr(said.bytes, "l255=,} 1\n"));
    page.size -= strlen("} 1\n");
    text_put(&page, "more=\"\"} 1\n");
    text_clear(&said);
    read_page(page.bytes, page.size, EXPOSITION_TEXT, &said);
    assert_string_equal(strchr(said.bytes, ' '), " more than 256 labels; expected fewer");
    text_free(&page);
    text_free(&said);
}

/* Every beginning of a page with everything in it is read to its own end, and not beyond. */
/* The most address space that the process has had, in KB. */
static long peak_of_memory(void)
{
    char line[256];
    long peak = -1;
    FILE *status = fopen("/proc/self/status", "r");
    assert_non_null(status);
    while (peak < 0 && fgets(line, sizeof line, status) != NULL)
        sscanf(line, "VmPeak: %ld", &peak);
    fclose(status);
    return peak;
}

static void many_labels_on_a_long_line_take_no_more_memory_than_the_line(void **state)
{
    enum { LONG = 4 << 20, MOST_KB = 64 << 10 };
    struct text page = { 0 }, said = { 0 };
    (void)state;
    text_put(&page, "a{");
    for (int i = 0; i < 250; i++)
        text_printf(&page, "b%d=\"x\",", i);
    text_printf(&page, "c=\"%0*d\"} 1\n", LONG, 0);
    long before = peak_of_memory();
    read_page(page.bytes, page.size, EXPOSITION_TEXT, &said);
    assert_in_range(peak_of_memory() - before, 0, MOST_KB);
    assert_true(said.size > LONG && said.bytes[said.size - 1] == '\n');
    text_free(&page);
    text_free(&said);
}

static void a_page_may_end_anywhere(void **state)
{
    (void)state;
    static const char whole[] = "# HELP a \\\\ \\\"x\\\"\n# TYPE a summary\n"
                                " a{quantile=\"0.5\",b=\"\\n千\"} +Inf 1719705600000\n"
                                "{\"c.d\", \"e f\"=\"\",} .5e-3 -1\n";
    for (size_t size = 0; size < sizeof whole; size++) {
        struct text said = { 0 };
        read_page(whole, size, EXPOSITION_TEXT, &said);
        bool refused = said.size > 0 && said.bytes[said.size - 1] != '\n';
        bool at_line_end = size == 0 || whole[size - 1] == '\n';
        assert_int_equal(refused,
                         !at_line_end && !(whole[size - 1] == ' ' && whole[size - 2] == '\n'));
        text_free(&said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_arrive_as_they_were_written),
        cmocka_unit_test(blanks_may_stand_nearly_anywhere),
        cmocka_unit_test(comments_say_nothing),
        cmocka_unit_test(escapes_are_undone),
        cmocka_unit_test(names_in_quotes_may_be_anything),
        cmocka_unit_test(values_are_numbers_as_go_has_them),
        cmocka_unit_test(times_are_milliseconds),
        cmocka_unit_test(families_have_one_type_and_one_help),
        cmocka_unit_test(buckets_and_quantiles_have_numbers),
        cmocka_unit_test(a_wrong_line_is_refused_where_it_goes_wrong),
        cmocka_unit_test(a_nul_stands_in_comments_at_most),
        cmocka_unit_test(a_sample_has_at_most_256_labels),
        cmocka_unit_test(many_labels_on_a_long_line_take_no_more_memory_than_the_line),
        cmocka_unit_test(a_page_may_end_anywhere),
    };
    return cmocka_run_group_tests_name("page_text", tests, NULL, NULL);
}
