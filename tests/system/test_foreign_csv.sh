#!/bin/bash
# SPDX-License-Identifier: MIT
# test_foreign_csv.sh - other people's CSV and SDMX-CSV, from the source to the ledger
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
cd "$scratch" || exit

# Each source as docs/sources.md shows it, with the document it speaks of.
cat >"$config" <<'YAML'
figures:
  - {name: platforms, kind: stock, labels: [area, stage], title: {en: Platforms, zh: 平台}, help: Platforms.}
  - {name: subsidies_cny, kind: flow, unit: cny, labels: [area], title: {en: Subsidies, zh: 补贴}, help: Subsidies.}
  - {name: gdp_cny, kind: flow, unit: cny, labels: [area, industry], title: {en: GDP, zh: 增加值}, help: GDP.}
  - {name: gdp_eur, kind: flow, unit: eur, labels: [area], title: {en: GDP, zh: 国内生产总值}, help: GDP.}
sources:
  - name: bureau
    url: file:bureau.csv
    format: csv
    numbers: words with decimal comma
    csv:
      delimiter: ";"
      encoding: windows-1252
      skip: 1
      columns: {Bezirk: area, Jahr: time_period, Förderung: obs_value, Anmerkung: comment, "lfd. Nr.": ""}
      constants: {figure: subsidies_cny, unit: cny}
      missing: {"..": Q, "-": ""}
  - name: years
    url: file:years.csv
    format: csv
    csv:
      columns: {Area: area}
      constants: {figure: platforms, stage: built}
      wide: {as: time_period, columns: ["2021", "2022", "2023"], values: {"2024 (June)": 2024-06}}
  - name: areas
    url: file:areas.csv
    format: csv
    numbers: words
    csv:
      encoding: gb18030
      columns: {时间: time_period, 阶段: stage}
      constants: {figure: platforms}
      wide: {as: area, values: {福田: futian, 罗湖: luohu}}
  - name: yearbook
    url: file:yearbook.csv
    format: csv
    csv:
      encoding: gb18030
      skip: 2
      above: ["单位：亿元"]
      columns: {地区: area, 产业: industry}
      fill_down: [地区]
      pass_over: {地区: [全市]}
      constants: {figure: gdp_cny, unit: 亿元}
      wide: {as: time_period, columns: ["2023", "2024", "2025"]}
      marks: {①: "", "*": P}
      missing: {…: L}
      until: ["注："]
  - name: office
    url: file:office.csv
    format: sdmx-csv
    sdmx:
      dataflow: OFFICE:INDUSTRY(1.0)
      figure_dimension: INDICATOR
      figures: {PLAT: platforms, SUBS: subsidies_cny, GDP: ""}
      dimensions: {REF_AREA: area, STAGE: stage, FREQ: ""}
      attributes: {UNIT_MEASURE: unit, NOTE: comment}
      fixed: {ADJUSTMENT: N}
  - name: eurostat
    url: file:eurostat.csv
    format: sdmx-csv
    sdmx:
      figure: gdp_eur
      dimensions: {geo: area, unit: ""}
      attributes: {OBS_FLAG: obs_status, CONF_STATUS: "", LAST UPDATE: ""}
      fixed: {freq: A, na_item: B1GQ, unit: CP_MEUR}
      constants: {unit: million EUR}
      statuses: {p: P, b: B, bp: P, e: E, c: Q}
      missing: {"": O, ":": O}
YAML
printf '%s\n' 'Förderung; Stand: "Oktober' 'lfd. Nr.;Bezirk;Jahr;Förderung;Anmerkung' \
    '1;mitte;2023;1.234.567,50;' '2;mitte;2022;..;geheim' '3;nord;2022;-;' | iconv -t WINDOWS-1252 >bureau.csv
printf '%s\n' Area,2021,2022,2023,'2024 (June)' futian,4,,6,7 luohu,,,2, >years.csv
printf '%s\n' 时间,阶段,福田,罗湖 2024-06,built,两百余家,12 2024-06,planned,超1.5万家, | iconv -t GB18030 >areas.csv
iconv -t GB18030 >yearbook.csv <<'CSV'
各区产业增加值,,,
单位：亿元,,,
地区,产业,2023,2024
全市,第二产业,12715.2,13902.4
,第三产业,21566.3,22868.2
福田区,第二产业,430.1,451.2①
,第三产业,…,5031.7*
注：带*的为初步核算数。,,,
CSV
printf '%s\n' STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,STAGE,FREQ,ADJUSTMENT,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,UNIT_MEASURE,NOTE \
    'dataflow,OFFICE:INDUSTRY(1.0),I,SUBS,futian,,A,N,2023,1.25,P,8,CNY,first' \
    'dataflow,OFFICE:INDUSTRY(1.0),I,SUBS,futian,,A,N,2022,NaN,Q,8,CNY,' \
    'dataflow,OFFICE:INDUSTRY(1.0),D,PLAT,futian,built,A,N,2021,,,,,' \
    'dataflow,OFFICE:INDUSTRY(1.0),I,GDP,futian,,A,N,2023,12,,9,CNY,' >office.csv
printf '%s\n' 'DATAFLOW,LAST UPDATE,freq,unit,na_item,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS' \
    'ESTAT:NAMA_10_GDP(1.0),05/11/24 23:00:00,A,CP_MEUR,B1GQ,LU,2023,79309.5,p,' \
    'ESTAT:NAMA_10_GDP(1.0),05/11/24 23:00:00,A,CP_MEUR,B1GQ,LU,2022,,c,' \
    'ESTAT:NAMA_10_GDP(1.0),05/11/24 23:00:00,A,CP_MEUR,B1GQ,LU,2021,:,,' >eurostat.csv

