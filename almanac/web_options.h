/* SPDX-License-Identifier: MIT */
/* web_options.h - the --web.* flags of both programs, and the HTTP server they describe */
#ifndef ALMANAC_WEB_OPTIONS_H
#define ALMANAC_WEB_OPTIONS_H

#include "options.h"
#include "program.h"
#include "reload.h"
#include "web.h"
#include "web_access.h"

struct web_options {
    const struct program *program; /* borrowed; the caller sets these five */
    const char *default_address;   /* "127.0.0.1:10196" */
    const struct route *routes;
    size_t route_count;
    const char *cors_origin; /* a regular expression; NULL, or bound to a flag of the caller's */
    struct option_list listen;
    const char *config_file, *telemetry_path, *external_url, *route_prefix;
    bool systemd_socket, lifecycle, open;
    struct reload *reload; /* set by web_options_check, like plan */
    struct web_plan *plan;
};

enum { WEB_OPTION_ROWS = 8 };

/* Fills in the defaults and the rows that read the flags. */
void web_options_rows(struct web_options *options, struct option_row *rows);

/* Checks the flags, the web configuration and its certificates; the fault says which is wrong. Call
 * web_options_free either way. */
int web_options_check(struct web_options *options, struct fault *fault);
void web_options_free(struct web_options *options);

/* The access in force, once it is checked. */
const struct web_access *web_options_access(const struct web_options *options);

/* Calls web_start as the checked flags say: with the routes, "/metrics" at --web.telemetry-path,
 * and the routes of --web.enable-lifecycle, which send the process SIGHUP and SIGTERM. From
 * then on the caller calls reload_begin and reload_end at each SIGHUP; and reload_stop before
 * web_stop, which the options must outlive. */
struct web *web_options_start(struct web_options *options, void *context, struct fault *fault);

/* Reads the web configuration again; web NULL: no server runs. NULL with a fault if the
 * configuration is wrong, or the server cannot take it. Pass it to web_access_release, or to
 * web_options_take, which puts it in force. */
struct web_access *web_options_reread(const struct web_options *options, const struct web *web,
                                      struct fault *fault);
void web_options_take(struct web_options *options, struct web *web, struct web_access *access);

#endif
