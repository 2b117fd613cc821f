#!/bin/bash
# SPDX-License-Identifier: MIT
# test_api.sh - the JSON API over the real figures: each answer against its description, and the command line's
. "$(dirname "$0")/stage.sh"
cd "$scratch" || exit

# ask STATUS TARGET [CURL ARGUMENT…]: of /api/v1; the answer, in ./body, is as openapi.json has it.
ask() {
    local said
    rm -f body # nothing is written for nothing
    said=$(curl -gs -o body -w '%{http_code} %{content_type}' "${@:3}" "$exporter/api/v1$2")
    touch body
    status=${said%% *} type=${said#* }
    if [[ $status != "$1" ]]; then
        report 1 "$2: $1" "$said $(head -c 300 body)"
        return
    fi
    check "$2: $1, as it is described" \
        /usr/bin/python3 "$top/tests/system/openapi.py" openapi.json "${2%%\?*}" "$status" "$type" body
}
refuses() { # STATUS WORDS TARGET
    ask "$1" "$3"
    same "$3: ${2:0:70}" "$2" "$(jq -r .error body)"
}
tells() { # SENTENCE EXPECTED JQ TARGET: each of the data
    ask 200 "$4"
    same "$1" "$2" "$(jq -r ".data[] | $3" body)"
}
header() { # NAME CURL ARGUMENTS…: of the answer
    curl -gs -D - -o body "${@:2}" | tr -d '\r' | sed -n "s/^$1: //Ip"
}
start_listening exporter
curl -s "$exporter/api/v1/openapi.json" >openapi.json
ask 200 /openapi.json
same 'the description is the one of the sources' "$(cat "$top/exporter/openapi.json")" "$(cat openapi.json)"
ask 200 /figures
refuses 503 "ledger $storage/ledger.db: unable to open database file: No such file or directory" /observations
refuses 503 "ledger $storage/ledger.db: unable to open database file: No such file or directory" '/export?format=csv'

collector import "$top/conf/futian/observations.csv" >/dev/null
printf '%s\n' figure,ref_area,stage,time_period,obs_value,comparator,obs_status,released \
    pilot_platforms,440304,built,2023,3,,,2024-02-01 \
    pilot_platforms,440304,built,2024,4.50,~,P,2025-01-15 >first.csv
printf '%s\n' figure,ref_area,stage,time_period,obs_value,obs_status,released \
    pilot_platforms,440304,built,2023,2,,2024-03-01 \
    pilot_platforms,440304,planned,2024,,O, >second.csv
collector import first.csv >/dev/null
collector import second.csv >/dev/null
built='figure[]=pilot_platforms&label[]=stage=built'

# --- What there is

tells 'all figures are there, by name' "$(sed -n 's/^  - name: //p' "$top/conf/futian/figures.yaml" | sort)" .name /figures
tells 'with what the catalogue says of each' \
    '{"name":"ip_protection_rank","kind":"flow","freq":"A","labels":["ref_area"],"title":{"en":"Rank in intellectual-property protection","zh":"知识产权保护考核全市排名"},"help":"The district'\''s place among those of the city in the yearly assessment of intellectual-property protection; 1 is the best."}' \
    tojson '/figures?figure[]=ip_protection_rank'
tells 'and the codes of a label that has some' '{"stage":["built","planned"]}' '.codes | tojson' \
    '/figures?figure[]=pilot_platforms'
tells 'series have their extent' $'built 2023 2024-06 3 4\nplanned 2024 2024-06 2 2' \
    '"\(.labels.stage) \(.first_period) \(.last_period) \(.periods) \(.vintages)"' '/series?figure[]=pilot_platforms'
tells 'each that has a file is there' "$(cd "$storage/rrd" && echo */*.rrd | tr ' ' '\n' | sed 's/\.rrd$//' | sort)" \
    '"\(.figure)/\(.labels | to_entries | map("\(.key)=\(.value)") | join(","))"' /series
tells 'a series is there from when it was known' '["built",1,1]' \
    '[.labels.stage, .periods, .vintages] | tojson' '/series?figure[]=pilot_platforms&asOf=2024-02'
tells 'an observation tells all there is' \
    '{"figure":"pilot_platforms","labels":{"ref_area":"440304","stage":"built"},"time_period":"2024","obs_value":4.5,"comparator":"~","obs_status":"P","released":"2025-01-15","source":"import:first.csv","period_start":"2024-01-01T00:00:00Z","period_end":"2025-01-01T00:00:00Z","vintages":1}' \
    'del(.recorded) | tojson' "/observations?$built&startPeriod=2024&firstNObservations=1"
check 'with the digits that were reported' grep -qF '"obs_value": 4.50,' body
ask 200 '/observations?figure[]=pilot_platforms&includeHistory=true'
same 'the command line tells the same of it' \
    "$(collector observations pilot_platforms --history --format=json | jq -S .)" \
    "$(jq -S '.data | map(del(.period_start, .period_end, .vintages))' body)"
ask 200 /observations
same 'all of it is what is in force' "$(collector observations ip_protection_rank --format=json | jq -S .)" \
    "$(jq -S '.data | map(select(.figure == "ip_protection_rank") | del(.period_start, .period_end, .vintages))' body)"

# --- Which of it

values() { # SENTENCE EXPECTED QUERY: time_period=obs_value…
    ask 200 "/observations?$built&$3"
    same "$1" "$2" "$(jq -r '[.data[] | "\(.time_period)=\(.obs_value)"] | join(" ")' body)"
}
values 'those in force' '2023=2 2024=4.5 2024-06=4' 'includeHistory=false'
values 'every vintage' '2023=3 2023=2 2024=4.5 2024-06=4' 'includeHistory=true'
values 'nothing was known before the first release' '' 'asOf=2024-01-31'
same 'with a word when it was' 'no observations known by 2024-01-31; the first was released 2024-02-01' \
    "$(jq -r '.warnings[]' body)"
ask 200 '/series?figure[]=ip_protection_rank&asOf=1999'
same 'or how it had been' "no observations known by 1999-12-31; the first was recorded $(date -u +%F) (give 'released' with what was published earlier)" \
    "$(jq -r '.warnings[]' body)"
ask 200 "/observations?$built&asOf=2024-01-31&startPeriod=2030"
same 'not if there is nothing anyhow' null "$(jq .warnings body)"
values 'what was known by the end of a day' '2023=3' 'asOf=2024-02-01'
values 'and of a month, as the command line has it' '2023=2' 'asOf=2024-03'
values 'a moment is that second' '2023=3' 'asOf=2024-02-29T23:59:59Z'
values 'undated ones were known when they were recorded' '2023=2 2024=4.5' "asOf=$(date -ud yesterday +%F)"
values 'periods lie within, both ends included' '2024=4.5 2024-06=4' 'startPeriod=2024&endPeriod=2024'
values 'all of a period does' '2024-06=4' 'startPeriod=2024-02'
values 'at both ends' '2023=2 2024-06=4' 'endPeriod=2024-11'
values 'before 1970 there is nothing' '' 'endPeriod=1969'
values 'the first' '2023=2 2024=4.5' 'firstNObservations=2'
values 'the last, with all their vintages' '2024=4.5 2024-06=4' 'lastNObservations=2&includeHistory=true'
values 'the first of what was known' '2023=3' 'firstNObservations=1&asOf=2024-02-01'
values 'what was recorded since a moment' '' "updatedAfter=$(date -ud tomorrow +%FT%TZ)"
values 'and since a day' '2023=2 2024=4.5 2024-06=4' "updatedAfter=$(date -ud yesterday +%F)"
tells 'labels choose in all figures that have them' 'pilot_platforms 2024-06' '"\(.figure) \(.time_period)"' \
    '/observations?label[]=stage=planned&label[]=ref_area=440304&startPeriod=2024-06&endPeriod=2024-06'
tells 'figures may be several' $'hk_universities\nip_protection_rank' .figure \
    '/observations?figure[]=ip_protection_rank&figure[]=hk_universities&lastNObservations=1'
tells 'a withdrawn value is null' 'null O' '"\(.obs_value) \(.obs_status)"' \
    '/observations?label[]=stage=planned&firstNObservations=1'

# --- What is refused

names() { # PATH: what its refusal of an unknown parameter expects
    curl -gs "$exporter/api/v1$1?no%22such=1" | jq -r .error |
        sed "s/^unknown parameter 'no\"such'; expected //; s/^none$//; s/,//g; s/ or / /"
}
/usr/bin/python3 "$top/tests/system/openapi.py" openapi.json >described
while read -r path expected; do
    same "$path takes what its description says" "$expected" "$(names "$path")"
done <described

refuses_parameter() { # NAME=VALUE WORDS [PATH]: behind "parameter 'NAME': "
    refuses 400 "parameter '${1%%=*}': $2" "${3-/observations}?$1"
}
period='is not a period; expected one like 2024, 2024-06, 2024-Q2, 2025-W07, 2024-06-30 or 2021/2023'
for name in asOf startPeriod endPeriod; do
    refuses_parameter "$name=2024-13" "'2024-13' $period"
    refuses_parameter "$name=" 'an empty text is not a period; expected one like 2024, 2024-06, 2024-Q2, 2025-W07 or 2024-06-30'
done
refuses_parameter asOf=today "'today' $period" /series
for value in 2024 2024-06 2024-09-01/P1M 2024-09-31 yesterday ''; do
    refuses_parameter "updatedAfter=$value" "'$value' is no moment; expected one like 2024-09-01T10:00:00Z"
done
for value in 0 -1 1x 1.0 '' 9999999999; do
    refuses_parameter "firstNObservations=$value" "'$value'; expected a number from 1 to 999999999"
    refuses_parameter "lastNObservations=$value" "'$value'; expected a number from 1 to 999999999"
done
refuses_parameter includeHistory=yes "'yes'; expected true or false"
refuses_parameter 'label[]=stage' "'stage' is no label; expected NAME=VALUE, like stage=built"
refuses_parameter 'label[]=stage=' "'stage=' is no label; expected NAME=VALUE, like stage=built" /series
refuses_parameter 'label[]=stag=built' "unknown label 'stag'; no figure of the catalogue has it"
refuses_parameter 'label[]=stage=built&label[]=stage=planned' "the label 'stage' is given twice; expected it once"
refuses_parameter 'label[]=stage=built&figure[]=ip_protection_rank' \
    "unknown label 'stage'; expected one of ip_protection_rank: ref_area"
refuses_parameter 'endPeriod=2023&startPeriod=2024' "ends before 'startPeriod' begins; expected a later period"
refuses_parameter 'lastNObservations=1&firstNObservations=1' "goes without 'firstNObservations'"
refuses_parameter format=xml "'xml'; expected openmetrics, csv, excel-csv, sdmx-csv or json" /export
for value in 1x 0d -1d; do
    refuses_parameter repeat=$value "'$value'; expected a duration like 1d or 6h, or 0" /export
done
refuses_parameter 'repeat=1d&format=csv' 'goes with the format openmetrics alone' /export
for path in /figures /series /observations /export; do
    refuses 404 "parameter 'figure[]': there is no figure 'platforms'" "$path?figure[]=pilot_platforms&figure[]=platforms"
done
refuses 400 "parameter 'asOf' is repeated; expected at most one" '/observations?asOf=2024&asOf=2023'
refuses 400 "parameter 'asOf' is not percent-encoded UTF-8" '/observations?asOf=%FF'
for path in observation observations/ ''; do
    same "there is nothing at $path, and that is JSON" "{\"status\":\"error\",\"errorType\":\"not_found\",\"error\":\"there is nothing at '/api/v1/$path'\"} 404" \
        "$(curl -s -w '%{http_code}' "$exporter/api/v1/$path" | xargs -0 | tr '\n' ' ' | sed 's/ $//')"
done
ask 405 /series -X POST
same 'a method that it has not says which it has' 'GET, HEAD' "$(header Allow -X POST "$exporter/api/v1/series")"

# --- The export

run_export() {
    "$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" export "$@"
}
declare -A types=([openmetrics]='application/openmetrics-text; version=1.0.0; charset=utf-8'
    [csv]='text/csv; charset=utf-8; header=present' [excel-csv]='text/csv; charset=utf-8; header=present' [json]=application/json
    [sdmx-csv]='application/vnd.sdmx.data+csv; version=2.0.0')
for format in "${!types[@]}"; do
    ask 200 "/export?format=$format"
    same "which is what the command writes" "$(run_export --format="$format")" "$(cat body)"
    same "$format has its type" "${types[$format]}" "$type"
done
ask 200 '/export?repeat=0&figure[]=pilot_platforms&figure[]=hk_universities'
same 'figures and repeats are chosen as on the command line' \
    "$(run_export --repeat=0 pilot_platforms hk_universities)" "$(cat body)"
as_of() { # SENTENCE EXPECTED DAY: the vintages of pilot platforms, in the export and the command's
    ask 200 "/export?figure[]=pilot_platforms&format=json&asOf=$3"
    same "$1" "$2" "$(jq -r 'map("\(.time_period)=\(.obs_value)") | join(" ")' body)"
    same 'which is what the command writes' "$(run_export --format=json --as-of="$3" pilot_platforms)" "$(cat body)"
}
as_of 'an export as of a day has the vintages known by its end' '2023=3' 2024-02-01
as_of 'as of a month, by the end of that' '2023=3 2023=2' 2024-03
as_of 'before the first it is empty' '' 2024-01-31 2>"$scratch/words"
same 'which the command explains' 'no observations known by 2024-01-31; the first was released 2024-02-01' \
    "$(cat "$scratch/words")"
declare -A whole=([openmetrics]='# EOF' [json]='[]' [csv]="figure,ref_area,stage,$(
    )time_period,obs_value,comparator,obs_status,released,reference,comment,source,recorded"
    [sdmx-csv]="STRUCTURE,STRUCTURE_ID,ACTION,FIGURE,ref_area,stage,TIME_PERIOD,OBS_VALUE,COMPARATOR,$(
    )OBS_STATUS,RELEASED,REFERENCE,OBS_COM,SOURCE,RECORDED")
