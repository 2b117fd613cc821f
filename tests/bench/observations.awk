# SPDX-License-Identifier: MIT
# observations.awk - writes the CSV of `series` series over the ten years that end with `last`; all
# of a series together, or with order=period all of a year together
function write(site, year) {
    printf "bench_platforms,%06d,site-%06d,%s,%d,%d.%d\n", 440000 + int(site / 20), site,
        site % 2 ? "built" : "planned", year, site + year, year % 10
}

BEGIN {
    print "figure,ref_area,site,stage,time_period,obs_value"
    if (order == "period") {
        for (year = last - 9; year <= last; year++)
            for (site = 0; site < series; site++)
                write(site, year)
    } else {
        for (site = 0; site < series; site++)
            for (year = last - 9; year <= last; year++)
                write(site, year)
    }
}
