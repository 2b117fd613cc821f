#!/bin/bash
# SPDX-License-Identifier: MIT
# test_web_config.sh - TLS, passwords, addresses and flags of both programs, with curl as their client
. "$(dirname "$0")/stage.sh"
cd "$scratch" || exit
config=$scratch/almanac.yaml
echo "figures: [{name: platforms, kind: stock, title: {en: Platforms, zh: 平台}, help: Platforms.}]" >"$config"
perl=$top/tests/system/pass_socket.pl
mkdir "$storage"
collector --once >once.log 2>&1 || true # makes the ledger

certify() { # NAME EXTENSIONS [ARGUMENT…]: a key and a certificate that it signed itself, or an authority
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$1" \
        -addext "$2" -keyout "$1.key" -out "$1.crt" "${@:3}" 2>/dev/null
}
certify server subjectAltName=DNS:localhost,IP:127.0.0.1
certify clients basicConstraints=critical,CA:true
certify stranger subjectAltName=DNS:good.example
for name in good bad; do
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" \
        -keyout $name.key -out $name.csr 2>/dev/null
    openssl x509 -req -in $name.csr -CA clients.crt -CAkey clients.key -CAcreateserial -days 2 \
        -extfile <(echo "subjectAltName=DNS:$name.example") -out $name.crt 2>/dev/null
done

# Of "secret", with a cost of 04 and of 11.
cheap='$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW'
dear='$2b$11$abcdefghijklmnopqrstuuViuGI07N4McP9Kl.tD6XMEzyuvcY8LG'
tls='tls_server_config: {cert_file: server.crt, key_file: server.key'

# serve PROGRAM CONFIG [FLAG…]: the web configuration's text; the port is in $port.
serve() {
    printf '%s\n' "$2" >web.yml
    [[ -z ${pid[$1]-} ]] || stop "$1"
    start_listening "$1" --web.config.file=web.yml "${@:3}"
    port=$(port_of "$1")
}
code() { # ARGUMENT…: the status that curl gets; 000 for no answer at all
    curl -s -m 20 -o answer -w '%{http_code}' --cacert server.crt "$@"
}
coded() { # SENTENCE STATUS ARGUMENT…
    same "$1" "$2" "$(code "${@:3}")"
}

# --- Both programs: TLS, passwords, headers

for program in exporter collector; do
    serve $program "$tls}
basic_auth_users: {alice: '$cheap'}
http_server_config: {headers: {X-Frame-Options: deny, Content-Security-Policy: default-src 'self'}}"
    at=https://localhost:$port
    coded "$program: the right password over TLS" 200 -u alice:secret "$at/-/healthy"
    coded "$program: once more, as it is known now" 200 -u alice:secret "$at/-/ready"
    coded "$program: a wrong one" 401 -u alice:secrets "$at/-/healthy"
    coded "$program: none" 401 "$at/-/healthy"
    coded "$program: none, at a path that there is not" 401 "$at/nowhere"
    coded "$program: a user that there is not" 401 -u bob:secret "$at/-/healthy"
    same "$program: with 401 it is said how to come in" \
        'WWW-Authenticate: Basic realm="Almanac", charset="UTF-8"' \
        "$(curl -si --cacert server.crt "$at/" | tr -d '\r' | grep -i '^www-auth')"
    same "$program: the configured headers, and no CORS" \
        $'Content-Security-Policy: default-src \'self\'\nX-Content-Type-Options: nosniff\nX-Frame-Options: deny' \
        "$(curl -si -H 'Origin: https://example.org' --cacert server.crt -u alice:secret "$at/-/healthy" |
            tr -d '\r' | grep -iE '^(x-|content-sec|access-)' | sort)"
    coded "$program: plain HTTP is refused there" 400 "http://localhost:$port/-/healthy"
    same "$program: with a word" 'this port speaks HTTPS; expected https://' "$(cat answer)"
    coded "$program: and with a body" 400 -H Expect: --data-binary @server.crt "http://localhost:$port/"
    coded "$program: TLS 1.1 is too old" 000 --tls-max 1.1 -u alice:secret "$at/-/healthy"
    check "$program: a wrong password is in the log" grep -q 'msg="wrong password" user=bob' $program.log
