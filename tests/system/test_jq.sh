#!/bin/bash
# SPDX-License-Identifier: MIT
# test_jq.sh - other people's JSON, made into observations by jq programs, within limits
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml

begin_sources() {
    declare_figures platforms:area,stage visits >"$config"
    echo sources: >>"$config"
}

# source NAME [KEY: VALUE]… : its program is read from standard input.
source_entry() {
    printf '  - name: %s\n    url: file:%s.json\n' "$1" "$1"
    printf '    %s\n' "${@:2}"
    echo '    jq: |'
    sed 's/^/      /'
}

begin_sources
source_entry rows >>"$config" <<'JQ'
.data[0] as $names | .data[1:][]
| [$names, .] | transpose | map({(.[0]): .[1]}) | add
| {figure: "platforms", labels: {area: .district, stage: "built"}, time_period: .month, obs_value: .count}
JQ
source_entry keys 'numbers: words' >>"$config" <<'JQ'
.platforms | to_entries[] | .key as $area | .value | to_entries[]
| {figure: "platforms", labels: {area: $area, stage: .key}, time_period: "2024-06", obs_value: .value}
JQ
source_entry parent >>"$config" <<'JQ'
.districts[] | .name as $area | .reports[]
| {figure: "platforms", labels: {area: $area, stage: .stage}, time_period: .as_of, obs_value: .n}
JQ
source_entry comma 'numbers: words with decimal comma' >>"$config" <<'JQ'
to_entries[] | {figure: "visits", time_period: .key, obs_value: .value}
JQ
printf '%s' '{"data": [["district", "month", "count"], ["futian", "2024-06", 4], ["luohu", "2024-06", 7]]}' >"$scratch/rows.json"
printf '%s' '{"platforms": {"futian": {"built": "1,204", "planned": "超1.5万家"}, "luohu": {"built": "12余家"}}}' >"$scratch/keys.json"
printf '%s' '{"districts": [{"name": "futian", "reports": [{"stage": "built", "as_of": "2024-06", "n": 12345678901234567890}]}]}' >"$scratch/parent.json"
printf '%s' '{"2020": 1.234, "2021": 1.234e5, "2022": 1234567890.123456, "2023": "1.234,5"}' >"$scratch/comma.json"

try() {
    collector try "$@" 2>&1
}

same 'arrays of arrays with a header row' \
"platforms
area    stage  time_period  obs_value  obs_status
futian  built  2024-06              4  A
luohu   built  2024-06              7  A

rows: 2 observations, 0 refused; nothing is recorded" "$(try rows)"
same 'object keys as labels, values as text with separators and words' \
"platforms
area    stage    time_period  obs_value  obs_status
futian  built    2024-06           1204  A
futian  planned  2024-06         >15000  A
luohu   built    2024-06           >=12  A

keys: 3 observations, 0 refused; nothing is recorded" "$(try keys)"
same 'labels from a parent object, and digits that a double does not hold' \
"platforms
area    stage  time_period             obs_value  obs_status
futian  built  2024-06      12345678901234567890  A

parent: 1 observation, 0 refused; nothing is recorded" "$(try parent)"
same 'numbers with a point beside strings with a comma' \
"visits
time_period          obs_value  obs_status
2020                     1.234  A
2021                    123400  A
2022         1234567890.123456  A
2023                    1234.5  A

comma: 4 observations, 0 refused; nothing is recorded" "$(try comma)"
check 'no ledger was made' test ! -e "$storage"

printf '%s' '{"data": [["district", "month", "count"], ["futian", "June", 4], ["luohu", "2024-06", "7"]]}' >"$scratch/other.json"
same 'a file in its place, and what of it would be refused' \
"platforms
area   stage  time_period  obs_value  obs_status
luohu  built  2024-06              7  A

$scratch/other.json: 1 observation, 1 refused; nothing is recorded" "$(collector try rows "$scratch/other.json" 2>/dev/null)"
same 'with its place among what jq made' \
    "$scratch/other.json:1.time_period: 'June' is no period: it does not say which year; expected one like 2024年6月, 2024年上半年, 2021—2023年, June 2024 or 2024-06-30" \
    "$(collector try rows "$scratch/other.json" 2>&1 >/dev/null)"
