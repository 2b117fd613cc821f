# SPDX-License-Identifier: MIT
# exporter.sh - how the exporter starts, follows and draws; no peer does the same

changes=0

# Another value for one series: returns when it is committed.
change() { # STORAGE
    local said
    changes=$((changes + 1))
    printf 'figure,ref_area,site,stage,time_period,obs_value\n%s,%s.25\n' \
        "bench_platforms,440000,site-000000,planned,$last_year" "$changes" >"$scratch/change.csv"
    read -r said < <(import "$1" "$scratch/change.csv")
    [[ $said == *' 1 revised'* ]] || die "import: $said"
}

shows_change() {
    curl -fs -o "$scratch/metrics" "$url/metrics" && grep "} $changes\.25$" "$scratch/metrics"
}

note_follow_delay() { # STORAGE
    local begin
    change "$1"
    begin=${EPOCHREALTIME/./}
    until_true 10 shows_change
    note ours "$(milliseconds_since "$begin")"
}

note_change_cpu() { # STORAGE
    local before
    before=$(cpu_of exporter)
    change "$1"
    sleep 1.5 # and nobody scrapes
    note ours "$(awk -v before="$before" -v after="$(cpu_of exporter)" \
        'BEGIN { printf "%.0f", (after - before) * 1000 }')"
}

note_memory() { # FIELD of /proc/PID/status
    note ours "$(awk -v field="$1:" '$1 == field { printf "%.0f", $2 / 1024 }' \
        "/proc/${pid[exporter]}/status")"
}

note_start() { # STORAGE
    local begin=${EPOCHREALTIME/./}
    start_exporter "$1"
    note ours "$(milliseconds_since "$begin")"
}

measure_exporter() { # SERIES
    local round storage=$scratch/exporter
    noted=()
    fill "$storage" "$1"
    for ((round = 0; round < rounds; round++)); do
        [[ ! -v pid[exporter] ]] || stop exporter
        note_start "$storage"
    done
    tell "exporter, $1 series: start to ready, ms"
    curl -fs -o "$scratch/metrics" "$url/metrics"
    note_memory VmRSS
    tell "exporter, $1 series: memory (RSS), MB"
    for ((round = 0; round < rounds; round++)); do
        note_follow_delay "$storage"
    done
    tell "exporter, $1 series: commit to /metrics, ms"
    for ((round = 0; round < rounds; round++)); do
        note_change_cpu "$storage"
    done
    tell "exporter, $1 series: the page anew, CPU ms"
    note_memory VmHWM
    tell "exporter, $1 series: memory at most, MB"
    stop exporter
    rm -rf "$storage"
}

measure_graph() {
    local round storage=$scratch/graph
    write_csv "$scratch/graph.csv" 4
    collector "$storage" import "$scratch/graph.csv" >/dev/null
    start_exporter "$storage"
    for ((round = 0; round < rounds; round++)); do
        note ours "$(curl -fs -o "$scratch/graph.png" -w '%{time_total}' \
            "$url/graph/bench_platforms.png" | awk '{ printf "%.1f", $1 * 1000 }')"
    done
    tell 'exporter: a graph of 4 series of 10 years, ms'
    stop exporter
}

measure_exporter 20000
measure_exporter 100000
measure_graph
