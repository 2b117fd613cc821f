#!/bin/bash
# SPDX-License-Identifier: MIT
# test_certificates.sh - which servers a source's TLS trusts, and what it shows of itself
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
cd "$scratch" || exit
mkdir www
printf 'figure,time_period,obs_value\nvisits,2024,1\n' >www/visits.csv

key() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" 2>/dev/null
}
sign() { # NAME ADDRESS DAYS
    key "$1"
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -days "$3" -out "$1.crt" -extfile <(echo "subjectAltName=$2") 2>/dev/null
}
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.crt -subj /CN=ca -days 10 2>/dev/null
sign good IP:127.0.0.1 10
sign other DNS:figures.example 10
sign expired IP:127.0.0.1 -1
sign client DNS:client 10
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout self.key -out self.crt -subj /CN=127.0.0.1 \
    -addext subjectAltName=IP:127.0.0.1 -days 10 2>/dev/null

# serve NAME [ARGUMENTS…]: files of www over TLS with the certificate of that name; its port in ${port[NAME]}.
declare -A port
serve() {
    start "$1" env -C www openssl s_server -accept 127.0.0.1:0 -WWW -cert "../${2%.*}.crt" -key "../${2%.*}.key" "${@:3}"
    until_true 10 grep -q ^ACCEPT "$1.log"
    port[$1]=$(sed -nE 's/^ACCEPT .*:([0-9]+)$/\1/p' "$1.log" | head -n 1)
}
serve good good
serve other other
serve expired expired
serve self self
serve strict good -CAfile ../ca.crt -Verify 1 -verify_return_error

source_of() { # SERVER TLS-CONFIG: a source's fetch in words
    cat >"$config" <<YAML
figures: [{name: visits, kind: flow, title: {en: Visits, zh: 人次}, help: Visits.}]
sources: [{name: visits, url: https://127.0.0.1:${port[$1]}/visits.csv, format: csv, timeout: 20s, http: {tls_config: {$2}}}]
YAML
    collector try visits 2>&1 | sed -E 's/(does not hold|no TLS connection|connection broke): .*/\1/' | tail -n 1
}
read_well='visits: 1 observation, 0 refused; nothing is recorded'
does_not_hold="visits: the server's certificate does not hold"
same 'one that an authority signed which is trusted' "$read_well" "$(source_of good 'ca_file: ca.crt')"
same 'but not without trusting it' "$does_not_hold" "$(source_of good '')"
same 'one for another host does not hold' "$does_not_hold" "$(source_of other 'ca_file: ca.crt')"
same 'one that has expired does not hold' "$does_not_hold" "$(source_of expired 'ca_file: ca.crt')"
same 'one that signed itself does not hold' "$does_not_hold" "$(source_of self 'ca_file: ca.crt')"
same 'but where it is trusted itself' "$read_well" "$(source_of self 'ca_file: self.crt')"
same 'a certificate of the client is shown' "$read_well" \
    "$(source_of strict 'ca_file: ca.crt, cert_file: client.crt, key_file: client.key')"
check 'and asked for' eval '[[ $(source_of strict "ca_file: ca.crt") != "$read_well" ]]'
same 'a certificate without its key is refused' \
    "$config:2: a certificate and its key go together; expected cert_file and key_file" \
    "$(source_of strict 'cert_file: client.crt')"
done_testing
