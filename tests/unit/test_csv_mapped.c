/* SPDX-License-Identifier: MIT */
/* test_csv_mapped.c - other people's CSV says what its mapping makes of it, and no more */
#include "foreign.h"

#include <uchar.h>
#include <unistd.h>

#define BUREAU                                                                                     \
    "Statistisches Jahrbuch;;\nStand: 1\" Oktober\nZahl;Stufe;Blatt;Anmerkung;Stand;Zeitraum\n"

static void columns_and_constants_become_observations(void **state)
{
    must_say(state, "bureau",
             BUREAU "1.234,50;built;7;\"ohne; \"\"Bau\"\"\";P;2023\r\n"
                    "12 000;planned;;;;2024-06\n",
             "pilot_platforms built 2023 1234.50 P [Jahrbuch] \"ohne; \"Bau\"\"\n"
             "pilot_platforms planned 2024-06 12000 A [Jahrbuch]\n");
}

static void what_stands_for_a_value_says_why_there_is_none(void **state)
{
    must_say(
        state, "bureau",
        BUREAU "..;built;;;;2021\nx;built;;;;2022\n-;built;;;;2023\nx;built;;;S;2020\n"
               "..;planned;;;A;2023\n..;planned;;;z;2023\n",
        "pilot_platforms built 2021 - O [Jahrbuch]\n"
        "pilot_platforms built 2022 - Q [Jahrbuch]\n"
        "pilot_platforms built 2020 - S [Jahrbuch]\n"
        "pilot_platforms planned 2023 - O [Jahrbuch]\n"
        ":9:5: obs_status: 'z' is not known; expected one of A (normal), B, D, E, F (forecast), "
        "G, I, P (provisional), U, V and W, without a value H, L, M, O and Q, with or without "
        "one J, K, N and S (SDMX CL_OBS_STATUS)\n");
}

static void each_wide_column_is_an_observation_and_an_empty_cell_none(void **state)
{
    must_say(state, "years",
             "Stage,Notes,2021,FY 2023,obs_status\nbuilt,see page 3,4,6.0,P\nplanned,,,9,\n",
             "pilot_platforms built 2021 4 P\n"
             "pilot_platforms built 2023 6.0 P\n"
             "pilot_platforms planned 2023 9 A\n");
    must_say(state, "years", "2021,Stage\n4,built\n", "pilot_platforms built 2021 4 A\n");
    must_say(state, "stages", "month\tplanned\tbuilt\n2024-06\t数十\t4\n2024-05\tn/a\t\n",
             "pilot_platforms built 2024-06 4 A\n"
             "pilot_platforms planned 2024-05 - L\n"
             ":2:2: obs_value: '数十': '数' does not say how many; expected a number\n");
}

static void a_wide_column_may_say_the_status_of_its_cells(void **state)
{
    must_say(state, "statuses", "Stage,P,S\nbuilt,4,\nbuilt,5*,\nplanned,-,\nplanned,,-\n",
             "pilot_platforms built 2023 4 P\n"
             "pilot_platforms built 2023 5 P\n"
             "pilot_platforms planned 2023 - Q\n"
             "pilot_platforms planned 2023 - S\n");
}

static void the_codes_of_a_table_are_read_as_statuses(void **state)
{
    must_say(
        state, "flags", "Flag,2021,2022\n(p),4,..\nr,5,-\n*,..,6\nx,..,-\n,..,7\nE,8,\nq,9,9\n",
        "pilot_platforms built 2021 4 P\n"
        "pilot_platforms built 2022 - Q\n"
        "pilot_platforms built 2021 5 A\n"
        "pilot_platforms built 2021 - S\n"
        "pilot_platforms built 2022 6 S\n"
        "pilot_platforms built 2021 - M\n"
        "pilot_platforms built 2021 - Q\n"
        "pilot_platforms built 2022 7 A\n"
        "pilot_platforms built 2021 8 E\n"
        ":8:1: obs_status: 'q' is not known; expected one of A (normal), B, D, E, F (forecast), "
        "G, I, P (provisional), U, V and W, without a value H, L, M, O and Q, with or without "
        "one J, K, N and S (SDMX CL_OBS_STATUS)\n");
}

