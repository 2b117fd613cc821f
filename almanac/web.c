/* SPDX-License-Identifier: MIT */
/* web.c - the HTTP server: listeners, threads and limits around a table of routes */
#include "web.h"

#include "arena.h"
#include "listener.h"
#include "web_connections.h"
#include "web_exchange.h"

#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    THREADS = 2,   /* threads per listener */
    LEAVING = 100, /* connections beyond the limit: closing, or being refused with a 503 */
    FILES = 100,   /* descriptors for other purposes */
    SWEEP_MS = 1000,
    TELL_MS = 60000, /* between two log lines about too many connections */
    GRACE_STEP_MS = 5,
};

struct web {
    struct web_exchanges exchanges;
    unsigned connections; /* maximum, including those that are closing */
    bool has_tls;
    pthread_t sweeper;
    bool sweeps;
    int stop;       /* readable when the sweeper must end */
    size_t started; /* listeners started */
    struct {
        struct MHD_Daemon *daemon;
        int socket; /* valid after accepting has stopped */
    } listeners[];  /* in the order of settings.listen */
};

static void *pointer_to(const char *string)
{
    return (void *)(uintptr_t)string; /* the library takes it non-const, but does not write to it */
}

static int64_t now(const struct web *web)
{
    return clock_steady_ms(web->exchanges.settings.log->clock);
}

static const struct web_visit *visit_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static struct web_connection *connection_of(struct MHD_Connection *connection)
{
    return visit_of(connection)->connection;
}

/* Hides the parameters from the library, which would parse them too, and gives no answer if they
 * exceed its memory. They are read from the exchange's copy. */
static void *on_first_line(void *cls, const char *target, struct MHD_Connection *connection)
{
    struct web_exchange *exchange =
        web_exchange_begin(cls, visit_of(connection), target == NULL ? "" : target, connection);
    char *parameters = target == NULL ? NULL : strchr(pointer_to(target), '?');
    if (parameters != NULL)
        parameters[1] = '\0';
    return exchange;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *piece,
                                  size_t *size, void **state)
{
    (void)cls, (void)connection, (void)path, (void)version;
    return web_exchange_go_on(*state, method, piece, size) ? MHD_YES : MHD_NO;
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode why)
{
    const struct web *web = cls;
    (void)why;
    web_exchange_end(*state);
    web_connection_idle(web->exchanges.all, connection_of(connection), now(web));
}

__attribute__((format(printf, 2, 0))) static void on_message(void *cls, const char *format,
                                                             va_list args)
{
    const struct web *web = cls;
    struct text words = { 0 };
    text_vprintf(&words, format, args);
    words.bytes[strcspn(words.bytes, "\n")] = '\0';
    log_write(web->exchanges.settings.log, LOG_LEVEL_DEBUG, "libmicrohttpd", "text", words.bytes,
              NULL);
    text_free(&words);
}

static struct web_visit *begin_visit(struct web *web, struct MHD_Connection *connection)
{
    int socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    struct web_visit *visit = array_new(1, sizeof *visit);
    *visit = (struct web_visit){ web_connection_open(web->exchanges.all, socket, now(web)),
                                 web_exchanges_access(&web->exchanges) };
    if (visit->access->config.has_tls)
        web_tls_guard(
            &visit->access->tls,
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session);
    return visit;
}

static void end_visit(const struct web *web, struct web_visit *visit)
{
    web_connection_close(web->exchanges.all, visit->connection);
    web_access_release(visit->access);
    free(visit);
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **own,
                          enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_CLOSED)
        end_visit(cls, *own);
    else
        *own = begin_visit(cls, connection);
}

static struct MHD_Daemon *start_daemon(struct web *web, int listener)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    const struct MHD_OptionItem options[] = {
        { MHD_OPTION_LISTEN_SOCKET, listener, NULL },
        { MHD_OPTION_THREAD_POOL_SIZE, THREADS, NULL },
        { MHD_OPTION_CONNECTION_LIMIT, (intptr_t)web->connections, NULL },
        { MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL },
        { MHD_OPTION_CONNECTION_TIMEOUT, WEB_IDLE_SECONDS, NULL },
        { MHD_OPTION_CONNECTION_MEMORY_LIMIT, WEB_REQUEST_BYTES, NULL },
        { MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_first_line, &web->exchanges },
        { MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, web },
        { MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, web },
        { MHD_OPTION_END, 0, NULL },
    };
    const struct web_tls *tls = &web->exchanges.access->tls;
    const struct MHD_OptionItem certified[] = {
        /* each session gets its own, but it wants some */
        { MHD_OPTION_HTTPS_MEM_CERT, 0, pointer_to(tls->certificate) },
        { MHD_OPTION_HTTPS_MEM_KEY, 0, pointer_to(tls->key) },
        { MHD_OPTION_END, 0, NULL },
    };
    const struct MHD_OptionItem plain[] = { { MHD_OPTION_END, 0, NULL } };
    return MHD_start_daemon(flags | (web->has_tls ? MHD_USE_TLS : 0), 0, NULL, NULL, on_request,
                            web, MHD_OPTION_EXTERNAL_LOGGER, on_message, web, MHD_OPTION_ARRAY,
                            options, MHD_OPTION_ARRAY, web->has_tls ? certified : plain,
                            MHD_OPTION_END);
}

