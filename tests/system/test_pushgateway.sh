#!/bin/bash
# SPDX-License-Identifier: MIT
# test_pushgateway.sh - programs with a Prometheus client library push as they do to a Pushgateway
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
cat >"$config" <<'YAML'
figures:
  - {name: platforms, kind: stock, labels: [area], title: {en: Platforms, zh: 平台}, help: Platforms built.}
  - {name: visits, kind: stock, title: {en: Visits, zh: 人次}, help: Visits.}
YAML
start_collector
start_exporter
door=$collector/metrics/job

in_force() { # what the exporter shows of the two figures
    curl -fs "$exporter/metrics" | grep -E '^(platforms|visits)[{ ]' | paste -sd' '
}
shows() {
    [[ $(in_force) == "$1" ]]
}
ask() { # METHOD PATH [BODY [OPTIONS…]]: status and words
    curl -s -w '%{http_code}' -X "$1" -o "$scratch/said" ${3+--data-binary "$3"} "${@:4}" "$door$2"
    [[ ! -s $scratch/said ]] || printf ' %s' "$(<"$scratch/said")"
}
client() { # CODE: with the real client of Python; r is a registry, g a gauge with an area
    /usr/bin/python3 -c '
import sys
from prometheus_client import CollectorRegistry, Gauge, push_to_gateway, pushadd_to_gateway, delete_from_gateway
door, r = sys.argv[1], CollectorRegistry()
g = Gauge("platforms", "Platforms built.", ["area"], registry=r)
exec(sys.argv[2])' "$collector" "$1"
}

check 'the real client pushes' client 'g.labels("futian").set(4); g.labels("luohu").set(7); push_to_gateway(door, job="survey", registry=r)'
check 'and the exporter shows it' until_true 10 shows 'platforms{area="futian"} 4.0 platforms{area="luohu"} 7.0'
sleep 1.1
check 'it replaces the group' client 'g.labels("futian").set(5); push_to_gateway(door, job="survey", registry=r)'
check 'what is not in it any more is withdrawn' until_true 10 shows 'platforms{area="futian"} 5.0'
sleep 1.1
same 'POST leaves other figures of the group alone' 200 "$(ask POST /survey $'visits 10\n')"
check 'so both are there' until_true 10 shows 'platforms{area="futian"} 5.0 visits 10'
check 'the client adds' client 'g.labels("nanshan").set(1); pushadd_to_gateway(door, job="survey", registry=r)'
check 'a series that joins others is logged, since its label may be mistyped' grep -qF \
    'level=info msg="new series" source=push series=1 first="platforms{area=\"nanshan\"}"' "$scratch/collector.log"
check 'and replaces the figure it names, no other' until_true 10 shows 'platforms{area="nanshan"} 1.0 visits 10'
same 'another group is another group' 200 "$(ask PUT /other/instance/a $'platforms{area="luohu"} 2\n')"
check 'its series stand beside' until_true 10 shows 'platforms{area="luohu"} 2 platforms{area="nanshan"} 1.0 visits 10'
sleep 1.1
check 'the client deletes' client 'delete_from_gateway(door, job="survey")'
check 'all of the group, and nothing else' until_true 10 shows 'platforms{area="luohu"} 2'
same 'DELETE answers 202' 202 "$(ask DELETE /nobody)"
same "labels of the path win" 200 "$(ask PUT /x/area/yantian $'platforms{area="luohu"} 3\n')"
check 'over those of the page' until_true 10 shows 'platforms{area="luohu"} 2 platforms{area="yantian"} 3'
same 'a value in base64' 200 "$(ask PUT /y/area@base64/5Y2X5bGx $'platforms 6\n')"
check 'is decoded' until_true 10 shows 'platforms{area="luohu"} 2 platforms{area="yantian"} 3 platforms{area="南山"} 6'
same 'nothing is lost: the ledger has every push' 4 \
    "$(ledger "SELECT count(*) FROM vintage WHERE obs_value IS NULL")"

before=$(ledger 'SELECT count(*) FROM observation')
refused() { # WORDS METHOD PATH BODY
    same "refused: $1" "400 $1" "$(ask "${@:2}")"
}
refused ':1:1: it has a timestamp; expected none, the time of the push counts; 1 refused, nothing of it is recorded' \
    PUT /z $'visits 1 1700000000000\n'
refused ":1:1: figure: unknown figure 'colours'; expected one that the catalogue declares; 1 refused, nothing of it is recorded" PUT /z $'colours 1\n'
refused ":1:1: figure: unknown figure 'visits_total'; figures are pushed as gauges, expected 'visits'; 1 refused, nothing of it is recorded" PUT /z $'visits_total 1\n'
refused "the label 'area' has no value; expected /metrics/job/JOB{/LABEL/VALUE}" PUT /z/area $'visits 1\n'
refused "the label 'area' is there twice; expected it once" PUT /z/area/a/area/b $'visits 1\n'
refused "the value of 'area' is not base64 of the URL-safe alphabet" PUT /z/area@base64/a+b $'visits 1\n'
refused 'the job is empty; expected a name' PUT '@base64/=' $'visits 1\n'
same 'a page that is none' 400 "$(ask PUT /z $'visits one two\n' | cut -c1-3)"
same 'a page in protobuf' "415 Content-Type: 'application/vnd.google.protobuf' is not read; expected text/plain; version=0.0.4" \
    "$(ask PUT /z $'visits 1\n' -H 'Content-Type: application/vnd.google.protobuf')"
same 'and nothing of these is recorded' "$before" "$(ledger 'SELECT count(*) FROM observation')"
stop collector
start_collector
door=$collector/metrics/job
same 'a group outlives the collector' 202 "$(ask DELETE /x/area/yantian)"
check 'and can be deleted after it' until_true 10 shows 'platforms{area="luohu"} 2 platforms{area="南山"} 6'

stop collector
echo 'reporters: [{user: futian, figures: [platforms]}]' >>"$config"
start_collector
door=$collector/metrics/job
before=$(ledger 'SELECT count(*) FROM observation')
same 'who may not report a series may not delete it' \
    "403 a client without a user name may not withdraw platforms area=luohu; expected what 'reporters' lets through; 1 refused, nothing of it is recorded" \
    "$(ask DELETE /other/instance/a)"
same 'nor replace it by an empty page' 403 "$(ask PUT /other/instance/a '' | cut -d' ' -f1)"
same 'and nothing is withdrawn' "$before" "$(ledger 'SELECT count(*) FROM observation')"
done_testing