same 'with a decimal comma, in an old encoding, below a title' \
"subsidies_cny
area   time_period   obs_value  obs_status  comment
mitte  2023         1234567.50  A
mitte  2022                     Q           geheim

bureau: 2 observations, 0 refused; nothing is recorded" "$(collector try bureau 2>&1 | sed 's/ *$//')"
same 'a column a year' \
"platforms
area    stage  time_period  obs_value  obs_status
futian  built  2021                 4  A
futian  built  2023                 6  A
futian  built  2024-06              7  A
luohu   built  2023                 2  A

years: 4 observations, 0 refused; nothing is recorded" "$(collector try years 2>&1 | sed 's/ *$//')"
same 'a column an area, in GB18030 and words' \
"platforms
area    stage    time_period  obs_value  obs_status
futian  built    2024-06          >=200  A
luohu   built    2024-06             12  A
futian  planned  2024-06         >15000  A

areas: 3 observations, 0 refused; nothing is recorded" "$(collector try areas 2>&1 | sed 's/ *$//')"
same "a yearbook's table, with merged cells, totals, marks and notes" \
"gdp_cny
area    industry  time_period     obs_value  obs_status
福田区  第二产业  2023          43010000000  A
福田区  第二产业  2024          45120000000  A
福田区  第三产业  2023                       L
福田区  第三产业  2024         503170000000  P

yearbook: 4 observations, 0 refused; nothing is recorded" "$(collector try yearbook 2>&1 | sed 's/ *$//')"
same 'a unit that is fixed and what it means, with statuses of another code' \
"gdp_eur
area  time_period    obs_value  obs_status
LU    2023         79309500000  P
LU    2022                      Q
LU    2021                      O

eurostat: 3 observations, 0 refused; nothing is recorded" "$(collector try eurostat 2>&1 | sed 's/ *$//')"

collector --once >once.log 2>&1
same 'all of them are recorded' 19 "$(sqlite3 data/ledger.db 'SELECT count(*) FROM vintage')"
same 'SDMX actions, multipliers and missing values' \
'subsidies_cny|{"area":"futian"}|2022||Q|
subsidies_cny|{"area":"futian"}|2023|125000000|P|first' \
    "$(sqlite3 data/ledger.db "SELECT figure, labels, time_period, obs_value, obs_status, comment FROM vintage
        WHERE source = 'office' AND figure = 'subsidies_cny' ORDER BY time_period")"
same 'what is deleted is withdrawn, what was said before stays' '|O|office
4|A|years' \
    "$(sqlite3 data/ledger.db "SELECT obs_value, obs_status, source FROM vintage
        WHERE figure = 'platforms' AND time_period = '2021' ORDER BY source")"

refused() { # SENTENCE SOURCE FILE COMPLAINT…
    same "$1" "$(printf '%s\n' "${@:4}" "$3: 0 observations, $(($# - 3)) refused; nothing is recorded")" \
        "$(collector try "$2" "$3" 2>&1 | sed 's/ *$//')"
}
sed 's/,2023,/,2025,/; s/$/,x/' years.csv >grown.csv
refused 'a table that has grown is refused by the names of its new columns' years grown.csv \
    "grown.csv:1:4: unknown column '2025'; expected one of the mapping, or figure, time_period, obs_value, unit, comparator, obs_status, released, reference, comment or a label that a figure has" \
    "grown.csv:1:6: unknown column 'x'; expected one of the mapping, or figure, time_period, obs_value, unit, comparator, obs_status, released, reference, comment or a label that a figure has"
head -c 41 areas.csv >cut.csv
refused 'what is cut inside a character is refused with its line' areas cut.csv \
    'cut.csv:2: byte 21 of the line (0xBC) is not GB18030; expected GB18030 throughout'
sed 's/OFFICE:INDUSTRY/OFFICE:TRADE/' office.csv | head -n 2 >trade.csv
refused 'another dataflow is refused' office trade.csv \
    "trade.csv:2:2: STRUCTURE_ID: is 'OFFICE:TRADE(1.0)'; expected OFFICE:INDUSTRY(1.0)"
iconv -f GB18030 yearbook.csv | sed 's/亿元/万元/' | iconv -t GB18030 >smaller.csv
refused 'a table in another unit is refused' yearbook smaller.csv \
    "smaller.csv:1: the lines above the header do not have '单位：亿元'; expected it in one of them"
same 'import takes a format that it knows' \
    "almanac-collector: '--format' is 'xml'; expected csv, json or sdmx-csv (see --help)"$'\n'2 \
    "$(collector import --format=xml years.csv 2>&1; echo $?)"

# A service that would rather speak XML.
perl -MIO::Socket::INET -e '
    my $door = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1") or die;
    $| = 1;
    print $door->sockport, "\n";
    while (my $client = $door->accept) {
        my ($said, $line) = ("");
        $said .= $line while defined($line = <$client>) && $line !~ /^\r?$/;
        my $body = $said =~ m{^Accept: application/vnd\.sdmx\.data\+csv;version=2\.0\.0,}m ? `cat office.csv` : "<xml/>";
        print $client "HTTP/1.0 200 OK\r\n\r\n$body";
    }' >service.port &
pids+=($!)
until_true 10 test -s service.port
sed -i "s|file:office.csv|http://127.0.0.1:$(cat service.port)/data|" "$config"
same 'a service is asked for SDMX-CSV' 'office: 3 observations, 0 refused; nothing is recorded' \
    "$(collector try office 2>&1 | tail -n 1)"
done_testing
