#!/bin/bash
# SPDX-License-Identifier: MIT
# test_push.sh - reports over HTTP: acknowledged once they are on disk, refused by place
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
declare_figures platforms:area visits >"$config"
start_collector

answer() { # TYPE BODY [CURL ARGUMENTS…]: prints the status, and the answer without its line's end
    local body
    body=$(curl -s -w '\n%{http_code}' -H "Content-Type: $1" --data-binary "$2" "${@:3}" "$collector/api/v1/observations${query-}")
    printf '%s %s\n' "${body##*$'\n'}" "$(head -n 1 <<<"$body")"
}
count() {
    ledger 'SELECT count(*) FROM observation'
}
new=0
done_with() { # STATUS RECORDED UNCHANGED REVISED REFUSED REFUSALS
    printf '%s {"status":"success","data":{"recorded":%s,"unchanged":%s,"revised":%s,"new_series":%s,"refused":%s,"refusals":[%s]}}' \
        "${@:1:4}" $new "${@:5}"
}

same 'one observation as JSON' "$(done_with 200 1 0 0 0 '')" \
    "$(answer application/json '{"figure":"visits","time_period":"2024","obs_value":1.50}')"
same 'is in the ledger when it is acknowledged, by the source of its name' '1.50 push' \
    "$(ledger 'SELECT obs_value, source FROM vintage')"
same 'the same again' "$(done_with 200 0 1 0 0 '')" \
    "$(answer 'application/json; charset=UTF-8' '{"figure":"visits","time_period":"2024","obs_value":1.5}')"
same 'NDJSON' "$(done_with 200 1 0 1 0 '')" "$(answer application/x-ndjson \
    $'{"figure":"visits","time_period":"2024","obs_value":2}\n{"figure":"visits","time_period":"2023","obs_value":3}\n')"
same 'CSV' "$(done_with 200 2 0 0 0 '')" "$(answer text/csv \
    $'figure,area,time_period,obs_value\nplatforms,futian,2024,4\nplatforms,luohu,2024,5\n')"
same 'CSV, as a spreadsheet leaves it' "$(done_with 200 0 2 0 0 '')" "$(answer text/csv \
    $'figure,area,time_period,obs_value,\nplatforms,futian,2024,4,\n\n,,,,\nplatforms,luohu,2024,5,\n,,,,\n')"
same 'SDMX-CSV' "$(done_with 200 0 1 0 0 '')" "$(answer 'application/vnd.sdmx.data+csv; version=2.0.0' \
    $'STRUCTURE,STRUCTURE_ID,ACTION,FIGURE,area,TIME_PERIOD,OBS_VALUE\ndataflow,ALMANAC:FIGURES(1.0),I,platforms,futian,2024,4\n')"
printf 'figure,area,time_period,obs_value\nplatforms,futian,2024,6\n' | gzip >"$scratch/report.gz"
same 'gzip' "$(done_with 200 0 0 1 0 '')" \
    "$(answer text/csv "@$scratch/report.gz" -H 'Content-Encoding: gzip')"
same 'chunked' "$(done_with 200 0 1 0 0 '')" "$(answer text/csv \
    $'figure,area,time_period,obs_value\nplatforms,futian,2024,6\n' -H 'Transfer-Encoding: chunked')"

before=$(count)
bad=$'figure,area,time_period,obs_value\nplatforms,nanshan,2024,4\nplatforms,futian,2024,four\n'
words='{"place":":3:4","reason":"obs_value: '"'four' is not a decimal number; expected digits with at most one point, like 1234.5"'"}'
same 'a report with something wrong is refused whole, by its place' \
    '400 {"status":"error","errorType":"bad_data","error":"1 refused; nothing of the report is recorded","data":{"recorded":0,"unchanged":0,"revised":0,"new_series":0,"refused":1,"refusals":['"$words"']}}' \
    "$(answer text/csv "$bad")"
same 'and nothing of it is in the ledger' "$before" "$(count)"
logged() { # EXPRESSION: in a line about a refused push
    grep 'msg="push refused' "$scratch/collector.log" | grep -q "$1"
}
check 'the collector has a line about it, which is no warning' \
    logged "level=info .*nothing of it is recorded\" source=push refused=1 first=\"push:3:4: obs_value: 'four'"
query='?partial=true'
answer text/csv $'figure,area,time_period,obs_value,obs_status\nvisits,,2022,1,\nplatforms,nobody,2998,,O\n' >/dev/null
same 'what is refused beside something good leaves no series' 0 \
    "$(ledger "SELECT count(*) FROM series WHERE labels LIKE '%nobody%'")"
