#!/bin/bash
# SPDX-License-Identifier: MIT
# test_daemon.sh - the collector at work: turns, signals, neighbours, and an end within a second
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
inbox=$scratch/inbox
mkdir "$inbox"
cd "$scratch" || exit

start web perl "$top/tests/system/misbehave.pl" "$inbox"
until_true 10 grep -q '^[0-9]' web.log
web=http://127.0.0.1:$(head -n 1 web.log)

# configure SOURCE…: each "name url format"; the figures are those of figures.yaml.
configure() {
    local source name url format
    { echo 'figure_files: [figures.yaml]' && (($# == 0)) || echo sources: ; } >"$config.new"
    for source; do
        read -r name url format <<<"$source"
        echo "  - {name: $name, url: '$url', format: $format, every: 1s, timeout: 20s}" >>"$config.new"
    done
    mv "$config.new" "$config"
}

# put NAME CONTENT: a file of the inbox, never seen by half.
put() {
    printf '%s\n' "$2" >"$inbox/.new"
    mv "$inbox/.new" "$inbox/$1"
}

says() { # VALUE: an observation of platforms as JSON
    echo "{\"figure\": \"platforms\", \"labels\": {\"stage\": \"built\"}, \"time_period\": \"2024\", \"obs_value\": $1}"
}

has() { # VALUES: all that the ledger has, oldest first, in a line
    [[ $(ledger 'SELECT obs_value FROM vintage ORDER BY id' | paste -sd ' ') == "$1" ]]
}

newest() { # FILE VALUE: of the last row that is there
    [[ $(rrdtool lastupdate "$storage/rrd/$1" | awk 'END { print $2 + 0 }') == "$2" ]]
}

logged() { # WORDS [TIMES]
    (($(grep -c -e "$1" collector.log) >= ${2:-1}))
}

ends_within_a_second() { # SENTENCE
    local before=${EPOCHREALTIME/./} status took
    stop collector
    status=$?
    took=$(((${EPOCHREALTIME/./} - before) / 1000))
    same "$1: with status 0" 0 $status
    check "$1: within a second ($took ms)" test $took -le 1000
}

# --- Turns

cp "$top/tests/data/small.yaml" figures.yaml
put paid.csv $'figure,time_period,obs_value\npaid_cny,2023,100'
put built.json "$(says 3)"
configure "files file:inbox/paid.csv csv" "good $web/built.json json" "gone $web/gone json"
start_collector
check 'a source that is a file and one on the web are recorded' until_true 10 has '100 3'
put built.json "$(says 4)"
put paid.csv $'figure,time_period,obs_value\npaid_cny,2023,110'
check 'what has changed is fetched in the next turn' until_true 10 logged 'source=good.* revised=1'
check 'in a file, too' until_true 10 logged 'source=files.* revised=1'
check 'its RRD file follows' until_true 10 newest platforms/stage=built.rrd 4
check 'a source that fails is tried again in its turn' until_true 10 logged 'source=gone.*404' 3
put built.json "$(says '"many"')"
check 'a source that is refused does not end it' until_true 10 logged 'source=good.*not a decimal'
put built.json "$(says 5)"
check 'nor that it is recorded once it is right again' until_true 10 newest platforms/stage=built.rrd 5
same 'it is healthy' 'Almanac collector is healthy.' "$(curl -s "$collector/-/healthy")"

# --- Neighbours

printf 'figure,stage,time_period,obs_value\nplatforms,planned,2024,6\n' >planned.csv
same 'an import beside it leaves the RRD files to it' \
    $'planned.csv: 1 recorded, 0 unchanged, 0 revised, 0 refused\nplanned.csv: 1 series is new: platforms{stage="planned"}\nRRD files: left to the collector that is running' \
    "$(collector import planned.csv 2>&1)"
check 'and it builds them within two seconds' until_true 2 newest platforms/stage=planned.rrd 6
second() { # ADDRESS [ARGUMENT…]: what a second collector says, and its status
    timeout 10 "$bin/almanac-collector" --config.file="$config" --web.listen-address="$1" "${@:2}" 2>&1 |
        sed -n 's/.*msg="cannot start" err=//p'
    echo "status ${PIPESTATUS[0]}"
}
same 'a second collector on the same storage is refused' \
    "\"$storage/rrd: another almanac-collector is running on this storage\""$'\nstatus 1' \
    "$(second 127.0.0.1:0 --storage.path="$storage")"
same 'so is one that finds its port taken' \
    "\"cannot listen on ${collector#http://}: Address already in use\""$'\nstatus 1' \
    "$(second "${collector#http://}" --storage.path="$scratch/other")"
same 'rebuild is refused beside it' "$storage/rrd: a running collector builds these files; stop it first" \
    "$(collector rebuild 2>&1)"

# --- RRD files

mkdir "$storage/rrd/platforms/stage=blocked.rrd"
levels=$(grep -c 'level with the ledger' collector.log)
printf 'figure,stage,time_period,obs_value\nplatforms,blocked,2024,1\nplatforms,free,2024,2\n' >blocked.csv
collector import blocked.csv >/dev/null
check 'a file that cannot be built keeps no other from being built' until_true 10 newest platforms/stage=free.rrd 2
check 'which is said' until_true 10 logged 'msg="some RRD files could not be built; .*lacking=1'
same 'and not that all are level' "$levels" "$(grep -c 'level with the ledger' collector.log)"
same 'it counts as behind' 'almanac_collector_rrd_files_behind 1' \
    "$(curl -s "$collector/metrics" | grep ^almanac_collector_rrd_files_behind)"
printf 'figure,stage,time_period,obs_value\nplatforms,free,2024,3\n' >free.csv
collector import free.csv >/dev/null
check 'while others are built' until_true 10 newest platforms/stage=free.rrd 3
until_true 10 eval 'curl -s "$collector/metrics" | grep -qx "almanac_collector_rrd_files_behind 1"'
same 'it is not said again at once' 1 "$(grep -c 'some RRD files could not be built' collector.log)"
rmdir "$storage/rrd/platforms/stage=blocked.rrd"

mv "$storage" away
check 'without its folder it says what is missing' until_true 10 \
    logged "msg=\"RRD files cannot be kept level\" err=\"cannot make the folder $storage/rrd: No such file"
sleep 1.2
same 'once' 1 "$(grep -c 'RRD files cannot be kept level' collector.log)"
mv away "$storage"
check 'and when it is back that all is well' until_true 10 logged 'msg="RRD files are kept level again"'
check 'what could not be built is built now' until_true 10 newest platforms/stage=blocked.rrd 1

# --- Signals

cp "$config" before.yaml
configure "files file:inbox/paid.csv csv" "more file:inbox/more.json json"
put more.json "$(says 7)"
kill -HUP "${pid[collector]}"
check 'SIGHUP: a source that is new is recorded' until_true 10 newest platforms/stage=built.rrd 7
echo 'colour: red' >>"$config"
kill -HUP "${pid[collector]}"
check 'SIGHUP: a broken configuration is refused with its place' until_true 10 \
    logged "the running one is kept\" err=\"$config:5: unknown key 'colour'; expected figure_files, figures, sources, reporters, bodies\""
put more.json "$(says 8)"
check 'SIGHUP: and the running one is kept' until_true 10 newest platforms/stage=built.rrd 8
cp figures.yaml all.yaml
sed -i '/name: platforms/,/help:/d' figures.yaml
configure "files file:inbox/paid.csv csv"
kill -HUP "${pid[collector]}"
check 'SIGHUP: a figure that is not declared any more is named' until_true 10 \
    logged 'the ledger has a figure that this configuration does not declare" figure=platforms'
mv all.yaml figures.yaml
ends_within_a_second 'SIGTERM between two turns'
check 'it has said so' logged 'msg="collector stopped"'

configure "never $web/never json" "slow $web/byte-by-byte json"
start_collector --log.level=debug
until_true 10 logged 'msg=fetching' 2
ends_within_a_second 'SIGTERM while fetches hang'
start once "$bin/almanac-collector" --config.file="$config" --storage.path="$storage" --log.level=debug --once
until_true 10 grep -q msg=fetching once.log
stop once
same 'a single round that is broken off has failed' 1 $?

printf 'a%.0s' {1..200000} >long.txt
configure
cat >>"$config" <<'YAML'
sources:
  - name: long
    url: file:long.txt
    format: text
    text:
      rules: [{name: slow, figure: paid_cny, time_period: 2024, match: '\w{1,300}\w{1,300}(?<value>[0-8])'}]
  - {name: paid, url: file:inbox/paid.csv, format: csv}
YAML
start_collector --log.level=debug
until_true 10 logged 'msg=fetching source=long'
until_true 10 logged 'source read" source=paid'
ends_within_a_second 'SIGTERM while a text is searched'
check 'of which nothing is said' eval '! logged "source=long.*err="'

{
    echo figure,stage,time_period,obs_value
    printf 'platforms,%s,2024,1\n' {1..4000}
} >many.csv
configure
start_collector
collector import many.csv >import.log 2>&1
rrd_files() {
    find "$storage/rrd/platforms" -name 'stage=*.rrd' | wc -l
}
some_files() {
    (($(rrd_files) > 20))
}
until_true 10 some_files
ends_within_a_second 'SIGTERM while 4,000 RRD files are built'
built=$(rrd_files)
check "which it broke off ($built are there)" test $built -lt 4000
start_collector
check 'what was not built is built after the next start' until_true 30 test -e "$storage/rrd/platforms/stage=4000.rrd"

# --- Time

sed -i 's/^    help: Platforms.*/&\n    step: 1s\n    keep: 1h/' figures.yaml
printf 'figure,stage,time_period,obs_value\nplatforms,now,%s,1\n' "$(date -u -d '-5 seconds' +%FT%TZ)" >now.csv
stop collector
rm -r "$storage"
start_collector --log.format=json
collector import now.csv >import.log 2>&1
now=$storage/rrd/platforms/stage=now.rrd
check 'a figure with a step of a second has its file' until_true 10 test -e "$now"
last=$(rrdtool last "$now")
extended() {
    (($(rrdtool last "$now") >= last + 2))
}
check 'which is extended as time goes by' until_true 10 extended
stop collector
same 'a log in JSON has one object a line' "$(grep -c '' collector.log)" \
    "$(jq -c 'select(.ts and .level and .msg) | "one"' collector.log | grep -c one)"

done_testing
