#!/bin/bash
# SPDX-License-Identifier: MIT
# test_formats.sh - /metrics in each format and coding, to the tools that read them
. "$(dirname "$0")/stage.sh"
text='text/plain; version=0.0.4; charset=utf-8'
openmetrics='application/openmetrics-text; version=1.0.0; charset=utf-8'

get() { # CURL ARGUMENTS…: of /metrics
    curl -gfsS "$@"
}
header() { # NAME CURL ARGUMENTS…: of the answer to a GET
    curl -gs -D - -o "$scratch/body" "${@:2}" | tr -d '\r' | sed -n "s/^$1: //Ip"
}
status() {
    curl -gs -o "$scratch/body" -w '%{http_code}' "$@"
}
told() { # LABELS: what is said of a series, without its labels
    get "$exporter/metrics" | grep '^almanac_' | grep -F "$1" |
        sed -E 's/^almanac_([a-z_]*)\{figure="[a-z]*",[a-z]*="[a-z]*",?([^}]*)\}/\1 \2/; s/  */ /g'
}
parse() { # NAME PROGRAM: what Debian's strict parser reads of $scratch/openmetrics
    /usr/bin/python3 -c '
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
families = {f.name: f for f in text_string_to_metric_families(open(sys.argv[1], newline="").read())}
'"$1" "$scratch/openmetrics"
}

collector import "$top/conf/futian/observations.csv" >/dev/null 2>&1
start_exporter
metrics=$exporter/metrics
prefers() { # EXPECTED ACCEPT
    same "'$2' is answered with ${1%%;*}" "$1" "$(header Content-Type -H "Accept: $2" "$metrics")"
}

same 'without Accept it is text' "$text" "$(header Content-Type -H Accept: "$metrics")"
prefers "$text" '*/*'
prefers "$text" 'application/json'
prefers "$text" 'text/plain;version=0.0.4;q=0.5, application/openmetrics-text;q=0.4'
prefers "$openmetrics" 'text/plain;version=0.0.4;q=0.4, application/openmetrics-text;q=0.5'
prefers "$openmetrics" 'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;q=0.3'
prefers "$text" 'application/openmetrics-text;version=0.0.1,*/*;q=0.1'

get "$metrics" >"$scratch/text"
get -H "Accept: $openmetrics" "$metrics" >"$scratch/openmetrics"
same 'promtool has nothing to say of the text' '' "$(promtool check metrics <"$scratch/text" 2>&1 || echo "status $?")"
same 'the OpenMetrics page is the golden one, byte for byte' "$(cat "$top/tests/data/futian.openmetrics")" \
    "$(steady <"$scratch/openmetrics")"
same 'the strict parser reads every sample of it' "$(grep -cv '^#' "$scratch/openmetrics")" \
    "$(parse 'print(sum(len(f.samples) for f in families.values()))' 2>&1)"
same 'it finds types and units' 'gauge:cny gauge:seconds info: counter:seconds' \
    "$(parse 'print(*(families[name].type + ":" + families[name].unit for name in ("tech_finance_subsidies_cny",
        "almanac_as_of_timestamp_seconds", "almanac_comparator", "process_cpu_seconds")))' 2>&1)"
same 'the series are the same in both formats' "$(grep -v '^#' "$scratch/text" | steady)" \
    "$(grep -v '^#' "$scratch/openmetrics" | steady)"

for accept in "$text" "$openmetrics"; do
    plain=$(get -H "Accept: $accept" "$metrics" | steady)
    same "curl --compressed reads ${accept%%;*}" "$plain" \
        "$(get --compressed -H "Accept: $accept" "$metrics" | steady)"
    get -H 'Accept-Encoding: gzip' -H "Accept: $accept" "$metrics" >"$scratch/page.gz"
    same 'so does gzip' "$plain" "$(gzip -dc "$scratch/page.gz" | steady)"
    same 'and Python, in one member' "$plain" "$(/usr/bin/python3 -c '
