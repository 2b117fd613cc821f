#!/bin/bash
# SPDX-License-Identifier: MIT
# test_prometheus_tls.sh - a Prometheus scrapes and reads an exporter that has TLS and a password,
# configured as docs/prometheus.md has it
. "$(dirname "$0")/stage.sh"
cd "$scratch" || exit
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=almanac \
    -addext subjectAltName=IP:127.0.0.1 -keyout almanac.key -out almanac.crt 2>/dev/null
echo secret >almanac.password
cat >web.yml <<'END'
tls_server_config: {cert_file: almanac.crt, key_file: almanac.key}
basic_auth_users: {prometheus: $2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW}
END
import_two() {
    printf '%s\n' figure,ref_area,stage,time_period,obs_value pilot_platforms,440304,built,2023,3 \
        pilot_platforms,440304,built,2024,4 >platforms.csv
    collector import platforms.csv
}
check 'there is a history' import_two
start_listening exporter --web.config.file=web.yml

awk '/^## / { inside = $0 == "## With TLS and a password" } /^```/ { block = inside && $0 == "```yaml"; next }
    block' "$top/docs/prometheus.md" >example.yml
{
    echo 'global: {scrape_interval: 1s}'
    sed "s|/etc/prometheus|$scratch|; s|almanac.example.org:10196|127.0.0.1:${exporter##*:}|" example.yml
} >prometheus.yml
check 'promtool takes the example' promtool check config prometheus.yml

start_prometheus reader prometheus.yml
check 'it scrapes the exporter' until_true 30 prometheus_has 'pilot_platforms{job="almanac"}' 4
same 'and reads its history' 3 "$(query "pilot_platforms{job=\"\"} @ $(date -ud 2024-06-01 +%s)")"
stop reader

sed '/^remote_read/,$ { /basic_auth/d }' prometheus.yml >half.yml
start_prometheus half half.yml
check 'without the password in the second place it scrapes' until_true 30 prometheus_has 'pilot_platforms{job="almanac"}' 4
same 'and reads nothing' '' "$(query "pilot_platforms{job=\"\"} @ $(date -ud 2024-06-01 +%s)")"

done_testing
