/* SPDX-License-Identifier: MIT */
/* test_sdmx_csv.c - SDMX-CSV says what its dataflow makes of it, and no more */
#include "foreign.h"

#define OWN  "STRUCTURE,STRUCTURE_ID,ACTION,FIGURE,stage,tier,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
#define MINE "dataflow,ALMANAC:FIGURES(1.0)"

static void what_almanac_exports_needs_no_mapping(void **state)
{
    must_say(state, "own",
             "STRUCTURE,STRUCTURE_ID,ACTION,FIGURE,stage,tier,TIME_PERIOD,OBS_VALUE,COMPARATOR,"
             "OBS_STATUS,RELEASED,REFERENCE,OBS_COM\n" MINE
             ",I,fund_size_cny,,,2023,1.50,>=,P,2024-03-01,Reply 7,\"a, \"\"b\"\"\nc\"\n" MINE
             ",I,pilot_platforms,built,,2024-06,NaN,,Q,,,\n",
             "fund_size_cny 2023 >=1.50 P @1709251200 [Reply 7] \"a, \"b\"\nc\"\n"
             "pilot_platforms built 2024-06 - Q\n");
    must_say(state, "own", OWN, "");
}

static void any_order_and_delimiter_and_no_action_are_understood(void **state)
{
    must_say(state, "own",
             "\xEF\xBB\xBFSTRUCTURE[|];STRUCTURE_ID;OBS_VALUE;TIME_PERIOD;SERIES_KEY;OBS_KEY;"
             "DECIMALS;FIGURE\r\ndataflow;ALMANAC:FIGURES(1.0);7;2023;x;x.2023;0;fund_size_cny\r\n",
             "fund_size_cny 2023 7 A\n");
    must_say(state, "own",
             "\"STRUCTURE\"\t\"STRUCTURE_ID\"\tFIGURE\tTIME_PERIOD\tOBS_VALUE\n"
             "datastructure\tALMANAC:FIGURES(1.0)\tfund_size_cny\t2023\t7\n",
             "fund_size_cny 2023 7 A\n");
}

/* The cells behind TIME_PERIOD 2023 of a row, and what they say. */
static void must_mean(void **state, const char *action, const char *value, const char *status,
                      const char *expected)
{
    char document[512];
    snprintf(document, sizeof document, OWN MINE ",%s,fund_size_cny,,,2023,%s,%s\n", action, value,
             status);
    must_say(state, "own", document, expected);
}

static void every_action_says_what_becomes_of_an_observation(void **state)
{
    static const char *const stated[] = { "", "I", "A", "M", "R" };
    for (size_t i = 0; i < sizeof stated / sizeof *stated; i++)
        must_mean(state, stated[i], "7", "", "fund_size_cny 2023 7 A\n");
    static const struct {
        const char *value, *status, *expected;
    } deleted[] = {
        { "", "", "fund_size_cny 2023 - O\n" },   { "7", "A", "fund_size_cny 2023 - O\n" },
        { "-", "-", "fund_size_cny 2023 - O\n" }, { "-", "Q", "fund_size_cny 2023 - Q\n" },
        { "", "S", "fund_size_cny 2023 - S\n" },  { "NaN", "M", "fund_size_cny 2023 - M\n" },
    };
    for (size_t i = 0; i < sizeof deleted / sizeof *deleted; i++)
        must_mean(state, "D", deleted[i].value, deleted[i].status, deleted[i].expected);
    must_say(state, "own",
             "STRUCTURE,STRUCTURE_ID,ACTION,FIGURE,TIME_PERIOD,COMPARATOR,OBS_COM\n" MINE
             ",D,fund_size_cny,2023,>=,gone\n",
             "fund_size_cny 2023 - O \"gone\"\n");
}

static void a_missing_value_has_a_status_that_says_why(void **state)
{
    static const char without[] = "HLMOQJKNS";
    for (size_t i = 0; without[i] != '\0'; i++) {
        char status[] = { without[i], '\0' }, expected[64];
        snprintf(expected, sizeof expected, "fund_size_cny 2023 - %s\n", status);
        must_mean(state, "I", "NaN", status, expected);
        must_mean(state, "A", "#N/A", status, expected);
        must_mean(state, "R", "", status, expected);
    }
    must_mean(state, "I", "NaN", "", "fund_size_cny 2023 - O\n");
    must_mean(state, "I", "#N/A", "", "fund_size_cny 2023 - O\n");
}