done
stop collector

# --- Passwords

serve exporter "basic_auth_users: {alice: '$dear'}"
at=http://127.0.0.1:$port
coded 'a password that takes long to check' 200 -u alice:secret "$at/metrics"
for i in {1..20}; do
    curl -s -m 60 -o /dev/null -w '%{http_code}\n' -u "alice:wrong$i" "$at/metrics" >wrong.$i &
    guesses[i]=$!
done
until_true 5 grep -q 'wrong password' exporter.log
before=${EPOCHREALTIME/./}
for i in {1..10}; do
    scrapes+=$(code -u alice:secret "$at/metrics")
done
took=$(((${EPOCHREALTIME/./} - before) / 1000))
same 'ten scrapes while twenty wrong ones are checked' "$(printf '200%.0s' {1..10})" "$scrapes"
check "they are not held up ($took ms)" test $took -lt 4000
check 'the wrong ones were still being checked' test "$(cat wrong.* | wc -l)" -lt 20
wait "${guesses[@]}"
same 'each of them has its 401' 20 "$(cat wrong.* | grep -c 401)"
stop exporter
start_exporter
same 'a page is the same with a password and without' \
    "$(curl -s "$exporter/metrics" | grep -c '^# TYPE')" "$(grep -c '^# TYPE' answer)"
stop exporter

# --- Client certificates

cert() { echo --cert "$1.crt" --key "$1.key"; }
serve exporter "$tls, client_auth_type: RequireAndVerifyClientCert, client_ca_file: clients.crt}"
at=https://localhost:$port/metrics
coded 'a certificate that the authority signed' 200 $(cert good) "$at"
coded 'none' 000 "$at"
coded 'one that signed itself' 000 $(cert stranger) "$at"
serve exporter "$tls, client_auth_type: RequireAndVerifyClientCert, client_ca_file: clients.crt,
  client_allowed_sans: [other.example, good.example]}"
at=https://localhost:$port/metrics
coded 'a certificate with an allowed name' 200 $(cert good) "$at"
coded 'one with another name' 000 $(cert bad) "$at"
serve exporter "$tls, client_auth_type: VerifyClientCertIfGiven, client_ca_file: clients.crt}"
at=https://localhost:$port/metrics
coded 'if given: none' 200 "$at"
coded 'if given: a good one' 200 $(cert good) "$at"
coded 'if given: a stranger' 000 $(cert stranger) "$at"
serve exporter "$tls, client_auth_type: RequireAnyClientCert}"
at=https://localhost:$port/metrics
coded 'any: a stranger' 200 $(cert stranger) "$at"
coded 'any: none' 000 "$at"
serve exporter "$tls, max_version: TLS12, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]}"
at=https://localhost:$port/metrics
coded 'a cipher suite that is listed' 200 --ciphers ECDHE-ECDSA-AES128-GCM-SHA256 "$at"
coded 'one that is not' 000 --ciphers ECDHE-ECDSA-AES256-GCM-SHA384 "$at"
coded 'a version that is too new' 000 --tlsv1.3 "$at"
serve exporter "$tls, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA]}
http_server_config: {http2: false}"
coded 'a suite that TLS 1.3 lacks, for a client that would rather have that' 200 "https://localhost:$port/metrics"

# --- The limit

serve exporter 'rate_limit: {interval: 1h, burst: 3}'
at=http://127.0.0.1:$port/-/healthy
same 'a limit lets so many through and no more' '200 200 200 429 429' \
    "$(for i in {1..5}; do code "$at"; echo; done | paste -sd ' ')"
stop exporter

# --- Addresses

