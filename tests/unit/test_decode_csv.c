/* SPDX-License-Identifier: MIT */
/* test_decode_csv.c - RFC 4180 is read as it is meant, and refused in words where it is not */
#include "deliveries.h"

#include <stdlib.h>

#define HEADER "figure,stage,time_period,obs_value,comment\n"
#define ROW    "pilot_platforms,built,2024-06,4,"

static void every_field_of_a_row_arrives(void **state)
{
    static const char document[] =
        "released,comment,obs_value,stage,reference,figure,time_period,comparator,obs_status\n"
        "2024-08-01,hello,4.50,built,Reply 2024232,pilot_platforms,2024-06,>,P\n";
    (void)state;
    must_decode_as(&plain_form, decode_csv, document, sizeof document - 1,
                   "pilot_platforms built 2024-06 >4.50 P @1722470400 [Reply 2024232] \"hello\"\n");
}

/* What stands as the last field of a row, and what is understood. */
static void quotes_and_line_ends_are_understood(void **state)
{
    (void)state;
    static const struct {
        const char *written, *meant;
    } cases[] = {
        { "plain", "plain" },
        { "plain\n", "plain" },
        { "plain\r\n", "plain" },
        { "plain\n\n", "plain" },
        { "plain\r\n\r\n", "plain" },
        { "\"quoted\"", "quoted" },
        { "\"a, b\"\n", "a, b" },
        { "\"say \"\"so\"\"\"\r\n", "say \"so\"" },
        { "\"\"\"\"", "\"" },
        { "\"\"\"\"\"\"\n", "\"\"" },
        { "\"two\nlines\"\n", "two\nlines" },
        { "\"two\r\nlines\"\r\n", "two\r\nlines" },
        { "\"a\rb\"", "a\rb" },
        { "智能终端、新能源", "智能终端、新能源" },
        { " spaces ", " spaces " },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char document[256];
        snprintf(document, sizeof document, HEADER ROW "%s", cases[i].written);
        struct batch batch = must_take(decode_csv, document, 1);
        assert_string_equal(batch_item(&batch, 0)->observation.comment, cases[i].meant);
        batch_free(&batch);
    }
}

static void an_empty_field_is_not_given(void **state)
{
    (void)state;
    struct batch batch = must_take(decode_csv,
                                   "figure,stage,tier,time_period,obs_value,comment\n"
                                   "pilot_platforms,built,,2024-06,4,\"\"\n"
                                   "leading_clusters,,cny_100bn,2024-06,2,\n",
                                   2);
    assert_null(batch_item(&batch, 0)->observation.comment);
    assert_string_equal(batch_item(&batch, 1)->observation.label_values[0], "cny_100bn");
    batch_free(&batch);
}

static void a_header_alone_and_a_byte_order_mark_are_welcome(void **state)
{
    (void)state;
    struct batch batch = must_take(decode_csv, HEADER, 0);
    batch_free(&batch);
    batch = must_take(decode_csv, "\xEF\xBB\xBF" HEADER ROW "\n", 1);
    batch_free(&batch);
    batch = must_take(decode_csv,
                      "\"figure\",\"stage\",\"time_period\",\"obs_value\"\r\n"
                      "\"pilot_platforms\",\"built\",\"2024-06\",\"4\"",
                      1);
    batch_free(&batch);
}

static void wrong_documents_are_refused_in_the_words_beside_them(void **state)
{
    (void)state;
    must_refuse_documents(decode_csv, "tests/data/csv/*.csv");
}

/* The row after a bad one is found again, wherever the bad one went wrong. */
static void all_bad_rows_are_reported(void **state)
{
    (void)state;
    must_refuse(
        decode_csv,
        HEADER ROW "\"a\"b, c\"\n" ROW "\n" ROW "x,y\n"
                   "\n" ROW "\"two\nlines\"\n" ROW "5\" pipe\n" ROW "\"\n",
        ":2:5: text behind the closing quote; expected a comma or the end of the line\n"
        ":4: the row has 6 fields; expected 5, as in the header\n"
        ":8:5: a quote inside a field; expected the whole field in quotes, and the quote "
        "in it doubled\n"
        ":9:5: the quote that opens here is never closed; expected another at the field's end\n");
}

/* What spreadsheets leave behind: the end of the columns and of the rows that were in use. */
static void a_row_of_empty_cells_says_nothing(void **state)
{
    (void)state;
    static const char *const rows[] = { "\n",         "\r\n",           ",,,,\n",
                                        ",,,,\r\n",   "\"\",,\"\",,\n", ",\n",
                                        ",,,,,,,,\n", "\n\n,,,,\n\n" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text document = { 0 };
        text_printf(&document, HEADER "%s" ROW "\n%s" ROW "\n%s", rows[i], rows[i], rows[i]);
        struct batch batch = must_take(decode_csv, document.bytes, 2);
        batch_free(&batch);
        text_free(&document);
    }
    must_refuse(decode_csv, HEADER ",,, ,\n",
                ":2:1: figure: is empty; expected the name of a figure\n");
    must_refuse(decode_csv, HEADER ",,,,\nx\n\n" ROW ",\n",
                ":3: the row has 1 field; expected 5, as in the header\n"
                ":5: the row has 6 fields; expected 5, as in the header\n");
    must_refuse(decode_csv, HEADER ",,,,\n\"",
                ":3:1: the quote that opens here is never closed; expected another at the field's "
                "end\n");
}

#define EMPTY_HEADER                                                                               \
    " stands below an empty header; expected the column's name there, or no cell below it\n"

