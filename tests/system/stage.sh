# SPDX-License-Identifier: MIT
# stage.sh - what the system tests share: cases in TAP, and programs that are ended with the test
set -uo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(cd "$top" && cd "${ALMANAC_BIN:-build}" && pwd)
[[ -x $bin/almanac-collector && -x $bin/almanac-exporter ]] ||
    { echo "Bail out! no programs in $bin"; exit 1; }
scratch=${ALMANAC_SCRATCH:-$(mktemp -d)}
storage=$scratch/data
# What comes along, without the figures that a user has added; a test may change it.
cp -R "$top/conf" "$scratch/conf"
sed -i 's|futian/\*\.yaml|futian/figures.yaml|' "$scratch/conf/almanac.yaml"
config=$scratch/conf/almanac.yaml
cases=0
pids=()
unprivileged=() # in front of a program: the permissions of files hold for it, for root's as well
[[ $EUID != 0 ]] || unprivileged=(setpriv --bounding-set=-all --inh-caps=-all)

# Asked first, so that a program that has started others can end them.
leave() {
    ((${#pids[@]} == 0)) || end_programs
    [[ -n ${ALMANAC_SCRATCH-} ]] || rm -rf "$scratch"
}
end_programs() {
    kill -TERM "${pids[@]}" 2>/dev/null
    until_true 3 none_alive || kill -KILL "${pids[@]}" 2>/dev/null
    wait "${pids[@]}"
}
none_alive() {
    ! kill -0 "${pids[@]}"
}
trap leave EXIT

# report STATUS SENTENCE [DETAIL]
report() {
    cases=$((cases + 1))
    if [[ $1 == 0 ]]; then
        echo "ok $cases - $2"
    else
        echo "not ok $cases - $2"
        [[ -z ${3-} ]] || sed 's/^/# /' <<<"$3"
    fi
}

check() { # SENTENCE COMMAND…: the command succeeds
    local words
    words=$("${@:2}" 2>&1)
    report $? "$1" "$words"
}

same() { # SENTENCE EXPECTED ACTUAL
    if [[ $2 == "$3" ]]; then
        report 0 "$1"
    else
        report 1 "$1" "$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$3"))"
    fi
}

done_testing() {
    echo "1..$cases"
    exit 0
}

collector() {
    "$bin/almanac-collector" --config.file="$config" --storage.path="$storage" "$@"
}

# The beginning of a configuration, with one or both of two figures.
declare_figures() { # platforms:LABEL,… (a stock), visits (a flow)
    local figure
    echo figures:
    for figure; do
        case $figure in
            platforms:*) printf '  - name: platforms\n    kind: stock\n    labels: [%s]\n' "${figure#*:}"
                printf '    title: {en: Platforms, zh: 平台}\n    help: Platforms built.\n' ;;
            visits) printf '  - name: visits\n    kind: flow\n'
                printf '    title: {en: Visits, zh: 人次}\n    help: Visits.\n' ;;
        esac
    done
}
# The figures of tests/data/small.yaml, in files that a test may change.
use_small_figures() {
    config=$scratch/almanac.yaml
    cp "$top/tests/data/small.yaml" "$scratch/figures.yaml"
    echo 'figure_files: [figures.yaml]' >"$config"
}
# What the ledger answers, with blanks between its columns.
ledger() { # SQL
    sqlite3 -separator ' ' "$storage/ledger.db" "$1"
}
import_platforms() { # STAGE VALUE
    printf 'figure,stage,time_period,obs_value\nplatforms,%s,2024,%s\n' "$1" "$2" >"$scratch/$1.csv"
    collector import "$scratch/$1.csv" >/dev/null
}

# until_true SECONDS COMMAND…: tries until it succeeds.
until_true() {
    local i
    for ((i = 0; i < $1 * 20; i++)); do
        "${@:2}" >/dev/null 2>&1 && return 0
        sleep 0.05
    done
    return 1
}

# start NAME PROGRAM ARGUMENTS…: in the background, log in $scratch/NAME.log, process in ${pid[NAME]}.
declare -A pid
start() {
    : >"$scratch/$1.log" # now: what is waited for must not be found in an old one
    "${@:2}" >"$scratch/$1.log" 2>&1 &
    pid[$1]=$!
    pids+=($!)
}