# refused SENTENCE WORDS STATUS FLAG…: by both programs, or those of $programs.
refused() {
    local program
    for program in ${programs:-exporter collector}; do
        same "$program: $1" "$2"$'\n'"status $3" "$(
            timeout 20 "$bin/almanac-$program" --config.file="$config" --storage.path="$storage" "${@:4}" 2>&1 |
                sed 's/.*msg="cannot start" err=//'
            echo "status ${PIPESTATUS[0]}")"
    done
}
no_way() { # ADDRESS LACK
    echo "\"will not listen on $1, which other machines reach: there is no $2; expected both from --web.config.file, or --web.open-to-network\""
}
refused 'plain, for other machines' "$(no_way 0.0.0.0:0 'TLS and no password')" 1 --web.listen-address=0.0.0.0:0
refused 'plain, for all' "$(no_way :0 'TLS and no password')" 1 --web.listen-address=:0
echo "$tls}" >web.yml
refused 'TLS, for everybody' "$(no_way 0.0.0.0:0 password)" 1 --web.config.file=web.yml --web.listen-address=0.0.0.0:0
echo "basic_auth_users: {alice: '$cheap'}" >web.yml
refused 'passwords for all to read' "$(no_way 0.0.0.0:0 TLS)" 1 --web.config.file=web.yml --web.listen-address=0.0.0.0:0
echo 'colour: red' >web.yml
refused 'a web configuration that is wrong' "web.yml:1: unknown key 'colour'; expected tls_server_config, http_server_config, basic_auth_users, rate_limit" 2 \
    --config.check --web.config.file=web.yml
echo 'tls_server_config: {cert_file: none.crt, key_file: none.key}' >web.yml
refused 'a certificate that is not there, when checked' 'web.yml: none.crt: No such file or directory' 2 --config.check --web.config.file=web.yml
refused 'a prefix that is no path' "--web.route-prefix is 'almanac'; expected a path like /almanac" 2 --web.route-prefix=almanac
refused 'a URL that is none' "--web.external-url is 'example.org/a'; expected one like https://example.org/almanac" 2 --web.external-url=example.org/a
programs=exporter refused 'metrics where something else is' "--web.telemetry-path is '/-/healthy', where something else is; expected a path of its own" 2 \
    --web.telemetry-path=/-/healthy --web.listen-address=127.0.0.1:0
echo "basic_auth_users: {alice: '$cheap'}" >web.yml
{ cat "$config"; echo 'reporters: [{user: alcie, figures: [platforms]}]'; } >reporters.yaml
same 'a reporter who cannot be anybody is refused' \
    "reporters.yaml: reporter 'alcie': web.yml has no such user; expected one of its basic_auth_users"$'\nstatus 2' \
    "$("$bin/almanac-collector" --config.file=reporters.yaml --web.config.file=web.yml --config.check 2>&1; echo "status $?")"
refused 'no socket from systemd' "systemd has passed no socket; expected LISTEN_FDS and this process' id in LISTEN_PID" 2 --web.systemd-socket
for program in exporter collector; do
    same "$program: a check does without it" "$config: 1 figure, 0 sources" \
        "$("$bin/almanac-$program" --config.file="$config" --web.systemd-socket --config.check 2>&1)"
done

ports() { # of 127.0.0.1 and of all addresses
    sed -n 's/.*msg=listening.* port=\([0-9]*\).*/\1/p' exporter.log
}
serve exporter "$tls}
basic_auth_users: {alice: '$cheap'}" --web.listen-address=0.0.0.0:0
coded 'with both other machines are let in' 200 -u alice:secret "https://127.0.0.1:$(ports | tail -n 1)/-/healthy"
stop exporter
start_listening exporter --web.open-to-network --web.listen-address=0.0.0.0:0
same 'and without, told so in as many words; at two addresses' '200 200' \
    "$(for port in $(ports); do code "http://127.0.0.1:$port/-/healthy"; echo; done | paste -sd ' ')"
stop exporter
if grep -q 1 /proc/sys/net/ipv6/conf/lo/disable_ipv6 2>/dev/null || [[ ! -e /proc/net/if_inet6 ]]; then
    cases=$((cases + 1))
    echo "ok $cases - IPv6 # SKIP there is none here"
