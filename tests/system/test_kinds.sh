#!/bin/bash
# SPDX-License-Identifier: MIT
# test_kinds.sh - every kind of source in one configuration, and every way of sending, from end to end
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
inbox=$scratch/inbox # what the server has
mkdir "$inbox"
cp "$top"/tests/data/kinds/* "$scratch"
cp "$scratch"/*.{json,csv,prom,html} "$inbox"
gzip -c "$scratch/page.om" >"$inbox/page.om.gz"
iconv -t GB18030 "$scratch/gb18030.csv" >"$inbox/gb18030.csv"
cd "$scratch" || exit

# The way, the value as it was reported, in what sense, by whose word, and since when it is in force.
expected='
json         11.0    -   json               2024-06-30
csv          12      <=  csv                2024-06-30
jq_inline    7.25    -   jq_inline          2024-06-30
jq_file      1204    -   jq_file            2024-06-30
csv_long     1204.50 -   csv_long           2024-06-30
csv_wide     200     >=  csv_wide           2024-06-30
csv_gb18030  15000   >   csv_gb18030        2024-06-30
sdmx_own     18      ~   sdmx_own           2024-06-30
sdmx_mapped  125     -   sdmx_mapped        2024-06-30
metrics_text 20      -   metrics_text       today
openmetrics  21      -   openmetrics        2024-06-30
text_zh      160     >   text_zh            2024-06-30
text_en      1700    >   text_en            2024-06-30
push_json    31      -   push               2024-06-30
push_ndjson  32      -   push               2024-06-30
push_csv     33      -   push               2024-06-30
push_sdmx    34      -   push               2024-06-30
door         35      -   push               today
import       36      -   import:import.csv  2024-06-30'

start web perl "$top/tests/system/misbehave.pl" "$inbox"
until_true 10 grep -q '^[0-9]' web.log
sed -i "s|http://WEB|http://127.0.0.1:$(head -n 1 web.log)|" "$config"

of_way() { # COLUMN WAY: of the newest vintage
    ledger "SELECT ifnull(nullif($1, ''), '-') FROM vintage WHERE labels ->> 'way' = '$2' ORDER BY id DESC LIMIT 1"
}
has() { # VINTAGES
    [[ $(ledger 'SELECT count(*) FROM vintage') == "$1" ]]
}
push() { # TYPE BODY [CURL ARGUMENTS…]: the status
    curl -s -o "$scratch/said" -w '%{http_code}' -H "Content-Type: $1" --data-binary "$2" "${@:3}" \
        "$collector/api/v1/observations"
}
up() { # 1 or 0: the sources that the exporter shows so
    samples almanac_source_up | sed -nE "s/.*source=\"(.*)\"\} $1$/\1/p" | sort | paste -sd ' '
}
is_up() { # 1 or 0, SOURCES
    [[ $(up "$1") == "$2" ]]
}
shows() { # WAY VALUE
    samples platforms | grep -qxF "platforms{way=\"$1\"} $2"
}
file_has() { # WAY DAY VALUE: the row of that day, and none before it
    local day_before
    day_before=$(date -u -d "$2 - 1 day" +%F)
    [[ $(rows "platforms/way=$1.rrd" "$day_before" "$2") == "$day_before unknown"$'\n'"$2 $(awk "BEGIN { print $3 + 0 }")" ]]
}

start_exporter
start_collector
check 'each of the sources that are well is recorded' until_true 120 has 13
object='"figure": "platforms", "time_period": "2024-06"'
same 'a report as JSON is taken' 200 \
    "$(push application/json "[{$object, \"labels\": {\"way\": \"push_json\"}, \"obs_value\": 31}]")"
gzip -c <<<"{$object, \"labels\": {\"way\": \"push_ndjson\"}, \"obs_value\": 32}" >report.gz
same 'as NDJSON, compressed' 200 "$(push application/x-ndjson @report.gz -H 'Content-Encoding: gzip')"
same 'as CSV' 200 "$(push text/csv $'figure,way,time_period,obs_value\nplatforms,push_csv,2024-06,33\n')"
same 'as SDMX-CSV' 200 "$(push 'application/vnd.sdmx.data+csv;version=2.0.0' \
    "$(sed 's/sdmx_own/push_sdmx/; s/,18,~/,34,/' own.sdmx.csv)")"
same "through Pushgateway's door" 200 \
    "$(curl -s -o said -w '%{http_code}' -X PUT --data-binary $'platforms 35\n' "$collector/metrics/job/kinds/way/door")"
printf 'figure,way,time_period,obs_value\nplatforms,import,2024-06,36\n' >import.csv
check 'and as a file that is imported' collector import import.csv

while read -r way value comparator source since; do
    [[ -n $way ]] || continue
    [[ $since != today ]] || since=$(of_way 'substr(time_period, 1, 10)' "$way")
    same "$way: the ledger has it, by whose word it is" "$value $comparator $source" \
        "$(of_way obs_value "$way") $(of_way comparator "$way") $(of_way source "$way")"
    check "$way: the exporter shows it" until_true 30 shows "$way" "$value"
    check "$way: its RRD file has it from $since on" until_true 30 file_has "$way" "$since" "$value"
done <<<"$expected"
same 'the ledger has nothing else' 19 "$(ledger 'SELECT count(*) FROM vintage')"

well='csv csv_gb18030 csv_long csv_wide jq_file jq_inline metrics_text openmetrics sdmx_mapped sdmx_own text_en text_zh'
ill='failing_cut_off failing_endless failing_gone failing_refused failing_silent'
check 'those that fail are down' until_true 60 is_up 0 "$ill"
same 'and no other' "csv csv_gb18030 csv_long csv_wide jq_file jq_inline json ${well#*jq_inline }" "$(up 1)"

# One that was well breaks while another is corrected.
echo '[{"figure": ' >"$inbox/.new" && mv "$inbox/.new" "$inbox/canonical.json"
sed 's/1.204,50/1.205,25/' long.csv >"$inbox/.new" && mv "$inbox/.new" "$inbox/long.csv"
check 'a source that breaks is down with them' until_true 30 is_up 0 "$ill json"
same 'and no other is' "$well" "$(up 1)"
check 'another one that is corrected goes through' until_true 30 shows csv_long 1205.25
check 'up to its RRD file' until_true 30 file_has csv_long 2024-06-30 1205.25
check 'what the broken one said before stays' shows json 11.0
check 'in its file as well' file_has json 2024-06-30 11.0
same 'one vintage more, and nothing else' 20 "$(ledger 'SELECT count(*) FROM vintage')"
done_testing
