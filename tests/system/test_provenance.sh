#!/bin/bash
# SPDX-License-Identifier: MIT
# test_provenance.sh - every fetch that brought something new is kept, with its body
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
configure() { # [LINE…]
    declare_figures visits >"$config"
    cat >>"$config" <<'YAML'
sources:
  - {name: reply, url: file:reply.csv, format: csv}
YAML
    printf '%s\n' "$@" >>"$config"
}
reply() { # VALUE
    printf 'figure,time_period,obs_value\nvisits,2024,%s\n' "$1" >"$scratch/reply.csv"
}
kept() {
    find "$storage/bodies" -type f 2>/dev/null | wc -l
}

configure
reply 4
collector --once 2>/dev/null
hash=$(sha256sum <"$scratch/reply.csv" | cut -d' ' -f1)
same 'a fetch is kept with its URL, status, hash and size' \
    "reply file://$scratch/reply.csv 0 $hash $(stat -c %s "$scratch/reply.csv")" \
    "$(ledger 'SELECT source, url, status, body, size FROM fetched')"
same 'an observation says which body it came from' "$hash" "$(ledger 'SELECT body FROM vintage')"
check 'and the body is there, as it came' cmp "$scratch/reply.csv" <(zcat "$storage/bodies/${hash:0:2}/$hash.gz")
first=$(<"$scratch/reply.csv")
collector --once 2>/dev/null
reply 4.0
collector --once 2>/dev/null
same 'one that brings nothing new is not' 1 "$(ledger 'SELECT count(*) FROM fetched')"
same 'nor is its body' 1 "$(kept)"
reply 5
collector --once 2>/dev/null
reply 6
collector --once 2>/dev/null
same 'each correction is' '4 5 6' "$(ledger 'SELECT obs_value FROM vintage WHERE body IS NOT NULL ORDER BY id' | paste -sd' ')"
same 'with its body' 3 "$(kept)"
same 'what was read first can be read again' "$first" "$(zcat "$storage/bodies/${hash:0:2}/$hash.gz")"
check 'a fetch is not changed' eval '! ledger "UPDATE fetch SET size = 1" 2>/dev/null'
reply x
collector --once 2>/dev/null
same 'one that is refused is not kept' 3 "$(kept)"

configure 'bodies: {size: 200B}'
reply 7
collector --once 2>/dev/null
check 'of more than there is room for the oldest go' test "$(kept)" -le 2
same 'but not what is known of them' 4 "$(ledger 'SELECT count(*) FROM fetched')"
names() {
    find "$storage/bodies" -type f | sort
}
there=$(names)
configure "bodies: {size: $(cat $there | wc -c)B}"
reply 7.0
collector --once 2>/dev/null
same 'one that brings nothing new takes the room of none' "$there" "$(names)"
configure "bodies: {size: 20B}"
touch $there
reply 9
collector --once 2>/dev/null
same 'one that has no room at all is not kept' 0 "$(kept)"
configure
reply 10
collector --once 2>/dev/null
find "$storage/bodies" -type f -exec touch -d '2 days ago' {} +
configure 'bodies: {age: 1d}'
collector --once 2>/dev/null
same 'what is too old goes, though nothing new has come' 0 "$(kept)"
configure
reply 7.5
collector --once 2>/dev/null
there=$(kept)
configure 'bodies: {size: 0B}'
reply 8
collector --once 2>/dev/null
same 'with no room nothing is kept, nor what was kept before' '1 0' "$there $(kept)"
same 'and of what comes then the hash alone' "$(sha256sum <"$scratch/reply.csv" | cut -d' ' -f1)" \
    "$(ledger 'SELECT body FROM vintage WHERE obs_value = 8')"
printf 'figure,time_period,obs_value\nvisits,2020,1\n' >"$scratch/by_hand.csv"
collector import "$scratch/by_hand.csv" >/dev/null
same 'what was not fetched has no body' '' "$(ledger 'SELECT body FROM vintage WHERE time_period = 2020')"
ledger "CREATE TRIGGER full BEFORE INSERT ON source_state BEGIN SELECT RAISE(FAIL, 'disk full'); END"
reply 11
collector --once 2>"$scratch/once.log"
check 'a status that is not written is said to be no more than that' \
    grep -q 'msg="status of a source not written" source=reply err=".*disk full"' "$scratch/once.log"
check 'for what was fetched is recorded' eval \
    '[[ $(ledger "SELECT count(*) FROM vintage WHERE obs_value = 11") == 1 ]] && ! grep -q "nothing of it" "$scratch/once.log"'
configure '  - {name: other, url: file:reply.csv, format: csv, every: 1s}'
start_collector
read_thrice() {
    (($(grep -c 'source read" source=other' "$scratch/collector.log") >= 3))
}
check 'the sources are read as before' until_true 10 read_thrice
same 'while the next status is written a minute later, since each may take seconds' \
    1 "$(grep -c 'status of a source not written' "$scratch/collector.log")"
ledger 'DROP TRIGGER full'
stop collector
same 'or when the collector stops' 1 \
    "$(ledger "SELECT count(*) FROM source_state JOIN source ON id = source WHERE name = 'other'")"
done_testing
