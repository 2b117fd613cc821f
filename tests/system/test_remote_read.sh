#!/bin/bash
# SPDX-License-Identifier: MIT
# test_remote_read.sh - a Prometheus that keeps nothing draws ten years at any step
. "$(dirname "$0")/stage.sh"

# What is reported, and by hand what is in force for it: SERIES FROM UNTIL VALUE.
endless=$(printf 'a%.0s' {1..40})b
said() { # ROW…
    printf '%s\n' figure,ref_area,stage,time_period,obs_value,obs_status "$@" >"$scratch/said.csv"
    collector import "$scratch/said.csv" >/dev/null || echo "# $1 is refused"
}
said pilot_platforms,440304,built,2015,1, pilot_platforms,440304,built,2018-06,2, \
    pilot_platforms,440304,built,2021,30, pilot_platforms,440304,built,2024-06,4, \
    pilot_platforms,440304,planned,2015,10, pilot_platforms,440304,planned,2019-09,,O \
    pilot_platforms,440304,planned,2022-03,7, pilot_platforms,440304,planned,2024-06,6.5, \
    pilot_platforms,440305,built,2020-02-29,5, pilot_platforms,440305,built,2999,9,F \
    "hk_universities,$endless,,2024-06,5," ip_protection_rank,440304,,2021,1, ip_protection_rank,440304,,2023,2,
said pilot_platforms,440304,built,2021,3,
while read -r series from until value; do
    echo "$series $(date -ud "$from" +%s) $(date -ud "$until" +%s) $value"
done >"$scratch/spans" <<END
built/440304 2015-12-31 2018-06-30 1
built/440304 2018-06-30 2021-12-31 2
built/440304 2021-12-31 2024-06-30 3
built/440304 2024-06-30 2999-12-31 4
planned/440304 2015-12-31 2019-09-30 10
planned/440304 2022-03-31 2024-06-30 7
planned/440304 2024-06-30 2999-12-31 6.5
built/440305 2020-02-29 2999-12-31 5
END

start_exporter
start_configured() { # NAME LINE…: its address in ${reader[NAME]}
    printf '%s\n' "${@:2}" >"$scratch/$1.yml"
    start_prometheus "$1" "$scratch/$1.yml"
    reader[$1]=$prometheus
}
start_reader() { # NAME LINE…: one that reads from the exporter
    start_configured "$@" "remote_read:" "- url: $exporter/api/v1/read" "  read_recent: true" \
        "  filter_external_labels: false"
}
declare -A reader
start_reader plain
start_reader labelled 'global: {external_labels: {cluster: one}, scrape_interval: 1s}' \
    "scrape_configs: [{job_name: almanac, static_configs: [{targets: ['${exporter#http://}']}]}]"

# The points of a query, SERIES TIME VALUE.
draw() { # EXPRESSION FROM UNTIL STEP [READER]
    curl -s "${reader[${5-plain}]}/api/v1/query_range" --data-urlencode "query=$1" -d "start=$2" -d "end=$3" \
        -d "step=$4" | jq -r 'if .status != "success" then .error else .data.result[] |
            "\(.metric.stage)/\(.metric.ref_area)" as $series | .values[] |
            "\($series) \(.[0]) \(.[1] | tonumber * 1e6 | round / 1e6)" end' | sort
}

# The same from what is in force: of the series, the sum by stage, the largest of a range, and how
# much more there is than at the range's beginning, where there was something. Moved by an offset.
expect() { # series|sum|max|increase FROM UNTIL STEP OFFSET RANGE
    awk -v kind="$1" -v first="$2" -v last="$3" -v step="$4" -v offset="$5" -v range="$6" '
        { name[NR] = $1; from[NR] = $2; until[NR] = $3; value[NR] = $4 }
        function note(series, t, number) {
            if (kind == "sum")
                sub("/.*", "/null", series)
            if (kind == "sum")
                seen[series " " t] += number
            else if (!((series " " t) in seen) || seen[series " " t] < number)
                seen[series " " t] = number
        }
        function at(series, t,    i) {
            for (i = 1; i <= NR; i++)
                if (name[i] == series && from[i] <= t && t < until[i])
                    return value[i]
            return -1
        }
        END {
            for (t = first; t <= last; t += step)
                for (i = 1; i <= NR; i++) {
                    if (from[i] > t - offset || (kind != "max" && until[i] <= t - offset) ||
                        until[i] <= t - offset - range)
                        continue
                    before = kind == "increase" ? at(name[i], t - offset - range) : 0
                    if (before >= 0)
                        note(name[i], t, value[i] - before)
                }
            for (point in seen)
                print point, seen[point]
        }' "$scratch/spans" | sort
}

