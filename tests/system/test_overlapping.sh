#!/bin/bash
# SPDX-License-Identifier: MIT
# test_overlapping.sh - what docs/formats.md says of periods that overlap
. "$(dirname "$0")/stage.sh"
cd "$scratch" || exit
config=$scratch/almanac.yaml
cat >"$config" <<END
figures:
  - {name: visits, kind: flow, freq: M, due: 20, labels: [series], title: {en: V, zh: V}, help: Visits.}
  - {name: beds, kind: stock, freq: Q, due: 20, labels: [series], title: {en: B, zh: B}, help: Beds.}
END
awk '/^## / { inside = $0 == "## Periods that overlap" } /^```/ { block = inside && $0 == "```csv"; next }
    block' "$top/docs/formats.md" >report.csv
same 'each is recorded' 'report.csv: 16 recorded, 0 unchanged, 0 revised, 0 refused' \
    "$(collector import report.csv 2>/dev/null | head -n 1)"
same 'and kept' 10,14,15,21,60 "$(collector observations visits 'series=with the year' --format=json |
    jq -r '[.[].obs_value] | sort | join(",")')"

has() { # FIGURE SERIES EXPECTED
    same "$2" "$3" "$(rows "$1/series=${2// /%20}.rrd" 2023-12-01 2025-02-01)"
}
has visits 'with the year' $'2023-12-01 unknown\n2024-01-01 60\n2024-10-01 21\n2025-01-01 unknown'
has visits 'since January' $'2023-12-01 unknown\n2024-01-01 39\n2024-10-01 unknown'
has visits 'with months' $'2023-12-01 unknown\n2024-01-01 10\n2024-03-01 3\n2024-04-01 unknown'
has beds mixed $'2023-12-01 unknown\n2023-12-31 40\n2024-03-31 38\n2024-12-31 41'

today=$(date -u +%F) year=$(date -u +%Y)
printf '%s\n' figure,series,time_period,obs_value "visits,begun,$year,1" "beds,begun,$((year - 1)),2" \
    "beds,begun,$year,3" "beds,of today,$today,4" visits,quarter,2024-Q2,5 beds,day,2024-05-10,6 >begun.csv
collector import begun.csv >/dev/null
start_exporter
expected=2 # but on the last day of the year
[[ $today != "$year-12-31" ]] || expected=3
same 'a stock waits for the last day of its period' "beds{series=\"begun\"} $expected" "$(samples beds | grep begun)"
same 'or is reported of the day' 'beds{series="of today"} 4' "$(samples beds | grep today)"
same 'a flow does not wait' 'visits{series="begun"} 1' "$(samples visits | grep begun)"
same '/metrics has what ends last' $'visits{series="since January"} 39\nvisits{series="with months"} 3\nvisits{series="with the year"} 21' \
    "$(samples visits | grep 'series="[sw]')"
due() { # SERIES
    date -ud "@$(samples almanac_next_due_timestamp_seconds | sed -n "s/.*series=\"$1\".* //p")" +%F
}
same 'a month after a quarter' 2024-08-21 "$(due quarter)"
same 'and a quarter after a day, the next is due' 2024-08-31 "$(due day)"

done_testing
