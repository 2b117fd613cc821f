#!/bin/bash
# SPDX-License-Identifier: MIT
# test_export.sh - the ledger written out: read back to the same, and into a Prometheus of its own
. "$(dirname "$0")/stage.sh"

export_to() { # FILE ARGUMENTS…
    "$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" export "${@:2}" >"$1"
}

# All that a ledger holds.
content() { # STORAGE
    sqlite3 "$1/ledger.db" "SELECT figure, labels, time_period, obs_value, comparator, obs_status, released,
        reference, comment, source, recorded FROM vintage ORDER BY figure, labels, time_period, id"
}

# Beside the real figures: late, corrected, withdrawn, forecast, and text that needs care.
said() { # NAME ROW…
    printf '%s\n' figure,ref_area,stage,fund,time_period,obs_value,comparator,obs_status,released,reference,comment \
        "${@:2}" >"$scratch/$1.csv"
    collector import "$scratch/$1.csv" >/dev/null || echo "# $1 is refused"
}
collector import "$top/conf/futian/observations.csv" >/dev/null
said one 'pilot_platforms,440304,built,,2023-06,2,,,2023-08-01,,"said ""two"",
and no more"' 'pilot_platforms,"北京,""x"" \",built,,2024-06,007.50,~,P,,,' 'fund_size_cny,440304,,guidance,2023,1e10,>=,,,,'
said two pilot_platforms,440304,built,,2023-06,3,,,2023-10-01,, \
    fund_size_cny,440304,,guidance,2024-Q2,,,O,,, fund_size_cny,440304,,guidance,2024-12,12000000000,,,,, \
    fund_size_cny,440304,,guidance,2999,1,,F,,,
said three pilot_platforms,440304,built,,2023-06,1,,,2023-07-01,,
said four pilot_platforms,440304,built,,2023-06,1,,,2023-07-02,,
said five pilot_platforms,440304,built,,2023-06,1,,,,,
said six pilot_platforms,440304,built,,2023-06,2,,B,,,
same 'the ledger has eleven vintages beside those of the reply' 11 \
    "$(($(content "$storage" | wc -l) - $(content "$storage" | grep -c 'Reply to') - 1))" # one is of two lines

declare -A written=([sdmx-csv]=--format=sdmx-csv) # where the file's name does not say it
sleep 1 # what is read back was not recorded when it is
for format in csv excel-csv json sdmx-csv; do
    export_to "$scratch/all.$format" --format=$format
    (storage=$scratch/$format && collector import --history ${written[$format]-} "$scratch/all.$format") >"$scratch/said" 2>&1
    same "$format is read back to the identical content" "$(content "$storage")" "$(content "$scratch/$format")"
    check "and nothing of it is refused" grep -q ' 0 unchanged, .* 0 refused$' "$scratch/said"
    (storage=$scratch/$format && export_to "$scratch/again.$format" --format=$format)
    check "and written out again it is the same, byte for byte" cmp "$scratch/all.$format" "$scratch/again.$format"
    (storage=$scratch/$format && collector import --history ${written[$format]-} "$scratch/all.$format") >"$scratch/said" 2>&1
    check "once more it is nothing new" grep -q ': 0 recorded, .* 0 revised, 0 refused$' "$scratch/said"
done
check 'CSV for Excel is the same behind a byte order mark' \
    cmp <(printf '\xEF\xBB\xBF' && cat "$scratch/all.csv") "$scratch/all.excel-csv"
plain() { # FILE: the rows of one line
    sed 1d "$1" | grep -v -e 'said ""two' -e 'and no more'
}
same 'SDMX-CSV says the same in its own columns' \
    "$(plain "$scratch/all.csv" | sed 's/^/dataflow,ALMANAC:FIGURES(1.0),I,/; s/,,,O,,,/,NaN,,O,,,/')" \
    "$(plain "$scratch/all.sdmx-csv")"
same 'under the names that SDMX has for them' \
    "STRUCTURE,STRUCTURE_ID,ACTION,FIGURE,…,TIME_PERIOD,OBS_VALUE,COMPARATOR,OBS_STATUS,RELEASED,REFERENCE,OBS_COM,SOURCE,RECORDED" \
    "$(head -n 1 "$scratch/all.sdmx-csv" | sed 's/,[a-z_,]*,/,…,/')"
same 'the figures that are named come alone' fund_size_cny \
    "$(export_to /dev/stdout --format=json fund_size_cny | jq -r '[.[].figure] | unique[]')"