check 'and the status of a failure' eval '! try rows "$scratch/other.json"'

same 'what jq made of it is recorded' 0 "$(collector --once >/dev/null 2>&1; echo $?)"
same 'all of it' 10 "$(ledger 'SELECT count(*) FROM observation')"

begin_sources
echo 'def f: f; f' >"$scratch/never.jq"
cat >>"$config" <<'YAML'
  - {name: never, url: file:rows.json, jq_file: never.jq, timeout: 1s}
  - {name: eater, url: file:rows.json, jq: '"x" * 1000000 | [range(100000) as $i | . + ($i | tostring)] | length'}
  - {name: flood, url: file:rows.json, jq: 'range(1000000000)', body_size_limit: 1MB}
  - {name: wrong, url: file:rows.json, jq: '.data | keys | error("no such month")'}
  - {name: half, url: file:rows.json, jq: '{figure: "visits", time_period: "2024", obs_value: 4}, error("half")'}
  - {name: broken, url: file:rows.json, jq: '.data['}
  - {name: nosy, url: file:rows.json, jq: '{figure: "visits", time_period: "2024", obs_value: (env | length)}'}
YAML
same 'a program that never ends is ended' \
    'never: jq: it is not done within 1 s' "$(collector try never 2>&1 >/dev/null | sed "s/ of the processor's time$//")"
same 'one that eats memory is ended' \
    'eater: jq: error: cannot allocate memory' "$(collector try eater 2>&1 >/dev/null)"
same 'one that says too much is ended' \
    'flood: jq: it says more than 1000000 bytes' "$(collector try flood 2>&1 >/dev/null)"
same 'what it complains of is the complaint' \
    'wrong: jq: error (at <stdin>:0): no such month' "$(collector try wrong 2>&1 >/dev/null)"
same 'also where the one who started us ignores how children end' \
    'half: jq: error (at <stdin>:0): half' \
    "$(trap '' CHLD; exec "$bin/almanac-collector" --config.file="$config" try half 2>&1 >/dev/null)"
same 'so is a program that is none' 'broken: jq: error: syntax error' "$(collector try broken 2>&1 >/dev/null | cut -d, -f1)"
same 'and it is found out when the configuration is checked' \
    "$config: source 'broken': jq: error: syntax error" "$(collector --config.check 2>&1 | cut -d, -f1)"
same 'it sees nothing of the environment' 0 "$(collector try nosy | awk 'NR == 3 { print $2 }')"

# One that Linux passes to no program.
printf '#%130000s\n.' >"$scratch/long.jq"
too_long() { # KEY VALUE: the complaint
    begin_sources
    printf '  - {name: long, url: file:rows.json, %s: %s}\n' "$1" "$2" >>"$config"
    collector --config.check 2>&1
}
same 'a program that is too long for jq is refused' \
    "$config:12: $scratch/long.jq: has 130003 bytes; expected at most 128000" \
    "$(too_long jq_file long.jq)"
same 'wherever it stands' "$config:12: the program has 130003 bytes; expected at most 128000" \
    "$(too_long jq "'.#$(printf %130001s x)'")"

begin_sources
cat >>"$config" <<'YAML'
  - {name: plain, url: file:rows.json}
  - {name: program, url: file:rows.json, jq: 'debug'}
  - {name: table, url: file:rows.csv, format: csv}
  - {name: array, url: file:rows.json, jq: '[]'}
  - {name: none, url: file:rows.json, jq: 'empty'}
  - {name: rare, url: file:rows.json, jq: 'empty', may_be_empty: true}
  - {name: infinite, url: file:rows.json, jq: '{figure: "visits", time_period: "2024", obs_value: infinite}'}