year=$((365 * 86400))
must_draw() { # FROM UNTIL STEP
    local from until span
    from=$(date -ud "$1" +%s) until=$(date -ud "$2" +%s)
    span="from $1 by $3 s"
    same "the series $span" "$(expect series "$from" "$until" "$3" 0 0)" \
        "$(draw pilot_platforms "$from" "$until" "$3")"
    same "their sum $span" "$(expect sum "$from" "$until" "$3" 0 0)" \
        "$(draw 'sum by (stage) (pilot_platforms)' "$from" "$until" "$3")"
    same "their offset $span" "$(expect series "$from" "$until" "$3" $year 0)" \
        "$(draw 'pilot_platforms offset 1y' "$from" "$until" "$3")"
    same "their largest $span" "$(expect max "$from" "$until" "$3" 0 $((5 * year)))" \
        "$(draw 'max_over_time(pilot_platforms[5y])' "$from" "$until" "$3")"
    same "their increase $span" "$(expect increase "$from" "$until" "$3" 0 $year | grep built)" \
        "$(draw 'increase(pilot_platforms{stage="built"}[1y]) and pilot_platforms offset 1y' "$from" "$until" "$3")"
    same "their value at a time $span" "$(expect series "$from" "$until" "$3" 0 0 | sed 's/ [^ ]*$//')" \
        "$(draw 'pilot_platforms and pilot_platforms @ 1719705600' "$from" "$until" "$3" | sed 's/ [^ ]*$//')"
}
must_draw '2024-06-29 12:00' '2024-07-01 00:00' 60
must_draw '2019-09-28 03:10' '2019-10-01 12:00' 300
must_draw '2021-11-01 00:30' '2022-06-01 00:30' 3600
must_draw 2016-06-01 2025-06-01 86400
must_draw '2016-06-01 15:17:13' '2025-06-01 15:17:13' 86400
must_draw '2016-01-04 09:00' '2025-06-01 09:00' $((7 * 86400))
must_draw '2016-01-04 23:58' '2025-06-01 23:58' $((91 * 86400))

# The same history in blocks of a Prometheus, a sample at every midnight.
"$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" export pilot_platforms >"$scratch/history.om"
promtool tsdb create-blocks-from openmetrics --max-block-duration=175200h "$scratch/history.om" \
    "$scratch/blocks" >/dev/null
start_configured blocks 'scrape_configs: []'
must_be_alike() { # FROM UNTIL STEP EXPRESSION…
    local expression points
    for expression in "${@:4}"; do
        points=$(draw "$expression" "$(date -ud "$1" +%s)" "$(date -ud "$2" +%s)" "$3" blocks)
        [[ $points == *' '*' '* ]] || echo "# blocks draw nothing"
        same "$expression from $1 by $3 s as from blocks" "$points" \
            "$(draw "$expression" "$(date -ud "$1" +%s)" "$(date -ud "$2" +%s)" "$3")"
    done
}
offsets=('max_over_time(sum by (stage) (pilot_platforms offset 1y)[1y:7d])'
    'max_over_time((pilot_platforms - pilot_platforms offset 1y)[2y:7d])'
    'max_over_time(increase(pilot_platforms[30d] offset 1y)[2y:7d])'
    'sum_over_time((pilot_platforms offset 2y - pilot_platforms offset 1y)[2y:30d])'
    'sum_over_time(max_over_time(pilot_platforms[3d] offset 100d)[2y:30d])'
    'sum_over_time(delta(pilot_platforms[1y] offset 1d)[2y:7d])')
