#!/bin/bash
# SPDX-License-Identifier: MIT
# test_offices.sh - what conf/examples/offices.yaml reads in the documents beside it
. "$(dirname "$0")/stage.sh"
cd "$scratch" || exit
config=$top/conf/examples/offices.yaml

recorded() { # SOURCE
    sqlite3 "$storage/ledger.db" "SELECT figure, coalesce(json_extract(labels, '$.area'),
        json_extract(labels, '$.currency'), json_extract(labels, '$.branch'), ''), time_period, obs_value,
        obs_status, released FROM vintage WHERE source = '$1' ORDER BY 1, 2, 3, 6, 4"
}
says() { # SOURCE LINE…
    same "$1" "$(printf '%s\n' "${@:2}")" "$(recorded "$1")"
}

check 'it is read without a complaint' collector --config.check
collector --once >log 2>&1
same 'all sources are read' 16 "$(grep -c 'msg="source read"' log)"
says fred 'jobless_ratio|US|2024-08|0.042|A|' 'jobless_ratio|US|2024-09|0.041|A|'
same 'alfred has every release' 7 "$(recorded alfred | wc -l)"
check 'and that of a quarter last' grep -q '^gdp_usd|US|2023-Q4|28296967000000|A|2024-09-26' <(recorded alfred)
says bls 'jobless_ratio|US-BLS|2024-09|0.041|A|' 'jobless_ratio|US-BLS|2024-10|0.041|P|'
says ons 'annual_inflation_ratio|UK|2024-09|0.026|A|' 'annual_inflation_ratio|UK|2024-10|0.032|A|'
says world_bank 'population|CHN|2020|1411100000|A|' 'population|CHN|2021|1412360000|A|' \
    'population|CHN|2022|1412175000|A|' 'population|CHN|2023|1410710000|A|' 'population|ERI|2020|3555868|A|'
says destatis 'consumer_prices|DE|2024-01|117.6|A|' 'consumer_prices|DE|2024-02|118.1|A|'
says nbs 'retail_growth_ratio||2024-08|0.021|A|' 'retail_growth_ratio||2024-09|0.032|A|' \
    'retail_growth_ratio||2024-10|0.048|A|' 'retail_sales_cny||2024-08|3872600000000|A|' \
    'retail_sales_cny||2024-09|4111200000000|A|' 'retail_sales_cny||2024-10|4539600000000|A|'
says statcan 'employed|Canada|2024-09|20556900|A|' 'employed|Canada|2024-10|20571400|P|' \
    'employed|Nunavut|2024-10||Q|'
says bcb 'inflation_ratio|BR|2024-08|-0.0002|A|' 'inflation_ratio|BR|2024-09|0.0044|A|' \
    'inflation_ratio|BR|2024-10|0.0056|A|'
says hong_kong 'consumer_prices|HK|2024-09|106.9|A|'
says bis 'policy_rate_ratio|CN|2024-09|0.0335|A|' 'policy_rate_ratio|CN|2024-10|0.031|A|' \
    'policy_rate_ratio|TR|1994-03||M|'
says world_bank_json 'gdp_usd|CHN|2022|17881783387000.9|A|' 'gdp_usd|CHN|2023|17794783039552|A|'
says ecb 'exchange_rate|JPY|2024-09|159.08|A|' 'exchange_rate|USD|2024-09|1.1106|A|' \
    'exchange_rate|USD|2024-10|1.0904|A|'
says json_stat 'jobless_ratio|IE|2024-09|0.043|A|' 'jobless_ratio|IE|2024-10|0.042|A|'
says px_web 'population|SE-00|2024-09|10577000|A|'
says socrata 'visits|Central|2024-09|12034|A|' 'visits|Central|2024-10|11980|A|'

same 'what is about other periods is counted' "ons: 2 are passed over, for their periods are not as long as 'only' says" \
    "$(collector try ons 2>&1 | tail -n 1)"

refused() { # SENTENCE SOURCE FILE SED COMPLAINT
    sed "$4" "$top/conf/examples/offices/$3" >"$3"
    same "$1" "$3$5" "$(collector try "$2" "$3" 2>&1 >/dev/null)"
}
refused 'another multiplier' statcan statcan.csv 's/thousands/millions/' \
    ":2:5: unit: 'millions' is none of the codes of 'SCALAR_FACTOR'; expected one of them
statcan.csv:3:5: unit: 'millions' is none of the codes of 'SCALAR_FACTOR'; expected one of them
statcan.csv:4:5: unit: 'millions' is none of the codes of 'SCALAR_FACTOR'; expected one of them"
refused 'another indicator' nbs nbs.csv 's/同比增长(%)/累计增长(%)/' \
    ":6:1: figure: '社会消费品零售总额_累计增长(%)' is none of the codes of '指标'; expected one of them"
refused 'another series' bls bls.txt '3s/LNS14000000/LNS14000006/' \
    ":3:1: series_id: is 'LNS14000006'; expected 'LNS14000000', as in every row"
refused 'a month that is none' bcb bcb.csv '2s,01/08,01/13,' \
    ":2:1: time_period: '01/13/2024' is not a date with the day first, as 'dates' says; expected one like 30/06/2024 or 30/06/2024 10:00:00"
refused 'a table without a month' ons ons.csv '/SEP\|OCT/d' \
    ": says nothing about periods as long as 'only' says; expected observations"

done_testing