for format in "${!whole[@]}"; do
    ask 200 "/export?figure[]=pilot_platforms&format=$format&asOf=2024-01-31"
    same "$format of nothing is whole, and has no row" "${whole[$format]}" "$(cat body)"
done
samples() { # SENTENCE EXPECTED DAY: of openmetrics, the first and the last, with their days
    ask 200 "/export?figure[]=pilot_platforms&asOf=$3"
    same "$1" "$2" "$(first_and_last)"
    same 'as the command has it' "$(run_export --as-of="$3" pilot_platforms)" "$(cat body)"
}
first_and_last() {
    sed -n 's/^pilot_platforms{.*stage="\(.*\)"} /\1 /p' body | while read -r stage value time; do
        echo "$stage $value $(date -ud "@$time" +%F)"
    done | sed -n '1p;$p' | paste -sd ' '
}
samples 'openmetrics has what was in force as known then, and nothing later' \
    'built 3 2023-12-31 built 3 2024-02-10' 2024-02-10
samples 'a correction is in force throughout, once it is known' 'built 2 2023-12-31 built 2 2024-03-01' 2024-03-01
refuses_parameter asOf=today "'today' $period" /export
same 'nor does the command read it' "--as-of: 'today' $period" "$(run_export --as-of=today 2>&1)"
refuses_parameter asOf=2024%E5%B9%B49%E6%9C%881%E6%97%A5 "'2024年9月1日' $period" /export
same 'the command says, too, in which forms' "--as-of: '2024年9月1日' $period" "$(run_export --as-of=2024年9月1日 2>&1)"

