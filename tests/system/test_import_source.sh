#!/bin/bash
# SPDX-License-Identifier: MIT
# test_import_source.sh - a file that was handed over is read as its source is, and recorded as its own
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
cd "$scratch" || exit

cat >"$config" <<'YAML'
figures:
  - {name: platforms, kind: stock, labels: [area], title: {en: Platforms, zh: 平台}, help: Platforms., preference: [bureau, office]}
  - {name: visits, kind: flow, title: {en: Visits, zh: 人次}, help: Visits.}
sources:
  - name: bureau
    url: https://bureau.example/platforms.csv
    format: csv
    numbers: words
    csv:
      encoding: gb18030
      skip: 1
      columns: {时间: time_period}
      constants: {figure: platforms}
      missing: {…: Q}
      wide: {as: area, values: {福田: futian, 罗湖: luohu}}
  - name: excel
    url: file:excel.txt
    format: csv
    csv: {delimiter: tab, encoding: utf-16, columns: {月份: time_period, 人次: obs_value}, constants: {figure: visits}}
  - name: office
    url: https://office.example/platforms.json
    jq: '.rows[] | {figure: "platforms", labels: {area: .[0]}, time_period: .[1], obs_value: .[2]} | debug'
  - name: strict
    url: https://office.example/strict.json
    jq: 'error("not what it was")'
  - name: page
    url: https://page.example/metrics
    format: metrics
    metrics: {families: {visits_total: visits}, period: month}
  - name: reply
    url: https://user:secret@reply.example/2024
    format: text
    text:
      encoding: gbk
      rules:
        - {name: built, figure: platforms, match: '已建成(?<value>.{1,12}?)中试平台', time_period: 2023, labels: {area: futian}}
        - {name: seen, figure: visits, match: '接待(?<value>.{1,12}?)人次', time_period: 2023}
  - name: small
    url: file:small.csv
    format: csv
    body_size_limit: 60B
  - name: quiet
    url: file:quiet.csv
    format: csv
    may_be_empty: true
YAML
printf '%s\n' 标题 时间,福田,罗湖 2024-06,两百余家,… 2024-05,超1.5万家, ,, | iconv -t GB18030 >table.csv
printf '\uFEFF月份\t人次\t\r\n2024-01\t7\t\r\n\t\t\r\n' | iconv -f UTF-8 -t UTF-16LE >excel.txt
echo '{"rows": [["futian", "2024-03", 1.50]]}' >rows.json
printf '# TYPE visits_total counter\nvisits_total 8 1709251200000\n' >page.prom
printf '全区已建成超160个\n中试平台，接待12人次。\n' | iconv -t GBK >reply.txt
printf 'figure,time_period,obs_value\n' >empty.csv

vintages() { # [SOURCE]
    ledger "SELECT figure, ifnull(labels ->> 'area', '-'), time_period,
        ifnull(comparator, '') || ifnull(obs_value, '-'), obs_status FROM vintage WHERE source = '$1' ORDER BY id"
}
import() { # ARGUMENT…: what is said, but for the RRD files
    collector import "$@" 2>&1 | grep -v '^RRD files:'
}

same 'a source that there is not is refused in the words of try' \
    "$(collector try burea table.csv 2>&1; echo "status $?")" \
    "$(collector import --source=burea table.csv 2>&1; echo "status $?")"
check 'before a ledger is made' test ! -e "$storage"
for flag in --history --format=csv; do
    same "--source does not go with ${flag%=*}" \
        "'--source' does not go with '${flag%=*}'; expected one of them"$'\n'"status 2" \
        "$(collector import --source=bureau "$flag" table.csv 2>&1; echo "status $?")"
done

import --source=bureau table.csv >/dev/null
same 'a wide table in an old encoding and in words' 'platforms futian 2024-06 >=200 A
platforms luohu 2024-06 - Q
platforms futian 2024-05 >15000 A' "$(vintages bureau)"
same 'again, it says nothing new' 'table.csv: 0 recorded, 3 unchanged, 0 revised, 0 refused' \
    "$(import --source=bureau table.csv)"
same 'what Excel calls Unicode Text' 'excel.txt: 1 recorded, 0 unchanged, 0 revised, 0 refused' \
    "$(import --source=excel excel.txt)"
