#!/bin/bash
# SPDX-License-Identifier: MIT
# test_grafana.sh - the dashboards and alerts that come along work with a real Prometheus
. "$(dirname "$0")/stage.sh"
boards=("$scratch"/conf/grafana/dashboards/*.json)
provisioning=$top/conf/grafana/provisioning

check 'the configuration of Prometheus is good' promtool check config "$top/conf/prometheus/prometheus.yml"
check 'so are its rules' promtool check rules "$top/conf/prometheus/rules.yaml"
check 'each alert fires when it should' promtool test rules "$top/tests/data/rules_test.yaml"

# Of all dashboards: what this says of their panels, a line each, about $figure where one is chosen.
figure=library_visits # of a user's own, as the README declares it
of_panels() { # JQ-PROGRAM
    jq -r ".panels[] | $1" "${boards[@]}" | sed "s/\$figure/$figure/g"
}
value_of() { # KEY FILE
    sed -nE "s/^[ -]*$1: *([^ ]+).*/\1/p" "$provisioning/$2/almanac.yaml"
}
check 'the dashboards are JSON' jq -e 'type == "object"' "${boards[@]}"
same 'they are as Grafana keeps them, not as it exports them for others' '' "$(
    jq -c 'select(has("__inputs") or .id != null or .schemaVersion < 39) | .uid' "${boards[@]}")"
same 'each has its own uid' "${#boards[@]}" "$(jq -r .uid "${boards[@]}" | sort -u | wc -l)"
same 'each panel has its own id' '' "$(jq -r '.panels | group_by(.id)[] | select(length > 1)[] | .title' "${boards[@]}")"
same 'and its own place' '' "$(jq -r '[.panels[] | .gridPos + {title}] |
    .[] as $a | .[] as $b | select($a.title < $b.title
        and $a.x < $b.x + $b.w and $b.x < $a.x + $a.w and $a.y < $b.y + $b.h and $b.y < $a.y + $a.h)
    | "\($a.title) covers \($b.title)"' "${boards[@]}")"
same 'each variable that is asked about can be chosen' '' "$(jq -r '[.templating.list[].name] as $declared |
    [.panels[].targets[].expr | scan("\\$([a-z_]+)")[]] - $declared | .[]' "${boards[@]}")"
same 'each dashboard that is linked to is there' '' "$(comm -13 <(jq -r .uid "${boards[@]}" | sort) \
    <(jq -r '.. | .url? // empty | capture("^/d/(?<uid>[^?/]+)").uid' "${boards[@]}" | sort -u))"
same 'all ask the data source that is provided' "$(value_of uid datasources)" \
    "$(jq -r '.. | .datasource? // empty | .uid' "${boards[@]}" | sort -u)"
same 'which knows the step of the figures' 1d "$(value_of timeInterval datasources)"
same 'and points to a Prometheus beside Grafana' http://127.0.0.1:9090 "$(value_of url datasources)"
same 'what is not a figure has a step of its own' '' "$(jq -r 'select(.time.from == "now-6h") |
    .panels[].targets[] | select(.instant | not) | select(.interval == null) | .expr' "${boards[@]}")"
# Grafana's own thresholds make everything red from 80 on.
same 'no number is red only because it is large' '' "$(of_panels 'select(.type == "stat" or .type == "gauge") |
    select(.fieldConfig.defaults | .thresholds == null and .color.mode != "fixed") | .title')"
