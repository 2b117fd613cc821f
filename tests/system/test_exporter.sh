#!/bin/bash
# SPDX-License-Identifier: MIT
# test_exporter.sh - what the exporter answers, and that it goes on whatever happens to the ledger
. "$(dirname "$0")/stage.sh"
use_small_figures
cd "$scratch" || exit
allow_library_leaks

page_has() { # LINE…
    local line
    curl -fs "$exporter/metrics" >page
    for line; do
        grep -qxF -- "$line" page || return
    done
}
ledger_up() {
    page_has "almanac_exporter_ledger_up $1"
}
answers() { # STATUS WORDS PATH [CURL ARGUMENT…]
    same "$3 ${*:4}: $1 ${2:0:60}" "$1 $2" \
        "$(curl -gs -o body -w '%{http_code} ' "${@:4}" "$exporter$3"; head -c 300 body | tr -d '\0')"
}

# --- The ledger comes, changes, goes and comes back

start_listening exporter
answers 200 'Almanac exporter is healthy.' /-/healthy
answers 503 'Almanac exporter has not read the ledger yet.' /-/ready
answers 503 'the ledger has not been read yet' /graph/platforms.png
check 'without a ledger the page says so' ledger_up 0
same 'and promtool has nothing to say of it' '' "$(curl -fs "$exporter/metrics" | promtool check metrics 2>&1)"
import_platforms built 4
check 'a ledger that appears is read within a second' until_true 1 ledger_up 1
answers 200 'Almanac exporter is ready.' /-/ready
check 'with what is in it' page_has 'platforms{stage="built"} 4' \
    'almanac_as_of_timestamp_seconds{figure="platforms",stage="built"} 1735603200'
import_platforms planned 6
check 'a new observation is on the page within a second' until_true 1 page_has 'platforms{stage="planned"} 6'
import_platforms built 5.50
check 'a correction, too, as it was written' until_true 1 page_has 'platforms{stage="built"} 5.50'
mv "$storage" away
echo 'this is no ledger, but it is longer than the head of one, which has a hundred bytes, as everybody knows.' >no-ledger
mkdir "$storage" && cp no-ledger "$storage/ledger.db"
check 'a ledger that cannot be read is said within a second' until_true 1 ledger_up 0
check 'what was known is served on' page_has 'platforms{stage="built"} 5.50' 'platforms{stage="planned"} 6'
check 'and the log says why' grep -q 'msg="ledger not read; figures stay as they are".* err=' exporter.log
rm -r "$storage"
import_platforms other 9
check 'another ledger in its place is read within a second' until_true 1 page_has 'platforms{stage="other"} 9'
same 'and it alone' 'platforms{stage="other"} 9' "$(samples platforms)"
rm -r "$storage" && mv away "$storage"
check 'and so is the first one again' until_true 1 page_has 'platforms{stage="planned"} 6'

# --- Requests

answers 404 "there is nothing at '/metric'" /metric
answers 405 "'/metrics' cannot be asked with POST; expected GET or HEAD" /metrics -X POST
same 'a 405 says what is allowed' 'Allow: GET, HEAD' \
    "$(curl -s -D - -o /dev/null -X DELETE "$exporter/metrics" | tr -d '\r' | grep -i '^allow')"
answers 400 "unknown parameter 'colour'; expected name[] or figure[]" '/metrics?colour=red'
answers 404 "there is no figure 'funds'" /graph/funds.png
answers 404 'nobody has reported visits yet' /graph/visits.png
answers 400 "parameter 'lang': 'xx'; expected en or zh" '/graph/platforms.png?lang=xx'
answers 400 "parameter 'from': '2024-13' is not a period; expected one like 2024, 2024-06, 2024-Q2, 2025-W07, 2024-06-30 or 2021/2023" \
    '/graph/platforms.png?from=2024-13'
answers 400 "parameter 'asOf': '2024-13' is not a period; expected one like 2024, 2024-06, 2024-Q2, 2025-W07, 2024-06-30 or 2021/2023" \
    '/graph/platforms.png?asOf=2024-13'
answers 404 'nothing of platforms was known by 2023-12-31' '/graph/platforms.png?asOf=2023'
answers 400 "parameter 'to': ends before 'from' begins; expected a later period" \
    '/graph/platforms.png?from=2025&to=2024'
answers 400 "the graph of platforms would begin at 9000-01-01, but there is nothing behind $(date -ud tomorrow +%F); expected an earlier beginning, or an end" \
    '/graph/platforms.png?from=9000'
answers 400 "parameter 'label[]': unknown label 'stag'; expected one of platforms: stage" '/graph/platforms.png?label[]=stag=built'
answers 404 'nobody has reported platforms with these labels yet' '/graph/platforms.png?label[]=stage=none'
answers 400 "unknown parameter 'step'; expected from, to, asOf, lang or label[]" '/graph/platforms.png?step=3'
for path in / /metrics /-/healthy /-/ready /graph/platforms.png '/graph/platforms.png?from=2024&to=2025-06&lang=zh' \
    "/graph/platforms.png?asOf=$(date -u +%F)"; do
    headers() {
        curl -s -D - -o "$1.body" "${@:2}" "$exporter$path" | tr -d '\r' |
            grep -vi -e ^date: -e "^content-length: $([[ $path != /metrics ]] && echo none)"
    }
    same "HEAD $path says what GET says" "$(headers get)" "$(headers head --head)"
    case $path in
        *.png*) same 'which is a picture' $'\x89PNG' "$(head -c 4 get.body)" ;;
    esac
