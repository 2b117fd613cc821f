/* SPDX-License-Identifier: MIT */
/* test_sdmx_mapped.c - what a dataflow does not say, or in words of its own, its mapping says */
#include "foreign.h"

#define EUROSTAT                                                                                   \
    "DATAFLOW,LAST UPDATE,freq,unit,na_item,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
#define GDP "ESTAT:NAMA_10_GDP(1.0),05/11/24 23:00:00,A,CP_MNAC,B1GQ,CN,"

static void what_is_fixed_is_checked_and_what_is_constant_is_meant(void **state)
{
    must_say(state, "eurostat", EUROSTAT GDP "2023,129427170.5,P,F\n" GDP "2022,0,,\n",
             "fund_size_cny 2023 129427170500000 P [Eurostat]\n"
             "fund_size_cny 2022 0 A [Eurostat]\n");
}

static void what_multiplies_does_so_once(void **state)
{
#define MULTIPLIED "DATAFLOW,LAST UPDATE,freq,unit,na_item,geo,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n"
    must_say(
        state, "eurostat", MULTIPLIED GDP "2023,1.5,0\n" GDP "2022,1.5,6\n",
        "fund_size_cny 2023 1500000 A [Eurostat]\n"
        ":3: unit: 'million CNY' would multiply what UNIT_MULT has multiplied; expected one of "
        "them to\n");
}

static void a_label_and_a_period_may_be_constants(void **state)
{
    must_say(state, "today",
             "STRUCTURE,STRUCTURE_ID,INDICATOR,OBS_VALUE,OBS_STATUS\n"
             "dataflow,ANY:ID,PILOT,4,\n",
             "pilot_platforms built 2024-06 4 A\n");
}

static void a_withdrawal_has_the_constants_too(void **state)
{
    must_say(state, "today",
             "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,OBS_VALUE,OBS_STATUS\n"
             "dataflow,ANY:ID,D,PILOT,4,\n",
             "pilot_platforms built 2024-06 - O\n");
}

static void what_stands_for_a_value_says_why_there_is_none(void **state)
{
    must_say(state, "eurostat", EUROSTAT GDP "2023,,,\n" GDP "2022,:,,\n" GDP "2021,NaN,,\n",
             "fund_size_cny 2023 - Q [Eurostat]\n"
             "fund_size_cny 2022 - O [Eurostat]\n"
             "fund_size_cny 2021 - L [Eurostat]\n");
    must_say(state, "eurostat", EUROSTAT GDP "2023,#N/A,,\n" GDP "2022,..,,\n",
             "fund_size_cny 2023 - O [Eurostat]\n"
             ":3:8: obs_value: '..' is not a decimal number; expected digits with at most one "
             "point, like 1234.5\n");
}

static void the_own_status_of_a_row_counts_if_it_goes_without_a_value(void **state)
{
    must_say(state, "eurostat",
             EUROSTAT GDP "2023,,M,\n" GDP "2022,:,S,\n" GDP "2021,:,U,\n" GDP "2020,NaN,A,\n",
             "fund_size_cny 2023 - M [Eurostat]\n"
             "fund_size_cny 2022 - S [Eurostat]\n"
             "fund_size_cny 2021 - O [Eurostat]\n"
             "fund_size_cny 2020 - L [Eurostat]\n");
    must_say(state, "eurostat", EUROSTAT GDP "2023,:,z,\n",
             ":2:9: obs_status: 'z' is not known; expected one of A (normal), B, D, E, F "
             "(forecast), G, I, P (provisional), U, V and W, without a value H, L, M, O and Q, "
             "with or without one J, K, N and S (SDMX CL_OBS_STATUS)\n");
}

static void a_row_without_a_report_is_checked_and_passed_over(void **state)
{
    must_say(state, "eurostat", EUROSTAT GDP "2023,-,Q,\n" GDP "2022,4,,\n",
             "fund_size_cny 2022 4000000 A [Eurostat]\n");
    must_say(state, "eurostat",
             EUROSTAT "ESTAT:NAMA_10_GDP(1.0),,Q,CP_MNAC,B1GQ,CN,2023,-,,\n" GDP "2022,4,,\n",
             "fund_size_cny 2022 4000000 A [Eurostat]\n"
             ":2:3: freq: is 'Q'; expected 'A', as in every row\n");
}