static void a_constant_is_no_code_of_the_table(void **state)
{
    must_say(state, "always", "time_period,obs_value\n2023,4\n", "fund_size_cny 2023 4 P\n");
}

static void what_a_spreadsheet_leaves_empty_says_nothing(void **state)
{
    must_say(state, "years", "Stage,,2021,2022,\n,,,,\nbuilt,,4,5,\n\n,,,,\n",
             "pilot_platforms built 2021 4 A\npilot_platforms built 2022 5 A\n");
    must_say(state, "bureau", BUREAU ";;;;;\n12;built;;;;2023\n;;;;;\n",
             "pilot_platforms built 2023 12 A [Jahrbuch]\n");
    must_say(state, "years", "Stage,2021,\nbuilt,4,5\n",
             ":2:3: '5' stands below an empty header; expected the column's name there, or no cell "
             "below it\n");
}

static void an_empty_header_may_have_a_meaning(void **state)
{
    must_say(state, "unnamed", ",2021\nbuilt,4\n,\n", "pilot_platforms built 2021 4 A\n");
    must_say(state, "unnamed", ",2021,\nbuilt,4,\n", ":1:3: the column '' is there twice\n");
}

/* Header, and the words 阶段 时间 数量 备注, 已建 in GB18030; with its four bytes for U+20000. */
static void gb18030_is_read_and_complained_of_by_its_own_lines_and_bytes(void **state)
{
#define FUTIAN "\xBD\xD7\xB6\xCE,\xCA\xB1\xBC\xE4,\xCA\xFD\xC1\xBF,\xB1\xB8\xD7\xA2\n"
    must_say(state, "futian",
             FUTIAN "\xD2\xD1\xBD\xA8,2024-06,\xC1\xBD\xB0\xD9\xD3\xE0\xBC\xD2,\x95\x32\x82\x36\n",
             "pilot_platforms 已建 2024-06 >=200 A \"\xF0\xA0\x80\x80\"\n");
    must_say(state, "futian", "\x84\x31\x95\x33" FUTIAN "\xD2\xD1\xBD\xA8,2024,4,\n",
             "pilot_platforms 已建 2024 4 A\n");
    must_say(state, "futian", FUTIAN "\xD2\xD1\xBD\xA8,2024-06,4,\n\xBD\xA8,2024-13,4,\n",
             "pilot_platforms 已建 2024-06 4 A\n"
             ":3:2: time_period: '2024-13' is not a period; expected one like 2024, 2024-06, "
             "2024-Q2, 2025-W07, 2024-06-30 or 2021/2023\n");
    must_say(state, "futian", FUTIAN "\xD2\xD1\xBD\xA8,2024\n\xD2\xFF,2024,4,\n",
             ":3: byte 1 of the line (0xD2) is not GB18030; expected GB18030 throughout\n");
    must_say(state, "futian", FUTIAN "\xD2\xD1,2024,4,\xB1",
             ":2: byte 11 of the line (0xB1) is not GB18030; expected GB18030 throughout\n");
    static const char nul[] = FUTIAN "\xD2\xD1\0";
    must_decode_as(form_of(*state, "futian"), decode_delivery, nul, sizeof nul - 1,
                   ":2: byte 3 of the line is NUL; expected text\n");
    must_say(state, "futian", "", ": is empty; expected observations\n");
    must_say(state, "futian", "阶段,时间,数量,备注\n已建,2024,4,\n",
             ":1: is UTF-8; expected GB18030 throughout, or the source's 'encoding: utf-8'\n");
}

static void gbk_and_gb2312_are_other_names_of_it(void **state)
{
    static const char document[] =
        "\xBD\xD7\xB6\xCE,time_period,obs_value\n\xD2\xD1\xBD\xA8,2024,4\n";
    must_say(state, "luohu", document, "pilot_platforms 已建 2024 4 A\n");
    must_say(state, "nanshan", document, "pilot_platforms 已建 2024 4 A\n");
}

enum order { LITTLE, BIG };

/* In units of two bytes. */
static void write_utf16(struct text *out, const char16_t *units, enum order order)
{
    for (; *units != 0; units++) {
        text_char(out, (char)(order == BIG ? *units >> 8 : *units & 0xFF));
        text_char(out, (char)(order == BIG ? *units & 0xFF : *units >> 8));
    }
}