# --- Again

for target in /figures /series "/observations?$built" /openapi.json; do
    etag=$(header ETag "$exporter/api/v1$target")
    same "$target: HEAD says what GET says" "$(header '[CE][^:]*' "$exporter/api/v1$target")" \
        "$(header '[CE][^:]*' -I "$exporter/api/v1$target")"
    ask 304 "$target" -H "If-None-Match: \"other\", W/$etag"
    same 'and has the tag' "$etag" "$(header ETag -H "If-None-Match: $etag" "$exporter/api/v1$target")"
done
etag=$(header ETag "$exporter/api/v1/observations?$built")
printf 'figure,ref_area,stage,time_period,obs_value\npilot_platforms,440304,built,2023,1\n' >third.csv
collector import third.csv >/dev/null
ask 200 "/observations?$built&lastNObservations=3" -H "If-None-Match: $etag"
values 'a correction is there at once' '2023=1 2024=4.5 2024-06=4' 'includeHistory=false'

# --- Pages of other sites

path=/api/v1/figures
crossing() { # ORIGIN CURL ARGUMENT…: status, and what a browser looks for
    curl -gs -D - -o body -H "Origin: $1" "${@:2}" "$exporter$path" | tr -d '\r' |
        sed -nE 's/^HTTP\S+ ([0-9]+).*/\1/p; s/^(Vary: Origin|Access-Control-.*)$/\1/p'
}
ask_first=(-X OPTIONS -H 'Access-Control-Request-Method: GET' -H 'Access-Control-Request-Headers: authorization')
same 'none may read the answers' 200 "$(crossing https://a.example.org)"
same 'nor ask' 405 "$(crossing https://a.example.org "${ask_first[@]}")"
same 'a broken expression is refused' "--web.cors.origin: 'a(' is no regular expression" \
    "$("$bin/almanac-exporter" --config.file="$config" --web.cors.origin='a(' 2>&1 | cut -d: -f1,2)"
