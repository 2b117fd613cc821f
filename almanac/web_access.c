/* SPDX-License-Identifier: MIT */
/* web_access.c - access control: addresses, certificates, passwords, a rate limit */
#include "web_access.h"

#include "listener.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int load(struct web_access *access, struct fault *fault)
{
    const struct web_config *config = &access->config;
    if (config->has_tls && web_tls_load(&access->tls, &config->tls, &access->arena, fault) != 0)
        return -1;
    if (config->user_count == 0)
        return 0;
    access->passwords = web_passwords_new(config->users, config->user_count, fault);
    return access->passwords == NULL ? -1 : 0;
}

struct web_access *web_access_open(const char *path, const struct clock *clock, struct fault *fault)
{
    struct web_access *access = array_new(1, sizeof *access);
    *access = (struct web_access){ .holders = 1 };
    int failed = path == NULL ? 0 : web_config_read(path, &access->arena, &access->config, fault);
    web_limit_init(&access->limit, access->config.limit_ms, access->config.limit_burst,
                   clock_steady_ms(clock));
    if (failed == 0 && load(access, fault) == 0)
        return access;
    if (failed == 0)
        fault_at(fault, "%s: ", path);
    web_access_release(access);
    return NULL;
}

struct web_access *web_access_hold(struct web_access *access)
{
    atomic_fetch_add(&access->holders, 1);
    return access;
}

void web_access_release(struct web_access *access)
{
    if (access == NULL || atomic_fetch_sub(&access->holders, 1) > 1)
        return;
    web_passwords_free(access->passwords);
    web_tls_free(&access->tls);
    web_limit_free(&access->limit);
    arena_free(&access->arena);
    free(access);
}

bool web_access_has_user(const struct web_access *access, const char *name)
{
    for (size_t i = 0; i < access->config.user_count; i++)
        if (strcmp(access->config.users[i].name, name) == 0)
            return true;
    return false;
}

static bool knows_who_asks(const struct web_config *config)
{
    return config->user_count > 0 ||
           (config->has_tls && config->tls.client == WEB_CLIENT_REQUIRE_AND_VERIFY);
}

static const char *lack_of(const struct web_config *config)
{
    if (!config->has_tls)
        return knows_who_asks(config) ? "TLS" : "TLS and no password";
    return knows_who_asks(config) ? NULL : "password";
}

int web_access_permits(const struct web_access *access, int listener, const char *address,
                       bool open, struct fault *fault)
{
    const char *lack = lack_of(&access->config);
    if (open || lack == NULL || listener_is_local(listener))
        return 0;
    return fault_set(fault,
                     "will not listen on %s, which other machines reach: there is no %s; expected "
                     "both from --web.config.file, or --web.open-to-network",
                     address, lack);
}

int web_access_listen(const struct web_access *access, const char *address, bool open,
                      struct fault *fault)
{
    int listener = listener_open(address, fault);
    if (listener < 0 || web_access_permits(access, listener, address, open, fault) == 0)
        return listener;
    close(listener);
    return -1;
}