export_to "$scratch/history.om"
same 'it ends with # EOF' '# EOF' "$(tail -n 1 "$scratch/history.om")"
same 'each family once' '' "$(grep '^# TYPE' "$scratch/history.om" | sort | uniq -d)"
check 'nothing of the future' awk -v now="$(date +%s)" '!/^#/ && $NF > now { exit 1 }' "$scratch/history.om"
same 'without repeats: changes alone' \
"fund_size_cny{fund=\"guidance\",ref_area=\"440304\"} 10000000000 $(date -ud 2023-12-31 +%s)
fund_size_cny{fund=\"guidance\",ref_area=\"440304\"} 12000000000 $(date -ud 2024-12-31 +%s)" \
    "$(export_to /dev/stdout --repeat=0 fund_size_cny | grep '^fund_size_cny{')"

check 'promtool makes blocks of it' \
    promtool tsdb create-blocks-from openmetrics --max-block-duration=175200h "$scratch/history.om" "$scratch/blocks"
echo 'scrape_configs: []' >"$scratch/blocks.yml"
start_prometheus blocks "$scratch/blocks.yml"

query() { # EXPRESSION DAY: the values, in order
    curl -fs "$prometheus/api/v1/query" --data-urlencode "query=$1" \
        -d "time=$(date -ud "$2" +%s)" | jq -r '[.data.result[].value[1]] | sort | join(" ")'
}
built='pilot_platforms{ref_area="440304",stage="built"}'
days='2023-06-29 2023-06-30 2023-07-01 2024-02-29 2024-06-29 2024-06-30 2024-07-01 2025-03-03 2026-01-01'
rrd_says() { # the value that the RRD file has for the day
    rows pilot_platforms/ref_area=440304,stage=built.rrd "$1" "$1" | awk '{ print $2 == "unknown" ? "" : $2 }'
}
for day in $days; do
    same "on $day a Prometheus on these blocks answers as the ledger does" "$(rrd_says "$day")" "$(query "$built" "$day")"
done
same 'before the first there is nothing' '' "$(query "$built" 2023-06-29)"
same 'the late and corrected ones are in place' '2 2 4 4' \
    "$(for day in 2023-06-30 2024-06-29 2024-06-30 2026-01-01; do query "$built" $day; done | xargs)"
same 'a withdrawn value is a gap' '10000000000||12000000000' \
    "$(query fund_size_cny 2024-06-29)|$(query fund_size_cny 2024-06-30)|$(query fund_size_cny 2024-12-31)"
same 'what was not exact is so in the blocks, while it is in force' '>=||' \
    "$(for day in 2024-01-15 2024-06-30 2024-12-31; do
        curl -fs "$prometheus/api/v1/query" -d "time=$(date -ud $day +%s)" --data-urlencode \
            'query=fund_size_cny * ignoring (figure, comparator) group_left (comparator) almanac_comparator_info' |
            jq -r '[.data.result[].metric.comparator] | join(" ")'; done | paste -sd '|')"
same 'and what was not normal' 1 "$(query 'almanac_obs_status_info{obs_status="B",ref_area="440304",stage="built"}' 2023-12-31)"
same 'which does not spoil a sum' 4 "$(query "sum({__name__=~\"pilot_platforms|fund_size_cny\",stage!=\"planned\",ref_area=\"440304\"})" 2024-07-15)"
same 'a flow ends with its period' '1|' "$(query ip_protection_rank 2023-12-31)|$(query ip_protection_rank 2024-01-01)"
same 'in between days last_over_time finds it' 4 "$(query "last_over_time(${built}[1d])" '2025-03-03 15:00')"

export_to "$scratch/hourly.om" --repeat=1h pilot_platforms
same 'repeats come as often as is asked' 24 \
    "$(awk -v from="$(date -ud 2025-03-03 +%s)" '/stage="built"/ && /440304/ && $NF >= from && $NF < from + 86400' "$scratch/hourly.om" | wc -l)"

must_refuse() { # STATUS WORDS ARGUMENTS…
    local said
    said=$(export_to /dev/null "${@:3}" 2>&1)
    same "refused: ${*:3}" "$1 $2" "$? $said"
}
must_refuse 2 "unknown figure 'platforms'; expected one of the catalogue" platforms
must_refuse 2 "--repeat: '1x'; expected a duration like 1d or 6h, or 0" --repeat=1x
must_refuse 2 "--repeat: '0d'; expected a duration like 1d or 6h, or 0" --repeat=0d
must_refuse 2 "--repeat: goes with the format openmetrics alone" --format=csv --repeat=1d
must_refuse 2 "almanac-exporter: '--format' is 'xml'; expected openmetrics, csv, excel-csv, sdmx-csv or json (see --help)" --format=xml
same 'a full disk is told' 'cannot write: No space left on device' "$(export_to /dev/full 2>&1)"

# A catalogue that has lost a figure.
sed -i '/name: pilot_platforms/,/^$/d' "$scratch/conf/futian/figures.yaml"
sed -i '/^sources:/,$d' "$scratch/conf/almanac.yaml"
same 'what the catalogue does not have is left out, with a word' \
    '3 series are left out: the catalogue does not have their figures' \
    "$(export_to "$scratch/less.om" 2>&1)"
check 'and the rest is there' grep -q '^ip_protection_rank' "$scratch/less.om"

# Far more than may be held.
config=$scratch/many.yaml storage=$scratch/many
printf 'figures:\n  - {name: things, kind: stock, labels: [area], title: {en: Things, zh: 物}, help: Things.}\n' >"$config"
awk 'BEGIN { print "figure,area,time_period,obs_value"
    for (s = 0; s < 2000; s++) for (y = 1000; y < 1100; y++) print "things,a" s "," y "," s + y }' >"$scratch/many.csv"