static int start_listening(struct web *web, const char *address, struct fault *fault)
{
    int listener =
        web_access_listen(web->exchanges.access, address, web->exchanges.settings.open, fault);
    if (listener < 0)
        return -1;
    struct MHD_Daemon *daemon = start_daemon(web, listener);
    if (daemon == NULL) {
        close(listener);
        return fault_set(fault, "cannot serve HTTP on %s", address);
    }
    web->listeners[web->started++].daemon = daemon;
    char port[8];
    snprintf(port, sizeof port, "%u", listener_port(listener));
    log_write(web->exchanges.settings.log, LOG_LEVEL_INFO, "listening", "address", address, "port",
              port, "tls", web->has_tls ? "true" : "false", NULL);
    return 0;
}

/* Logs connections closed to make room at most once a minute, however many there are. */
static void *sweep(void *argument)
{
    const struct web *web = argument;
    struct pollfd stop = { .fd = web->stop, .events = POLLIN };
    size_t closed = 0;
    int64_t told = 0;
    while (poll(&stop, 1, SWEEP_MS) == 0) {
        closed += web_connections_sweep(web->exchanges.all, now(web));
        if (closed == 0 || (told != 0 && now(web) - told < TELL_MS))
            continue;
        char number[24];
        snprintf(number, sizeof number, "%zu", closed);
        log_write(web->exchanges.settings.log, LOG_LEVEL_WARN,
                  "too many connections; those that ask for nothing are closed", "closed", number,
                  NULL);
        told = now(web);
        closed = 0;
    }
    return NULL;
}

static int start_sweeping(struct web *web, struct fault *fault)
{
    web->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int error = web->stop < 0 ? errno : pthread_create(&web->sweeper, NULL, sweep, web);
    web->sweeps = error == 0;
    return web->sweeps ? 0 : fault_set(fault, "cannot start a thread: %s", strerror(error));
}

/* As many connections as wanted, or as descriptors allow, of which each may take two, for itself
 * and for the file of its answer: a connection that cannot be accepted would get no answer at all.
 */
static unsigned count_connections(void)
{
    struct rlimit limit;
    const unsigned wanted = WEB_CONNECTIONS + LEAVING, files = 2 * wanted + FILES;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return wanted;
    if (limit.rlim_cur < files) {
        limit.rlim_cur = limit.rlim_max < files ? limit.rlim_max : files;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    rlim_t left = limit.rlim_cur > 2 * FILES ? limit.rlim_cur - FILES : limit.rlim_cur / 2;
    return left / 2 < wanted ? (unsigned)(left / 2) : wanted;
}

static struct web *new_web(const struct web_settings *settings)
{
    struct web *web = array_new(1, sizeof *web + settings->listen_count * sizeof *web->listeners);
    web->connections = count_connections();
    web->exchanges.most = (size_t)web->connections * WEB_CONNECTIONS / (WEB_CONNECTIONS + LEAVING);
    web->exchanges.all = web_connections_new(web->exchanges.most, WEB_HEAD_SECONDS * 1000);
    web->stop = -1;
    return web;
}

struct web *web_start(const struct web_settings *settings, struct fault *fault)
{
    struct web *web = new_web(settings);
    int failed = web_exchanges_open(&web->exchanges, settings, fault);
    web->has_tls = web->exchanges.access->config.has_tls;
    if (failed == 0)
        failed = start_sweeping(web, fault);
    for (size_t i = 0; i < settings->listen_count && failed == 0; i++)
        failed = start_listening(web, settings->listen[i], fault);
    if (failed == 0)
        return web;
    web_stop(web);
    return NULL;
}

/* Stops accepting. The library would instead shut the socket down, which may be inherited and
 * shared: the next process serves the clients that wait there. */
static void stop_listening(struct web *web)
{
    for (size_t i = 0; i < web->started; i++)
        web->listeners[i].socket = MHD_quiesce_daemon(web->listeners[i].daemon);
}

static void stop_daemons(struct web *web)
{
    for (size_t i = 0; i < web->started; i++) {
        MHD_stop_daemon(web->listeners[i].daemon);
        close(web->listeners[i].socket);
    }
}

void web_stop(struct web *web)
{
    atomic_size_t *under_way = &web->exchanges.under_way;
    stop_listening(web);
    web_exchanges_stop(&web->exchanges);
    for (int ms = 0; ms < WEB_GRACE_MS && atomic_load(under_way) > 0; ms += GRACE_STEP_MS)
        poll(NULL, 0, GRACE_STEP_MS);
    if (web->sweeps) {
        eventfd_write(web->stop, 1);
        pthread_join(web->sweeper, NULL);
    }
    stop_daemons(web);
    web_exchanges_close(&web->exchanges);
    web_connections_free(web->exchanges.all);
    if (web->stop >= 0)
        close(web->stop);
    free(web);
}

static int socket_of(const struct web *web, size_t index)
{
    return MHD_get_daemon_info(web->listeners[index].daemon, MHD_DAEMON_INFO_LISTEN_FD)->listen_fd;
}

int web_check_access(const struct web *web, const struct web_access *access, struct fault *fault)
{
    const struct web_settings *settings = &web->exchanges.settings;
    if (access->config.has_tls != web->has_tls)
        return fault_set(fault, "'tls_server_config' has %s; expected a restart for that",
                         web->has_tls ? "gone" : "come");
    int failed = 0;
    for (size_t i = 0; i < web->started && failed == 0; i++)
        failed = web_access_permits(access, socket_of(web, i), settings->listen[i], settings->open,
                                    fault);
    return failed;
}

void web_take_access(struct web *web, struct web_access *access)
{
    web_exchanges_take_access(&web->exchanges, access);
}

unsigned web_port(const struct web *web, size_t index)
{
    return listener_port(socket_of(web, index));
}