must_be_alike '2023-03-05 15:17' '2023-03-05 15:17' 1 "${offsets[@]}"
must_be_alike 2022-01-01 2025-01-01 $((91 * 86400)) "${offsets[@]}"
must_be_alike 2018-01-01 2025-01-01 $((91 * 86400)) 'increase(pilot_platforms[2y])'
must_be_alike 2024-01-01 $(($(date +%Y) + 9))-01-01 $((91 * 86400)) 'max_over_time(pilot_platforms[5y])' \
    'increase(pilot_platforms[5y])' 'count_over_time(pilot_platforms[5y])'
now() { # EXPRESSION TIME [READER]: the values at a moment, in order
    curl -s "${reader[${3-plain}]}/api/v1/query" --data-urlencode "query=$1" \
        -d "time=$(date -ud "$2" +%s)" |
        jq -r 'if .status != "success" then .error else [.data.result[].value[1]] | sort | join(" ") end'
}
same 'at one moment' '3 5 7' "$(now pilot_platforms '2023-05-05 05:05:05')"
same 'at another' '4 5 6.5' "$(now 'pilot_platforms @ 1719705600' '2019-01-01 10:00')"
same 'a minute before it' '3 5 7' "$(now 'pilot_platforms @ 1719705600 offset 1m' '2019-01-01 10:00')"
same 'the largest sum of many days, in a subquery' '7 9' \
    "$(now 'max_over_time(sum by (stage) (pilot_platforms)[4y:1d])' '2024-07-01 15:00')"
same 'the largest increase of a week among them' 1 \
    "$(now 'max(max_over_time(increase(pilot_platforms{stage="built"}[1w])[4y:1d]))' '2024-07-15 15:00')"
same 'the average of a year with a change in its middle' 1.5 \
    "$(now 'round(avg_over_time(pilot_platforms{stage="built"}[364d]), 0.01)' '2018-12-29 10:00')"
same 'what changed from an hour and a half before midnight, in a subquery' '-0.5 0 1' \
    "$(now 'sum_over_time((pilot_platforms - pilot_platforms offset 90m)[200d:1d])' 2024-07-01)"
same 'a flow ends with its period' '1||2|' "$(for day in 2021-12-31T23:59 2022-01-01 2023-12-31T23:59 2024-01-01; do
    now ip_protection_rank $day; done | paste -sd '|')"

same 'names are matched by regular expressions' '3 5 7' "$(now '{__name__=~"pilot_.*"}' 2023-05-05)"
same 'and by negated ones' 2 "$(now '{__name__!~"pilot_.*",ref_area!=""}' 2023-05-05)"
same 'a label that is not there is empty' 7 "$(now '{stage!~"built|",cluster="",owner=~"|x"}' 2023-05-05)"
same 'and nothing else' '' "$(now 'pilot_platforms{cluster=~".+"}' 2023-05-05)$(now '{cluster="one",stage!=""}' 2023-05-05)"
same 'the labels of a Prometheus are not asked for' '3 5 7' "$(now pilot_platforms 2023-05-05 labelled)"
scraped() {
    [[ $(now 'pilot_platforms{job="almanac"}' now labelled) == '4 5 6.5' ]]
}
check 'what it scrapes itself' until_true 30 scraped
same 'is told from the history by its job' '4 5 6.5' "$(now 'pilot_platforms{job=""}' now labelled)"
same 'its list of series comes from there' '["440304","440305"]' "$(curl -s -G "${reader[plain]}/api/v1/series" \
    --data-urlencode 'match[]=pilot_platforms' -d start=1500000000 -d end=1700000000 |
    jq -c '[.data[].ref_area] | unique')"

