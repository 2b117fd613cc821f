/* SPDX-License-Identifier: MIT */
/* web_options.c - the --web.* flags of both programs, and the HTTP server they describe */
#include "web_options.h"

#include "listener.h"
#include "pattern.h"

#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUTES = 32 };

/* The configuration that the flags describe. */
struct web_plan {
    struct arena arena;
    struct web_access *access;
    const char *prefix;
    struct pattern *origins;
    struct option_list listen;
    struct route routes[ROUTES];
    size_t route_count;
};

void web_options_rows(struct web_options *options, struct option_row *rows)
{
    const struct option_row all[WEB_OPTION_ROWS] = {
        { "web.listen-address", "ADDRESS", OPTION_LIST, &options->listen,
          "Where to listen, HOST:PORT, [IPV6]:PORT, :PORT or fd:NUMBER.", NULL },
        { "web.config.file", "FILE", OPTION_WORD, &options->config_file,
          "TLS, passwords and headers, as all Prometheus exporters read them.", NULL },
        { "web.telemetry-path", "PATH", OPTION_WORD, &options->telemetry_path,
          "Where the metrics are (default /metrics).", NULL },
        { "web.external-url", "URL", OPTION_WORD, &options->external_url,
          "Where a proxy shows this server; its path is the default route prefix.", NULL },
        { "web.route-prefix", "PATH", OPTION_WORD, &options->route_prefix,
          "What stands in front of every path.", NULL },
        { "web.systemd-socket", NULL, OPTION_FLAG, &options->systemd_socket,
          "Listen on the sockets that systemd passes.", NULL },
        { "web.enable-lifecycle", NULL, OPTION_FLAG, &options->lifecycle,
          "Let PUT or POST of /-/reload and /-/quit reload and stop.", NULL },
        { "web.open-to-network", NULL, OPTION_FLAG, &options->open,
          "Listen for other machines even without TLS and passwords.", NULL },
    };
    memcpy(rows, all, sizeof all);
    options->telemetry_path = "/metrics";
}

static bool is_path(const char *path)
{
    return path[0] == '/' && path[strcspn(path, "*?#% ")] == '\0' && strstr(path, "//") == NULL;
}

/* The path of "https://example.org/almanac/", or NULL. */
static const char *path_of(const char *url)
{
    size_t scheme = strncmp(url, "http://", 7) == 0 ? 7 : strncmp(url, "https://", 8) == 0 ? 8 : 0;
    size_t host = strcspn(url + scheme, "/?#");
    if (scheme == 0 || host == 0)
        return NULL;
    return url[scheme + host] == '\0' ? "/" : url + scheme + host;
}

static int plan_prefix(const struct web_options *options, struct web_plan *plan,
                       struct fault *fault)
{
    const char *url = options->external_url, *path = url == NULL ? "/" : path_of(url);
    if (path == NULL || (options->route_prefix == NULL && !is_path(path)))
        return fault_set(
            fault, "--web.external-url is '%s'; expected one like https://example.org/almanac",
            url);
    if (options->route_prefix != NULL)
        path = options->route_prefix;
    if (!is_path(path))
        return fault_set(fault, "--web.route-prefix is '%s'; expected a path like /almanac", path);
    size_t size = strlen(path);
    char *prefix = arena_take(&plan->arena, size + 2, 1);
    strcpy(prefix, path);
    if (path[size - 1] != '/')
        prefix[size] = '/';
    plan->prefix = prefix;
    return 0;
}

static int plan_passed(struct web_plan *plan, struct fault *fault)
{
    struct option_list *listen = &plan->listen;
    int passed = listener_passed(fault);
    if (passed < 0)
        return -1;
    const int most = sizeof listen->words / sizeof *listen->words;
    if (passed > most)
        return fault_set(fault, "systemd has passed %d sockets; expected at most %d", passed, most);
    for (int i = 0; i < passed; i++) {
        struct text word = { 0 };
        text_printf(&word, "fd:%d", 3 + i);
        listen->words[listen->count++] = arena_string(&plan->arena, word.bytes);
        text_free(&word);
    }
    return 0;
}

static int plan_listeners(const struct web_options *options, struct web_plan *plan,
                          struct fault *fault)
{
    struct option_list *listen = &plan->listen;
    *listen = options->listen;
    if (options->systemd_socket && listen->count > 0)
        return fault_set(fault, "--web.systemd-socket goes without --web.listen-address");
    if (options->systemd_socket) /* systemd passes them only to what it starts */
        return options->program->check ? 0 : plan_passed(plan, fault);
    if (listen->count == 0)
        listen->words[listen->count++] = options->default_address;
    for (size_t i = 0; i < listen->count; i++)
        if (listener_check(listen->words[i], fault) != 0)
            return fault_at(fault, "--web.listen-address: ");
    return 0;
}

