# SPDX-License-Identifier: MIT
# page.sh - an unchanged /metrics page of 20,000 series beside nginx with the same bytes as a file
nginx_ways="sendfile copied buffered"

free_port() {
    perl -MIO::Socket::INET -e \
        'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

start_nginx() { # PAGE
    local directory=$scratch/nginx user=
    mkdir "$directory"
    cp "$1" "$directory/page"
    nginx=http://127.0.0.1:$(free_port)
    [[ $EUID != 0 ]] || user='user root;' # or its workers could not read the scratch folder
    fill_in $here/nginx.conf "$directory" -e "s|@PORT@|${nginx##*:}|" -e "s|@USER@|$user|" \
        >"$directory/nginx.conf"
    start nginx nginx -p "$directory" -e stderr -c "$directory/nginx.conf"
    until_true 10 curl -fs -o "$directory/check" "$nginx/copied/page"
    cmp "$1" "$directory/check"
}

pages_per_second() { # NAME URL
    local said
    said=$(wrk -t1 -c4 -d5s "$2")
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

measure_page() {
    local round way title
    noted=()
    fill "$scratch/page" 20000
    start_exporter "$scratch/page"
    curl -fs -o "$scratch/metrics" "$url/metrics"
    ! has nginx || start_nginx "$scratch/metrics"
    for ((round = 0; round < rounds; round++)); do
        pages_per_second ours "$url/metrics"
        [[ -v pid[nginx] ]] || continue
        for way in $nginx_ways; do
            pages_per_second "$way" "$nginx/$way/page"
        done
    done
    stop exporter
    [[ ! -v pid[nginx] ]] || { stop nginx; take_best_nginx; }
    title="/metrics of 20000 series, $(stat -c %s "$scratch/metrics") bytes: pages/s"
    compare "$title" nginx least 0.9
    rm -rf "$scratch/page"
}

if has wrk; then
    measure_page
fi