import sys, zlib
one = zlib.decompressobj(31)
sys.stdout.buffer.write(one.decompress(open(sys.argv[1], "rb").read()))
sys.exit(one.unused_data != b"" or not one.eof)' "$scratch/page.gz" | steady)"
done
same 'a refused gzip is not sent' '' "$(header Content-Encoding -H 'Accept-Encoding: gzip;q=0' "$metrics")"
same 'who refuses all codings is told so' '406 none of the codings in '\''Accept-Encoding'\'' is at hand; expected gzip or identity' \
    "$(status -H 'Accept-Encoding: identity;q=0' "$metrics") $(cat "$scratch/body")"
same 'caches are told what it depends on' 'Accept, Accept-Encoding' "$(header Vary "$metrics")"

declare -A etags
for accept in "$text" "$openmetrics"; do
    for coding in identity gzip; do
        asking=(-H "Accept: $accept" -H "Accept-Encoding: $coding" "$metrics")
        etag=$(header ETag "${asking[@]}")
        etags[$etag]=1
        same "an unchanged page is a 304 (${accept%%;*}, $coding)" "304 0 $etag" \
            "$(curl -s -w '%{http_code} %{size_download}' -H "If-None-Match: \"x\", $etag" "${asking[@]}") $(
                header ETag -H "If-None-Match: $etag" "${asking[@]}")"
        same 'HEAD has the headers of GET' "$(header '\(Content-.*\|ETag\|Vary\)' "${asking[@]}")" \
            "$(curl -gsI "${asking[@]}" | tr -d '\r' | sed -n 's/^\(Content-.*\|ETag\|Vary\): //Ip')"
    done
done
same 'each representation has an ETag of its own' 4 "${#etags[@]}"
same 'also of a family that reads the same in both formats' 2 "$(for accept in "$text" "$openmetrics"; do
    header ETag -H "Accept: $accept" "$metrics?name[]=pilot_platforms"
done | sort -u | wc -l)"
same 'what differs at every scrape has none' '' "$(header ETag "$metrics?name[]=process_cpu_seconds_total")"
etag=$(header ETag "$metrics")
printf '%s\n' figure,ref_area,stage,time_period,obs_value pilot_platforms,440304,built,2024-06,5 >"$scratch/new.csv"
collector import "$scratch/new.csv" >/dev/null 2>&1
until_true 5 eval '[[ $(samples pilot_platforms) == *5* ]]'
same 'a changed page is sent' 200 "$(status -H "If-None-Match: $etag" "$metrics")"

same 'name[] chooses families' "$(grep -A 4 '^# HELP process_max_fds' "$scratch/text" | grep max_fds)" \
    "$(get "$metrics?name[]=process_max_fds&name[]=fund_size_cny")"
same 'figure[] chooses a figure and what is said of it' 'hk_universities 1 figure="hk_universities"' \
    "$(get --compressed "$metrics?figure[]=hk_universities" | grep -v '^#' |
        sed -E 's/^almanac_.*\{(figure="[^"]*").*/\1/; s/\{.*/ 1/' | sort -u -r | xargs -d '\n')"
same 'both together, in OpenMetrics' $'# HELP almanac_vintages\n# TYPE almanac_vintages\nalmanac_vintages\n# EOF' \
    "$(get -H "Accept: $openmetrics" "$metrics?figure[]=hk_universities&name[]=almanac_vintages" |
        sed -E 's/(almanac_vintages).*/\1/')"
same 'a family that does not exist is refused' "400 parameter 'name[]': there is no family 'fund_size'" \
    "$(status "$metrics?name[]=fund_size") $(cat "$scratch/body")"
same 'so is a figure' "400 parameter 'figure[]': there is no figure 'process_max_fds'" \
    "$(status "$metrics?figure[]=process_max_fds") $(cat "$scratch/body")"
same 'and a parameter' "400 unknown parameter 'name'; expected name[] or figure[]" \
    "$(status "$metrics?name=x") $(cat "$scratch/body")"

