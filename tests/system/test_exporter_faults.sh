#!/bin/bash
# SPDX-License-Identifier: MIT
# test_exporter_faults.sh - the exporter goes on whatever happens to its files, descriptors and clients
. "$(dirname "$0")/stage.sh"
use_small_figures
cd "$scratch" || exit
allow_library_leaks

scrape() {
    curl -fs --max-time 10 -o page "$exporter/metrics"
}
is_up() { # 1|0
    scrape && grep -qx "almanac_exporter_ledger_up $1" page
}
knows() {
    grep -qxF 'platforms{stage="built"} 4' page
}
says() { # WORDS: in the log
    grep -qF -- "$1" exporter.log
}

# --- The ledger

import_platforms built 4
mkfifo hold
sqlite3 "$storage/ledger.db" <hold >/dev/null 2>&1 &
exec {lock}>hold
printf '.timeout 5000\nPRAGMA locking_mode = EXCLUSIVE;\nBEGIN EXCLUSIVE;\nCREATE TABLE held (a);\n' >&$lock
until_true 10 eval '! sqlite3 "$storage/ledger.db" "SELECT count(*) FROM series"'
start_listening exporter
check 'a ledger that another one has locked is waited for, and that is said' until_true 30 says 'database is locked'
check 'while it answers' is_up 0
printf 'ROLLBACK;\n.quit\n' >&$lock
exec {lock}>&-
check 'and when it is free it is read' until_true 30 is_up 1
check 'with what is in it' knows

mv "$storage/ledger.db" right.db
sqlite3 right.db 'VACUUM INTO "newer.db"'
sqlite3 newer.db 'PRAGMA application_id = 1097624929; PRAGMA user_version = 99'
cp newer.db "$storage/ledger.db"
check 'a ledger of a newer version is refused' until_true 5 is_up 0
check 'in words' until_true 5 says 'the ledger is of version 99; this program reads version 1'
check 'while the last page is served' knows
mv right.db "$storage/ledger.db"
check 'and the right one is read again' until_true 5 is_up 1

for size in 8000 100 0; do
    cp "$storage/ledger.db" whole.db
    truncate -s $size "$storage/ledger.db"
    check "a ledger cut off at $size bytes is noticed" until_true 5 is_up 0
    check 'in words' says 'the file is cut off: '
    check 'while the last page is served' knows
    cp whole.db "$storage/ledger.db"
    check 'and read again when it is whole' until_true 5 is_up 1
done

times_not_read() {
    grep -c 'msg="ledger not read' exporter.log
}
ledger 'PRAGMA user_version = 99'
check 'a ledger that a newer program has made its own is noticed' until_true 5 is_up 0
ledger 'PRAGMA user_version = 1'
check 'and read again when it is of this version' until_true 5 is_up 1

cp "$storage/ledger.db" whole.db
head -c 100 /dev/urandom | dd of="$storage/ledger.db" conv=notrunc status=none
check 'a beginning that is overwritten is noticed' until_true 5 is_up 0
cp whole.db "$storage/ledger.db"
check 'and the ledger read again when it is right' until_true 5 is_up 1

shows() { # VALUE of what is planned
    scrape && grep -qx "platforms{stage=\"planned\"} $1" page
}
ledger 'CREATE TABLE long AS SELECT randomblob(1000000); PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
import_platforms planned 6
until_true 10 shows 6
before=$(times_not_read) size=$(stat -c %s "$storage/ledger.db")
ledger 'DROP TABLE long; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
check 'VACUUM makes the ledger smaller' test "$(stat -c %s "$storage/ledger.db")" -lt "$size"
import_platforms planned 7
check 'and the exporter goes on' until_true 10 shows 7
same 'without a word' "$before" "$(times_not_read)"

mv "$storage/ledger.db" right.db
mkfifo "$storage/ledger.db"
check 'something that is no file is refused' until_true 5 says 'ledger.db: is no regular file; expected a regular file'
check 'while the last page is served' knows
rm "$storage/ledger.db"
mv right.db "$storage/ledger.db"
check 'and the right one is read again' until_true 5 is_up 1