same 'is read' 'visits - 2024-01 7 A' "$(vintages excel)"
same 'JSON goes through jq, whose remarks are shown' "rows.json: jq says: [\"DEBUG:\",{\"figure\":\"platforms\",\"labels\":{\"area\":\"futian\"},\"time_period\":\"2024-03\",\"obs_value\":1.5}]
rows.json: 1 recorded, 0 unchanged, 0 revised, 0 refused" "$(import --source=office rows.json)"
same 'with its result' 'platforms futian 2024-03 1.5 A' "$(vintages office)"
import --source=page page.prom >/dev/null
same 'a metrics page' 'visits - 2024-03 8 A' "$(vintages page)"
import --source=reply reply.txt >/dev/null
same 'rules find what is in a text' 'platforms futian 2023 >160 A
visits - 2023 12 A' "$(vintages reply)"
same 'which stands where the source publishes it' 'https://reply.example/2024' \
    "$(ledger "SELECT DISTINCT reference FROM vintage WHERE source = 'reply'")"
same 'several files are recorded one after the other' \
    'table.csv: 0 recorded, 3 unchanged, 0 revised, 0 refused
missing.csv: No such file or directory
again.csv: 0 recorded, 3 unchanged, 0 revised, 0 refused' \
    "$(cp table.csv again.csv; import --source=bureau table.csv missing.csv again.csv)"
same 'a file may say nothing where the source may' 'empty.csv: 0 recorded, 0 unchanged, 0 revised, 0 refused' \
    "$(import --source=quiet empty.csv)"

# What would help is said, and does.
same 'UTF-16 is named where it is not expected' \
    "excel.txt:1: is UTF-16, by its byte order mark; expected UTF-8 throughout, or 'import --source' with a source of 'encoding: utf-16'
excel.txt: 0 recorded, 0 unchanged, 0 revised, 1 refused; nothing of this file is recorded" "$(import excel.txt)"
same 'the same with the source' 'excel.txt: 0 recorded, 1 unchanged, 0 revised, 0 refused' "$(import --source=excel excel.txt)"
same 'a table of others is not taken for ours' \
    "others.csv:1: 'Area,2024' names no column; expected names like figure,time_period,obs_value with a comma in between, or 'import --source' with a source that maps its own" \
    "$(printf 'Area,2024\nfutian,1\n' >others.csv; import others.csv | head -n 1)"

# Whose word counts.
in_force() {
    collector observations platforms area=futian --format=json |
        jq -r '.[] | select(.time_period == "2024-06") | "\(.obs_value) \(.source)"'
}
printf 'figure,area,time_period,obs_value\nplatforms,futian,2024-06,300\n' >ours.csv
echo '{"rows": [["futian", "2024-06", 301]]}' >newer.json
import ours.csv >/dev/null
import --source=office newer.json >/dev/null
same 'the source that is preferred stays in force' '200 bureau' "$(in_force)"
printf '%s\n' 标题 时间,福田,罗湖 2024-06,210, | iconv -t GB18030 >table.csv
same 'until it says something else itself' 'table.csv: 0 recorded, 0 unchanged, 1 revised, 0 refused' \
    "$(import --source=bureau table.csv)"
same 'and then that is' '210 bureau' "$(in_force)"

# What is wrong, in the words of try.
refused_as_tried() { # SENTENCE SOURCE FILE
    local tried
    tried=$(collector try "$2" "$3" 2>&1 >/dev/null)
    same "$1" "$tried"$'\n'"$3: 0 recorded, 0 unchanged, 0 revised, $(wc -l <<<"$tried") refused; nothing of this file is recorded" \
        "$(import --source="$2" "$3")"
}
printf '%s\n' 标题 时间,福田,宝安 2024-06,1,2 | iconv -t GB18030 >wrong.csv
refused_as_tried 'an unknown column' bureau wrong.csv
printf '%s\n' 标题 时间,福田,罗湖 2024-07,数十,三五 2024-06,x,2 | iconv -t GB18030 >wrong.csv
refused_as_tried 'several cells' bureau wrong.csv
printf '%s\n' 标题 时间,福田,罗湖 2024-06,1, 2024-06,2, | iconv -t GB18030 >wrong.csv
refused_as_tried 'two values of one period, which no history can be' bureau wrong.csv
refused_as_tried 'another encoding, which the complaint names' reply excel.txt
refused_as_tried 'a file that says nothing' small empty.csv
echo '已建成3个中试平台' | iconv -t GBK >wrong.txt
refused_as_tried 'a text in which a rule finds nothing' reply wrong.txt
cp ours.csv large.csv
same 'a file above the limit of the source' "$(collector try small large.csv 2>&1)" "$(import --source=small large.csv)"
same 'a document that jq refuses' 'rows.json: not recorded: jq: not what it was' \
    "$(import --source=strict rows.json | sed 's/: jq: .*not what/: jq: not what/')"
same 'nothing of all this is recorded' 11 "$(ledger 'SELECT count(*) FROM vintage')"
done_testing