start_scraper
metadata() {
    curl -fs "$prometheus/api/v1/targets/metadata?metric=$1" | jq -r '.data[] | .type + ":" + .unit'
}
until_true 30 prometheus_has 'pilot_platforms{stage="built"}' 5
same 'a real Prometheus takes OpenMetrics: it knows units' gauge:cny "$(metadata tech_finance_subsidies_cny)"
same 'and comparators' 1 "$(query 'almanac_comparator_info{figure="rnd_centres",owner="foreign",comparator=">="}')"
same 'which go with the figure by its labels' 10 \
    "$(query 'rnd_centres * on (owner, ref_area) group_left (comparator) almanac_comparator_info{figure="rnd_centres",comparator=">="}')"
stop scraper
stop exporter

config=$scratch/almanac.yaml
cat >"$config" <<'END'
figures:
  - {name: visits, kind: flow, freq: Q, due: 45, labels: [branch], title: {en: Visits, zh: 人次}, help: "Visits, \"counted\"."}
END
storage=$scratch/visits
cat >"$scratch/visits.csv" <<'END'
figure,branch,time_period,obs_value,comparator,obs_status,released
visits,north,2024-Q1,10400,,,2024-04-20
visits,north,2024-Q2,12000,>,P,2024-07-20
END
collector import "$scratch/visits.csv" >/dev/null 2>&1
sed -i 's/12000,>,P,2024-07-20/12010,~,E,2024-08-20/' "$scratch/visits.csv"
collector import "$scratch/visits.csv" >/dev/null 2>&1
start_exporter
same 'all that is known of a value is said of it' "\
as_of_timestamp_seconds $(date -u -d 2024-06-30 +%s)
period_start_timestamp_seconds $(date -u -d 2024-04-01 +%s)
period_end_timestamp_seconds $(date -u -d 2024-07-01 +%s)
released_timestamp_seconds $(date -u -d 2024-08-20 +%s)
recorded_timestamp_seconds …
next_due_timestamp_seconds $(date -u -d '2024-10-01 + 45 days' +%s)
vintages 2
revision_ratio 0.000833333
revised_timestamp_seconds …
comparator_info comparator=\"~\" 1
obs_status_info obs_status=\"E\" 1" "$(told 'branch="north"' | sed -E 's/^((recorded|revised).* ).*/\1…/')"
same 'the figure says when its next report is due' "$(date -u -d '2024-10-01 + 45 days' +%s)" \
    "$(samples almanac_figure_next_due_timestamp_seconds | sed 's/.* //')"
get -H "Accept: $openmetrics" "$exporter/metrics" >"$scratch/openmetrics"
same 'the strict parser reads a help with quotes' 'Visits, "counted".' \
    "$(parse 'print(families["visits"].documentation)' 2>&1)"
printf '%s\n' figure,branch,time_period,obs_value,obs_status visits,north,2024-Q3,13000,F >"$scratch/forecast.csv"
collector import "$scratch/forecast.csv" >/dev/null 2>&1
until_true 5 eval '[[ $(samples visits) == *13000* ]]'
same 'a forecast does not stand for the report, which is still due' "$(date -u -d '2024-10-01 + 45 days' +%s)" \
    "$(samples almanac_figure_next_due_timestamp_seconds | sed 's/.* //')"
stop exporter

start_exporter --metrics.figures-only
same 'a flag leaves the figures alone' 'visits{branch="north"} 13000' "$(get "$exporter/metrics" | grep north)"
same 'promtool has nothing to say of that either' '' "$(get "$exporter/metrics" | promtool check metrics 2>&1 || echo "status $?")"
stop exporter

storage=$scratch/nothing start_listening exporter
check 'a ledger that is not read is part of the ETag' until_true 5 eval '[[ $(header ETag "$exporter/metrics") == *-stale\" ]]'
sed -i 's/name: visits/name: walks/' "$config"
kill -HUP "${pid[exporter]}"
check 'a configuration is loaded without a ledger, too' until_true 5 get "$exporter/metrics?figure[]=walks"

done_testing