static void the_codes_of_a_source_are_read_as_statuses(void **state)
{
    must_say(state, "eurostat",
             EUROSTAT GDP "2023,7,p,\n" GDP "2022,7,b,\n" GDP "2021,7,bp,\n" GDP "2020,7,,\n" GDP
                          "2019,7,E,\n" GDP "2018,7,F,\n",
             "fund_size_cny 2023 7000000 P [Eurostat]\n"
             "fund_size_cny 2022 7000000 B [Eurostat]\n"
             "fund_size_cny 2021 7000000 P [Eurostat]\n"
             "fund_size_cny 2020 7000000 A [Eurostat]\n"
             "fund_size_cny 2019 7000000 D [Eurostat]\n"
             "fund_size_cny 2018 7000000 F [Eurostat]\n");
    must_say(
        state, "eurostat",
        "DATAFLOW,freq: Frequency,unit: Unit,TIME_PERIOD: Time,OBS_VALUE,OBS_FLAG: Flag,OBS_COM\n"
        "ESTAT:NAMA_10_GDP(1.0): GDP,A: Annual,CP_MNAC: Million,2023,7,p: provisional,p\n",
        "fund_size_cny 2023 7000000 P [Eurostat] \"p\"\n");
    must_say(state, "eurostat",
             "DATAFLOW,freq:Frequency,unit:Unit: all,TIME_PERIOD:Time,OBS_VALUE:Value\n"
             "ESTAT:NAMA_10_GDP(1.0),A: Annual,CP_MNAC: Million,2023,7\n",
             "fund_size_cny 2023 7000000 A [Eurostat]\n");
}

static void a_code_of_what_has_no_value_counts_without_one(void **state)
{
    must_say(state, "eurostat",
             EUROSTAT GDP "2023,:,c,\n" GDP "2022,:,u,\n" GDP "2021,,bp,\n" GDP "2020,7,c,\n",
             "fund_size_cny 2023 - Q [Eurostat]\n"
             "fund_size_cny 2022 - O [Eurostat]\n"
             "fund_size_cny 2021 - Q [Eurostat]\n"
             ":5:8: obs_value: is '7'; expected it empty, as obs_status Q says\n");
    must_say(state, "eurostat", EUROSTAT GDP "2023,#N/A,c,\n",
             "fund_size_cny 2023 - Q [Eurostat]\n");
}

static void a_code_that_is_not_listed_is_read_as_it_stands(void **state)
{
    must_say(state, "eurostat", EUROSTAT GDP "2023,7,d,\n" GDP "2022,7,V,\n",
             "fund_size_cny 2022 7000000 V [Eurostat]\n"
             ":2:9: obs_status: 'd' is not known; expected one of A (normal), B, D, E, F "
             "(forecast), G, I, P (provisional), U, V and W, without a value H, L, M, O and Q, "
             "with or without one J, K, N and S (SDMX CL_OBS_STATUS)\n");
}

#define ACTIONS                                                                                    \
    "STRUCTURE,STRUCTURE_ID,ACTION,freq,unit,na_item,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"

static void what_is_deleted_is_withdrawn_whatever_stands_for_a_value(void **state)
{
    must_say(state, "eurostat",
             ACTIONS "dataflow,ESTAT:NAMA_10_GDP(1.0),I,A,CP_MNAC,B1GQ,CN,2023,-,\n"
                     "dataflow,ESTAT:NAMA_10_GDP(1.0),D,A,CP_MNAC,B1GQ,CN,2023,,p\n"
                     "dataflow,ESTAT:NAMA_10_GDP(1.0),D,A,CP_MNAC,B1GQ,CN,2022,-,\n"
                     "dataflow,ESTAT:NAMA_10_GDP(1.0),D,A,CP_MNAC,B1GQ,CN,2021,:,M\n"
                     "dataflow,ESTAT:NAMA_10_GDP(1.0),D,A,CP_MNAC,B1GQ,CN,2020,,c\n",
             "fund_size_cny 2023 - O [Eurostat]\n"
             "fund_size_cny 2022 - O [Eurostat]\n"
             "fund_size_cny 2021 - M [Eurostat]\n"
             "fund_size_cny 2020 - Q [Eurostat]\n");
}

static void without_a_column_nothing_stands_for_a_value(void **state)
{
    must_say(state, "eurostat",
             "DATAFLOW,freq,unit,geo,TIME_PERIOD\nESTAT:NAMA_10_GDP(1.0),A,CP_MNAC,CN,2023\n",
             ":2: obs_value: is empty; expected a decimal number, or an obs_status that goes "
             "without one (H, J, K, L, M, N, O, Q, S)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_fixed_is_checked_and_what_is_constant_is_meant),
        cmocka_unit_test(what_multiplies_does_so_once),
        cmocka_unit_test(a_label_and_a_period_may_be_constants),
        cmocka_unit_test(a_withdrawal_has_the_constants_too),
        cmocka_unit_test(what_stands_for_a_value_says_why_there_is_none),
        cmocka_unit_test(the_own_status_of_a_row_counts_if_it_goes_without_a_value),
        cmocka_unit_test(a_row_without_a_report_is_checked_and_passed_over),
        cmocka_unit_test(the_codes_of_a_source_are_read_as_statuses),
        cmocka_unit_test(a_code_of_what_has_no_value_counts_without_one),
        cmocka_unit_test(a_code_that_is_not_listed_is_read_as_it_stands),
        cmocka_unit_test(what_is_deleted_is_withdrawn_whatever_stands_for_a_value),
        cmocka_unit_test(without_a_column_nothing_stands_for_a_value),
    };
    return cmocka_run_group_tests_name("sdmx_mapped", tests, load_foreign, free_foreign);
}
