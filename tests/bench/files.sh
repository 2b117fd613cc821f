# SPDX-License-Identifier: MIT
# files.sh - 10,000 RRD files of ten years of daily rows, ten points each, beside collectd
last_point=$(($(date +%s) / 86400 * 86400))

# Writing to memory costs the same CPU everywhere; writing to a disk depends on its file system.
choose_place() {
    place=$scratch
    if [[ -w /dev/shm && $(df -k --output=avail /dev/shm | tail -n 1) -gt $((room << 20)) ]]; then
        memory=$(mktemp -d /dev/shm/almanac-bench.XXXXXX)
        place=$memory
    fi
}

# Points a year apart, the last one today: a line for each, year after year as a collector hears of
# them, or with "at once" a line for all ten of a series.
write_putvals() { # [at once]
    awk -v series=10000 -v last="$last_point" -v at_once="$*" '
        function put(site, year) { printf " %d:%d.%d", last - year * 365 * 86400, site, year }
        function begin(site) {
            printf "PUTVAL bench/site-%05d/gauge-platforms interval=86400", site
        }
        BEGIN {
            for (round = at_once ? 0 : 9; round >= 0; round--)
                for (site = 0; site < series; site++) {
                    begin(site)
                    for (year = at_once ? 9 : round; year >= round; year--)
                        put(site, year)
                    print ""
                }
        }'
}

# Sends each line, and waits for the answer that it was taken.
tell_collectd() { # SOCKET
    perl -MIO::Socket::UNIX -e '
        $collectd = IO::Socket::UNIX->new(Peer => shift) or die "$!\n";
        while (<STDIN>) {
            print $collectd $_;
            $answer = <$collectd>;
            die $answer unless $answer =~ /^0/;
        }' "$1"
}

is_idle() { # NAME
    local before
    before=$(cpu_of "$1")
    sleep 0.5
    [[ $before == "$(cpu_of "$1")" ]]
}

check_files() { # DIRECTORY
    local file
    [[ $(find "$1" -name '*.rrd' | wc -l) == 10000 ]] || die "collectd has not written 10000 files"
    for file in "$1"/bench/site-{00000,05000,09999}/*.rrd; do
        rrdtool lastupdate "$file" | grep -q "^$last_point: " || die "$file is not complete"
    done
}

# The CPU of collectd from its start until every point is on file.
collectd_files() { # NAME CACHE-SECONDS PUTVALS
    local directory=$place/collectd
    mkdir "$directory"
    fill_in $here/collectd.conf "$directory" -e "s|@CACHE@|$2|" >"$directory/collectd.conf"
    sync -f "$place"
    start collectd collectd -f -C "$directory/collectd.conf"
    until_true 10 test -S "$directory/socket"
    tell_collectd "$directory/socket" <"$3"
    until_true 120 is_idle collectd
    tell_collectd "$directory/socket" <<<'FLUSH plugin=rrdtool'
    until_true 120 is_idle collectd
    check_files "$directory/rrd"
    note "$1" "$(cpu_of collectd)"
    stop collectd
    rm -rf "$directory"
}

our_files() { # STORAGE
    local TIMEFORMAT='%U %S'
    rm -rf "$1/rrd"
    sync -f "$place"
    { time collector "$1" rebuild >"$scratch/output"; } 2>"$scratch/cpu" || die "$(<"$scratch/cpu")"
    grep -qx 'RRD files: 10000 built' "$scratch/output" || die "rebuild: $(cat "$scratch/output")"
    note ours "$(tail -n 1 "$scratch/cpu" | awk '{ printf "%.2f", $1 + $2 }')"
}

measure_files() {
    local round storage=$place/files title
    local -A noted=()
    title="10000 RRD files of 10 years on $(df --output=fstype "$place" | tail -n 1): CPU s"
    fill "$storage" 10000
    write_putvals >"$scratch/in_turn"
    write_putvals at once >"$scratch/at_once"
    for ((round = 0; round < rounds; round++)); do
        our_files "$storage"
        has collectd || continue
        collectd_files collectd 0 "$scratch/in_turn"
        collectd_files collectd_at_once 3153600000 "$scratch/at_once"
    done
    rm -rf "$storage"
    compare "$title" collectd most 0.333
    ! has collectd ||
        compare "... all points at once into its longest cache" collectd_at_once most 0.333
}

choose_place
measure_files
