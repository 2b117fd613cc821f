/* SPDX-License-Identifier: MIT */
/* web.c - the HTTP server: listeners, threads and limits around a table of routes */
#include "web.h"

#include "listener.h"
#include "web_crowd.h"
#include "web_visit.h"

#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    THREADS = 2,   /* of each listener */
    LEAVING = 100, /* connections beyond those that stay: on their way out, or refused in words */
    GRACE_STEP_MS = 5,
};

struct web {
    struct web_visits visits;
    struct web_crowd *crowd;
    size_t started;               /* of the daemons */
    struct MHD_Daemon *daemons[]; /* one a listener, in the order of settings.listen */
};

static void *on_first_line(void *cls, const char *target, struct MHD_Connection *connection)
{
    return web_visit_begin(cls, target, connection);
}

static struct web_guest *guest_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *piece,
                                  size_t *size, void **state)
{
    const struct web *web = cls;
    (void)path, (void)version;
    web_crowd_serve(web->crowd, guest_of(connection));
    return *state != NULL && web_visit_go_on(*state, method, piece, size) ? MHD_YES : MHD_NO;
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode why)
{
    const struct web *web = cls;
    (void)why;
    web_visit_end(*state);
    web_crowd_served(web->crowd, guest_of(connection));
}

__attribute__((format(printf, 2, 0))) static void on_message(void *cls, const char *format,
                                                             va_list args)
{
    const struct web *web = cls;
    char *words = NULL;
    if (vasprintf(&words, format, args) < 0)
        return;
    words[strcspn(words, "\n")] = '\0';
    log_write(web->visits.settings.log, LOG_LEVEL_DEBUG, "libmicrohttpd", "text", words, NULL);
    free(words);
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **own,
                          enum MHD_ConnectionNotificationCode what)
{
    const struct web *web = cls;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        web_crowd_leave(web->crowd, *own);
        return;
    }
    *own = web_crowd_enter(
        web->crowd,
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
    if (web->visits.door.config->has_tls)
        web_tls_guard(
            &web->visits.door.tls,
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session);
}

static void *pointer_to(const char *string)
{
    return (void *)(uintptr_t)string; /* the library takes it so, and does not write there */
}

static struct MHD_Daemon *start_daemon(struct web *web, int listener)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    const struct MHD_OptionItem options[] = {
        { MHD_OPTION_LISTEN_SOCKET, listener, NULL },
        { MHD_OPTION_THREAD_POOL_SIZE, THREADS, NULL },
        { MHD_OPTION_CONNECTION_LIMIT, WEB_CONNECTIONS + LEAVING, NULL },
        { MHD_OPTION_CONNECTION_TIMEOUT, WEB_IDLE_SECONDS, NULL },
        { MHD_OPTION_CONNECTION_MEMORY_LIMIT, WEB_REQUEST_BYTES, NULL },
        { MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_first_line, &web->visits },
        { MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, web },
        { MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, web },
        { MHD_OPTION_END, 0, NULL },
    };
    const struct MHD_OptionItem tls[] = {
        { MHD_OPTION_HTTPS_MEM_CERT, 0, pointer_to(web->visits.door.tls.certificate) },
        { MHD_OPTION_HTTPS_MEM_KEY, 0, pointer_to(web->visits.door.tls.key) },
        { MHD_OPTION_HTTPS_PRIORITIES, 0, pointer_to(web->visits.door.tls.priorities) },
        { web->visits.door.tls.trust == NULL ? MHD_OPTION_END : MHD_OPTION_HTTPS_MEM_TRUST, 0,
          pointer_to(web->visits.door.tls.trust) },
        { MHD_OPTION_END, 0, NULL },
    };
    const struct MHD_OptionItem plain[] = { { MHD_OPTION_END, 0, NULL } };
    return MHD_start_daemon(flags | (web->visits.door.config->has_tls ? MHD_USE_TLS : 0), 0, NULL,
                            NULL, on_request, web, MHD_OPTION_EXTERNAL_LOGGER, on_message, web,
                            MHD_OPTION_ARRAY, options, MHD_OPTION_ARRAY,
                            web->visits.door.config->has_tls ? tls : plain, MHD_OPTION_END);
}

static int start_listening(struct web *web, const char *address, struct fault *fault)
{
    int listener = web_door_listen(&web->visits.door, address, web->visits.settings.open, fault);
    if (listener < 0)
        return -1;
    struct MHD_Daemon *daemon = start_daemon(web, listener);
    if (daemon == NULL) {
        close(listener);
        return fault_set(fault, "cannot serve HTTP on %s", address);
    }
    web->daemons[web->started++] = daemon;
    char port[8];
    snprintf(port, sizeof port, "%u", listener_port(listener));
    log_write(web->visits.settings.log, LOG_LEVEL_INFO, "listening", "address", address, "port",
              port, "tls", web->visits.door.config->has_tls ? "true" : "false", NULL);
    return 0;
}

struct web *web_start(const struct web_settings *settings, struct fault *fault)
{
    size_t size = sizeof(struct web) + settings->listen_count * sizeof(struct MHD_Daemon *);
    struct web *web = calloc(1, size);
    struct web_crowd *crowd = web_crowd_new(WEB_CONNECTIONS);
    if (web == NULL || crowd == NULL) {
        fault_set(fault, "cannot start the HTTP server: out of memory");
        free(web);
        web_crowd_free(crowd);
        return NULL;
    }
    web->crowd = crowd;
    int failed = web_visits_open(&web->visits, settings, fault);
    for (size_t i = 0; i < settings->listen_count && failed == 0; i++)
        failed = start_listening(web, settings->listen[i], fault);
    if (failed == 0)
        return web;
    web_stop(web);
    return NULL;
}

void web_stop(struct web *web)
{
    atomic_size_t *under_way = &web->visits.under_way;
    web_visits_stop(&web->visits);
    for (int ms = 0; ms < WEB_GRACE_MS && atomic_load(under_way) > 0; ms += GRACE_STEP_MS)
        poll(NULL, 0, GRACE_STEP_MS);
    for (size_t i = 0; i < web->started; i++)
        MHD_stop_daemon(web->daemons[i]);
    web_visits_close(&web->visits);
    web_crowd_free(web->crowd);
    free(web);
}

unsigned web_port(const struct web *web, size_t index)
{
    return listener_port(
        MHD_get_daemon_info(web->daemons[index], MHD_DAEMON_INFO_LISTEN_FD)->listen_fd);
}