static void must_say_utf16(void **state, const char *source, const char16_t *units,
                           enum order order, const char *expected)
{
    struct text document = { 0 };
    write_utf16(&document, units, order);
    must_decode_as(form_of(*state, source), decode_delivery, document.bytes, document.size,
                   expected);
    text_free(&document);
}

/* U+010A has the byte of a line's end. */
#define EXCEL u"阶段\tĊ时\tobs_value\t\r\n"

static void utf_16_is_read_in_the_order_of_its_mark_or_little_endian(void **state)
{
    static const char16_t *const marks[] = { u"\uFEFF" EXCEL u"已建\t2024\t4\t\r\n\t\t\t\r\n",
                                             EXCEL u"已建\t2024\t4\t\r\n" };
    must_say_utf16(state, "excel", marks[0], LITTLE, "pilot_platforms 已建 2024 4 A\n");
    must_say_utf16(state, "excel", marks[0], BIG, "pilot_platforms 已建 2024 4 A\n");
    must_say_utf16(state, "excel", marks[1], LITTLE, "pilot_platforms 已建 2024 4 A\n");
    must_say(state, "excel", "阶段\t时间\tobs_value\t\r\n已建\t2024\t4\t\r\n",
             ":1: is UTF-8; expected UTF-16 throughout, or the source's 'encoding: utf-8'\n");
}

static void utf_16_is_complained_of_by_its_own_lines_and_bytes(void **state)
{
    struct text document = { 0 };
    for (enum order order = LITTLE; order <= BIG; order++) {
        must_say_utf16(state, "excel", u"\uFEFF" EXCEL u"已建\t2024-13\t4\t", order,
                       ":2:2: time_period: '2024-13' is not a period; expected one like 2024, "
                       "2024-06, 2024-Q2, 2025-W07, 2024-06-30 or 2021/2023\n");
        must_say_utf16(state, "excel", u"\uFEFF" EXCEL u"已Ċ\xDC00", order,
                       order == BIG
                           ? ":2: byte 5 of the line (0xDC) is not UTF-16; expected UTF-16 "
                             "throughout\n"
                           : ":2: byte 5 of the line (0x00) is not UTF-16; expected UTF-16 "
                             "throughout\n");
    }
    write_utf16(&document, u"\uFEFF" EXCEL u"已", BIG);
    text_char(&document, '4');
    must_decode_as(form_of(*state, "excel"), decode_delivery, document.bytes, document.size,
                   ":2: byte 3 of the line (0x34) is not UTF-16; expected UTF-16 throughout\n");
    text_clear(&document);
    write_utf16(&document, u"\uFEFF" EXCEL u"已Ā", LITTLE);
    text_bytes(&document, "\0\0", 2);
    must_decode_as(form_of(*state, "excel"), decode_delivery, document.bytes, document.size,
                   ":2: byte 5 of the line is NUL; expected text\n");
    text_free(&document);
}

static void a_mark_of_utf_16_is_told_where_another_encoding_is_expected(void **state)
{
    must_say_utf16(state, "futian", u"\uFEFF" EXCEL, LITTLE,
                   ":1: is UTF-16, by its byte order mark; expected GB18030 throughout\n");
    must_say_utf16(state, "bare", u"\uFEFF" EXCEL, BIG,
                   ":1: is UTF-16, by its byte order mark; expected WINDOWS-1252 throughout\n");
    must_say_utf16(state, "own", u"\uFEFF" EXCEL, BIG,
                   ":1: is UTF-16, by its byte order mark; expected UTF-8 throughout\n");
}

/* More than is converted at a time, so that a character lies across. */
static void a_long_document_is_converted_whole(void **state)
{
    struct text document = { 0 }, expected = { 0 };
    text_put(&document, FUTIAN);
    for (int i = 0; i < 2000; i++) {
        text_printf(&document, "\xD2\xD1\xBD\xA8,%d,%d,\n", i % 900 + 1000, i);
        text_printf(&expected, "pilot_platforms 已建 %d %d A\n", i % 900 + 1000, i);
    }
    must_say(state, "futian", document.bytes, expected.bytes);
    text_free(&document);
    text_free(&expected);
}

