/* SPDX-License-Identifier: MIT */
/* web_access.c - access control: addresses, certificates, passwords, a rate limit */
#include "web_access.h"

#include "listener.h"

#include <unistd.h>

int web_access_open(struct web_access *access, const struct web_config *config,
                    const struct clock *clock, struct fault *fault)
{
    static const struct web_config plain = { .has_tls = false };
    *access = (struct web_access){ .config = config == NULL ? &plain : config };
    config = access->config;
    web_limit_init(&access->limit, config->limit_ms, config->limit_burst, clock_steady_ms(clock));
    if (config->has_tls && web_tls_load(&access->tls, &config->tls, &access->arena, fault) != 0)
        return -1;
    if (config->user_count == 0)
        return 0;
    access->passwords = web_passwords_new(config->users, config->user_count, fault);
    return access->passwords == NULL ? -1 : 0;
}

void web_access_close(struct web_access *access)
{
    web_passwords_free(access->passwords);
    web_limit_free(&access->limit);
    arena_free(&access->arena);
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

int web_access_listen(const struct web_access *access, const char *address, bool open,
                      struct fault *fault)
{
    int listener = listener_open(address, fault);
    const char *lack = lack_of(access->config);
    if (listener < 0 || open || lack == NULL || listener_is_local(listener))
        return listener;
    close(listener);
    return fault_set(fault,
                     "will not listen on %s, which other machines reach: there is no %s; expected "
                     "both from --web.config.file, or --web.open-to-network",
                     address, lack);
}
