# SPDX-License-Identifier: MIT
# push.sh - 100,000 observations pushed over one connection until all are on disk, beside
# VictoriaMetrics that imports them as text lines and a Pushgateway that takes them as one page

# write_pushed FORMAT: the rows of $scratch/pushed.csv as NDJSON, as lines with the time of their
# year in milliseconds, or as a page, which has one value for each series: there the year is a label.
write_pushed() {
    awk -F, -v format="$1" 'NR > 1 {
        if (format == "ndjson") {
            printf "{\"figure\":\"%s\",\"labels\":{\"ref_area\":\"%s\",\"site\":\"%s\",\"stage\":" \
                "\"%s\"},\"time_period\":\"%s\",\"obs_value\":%s}\n", $1, $2, $3, $4, $5, $6
            next
        }
        printf "%s{ref_area=\"%s\",site=\"%s\",stage=\"%s\"", $1, $2, $3, $4
        if (format == "page")
            printf ",year=\"%s\"} %s\n", $5, $6
        else
            printf "} %s %d000\n", $6, ($5 - 1970) * 31556952
    }' "$scratch/pushed.csv" >"$scratch/pushed.$1"
}

push() { # URL FORMAT [CURL-ARGUMENT...]
    curl -fsS --data-binary @"$scratch/pushed.$2" "${@:3}" "$1"
}

# The ledger has them on disk when the answer comes. The RRD files are built afterwards.
push_ours() {
    local said
    said=$(push "${holder[collector]}/api/v1/observations" ndjson -H 'Content-Type: application/x-ndjson')
    [[ $said == *'"recorded":100000,'* ]] || die "push: $said"
}

# It keeps what it takes in memory for a second or more, unless it is told to write.
push_victoria() {
    push "${holder[victoria]}/api/v1/import/prometheus" lines &&
        curl -fsS "${holder[victoria]}/internal/force_flush"
}

# It writes its file a time later; the bench does not wait for that.
push_gateway() {
    push "${holder[pushgateway]}/metrics/job/bench" page -X PUT
}

has_pushed() {
    [[ $(curl -fsS "${holder[victoria]}/api/v1/export" -d 'match[]=bench_platforms' |
        grep -o '"timestamps":\[[^]]*' | tr -cd ',[' | wc -c) == 100000 ]]
}

measure_push() {
    local round format
    local -A noted=()
    write_csv "$scratch/pushed.csv" 10000
    for format in ndjson lines page; do
        write_pushed $format
    done
    for ((round = 0; round < 3 * rounds; round++)); do # or one disturbed turn would weigh much
        rm -rf "$scratch/push" "$scratch/victoria" "$scratch/gateway"
        start_holder collector "$bin/almanac-collector" --config.file="$config" \
            --storage.path="$scratch/push" --web.listen-address
        rate ours 100000 push_ours
        stop collector
        if has victoria-metrics; then
            start_holder victoria victoria-metrics -storageDataPath="$scratch/victoria" \
                -retentionPeriod=100y -httpListenAddr
            rate victoria 100000 push_victoria
            until_true 10 has_pushed
            stop victoria
        fi
        if has prometheus-pushgateway; then
            start_holder pushgateway prometheus-pushgateway --persistence.file="$scratch/gateway" \
                --web.listen-address
            rate pushgateway 100000 push_gateway
            stop pushgateway
        fi
    done
    compare '100000 observations pushed at once: rows/s' victoria least 1
    compare '100000 observations pushed at once: rows/s' pushgateway least 1
    rm -rf "$scratch/push" "$scratch/victoria" "$scratch/gateway" "$scratch"/pushed.*
}

measure_push
