#!/bin/bash
# SPDX-License-Identifier: MIT
# test_collector_faults.sh - a disk that is full or fails is told, and costs only what it must
. "$(dirname "$0")/stage.sh"
use_small_figures
cd "$scratch" || exit
import_platforms built 4
printf 'sources:\n  - {name: bureau, url: "file:built.csv", format: csv}\n' >>"$config"

exporter() {
    "$bin/almanac-exporter" --config.file="$config" --storage.path="$storage" "$@"
}
both() { # PROGRAM ARGUMENTS…: its last line on standard error, and its status
    local words
    words=$("$@" 2>&1 >/dev/full)
    echo "$? ${words##*$'\n'}"
}

# --- Standard output

commands=('collector import built.csv' 'collector rebuild' 'collector observations platforms'
    'collector try bureau' 'collector try bureau built.csv' 'collector --config.check'
    'collector --help' 'collector --version' 'exporter export' 'exporter export --format=csv'
    'exporter --config.check' 'exporter --help' 'exporter --version')
for command in "${commands[@]}"; do
    same "$command tells that its output is lost" '1 cannot write: No space left on device' \
        "$(both $command)"
done

done_testing
