#!/bin/bash
# SPDX-License-Identifier: MIT
# test_grafana.sh - the dashboards and alerts that come along work with a real Prometheus
. "$(dirname "$0")/stage.sh"
boards=("$top"/conf/grafana/dashboards/*.json)

check 'the configuration of Prometheus is good' promtool check config "$top/conf/prometheus/prometheus.yml"
check 'so are its rules' promtool check rules "$top/conf/prometheus/rules.yaml"
check 'each alert fires when it should' promtool test rules "$top/tests/data/rules_test.yaml"

check 'the dashboards are JSON' jq -e 'type == "object"' "${boards[@]}"
same 'each has its own uid' "${#boards[@]}" "$(jq -r .uid "${boards[@]}" | sort -u | wc -l)"
same 'all ask the data source that is provided' \
    "$(sed -n 's/^ *uid: //p' "$top/conf/grafana/provisioning/datasources/almanac.yaml")" \
    "$(jq -r '.. | .datasource? // empty | .uid' "${boards[@]}" | sort -u)"
same 'no title of a figure is different from the declared one' '' "$(
    jq -r '.panels[] | select(.description != null) | .title' "${boards[@]}" | while read -r title; do
        grep -qF "en: ${title%% · *}" "$top/conf/futian/figures.yaml" &&
            grep -qF "zh: ${title#* · }" "$top/conf/futian/figures.yaml" || echo "$title"
    done)"

start_collector
start_exporter
port=$(free_ports 1)
prometheus=http://127.0.0.1:$port
cp "$top/conf/prometheus/rules.yaml" "$scratch"
sed "s/127.0.0.1:10196/${exporter#http://}/; s/127.0.0.1:10197/${collector#http://}/" \
    "$top/conf/prometheus/prometheus.yml" >"$scratch/prometheus.yml"
start prometheus prometheus --config.file="$scratch/prometheus.yml" --storage.tsdb.path="$scratch/tsdb" \
    --web.listen-address="127.0.0.1:$port" --log.level=warn
both_up() {
    prometheus_has 'sum(up)' 2
}
check 'it scrapes both programs' until_true 60 both_up

# Ten years up to now, as the panel would be drawn.
answers() { # EXPRESSION
    local now samples
    now=$(date +%s)
    samples=$(curl -fs "$prometheus/api/v1/query_range" --data-urlencode "query=$1" -d "end=$now" \
        -d "start=$((now - 120 * 30 * 86400))" -d step=30d | jq '[.data.result[].values[]] | length')
    ((${samples:-0} > 0))
}
while read -r expression; do
    check "there are samples of $expression" until_true 60 answers "$expression"
done < <(jq -r '.panels[].targets[].expr' "${boards[@]}" | sort -u)
rules_well() {
    [[ $(curl -fs "$prometheus/api/v1/rules" | jq -r '[.data.groups[].rules[].health] | unique[]') == ok ]]
}
check 'the rules are evaluated' until_true 60 rules_well
same 'and nothing is the matter' '' "$(curl -fs "$prometheus/api/v1/alerts" | jq -c '.data.alerts[]')"

done_testing
