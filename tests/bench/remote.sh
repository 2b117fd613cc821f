# SPDX-License-Identifier: MIT
# remote.sh - queries of a Prometheus that reads from the exporter, beside one that has the same
# history in blocks of its own

start_reader() { # NAME CONFIGURATION DIRECTORY
    printf '%s\n' "$2" >"$scratch/$1.yml"
    start_holder "$1" prometheus --config.file="$scratch/$1.yml" --storage.tsdb.path="$3" \
        --storage.tsdb.retention.time=100y --web.listen-address
    until_true 60 curl -fs "${holder[$1]}/-/ready"
}

# note_query NAME READER EXPRESSION STEP: milliseconds for ten years.
note_query() {
    note "$1" "$(curl -fs -o "$scratch/$2.json" -w '%{time_total}' "${holder[$2]}/api/v1/query_range" \
        --data-urlencode "query=$3" -d "start=$((last_year - 9))-01-01T00:00:00Z" \
        -d "end=$last_year-12-31T00:00:00Z" -d "step=$4" | awk '{ printf "%.0f", $1 * 1000 }')"
}

points() { # READER
    grep -o '\[[0-9.]*,"[^"]*"\]' "$scratch/$1.json" | sort | md5sum
}

measure_query() { # TITLE STEP EXPRESSION
    local round
    local -A noted=()
    for ((round = 0; round <= 3 * rounds; round++)); do # or one disturbed query would weigh much
        ((round > 1)) || noted=() # the first warms up
        note_query ours remote "$3" "$2"
        note_query blocks local "$3" "$2"
    done
    [[ $(points remote) == "$(points local)" ]] || die "$3: remote read and blocks differ"
    compare "remote read: $1 by $2, ms" blocks most 1.3
}

measure_remote_read() { # SERIES
    local storage=$scratch/remote
    local -A noted=()
    fill "$storage" "$1"
    "$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" export >"$scratch/history.om"
    promtool tsdb create-blocks-from openmetrics --max-block-duration=175200h "$scratch/history.om" \
        "$scratch/blocks" >/dev/null
    rm "$scratch/history.om"
    start_exporter "$storage"
    start_reader remote "remote_read: [{url: '$url/api/v1/read', read_recent: true}]" "$scratch/none"
    start_reader local 'scrape_configs: []' "$scratch/blocks"
    measure_query 'sum by (stage)' 1d 'sum by (stage) (bench_platforms)'
    measure_query 'sum by (stage)' 1w 'sum by (stage) (bench_platforms)'
    measure_query 'max_over_time[5y]' 1w 'max_over_time(bench_platforms[5y])'
    measure_query 'increase[1y]' 1d 'increase(bench_platforms[1y])'
    stop remote
    stop local
    note_memory VmHWM
    tell "exporter, remote reads: memory at most, MB"
    stop exporter
    rm -rf "$storage" "$scratch/blocks" "$scratch/none"
}

if has prometheus && has promtool; then
    measure_remote_read 1000
fi