else
    start exporter "$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" '--web.listen-address=[::1]:0'
    until_true 10 grep -q 'msg="exporter started"' exporter.log
    coded 'IPv6' 200 "http://[::1]:$(port_of exporter)/-/healthy"
    stop exporter
fi

# --- systemd's sockets

for program in exporter collector; do
    start $program perl "$perl" sockets "$bin/almanac-$program" --config.file="$config" --storage.path="$storage" --web.systemd-socket
    until_true 10 grep -q "msg=\"$program started\"" $program.log
    read -r one other <sockets
    same "$program answers on both sockets that it was started with" '200 200' \
        "$(code "http://127.0.0.1:$one/-/healthy") $(code "http://127.0.0.1:$other/-/healthy")"
    stop $program
done

# --- Paths

start_listening exporter --web.external-url=https://example.org/public/almanac/ --web.telemetry-path=/probe/metrics
coded 'below the prefix' 200 "$exporter/public/almanac/-/healthy"
coded 'metrics where they are asked for' 200 "$exporter/public/almanac/probe/metrics"
coded 'and not elsewhere' 404 "$exporter/public/almanac/metrics"
coded 'nor without the prefix' 404 "$exporter/-/healthy"
same 'the root leads there' "$exporter/public/almanac/" "$(curl -s -o /dev/null -w '%{redirect_url}' "$exporter/")"
check 'the landing page has the way' grep -q 'href="probe/metrics"' <(curl -sL "$exporter/")
stop exporter
start_exporter --web.external-url=https://example.org/public/ --web.route-prefix=/
coded 'a proxy that takes the prefix off itself' 200 "$exporter/-/healthy"
stop exporter

# --- Reload

loads() { grep -c "msg=\"configuration $1" $program.log; }
reread() { # WORD NUMBER: so often the log says "configuration WORD" after a SIGHUP
    kill -HUP "${pid[$program]}"
    until_true 5 said "$1" "$2"
}
said() { [[ $(loads "$1") == "$2" ]]; }
loaded_well() { # what the metrics say of it
    curl -s --cacert server.crt -u "$1" "https://localhost:$port/metrics" |
        sed -n "s/^almanac_${program}_config_last_reload_successful //p"
}
certify renewed subjectAltName=DNS:localhost
for program in exporter collector; do
    certify server subjectAltName=DNS:localhost
    serve $program "$tls}
basic_auth_users: {alice: '$cheap'}"
    at=https://localhost:$port/-/healthy
    coded "$program: before" 200 -u alice:secret "$at"
    same "$program: what it was started with was good" 1 "$(loaded_well alice:secret)"
    cp renewed.crt server.crt
    cp renewed.key server.key
    coded "$program: a certificate that is renewed is not read at once" 000 -u alice:secret "$at"
    printf '%s\n' "$tls, min_version: TLS13}" "basic_auth_users: {bob: '$cheap'}" \
        'http_server_config: {headers: {X-Frame-Options: deny}}' >web.yml
    reread loaded 1
    coded "$program: but on a reload, as are new passwords" 200 -u bob:secret "$at"
    coded "$program: a user who is gone is out" 401 -u alice:secret "$at"
    coded "$program: a version that is too old now" 000 --tls-max 1.2 -u bob:secret "$at"
    check "$program: and headers" grep -qi '^x-frame-options: deny' \
        <(curl -si --cacert server.crt -u bob:secret "$at")
    while IFS='|' read -r wrong words; do
        printf '%b\n' "$wrong" >web.yml
        reread refused $(($(loads refused) + 1))
        check "$program: refused: $words" grep -q "msg=\"configuration refused.*web.yml: *.*$words" <(tail -n 1 $program.log)
        coded "$program: and everything is as it was" 200 -u bob:secret "$at"
    done <<END
