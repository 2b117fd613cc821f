/* SPDX-License-Identifier: MIT */
/* test_csv_coded.c - cells in words of their own, cells that are fixed, and years apart */
#include "foreign.h"

static void a_column_may_say_several_things_by_its_codes(void **state)
{
    must_say(state, "coded",
             "指标,地区,2024年6月,2024年5月\n"
             "销售额,,45396,41112\n集群数,全国,5,\n合计,x,1,2\n销售额,各地,1,2\n",
             "monthly_cny 2024-06 4539600000000 A\n"
             "monthly_cny 2024-05 4111200000000 A\n"
             "leading_clusters national 2024-06 5 A\n");
    must_say(state, "coded", "指标,地区,2024年6月\n其他,,1\n",
             ":2:1: figure: is empty; expected the name of a figure\n");
}

static void a_text_that_is_no_code_is_refused(void **state)
{
    must_say(state, "coded", "指标,地区,2024年6月\n销售总额,,1\n销售额,广东,1\n",
             ":2:1: figure: '销售总额' is none of the codes of '指标'; expected one of them\n"
             ":3:2: tier: '广东' is none of the codes of '地区'; expected one of them\n");
    must_say(state, "coded", "指标,2024年6月\n销售额,1\n", ":1: no column '地区' in the header\n");
    must_say(state, "coded", "指标,地区,unit,2024年6月\n销售额,,元,1\n",
             ":1:3: the column 'unit' says unit, as codes do; expected it said once\n");
}

static void a_cell_may_say_the_unit_or_be_fixed(void **state)
{
#define MULTIPLIED "FREQ,FLAG,UNIT_MULT,time_period,obs_value\n"
    must_say(state, "multiplied", MULTIPLIED "M,x,6,2024-06,1.5\n M ,x,0,2024-05,1.5\n",
             "monthly_cny 2024-06 1500000 A\nmonthly_cny 2024-05 1.5 A\n");
    must_say(state, "multiplied", MULTIPLIED "Q,x,6,2024-06,1\nM,,6,2024-06,1\nM,x,9,2024-06,1\n",
             ":2:1: FREQ: is 'Q'; expected 'M', as in every row\n"
             ":3:2: FLAG: is ''; expected 'x', as in every row\n"
             ":4:3: unit: '9' is none of the codes of 'UNIT_MULT'; expected one of them\n");
    must_say(state, "one_unit", "time_period,obs_value,unit\n2024-06,5,亿元\n2024-05,5,元\n",
             "monthly_cny 2024-06 500000000 A\n"
             ":3:3: unit: is '元'; expected '亿元', as in every row\n");
    must_say(state, "multiplied", "FREQ,UNIT_MULT,time_period,obs_value\nM,6,2024-06,1\n",
             ":1: no column 'FLAG' in the header\n");
}

static void the_year_may_stand_in_a_column_of_its_own(void **state)
{
#define APART "year,month,figure,obs_value\n"
    must_say(state, "apart",
             APART "2024,01,monthly_cny,1\n,M02,monthly_cny,2\n,March,monthly_cny,3\n"
                   "2023,12月,monthly_cny,4\n2023,M13,monthly_cny,5\n2023,,monthly_cny,6\n"
                   "2023,Q2,fund_size_cny,7\n2023,2023-03,monthly_cny,8\n",
             "monthly_cny 2024-01 1 A\n"
             "monthly_cny 2024-02 2 A\n"
             "monthly_cny 2024-03 3 A\n"
             "monthly_cny 2023-12 4 A\n"
             "fund_size_cny 2023-Q2 7 A\n"
             "monthly_cny 2023-03 8 A\n");
}

