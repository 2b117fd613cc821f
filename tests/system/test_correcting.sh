#!/bin/bash
# SPDX-License-Identifier: MIT
# test_correcting.sh - what docs/formats.md says of correcting mistakes, run in its order
. "$(dirname "$0")/stage.sh"
cd "$scratch" || exit
config=$scratch/almanac.yaml
declare_figure() { # PREFERENCE
    cat >"$config" <<END
figures:
  - {name: platforms, kind: stock, labels: [area], preference: $1, title: {en: P, zh: P}, help: Platforms.}
  - {name: visits, kind: flow, title: {en: V, zh: V}, help: Visits.}
  - {name: firms, kind: flow, freq: M, title: {en: F, zh: F}, help: Firms.}
  - {name: jobless_ratio, kind: stock, unit: ratio, freq: M, title: {en: J, zh: J}, help: Jobless.}
sources:
  - {name: bureau, url: "file:bureau.csv", format: csv}
  - {name: reply, url: "file:reply.csv", format: csv}
END
}
known() { # ARGUMENTS…: the table without its header
    collector observations platforms "$@" | sed 1d | tr -s ' ' | sed 's/ $//'
}

awk '/^## / { inside = $0 == "## Correcting mistakes" }
    inside && /^```csv/ { file = "report" ++n ".csv"; next }
    /^```/ { file = "" }
    file != "" { print >file }' "$top/docs/formats.md"
same 'there are five reports' 5 "$(ls report*.csv | wc -l)"
declare_figure '[]'

collector import report1.csv >/dev/null
same 'first there are the mistakes' $'2025-03-31 40\n2025-06-30 70\n2025-09-30 9' \
    "$(rows platforms/area=north.rrd 2025-03-31 2025-10-31)"
same 'the right value revises the wrong one' 'report2.csv: 0 recorded, 0 unchanged, 1 revised, 0 refused' \
    "$(collector import report2.csv | head -n 1)"
collector import report3.csv >/dev/null
same 'a withdrawal is a gap from there on' $'2025-03-31 40\n2025-06-30 7\n2025-08-31 9\n2025-09-30 unknown' \
    "$(rows platforms/area=north.rrd 2025-03-31 2025-10-31)"
collector import report4.csv >/dev/null
same 'what held then fills it' $'2025-03-31 40\n2025-06-30 7\n2025-08-31 9' \
    "$(rows platforms/area=north.rrd 2025-03-31 2025-10-31)"

printf 'figure,area,time_period,obs_value\nplatforms,noth,2025-06,7\n' >wrong_label.csv
collector import wrong_label.csv report5.csv >/dev/null
same 'a withdrawn label is a series without a value' 'noth 2025-06 O typing error' "$(known area=noth)"
same 'whose RRD file is unknown throughout' '2025-06-01 unknown' \
    "$(rows platforms/area=noth.rrd 2025-06-01 2025-10-31)"
same 'and whose history is kept' 2 "$(known --history area=noth | wc -l)"
start_exporter
same 'it has no sample' '' "$(samples platforms | grep noth)"
check 'but is listed' grep -q '"area": "noth"' <(curl -fsg "$exporter/api/v1/series?figure[]=platforms")
stop exporter

of_the_future() { # NAME VALUE STATUS
    printf 'figure,area,time_period,obs_value,obs_status\nplatforms,north,2998,%s,%s\n' "$2" "$3" >"$1.csv"
}
of_the_future forecast 50 F
of_the_future no_forecast '' O
of_the_future not_collected '' L
same 'that a value is in force only later is said' \
    'forecast.csv: 1 recorded, 0 unchanged, 0 revised, 0 refused|forecast.csv: 1 comes into force later, on 2998-12-31' \
    "$(collector import forecast.csv 2>/dev/null | head -n 2 | paste -sd '|')"
printf 'figure,area,time_period,obs_value,obs_status\nplatforms,south,2997,1,F\nplatforms,south,2996,1,F\n' >forecasts.csv
same 'of several, when the first is, and which series is new' \
    'forecasts.csv: 1 series is new: platforms{area="south"}|forecasts.csv: 2 come into force later, the first on 2996-12-31' \
    "$(collector import forecasts.csv 2>/dev/null | sed -n 2,3p | paste -sd '|')"
printf 'figure,area,time_period,obs_value\nplatforms,nroth,2025,1\nplatforms,south,2025,1\nplatforms,esat,2025,1\n' >mistyped.csv
same 'labels may be mistyped' 'mistyped.csv: 2 series are new, the first platforms{area="nroth"}' \
    "$(collector import mistyped.csv 2>/dev/null | sed -n 2p)"
declare_lone() { # LABELS
    printf 'figures:\n  - {name: lone, kind: stock, labels: [%s], title: {en: L, zh: 单}, help: L.}\n' "$1" >lone.yaml
}
declare_lone area
printf 'figure,area,time_period,obs_value\nlone,north,2024,1\n' >lone.csv
(config=$PWD/lone.yaml && collector import lone.csv >/dev/null 2>&1)
declare_lone ''
printf 'figure,time_period,obs_value\nlone,2024,1\n' >lone.csv
same 'one without labels is named by its figure' 'lone.csv: 1 series is new: lone' \
    "$(config=$PWD/lone.yaml && collector import lone.csv 2>/dev/null | sed -n 2p)"
