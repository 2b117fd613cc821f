#!/bin/bash
# SPDX-License-Identifier: MIT
# test_bad_input.sh - whatever is wrong with a file or a source is said, and nothing of it recorded
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
mkdir "$scratch/inbox" "$scratch/inbox/a-folder.csv"
cd "$scratch/inbox" || exit

echo "figure_files: ['$top/tests/data/small.yaml']" >"$config"

observations() {
    ledger 'SELECT count(*) FROM observation'
}

# refused SENTENCE FILE COMPLAINT…: all that import says of the file, and that nothing is recorded.
refused() {
    local count=("$2: 0 recorded, 0 unchanged, 0 revised, $(($# - 2)) refused; nothing of this file is recorded")
    [[ -f $2 ]] || count=()
    same "$1" "$(printf '%s\n' "${@:3}" "${count[@]}" 'status 1, 0 observations')" \
        "$(collector import "$2" 2>&1; echo "status $?, $(observations) observations")"
}

row='figure,stage,time_period,obs_value,obs_status'
echo "$row" >header.csv
nothing='header.csv: says nothing; expected observations'
same 'import says that it has made a ledger' "$storage/ledger.db: a new ledger"$'\n'"$nothing" \
    "$(collector import header.csv 2>&1 >/dev/null)"
same 'and not that where there was one' "$nothing" "$(collector import header.csv 2>&1 >/dev/null)"
digits=$(printf '7%.0s' {1..400})
next_year=$(($(date -u +%Y) + 1))
not_a_number='is not a decimal number; expected digits with at most one point, like 1234.5'
not_a_period='is not a period; expected one like 2024, 2024-06, 2024-Q2, 2025-W07, 2024-06-30 or 2021/2023'

