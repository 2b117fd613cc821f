/* SPDX-License-Identifier: MIT */
/* collector.c - the state common to the commands of almanac-collector */
#include "collector.h"

#include "../almanac/file.h"
#include "rules_check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LEVEL_SLICE_MS = 1000 };

/* Without passwords nobody has a name, so nothing can be said of names. */
static int check_reporters(const struct collector *collector, const struct settings *settings,
                           const struct web_access *access, struct fault *fault)
{
    if (access->config.user_count == 0)
        return 0;
    for (size_t i = 0; i < settings->reporter_count; i++)
        if (!web_access_has_user(access, settings->reporters[i].user))
            return fault_set(fault,
                             "%s: reporter '%s': %s has no such user; expected one of its "
                             "basic_auth_users",
                             collector->config_file, settings->reporters[i].user,
                             collector->web->config_file);
    return 0;
}

int collector_configure(struct collector *collector, const struct web_access *access,
                        struct fault *fault)
{
    struct settings *settings = settings_load(collector->config_file, fault);
    if (settings == NULL)
        return -1;
    struct catalogue catalogue = settings->catalogue;
    if (rules_check(settings, &catalogue, fault) != 0 ||
        check_reporters(collector, settings, access, fault) != 0) {
        settings_free(settings);
        return -1;
    }
    collector->settings = settings;
    collector->catalogue = catalogue;
    if (collector->ledger != NULL)
        ledger_prefer(collector->ledger, &collector->catalogue);
    return 0;
}

int collector_open(struct collector *collector, const char *storage, enum ledger_door door,
                   struct fault *fault)
{
    struct fault none = { 0 };
    if (door == LEDGER_WRITER && file_make_folder(storage, fault) != 0)
        return -1;
    char *path = file_path(storage, "ledger.db");
    collector->storage = storage;
    collector->new_ledger = door == LEDGER_WRITER && collector_has_ledger(storage, &none) != 0;
    collector->rrd_directory = file_path(storage, "rrd");
    collector->bodies_directory = file_path(storage, "bodies");
    collector->ledger = ledger_open(path, door, fault);
    free(path);
    if (collector->ledger == NULL)
        return -1;
    ledger_prefer(collector->ledger, &collector->catalogue);
    return 0;
}

int collector_has_ledger(const char *storage, struct fault *fault)
{
    char *path = file_path(storage, "ledger.db");
    int result = access(path, F_OK);
    if (result != 0)
        fault_set(fault, "%s: %s; expected a ledger (see --storage.path)", path, strerror(errno));
    free(path);
    return result;
}

void collector_close(struct collector *collector)
{
    ledger_close(collector->ledger);
    settings_free(collector->settings);
    free(collector->rrd_directory);
    free(collector->bodies_directory);
}

const struct source_settings *collector_source(const struct collector *collector, const char *name)
{
    const struct settings *settings = collector->settings;
    for (size_t i = 0; i < settings->source_count; i++)
        if (strcmp(settings->sources[i].name, name) == 0)
            return &settings->sources[i];
    fprintf(stderr, "unknown source '%s'; expected one of the sources in %s\n", name,
            collector->config_file);
    return NULL;
}

int collector_level(struct collector *collector, struct mirror *mirror)
{
    struct fault fault = { 0 };
    if (mirror_look(mirror, &collector->catalogue, &fault) != 0) {
        log_write(&collector->log, LOG_LEVEL_ERROR, "RRD files cannot be kept level", "err",
                  fault.text, NULL);
        return -1;
    }
    while (mirror_behind(mirror) > 0)
        mirror_work(mirror, LEVEL_SLICE_MS);
    struct mirror_tally tally = mirror_tally(mirror);
    return tally.lacking == 0 && tally.put_down ? 0 : -1;
}