static void a_file_without_a_header_is_given_one(void **state)
{
    must_say(state, "bare", "2023|1e8|caf\xE9\n2024-06|12.5|\n",
             "fund_size_cny 2023 100000000 A \"café\"\n"
             "fund_size_cny 2024-06 12.5 A\n");
    must_say(state, "bare", "2023|1\n", ":1: the row has 2 fields; expected 3, as in the header\n");
    must_say(
        state, "bare", "2023|1|\x81\n",
        ":1: byte 8 of the line (0x81) is not WINDOWS-1252; expected WINDOWS-1252 throughout\n");
}

#define YEARBOOK "平台分阶段情况,,,\n单位：个,,,\n阶段,2022,2023,备注\n"

static void white_space_around_a_cell_says_nothing(void **state)
{
    must_say(state, "yearbook", YEARBOOK "　已建 , 4 ,\xC2\xA0-\t,\" 见 表 \"\n 　 ,, ,\n",
             "pilot_platforms 已建 2022 4 A \"见 表\"\n"
             "pilot_platforms 已建 2023 - L \"见 表\"\n");
    must_say(state, "yearbook", YEARBOOK "已 建,4,,\n", "pilot_platforms 已 建 2022 4 A\n");
}

static void an_empty_cell_may_repeat_the_one_above(void **state)
{
    must_say(state, "yearbook", YEARBOOK "已建,4,,a\n,,5,\n计划,9,,\n\n ,10,,\n",
             "pilot_platforms 已建 2022 4 A \"a\"\n"
             "pilot_platforms 已建 2023 5 A\n"
             "pilot_platforms 计划 2022 9 A\n"
             "pilot_platforms 计划 2022 10 A\n");
    must_say(state, "yearbook", YEARBOOK ",4,,\n",
             ":4:1: stage: missing; expected the labels of pilot_platforms: stage\n");
}

static void no_cell_repeats_one_of_another_group(void **state)
{
    static const char head[] = "Stage,Part,time_period,obs_value\n";
    struct text document = { 0 };
    text_printf(&document,
                "%sbuilt,A,2021,4\n,,2022,5\n,A,2023,6\nplanned,,2021,7\nbuilt,B,2019,8\n", head);
    must_say(state, "merged", document.bytes,
             "pilot_platforms built 2021 4 A\n"
             "pilot_platforms built 2022 5 A\n"
             "pilot_platforms built 2023 6 A\n"
             "pilot_platforms planned 2021 7 A\n"
             "pilot_platforms built 2019 8 A\n");
    text_clear(&document);
    text_printf(&document, "%sbuilt,A,2021,4\n,B,2022,5\n", head);
    must_say(state, "merged", document.bytes,
             "pilot_platforms built 2021 4 A\n"
             ":3:1: 'Stage' is empty where 'Part' is another than above; expected it said, or "
             "'Stage' in front in fill_down\n");
    text_free(&document);
}

#define TOTALS "Part,Stage,Group,2021,2022\n"

static void a_row_of_totals_is_passed_over_whatever_else_it_says(void **state)
{
    must_say(state, "totals", TOTALS "合计,built,,4,5\nA,built,,1,2\nB,,Sum,x,y\nB,all,,9,\n",
             "pilot_platforms built 2021 1 A\npilot_platforms built 2022 2 A\n");
    must_say(state, "totals", "Part,,Stage,Group,2021\n\u3000Sum ,no header,,,~\nA,,built,,1\n",
             "pilot_platforms built 2021 1 A\n");
}

static void a_column_that_is_not_read_may_tell_of_totals(void **state)
{
    must_say(state, "sums",
             "Row,Stage,time_period,obs_value\n1,built,2024,4\nSum,,all,4\n2,Sum,2024,5\n",
             "pilot_platforms built 2024 4 A\npilot_platforms Sum 2024 5 A\n");
}

static void a_text_of_totals_counts_whole_and_in_its_column(void **state)
{
    must_say(state, "totals", TOTALS "all,合计,b,1,\n合 计,sum,*1,,2\n,Sum,,,3\n",
             "pilot_platforms 合计 2021 1 A \"b\"\n"
             "pilot_platforms sum 2022 2 A \"*1\"\n"
             "pilot_platforms Sum 2022 3 A\n");
}

