#!/bin/bash
# SPDX-License-Identifier: MIT
# test_real_figures.sh - the whole way: from the file of a public reply to Prometheus' answer
. "$(dirname "$0")/stage.sh"
today=$(date -u +%Y-%m-%d)
file=$top/conf/futian/observations.csv
observations=$(($(grep -c '' "$file") - 1))

import() {
    collector import "$file" 2>&1 | grep -v -e '^RRD' -e ': a new ledger$'
}

same 'every figure of the reply is recorded' \
    "$file: $observations recorded, 0 unchanged, 0 revised, 0 refused" "$(import)"
same 'the same file again is nothing new' \
    "$file: 0 recorded, $observations unchanged, 0 revised, 0 refused" "$(import)"

start_exporter
curl -fs "$exporter/metrics" >"$scratch/page"
same 'promtool has nothing to say of the page' '' "$(promtool check metrics <"$scratch/page" 2>&1 || echo "status $?")"
same 'the page is the golden one, byte for byte' "$(cat "$top/tests/data/futian.metrics")" "$(steady <"$scratch/page")"
same 'a figure that nobody reported has no sample' '' "$(grep fund_size_cny "$scratch/page")"
check 'and no RRD files' test ! -e "$storage/rrd/fund_size_cny"

same 'pilot platforms: built 4 on every day from 2024-06-30 to today' \
    "$(printf '%s\n' '2024-06-01 unknown' '2024-06-30 4')" \
    "$(rows pilot_platforms/ref_area=440304,stage=built.rrd 2024-06-01 "$today")"
same 'pilot platforms: planned 6 on every day from 2024-06-30 to today' \
    "$(printf '%s\n' '2024-06-01 unknown' '2024-06-30 6')" \
    "$(rows pilot_platforms/ref_area=440304,stage=planned.rrd 2024-06-01 "$today")"
same 'the rank is 1 on every day of 2021 to 2023, and unknown outside' \
    "$(printf '%s\n' '2020-12-01 unknown' '2021-01-01 1' '2024-01-01 unknown')" \
    "$(rows ip_protection_rank/ref_area=440304.rrd 2020-12-01 "$today")"
same 'the subsidies are 100000000 over 2021 to 2023, and unknown outside' \
    "$(printf '%s\n' '2020-12-01 unknown' '2021-01-01 100000000' '2024-01-01 unknown')" \
    "$(rows tech_finance_subsidies_cny/ref_area=440304.rrd 2020-12-01 "$today")"

start_scraper
until_true 30 prometheus_has 'pilot_platforms{stage="built"}' 4
same 'a real Prometheus answers pilot_platforms{stage="built"} with 4' 4 "$(query 'pilot_platforms{stage="built"}')"
same 'and what it was as of' 1719705600 "$(query 'almanac_as_of_timestamp_seconds{figure="pilot_platforms",stage="built"}')"

done_testing