static void what_is_no_period_of_that_year_is_refused_with_both(void **state)
{
#define NO_PERIOD                                                                                  \
    " is not a period; expected one like 2024, 2024-06, 2024-Q2, 2025-W07, 2024-06-30 or "         \
    "2021/2023\n"
    must_say(state, "apart",
             APART "2024,13,monthly_cny,1\n2024,2,fund_size_cny,1\n2024,W02x,monthly_cny,1\n",
             ":2:2: time_period: '2024 13'" NO_PERIOD ":3:2: time_period: '2024 2'" NO_PERIOD
             ":4:2: time_period: '2024 W02x'" NO_PERIOD);
    must_say(state, "apart", APART "2024,2023-09,monthly_cny,1\n2024,0901,monthly_cny,1\n",
             ":2:2: time_period: '2024 2023-09'" NO_PERIOD
             ":3:2: time_period: '2024 0901'" NO_PERIOD);
    must_say(state, "apart", "month,figure,obs_value\nM01,monthly_cny,1\n",
             ":1: no column 'year' in the header\n");
}

static void months_may_be_columns_beside_the_year(void **state)
{
    must_say(state, "calendar", "year,Jan,Feb,3,四月\n2023,1,2,3,4\n2024,5,,,\n",
             "monthly_cny 2023-01 1 A\n"
             "monthly_cny 2023-02 2 A\n"
             "monthly_cny 2023-03 3 A\n"
             "monthly_cny 2023-04 4 A\n"
             "monthly_cny 2024-01 5 A\n");
}

static void every_header_that_is_a_period_may_be_a_wide_column(void **state)
{
    must_say(state, "rolling",
             "Stage,1990,2019年,2020 [YR2020],2021, 2024年10月,Q3 2022\n"
             "built,x,y,1,2,3,4\nplanned,,,,5,,6\n",
             "pilot_platforms built 2020 1 A \"y\"\n"
             "pilot_platforms built 2021 2 A \"y\"\n"
             "pilot_platforms built 2024-10 3 A \"y\"\n"
             "pilot_platforms built 2022-Q3 4 A \"y\"\n"
             "pilot_platforms planned 2021 5 A\n"
             "pilot_platforms planned 2022-Q3 6 A\n");
    must_say(state, "rolling", "Stage,1990,2019年,2021-22\nbuilt,,,1\n",
             ":1:4: unknown column '2021-22'; expected one of the mapping, or figure, time_period, "
             "obs_value, unit, comparator, obs_status, released, reference, comment or a label "
             "that a figure has\n"
             ":1: none of the wide columns is in the header\n");
    must_say(state, "days", "01/06/2024,1.5.2024\n1,2\n",
             "monthly_cny 2024-06-01 1 A\nmonthly_cny 2024-05-01 2 A\n");
    must_say(state, "rolling", "Stage,2021,1990,2019年,2021\nbuilt,1,,,1\n",
             ":1:5: the column '2021' is there twice\n");
}

static void white_space_around_a_header_says_nothing(void **state)
{
    must_say(state, "apart", "year , month,\tfigure \t,   obs_value\n2024,Jan,monthly_cny, 1\n",
             "monthly_cny 2024-01 1 A\n");
    must_say(state, "calendar", " year,Jan , \n2024,1,\n", "monthly_cny 2024-01 1 A\n");
    must_say(state, "padded", " Value ,Value,time_period\n1,2,2024\n", "fund_size_cny 2024 1 A\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_may_say_several_things_by_its_codes),
        cmocka_unit_test(a_text_that_is_no_code_is_refused),
        cmocka_unit_test(a_cell_may_say_the_unit_or_be_fixed),
        cmocka_unit_test(the_year_may_stand_in_a_column_of_its_own),
        cmocka_unit_test(what_is_no_period_of_that_year_is_refused_with_both),
        cmocka_unit_test(months_may_be_columns_beside_the_year),
        cmocka_unit_test(every_header_that_is_a_period_may_be_a_wide_column),
        cmocka_unit_test(white_space_around_a_header_says_nothing),
    };
    return cmocka_run_group_tests_name("csv_coded", tests, load_foreign, free_foreign);
}