static void rows_below_a_merged_total_belong_to_it(void **state)
{
    must_say(state, "totals", TOTALS "合计,built,,4,\n,planned,,5,\n,,,6,\nA,built,,1,\n",
             "pilot_platforms built 2021 1 A\n");
    must_say(state, "totals", TOTALS "A,built,Sum,4,\n,,B,1,\n",
             "pilot_platforms built 2021 1 A \"B\"\n");
}

/* Nothing repeats a cell that the row of totals does not have. */
static void a_row_of_totals_may_be_empty_beside_its_name(void **state)
{
    must_say(state, "totals", TOTALS "A,built,,1,\n合计,,,4,\n,,,5,\nB,planned,,2,\n,,,3,\n",
             "pilot_platforms built 2021 1 A\n"
             "pilot_platforms planned 2021 2 A\n"
             "pilot_platforms planned 2021 3 A\n");
    must_say(state, "totals", TOTALS "A,built,,1,\n合计,,,4,\nB,,,2,\n",
             "pilot_platforms built 2021 1 A\n"
             ":4:2: stage: missing; expected the labels of pilot_platforms: stage\n");
    must_say(state, "totals", TOTALS "A,all,,1,\nB,,,2,\n",
             ":3:2: 'Stage' is empty where 'Part' is another than above; expected it said, or "
             "'Stage' in front in fill_down\n");
}

static void a_table_may_end_before_its_notes(void **state)
{
    must_say(state, "yearbook", YEARBOOK "已建,4,,\n 注：本表未含前海。\n计划,x,y,z,\"\n",
             "pilot_platforms 已建 2022 4 A\n");
    must_say(state, "yearbook", YEARBOOK "已建,4,,\n,,,资料来源：区科技局\n计划,x,,\n",
             "pilot_platforms 已建 2022 4 A\n");
    must_say(state, "yearbook", YEARBOOK "本注：,4,,\n", "pilot_platforms 本注： 2022 4 A\n");
}

/* Its fields have no text, but that of the header. */
static void a_row_that_is_too_long_does_not_end_a_table(void **state)
{
    struct text document = { 0 };
    text_put(&document, "平台分阶段\n单位：个\n阶段,2022,2023,备注\n");
    for (size_t i = 0; i < 70000; i++)
        text_char(&document, 'x');
    text_put(&document, ",4,,\n计划,9,,\n");
    must_say(state, "yearbook", document.bytes,
             "pilot_platforms 计划 2022 9 A\n:4: the row is longer than 65536 bytes\n");
    text_free(&document);
}

static void what_stands_behind_a_value_may_say_its_status(void **state)
{
    must_say(state, "yearbook", YEARBOOK "已建,4①,5(P) ①,\n计划,9**,-①,\n备选,超1万 *,6 r,\n",
             "pilot_platforms 已建 2022 4 A\n"
             "pilot_platforms 已建 2023 5 P\n"
             "pilot_platforms 计划 2022 9 E\n"
             "pilot_platforms 计划 2023 - L\n"
             "pilot_platforms 备选 2022 >10000 P\n"
             "pilot_platforms 备选 2023 6 A\n");
    must_say(state, "yearbook", YEARBOOK "已建,*,5(P)**,\n",
             ":4:2: obs_value: '*' names no number; expected one, or an empty value with an "
             "obs_status that says why\n"
             ":4:3: obs_value: '5(P)**': '(p)**' is not understood; expected a number and at most "
             "a unit, like 160, 超160家, 3.5亿元 or 1.2 billion\n");
}

static void what_stands_in_place_of_a_value_may_end_like_a_mark(void **state)
{
    must_say(state, "yearbook", YEARBOOK "已建,- r,-r,\n",
             "pilot_platforms 已建 2022 - Q\n"
             "pilot_platforms 已建 2023 - L\n");
}

/* A copy for each mark would take gigabytes, and their time. */
static void a_value_may_have_as_many_marks_as_fit_into_a_row(void **state)
{
    enum { MARKS = 60000 };
    struct text document = { 0 };
    text_put(&document, YEARBOOK "已建,5");
    for (int i = 0; i < MARKS; i++)
        text_char(&document, 'r');
    text_put(&document, ",,\n");
    alarm(5);
    must_say(state, "yearbook", document.bytes, "pilot_platforms 已建 2022 5 A\n");
    alarm(0);
    text_free(&document);
}