static int plan_origins(const struct web_options *options, struct web_plan *plan,
                        struct fault *fault)
{
    if (options->cors_origin == NULL)
        return 0;
    plan->origins = pattern_compile(options->cors_origin, PATTERN_RE2_ANCHORED, fault);
    return plan->origins == NULL ? fault_at(fault, "--web.cors.origin: ") : 0;
}

static bool is_open(const struct web_options *options, struct reply *reply)
{
    if (!options->lifecycle)
        reply_words(reply, 403, "this is closed; start with --web.enable-lifecycle to open it");
    return options->lifecycle;
}

static void answer_reload(void *context, const struct request *request, struct reply *reply)
{
    const struct web_options *options = context;
    struct fault fault = { 0 };
    (void)request;
    if (!is_open(options, reply))
        return;
    int failed = reload_ask(options->reload, &fault);
    if (failed == 0)
        reply_words(reply, 200, "The configuration is loaded.");
    else
        reply_words(reply, failed < 0 ? 500 : 503, "%s", fault.text);
}

static void answer_quit(void *context, const struct request *request, struct reply *reply)
{
    (void)request;
    if (!is_open(context, reply))
        return;
    kill(getpid(), SIGTERM);
    reply_words(reply, 200, "Goodbye.");
}

static int add_route(struct web_plan *plan, const struct route *route, struct fault *fault)
{
    for (size_t i = 0; i < plan->route_count; i++)
        if (strcmp(plan->routes[i].path, route->path) == 0)
            return fault_set(fault,
                             "--web.telemetry-path is '%s', where something else is; expected a "
                             "path of its own",
                             route->path);
    assert(plan->route_count < ROUTES);
    plan->routes[plan->route_count++] = *route;
    return 0;
}

static int plan_routes(struct web_options *options, struct fault *fault)
{
    const struct route lifecycle[] = {
        { .path = "/-/reload",
          .slow = ROUTE_QUEUES, /* scrapes do not wait for it */
          .answer = answer_reload,
          .methods = "PUT,POST",
          .context = options },
        { .path = "/-/quit", .answer = answer_quit, .methods = "PUT,POST", .context = options },
    };
    int failed = add_route(options->plan, &lifecycle[0], fault) ||
                 add_route(options->plan, &lifecycle[1], fault);
    for (size_t i = 0; i < options->route_count && failed == 0; i++) {
        struct route route = options->routes[i];
        if (strcmp(route.path, "/metrics") == 0)
            route.path = options->telemetry_path;
        failed = add_route(options->plan, &route, fault);
    }
    return failed;
}

int web_options_check(struct web_options *options, struct fault *fault)
{
    struct web_plan *plan = options->plan = array_new(1, sizeof *plan);
    options->reload = reload_open(&clock_system);
    if (!is_path(options->telemetry_path))
        return fault_set(fault, "--web.telemetry-path is '%s'; expected a path like /metrics",
                         options->telemetry_path);
    if (plan_prefix(options, plan, fault) != 0 || plan_origins(options, plan, fault) != 0 ||
        plan_listeners(options, plan, fault) != 0 || plan_routes(options, fault) != 0)
        return -1;
    plan->access = web_access_open(options->config_file, &clock_system, fault);
    return plan->access == NULL ? -1 : 0;
}

const struct web_access *web_options_access(const struct web_options *options)
{
    return options->plan->access;
}

struct web_access *web_options_reread(const struct web_options *options, const struct web *web,
                                      struct fault *fault)
{
    struct web_access *access = web_access_open(options->config_file, &clock_system, fault);
    if (access == NULL || web == NULL || web_check_access(web, access, fault) == 0)
        return access;
    fault_at(fault, "%s: ", options->config_file);
    web_access_release(access);
    return NULL;
}

void web_options_take(struct web_options *options, struct web *web, struct web_access *access)
{
    if (web != NULL)
        web_take_access(web, access);
    web_access_release(options->plan->access);
    options->plan->access = access;
}

void web_options_free(struct web_options *options)
{
    reload_close(options->reload);
    options->reload = NULL;
    if (options->plan == NULL)
        return;
    web_access_release(options->plan->access);
    arena_free(&options->plan->arena);
    pattern_free(options->plan->origins);
    free(options->plan);
    options->plan = NULL;
}

struct web *web_options_start(struct web_options *options, void *context, struct fault *fault)
{
    struct web_plan *plan = options->plan;
    const struct web_settings settings = { .listen = plan->listen.words,
                                           .listen_count = plan->listen.count,
                                           .routes = plan->routes,
                                           .route_count = plan->route_count,
                                           .prefix = plan->prefix,
                                           .access = plan->access,
                                           .origins = plan->origins,
                                           .open = options->open,
                                           .context = context,
                                           .log = &options->program->log };
    struct web *web = web_start(&settings, fault);
    if (web != NULL)
        reload_start(options->reload);
    return web;
}
