#!/bin/bash
# SPDX-License-Identifier: MIT
# test_late_and_corrected.sh - late figures, corrections, and the same files whatever the order
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
rrd=platforms/area=futian.rrd
today=$(date -u +%Y-%m-%d)

declare_figures platforms:area >"$config"

# say PERIOD VALUE [FILE]: one observation, imported from a file of this name.
say() {
    printf 'figure,area,time_period,obs_value\nplatforms,futian,%s,%s\n' "$1" "$2" >"$scratch/${3:-$1.csv}"
    (cd "$scratch" && collector import "${3:-$1.csv}")
}

in_order() { # PERIOD=VALUE…
    local said
    rm -rf "$storage"
    for said; do
        say "${said%=*}" "${said#*=}" >/dev/null
    done
}

steps=$(printf '%s\n' '2023-06-01 unknown' '2023-06-30 3' '2023-12-31 4' '2024-06-30 6')
in_order 2023-06=3 2024-06=6 2023=4
same 'a stock reported 3, then 6, then a late 4 in between: three exact steps' "$steps" \
    "$(rows "$rrd" 2023-06-01 "$today")"

same 'and no row with any other number at the finest resolution' "$(printf '%s\n' 3 4 6 NaN)" \
    "$(rrdtool dump "$storage/rrd/$rrd" | awk '/<rra>/ { n++ } n == 1 && /<row>/ {
        gsub(/.*<v>|<\/v>.*/, ""); print ($0 ~ /NaN/ ? $0 : $0 + 0) }' | sort -u)"

dump() {
    rrdtool dump "$storage/rrd/$rrd" | sha256sum
}
first=$(dump)
orders=0
for order in '2023-06=3 2023=4 2024-06=6' '2023-06=3 2024-06=6 2023=4' '2023=4 2023-06=3 2024-06=6' \
    '2023=4 2024-06=6 2023-06=3' '2024-06=6 2023-06=3 2023=4' '2024-06=6 2023=4 2023-06=3'; do
    in_order $order
    [[ $(dump) == "$first" ]] && orders=$((orders + 1))
done
if [[ $today == "$(date -u +%Y-%m-%d)" ]]; then
    same 'any of the six orders gives the identical dump' 6 $orders
else
    echo "ok $((++cases)) - any of the six orders gives the identical dump # SKIP the day has changed"
fi

start_exporter
same 'a correction is a revision' 'b.csv: 0 recorded, 0 unchanged, 1 revised, 0 refused' \
    "$(say 2024-06 7 b.csv | head -n 1)"
same 'both vintages stay in the ledger' $'6\n7' \
    "$(ledger "SELECT obs_value FROM vintage WHERE time_period = '2024-06' ORDER BY id")"
page_has() {
    [[ $(samples platforms) == "$1" ]]
}
check 'the new value is on /metrics within a second' until_true 1 page_has 'platforms{area="futian"} 7'
same 'and in the RRD file' "$(sed 's/ 6$/ 7/' <<<"$steps")" "$(rows "$rrd" 2023-06-01 "$today")"

printf '%s\n' figure,area,time_period,obs_value platforms,futian,2025-06,8 platforms,futian,2025-M06,9 >"$scratch/c.csv"
cd "$scratch" || exit
same 'a file that contradicts itself is refused, and told what about' \
    'c.csv:2: platforms area=futian 2025-06 is said to be 8 and 9; expected one of them, or when each was released
c.csv:3: platforms area=futian 2025-M06 is said to be 8 and 9; expected one of them, or when each was released
c.csv: import --history takes them in their order
c.csv: 0 recorded, 0 unchanged, 0 revised, 2 refused; nothing of this file is recorded' \
    "$(collector import c.csv 2>&1)"
same 'and nothing of it is recorded' 0 "$(ledger "SELECT count(*) FROM vintage WHERE time_period LIKE '2025%'")"
printf '%s\n' figure,area,time_period,obs_value,released platforms,futian,2025-06,8,2025-08-01 \
    platforms,futian,2025-06,9,2025-09-01 >d.csv
same 'unless it says when each was released' 'd.csv: 1 recorded, 0 unchanged, 1 revised, 0 refused' \
    "$(collector import d.csv | head -n 1)"
printf '%s\n' figure,area,time_period,obs_value platforms,futian,2026-06,8 platforms,futian,2026-06,9 >e.csv
same 'or that it is a history' 'e.csv: 1 recorded, 0 unchanged, 1 revised, 0 refused' \
    "$(collector import --history e.csv | head -n 1)"

before=$(dump)
rm -rf "$storage/rrd"
same 'a lost folder is built again from the ledger' 'RRD files: 1 built' "$(collector rebuild)"
same 'and dumps the identical text' "$before" "$(dump)"
same 'one figure can be built again' 'RRD files: 1 built' "$(collector rebuild platforms)"
same 'and dumps the identical text once more' "$before" "$(dump)"
same 'a figure that there is not is refused' \
    "unknown figure 'forms'; expected one of the catalogue in $config" "$(collector rebuild forms 2>&1)"

done_testing