static void the_lines_above_a_table_must_say_what_they_said(void **state)
{
    must_say(state, "yearbook", "平台分阶段情况\n单位：十个\n阶段,2022\n已建,4\n",
             ":1: the lines above the header do not have '单位：个'; expected it in one of them\n"
             ":3: no column '备注' in the header\n");
    must_say(state, "yearbook", "平台分阶段情况",
             ":1: the lines above the header do not have '单位：个'; expected it in one of them\n"
             ":2: no header; expected names of the mapping with a comma in between\n");
}

static void what_is_no_text_is_told_by_its_first_bytes(void **state)
{
    must_say(state, "bare", "PK\x03\x04\x14",
             ": is a ZIP archive, like a workbook (.xlsx, .ods); expected text, like a sheet of it "
             "saved as CSV\n");
    must_say(state, "own", "\xD0\xCF\x11\xE0\xA1\xB1",
             ": is a workbook or document of an old Office (.xls, .doc); expected text, like a "
             "sheet of it saved as CSV\n");
    must_say(state, "page", "%PDF-1.4\n", ": is a PDF; expected text\n");
    must_say(state, "futian", "\x1F\x8B\x08", ": is compressed by gzip; expected it unpacked\n");
    must_say(state, "bare", "PK|1|\n",
             ":1:1: time_period: 'PK' is not a period; expected one like 2024, 2024-06, 2024-Q2, "
             "2025-W07, 2024-06-30 or 2021/2023\n");
}

static void wrong_documents_are_refused_in_the_words_beside_them(void **state)
{
    must_refuse_foreign(state, decode_csv, "tests/data/csv_mapped/*.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_and_constants_become_observations),
        cmocka_unit_test(what_stands_for_a_value_says_why_there_is_none),
        cmocka_unit_test(each_wide_column_is_an_observation_and_an_empty_cell_none),
        cmocka_unit_test(a_wide_column_may_say_the_status_of_its_cells),
        cmocka_unit_test(the_codes_of_a_table_are_read_as_statuses),
        cmocka_unit_test(a_constant_is_no_code_of_the_table),
        cmocka_unit_test(what_a_spreadsheet_leaves_empty_says_nothing),
        cmocka_unit_test(an_empty_header_may_have_a_meaning),
        cmocka_unit_test(gb18030_is_read_and_complained_of_by_its_own_lines_and_bytes),
        cmocka_unit_test(gbk_and_gb2312_are_other_names_of_it),
        cmocka_unit_test(utf_16_is_read_in_the_order_of_its_mark_or_little_endian),
        cmocka_unit_test(utf_16_is_complained_of_by_its_own_lines_and_bytes),
        cmocka_unit_test(a_mark_of_utf_16_is_told_where_another_encoding_is_expected),
        cmocka_unit_test(a_long_document_is_converted_whole),
        cmocka_unit_test(a_file_without_a_header_is_given_one),
        cmocka_unit_test(white_space_around_a_cell_says_nothing),
        cmocka_unit_test(an_empty_cell_may_repeat_the_one_above),
        cmocka_unit_test(no_cell_repeats_one_of_another_group),
        cmocka_unit_test(a_row_of_totals_is_passed_over_whatever_else_it_says),
        cmocka_unit_test(a_column_that_is_not_read_may_tell_of_totals),
        cmocka_unit_test(a_text_of_totals_counts_whole_and_in_its_column),
        cmocka_unit_test(rows_below_a_merged_total_belong_to_it),
        cmocka_unit_test(a_row_of_totals_may_be_empty_beside_its_name),
        cmocka_unit_test(a_table_may_end_before_its_notes),
        cmocka_unit_test(a_row_that_is_too_long_does_not_end_a_table),
        cmocka_unit_test(what_stands_behind_a_value_may_say_its_status),
        cmocka_unit_test(what_stands_in_place_of_a_value_may_end_like_a_mark),
        cmocka_unit_test(a_value_may_have_as_many_marks_as_fit_into_a_row),
        cmocka_unit_test(the_lines_above_a_table_must_say_what_they_said),
        cmocka_unit_test(what_is_no_text_is_told_by_its_first_bytes),
        cmocka_unit_test(wrong_documents_are_refused_in_the_words_beside_them),
    };
    return cmocka_run_group_tests_name("csv_mapped", tests, load_foreign, free_foreign);
}
