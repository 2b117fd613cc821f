#!/bin/bash
# SPDX-License-Identifier: MIT
# test_install.sh - `make install` puts programs, man pages, units, examples and documents below
# PREFIX, and `make uninstall` takes them away
. "$(dirname "$0")/stage.sh"
dest=$scratch/dest
source=$scratch/source # a clone, to which a user has added a figure
mkdir "$source" "$source/exporter"
cp -R "$top"/{Makefile,README.md,LICENSE,docs,conf} "$source"
cp "$top/exporter/openapi.json" "$source/exporter"
git -C "$source" init -q && git -C "$source" add .
echo 'figures: []' >"$source/conf/futian/added.yaml"
dead_links() { # FOLDER: of the documents there, those to nothing
    local document target
    for document in "$1"/*.md "$1"/docs/*.md; do
        grep -oP '\]\(\K[^)#:]+(?=[)#])' "$document" | while read -r target; do
            [[ -e ${document%/*}/$target ]] || echo "$document: $target"
        done
    done
}
unset PREFIX

make_it() { # TARGET VARIABLE…: of the programs that are there, which nothing builds again
    make -s -C "$source" -o all B="$bin" DESTDIR="$dest" "$@"
}
files() {
    (cd "$dest" && find . ! -type d | sort)
}
expected() { # FOLDER, of PREFIX
    {
        printf '%s\n' bin/almanac-{collector,exporter} lib/sysusers.d/almanac.conf \
            lib/systemd/system/almanac-{collector,exporter}.service \
            share/man/man1/almanac-{collector,exporter}.1 share/man/man5/almanac.yaml.5
        printf 'share/doc/almanac/%s\n' README.md LICENSE conf exporter/openapi.json
        (cd "$source/docs" && printf 'share/doc/almanac/docs/%s\n' man graph.png *.md)
        (cd "$source/conf" && find almanac.yaml examples futian grafana prometheus -type f ! -name added.yaml) |
            sed 's|^|share/almanac/|'
    } | sed "s|^|.$1/|" | sort
}

for prefix in /usr/local /opt/almanac; do
    tree=$dest$prefix
    set -- PREFIX=$prefix
    [[ $prefix != /usr/local ]] || set --
    check "make install $*" make_it install "$@"
    same 'installs these files and no others' "$(expected $prefix)" "$(files)"
    for program in collector exporter; do
        same "of them the $program runs" "almanac-$program $(sed -n 's/^VERSION  *:= //p' "$top/Makefile")" \
            "$("$tree/bin/almanac-$program" --version | sed 's/ (.*//')"
        same 'its unit starts it there' "ExecStart=$prefix/bin/almanac-$program" \
            "$(grep ^ExecStart= "$tree/lib/systemd/system/almanac-$program.service")"
        check 'its man page says where the documents are' \
            grep -qF "$prefix/share/doc/almanac" "$tree/share/man/man1/almanac-$program.1"
    done
    check 'the example configuration is right' "$tree/bin/almanac-collector" \
        --config.file="$tree/share/almanac/almanac.yaml" --config.check
    same 'no link of a document leads nowhere' '' "$(dead_links "$tree/share/doc/almanac")"
    same 'everyone can read what there is' '' "$(find "$tree" ! -perm -a=r)"
    check 'it can be installed again' make_it install "$@"
    check "make uninstall $*" make_it uninstall "$@"
    same 'takes every file away' '' "$(files)"
    same 'and its own folders' '' "$(find "$dest" -name 'almanac*' ! -path "$tree")"
done

rm -rf "$source/.git"
check 'what is no clone is installed' make_it install
check 'with all that is there' test -s "$dest/usr/local/share/almanac/futian/added.yaml"

done_testing