stop exporter
start_exporter --web.cors.origin='https://(a|b)\.example\.org' --web.enable-lifecycle
allowed='Vary: Origin
Access-Control-Allow-Origin: https://b.example.org
Access-Control-Allow-Methods: GET, HEAD, OPTIONS
Access-Control-Allow-Headers: Accept, Authorization, Content-Type, If-None-Match, Origin
Access-Control-Expose-Headers: Date, ETag'
same 'those of an allowed site may' $'200\n'"$allowed" "$(crossing https://b.example.org)"
same 'and ask' $'204\n'"$allowed" "$(crossing https://b.example.org "${ask_first[@]}")"
same 'and are told of errors' $'404\n'"$allowed" "$(path=/api/v1/nothing crossing https://b.example.org)"
same 'and change nothing' $'403\n'"$allowed" "$(path=/-/quit crossing https://b.example.org -X POST)"
same 'and read pages that vary otherwise, too' $'200\n'"$allowed" "$(path=/metrics crossing https://b.example.org)"
for origin in https://c.example.org https://a.example.org.evil https://axexample.org null; do
    same "$origin may not" $'200\nVary: Origin' "$(crossing $origin)"
    same 'nor ask' $'405\nVary: Origin' "$(crossing $origin "${ask_first[@]}")"
