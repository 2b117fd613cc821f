#!/bin/bash
# SPDX-License-Identifier: MIT
# test_metrics_pages.sh - what an exporter serves is a source: its gauges and its history become figures
. "$(dirname "$0")/stage.sh"

page_source() { # NAME URL [LINE…]
    printf '  - name: %s\n    url: %s\n    format: metrics\n    metrics:\n' "$1" "$2"
    printf '      %s\n' 'families: {pilot_platforms: platforms}' 'labels: {stage: state, ref_area: ""}' "${@:3}"
}
tried() { # SOURCE: what it says, without the table's spaces
    collector try "$1" 2>&1 | tr -s ' '
}

collector import "$top/conf/futian/observations.csv" >"$scratch/import.log"
start_exporter
"$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" export --format=openmetrics \
    pilot_platforms >"$scratch/history.om"
config=$scratch/almanac.yaml storage=$scratch/other
cat >"$config" <<'END'
figures:
  - name: platforms
    kind: stock
    freq: A
    labels: [state]
    title: {en: Platforms, zh: 平台}
    help: Platforms.
sources:
END
page_source served "$exporter/metrics" >>"$config"
page_source as_text "$exporter/metrics" 'exposition: text' >>"$config"
page_source history file:history.om 'period: day' >>"$config"
page_source wrong file:wrong.prom >>"$config"
printf 'pilot_platforms{stage="built"} 4\npilot_platforms{stage="built} 4\n' >"$scratch/wrong.prom"

for source in served as_text; do
    said=$(tried $source)
    check "$source: the gauges of a page become figures of a year, as its freq says" \
        grep -qE "^ ?built 20[0-9][0-9] 4( |$)" <<<"$said"
    same "$source: both of them, and nothing is refused" \
        "$source: 2 observations, 0 refused; nothing is recorded" "$(grep ' observations, ' <<<"$said")"
done
same 'a page that breaks off is refused with its place' \
    'wrong:2:23: the quote that opens here is never closed; expected another on the line
wrong: 0 observations, 1 refused; nothing is recorded' "$(tried wrong)"
sed -i '/name: wrong/,$d' "$config"
check 'they are read once' collector --once
same 'the history that was exported is there day by day' "4 2024-06-30" \
    "$(ledger "SELECT obs_value, min(time_period) FROM vintage
        WHERE source = 'history' AND labels LIKE '%built%'")"
done_testing
