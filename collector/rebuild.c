/* SPDX-License-Identifier: MIT */
/* rebuild.c - the command that rebuilds RRD files from the ledger */
#include "collector.h"

#include <stdio.h>

static int check_figures(const struct collector *collector, char **figures, int count)
{
    for (int i = 0; i < count; i++)
        if (catalogue_find(&collector->catalogue, figures[i]) == NULL) {
            fprintf(stderr, "unknown figure '%s'; expected one of the catalogue in %s\n",
                    figures[i], collector->config_file);
            return -1;
        }
    return 0;
}

static void print_no_mirror(const struct collector *collector, const struct fault *fault)
{
    if (fault->text[0] != '\0')
        fprintf(stderr, "%s\n", fault->text);
    else
        fprintf(stderr, "%s: a running collector builds these files; stop it first\n",
                collector->rrd_directory);
}

int command_rebuild(struct collector *collector, char **figures, int count)
{
    struct fault fault = { 0 };
    if (check_figures(collector, figures, count) != 0)
        return 2;
    struct mirror *mirror =
        mirror_open(collector->rrd_directory, collector->ledger, &collector->log, &fault);
    if (mirror == NULL) {
        print_no_mirror(collector, &fault);
        return 1;
    }
    if (count == 0)
        mirror_forget(mirror, NULL);
    for (int i = 0; i < count; i++)
        mirror_forget(mirror, figures[i]);
    int result = collector_level(collector, mirror);
    printf("RRD files: %zu built\n", mirror_tally(mirror).built);
    mirror_close(mirror);
    return result == 0 ? 0 : 1;
}