basic_auth_users: {bob: '$cheap'}|'tls_server_config' has gone; expected a restart for that
$tls, colour: red}|unknown key 'colour'
END
    same "$program: the metrics say so" 0 "$(loaded_well bob:secret)"
    printf '%s\n' "$tls}" "basic_auth_users: {bob: '$cheap'}" >web.yml
    rm server.key
    reread refused 3
    check "$program: a key that is gone is named" grep -q 'server.key: No such file' <(tail -n 1 $program.log)
    cp renewed.key server.key
    reread loaded 2
    same "$program: until it is good again" 1 "$(loaded_well bob:secret)"
    stop $program
done
program=exporter
serve exporter "$tls}
basic_auth_users: {alice: '$cheap'}" --web.listen-address=0.0.0.0:0
echo "$tls}" >web.yml
reread refused 1
check 'no reload opens it to the network' \
    grep -q 'web.yml: will not listen on 0.0.0.0:0, which other machines reach: there is no password' exporter.log
coded 'it asks for passwords as before' 401 "https://localhost:$(port_of exporter)/-/healthy"
stop exporter

mkfifo kept.in
exec 9<>kept.in
ask_again() { printf 'GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n' >&9; }
answers() { [[ $(grep -c '^HTTP/1.1 ' kept.log) == "$1" ]]; }
gone() { ! kill -0 "${pid[kept]}"; }
for needed in RequireAnyClientCert 'RequireAndVerifyClientCert, client_ca_file: clients.crt'; do
    serve exporter "$tls}
basic_auth_users: {alice: '$cheap'}"
    start kept bash -c "exec openssl s_client -quiet -connect 127.0.0.1:$port <kept.in" # a job has no other input of its own
    ask_again
    check 'a connection that is kept' until_true 5 answers 1
    echo "$tls, client_auth_type: $needed}" >web.yml
    reread loaded 1
    ask_again
    check "is closed when it asks for something without the certificate that it needs by now: $needed" until_true 5 gone
    same 'and is not answered' 1 "$(grep -c '^HTTP/1.1 ' kept.log)"
    coded 'one with a certificate is' 200 --cert good.crt --key good.key "https://localhost:$port/-/healthy"
    stop exporter
done

for program in exporter collector; do
    serve $program 'http_server_config: {http2: false}'
    kill -STOP "${pid[$program]}"
    until_true 5 grep -q '^State:.T' "/proc/${pid[$program]}/status"
    kill -HUP "${pid[$program]}"
    kill -TERM "${pid[$program]}"
    kill -CONT "${pid[$program]}"
    wait "${pid[$program]}"
    same "$program: what is to stop does not reload" '0 0' "$? $(loads loaded)"
done

# --- Lifecycle

for program in exporter collector; do
    cp "$config" own.yaml
    config=own.yaml start_$program
    at=${!program}
    coded "$program: reload is closed" 403 -X POST "$at/-/reload"
    coded "$program: quit is closed" 403 -X PUT "$at/-/quit"
    coded "$program: and nothing to look at" 405 "$at/-/reload"
    stop $program
    config=own.yaml start_$program --web.enable-lifecycle
    at=${!program}
    sed -i 's/en: Platforms/en: Pilot platforms/' own.yaml
    coded "$program: reload" 200 -X POST "$at/-/reload"
    [[ $program == collector ]] || same 'what it brought is there when it is answered' 'Pilot platforms' \
        "$(curl -s "$at/api/v1/figures" | jq -r '.data[].title.en')"
    check "$program: it has done so" grep -q 'msg="configuration loaded"' $program.log
    echo 'colour: red' >>own.yaml
    coded "$program: reload of what is wrong" 500 -X PUT "$at/-/reload"
    check "$program: the complaint is the answer" grep -q "own.yaml:[0-9]*: unknown key 'colour'" answer
    coded "$program: GET does not end it" 405 "$at/-/quit"
    coded "$program: quit" 200 -X POST "$at/-/quit"
    wait "${pid[$program]}"
    same "$program: it has ended well" 0 $?
done

done_testing
