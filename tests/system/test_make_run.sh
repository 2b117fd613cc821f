#!/bin/bash
# SPDX-License-Identifier: MIT
# test_make_run.sh - what `make run` starts: it says where to look, stops on Ctrl-C, and goes on later
. "$(dirname "$0")/stage.sh"
read -r first second < <(free_ports 2)
export EXPORTER=127.0.0.1:$first COLLECTOR=127.0.0.1:$second
export ALMANAC_BIN=$bin ALMANAC_DATA=$storage

run() {
    start run env --default-signal=INT "$top/conf/run" # which a job in the background would ignore
    until_true 30 grep -q 'Ctrl-C stops both' "$scratch/run.log"
}
reported() {
    curl -fs "http://$EXPORTER/metrics" | grep -c '^pilot_platforms'
}
has_both() {
    [[ $(reported) == 2 ]]
}
count() {
    ledger 'SELECT count(*) FROM observation'
}

run
report $? 'it runs and says so'
check 'it names the address to open' grep -q "http://$EXPORTER/metrics" "$scratch/run.log"
check 'the real figures are there' until_true 5 has_both
check 'both programs answer' curl -fs --fail-early "http://$EXPORTER/-/ready" "http://$COLLECTOR/-/ready"
observations=$(count)

EXPORTER=127.0.0.1:0 ALMANAC_DATA=$scratch/second timeout 10 "$top/conf/run" >"$scratch/second.log" 2>&1
same 'a port that is taken: a clear word, not a hang' 1 $?
same 'which names the address' \
    "  \"cannot listen on $COLLECTOR: Address already in use\"" "$(tail -n 1 "$scratch/second.log")"

stop run INT
same 'Ctrl-C stops both cleanly' 0 $?
check 'and nothing of it goes on' bash -c '! curl -fs -m 2 "http://$EXPORTER/" && ! curl -fs -m 2 "http://$COLLECTOR/"'
same 'both said that they stopped' 2 "$(grep -l 'msg="[a-z]* stopped"' "$storage"/{exporter,collector}.log | wc -l)"

run
report $? 'a second start runs as well'
check 'from the data that is there' until_true 5 has_both
same 'and records nothing twice' "$observations" "$(count)"

read -r collector exporter < <(sed -n 's/.*kill -HUP //p' "$scratch/run.log")
kill "$exporter"
wait "${pid[run]}"
same 'one that ends by itself ends the other, and is missed' "1 a program has ended by itself; see the logs in $storage/" \
    "$? $(tail -n 1 "$scratch/run.log")"
check 'so nothing goes on' eval '! kill -0 "$collector"'

done_testing
