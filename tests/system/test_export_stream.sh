#!/bin/bash
# SPDX-License-Identifier: MIT
# test_export_stream.sh - an export is sent while the ledger is read, at the pace of its client
. "$(dirname "$0")/stage.sh"
use_small_figures
cd "$scratch" || exit
export ASAN_OPTIONS=quarantine_size_mb=8 # or freed memory is kept, and looks like kept answers

# More than the buffers of two sockets hold: 5,000 days, each with 4 KB of comment.
awk 'BEGIN {
    comment = sprintf("%4000s", ""); gsub(/ /, "x", comment)
    print "figure,stage,time_period,obs_value,comment"
    for (day = 0; day < 5000; day++)
        printf "platforms,built,%s,%d,%s\n", strftime("%Y-%m-%d", day * 86400, 1), day, comment
}' >days.csv
collector import days.csv >/dev/null
start_exporter
url=$exporter/api/v1/export

have_begun() { # FILE…
    local file
    for file; do
        [[ -s $file ]] || return 1
    done
}
wal_is_emptied() {
    [[ $(ledger 'PRAGMA busy_timeout = 5000; PRAGMA wal_checkpoint(TRUNCATE)' | tail -n 1) == 0* ]]
}

for format in csv json sdmx-csv openmetrics; do
    "$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" export --format=$format >command
    curl -s -D head -o body "$url?format=$format"
    check "$format comes whole, as the command writes it" cmp command body
done
check 'in chunks, since its size is known only at its end' grep -qi '^transfer-encoding: chunked' head
same 'HEAD says the same and is over' '200 0' \
    "$(curl -sI --max-time 10 -o head -w '%{http_code} %{size_download}' "$url?format=csv")"
curl -s -o body --http1.0 "$url?format=openmetrics"
check 'a client of HTTP/1.0 gets it too' cmp command body

# --- Clients that do not read

readers=()
for i in {1..16}; do
    curl -s --limit-rate 20k --max-time 60 -o "$i.csv" "$url?format=csv" &
    readers+=($!) pids+=($!)
done
check 'sixteen are sent at a time' until_true 20 have_begun {1..16}.csv
same 'one more is told to come again' \
    '{"status":"error","errorType":"unavailable","error":"16 exports are under way; try again shortly"} 503' \
    "$(curl -s -w ' %{http_code}' "$url?format=csv" | tr -d '\n')"
printf 'figure,stage,time_period,obs_value\nplatforms,built,1969-12-31,7\n' >late.csv
check 'reports are recorded meanwhile' collector import late.csv
check 'and none of the clients keeps the WAL from being emptied' wal_is_emptied
check 'the others are answered' curl -fs --max-time 5 -o body "$exporter/api/v1/figures"
kill "${readers[@]}"
until_true 20 curl -fs -o body "$url?format=csv"
check 'once they are gone, there is room again; what came meanwhile is in it' grep -q ',1969-12-31,7,' body

# --- An answer without end

memory() { # the most there ever was, in KB
    awk '$1 == "VmHWM:" { print $2 }' "/proc/${pid[exporter]}/status"
}
before=$(memory)
curl -s "$url?repeat=1s" 2>/dev/null | head -c 300000000 | wc -c >size
same 'of an answer without end there is as much as is read' 300000000 "$(<size)"
check 'and what is sent is not kept' test "$(memory)" -lt $((before + 50000))

# --- Answers that break off

mkfifo pipe
while_sending() { # COMMAND CURL-ARGUMENT…: and the status of the client, who then reads the rest
    local reader drain
    curl -s "${@:2}" "$url?format=csv" >pipe &
    reader=$! pids+=($!)
    exec {drain}<pipe
    head -c 1 <&$drain >/dev/null
    $1
    cat <&$drain >/dev/null
    exec {drain}<&-
    wait "$reader"
}
while_sending 'stop exporter KILL' --http1.0
same 'when the server is killed, not even a client of HTTP/1.0 takes what it has for the whole: it is reset' 56 $?
start_exporter
url=$exporter/api/v1/export
cut_off_ledger() {
    wal_is_emptied
    truncate -s 1000000 "$storage/ledger.db"
}
while_sending cut_off_ledger
same 'nor does a client when the ledger breaks' 56 $?
check 'and the log says why' grep -qE 'level=warn msg="answer broken off" target="?/api/v1/export.*error=.*ledger' exporter.log
status=$(curl -s -o body -w '%{http_code}' "$url?format=csv" | tail -n 1)
same 'a ledger that cannot be read is told before the first byte' '503 unavailable' \
    "$status $(jq -r .errorType body)"
done_testing
