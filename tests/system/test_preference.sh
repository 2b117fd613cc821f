#!/bin/bash
# SPDX-License-Identifier: MIT
# test_preference.sh - several sources of one figure: all are kept, and the catalogue says which counts
. "$(dirname "$0")/stage.sh"
config=$scratch/almanac.yaml
rrd=platforms/area=futian.rrd
today=$(date -u +%Y-%m-%d)

prefer() { # [SOURCE…]: writes the configuration
    declare_figures platforms:area >"$config"
    ((!$#)) || echo "    preference: [$(IFS=,; echo "$*")]" >>"$config"
    cat >>"$config" <<END
sources:
  - {name: bureau, url: file:bureau.csv, format: csv, every: 1s}
  - {name: reply, url: file:reply.csv, format: csv, every: 1s}
END
}
said() { # SOURCE VALUE
    printf 'figure,area,time_period,obs_value\nplatforms,futian,2024-06,%s\n' "$2" >"$scratch/$1.csv"
}
shows() { # VALUE: on the page and in the RRD file
    [[ $(samples platforms) == "platforms{area=\"futian\"} $1" &&
        $(rows "$rrd" 2024-06-30 "$today") == "2024-06-30 $1" ]]
}
reload() {
    kill -HUP "${pid[collector]}" "${pid[exporter]}"
}

said bureau 4
said reply 5
prefer bureau
start_collector
start_exporter
check 'the one that is preferred is in force, whoever comes last' until_true 10 shows 4
check 'the other is in the ledger as well' until_true 10 eval \
    '[[ $(ledger "SELECT count(*) FROM observation") == 2 ]]'
said reply 6
check 'and stays out of force when it changes' until_true 10 eval \
    '[[ $(ledger "SELECT obs_value FROM vintage WHERE source = '"'reply'"' ORDER BY id") == $'"'5\n6'"' ]]'
check 'so the page and the files show what they did' until_true 10 shows 4
prefer reply
reload
check 'another order, and another one counts' until_true 10 shows 6
prefer
reload
said bureau 3
check 'without an order the newest counts' until_true 10 shows 3
same 'observations says so, too' 3 \
    "$(collector observations platforms --format=json | jq -r '.[].obs_value')"
done_testing
