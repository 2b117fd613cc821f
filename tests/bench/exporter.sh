# SPDX-License-Identifier: MIT
# exporter.sh - how the exporter starts, follows, remembers and draws; no peer does the same

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

# scrape CODING: the milliseconds in $took, and which page it was in $etag.
scrape() {
    local seconds
    read -r seconds etag < <(curl -fs -H "Accept-Encoding: $1" -o /dev/null \
        -w '%{time_total} %header{etag}\n' "$url/metrics")
    took=$(awk -v seconds="$seconds" 'BEGIN { printf "%.2f", seconds * 1000 }')
}

# Somebody always scrapes; the slowest answer counts, up to the first that shows the change.
note_slowest_scrape() { # STORAGE CODING
    local took etag i before all=() end=$((SECONDS + 30))
    for ((i = 0; i < 9; i++)); do
        scrape "$2"
        note unchanged "$took"
    done
    before=$etag
    change "$1"
    while [[ $etag == "$before" ]]; do
        scrape "$2"
        all+=("$took")
        ((SECONDS < end)) || die "/metrics does not show a change"
    done
    shows_change >/dev/null || die "/metrics has changed, but not as it should"
    note ours "$(printf '%s\n' "${all[@]}" | sort -g | tail -n 1)"
}

measure_change() { # STORAGE SERIES CODING
    local round took etag
    local -A noted=()
    scrape "$3" # the first makes the page
    for ((round = 0; round < 3 * rounds; round++)); do # or one disturbed scrape would weigh much
        note_slowest_scrape "$1" "$3"
    done
    compare "exporter, $2 series: one changed, slowest $3 scrape, ms" unchanged most 3
}

note_change_cpu() { # STORAGE
    local before
    before=$(cpu_of exporter)
    change "$1"
    sleep 1.5 # and nobody scrapes
    note ours "$(awk -v before="$before" -v after="$(cpu_of exporter)" \
        'BEGIN { printf "%.0f", (after - before) * 1000 }')"
}

# Both formats, plain and gzipped; their bytes in $pages.
ask_for_pages() {
    local accept coding
    pages=0
    for accept in text/plain application/openmetrics-text; do
        for coding in identity gzip; do
            ((pages += $(curl -fs -H "Accept: $accept" -H "Accept-Encoding: $coding" \
                -o /dev/null -w '%{size_download}' "$url/metrics")))
        done
    done
}

# All that is in memory but the pages that were asked for, code and libraries too, for each series.
measure_memory() { # SERIES TITLE
    local pages
    local -A noted=()
    ask_for_pages
    sleep 1 # by then what only the snapshot before had is given back
    note ours "$(awk -v pages="$pages" -v series="$1" \
        '$1 == "VmRSS:" { printf "%.0f", ($2 * 1024 - pages) / series }' \
        "/proc/${pid[exporter]}/status")"
    compare "exporter, $1 series: $2" none most 600
}

note_start() { # STORAGE
    local begin=${EPOCHREALTIME/./}
    start_exporter "$1"
    note ours "$(milliseconds_since "$begin")"
}

# What a snapshot is made of: each series and each vintage with the columns that the exporter reads,
# as they lie in the file, for sorting and joining would hold the shell up.
note_reading() { # STORAGE
    local begin=${EPOCHREALTIME/./}
    sqlite3 -readonly "$1/ledger.db" 'SELECT id, figure, labels FROM series' \
        'SELECT id, series, recorded, time_period, period_start, period_end, obs_value, comparator,
           obs_status, released, source FROM observation' >/dev/null
    note sqlite3 "$(milliseconds_since "$begin")"
}

measure_start() { # STORAGE SERIES
    local round
    local -A noted=()
    for ((round = 0; round < rounds; round++)); do
        note_start "$1"
        stop exporter
        ! has sqlite3 || note_reading "$1"
    done
    compare "exporter, $2 series: start to ready, ms" sqlite3 most 1.5
}

measure_changes() { # STORAGE SERIES
    local round
    local -A noted=()
    for ((round = 0; round < rounds; round++)); do
        note_follow_delay "$1"
    done
    tell "exporter, $2 series: commit to /metrics, ms"
    for ((round = 0; round < rounds; round++)); do
        note_change_cpu "$1"
    done
    tell "exporter, $2 series: the page anew, CPU ms"
    measure_change "$1" "$2" identity
    measure_change "$1" "$2" gzip
    note_memory VmHWM
    tell "exporter, $2 series: memory at most, MB"
}

measure_exporter() { # SERIES
    local round storage=$scratch/exporter
    local -A noted=()
    fill "$storage" "$1"
    measure_start "$storage" "$1"
    start_exporter "$storage"
    curl -fs -o "$scratch/metrics" "$url/metrics"
    note_memory VmRSS
    tell "exporter, $1 series: memory with its page, MB"
    measure_changes "$storage" "$1"
    stop exporter
    start_exporter "$storage"
    measure_memory "$1" "memory over the pages, bytes each"
    for ((round = 0; round < rounds; round++)); do
        change "$storage"
        until_true 10 shows_change
    done
    measure_memory "$1" "... after changes, bytes each"
    stop exporter
    rm -rf "$storage"
}

measure_graph() {
    local round storage=$scratch/graph
    local -A noted=()
    write_csv "$scratch/graph.csv" 4
    collector "$storage" import "$scratch/graph.csv" >"$scratch/graph.log" 2>&1 ||
        die "import: $(<"$scratch/graph.log")"
    start_exporter "$storage"
    for ((round = 0; round < rounds; round++)); do
        note ours "$(curl -fs -o "$scratch/graph.png" -w '%{time_total}' \
            "$url/graph/bench_platforms.png" | awk '{ printf "%.1f", $1 * 1000 }')"
    done
    tell 'exporter: a graph of 4 series of 10 years, ms'
    stop exporter
}

measure_exporter 100000
measure_graph
