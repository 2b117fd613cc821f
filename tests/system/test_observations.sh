#!/bin/bash
# SPDX-License-Identifier: MIT
# test_observations.sh - what the ledger knows, and what it knew on a day
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
declare_figures platforms:area,stage visits >"$config"

observations() {
    collector observations "$@"
}

same 'without a ledger there is a word, and none is made' \
    "$storage/ledger.db: No such file or directory; expected a ledger (see --storage.path)" "$(observations visits 2>&1)"
check 'nor a folder for it' test ! -e "$storage"

cat >"$scratch/first.csv" <<'CSV'
figure,area,stage,time_period,obs_value,comparator,obs_status,released,reference,comment
platforms,福田,built,2023-12,3,,,2024-02-01,Reply 7,
platforms,福田,built,2024-06,4,,P,2024-09-01,Reply 9,"4家已建成, ""试点"""
platforms,福田,planned,2024-06,160,>,,2024-09-01,Reply 9,超160家
platforms,luohu,built,2024-06,1,,,,,
visits,,,2024,-0.10,,,,,
CSV
cat >"$scratch/second.csv" <<'CSV'
figure,area,stage,time_period,obs_value,obs_status,released
platforms,福田,built,2024-06,5,,2024-11-01
platforms,福田,planned,2024-06,,O,2024-10-01
CSV
(cd "$scratch" && collector import first.csv second.csv) >/dev/null
start_collector

same 'a table is aligned, in any script, while the collector runs' \
"area   stage    time_period  obs_value  obs_status  released    reference
luohu  built    2024-06              1  A
福田   built    2023-12              3  A           2024-02-01  Reply 7
福田   built    2024-06              5  A           2024-11-01
福田   planned  2024-06                 O           2024-10-01" "$(observations platforms)"

same 'labels choose' \
"area  stage  time_period  obs_value  obs_status  released    reference
福田  built  2023-12              3  A           2024-02-01  Reply 7
福田  built  2024-06              5  A           2024-11-01" "$(observations platforms area=福田 stage=built)"

values() { # ARGUMENTS…: what is known as PERIOD VALUE
    observations platforms area=福田 stage=built --format=json "$@" | jq -r '.[] | "\(.time_period) \(.obs_value)"'
}
same 'the day before anything was released nothing was known' '' "$(values --as-of=2024-01-31)"
same 'which is said beside the answer' \
    'no observations known by 2024-01-31; the first was released 2024-02-01' \
    "$(values --as-of=2024-01-31 2>&1 >/dev/null)"
same 'also of a moment' \
    'no observations known by 2024-01-31T12:00:00Z; the first was released 2024-02-01' \
    "$(values --as-of=2024-01-31T12:00:00 --history 2>&1 >/dev/null)"
same 'on the day of the release it is known' '2023-12 3' "$(values --as-of=2024-02-01)"
same 'a correction is not known before its own release' $'2023-12 3\n2024-06 4' "$(values --as-of 2024-10-31)"
same 'and from then on it is' $'2023-12 3\n2024-06 5' "$(values --as-of 2024-11-01)"
recorded=$(observations platforms area=luohu --format=json | jq -r '.[0].recorded[:10]')
same 'what has no release was known when it was recorded' 'no observations' \
    "$(observations platforms area=luohu --as-of="$(date -u -d "$recorded - 1 day" +%F)" 2>"$scratch/words")"
same 'which is said, and what would have helped' \
    "no observations known by $(date -u -d "$recorded - 1 day" +%F); the first was recorded $recorded (give 'released' with what was published earlier)" \
    "$(cat "$scratch/words")"
same 'nothing is said of a series that there is not' 'no observations' \
    "$(observations platforms area=none --as-of=2024 2>&1)"
same 'and is since then' 1 "$(observations platforms area=luohu --as-of="$recorded" --format=json | jq length)"
same 'history has every vintage, in the order of record' $'2023-12 3\n2024-06 4\n2024-06 5' "$(values --history)"
same 'history as of a day has those that were known' $'2023-12 3\n2024-06 4' "$(values --history --as-of=2024-10-31)"

same 'JSON says from where' 'import:first.csv import:second.csv' \
    "$(observations platforms --history --format=json | jq -r '[.[].source] | unique | join(" ")')"
same 'and when it was recorded, as the ledger has it' \
    "$(ledger "SELECT DISTINCT strftime('%Y-%m-%dT%H:%M:%SZ', recorded) FROM vintage")" \
    "$(observations platforms --format=json | jq -r '[.[].recorded] | unique[]')"

observations platforms --format=csv >"$scratch/known.csv"
same 'CSV imports back, as what another source says too unless it is of the same release' \
    "$scratch/known.csv: 1 recorded, 3 unchanged, 0 revised, 0 refused" "$(collector import "$scratch/known.csv" | head -n 1)"
same 'and a second time as unchanged' "$scratch/known.csv: 0 recorded, 4 unchanged, 0 revised, 0 refused" \
    "$(collector import "$scratch/known.csv" | head -n 1)"
same 'and keeps quotes, commas and CJK' \
    'platforms,福田,built,2024-06,4,,P,2024-09-01,Reply 9,"4家已建成, ""试点""",import:first.csv' \
    "$(observations platforms --history --format=csv | grep 试点 | sed 's/,20[^,]*Z$//')"
observations platforms --history --format=csv >"$scratch/known.csv"
same 'its history is imported as one' "$scratch/known.csv: 0 recorded, 7 unchanged, 0 revised, 0 refused" \
    "$(collector import --history "$scratch/known.csv" | head -n 1)"
same 'a figure without labels' $'time_period  obs_value  obs_status\n2024             -0.10  A' "$(observations visits)"

must_refuse() { # STATUS WORDS ARGUMENTS…
    local said
    said=$(collector "${@:3}" 2>&1)
    same "refused: ${*:3}" "$1 $2" "$? $said"
}
must_refuse 2 "unknown figure 'platform'; expected one of the catalogue" observations platform
must_refuse 2 "unknown label 'area2'; expected one of platforms: area, stage" observations platforms area2=x
must_refuse 2 "unknown label 'area'; visits has none" observations visits area=x
must_refuse 2 "'built' is no label; expected NAME=VALUE, like stage=built" observations platforms built
must_refuse 2 "the label 'stage' is given twice; expected it once" observations platforms stage=a stage=b
must_refuse 2 "--as-of: '2024-13' is not a period; expected one like 2024, 2024-06, 2024-Q2, 2025-W07, 2024-06-30 or 2021/2023" \
    observations visits --as-of=2024-13
must_refuse 2 "--as-of: '2024/9/1' is not a period; expected one like 2024, 2024-06, 2024-Q2, 2025-W07, 2024-06-30 or 2021/2023" \
    observations visits --as-of=2024/9/1
must_refuse 2 "almanac-collector: '--format' is 'xml'; expected table, csv or json (see --help)" \
    observations visits --format=xml
must_refuse 2 "almanac-collector: unknown option '--as-of=2024' (see --help)" \
    import --as-of=2024 x.csv
must_refuse 2 "almanac-collector: 'observations' lacks an operand; expected observations FIGURE [LABEL=VALUE...] (see --help)" \
    observations
same 'a full disk is told' 'cannot write: No space left on device' "$(observations visits 2>&1 >/dev/full)"

done_testing
