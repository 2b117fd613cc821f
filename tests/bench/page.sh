# SPDX-License-Identifier: MIT
# page.sh - unchanged /metrics pages beside nginx with the same bytes as a file, and beside a
# Pushgateway and a VictoriaMetrics with the same series
nginx_ways="sendfile copied buffered"

fetch() { # CODING URL FILE
    curl -fs -H "Accept-Encoding: $1" -o "$3" "$2"
}

nginx_serves() { # CODING
    has nginx && { [[ $1 != gzip ]] || nginx_knows gzip_static; }
}

start_nginx() { # CODING PAGE
    local directory=$scratch/nginx user= gzip= way
    mkdir "$directory"
    cp "$2" "$directory/page"
    if [[ $1 == gzip ]]; then
        mv "$directory/page" "$directory/page.gz"
        gzip='gzip_static on;'
    fi
    nginx=http://127.0.0.1:$(free_port)
    [[ $EUID != 0 ]] || user='user root;' # or its workers could not read the scratch folder
    fill_in $here/nginx.conf "$directory" -e "s|@PORT@|${nginx##*:}|" -e "s|@USER@|$user|" \
        -e "s|@GZIP@|$gzip|" >"$directory/nginx.conf"
    start nginx nginx -p "$directory" -e stderr -c "$directory/nginx.conf"
    for way in $nginx_ways; do
        until_true 10 fetch "$1" "$nginx/$way/page" "$directory/check"
        cmp "$2" "$directory/check"
    done
}

pages_per_second() { # NAME URL [CODING [SECONDS]]
    local said
    said=$(wrk -t1 -c4 -d"${4-5}s" --timeout 30s -H "Accept-Encoding: ${3-identity}" "$2")
    [[ $said != *'Non-2xx'* && $said != *'Socket errors'* ]] || die "wrk $2: $said"
    note "$1" "$(awk '/^Requests\/sec/ { print $2 }' <<<"$said")"
}

take_best_nginx() {
    local way said=
    for way in $nginx_ways; do
        said+=" $way $(median ${noted[$way]})"
    done
    noted[nginx]=$(tr " " "\n" <<<"$said" | sort -g | tail -n 1)
    echo "nginx, pages/s:$said; the best counts"
}

# Nothing but what the exporter says of itself may have changed.
check_unchanged() { # FILE FILE
    local difference=$(($(stat -c %s "$1") - $(stat -c %s "$2")))
    ((${difference#-} < 100)) || die "/metrics has changed its length by $difference bytes"
    cmp <(gzip -cdf "$1" | grep -v '^process_') <(gzip -cdf "$2" | grep -v '^process_')
}

measure_page() { # SERIES CODING BOUND [FLAG...]
    local round way title page=$scratch/metrics
    local -A noted=()
    fill "$scratch/page" "$1"
    start_exporter "$scratch/page" "${@:4}"
    fetch "$2" "$url/metrics" "$page"
    ! nginx_serves "$2" || start_nginx "$2" "$page"
    for ((round = 0; round < rounds; round++)); do
        pages_per_second ours "$url/metrics" "$2"
        [[ -v pid[nginx] ]] || continue
        for way in $nginx_ways; do
            pages_per_second "$way" "$nginx/$way/page" "$2"
        done
    done
    fetch "$2" "$url/metrics" "$page.after"
    check_unchanged "$page" "$page.after"
    stop exporter
    [[ ! -v pid[nginx] ]] || { stop nginx; take_best_nginx; }
    title="/metrics of $1 series, $(stat -c %s "$page") bytes${4:+, figures only}"
    [[ $2 != gzip ]] || title+=" of gzip"
    compare "$title: pages/s" nginx least "$3"
    rm -rf "$scratch/page" "$scratch/nginx"
}

# The series of a page and their values, whatever labels and times a holder adds.
values() { # FILE
    sed -nE 's/^bench_platforms\{.*(site="[^"]*").*\} ([^ ]*).*/\1 \2/p' "$1" | sort
}

holds() { # FILE URL
    curl -fs -o "$scratch/held" "$2" && cmp <(values "$1") <(values "$scratch/held")
}

# hold NAME PATH-TO-PUSH-TO PATH-OF-THE-PAGE: what is pushed without a time is of now.
hold() {
    grep -E '^(# (HELP|TYPE) )?bench_platforms[ {]' "$scratch/metrics" >"$scratch/pushed"
    curl -fs --data-binary @"$scratch/pushed" "${holder[$1]}$2"
    pages[$1]=${holder[$1]}$3
    until_true 30 holds "$scratch/pushed" "${pages[$1]}"
}

# Debian's Pushgateway has a file that it keeps and finds pushed series in; ours shall have none.
start_holders() {
    if has prometheus-pushgateway; then
        start_holder pushgateway prometheus-pushgateway --persistence.file= \
            --web.listen-address
        hold pushgateway /metrics/job/bench /metrics
    fi
    if has victoria-metrics; then
        start_holder federate victoria-metrics -storageDataPath="$scratch/victoria" \
            -httpListenAddr
        hold federate /api/v1/import/prometheus '/federate?match[]=bench_platforms'
    fi
}

# The others hold the figures alone; therefore our page has nothing else.
measure_holders() { # SERIES
    local round name title page=$scratch/metrics
    local -A pages=() noted=()
    fill "$scratch/page" "$1"
    start_exporter "$scratch/page" --metrics.figures-only
    fetch identity "$url/metrics" "$page"
    start_holders
    for ((round = 0; round < rounds; round++)); do
        pages_per_second ours "$url/metrics"
        for name in "${!pages[@]}"; do
            pages_per_second "$name" "${pages[$name]}" identity 10 # /federate: a dozen a second
        done
    done
    for name in "${!pages[@]}"; do
        holds "$page" "${pages[$name]}" || die "$name no longer has the series"
        stop "$name"
    done
    stop exporter
    title="/metrics of $1 series, $(stat -c %s "$page") bytes, figures only: pages/s"
    compare "$title" pushgateway least 15
    compare "$title" federate least 100
    rm -rf "$scratch/page" "$scratch/victoria"
}

if has wrk; then
    measure_page 20000 identity 0.95
    measure_page 20000 gzip 0.95
    measure_page 1000 identity 0.6
    measure_page 1000 identity 0.6 --metrics.figures-only
    measure_holders 20000
fi
