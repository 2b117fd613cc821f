/* SPDX-License-Identifier: MIT */
/* test_csv.c - records come one after the other, with the place of each field */
#include "../../almanac/text.h"
#include "../../collector/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Each record's fields in brackets, with their lines; then what is wrong with it. */
static void must_read(const char *document, char delimiter, const char *expected)
{
    struct csv *csv = calloc(1, sizeof *csv);
    struct text said = { 0 };
    assert_non_null(csv);
    csv->at = document;
    csv->end = document + strlen(document);
    csv->line = 1;
    csv->delimiter = delimiter;
    text_put(&said, "");
    while (csv_next(csv)) {
        bool good = csv_check(csv, 0);
        text_printf(&said, "%zu", csv->record_line);
        for (size_t i = 0; i < csv->field_count && good; i++)
            text_printf(&said, " %zu[%s]", csv->fields[i].line, csv->fields[i].text);
        if (!good)
            text_printf(&said, " %zu:%zu %s", csv->fault_line, csv->fault_field, csv->fault.text);
        text_char(&said, '\n');
    }
    assert_string_equal(said.bytes, expected);
    text_free(&said);
    free(csv);
}

static void each_delimiter_divides_and_the_others_do_not(void **state)
{
    (void)state;
    must_read("a,b;c|d\te", ',', "1 1[a] 1[b;c|d\te]\n");
    must_read("a,b;c|d\te", ';', "1 1[a,b] 1[c|d\te]\n");
    must_read("a,b;c|d\te", '|', "1 1[a,b;c] 1[d\te]\n");
    must_read("a,b;c|d\te", '\t', "1 1[a,b;c|d] 1[e]\n");
    must_read("\"a;\"\"b\";;\n;", ';', "1 1[a;\"b] 1[] 1[]\n2 2[] 2[]\n");
}

static void a_field_has_the_line_where_it_begins(void **state)
{
    (void)state;
    must_read("a,\"b\nc\",\"d\r\n\",e\r\nf\n", ',', "1 1[a] 1[b\nc] 2[d\r\n] 3[e]\n4 4[f]\n");
    must_read("\n\na\n\n", ',',
              "1 1:0 a blank line; expected an observation\n"
              "2 2:0 a blank line; expected an observation\n3 3[a]\n");
}

static void what_is_wrong_names_the_delimiter_that_was_expected(void **state)
{
    (void)state;
    must_read("\"a\"b", ',',
              "1 1:1 text behind the closing quote; expected a comma or the end of the line\n");
    must_read("x;\"a\",b", ';',
              "1 1:2 text behind the closing quote; expected a semicolon or the end of the line\n");
    must_read("\"a\" |x", '|',
              "1 1:1 text behind the closing quote; expected a bar or the end of the line\n");
    must_read("\"a\" \tx", '\t',
              "1 1:1 text behind the closing quote; expected a tab or the end of the line\n");
}

static void the_number_of_fields_is_asked_for(void **state)
{
    (void)state;
    struct csv *csv = calloc(1, sizeof *csv);
    static const char document[] = "a,b\nc\n";
    assert_non_null(csv);
    *csv = (struct csv){ .at = document, .end = document + 6, .line = 1, .delimiter = ',' };
    assert_true(csv_next(csv));
    assert_true(csv_check(csv, 2));
    assert_true(csv_next(csv));
    assert_false(csv_check(csv, 2));
    assert_string_equal(csv->fault.text, "the row has 1 field; expected 2, as in the header");
    assert_int_equal(csv->fault_line, 2);
    assert_int_equal(csv->fault_field, 0);
    assert_false(csv_next(csv));
    free(csv);
}

static void only_four_bytes_are_delimiters(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++)
        assert_int_equal(csv_delimiter((char)c) != NULL, c != 0 && strchr(",;|\t", c) != NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_delimiter_divides_and_the_others_do_not),
        cmocka_unit_test(a_field_has_the_line_where_it_begins),
        cmocka_unit_test(what_is_wrong_names_the_delimiter_that_was_expected),
        cmocka_unit_test(the_number_of_fields_is_asked_for),
        cmocka_unit_test(only_four_bytes_are_delimiters),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
