#!/bin/bash
# SPDX-License-Identifier: MIT
# test_manners.sh - sources are asked as they would like to be, and again when they have recovered
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
start web perl "$top/tests/system/polite.pl" "$scratch"
until_true 10 test -s "$scratch/web.log"
port=$(<"$scratch/web.log")
web=http://127.0.0.1:$port

configure() { # YAML of the sources, on standard input
    declare_figures platforms:area >"$config"
    echo sources: >>"$config"
    sed 's/^/  /' >>"$config"
}
asked() { # PATH [PATTERN]: how often it was asked for, with headers like this
    grep -c "^[0-9]* $1 .*${2-}" "$scratch/requests"
}
asked_at_least() { # TIMES PATH [PATTERN]
    (($(asked "${@:2}") >= $1))
}
knows() { # AREA: the ledger has what it says
    [[ $(ledger "SELECT count(*) FROM vintage WHERE labels ->> 'area' = '$1'") == 1 ]]
}
logged() {
    grep -q "$1" "$scratch/collector.log"
}

printf 'secret\n' >"$scratch/password"
printf 'token-1' >"$scratch/token"
printf 'key-1\n' >"$scratch/key"
configure <<YAML
- {name: etag, url: $web/etag, format: csv, every: 1s}
- {name: modified, url: $web/modified, format: csv, every: 1s}
- {name: unasked, url: $web/unasked, format: csv}
- {name: broken, url: $web/broken, format: csv, every: 1s}
- {name: busy, url: $web/busy, format: csv}
- {name: later, url: $web/later, format: csv}
- {name: patient, url: $web/patient, format: csv, every: 1s}
- {name: moving, url: $web/closed, format: csv}
- {name: never, url: $web/never, format: csv}
- {name: sdmx, url: $web/sdmx, format: sdmx-csv}
- name: basic
  url: $web/basic
  format: csv
  http: {basic_auth: {username: me, password_file: password}}
- name: bearer
  url: $web/away
  format: csv
  http: {authorization: {credentials_file: token}, headers: {X-Reason: figures}}
- name: keyed
  url: $web/keyed
  format: csv
  every: 1s
  http: {header_files: {X-Api-Key: key}}
- name: strayed
  url: $web/away
  format: csv
  http: {header_files: {X-Api-Key: key}}
- name: forgetful
  url: $web/forgetful
  format: csv
  http: {basic_auth: {username: me, password_file: nowhere}}
YAML
start_collector
check 'what was read before is not sent again: ETag' until_true 20 asked_at_least 2 /etag 'if-none-match: "v1"'
check 'nor by its date' until_true 20 asked_at_least 2 /modified 'if-modified-since: Tue, 24 Nov 2026 03:31:20 GMT'
check 'which is a success' until_true 10 logged 'source not modified" source=etag'
same 'so the source is up' 1 "$(ledger "SELECT up FROM source_state JOIN source ON id = source WHERE name = 'etag'")"
check 'a 304 that nobody asked for is a failure' until_true 10 logged 'source=unasked err="HTTP status 304 Not Modified; expected 200"'
check 'what could not be recorded is asked for whole again' until_true 20 knows broken
same 'without its ETag' 0 "$(grep -m 2 ' /broken ' "$scratch/requests" | grep -c if-none-match)"
check 'a server that is busy is asked again' until_true 60 knows busy
check 'one that says when, is asked then' until_true 60 knows later
read -r first second <<<"$(awk '$2 == "/later" { printf "%s ", $1 }' "$scratch/requests")"
check 'and not before' test "${second%% *}" -ge $((first + 2))
check 'and one that says so much later' until_true 10 asked_at_least 1 /closed
same 'what is not there is not asked for again' 1 "$(asked /never)"
same 'the collector says who it is' "$(asked /etag)" "$(asked /etag 'user-agent: almanac-collector/[0-9]')"
check 'what is read is asked for' until_true 10 asked_at_least 1 /sdmx 'accept: application/vnd.sdmx.data+csv;version=2.0.0'
check 'a password from a file' until_true 10 asked_at_least 1 /basic "authorization: Basic $(printf me:secret | base64)"
check 'a token from a file' until_true 10 asked_at_least 1 /away 'authorization: Bearer token-1.*x-reason: figures'
check 'a redirect is followed' until_true 10 asked_at_least 1 /target
same 'but the token stays with the host that it is for' 0 "$(asked /target authorization)"
check 'a header from a file' until_true 10 asked_at_least 1 /keyed 'x-api-key: key-1'
printf 'key-2\n' >"$scratch/key"
check 'which is read at each fetch' until_true 10 asked_at_least 1 /keyed 'x-api-key: key-2'
check 'and does not follow redirects' until_true 10 logged \
    'source=strayed err="HTTP status 302 Found; expected 200 (with header_files or post no redirect is followed)"'
check 'a secret that is not there is named' until_true 10 logged \
    "source=forgetful err=\"$scratch/nowhere: No such file or directory\""
same 'and nothing is asked without it' 0 "$(asked /forgetful)"
check 'no secret is in the log' eval '! grep -qE "secret|token-1|key-1" "$scratch/collector.log"'

# --- A thousand

{
    echo "- {name: patient, url: $web/patient, format: csv, every: 1s}"
    echo "- {name: moving, url: $web/moved, format: csv}"
    for ((i = 0; i < 1000; i++)); do
        echo "- {name: s$i, url: $web/many/s$i, format: csv}"
    done
} | configure
kill -HUP "${pid[collector]}"
check 'many more sources come with a new configuration' until_true 30 logged 'configuration loaded'
all_known() {
    [[ $(ledger "SELECT count(*) FROM vintage WHERE labels ->> 'area' LIKE 's%'") == 1000 ]]
}
check 'a thousand sources are read by one daemon' until_true 120 all_known
same 'each of them once' 1000 "$(asked '/many/s[0-9]*')"
same 'one whose server asked for a very long time is not asked by a new configuration either' 1 "$(asked /patient)"
check 'but one that has moved is asked there' until_true 10 knows moved
check 'and it still answers' curl -fs "$collector/-/healthy"
stop collector

# --- Proxies and schedules

configure <<YAML
- {name: proxied, url: http://figures.example/proxied, format: csv}
YAML
http_proxy=$web collector --once 2>/dev/null
same 'a proxy is taken from the environment' 1 "$(asked http://figures.example/proxied)"
refused() { # SOURCE: why
    configure
    collector --config.check 2>&1 | sed "s|^$config:||"
}
same 'a time of the day' ' 1 figure, 1 source' "$(refused <<<'- {name: a, url: file:a, at: "08:30", on: [1, 15], time_zone: Asia/Shanghai}')"
same 'that is none' "8: '8:30' is no time of the day; expected one from \"00:00\" to \"23:59\"" \
    "$(refused <<<'- {name: a, url: file:a, at: "8:30"}')"
same 'a zone that there is not' "8: 'Mars/Olympus' is no time zone here; expected one like Asia/Shanghai or UTC" \
    "$(refused <<<'- {name: a, url: file:a, at: "08:30", time_zone: Mars/Olympus}')"
same 'a day without a time' "8: 'on' goes with a time of the day; expected 'at'" "$(refused <<<'- {name: a, url: file:a, on: [1]}')"
same 'a time and a period' "8: 'every' and 'at' exclude each other; expected one of them" \
    "$(refused <<<'- {name: a, url: file:a, every: 1h, at: "08:30"}')"
done_testing