done
same 'and pages have their types' $'text/html; charset=utf-8\ntext/plain; version=0.0.4; charset=utf-8\nimage/png' \
    "$(for path in / /metrics /graph/platforms.png; do curl -s -o /dev/null -w '%{content_type}\n' "$exporter$path"; done)"
curl -s "$exporter/" >landing
check 'the landing page has the graphs of what is reported' grep -q 'href="graph/platforms.png?lang=zh"' landing
check 'and no link for what is not' test -z "$(grep 'href="graph/visits' landing)"
answers 400 "parameter 'page': '2'; expected a number from 1 to 1" '/?page=2'
leads_everywhere() { # URL: the status of each link of its page
    curl -fs "$1" | grep -o '<a href="[^"]*"' | sed 's/.*="//; s/"$//; s/&amp;/\&/g; s/#.*//' |
        while read -r link; do curl -gs -o /dev/null -w '%{http_code}\n' "$1$link"; done | sort | uniq -c | xargs
}
same 'each link of the landing page leads somewhere' '13 200' "$(leads_everywhere "$exporter/")"
same 'a graph is another one in Chinese, and for another end of the time' 4 \
    "$(for query in 'lang=en' 'lang=zh' 'lang=en&to=2024' 'lang=en&to=2024-01-01'; do
        curl -s "$exporter/graph/platforms.png?from=2023&$query" | sha256sum
    done | sort -u | wc -l)"
same 'a label chooses among its series' 3 \
    "$(for query in x label[]=stage=built label[]=stage=planned; do
        curl -gs "$exporter/graph/platforms.png?${query/#x/lang=en}" | sha256sum
    done | sort -u | wc -l)"
same 'the second before 1970 is a moment as others are' 1 \
    "$(for from in 1969 1969-12-31T23:59:59; do
        curl -s "$exporter/graph/platforms.png?from=$from" | sha256sum
    done | sort -u | wc -l)"
graphs=()
for i in {1..8}; do
    curl -s -o "graph$i" "$exporter/graph/platforms.png?from=1950" &
    graphs+=($!)
done
curl -fs "$exporter/metrics" >page
same 'while graphs are drawn a scrape is answered' "1 ${#graphs[@]}" \
    "$(grep -c '^platforms{stage="built"}' page) $(kill -0 "${graphs[@]}" 2>/dev/null && echo ${#graphs[@]})"
wait "${graphs[@]}"
same 'and they are all drawn' 8 "$(head -qc 4 graph[1-8] | grep -ao PNG | grep -c .)"

stop exporter
start_listening exporter --web.route-prefix=/almanac/ --web.telemetry-path=/figures
until_true 10 curl -fs "$exporter/almanac/-/ready"
same 'below a prefix, too' '13 200' "$(leads_everywhere "$exporter/almanac/")"
stop exporter
start_listening exporter

# --- Signals, ports and permissions

sed -i 's/^    help: Platforms.*/    help: Platforms, said otherwise./' figures.yaml
kill -HUP "${pid[exporter]}"
check 'SIGHUP: the new catalogue is on the page' until_true 2 page_has '# HELP platforms Platforms, said otherwise.'
echo 'colour: red' >>"$config"
kill -HUP "${pid[exporter]}"
check 'SIGHUP: a broken configuration is refused with its place' until_true 2 grep -q -F \
    "the running one is kept\" err=\"$config:2: unknown key 'colour'; expected figure_files, figures, sources, reporters, bodies\"" exporter.log
check 'SIGHUP: and the running one is kept' page_has '# HELP platforms Platforms, said otherwise.'
sed -i '$d' "$config"
same 'a port that is taken is refused in words' \
    "\"cannot listen on ${exporter#http://}: Address already in use\""$'\nstatus 1' \
    "$(timeout 10 "$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" \
        --web.listen-address="${exporter#http://}" 2>&1 | sed -n 's/.*msg="cannot start" err=//p'
        echo "status ${PIPESTATUS[0]}")"

exec {half}<>"/dev/tcp/127.0.0.1/${exporter##*:}"
printf 'GET /metrics HTTP/1.1\r\nHost:' >&$half
for i in {1..6}; do
    curl -s -o "graph$i" "$exporter/graph/platforms.png?from=1950" &
done
before=${EPOCHREALTIME/./}
stop exporter
status=$?
took=$(((${EPOCHREALTIME/./} - before) / 1000))
exec {half}<&-
same 'SIGTERM with requests under way: status 0' 0 $status
check "SIGTERM with requests under way: within a second ($took ms)" test $took -le 1000

chmod -R a-w "$storage"
start exporter "${unprivileged[@]}" "$bin/almanac-exporter" --config.file="$config" \
    --storage.path="$storage" --web.listen-address=127.0.0.1:0
until_true 10 grep -q listening exporter.log
exporter=http://127.0.0.1:$(port_of exporter)
check 'it reads a storage that it cannot write to' until_true 5 page_has 'platforms{stage="built"} 5.50'
sentence='and follows it'
if [[ $EUID == 0 ]]; then
    import_platforms built 7
    check "$sentence" until_true 1 page_has 'platforms{stage="built"} 7'
else
    echo "ok $((++cases)) - $sentence # SKIP only root could write there"
fi
chmod -R u+w "$storage"

done_testing
