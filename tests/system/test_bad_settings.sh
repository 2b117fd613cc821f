#!/bin/bash
# SPDX-License-Identifier: MIT
# test_bad_settings.sh - a wrong configuration or call: words with the place, exit 2, nothing started
. "$(dirname "$0")/stage.sh"
cp -r "$top/tests/data/settings/bad" "$scratch/bad"
cd "$scratch/bad" || exit
programs=(almanac-collector almanac-exporter)

# called PROGRAM ARGUMENT…: all it says (a port that it listened on would be there), its status, and
# what has come into being.
called() {
    local flags=()
    [[ "$*" == *--storage.path* ]] || flags+=(--storage.path="$storage")
    [[ "$*" =~ (--web.listen-address|import|rebuild|try) ]] || flags+=(--web.listen-address=127.0.0.1:0)
    timeout 10 "${unprivileged[@]}" "$bin/$1" "${flags[@]}" "${@:2}" 2>&1
    echo "status $?"
    [[ ! -e $storage ]] || { echo 'the storage has been made'; rm -rf "$storage"; }
}

refused() { # SENTENCE COMPLAINT ARGUMENT…: by both programs
    local program said=()
    for program in "${programs[@]}"; do
        said+=("$(called "$program" "${@:3}")")
    done
    same "$1" "$2"$'\nstatus 2\n'"$2"$'\nstatus 2' "$(printf '%s\n' "${said[@]}")"
}

for complaint in *.complaint; do
    name=${complaint%.complaint}
    refused "settings: $name" "$(<"$complaint")" --config.file="$name.yaml"
done
refused 'settings: also when they are only checked' "$(<unknown_key.complaint)" \
    --config.check --config.file=unknown_key.yaml

echo 'sources: []' >nothing.yaml
for address in a 127.0.0.1:99999 [::1:9; do
    refused "an address that is none, $address" \
        "--web.listen-address: '$address' is not an address to listen on; expected HOST:PORT, [IPV6]:PORT, :PORT or fd:NUMBER, and a port of at most 65535" \
        --config.check --config.file=nothing.yaml --web.listen-address="$address"
done

mkdir a_folder
: >unreadable.yaml
chmod 000 unreadable.yaml
refused 'a configuration that is not there' \
    'missing.yaml: No such file or directory' --config.file=missing.yaml
refused 'a directory in place of a configuration' \
    'a_folder: is a directory; expected a regular file' --config.file=a_folder
refused 'a configuration that may not be read' 'unreadable.yaml: Permission denied' --config.file=unreadable.yaml

# Both programs alike, then each: ARGUMENTS, with @ between them | what it says, behind its name and before "(see --help)".
calls='
almanac-*          --colour=red             unknown option '\''--colour=red'\''
almanac-*          --config.files=a.yaml    unknown option '\''--config.files=a.yaml'\''
almanac-*          -c                       unknown option '\''-c'\''
almanac-*          --config.file            '\''--config.file'\'' lacks its value; expected --config.file=FILE
almanac-*          --version=3              '\''--version'\'' has the value '\''3'\''; expected it without a value
almanac-*          --log.level=loud         '\''--log.level'\'' is '\''loud'\''; expected debug, info, warn or error
almanac-*          --log.format=xml         '\''--log.format'\'' is '\''xml'\''; expected logfmt or json
almanac-collector  exprot                   unknown command '\''exprot'\''; expected import, rebuild, observations or try
almanac-collector  import                   '\''import'\'' lacks an operand; expected import FILE...
almanac-*          --storage.path=data      /etc/almanac/almanac.yaml: No such file or directory; expected it there, or --config.file=FILE
almanac-collector  --log.level=warn@try@reply@--log.level=info '\''--log.level'\'' is given twice; expected it once
almanac-exporter   --metrics.figures-only@export '\''--metrics.figures-only'\'' goes without a command
almanac-collector  --once@import@a.csv      '\''--once'\'' goes without a command
almanac-*          --storage.path=          '\''--storage.path'\'' is empty; expected --storage.path=DIR
almanac-exporter   serve                    unknown command '\''serve'\''; expected export
'
while read -r pattern argument words; do
    for program in "${programs[@]}"; do
        [[ -n $argument && $program == $pattern ]] || continue
        same "$program $argument" "$program: $words (see --help)"$'\nstatus 2' "$(called "$program" ${argument//@/ })"
    done
done <<<"$calls"

echo "figure_files: ['$top/tests/data/small.yaml']" >good.yaml
same 'a good configuration that is only checked starts nothing either' \
    $'good.yaml: 3 figures, 0 sources\nstatus 0' \
    "$(called almanac-exporter --config.file=good.yaml --config.check)"
mkdir -p locked && echo 'figures: []' >locked/a.yaml && chmod 0 locked
echo 'figure_files: [locked/*.yaml]' >below.yaml
same 'what may not be looked for is not said to be missing' \
    $'below.yaml:1: \'locked/*.yaml\' cannot be looked for: Permission denied; expected at least one\nstatus 2' \
    "$(called almanac-collector --config.file=below.yaml --config.check)"
chmod 700 locked
same 'nor does a rebuild where there is no ledger' \
    "$storage/ledger.db: No such file or directory; expected a ledger (see --storage.path)"$'\nstatus 1' \
    "$(called almanac-collector --config.file=good.yaml rebuild)"
config=good.yaml collector --once 2>/dev/null
same 'rebuild of a figure that there is not' \
    $'unknown figure \'funds\'; expected one of the catalogue in good.yaml\nstatus 2' \
    "$(called almanac-collector --config.file=good.yaml rebuild funds | grep -v '^the storage')"

done_testing