# A request by hand: what the code in Perl makes of query, matcher and block.
send() { # CODE [CURL-ARGUMENT…]: the status and the words
    perl -e '
        sub varint { my $n = shift; my $v = ""; while ($n > 127) { $v .= chr($n & 127 | 128); $n >>= 7 } $v . chr $n }
        sub field { my ($number, $bytes) = @_; chr($number << 3 | 2) . varint(length $bytes) . $bytes }
        sub matcher { my ($type, $name, $value) = @_; "\x08" . chr($type) . field(2, $name) . field(3, $value) }
        sub query { "\x08\x00\x10" . varint(2000000000000) . join "", map { field(3, $_) } @_ }
        sub block { my $plain = join "", @_; varint(length $plain) . "\xfc" . pack("V", length($plain) - 1) . $plain }
        binmode STDOUT; print eval $ARGV[0]; die $@ if $@' "$1" >"$scratch/request"
    curl -s -w '%{http_code}' -H "Content-Encoding: ${coding-snappy}" --data-binary "@$scratch/request" "${@:2}" \
        -o "$scratch/answer" "$exporter/api/v1/read"
    [[ $(wc -c <"$scratch/answer") == 0 ]] || head -c 300 "$scratch/answer" | tr -d '\0' | sed '1s/^/ /'
}
refused() { # STATUS WORDS CODE [CURL-ARGUMENT…]
    local said
    said=$(send "${@:3}")
    same "refused: $3 ${*:4}" "$1 $2" "${said%% *} $(jq -r .error <<<"${said#* }")"
}
check 'a request by hand is answered' grep -q '^200' <<<"$(send 'block(field(1, query(matcher(0, "stage", "built"))))')"
check 'with the series that match' grep -aq 440305 "$scratch/answer"
check 'and no others' eval "! grep -aq planned '$scratch/answer'"
refused 400 'the body is no block of snappy; expected a ReadRequest in one' '"query=up"'
refused 400 'the body is no block of snappy; expected a ReadRequest in one' '""'
refused 400 'the body is no block of snappy; expected a ReadRequest in one' 'substr(block(field(1, query())), 0, -1)'
refused 400 'the body holds 4294967295 bytes in its snappy; expected at most 1048576' '"\xff\xff\xff\xff\x0f\x00a"'
refused 400 'the body is no ReadRequest in protobuf, as Prometheus sends it' 'block("zzzzz")'
refused 400 'the request has 1000 queries; expected at most 100' \
    'block(field(1, query(matcher(0, "stage", "built"))) x 1000)'
refused 400 'the ReadRequest has more parts than are taken; expected fewer' 'block("\x0a\x00" x 500000)'
refused 400 "query 1: matcher 1: its type is 9; expected 0 (=), 1 (!=), 2 (=~) or 3 (!~)" \
    'block(field(1, query(matcher(9, "stage", "built"))))'
refused 400 "matcher 'ref_area=~': '(a|a)*' takes too long; expected a simpler one" \
    'block(field(1, query(matcher(2, "ref_area", "(a|a)*"))))'
refused 400 "matcher 'ref_area!~': '4+(?:[0-9]?){1000}[bc]' takes too long; expected a simpler one" \
    'block(field(1, query((matcher(3, "ref_area", "4+(?:[0-9]?){1000}[bc]")) x 20)))'
refused 400 'query 1: matcher 1: its value has a NUL; expected none' \
    'block(field(1, query(matcher(0, "stage", "a\0"))))'
refused 400 "matcher 'stage=~': '(?=a)' is no regular expression: RE2 has no look-around" \
    'block(field(1, query(matcher(2, "stage", "(?=a)"))))'
refused 400 "matcher 'stage!~': '(a)\\1' is no regular expression: RE2 has no back-references" \
    'block(field(1, query(matcher(3, "stage", "(a)\\1"))))'
refused 400 "matcher 'stage=~': '((a{1000}){1000}){1000}' is no regular expression: regular expression is too large" \
    'block(field(1, query(matcher(2, "stage", "((a{1000}){1000}){1000}"))))'
refused 413 'the body is too large; expected at most 1048576 bytes' '"a" x 1048577'
coding=br refused 415 "Content-Encoding is 'br'; expected snappy, gzip or none" '"a"'
refused 405 "'/api/v1/read' cannot be asked with GET; expected POST" '"a"' -X GET
check 'and a Prometheus passes the words on' grep -F "'(a|a)*' takes too long" \
    <<<"$(curl -s "${reader[plain]}/api/v1/query" --data-urlencode 'query=hk_universities{ref_area=~"(a|a)*"}')"

# Without a collector the history stays, and without the ledger there are words.
mv "$storage/ledger.db" "$storage/elsewhere"
check 'without a ledger there are words' grep -q '^503 .*ledger' <<<"$(send 'block(field(1, query()))')"
mv "$storage/elsewhere" "$storage/ledger.db"
same 'and it is found again' '3 5 7' "$(now pilot_platforms 2023-05-05)"
check 'the exporter is well' curl -fs "$exporter/-/healthy"

done_testing