same 'partly, when told so, with its new series' "$(new=1 && done_with 200 1 0 0 1 "$words")" "$(answer text/csv "$bad")"
check 'which has its line as well' logged 'level=info .*in part" source=push refused=1'
check 'and so has the series, whose label may be mistyped' grep -qF \
    'level=info msg="new series" source=push series=1 first="platforms{area=\"nanshan\"}"' "$scratch/collector.log"
visit() { # YEAR [VALUE]
    printf '{"figure":"visits","time_period":"%s","obs_value":%s}' "$1" "${2-1}"
}
same 'of NDJSON every good line, whatever the others are' "$(done_with 200 2 0 0 2 \
    '{"place":":2:4","reason":"not JSON that can be read: string or '"'}' expected near 'bad'"'; expected one value a line"},{"place":":5.obs_value","reason":"obs_value: …"}')" \
    "$(answer application/x-ndjson "$(visit 2012)"$'\n{bad\n\n'"$(visit 2011)"$'\n'"$(visit 2010 '"20x"')" |
        sed -E 's/("reason":")(.20x)[^"]*/\1obs_value: …/')"
before=$(count)
status_of() {
    answer "$@" | sed -E 's/^(...).*"refused":([0-9]+).*/\1 \2/'
}
for query in '' '?partial=true'; do
    same "an array that breaks off is refused ($query)" '400 1' "$(status_of application/json "[$(visit 2009),$(visit 2008)")"
    same 'so is text behind it' '400 1' "$(status_of application/json "$(visit 2009)"$'\n'"$(visit 2008)")"
    same 'and what is not UTF-8' '400 1' "$(status_of text/csv $'figure,time_period,obs_value\nvisits,2009,1\nvisits,2008,\xFF\n')"
    same 'and a table without a header' '400 1' "$(status_of text/csv $'visits,2009,1\n')"
    same 'and what has no good line' '400 2' "$(status_of application/x-ndjson $'x\ny')"
done
(echo figure,time_period,obs_value; yes x | head -n 16700000) | gzip -1 >"$scratch/report.gz"
query='?partial=true'
said=$(answer text/csv "@$scratch/report.gz" -H 'Content-Encoding: gzip' -m 10)
same 'of very many refusals the first 10,000 are told' '400 10001 "more than 10000 are refused; the rest is not read, and nothing of it is recorded"' \
    "$(sed -E 's/^(...).*"refused":([0-9]+).*"reason":("[^"]*")\}\]\}\}$/\1 \2 \3/' <<<"$said")"