printf 'figure,time_period,obs_value,obs_status,released\nvisits,2024,1,,\nvisits,%s,1,,\nvisits,2023,1,,2022-12-31\nvisits,2022,1,F,2020-01-01\nvisits,2021,1,,2020-12-31T16:00:00Z\n' \
    "$(date -u +%Y)" >visits.csv
same 'a flow of a year that goes on, and a release before the year, may be slips and are told' \
    "visits.csv: 1 is about a period that goes on until $(($(date -u +%Y) + 1))-01-01|visits.csv: 1 was released before its period began, on 2022-12-31" \
    "$(collector import visits.csv 2>/dev/null | sed -n 2,3p | paste -sd '|')"
printf 'figure,time_period,obs_value\nfirms,2024/4/30,7\nfirms,2024-03,6\nfirms,2024-Q1,8\njobless_ratio,2024-04-30,1.00\njobless_ratio,2024-05,5.1\njobless_ratio,2024-02,4.9\n' \
    >slips.csv
same 'so are a quarter or a day in place of a month, and per cent in place of a ratio' \
    "slips.csv: 1 is about a period longer than the figure's freq, from 2024-01-01|slips.csv: 1 is about a period shorter than the figure's freq, from 2024-04-30|slips.csv: 2 are ratios above 1, that is 100%, the first of the period from 2024-02-01" \
    "$(collector import slips.csv 2>/dev/null | sed -n 2,4p | paste -sd '|')"
printf 'figure,time_period,obs_value\nvisits,2021/2022,1\nvisits,2022/2023,2\nvisits,2021/2023,3\nvisits,2020/2022,4\n' >years.csv
same 'so are two years in a row, of which one may be meant' \
    'years.csv: 2 are about two years, but may be meant as one from summer to summer, the first from 2021-01-01' \
    "$(collector import years.csv 2>/dev/null | sed -n 2p)"
printf 'figure,time_period,obs_value\njobless_ratio,2024-07-01,0.05\njobless_ratio,2024-07-31,0.05\njobless_ratio,2024-07,0.05\n' >first.csv
doubt="is a stock of the first day of a period of the figure's freq, 2024-07-01"
same 'so is a stock of the first of a month, and try tells it before' "first.csv: 1 $doubt|first.csv: 1 $doubt" \
    "$(collector try bureau first.csv 2>/dev/null | tail -n 1)|$(collector import first.csv 2>/dev/null | sed -n 2p)"
cp first.csv bureau.csv
for turn in 1 2; do collector --once >/dev/null 2>"once$turn.log"; done
check 'a source that is read has a line in the log' \
    grep -qF "level=info msg=\"recorded, but may not be meant\" source=bureau observations=1 which=\"$doubt\"" once1.log
check 'but not again when it repeats itself' test 0 = "$(grep -c 'not be meant' once2.log)"
same 'a forecast is withdrawn before its period begins' 'no_forecast.csv: 0 recorded, 0 unchanged, 1 revised, 0 refused' \
    "$(collector import no_forecast.csv 2>/dev/null | head -n 1)"
same 'and of a gap nothing is said' 'RRD files: 0 built' "$(collector import no_forecast.csv 2>/dev/null | sed -n 2p)"
same 'and is none any more' 'north 2998 O' "$(known area=north | grep 2998)"
sed -i s/2998/2994/ no_forecast.csv
same 'one that nobody reported is not' \
    "no_forecast.csv:2: the period '2994' begins in the future, and there is no forecast of it to withdraw; expected a period that has begun" \
    "$(collector import no_forecast.csv 2>&1 >/dev/null)"
check 'while nobody can say yet that it was not collected' \
    grep -q "'2998' begins in the future" <(collector import not_collected.csv 2>&1)

storage=$scratch/withdrawn
printf 'figure,area,time_period,obs_value,obs_status\nplatforms,north,2998,50,F\nplatforms,north,2998,,O\n' >withdrawn.csv
same 'of a history nothing either, for later vintages may take it back' \
    'withdrawn.csv: 1 recorded, 0 unchanged, 1 revised, 0 refused|RRD files: 1 built' \
    "$(collector import --history withdrawn.csv 2>/dev/null | paste -sd '|')"

declare_figure '[bureau, reply]'
storage=$scratch/said
printf 'figure,area,time_period,obs_value\nplatforms,north,2025-06,7\n' >bureau.csv
printf 'figure,area,time_period,obs_value\n' >reply.csv
collector --once 2>/dev/null
printf 'platforms,north,2025-06,8\n' >>reply.csv
collector --once 2>/dev/null
same 'the better source counts' 'north 2025-06 7 A' "$(known)"
"$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" export --format=csv >export.csv
ledger ".backup $scratch/backup.db"
today=$(date -u +%F) yesterday=$(date -ud yesterday +%F)
storage=$scratch/imported
collector import --history export.csv >/dev/null
same 'an export knows it' 'north 2025-06 7 A' "$(known)"
same 'and since when' ' | north 2025-06 7 A' "$(known --as-of="$yesterday") | $(known --as-of="$today")"
storage=$scratch/restored
mkdir "$storage" && mv backup.db "$storage/ledger.db"
same 'as does a copy of the ledger' 'RRD files: 1 built' "$(collector rebuild 2>/dev/null)"
same 'which has the same in force' 'north 2025-06 7 A' "$(known)"

done_testing