mv "$storage" away
check 'without its folder the last page is served' until_true 5 is_up 0
check 'as it was' knows
mv away "$storage"
check 'and with it all is well again' until_true 5 is_up 1

rm -r "$storage/rrd"
same 'without RRD files a graph is refused in words' "503 RRD file $storage/rrd/platforms/stage=" \
    "$(curl -s -o body -w '%{http_code} ' "$exporter/graph/platforms.png"; sed 's/=.*/=/' body)"
check 'while the page is served' is_up 1
collector rebuild >/dev/null
same 'and drawn when they are built again' 200 \
    "$(curl -s -o body -w '%{http_code}' "$exporter/graph/platforms.png")"

# --- Clients

crowd() { # HOW COUNT: its number of connections in $connected
    mkfifo "crowd$2$1"
    rm -f crowd.out # or what the one before said would be read
    python3 "$top/tests/system/crowd.py" "$1" "$2" "${exporter##*:}" <"crowd$2$1" >crowd.out 2>crowd.err &
    pids+=($!)
    crowd=$!
    exec {crowds}>"crowd$2$1"
    until_true 120 test -s crowd.out
    connected=$(head -n 1 crowd.out)
}
disperse() {
    exec {crowds}>&-
    wait "$crowd"
}
many_scrapes() {
    local i
    for i in {1..20}; do
        scrape || return
    done
}

exec {client}<>"/dev/tcp/127.0.0.1/${exporter##*:}"
{ printf 'GET /metrics HTTP/1.1\r\nHost: a\r\nX-Long: '; head -c 1000000 /dev/zero | tr '\0' a; } >&$client 2>/dev/null
same 'a head of a megabyte is refused' 'HTTP/1.1 431 Request Header Fields Too Large' \
    "$(timeout 10 head -n 1 <&$client | tr -d '\r')"
exec {client}>&-
check 'and the next client is answered' scrape

for ((i = 0; i < 4000; i++)); do
    printf 'platforms,%s-%04d,2024,1\n' "$(printf 'x%.0s' {1..100})" $i
done >many.csv
sed -i '1i figure,stage,time_period,obs_value' many.csv
collector import many.csv >/dev/null
large() {
    scrape && (($(stat -c %s page) > 4000000))
}
check 'a page of megabytes' until_true 20 large
crowd slow 100
same 'a hundred who read slowly' 100 "$connected"
check 'do not keep a scraper waiting' many_scrapes
disperse
same 'and are all still reading' 100 "$(tail -n 1 crowd.out)"

crowd trickle 600
check 'nor do six hundred who send a byte a second' many_scrapes
disperse

crowd body 520
check 'nor do five hundred whose bodies come a byte a second' many_scrapes
disperse

crowd slow 1000
is_refused() {
    [[ $(curl -s --max-time 10 -o body -w '%{http_code} ' "$exporter/metrics"; cat body) == \
        '503 too many requests are under way; try again shortly' ]]
}
check 'more than five hundred requests at once are refused in words' until_true 20 is_refused
disperse
check 'until there are less' until_true 10 scrape

crowd idle 10000
same 'ten thousand connections' 10000 "$connected"
check 'keep no scraper waiting' many_scrapes
check 'who finds the page as it was' knows
disperse
stop exporter
same 'and a stop is one in good order' 0 $?

# --- Descriptors

start exporter bash -c "ulimit -n 60; exec \"\$@\"" - "$bin/almanac-exporter" --config.file="$config" \
    --storage.path="$storage" --web.listen-address=127.0.0.1:0
until_true 10 grep -q listening exporter.log
exporter=http://127.0.0.1:$(port_of exporter)
check 'with few descriptors it starts' until_true 10 is_up 1
crowd idle 200
check 'and when more connect than it has descriptors for it answers' is_up 1
import_platforms built 5
disperse
check 'and follows the ledger' until_true 10 eval 'scrape && grep -qxF '\''platforms{stage="built"} 5'\'' page'
crowd file 30
check 'and when answers take them, too, the next client is told so' \
    test "$(curl -s --max-time 10 -o body -w '%{http_code}' "$exporter/-/healthy")" = 503
disperse

done_testing
