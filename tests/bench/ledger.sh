# SPDX-License-Identifier: MIT
# ledger.sh - importing 100,000 observations beside the sqlite3 shell's .import of the same file

# The shell's table has the columns of the file; like our ledger it has a rowid, and an index on
# what tells series and period, by which a report is compared with what was said before.
sqlite_import() { # DATABASE FILE
    sqlite3 -batch "$1" <<END
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE observation (figure TEXT, ref_area TEXT, site TEXT, stage TEXT, time_period TEXT,
  obs_value TEXT);
CREATE INDEX observation_by_period ON observation (figure, ref_area, site, stage, time_period);
.mode csv
.import --skip 1 $2 observation
END
}

measure_import() { # ORDER
    local round csv=$scratch/$1.csv ledger=$scratch/ledger shell=$scratch/shell.db
    local -A noted=()
    write_csv "$csv" 10000 "$1"
    for ((round = 0; round < rounds; round++)); do
        rm -rf "$ledger"
        rate ours 100000 import "$ledger" "$csv"
        grep -q '100000 recorded' "$scratch/output" || die "import: $(cat "$scratch/output")"
        has sqlite3 || continue
        rm -f "$shell"*
        rate sqlite3 100000 sqlite_import "$shell" "$csv"
        [[ $(sqlite3 "$shell" 'SELECT count(*) FROM observation') == 100000 ]] ||
            die "sqlite3: $(cat "$scratch/output")"
    done
    compare "import of 10000 series of 10 years by $1: rows/s" sqlite3 least 0.5
    rm -rf "$ledger" "$shell"*
}

measure_import series
measure_import period