same 'dates of figures are shown as days' '' "$(
    of_panels '.targets[] as $target | select($target.expr | test("(as_of|due)_timestamp_seconds.* 1000$")) |
        [.. | objects | select(.unit? != null or .id? == "unit") | .unit // .value] |
        select(index("time:YYYY-MM-DD") == null) | $target.expr')"
same 'axes of figures begin at zero' '' "$(jq -r 'select(.time.from == "now-10y") | .panels[] |
    select(.type == "timeseries" and (.fieldConfig.defaults | (.min // .custom.axisSoftMin) != 0)) | .title' "${boards[@]}")"
# Grafana rounds 12345.5 to 12346 and 1.25 billion to 1.3, and fills 4.4 up to 4.40, unless it is told.
same 'and their values have the reported digits' '' "$(jq -r 'select(.time.from == "now-10y") | .panels[] |
    [.fieldConfig.defaults, (.fieldConfig.overrides[] | select(.matcher.options | startswith("Value ·")) |
        [.properties[] | {(.id): .value}] | add)] as $shown |
    select(.type == "timeseries" or .type == "table") |
    select($shown | any(.unit == "percentunit" or .unit == "locale" and .decimals == 10) | not) | .title' "${boards[@]}")"
copy=$(grep '^cp .*conf/grafana' "$top/README.md")
mkdir "$scratch/etc"
check 'they are copied as the README has it' bash -c "cd '$top' && ${copy//\/etc\/grafana/$scratch/etc}"
folder=$(value_of path dashboards)
same 'to where they are looked for' "${#boards[@]}" \
    "$(find "${folder/#\/etc\/grafana/$scratch/etc}" -name '*.json' | wc -l)"
check 'with the provisioning' test -s "$scratch/etc/provisioning/datasources/almanac.yaml"

sed -n '/^  - name: library_visits/,/^```/p' "$top/README.md" | grep -v '^```' >>"$scratch/conf/futian/figures.yaml"
month=$(date -u +%Y-%m-01)
printf '%s\n' figure,branch,time_period,obs_value,comparator,obs_status \
    "library_visits,north,$(date -u -d "$month -2 months" +%Y-%m),10400,>=,P" \
    "library_visits,north,$(date -u -d "$month -1 month" +%Y-%m),12000,>,P" >"$scratch/visits.csv"
check 'a user has a figure of his own' collector import "$scratch/visits.csv"
sed -i 's/12000/12100/' "$scratch/visits.csv"
check 'of which something is to say' collector import "$scratch/visits.csv"
start_collector
start_exporter
curl -fs "$exporter/api/v1/figures" >"$scratch/figures.json"
same 'titles and descriptions of figures are the declared ones' '' "$(
    of_panels '. as $panel | .targets[0].expr |
        capture("^(sum\\()?(?<name>[a-z_]+){job=\"[a-z]*\"}\\)?($| \\* (on|ignoring) )") | {name, title: $panel.title, help: $panel.description}' |
        jq -rs --slurpfile figures "$scratch/figures.json" '.[] as $shown | $figures[0].data[] |
            select(.name == $shown.name and
                ["\(.title.en) · \(.title.zh)", .help] != [$shown.title, $shown.help]) | .name')"

# Every second is soon enough.
sed -i "s/127.0.0.1:10196/${exporter#http://}/; s/127.0.0.1:10197/${collector#http://}/; s/15s/1s/" \
    "$scratch/conf/prometheus/prometheus.yml"
start_prometheus prometheus "$scratch/conf/prometheus/prometheus.yml"
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
done < <(of_panels '.targets[].expr' | sort -u)
while read -r variable; do
    [[ $variable =~ ^label_values\(([a-z_]+),\ ([a-z_]+)\)$ ]]
    same "$variable are the figures that were reported" \
        "$(curl -fs "$exporter/metrics" | sed -n 's/^almanac_as_of_timestamp_seconds{figure="\([a-z_]*\)".*/\1/p' | sort -u)" \
        "$(curl -fs -G "$prometheus/api/v1/label/${BASH_REMATCH[2]-}/values" \
            --data-urlencode "match[]=${BASH_REMATCH[1]-}" | jq -r '.data[]')"
done < <(jq -r '.templating.list[].query.query' "${boards[@]}")
# Grafana makes one row of the answers about a series, unless their labels contradict each other.
named() { # EXPRESSION
    curl -fs "$prometheus/api/v1/query" --data-urlencode "query=$1" | jq -e '.data.result | any(.metric.__name__)'
}
same 'no two queries of a table keep their names' '' "$(
    of_panels 'select(.type == "table") | .title as $title | .targets[] | "\($title)\t\(.expr)"' |
        while IFS=$'\t' read -r title expression; do
            named "$expression" >/dev/null && echo "$title"
        done | uniq -d)"
same 'the overview has a row of each series that was reported' \
    "$(curl -fs "$exporter/metrics" | grep -c '^almanac_as_of_timestamp_seconds{')" \
    "$(query "$(of_panels 'select(.title | startswith("Newest values ·")) | .targets[0].expr')" | wc -l)"
same 'its columns of known meaning are those that are formatted' '' "$(jq -r '.panels[] | select(.type == "table") |
    [.fieldConfig.overrides[].matcher.options] - [.transformations[].options.renameByName // empty | .[]] | .[]' "${boards[@]}")"
status_words=$(sed -nE '/^const struct qualifier qualifiers/,/^};/s/^    \{ STATUS, "(.)", "(.*)", "(.*)" \},$/\1 \2 · \3/p' "$top/exporter/qualifier.c")
same 'a status is said in the words of the exporter, in every table' "$status_words"$'\n'"$status_words" "$(
    of_panels 'select(.type == "table") | .fieldConfig.overrides[] | select(.matcher.options | startswith("Status ·")) |
        .properties[] | select(.id == "mappings").value[0].options | to_entries[] | "\(.key) \(.value.text)"')"
same 'and a sum that does not ask for the history counts nothing twice' \
    "$(query 'sum(pilot_platforms{job="almanac"})')" "$(query 'sum(pilot_platforms)')"
# What is not exact is drawn with its comparator, also in the history.
qualified() { # TYPE PANEL: the comparators of its series
    curl -fs "$prometheus/api/v1/query" --data-urlencode "query=$(of_panels \
        "select(.type == \"$1\" and (.title | startswith(\"$2\"))) | .targets[-1].expr")" |
        jq -r '[.data.result[].metric | .comparator // "="] | sort | join(" ")'
}
same 'the subsidies are shown with what was said of them, more than' '>' \
    "$(qualified stat Technology-finance)"
same 'in the words that the exporter has for it' \
    "$(sed -nE 's/^    \{ COMPARATOR, "(.*)", "(.*)", "(.*)" \},$/\/ \1$\/ yuan, \2 · 元，\3/p' "$top/exporter/qualifier.c")" \
    "$(of_panels 'select(.type == "stat" and (.title | startswith("Technology-finance"))) | .fieldConfig.overrides[] |
        "\(.matcher.options) \(.properties[0].value)"')"
same 'and are drawn so while it was in force' '> >=' "$(qualified timeseries 'R&D centres')"
same 'with any figure, too' '> >=' "$(figure=rnd_centres qualified timeseries 'History of')"
same 'what is exact is drawn as before' '= =' "$(qualified timeseries 'Pilot-scale')"
same 'and shown so' '=' "$(qualified stat 'Built ·')"
rules_well() {
    [[ $(curl -fs "$prometheus/api/v1/rules" | jq -r '[.data.groups[].rules[].health] | unique[]') == ok ]]
}
check 'the rules are evaluated' until_true 60 rules_well
alerts() {
    curl -fs "$prometheus/api/v1/alerts" | jq -r '.data.alerts[] | select(.state == "firing") | .annotations.summary' | sort
}
same 'and nothing is the matter' '' "$(alerts)"
named_alerts() { # as the collector's dashboard has them
    curl -fs "$prometheus/api/v1/query" --data-urlencode "query=$(of_panels 'select(.title | startswith("Alerts ·")) |
        .targets[0].expr')" | jq -r '.data.result[] | "\(.metric.alertname) \(.value[1])"'
}
same 'which the dashboard says' 'none · 无 0' "$(named_alerts)"

# What of an expression stands in for nothing is left out here.
sed -i '/name: ip_protection_rank/a\    due: 45' "$scratch/conf/futian/figures.yaml"
kill -HUP "${pid[exporter]}"
overdue='The next report of ip_protection_rank was due 2025-02-15 00:00:00 +0000 UTC'
alerted() { # LINES
    [[ $(alerts) == "$1" ]]
}
check 'a report that is overdue is an alert' until_true 60 alerted "$overdue"
same 'that the dashboard names' 'AlmanacReportOverdue 1' "$(named_alerts)"
overdue_rows() {
    curl -fs "$prometheus/api/v1/query" --data-urlencode "query=$(of_panels 'select(.title | startswith("Newest values ·")) |
        .targets[] | select(.refId == "C") | .expr')" | jq -r '.data.result[] | select(.value[1] == "1").metric.figure'
}
same 'and the overview marks in its table' ip_protection_rank "$(overdue_rows)"
while read -r expression; do
    check "something is $expression" until_true 60 answers "$expression"
done < <(of_panels '.targets[].expr' | grep -v almanac_comparator_info | sed -n 's/ or .*//p' | sort -u)

cat >"$scratch/corrected.csv" <<END
figure,time_period,obs_value,ref_area,stage
ip_protection_rank,2022,2,440304,
pilot_platforms,2024-06,4.4,440304,built
END
check 'two values are corrected, one by a tenth' collector import "$scratch/corrected.csv"
check 'and the greater revision is an alert, though of an earlier year' until_true 60 alerted \
    "$overdue"$'\nip_protection_rank was revised by 100%'

done_testing
