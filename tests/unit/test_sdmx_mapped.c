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

static void wrong_documents_are_refused_in_the_words_beside_them(void **state)
{
    must_refuse_foreign(state, decode_sdmx_csv, "tests/data/sdmx_mapped/*.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_fixed_is_checked_and_what_is_constant_is_meant),
        cmocka_unit_test(a_label_and_a_period_may_be_constants),
        cmocka_unit_test(a_withdrawal_has_the_constants_too),
        cmocka_unit_test(wrong_documents_are_refused_in_the_words_beside_them),
    };
    return cmocka_run_group_tests_name("sdmx_mapped", tests, load_foreign, free_foreign);
}
