#!/bin/bash
# SPDX-License-Identifier: MIT
# test_collector_faults.sh - a disk that is full or fails is told, and costs only what it must
. "$(dirname "$0")/stage.sh"
use_small_figures
cd "$scratch" || exit
import_platforms built 4
printf 'sources:\n  - {name: bureau, url: "file:built.csv", format: csv}\n' >>"$config"

exporter() {
    "$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" "$@"
}
both() { # PROGRAM ARGUMENTS…: its last line on standard error, and its status
    local words
    words=$("$@" 2>&1 >/dev/full)
    echo "$? ${words##*$'\n'}"
}

# --- Standard output

commands=('collector import built.csv' 'collector rebuild' 'collector observations platforms'
    'collector try bureau' 'collector try bureau built.csv' 'collector --config.check'
    'collector --help' 'collector --version' 'exporter export' 'exporter export --format=csv'
    'exporter --config.check' 'exporter --help' 'exporter --version')
for command in "${commands[@]}"; do
    same "$command tells that its output is lost" '1 cannot write: No space left on device' \
        "$(both $command)"
done

# --- Files that may not be read

chmod 000 built.csv
same 'a source that may not be read is told with the reason' \
    "bureau: $scratch/built.csv: Permission denied"$'\n''status 1' \
    "$("${unprivileged[@]}" "$bin/almanac-collector" --config.file="$config" try bureau 2>&1; echo "status $?")"
chmod 644 built.csv

# --- Files that cannot grow

small() { # KILOBYTES COMMAND…: with no file larger than that
    (ulimit -f "$1"; "${@:2}" 2>&1)
}
for ((i = 0; i < 2000; i++)); do
    printf 'platforms,many,%04d,%d,%0100d\n' $((1000 + i % 1000)) $i $i
done | sort -t, -k3,3 -u >many.csv
sed -i '1i figure,stage,time_period,obs_value,comment' many.csv
before=$(ledger 'SELECT count(*) FROM observation')
same 'an import that the disk has no room for is refused in words' \
    "many.csv: not recorded: ledger $storage/ledger.db: disk I/O error: File too large"$'\n''status 1' \
    "$(small 100 collector import many.csv; echo "status $?")"
same 'and nothing of it is recorded' "$before ok" \
    "$(ledger 'SELECT count(*) FROM observation') $(ledger 'PRAGMA integrity_check')"
check 'where there is room it is recorded' collector import many.csv
same 'an export that the disk has no room for is told' 'cannot write: File too large' \
    "$( (ulimit -f 34; exporter export >export.om) 2>&1)"

# --- RRD files

words='RRD file '$storage/rrd/.building': cannot be written; the disk may be full'
same 'an RRD file that the disk has no room for is told' "\"$words\" status 1" \
    "$(small 34 collector rebuild | sed -n 's/.*RRD file not built" err=//p; s/^RRD files: 0 built/status 1/p' | paste -sd ' ')"
check 'and leaves nothing behind' eval '! ls "$storage"/rrd/.building*'
rm "$storage/rrd/.checkpoint"
mkdir "$storage/rrd/.checkpoint"
check 'a checkpoint that cannot be written fails a rebuild' eval '! collector rebuild'
rmdir "$storage/rrd/.checkpoint"
check 'until it can' collector rebuild

# --- Reports to the running collector

push() { # FILE: the status
    curl -s -o answer -w '%{http_code}' -H 'Content-Type: text/csv' --data-binary "@$1" \
        "$collector/api/v1/observations"
}
sed 's/^platforms,many,/platforms,more,/' many.csv >more.csv
sed -i '/^sources:/,$d' "$config"
start_collector
prlimit --pid "${pid[collector]}" --fsize=100000:
same 'reports that the disk has no room for are refused' '503 503 503' \
    "$(push more.csv) $(push more.csv) $(push more.csv)"
words="ledger $storage/ledger.db: disk I/O error: File too large"
check 'in words' grep -qF "$words" answer
same 'which the log has once' 1 \
    "$(grep -cF "level=error msg=\"reports cannot be recorded\" err=\"$words\"" collector.log)"
same 'and nothing of them is recorded' 0 \
    "$(ledger "SELECT count(*) FROM vintage WHERE labels LIKE '%more%'")"
prlimit --pid "${pid[collector]}" --fsize=unlimited:
same 'where there is room they are taken' 200 "$(push more.csv)"
check 'and their RRD file is built' until_true 10 test -f "$storage/rrd/platforms/stage=more.rrd"

# --- Sources

sed 's/^platforms,many,/platforms,source,/' many.csv >source.csv
prlimit --pid "${pid[collector]}" --fsize=100000:
printf 'sources:\n  - {name: bureau, url: "file:source.csv", format: csv, every: 1h}\n' >>"$config"
kill -HUP "${pid[collector]}"
check 'a source that the disk has no room for fails' \
    until_true 10 grep -q 'source failed; .* source=bureau err="ledger .*: File too large"' collector.log
prlimit --pid "${pid[collector]}" --fsize=unlimited:
check 'and is read again long before its next turn' \
    until_true 70 grep -q 'msg="source read" source=bureau recorded=1000' collector.log
stop collector
same 'a stop is one in good order' '0 ok' "$? $(ledger 'PRAGMA integrity_check')"

done_testing