check 'in an answer of less than a megabyte' test ${#said} -lt 1000000
check 'with little memory' eval '(($(grep VmHWM "/proc/${pid[collector]}/status" | tr -dc 0-9) < 300000))'
same 'nothing of all these is in the ledger' "$before" "$(count)"
query='?partial=perhaps'
same 'a parameter that does not read is refused' \
    '400 {"status":"error","errorType":"bad_data","error":"parameter '"'partial': 'perhaps'; expected true or false"'"}' \
    "$(answer text/csv "$bad")"
query='?colour=red'
same 'so is one that there is not' 400 "$(answer text/csv "$bad" | cut -d' ' -f1)"
query=
same 'so is a type that is not read' 415 "$(answer application/xml '<a/>' | cut -d' ' -f1)"
same 'and another encoding' 415 "$(answer 'text/csv; charset=gb18030' "$bad" | cut -d' ' -f1)"
same 'GET is told what there is' 405 "$(curl -s -o /dev/null -w '%{http_code}' "$collector/api/v1/observations")"
head -c 40000000 /dev/zero >"$scratch/large"
same 'a report that is too large is refused' 413 \
    "$(curl -s -o /dev/null -w '%{http_code}' -H 'Content-Type: text/csv' --data-binary "@$scratch/large" "$collector/api/v1/observations")"

# Reports of many rows, which are recorded while they are read.
before=$(count)
rows() { # AREA
    echo figure,area,time_period,obs_value
    seq 5000 | sed "s/.*/platforms,$1&,2024,&/"
}
{ rows long- && echo platforms,last,2024,four; } >"$scratch/long"
same 'a long report whose last row is wrong is refused' \
    "400 ${words//:3:4/:5002:4}" "$(answer text/csv "@$scratch/long" | sed -E 's/(.*) \{.*"refusals":\[(.*)\]\}\}/\1 \2/')"
same 'and nothing of it is in the ledger' "$before" "$(count)"
{ rows long- && echo platforms,long-1,2024,4; } >"$scratch/long"
same 'so is one that contradicts itself at its end' '400 ":2" ":5002"' \
    "$(answer text/csv "@$scratch/long" | grep -oE '^4..|":[0-9]+"' | tr '\n' ' ' | sed 's/ $//')"
same 'which leaves nothing behind either' "$before" "$(count)"
rows long- >"$scratch/long"
same 'a long report that is right is recorded' "$(new=5000 && done_with 200 5000 0 0 0 '')" "$(answer text/csv "@$scratch/long")"
same 'all of it' "$((before + 5000))" "$(count)"

# Cut off in the middle: more is announced than comes. What is recorded later would come before what
# is acknowledged later still.
cut_off() {
    ledger "SELECT count(*) FROM vintage WHERE time_period = '1999'"
}
exec 3<>"/dev/tcp/127.0.0.1/${collector##*:}"
printf 'POST /api/v1/observations HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 500\r\n\r\nfigure,time_period,obs_value\nvisits,1999,1\n' >&3
same 'while one waits for the rest the collector goes on' "$(done_with 200 1 0 0 0 '')" "$(answer application/json "$(visit 1998)")"
exec 3>&-
same 'and when it has gone' "$(done_with 200 1 0 0 0 '')" "$(answer application/json "$(visit 1997)")"
same 'and has nothing of a push that was cut off in the middle' 0 "$(cut_off)"

pusher() { # NUMBER: prints what was acknowledged
    local i
    for i in 1 2 3; do
        curl -fs -H 'Content-Type: application/json' "$collector/api/v1/observations" -o /dev/null \
            -d '{"figure":"platforms","labels":{"area":"a'"$1"'"},"time_period":"'"$((2000 + i))"'","obs_value":'"$i"'}' &&
            echo "a$1 $((2000 + i)) $i"
    done
}
for ((i = 0; i < 200; i++)); do
    pusher "$i" >"$scratch/acknowledged.$i" &
    pushers[i]=$!
done
wait "${pushers[@]}"
cat "$scratch"/acknowledged.* | sort >"$scratch/acknowledged"
same 'two hundred at once are all acknowledged' 600 "$(wc -l <"$scratch/acknowledged")"
same 'and all that was acknowledged is in the ledger' '' "$(ledger \
    "SELECT labels ->> 'area', time_period, obs_value FROM vintage WHERE figure = 'platforms'" |
    sort | comm -13 - "$scratch/acknowledged")"

stop collector
same 'nor has it once all connections are closed' 0 "$(cut_off)"
cat >>"$config" <<'YAML'
reporters:
  - {user: futian, figures: ['plat*'], labels: {area: 'futian*'}}
  - {user: futian, figures: [visits]}
YAML
hash=$(perl -e 'print crypt("secret", "\$2b\$04\$abcdefghijklmnopqrstuu")')
printf 'basic_auth_users: {futian: "%s", other: "%s"}\n' "$hash" "$hash" >"$scratch/web.yaml"
start_listening collector --web.config.file="$scratch/web.yaml"
until_true 10 curl -fs -u futian:secret "$collector/-/ready"
good='{"figure":"platforms","labels":{"area":"futian"},"time_period":"2020","obs_value":1}'
same 'nobody without a password' 401 "$(answer application/json "$good" | cut -d' ' -f1)"
same 'a user reports what it may, under its name' "$(done_with 200 1 0 0 0 '') futian" \
    "$(answer application/json "$good" -u futian:secret) $(ledger 'SELECT source FROM vintage ORDER BY id DESC LIMIT 1')"
same 'and not what it may not' \
    '403 {"status":"error","errorType":"forbidden","error":"1 refused; nothing of the report is recorded","data":{"recorded":0,"unchanged":0,"revised":0,"new_series":0,"refused":1,"refusals":[{"place":"","reason":"futian may not report platforms area=luohu; expected what '"'reporters'"' lets through"}]}}' \
    "$(answer application/json "${good/futian/luohu}" -u futian:secret)"
query='?partial=true'
same 'nor in part' 403 "$(answer application/json "${good/futian/luohu}" -u futian:secret | cut -d' ' -f1)"
query=
{ rows futian- && echo platforms,luohu,2024,1; } >"$scratch/long"
before=$(count)
same 'nor at the end of a long report' "403 $before" "$(answer text/csv "@$scratch/long" -u futian:secret | cut -d' ' -f1) $(count)"
same 'where the figure does not have the label, the figure decides' 200 \
    "$(answer application/json '{"figure":"visits","time_period":"2001","obs_value":1}' -u futian:secret | cut -d' ' -f1)"
same 'who is no reporter reports nothing' 403 "$(answer application/json "$good" -u other:secret | cut -d' ' -f1)"
done_testing