static void every_status_of_a_value_is_known(void **state)
{
    static const char with[] = "ABDEFGIPUVWJKNS";
    for (size_t i = 0; with[i] != '\0'; i++) {
        char status[] = { with[i], '\0' }, expected[64];
        snprintf(expected, sizeof expected, "fund_size_cny 2023 7 %s\n", status);
        must_mean(state, "I", "7", status, expected);
    }
}

static void values_are_multiplied_without_a_loss(void **state)
{
    static const struct {
        const char *value, *multiplier, *expected;
    } cases[] = {
        { "12.5", "6", "12500000" },
        { "12.5", "", "12.5" },
        { "1.50", "0", "1.50" },
        { "1.2500", "3", "1250.0" },
        { "0.1", "-3", "0.0001" },
        { "-7", "2", "-700" },
        { "0", "9", "0" },
        { "1.5e3", "3", "1500000" },
        { "123456789012345678.123456789", "9", "123456789012345678123456789" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char document[512], expected[128];
        snprintf(document, sizeof document,
                 "STRUCTURE,STRUCTURE_ID,ACTION,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n"
                 "dataflow,ANY:ID,I,2023,%s,%s\n",
                 cases[i].value, cases[i].multiplier);
        snprintf(expected, sizeof expected, "fund_size_cny 2023 %s A\n", cases[i].expected);
        must_say(state, "funds", document, expected);
    }
}

static void dimensions_become_a_figure_and_its_labels(void **state)
{
    must_say(state, "indicators",
             "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,STAGE,TIME_PERIOD,OBS_VALUE,"
             "UNIT_MEASURE,UNIT_MULT,NOTE,TITLE\n"
             "dataflow,ESTAT:NAMQ(1.0),I,A,CN,PILOT,built,2023,4,PL,0,seen,Yearbook\n"
             "dataflow,ESTAT:NAMQ(1.0),M,A,CN,FUND,,2023,1.5,CNY,8,,\n"
             "dataflow,ESTAT:NAMQ(1.0),I,Q,CN,OTHER,x,y,z,,,,\n",
             "pilot_platforms built 2023 4 A [Yearbook] \"seen\"\n"
             "fund_size_cny 2023 150000000 A\n");
    must_say(state, "funds",
             "STRUCTURE,STRUCTURE_ID,TIME_PERIOD,OBS_VALUE,PREPARED\n"
             "dataprovision,ANY:ID,2023,4,2024-08-01T00:00:00Z\n",
             "fund_size_cny 2023 4 A @1722470400\n");
}

static void version_1_names_the_dataflow_alone(void **state)
{
    must_say(state, "own",
             "DATAFLOW,FIGURE,stage,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\n"
             "ALMANAC:FIGURES(1.0),pilot_platforms,built,2024-06,4,P,0\n"
             "ALMANAC:FIGURES(1.0),fund_size_cny,,2023,1.5,,8\n"
             "ALMANAC:FIGURES(1.0),fund_size_cny,,2022,NaN,M,8\n",
             "pilot_platforms built 2024-06 4 P\n"
             "fund_size_cny 2023 150000000 A\n"
             "fund_size_cny 2022 - M\n");
    must_say(state, "funds",
             "\"DATAFLOW\";\"TIME_PERIOD\";\"OBS_VALUE\"\r\n\"ANY:ID(1.0)\";2023;7\r\n",
             "fund_size_cny 2023 7 A\n");
}

static void names_beside_ids_are_not_read(void **state)
{
    must_say(state, "indicators",
             "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,Frequency,REF_AREA,Reference area,"
             "INDICATOR,Indicator,STAGE,,TIME_PERIOD,Time period,OBS_VALUE,Observation value,"
             "OBS_STATUS,Observation status,NOTE,\n"
             "DATAFLOW,ESTAT:NAMQ(1.0),Accounts,I,A,Annual,CN,China,PILOT,Platforms,built,Built,"
             "2023,2023,4,,P,Provisional,seen: by us,\n",
             "pilot_platforms built 2023 4 P \"seen: by us\"\n");
    must_say(state, "indicators",
             "STRUCTURE[;],STRUCTURE_ID,ACTION,FREQ: Frequency,REF_AREA: Reference area,"
             "INDICATOR: Indicator,STAGE: Stage,TIME_PERIOD: Time,OBS_VALUE: Observation value,"
             "UNIT_MULT: Multiplier,NOTE: Note\n"
             "dataflow,ESTAT:NAMQ(1.0): Accounts: main,I,A: Annual,CN: China,PILOT: Platforms: all,"
             "built: Built,2023: 2023,4,1: Tens,seen: by us\n",
             "pilot_platforms built 2023 40 A \"seen: by us\"\n");
    must_say(state, "indicators",
             "DATAFLOW,FREQ: Frequency,INDICATOR: Indicator,TIME_PERIOD: Time,OBS_VALUE: Value\n"
             "ESTAT:NAMQ(1.0): Accounts,A: Annual,FUND: Fund size,2023,7\n",
             "fund_size_cny 2023 7 A\n");
}

static void several_names_behind_ids_matter_only_where_they_are_read(void **state)
{
    must_say(state, "indicators",
             "STRUCTURE[;],STRUCTURE_ID,FREQ: Frequency,INDICATOR: Indicator,STAGE: Stage,"
             "TOPIC[]: Topics,TIME_PERIOD: Time,OBS_VALUE: Value\n"
             "dataflow,ESTAT:NAMQ(1.0),A: Annual,PILOT: Platforms,built: Built,x: X;y: Y,2023,4\n",
             "pilot_platforms built 2023 4 A\n");
}

static void a_component_without_a_name_has_ids_with_names(void **state)
{
    must_say(
        state, "indicators",
        "DATAFLOW,FREQ,INDICATOR: Indicator,STAGE,TIME_PERIOD: Time,OBS_VALUE,NOTE\n"
        "ESTAT:NAMQ(1.0): Accounts,A: Annual,PILOT: Platforms,built: Built,2023,4,seen: by us\n",
        "pilot_platforms built 2023 4 A \"seen: by us\"\n");
}

static void a_name_may_be_the_id_or_what_it_means(void **state)
{
    must_say(state, "indicators",
             "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,FREQ,REF_AREA,REF_AREA,INDICATOR,"
             "figure,STAGE,stage,TIME_PERIOD,TIME_PERIOD,OBS_VALUE,OBS_VALUE,UNIT_MULT,UNIT_MULT\n"
             "dataflow,ESTAT:NAMQ(1.0),Accounts,I,A,Annual,CN,China,PILOT,Platforms,built,Built,"
             "2023,,4,,1,Tens\n",
             "pilot_platforms built 2023 40 A\n");
}

static void wrong_documents_are_refused_in_the_words_beside_them(void **state)
{
    must_refuse_foreign(state, decode_sdmx_csv, "tests/data/sdmx_csv/*.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_almanac_exports_needs_no_mapping),
        cmocka_unit_test(any_order_and_delimiter_and_no_action_are_understood),
        cmocka_unit_test(every_action_says_what_becomes_of_an_observation),
        cmocka_unit_test(a_missing_value_has_a_status_that_says_why),
        cmocka_unit_test(every_status_of_a_value_is_known),
        cmocka_unit_test(values_are_multiplied_without_a_loss),
        cmocka_unit_test(dimensions_become_a_figure_and_its_labels),
        cmocka_unit_test(version_1_names_the_dataflow_alone),
        cmocka_unit_test(names_beside_ids_are_not_read),
        cmocka_unit_test(several_names_behind_ids_matter_only_where_they_are_read),
        cmocka_unit_test(a_component_without_a_name_has_ids_with_names),
        cmocka_unit_test(a_name_may_be_the_id_or_what_it_means),
        cmocka_unit_test(wrong_documents_are_refused_in_the_words_beside_them),
    };
    return cmocka_run_group_tests_name("sdmx_csv", tests, load_foreign, free_foreign);
}