YAML
good='{"figure": "visits", "time_period": "2024", "obs_value": 10'
while read -r what document; do
    printf "$document" >"$scratch/document.json"
    words=$(collector try plain "$scratch/document.json" 2>&1)
    same "the same complaint with a program as without: $what" "$words" "$(collector try program "$scratch/document.json" 2>&1)"
    check 'which is about its JSON' grep -qE 'not JSON|not UTF-8|is empty' <<<"$words"
done <<END
nothing
a_byte $good, "comment": "\\377"}
a_member_twice $good, "obs_value": 11}
a_zero_in_front ${good/10/010}}
an_end_too_early $good
half_a_surrogate $good, "comment": "\\\\ud800"}
END
tries() { # SOURCE DOCUMENT: what is said of it
    printf "$2" >"$scratch/document.json"
    collector try "$1" "$scratch/document.json" 2>&1 | sed "s|^$scratch/document.json|it|; q"
}
same 'an array of nothing is a failure' 'it: says nothing; expected observations' "$(tries plain '[]')"
same 'so is a table of nothing' 'it: says nothing; expected observations' "$(tries table 'figure,time_period,obs_value\n')"
same 'and a program that makes an array of nothing' 'it: says nothing; expected observations' "$(tries array '{}')"
same 'or nothing' 'it: says nothing; expected observations' "$(tries none '{}')"
same 'but not where that may be' 'it: 0 observations, 0 refused; nothing is recorded' "$(tries rare '{}')"
same 'while an empty document is one even then' 'it: is empty; expected observations' "$(tries rare '')"
printf '%s}' "$good" >"$scratch/document.json"
same 'what a program says on standard error though it ends well is shown' \
    'program: jq says: ["DEBUG:",{"figure":"visits","time_period":"2024","obs_value":10}]' \
    "$(collector try program "$scratch/document.json" 2>&1 >/dev/null | sed "s|^$scratch/document.json|program|")"
same 'an infinite number is called so' \
    'infinite: jq: it makes a number that is infinite; expected decimal numbers' "$(collector try infinite 2>&1 >/dev/null)"

begin_sources
cat >>"$config" <<'YAML'
  - {name: never, url: file:rows.json, jq_file: never.jq, timeout: 1s}
  - {name: nosy, url: file:rows.json, jq: '{figure: "visits", time_period: "2024", obs_value: (env | length)}'}
YAML
echo '{}' >"$scratch/rows.json"
start_collector
check 'the daemon goes on reading others while one takes its time' \
    until_true 60 grep -q 'source=nosy' "$scratch/collector.log"
check 'and puts the one down as failed' \
    until_true 60 grep -q 'source failed.*source=never.*not done within 1 s' "$scratch/collector.log"
stop collector

# --- More slow ones than can be held in memory

begin_sources
for ((i = 0; i < 40; i++)); do
    echo "  - {name: never$i, url: file:rows.json, jq_file: never.jq, timeout: 50s}" >>"$config"
done
start_collector --log.level=debug
fetches() {
    (($(grep -c 'msg=fetching' "$scratch/collector.log") == 32))
}
check 'of many slow ones a part is fetched' until_true 10 fetches
sleep 1
check 'and no more, as their bodies would wait' fetches
busy() { # in hundredths of a second
    awk '{ print $14 + $15 }' "/proc/${pid[collector]}/stat"
}
before=$(busy)
sleep 1
check 'which takes no time of its own' test $(($(busy) - before)) -lt 20
stop collector

# --- A slow one beside others

begin_sources
cat >>"$config" <<'YAML'
  - {name: never, url: file:rows.json, jq_file: never.jq, timeout: 50s}
  - {name: healthy, url: file:healthy.csv, format: csv, every: 1s}
YAML
printf 'figure,time_period,obs_value\nvisits,2024,4\n' >"$scratch/healthy.csv"
start_collector
read_thrice() {
    (($(grep -c 'source read" source=healthy' "$scratch/collector.log") >= 3))
}
check 'one that takes its time does not hold up the others' until_true 15 read_thrice
same 'while it is at it' 0 "$(grep -c 'source=never' "$scratch/collector.log")"
done_testing