# What is wrong, the row, and the complaint behind the file's name.
bad_rows=(
    'an unknown figure' 'funds,built,2024,4,'
    ":2:1: figure: unknown figure 'funds'; expected one that the catalogue declares"
    'an unknown label' 'paid_cny,built,2024,4,'
    ":2:2: stage: is not declared; expected the labels of paid_cny: none"
    'a missing label' 'platforms,,2024,4,'
    ":2:2: stage: missing; expected the labels of platforms: stage"
    'a number with two points' 'platforms,built,2024,1.2.3,' ":2:4: obs_value: '1.2.3' $not_a_number"
    'NaN' 'platforms,built,2024,NaN,'
    ":2:4: obs_value: 'NaN' $not_a_number; 'import --source' with a source whose 'missing' has it reads it"
    'an empty number' 'platforms,built,2024,,'
    ':2:4: obs_value: is empty; expected a decimal number, or an obs_status that goes without one (H, J, K, L, M, N, O, Q, S)'
    '400 digits' "platforms,built,2024,$digits,"
    ":2:4: obs_value: '${digits:0:20}…' has too many digits; expected at most 34, which are kept exactly"
    'a thirteenth month' 'platforms,built,2024-13,4,' ":2:3: time_period: '2024-13' $not_a_period"
    'a leap day without a leap year' 'platforms,built,2023-02-29,4,'
    ":2:3: time_period: '2023-02-29' $not_a_period"
    'a period that has not begun' "platforms,built,$next_year,4,"
    ":2:3: time_period: '$next_year' begins in the future; expected one that has begun, or obs_status F (forecast)"
    'broken UTF-8' $'platforms,b\xFCilt,2024,4,'
    ':2: byte 12 of the line (0xFC) is not UTF-8; expected UTF-8 throughout, or '\''import --source'\'' with a source whose '\''encoding'\'' is another'
    'a number in words' 'platforms,built,2024,"1,200",'
    ":2:4: obs_value: '1,200' $not_a_number; 'import --source' with a source of 'numbers: words' reads it"
    'a quote that is never closed' 'platforms,"built,2024,4,'
    ":2:2: the quote that opens here is never closed; expected another at the field's end"
    'a row too long' 'platforms,built,2024,4,,,' ':2: the row has 7 fields; expected 5, as in the header'
)
for ((i = 0; i < ${#bad_rows[@]}; i += 3)); do
    printf '%s\n' "$row" "${bad_rows[i + 1]}" >report.csv
    refused "${bad_rows[i]} is refused" report.csv "report.csv${bad_rows[i + 2]}"
done

object='"figure": "platforms", "labels": {"stage": "built"}, "time_period": "2024"'
printf '[{%s, "obs_value": 4},\n {"figure": "plat' "$object" >cut.json
printf '[%.0s' {1..100000} >deep.json
printf '[{%s, "obs_value": "1.2.3"}]' "$object" >number.json
printf '[{%s, "obs_value": 4, "colour": "red"}]' "$object" >field.json
head -c 5000000 /dev/zero | tr '\0' 7 >endless.csv
: >nothing.csv
: >nothing.json
printf '%s\n' "$row" platforms,built,2024,4, platforms,built,2024,x, platforms,built,y,4, >several.csv

refused 'JSON cut off in the middle is refused' cut.json 'cut.json:2:17: not JSON that can be read: premature end of input near '\''"plat'\'
refused 'JSON nested 100,000 deep is refused' deep.json "deep.json:1:2050: not JSON that can be read: maximum parsing depth reached near '['"
refused 'a number in JSON that is none is refused' number.json "number.json[0].obs_value: '1.2.3' $not_a_number"
refused 'an unknown field in JSON is refused' field.json "field.json[0]: unknown field 'colour'; \
expected figure, labels, time_period, obs_value, unit, comparator, obs_status, released, reference or comment"
refused 'a line of five million digits is refused' endless.csv 'endless.csv:1: the row is longer than 65536 bytes'
refused 'an empty file is refused' nothing.csv 'nothing.csv: is empty; expected observations'
refused 'so is one of a header alone' header.csv 'header.csv: says nothing; expected observations'
refused 'an empty JSON file is refused' nothing.json 'nothing.json: is empty; expected observations'
refused 'a directory is refused' a-folder.csv 'a-folder.csv: is a directory; expected a regular file'
refused 'a file that is not there is refused' missing.csv 'missing.csv: No such file or directory'
refused 'of a file with good rows as well nothing is recorded' several.csv \
    "several.csv:3:4: obs_value: 'x' $not_a_number" "several.csv:4:3: time_period: 'y' $not_a_period"

# What an export says of the file must be read back: the name, and what is said of it.
bad_names=(
    $'two\nlines.csv' 'has a control character; expected text without'
    $'\xFC.csv' 'is not UTF-8; expected text in UTF-8'
    'blank.csv ' 'has white space at an end; expected text without'
    "$(printf './%.0s' {1..512})long.csv" 'makes a source of 1039 bytes; expected at most 1024'
)
for ((i = 0; i < ${#bad_names[@]}; i += 2)); do
    printf '%s\n' "$row" platforms,built,2024,4, >"${bad_names[i]}"
    same "a file whose name ${bad_names[i + 1]%;*} is refused" \
        "${bad_names[i]}: not recorded: its name ${bad_names[i + 1]}"$'\n''0 observations' \
        "$(collector import "${bad_names[i]}" 2>&1; echo "$(observations) observations")"
done

printf '%s\n' "$row" "platforms,planned,$next_year,9,F" >forecast.csv
same 'a forecast may be about a period that has not begun' \
    "forecast.csv: 1 recorded, 0 unchanged, 0 revised, 0 refused" "$(collector import forecast.csv | head -n 1)"

# Sources: name, path, and what is logged of it; "good" is the one that is recorded.
printf '{%s, "obs_value": 4}' "$object" >good.json
{ printf '[' && head -c 2000000 /dev/zero | tr '\0' ' ' && printf ']'; } | gzip >bomb.json.gz
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost \
    -addext subjectAltName=IP:127.0.0.1 2>/dev/null
start web perl "$top/tests/system/misbehave.pl" "$scratch/inbox"
start tls openssl s_server -accept 127.0.0.1:0 -key key.pem -cert cert.pem -www
until_true 5 grep -q '^[0-9]' "$scratch/web.log"
until_true 5 grep -q ^ACCEPT "$scratch/tls.log"
web=http://127.0.0.1:$(head -n 1 "$scratch/web.log")
tls=https://$(sed -n 's/^ACCEPT //p' "$scratch/tls.log")
closed=127.0.0.1:$(free_ports 1)

sources=(
    gone "$web/gone" 'HTTP status 404 Not Found; expected 200'
    error "$web/error" 'HTTP status 500 Internal Server Error; expected 200'
    no_content "$web/empty" 'HTTP status 204 No Content; expected 200'
    never "$web/never" 'no whole answer within 1 s'
    byte_by_byte "$web/byte-by-byte" 'no whole answer within 1 s'
    announced_too_long "$web/announced-too-long" 'the body is larger than 1000000 bytes (body_size_limit)'
    too_long "$web/too-long" 'the body is larger than 1000000 bytes (body_size_limit)'
    endless "$web/endless" 'the body is larger than 1000000 bytes (body_size_limit)'
    announced_too_short "$web/announced-too-short" 'announced_too_short: is empty; expected observations'
    announced_in_words "$web/announced-in-words" 'no HTTP answer: …'
    announced_twice "$web/announced-twice" 'the body ends early: …'
    bomb "$web/bomb.json.gz" 'the body is larger than 1000000 bytes (body_size_limit)'
    cut_off "$web/cut-off" 'the body ends early: …'
    smtp "$web/smtp" 'a protocol that is not spoken here: …'
    not_gzip "$web/not-gzip" 'the body cannot be decompressed: …'
    round_and_round "$web/round-and-round" 'more than 5 redirects'
    to_a_file "$web/to-a-file" 'a protocol that is not spoken here: …'
    self_signed "$tls/" "the server's certificate does not hold: …"
    closed "http://$closed/" "cannot connect to $closed: Connection refused"
    folder "file:$scratch/inbox" "$scratch/inbox: is a directory; expected a regular file"
    missing "file:$scratch/missing.json" "$scratch/missing.json: No such file or directory"
    refused "$web/number.json" "refused[0].obs_value: '1.2.3' $not_a_number"
    good "$web/good.json" ''
)
echo 'sources:' >>"$config"
for ((i = 0; i < ${#sources[@]}; i += 3)); do
    echo "  - {name: ${sources[i]}, url: '${sources[i + 1]}', every: 1h, timeout: 1s, body_size_limit: 1MB}" >>"$config"
done
status=0
collector --once --log.format=json 2>"$scratch/once.log" || status=$?
same 'a round in which a source fails ends with status 1' 1 $status
start_exporter
for ((i = 0; i < ${#sources[@]}; i += 3)); do
    name=${sources[i]} words=${sources[i + 2]}
    said=$(jq -r --arg name "$name" 'select(.source == $name and .level != "info") | .err // .first' "$scratch/once.log")
    [[ $words != *… ]] || said=${said:0:${#words} - 1}…
    same "source $name: what is logged of it" "$words" "$said"
    same "source $name: whether it is up" "almanac_source_up{source=\"$name\"} $([[ -n $words ]]; echo $?)" \
        "$(samples almanac_source_up | grep "\"$name\"")"
done
same 'the good one among them is recorded, and nothing else' $'4\n9' \
    "$(ledger 'SELECT obs_value FROM vintage ORDER BY obs_value')"

done_testing
