#!/bin/bash
# SPDX-License-Identifier: MIT
# test_telemetry.sh - the collector says how it is, in the formats that Prometheus reads
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
start web perl "$top/tests/system/misbehave.pl" "$scratch"
until_true 5 grep -q '^[0-9]' "$scratch/web.log"
web=http://127.0.0.1:$(head -n 1 "$scratch/web.log")
declare_figures visits >"$config"
cat >>"$config" <<YAML
sources:
  - {name: good, url: file:good.csv, format: csv}
  - {name: gone, url: file:gone.csv, format: csv}
  - {name: never, url: $web/never, format: csv}
YAML
printf 'figure,time_period,obs_value\nvisits,2023,1\nvisits,2024,2\n' >"$scratch/good.csv"
start_collector

says() { # SAMPLE: the page has it
    curl -fs "$collector/metrics" | grep -xF "$1" >/dev/null
}
states() { # SOURCE: all that is said of it
    curl -fs "$collector/metrics" | grep "^almanac_source_.*{source=\"$1\"}"
}
push() {
    curl -s -o /dev/null -H 'Content-Type: text/csv' --data-binary "$1" "$collector/api/v1/observations"
}
check 'the landing page names the ways in' bash -c "curl -fs '$collector/' | grep -qF 'POST /api/v1/observations'"
check 'what was recorded' until_true 10 says 'almanac_collector_observations_total{outcome="recorded"} 2'
check 'how it came in' says 'almanac_collector_deliveries_total{origin="pull",outcome="recorded"} 1'
check 'which sources are up' until_true 10 says 'almanac_source_up{source="good"} 1'
check 'and which are not' until_true 10 says 'almanac_source_up{source="gone"} 0'
same 'of one that is still fetched for the first time nothing' '' "$(states never)"
check 'how fetches ended' until_true 10 says 'almanac_collector_fetches_total{outcome="failed"} 1'
push $'figure,time_period,obs_value\nvisits,2024,3\nvisits,2022,4\n'
check 'a revision' says 'almanac_collector_observations_total{outcome="revised"} 1'
push $'figure,time_period,obs_value\nvisits,2024,x\n'
check 'a refusal' says 'almanac_collector_observations_total{outcome="refused",reason="obs_value"} 1'
check 'by how it came in' says 'almanac_collector_deliveries_total{origin="push",outcome="refused"} 1'
check 'RRD files' until_true 10 says 'almanac_collector_rrd_files_behind 0'
check 'that were built' until_true 10 eval '(($(curl -fs "$collector/metrics" | awk "/^almanac_collector_rrd_builds_total / { print \$2 }") >= 1))'
check 'the size of the ledger' eval \
    '(($(curl -fs "$collector/metrics" | awk "/^almanac_collector_ledger_size_bytes / { print \$2 }") >= $(stat -c %s "$storage/ledger.db")))'
echo 'colour: red' >>"$config"
kill -HUP "${pid[collector]}"
check 'a configuration that is refused' until_true 10 says 'almanac_collector_config_last_reload_successful 0'
sed -i '$d' "$config"
kill -HUP "${pid[collector]}"
check 'and taken' until_true 10 says 'almanac_collector_config_last_reload_successful 1'
sed -i "s|file:good.csv|$web/never|" "$config"
kill -HUP "${pid[collector]}"
check 'a source fails again' until_true 10 says 'almanac_collector_fetches_total{outcome="failed"} 3'
check 'the state of another that is being fetched is that of its last fetch' \
    says 'almanac_source_up{source="good"} 1'
sed -i '/name: gone/d' "$config"
kill -HUP "${pid[collector]}"
check 'of a source that is configured no more nothing is said' until_true 5 eval '[[ -z $(states gone) ]]'
check 'and of the others as before' says 'almanac_source_up{source="good"} 1'

same 'promtool has nothing to say' '' "$(curl -fs "$collector/metrics" | promtool check metrics 2>&1)"
openmetrics() {
    curl -fs -H 'Accept: application/openmetrics-text; version=1.0.0' "$collector/metrics$1"
}
same 'OpenMetrics ends as it should' '# EOF' "$(openmetrics '' | tail -n 1)"
check 'and is read by a strict parser' /usr/bin/python3 -c '
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
assert len(list(text_string_to_metric_families(sys.stdin.read()))) > 15' < <(openmetrics '')
same 'gzip' "$(curl -fs "$collector/metrics?name[]=almanac_source_up" -g)" \
    "$(curl -fsg --compressed "$collector/metrics?name[]=almanac_source_up")"
same 'a family alone' 1 "$(curl -fsg "$collector/metrics?name[]=almanac_source_up" | grep -vc '^#')"
same 'one that there is not' "400 parameter 'name[]': there is no family 'almanac'" \
    "$(curl -sg -w '%{http_code}' -o "$scratch/said" "$collector/metrics?name[]=almanac"; echo " $(<"$scratch/said")")"
done_testing