static void a_column_without_a_name_must_be_empty(void **state)
{
    (void)state;
    struct batch batch = must_take(decode_csv,
                                   ",figure,stage,,time_period,obs_value,,\"\"\n"
                                   ",pilot_platforms,built,,2024-06,4,,\n"
                                   "\"\",pilot_platforms,planned,,2024-06,6,,\n",
                                   2);
    batch_free(&batch);
    must_refuse(decode_csv,
                ",figure,stage,time_period,obs_value,\n"
                "0,pilot_platforms,built,2024-06,4,\n"
                ",pilot_platforms,built,2024-05,4, \n"
                ",pilot_platforms,built,2024-04,4,\n"
                ",,,,,sum\n",
                ":2:1: '0'" EMPTY_HEADER ":3:6: ' '" EMPTY_HEADER ":5:6: 'sum'" EMPTY_HEADER);
    must_refuse(
        decode_csv, ",,,\nfigure,stage,time_period,obs_value\n",
        ":1: ',,,' names no column; expected names like figure,time_period,obs_value with a "
        "comma in between\n");
}

static void three_hundred_bad_rows_are_all_told(void **state)
{
    (void)state;
    struct text document = { 0 };
    struct batch batch;
    text_put(&document, HEADER);
    for (int i = 0; i < 300; i++)
        text_put(&document, "x\n" ROW "\n");
    decode_bytes(decode_csv, document.bytes, document.size, &batch);
    assert_int_equal(batch.refused, 300);
    assert_int_equal(batch.count, 300);
    assert_string_equal(batch.refusals[99].place, ":200");
    assert_string_equal(batch.refusals[299].place, ":600");
    batch_free(&batch);
    text_free(&document);
}

/* A row with a comment of so many bytes, and one more. */
static void refuse_at_length(size_t comment, bool quoted, const char *complaint)
{
    struct text document = { 0 };
    text_put(&document, HEADER ROW);
    if (quoted)
        text_char(&document, '"');
    for (size_t i = 0; i < comment; i++)
        text_char(&document, 'x');
    text_put(&document, quoted ? "\"\n" ROW "\n" : "\n" ROW "\n");
    must_refuse_bytes(decode_csv, document.bytes, document.size, complaint);
    text_free(&document);
}

static void a_row_of_64_kib_is_looked_into_and_a_longer_one_refused(void **state)
{
    (void)state;
    size_t room = 64 * 1024 - strlen(ROW);
    for (int quoted = 0; quoted <= 1; quoted++) {
        refuse_at_length(room, quoted, ":2:5: comment: has 65504 bytes; expected at most 4096\n");
        refuse_at_length(room + 1, quoted, ":2: the row is longer than 65536 bytes\n");
        refuse_at_length(room + 2, quoted, ":2: the row is longer than 65536 bytes\n");
        refuse_at_length(5 * room, quoted, ":2: the row is longer than 65536 bytes\n");
    }
}

/* Wherever its long field begins, and with more fields behind it than the header has. */
static void a_row_that_is_too_long_has_no_fields(void **state)
{
    (void)state;
    for (size_t empty = 0; empty <= strlen(HEADER); empty++) {
        struct text document = { 0 };
        text_put(&document, HEADER);
        for (size_t i = 0; i < empty; i++)
            text_char(&document, ',');
        for (size_t i = 0; i < 70000; i++)
            text_char(&document, 'x');
        text_put(&document, ",,,,\n" ROW "\n");
        must_refuse_bytes(decode_csv, document.bytes, document.size,
                          ":2: the row is longer than 65536 bytes\n");
        text_free(&document);
    }
}

static void a_header_of_a_thousand_columns_is_refused(void **state)
{
    (void)state;
    struct text document = { 0 };
    text_put(&document, "figure");
    for (int i = 0; i < 1000; i++)
        text_put(&document, ",stage");
    must_refuse_bytes(decode_csv, document.bytes, document.size,
                      ":1: the row has 1001 fields; expected at most 256, with a line end "
                      "behind the last\n");
    text_free(&document);
}

/* Every beginning of a document with everything in it: read to its own end, and not beyond. */
static void a_document_may_end_anywhere(void **state)
{
    (void)state;
    static const char whole[] = "\xEF\xBB\xBF" HEADER ROW "\"a \"\"b\"\" c\"\r\n" ROW "\"x\r\n"
                                "y\"\n\n" ROW "千\r";
    for (size_t size = 0; size < sizeof whole; size++) {
        struct batch batch;
        char *bytes = malloc(size + 1);
        memcpy(bytes, whole, size);
        bytes = realloc(bytes, size > 0 ? size : 1); /* its end is the memory's */
        decode_bytes(decode_csv, bytes, size, &batch);
        assert_true(batch.count <= 3);
        batch_free(&batch);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_of_a_row_arrives),
        cmocka_unit_test(quotes_and_line_ends_are_understood),
        cmocka_unit_test(an_empty_field_is_not_given),
        cmocka_unit_test(a_header_alone_and_a_byte_order_mark_are_welcome),
        cmocka_unit_test(wrong_documents_are_refused_in_the_words_beside_them),
        cmocka_unit_test(all_bad_rows_are_reported),
        cmocka_unit_test(a_row_of_empty_cells_says_nothing),
        cmocka_unit_test(a_column_without_a_name_must_be_empty),
        cmocka_unit_test(three_hundred_bad_rows_are_all_told),
        cmocka_unit_test(a_row_of_64_kib_is_looked_into_and_a_longer_one_refused),
        cmocka_unit_test(a_row_that_is_too_long_has_no_fields),
        cmocka_unit_test(a_header_of_a_thousand_columns_is_refused),
        cmocka_unit_test(a_document_may_end_anywhere),
    };
    return cmocka_run_group_tests_name("decode_csv", tests, NULL, NULL);
}
