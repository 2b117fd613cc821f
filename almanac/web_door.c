/* SPDX-License-Identifier: MIT */
/* web_door.c - what stands in front of the answers: addresses, certificates, passwords, a limit */
#include "web_door.h"

#include "listener.h"

#include <unistd.h>

int web_door_open(struct web_door *door, const struct web_config *config, const struct clock *clock,
                  struct fault *fault)
{
    static const struct web_config plain = { .has_tls = false };
    *door = (struct web_door){ .config = config == NULL ? &plain : config };
    config = door->config;
    web_limit_init(&door->limit, config->limit_ms, config->limit_burst, clock_steady_ms(clock));
    if (config->has_tls && web_tls_load(&door->tls, &config->tls, &door->arena, fault) != 0)
        return -1;
    if (config->user_count == 0)
        return 0;
    door->passwords = web_passwords_new(config->users, config->user_count, fault);
    return door->passwords == NULL ? -1 : 0;
}

void web_door_close(struct web_door *door)
{
    web_passwords_free(door->passwords);
    web_limit_free(&door->limit);
    arena_free(&door->arena);
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

int web_door_listen(const struct web_door *door, const char *address, bool open,
                    struct fault *fault)
{
    int listener = listener_open(address, fault);
    const char *lack = lack_of(door->config);
    if (listener < 0 || open || lack == NULL || listener_is_local(listener))
        return listener;
    close(listener);
    return fault_set(fault,
                     "will not listen on %s, which other machines reach: there is no %s; expected "
                     "both from --web.config.file, or --web.open-to-network",
                     address, lack);
}
