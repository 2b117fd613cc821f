#!/bin/bash
# SPDX-License-Identifier: MIT
# test_documents.sh - the man pages say every flag, command and key of the configuration, and
# operations.md what every complaint and alert means
. "$(dirname "$0")/stage.sh"
man=$top/docs/man
mkdir -p "$scratch/places" && cd "$scratch/places" || exit

# Each flag with the command it is of, and each command: "import --format=format".
told_by_help() { # PROGRAM
    "$bin/$1" --help | awk '
        /^Flags of / { of = $3; sub(":", "", of); of = of " " }
        /^  --/ { print of tolower($1) }
        /^  [a-z]/ { print "command " $1 }' | sort
}
told_by_page() { # PROGRAM
    awk '$1 == ".It" && $2 == "Cm" { of = $3 " "; print "command " $3 }
        $1 == ".It" && $2 == "Fl" { print of "-" $3 ($5 == "=" ? "=" $NF : "") }' "$man/$1.1" | sort
}
for program in almanac-collector almanac-exporter; do
    same "$program(1) says the flags and commands of --help, and no others" \
        "$(told_by_help $program)" "$(told_by_page $program)"
done

# A mapping with a key that there is not is refused with those that there are.
places=0
keys_of() { # CONFIGURATION
    printf '%s\n' "$1" >almanac.yaml
    "$bin/almanac-exporter" --config.file=almanac.yaml --config.check 2>&1 |
        sed -nE "s/.*: unknown key 'none'; expected //p" | sed 's/, /\n/g' | sort
}
keys_in_page() { # SECTION
    awk -v section="$1" '/^\.S[hs] / { here = substr($0, 5) == section }
        here && $1 == ".It" && $2 == "Ic" { print $3 }' "$man/almanac.yaml.5" | sort
}
place() { # SECTION CONFIGURATION
    places=$((places + 1))
    same "almanac.yaml(5) has the keys of $1, and no others" "$(keys_of "$2")" "$(keys_in_page "$1")"
}
echo 'none: 1' >figures.yaml
place CONFIGURATION 'none: 1'
place 'FIGURE FILES' 'figure_files: [figures.yaml]'
place FIGURES 'figures: [{none: 1}]'
place Title 'figures: [{title: {none: 1}}]'
place SOURCES 'sources: [{none: 1}]'
place HTTP 'sources: [{http: {none: 1}}]'
place Basic_auth 'sources: [{http: {basic_auth: {none: 1}}}]'
place Authorization 'sources: [{http: {authorization: {none: 1}}}]'
place TLS_config 'sources: [{http: {tls_config: {none: 1}}}]'
place CSV 'sources: [{csv: {none: 1}}]'
place Coded 'sources: [{csv: {coded: [{none: 1}]}}]'
place Wide 'sources: [{csv: {wide: {none: 1}}}]'
place SDMX 'sources: [{sdmx: {none: 1}}]'
place Metrics 'sources: [{metrics: {none: 1}}]'
place Text 'sources: [{text: {none: 1}}]'
place Rules 'sources: [{text: {rules: [{none: 1}]}}]'
place Examples 'sources: [{text: {rules: [{examples: [{none: 1}]}]}}]'
place REPORTERS 'reporters: [{none: 1}]'
place BODIES 'bodies: {none: 1}'
same 'these are all mappings that the settings know' \
    "$(cat "$top"/almanac/settings*.c | grep -c '^static const struct yaml_row')" $places
same 'and all sections of the page that have keys' \
    "$places" "$(awk '/^\.S[hs] / { section = $0 } /^\.It Ic / && section != last { n++; last = section } END { print n }' \
        "$man/almanac.yaml.5")"

# What the sources log as a warning or an error, and the alerts.
complaints() {
    perl -0777 -ne 'print $3 // $2, "\n"
            while /LOG_LEVEL_(WARN|ERROR)[^"\]]*"([^"]+)"(?:\s*:\s*"([^"]+)")?/g' \
        "$top"/{almanac,collector,exporter}/*.c | sort -u
}
alerts() {
    sed -n 's/.*- alert: //p' "$top/conf/prometheus/rules.yaml"
}
explained() { # WORDS
    grep -qF -- "\`$1\`" "$top/docs/operations.md"
}
check 'the sources have complaints' test "$(complaints | wc -l)" -gt 10
while read -r words; do
    check "operations.md explains '$words'" explained "$words"
done < <(complaints; alerts)

done_testing