# Ports of 127.0.0.1 that nobody had a moment ago.
free_ports() { # COUNT
    perl -MIO::Socket::INET -e '
        my @held = map { IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") } 1 .. shift;
        print join(" ", map { $_->sockport } @held), "\n"' "$1"
}

port_of() {
    sed -nE 's/.*listening.*port"?[=:]"?([0-9]+).*/\1/p' "$scratch/$1.log" | head -n 1
}

# Listens on a port that the system chooses; the address is in the log, and then in $exporter or
# $collector.
start_listening() { # exporter|collector ARGUMENTS…
    start "$1" "$bin/almanac-$1" --config.file="$config" --storage.path="$storage" \
        --web.listen-address=127.0.0.1:0 "${@:2}"
    until_true 10 grep -q ' started"' "$scratch/$1.log"
    printf -v "$1" 'http://127.0.0.1:%s' "$(port_of "$1")"
}

start_exporter() {
    start_listening exporter "$@"
    until_true 10 curl -fs "$exporter/-/ready"
}

start_collector() {
    start_listening collector "$@"
    until_true 10 curl -fs "$collector/-/ready"
}

stop() { # NAME [SIGNAL]: and the exit status
    kill -"${2:-TERM}" "${pid[$1]}" 2>/dev/null
    wait "${pid[$1]}"
}

# The samples of a figure, as the page has them.
samples() { # FIGURE
    curl -fs "$exporter/metrics" | grep "^$1[{ ]"
}

# What differs from one run to the next: the program's own figures, the revision it was built from,
# and when the figures were recorded.
steady() {
    sed -E 's/^((process_[a-z_]*|almanac_recorded_[^ ]*|almanac_[^ ]*_last_reload_success_timestamp_seconds) ).*/\1…/
        s/(compiler|revision|version)="[^"]*"/\1="…"/g'
}

# A real Prometheus, with its data in $scratch/NAME; its address is in $prometheus.
start_prometheus() { # NAME CONFIGURATION-FILE
    local port
    port=$(free_ports 1)
    prometheus=http://127.0.0.1:$port
    start "$1" prometheus --config.file="$2" --storage.tsdb.path="$scratch/$1" \
        --storage.tsdb.retention.time=100y --web.listen-address="127.0.0.1:$port" --log.level=warn
    until_true 30 curl -fs "$prometheus/-/ready"
}
# One that scrapes the exporter every second.
start_scraper() {
    cat >"$scratch/scraper.yml" <<END
global: {scrape_interval: 1s}
scrape_configs:
  - job_name: almanac
    static_configs: [{targets: ['${exporter#http://}']}]
END
    start_prometheus scraper "$scratch/scraper.yml"
}
query() {
    curl -fs "$prometheus/api/v1/query" --data-urlencode "query=$1" | jq -r '.data.result[].value[1]'
}
prometheus_has() {
    [[ $(query "$1") == "$2" ]]
}

# The runs of equal days of an RRD file, from the first of these days to the last: DATE VALUE.
rows() { # FILE FROM UNTIL
    local from until
    from=$(date -u -d "$2" +%s) until=$(date -u -d "$3" +%s)
    rrdtool fetch "$storage/rrd/$1" LAST -s "$from" -e $((until + 86400 - 1)) |
        awk -v until=$((until + 86400)) '/^[0-9]+:/ {
            end = substr($1, 1, length($1) - 1)
            if (end <= until && $2 != last)
                print strftime("%Y-%m-%d", end - 86400, 1), $2 ~ /nan/ ? "unknown" : $2 + 0
            if (end <= until)
                last = $2
        }'
}

# librrd, fontconfig and pango keep what they have loaded; only longer stacks lead there.
allow_library_leaks() {
    printf 'leak:%s\n' librrd.so libfontconfig.so libpango >"$scratch/leaks"
    export ASAN_OPTIONS=fast_unwind_on_malloc=0 LSAN_OPTIONS=suppressions=$scratch/leaks:print_suppressions=0
}
