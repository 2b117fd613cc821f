#!/bin/bash
# SPDX-License-Identifier: MIT
# test_kill.sh - imports killed at random moments: what was acknowledged is in the ledger and its RRD
. "$(dirname "$0")/stage.sh"
rounds=100 series=24 days=60
config=$scratch/almanac.yaml
first=$(($(date -u +%s) / 86400 - days - 1)) # days since 1970
seed=${ALMANAC_SEED:-$((first % 32768))}
RANDOM=$seed
echo "# ALMANAC_SEED=$seed"
cd "$scratch" || exit

cat >"$config" <<'END'
figures:
  - name: level
    kind: stock
    keep: 100d
    labels: [series]
    title: {en: Level, zh: 水位}
    help: A level.
END

# Each row says something that no row before it said: its value is the next number.
value=0
write_file() { # three days of each series, some new, some reported before
    local i day
    echo figure,series,time_period,obs_value
    for ((i = 0; i < 3 * series; i++)); do
        TZ=UTC0 printf -v day '%(%Y-%m-%d)T' $((86400 * (first + (RANDOM % 20 + 20 * (i % 3)))))
        echo "level,s$((i % series)),$day,$((++value))"
    done
}

# wait_ms MILLISECONDS: without a process, which would be too slow.
exec {nothing}<> <(:)
wait_ms() {
    read -r -t "$(printf '0.%03d' "$1")" -u $nothing
}

# import_and_kill FILE: every other round counts from the acknowledgement, the rest from the start.
# Sets acknowledged, and killed where that came before the last word.
import_and_kill() {
    local words= output process
    exec {output}< <(exec "$bin/almanac-collector" --config.file="$config" \
        --storage.path="$storage" import --history "$1" 2>&1)
    process=$!
    ((round % 2)) || read -r -t 10 words <&$output
    wait_ms $((RANDOM % (round % 2 ? 60 : 12)))
    kill -KILL $process 2>/dev/null
    wait $process
    words+=$(cat <&$output)
    exec {output}<&-
    acknowledged= killed=
    [[ $words != *' recorded, '* ]] || acknowledged=yes
    [[ $words == *'RRD files: '* ]] || killed=yes
}

# What the ledger has of the file, in a word.
in_ledger() { # FILE
    local rows=0
    [[ ! -e $storage/ledger.db ]] || # killed before it was made
        rows=$(ledger "SELECT count(*) FROM vintage WHERE source = 'import:$1'" 2>&1)
    case $rows in
        $((3 * series))) echo whole ;;
        0 | *'no such table'*) echo nothing ;;
        *) echo "$rows" ;;
    esac
}

# Each day of each series as the files say that the ledger has, and as its RRD file has it.
expected_days() {
    awk -F, -v first=$first -v days=$days -v series=$series '
        FNR > 1 { said[$2, $3] = $4 }
        END {
            for (i = 0; i < series; i++) {
                now = "nan"
                for (day = first; day < first + days; day++) {
                    date = strftime("%Y-%m-%d", day * 86400, 1)
                    if (("s" i, date) in said)
                        now = said["s" i, date]
                    print "s" i, date, now
                }
            }
        }' "${recorded[@]}" </dev/null
}

days_in_files() {
    local i
    for ((i = 0; i < series; i++)); do
        echo "fetch $storage/rrd/level/series=s$i.rrd LAST -s $((86400 * first)) -e $((86400 * (first + days) - 1))"
    done | rrdtool - | awk -v from=$((86400 * first)) -v until=$((86400 * (first + days))) '
        BEGIN { i = 0 }
        /^ERROR/ { print; i++ }
        /^OK/ { i++ }
        /^[0-9]+:/ && $1 + 0 > from && $1 + 0 <= until {
            print "s" i, strftime("%Y-%m-%d", $1 - 86400, 1), $2 ~ /nan/ ? "nan" : $2 + 0
        }'
}

restart() {
    if ((round % 10)); then
        collector --once
    else
        start_collector && until_true 10 same_days
        stop collector
    fi
}

same_days() {
    [[ $(expected_days) == "$(days_in_files)" ]]
}

recorded=() between=0 before=0 lost=() halves=() wrong=() failed=()
for ((round = 1; round <= rounds; round++)); do
    file=$round.csv
    write_file >"$file"
    import_and_kill "$file"
    [[ -z $killed || -z $acknowledged ]] || between=$((between + 1))
    [[ -z $killed || -n $acknowledged ]] || before=$((before + 1))
    found=$(in_ledger "$file")
    [[ $found == whole || $found == nothing ]] || halves+=("$file: $found")
    [[ -z $acknowledged || $found == whole ]] || lost+=("$file")
    [[ $found != whole ]] || recorded+=("$file")
    restart >"$scratch/restart.log" 2>&1 || failed+=("$file: $(<"$scratch/restart.log")")
    ((${#recorded[@]} == 0)) || same_days || wrong+=("$file")
done

echo "# $between of $rounds killed between acknowledgement and end, $before before the acknowledgement"
check 'a fair share is killed between ledger and RRD files' test $between -ge $((rounds / 5))
check 'some are killed before they are acknowledged' test $before -ge $((rounds / 20))
same 'every restart succeeds' '' "${failed[*]}"
same 'every acknowledged file is in the ledger' '' "${lost[*]}"
same 'and no file is there by half' '' "${halves[*]}"
same 'after each restart all of the ledger is in the RRD files' '' "${wrong[*]}"
same 'at the end the ledger has all rows of all these files' \
    "$(for file in "${recorded[@]}"; do tail -n +2 "$file"; done | cut -d, -f 2- | sort)" \
    "$(sqlite3 -separator , "$storage/ledger.db" \
        "SELECT json_extract(labels, '\$.series'), time_period, obs_value FROM vintage" | sort)"
# librrd's own file, where it makes an empty one, has another name each time.
same 'no half file lies about where RRD files are' '' \
    "$(find "$storage/rrd" -type f ! -name '*.rrd' ! -path "$storage/rrd/.*")"

done_testing