collector import "$scratch/many.csv" >/dev/null 2>&1
bounded() { # KILOBYTES ARGUMENTS…: of memory beside the program itself
    (ulimit -d "$1" && export_to /dev/null "${@:2}")
}
if ! nm "$bin/almanac-exporter" | grep __asan_init >/dev/null; then # which needs more by itself
    check '200,000 observations go through 8 MB of memory' bounded 8000 --format=json
fi

# --- Whom a figure prefers, and what was known when, survive as well

cat >"$scratch/two.yaml" <<END
figures:
  - name: platforms
    kind: stock
    title: {en: Platforms, zh: 平台数}
    help: Platforms built.
    preference: [bureau, reply]
sources:
  - {name: bureau, url: file:bureau.csv, format: csv, every: 1d}
  - {name: reply, url: file:reply.csv, format: csv, every: 1d}
END
config=$scratch/two.yaml storage=$scratch/two
tell() { # SOURCE ROW: on top of what it told before; both sources are read
    [[ -s $scratch/$1.csv ]] || echo time_period,obs_value,released,figure >"$scratch/$1.csv"
    echo "$2,platforms" >>"$scratch/$1.csv"
    collector --once >/dev/null 2>&1
}
tell reply 2024-05,5,
tell bureau 2024-06,7,2025-02-01
sleep 1
tell reply 2024-06,8,2025-02-02
tell bureau 2024-07,7,2025-02-01
tell reply 2024-07,7,2025-02-02
same 'two sources, two sayings' 5 "$(content "$storage" | wc -l)"
export_to "$scratch/two.csv" --format=csv
(storage=$scratch/again && collector import --history "$scratch/two.csv") >"$scratch/said"
same 'a figure with a preference is read back to the identical content' "$(content "$scratch/two")" "$(content "$scratch/again")"
in_force() { # STORAGE
    storage=$1 collector observations platforms --format=csv | cut -d, -f1-3
}
same 'and the same values are in force' "$(in_force "$scratch/two")" "$(in_force "$scratch/again")"
same 'of the better source' 7 "$(in_force "$scratch/again" | awk -F, '$2 == "2024-06" { print $3 }')"
(storage=$scratch/again && collector --once) >"$scratch/said" 2>&1
same 'a source that goes on there says nothing new' 5 "$(content "$scratch/again" | wc -l)"

export_to "$scratch/two.sdmx" --format=sdmx-csv
sed '/^sources:/,$d' "$scratch/two.yaml" >"$scratch/three.yaml"
cat >>"$scratch/three.yaml" <<END
sources:
  - name: other
    url: file:two.sdmx
    format: sdmx-csv
    every: 1d
    sdmx: {dataflow: ALMANAC:FIGURES(1.0), attributes: {SOURCE: "", RECORDED: ""}}
  - {name: csv, url: file:two.csv, format: csv, every: 1d, csv: {columns: {source: "", recorded: ""}}}
END
(config=$scratch/three.yaml storage=$scratch/three && collector --once) >"$scratch/said" 2>&1
same "a source that reads another's export leaves these out" 'csv other' \
    "$(sqlite3 "$scratch/three/ledger.db" 'SELECT name FROM source ORDER BY name' | xargs)"
same 'and records its values as its own' 6 "$(content "$scratch/three" | wc -l)"

# --- What is no history

refuses() { # WORDS FILE FLAG…
    local said
    said=$(storage=$scratch/none && collector import "${@:3}" "$scratch/$2" 2>&1 | grep "$2" | head -n 1)
    same "refused: $1" "$scratch/$2$1" "$said"
}
refuses ":1:9: the column 'source' is what an export says of itself; expected it in a file for 'import --history' alone" two.csv
export_to "$scratch/two.json" --format=json
refuses "[0].source: is what an export says of itself; expected it in a file for 'import --history' alone" two.json
one() { # FILE ROW
    printf '%s\n' figure,time_period,obs_value,source,recorded "$2" >"$scratch/$1"
}
one a.csv platforms,2024-05,5,reply,
refuses ":2:5: recorded: is empty beside a source; expected when it was recorded, like 2024-06-30T10:00:00Z" a.csv --history
one b.csv platforms,2024-05,5,,2025-01-01
refuses ":2:5: recorded: is '2025-01-01' without a source; expected both or none" b.csv --history
one c.csv platforms,2024-05,5,reply,2999-01-01
refuses ":2:5: recorded: '2999-01-01' is in the future; expected a date that has come" c.csv --history
one d.csv platforms,2024-05,6,reply,2020-01-01T10:00:00Z
before=$(content "$scratch/again")
said=$(storage=$scratch/again && collector import --history "$scratch/d.csv" 2>&1)
check 'a history does not slip in behind later reports' grep -q \
    'd.csv:2: was recorded 2020-01-01T10:00:00Z, but the ledger has a report of this period that was recorded 20.*; expected a history that goes on from there' <<<"$said"
same 'and nothing of it is recorded' "$before" "$(content "$scratch/again")"
done_testing