done
stop exporter
echo 'basic_auth_users: {alice: $2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW}' >web.yml
start_listening exporter --web.cors.origin='https://(a|b)\.example\.org' --web.config.file=web.yml
same 'who asks whether to ask is not asked for a password' $'204\n'"$allowed" "$(crossing https://b.example.org "${ask_first[@]}")"
same 'who then asks is' $'401\n'"$allowed" "$(crossing https://b.example.org)"
stop exporter

# --- What goes wrong

sed -i '/name: pilot_platforms/,/^$/d' conf/futian/figures.yaml
sed -i '/^sources:/,$d' conf/almanac.yaml
TMPDIR=$scratch/nowhere start_exporter
refuses 503 'cannot make a file for the answer in the folder of temporary files: No such file or directory' /series
stop exporter
start_exporter
ask 200 /series
same 'series whose figure the catalogue has not are left out, with a word' \
    '2 series are left out: the catalogue does not have their figures' "$(jq -r '.warnings[]' body)"
left_out() { # FORMAT [PARAMETER]
    curl -gsI "$exporter/api/v1/export?format=$1${2-}" | tr -d '\r' | sed -n 's/^Almanac-Series-Left-Out: //p'
}
same 'an export has their number in a header' '2 2' "$(left_out csv) $(left_out openmetrics)"
same 'if it leaves any out' '' "$(left_out csv '&figure[]=rnd_centres')"
stop exporter
trap '' XFSZ # or a full disk, as a limit plays it, would end the program
start_exporter
prlimit --fsize=1024 --pid "${pid[exporter]}"
refuses 503 'cannot write: File too large' /observations
ask 200 '/figures?figure[]=ip_protection_rank'
ask 200 '/export?format=csv'

done_testing
