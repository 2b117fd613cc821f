/* SPDX-License-Identifier: MIT */
/* web_config.c - the web configuration file of Prometheus exporters */
#include "web_config.h"

#include "file.h"
#include "period.h"
#include "visible.h"
#include "web_tls.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The configuration, and what only reading it needs. */
struct reading {
    struct web_config config; /* first, so that the rows' offsets apply */
    struct web_user *users;
    const char *interval, *no_sniffing;
    int http2;
};

/* A connection has WEB_REQUEST_BYTES for its request and the head of its answer: without room for
 * that it would get none. */
enum { HEADER_BYTES = 4096 };

static int check_header(const char *value, struct fault *fault)
{
    if (strlen(value) > HEADER_BYTES)
        return fault_set(fault, "a header has %zu bytes; expected at most %d", strlen(value),
                         HEADER_BYTES);
    for (const char *at = value; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || (unsigned char)*at > '~')
            return fault_set(fault, "a header has a character that is no printable ASCII; expected "
                                    "one line of ASCII");
    return 0;
}

static int check_options(const char *value, struct fault *fault)
{
    if (strcasecmp(value, "nosniff") == 0)
        return 0;
    return fault_set(fault, "'X-Content-Type-Options' is '%s'; expected nosniff", value);
}

static int check_frames(const char *value, struct fault *fault)
{
    if (strcasecmp(value, "deny") == 0 || strcasecmp(value, "sameorigin") == 0)
        return 0;
    return fault_set(fault, "'X-Frame-Options' is '%s'; expected deny or sameorigin", value);
}

/* Milliseconds; -1: malformed. */
static int64_t read_interval(const char *text)
{
    if (strcmp(text, "0") == 0)
        return 0;
    size_t digits = strspn(text, "0123456789");
    if (digits > 0 && digits < 10 && strcmp(text + digits, "ms") == 0)
        return atoll(text);
    int64_t seconds = duration_read(text);
    return seconds < 0 ? -1 : seconds * 1000;
}

static int check_interval(const char *text, struct fault *fault)
{
    int64_t interval = read_interval(text);
    if (interval >= 0 && interval <= PERIOD_DAY * 1000)
        return 0;
    return fault_set(fault, "'interval' is '%s'; expected a duration up to 1d, like 100ms, or 0",
                     text);
}

/* $2y$10$ and 53 characters of salt and hash. */
static bool is_bcrypt(const char *hash)
{
    static const char alphabet[] =
        "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    bool starts = hash[0] == '$' && hash[1] == '2' && hash[2] != '\0' &&
                  strchr("aby", hash[2]) != NULL && hash[3] == '$' &&
                  strspn(hash + 4, "0123456789") == 2 && hash[6] == '$';
    if (!starts)
        return false;
    int cost = atoi(hash + 4);
    return cost >= 4 && cost <= 31 && strlen(hash + 7) == 53 && strspn(hash + 7, alphabet) == 53;
}

static int read_user(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    const char *name = entry->key, *hash = entry->value;
    struct reading *reading = target;
    struct web_config *config = &reading->config;
    if (name[0] == '\0' || strchr(name, ':') != NULL)
        return fault_set(fault, "'%s' is no user's name; expected one without a colon", name);
    if (visible_check(name, fault) != 0) /* it becomes the source of what is reported */
        return fault_at(fault, "'%s' is no user's name: it ", name);
    if (!is_bcrypt(hash))
        return fault_set(fault,
                         "the password of '%s' is no bcrypt hash; expected $2a$, $2b$ or $2y$, a "
                         "cost from 04 to 31, and 53 characters",
                         name);
    for (size_t i = 0; i < config->user_count; i++)
        if (strcmp(reading->users[i].name, name) == 0)
            return fault_set(fault, "the user '%s' stands here twice; expected it once", name);
    if (config->user_count == WEB_USERS)
        return fault_set(fault, "more than %d users", WEB_USERS);
    reading->users =
        arena_grow(entry->arena, reading->users, config->user_count, sizeof *reading->users);
    reading->users[config->user_count++] = (struct web_user){ name, hash };
    return 0;
}

static const char *const versions[] = /* in the order of enum web_tls_version */
    { "TLS10", "TLS11", "TLS12", "TLS13", NULL };
static const char *const clients[] = { "NoClientCert",
                                       "RequestClientCert",
                                       "RequireAnyClientCert",
                                       "VerifyClientCertIfGiven",
                                       "RequireAndVerifyClientCert",
                                       "RequireClientCert", /* RequireAnyClientCert, formerly */
                                       NULL };

#define TLS_FIELD(name) offsetof(struct reading, config.tls.name)
#define TLS_TEXT(name)  .key = #name, .type = YAML_STRING, .offset = TLS_FIELD(name)
#define TLS_VERSION(name, field)                                                                   \
    .key = name, .type = YAML_WORD, .offset = TLS_FIELD(field), .words = versions,                 \
    .expected = "TLS10, TLS11, TLS12 or TLS13"

static const struct yaml_row tls_rows[] = {
    { TLS_TEXT(cert), .expected = "a certificate in PEM" },
    { TLS_TEXT(key), .expected = "a key in PEM" },
    { TLS_TEXT(client_ca), .expected = "certificates in PEM" },
    { TLS_TEXT(cert_file), .expected = "a file with the certificate" },
    { TLS_TEXT(key_file), .expected = "a file with its key" },
    { TLS_TEXT(client_ca_file),
      .expected = "a file with the certificates of clients' authorities" },
    { .key = "client_auth_type",
      .type = YAML_WORD,
      .offset = TLS_FIELD(client),
      .words = clients,
      .expected = "NoClientCert, RequestClientCert, RequireAnyClientCert, VerifyClientCertIfGiven "
                  "or RequireAndVerifyClientCert" },
    { .key = "client_allowed_sans",
      .type = YAML_STRINGS,
      .offset = TLS_FIELD(client_sans),
      .most = 1000,
      .expected = "a list of at most 1000 subject alternative names" },
    { TLS_VERSION("min_version", oldest) },
    { TLS_VERSION("max_version", newest) },
    { .key = "cipher_suites",
      .type = YAML_STRINGS,
      .offset = TLS_FIELD(ciphers),
      .most = 32,
      .expected = "a list of at most 32 cipher suites" },
    { .key = "curve_preferences",
      .type = YAML_STRINGS,
      .offset = TLS_FIELD(curves),
      .most = 8,
      .expected = "a list of at most 8 curves" },
    { .key = "prefer_server_cipher_suites", .offset = TLS_FIELD(prefer_server), YAML_TRUTH },
    { 0 },
};

#define HEADER(target, name, tester)                                                               \
    {                                                                                              \
        .key = name, .type = YAML_STRING, .offset = offsetof(struct reading, target),              \
        .check = tester, .expected = "the header's value"                                          \
    }

static const struct yaml_row header_rows[] = {
    HEADER(config.headers[0], "Content-Security-Policy", check_header),
    HEADER(config.headers[1], "Strict-Transport-Security", check_header),
    HEADER(no_sniffing, "X-Content-Type-Options", check_options), /* sent in any case */
    HEADER(config.headers[3], "X-Frame-Options", check_frames),
    HEADER(config.headers[4], "X-XSS-Protection", check_header),
    { 0 },
};

const char *web_header_name(size_t index)
{
    return header_rows[index].key;
}

static const struct yaml_row http_rows[] = {
    { .key = "http2", .offset = offsetof(struct reading, http2), YAML_TRUTH },
    { .key = "headers", .type = YAML_MAPPING, .rows = header_rows, .expected = "a mapping" },
    { 0 },
};

static const struct yaml_row limit_rows[] = {
    { .key = "interval",
      .type = YAML_STRING,
      .offset = offsetof(struct reading, interval),
      .check = check_interval,
      .expected = "a duration like 100ms or 1s, or 0" },
    { .key = "burst",
      .type = YAML_INTEGER,
      .offset = offsetof(struct reading, config.limit_burst),
      .most = 1000000,
      .expected = "a number of requests, at most 1000000" },
    { 0 },
};

static int check_clients(const struct web_tls_config *tls, struct fault *fault)
{
    bool has_ca = tls->client_ca != NULL || tls->client_ca_file != NULL;
    bool requires =
        tls->client == WEB_CLIENT_REQUIRE_ANY || tls->client == WEB_CLIENT_REQUIRE_AND_VERIFY;
    if (has_ca && tls->client == WEB_CLIENT_NONE)
        return fault_set(fault, "'client_ca_file' is given and clients are not asked for a "
                                "certificate; expected a 'client_auth_type', too");
    if (!has_ca && tls->client == WEB_CLIENT_REQUIRE_AND_VERIFY)
        return fault_set(fault, "'client_auth_type' is RequireAndVerifyClientCert and no "
                                "certificate could pass; expected a 'client_ca_file', too");
    if (tls->client_sans.count > 0 && !requires)
        return fault_set(fault, "'client_allowed_sans' is given and clients may come without a "
                                "certificate; expected 'client_auth_type: "
                                "RequireAndVerifyClientCert'");
    return 0;
}

static int check_pair(const char *text, const char *file, const char *name, struct fault *fault)
{
    if (text == NULL && file == NULL)
        return fault_set(fault, "'%s_file' is missing; expected a file in PEM", name);
    if (text != NULL && file != NULL)
        return fault_set(fault, "'%s' and '%s_file' are given; expected one of them", name, name);
    return 0;
}

static int check_tls(const struct web_tls_config *tls, struct fault *fault)
{
    struct text priorities = { 0 };
    if (check_pair(tls->cert, tls->cert_file, "cert", fault) != 0 ||
        check_pair(tls->key, tls->key_file, "key", fault) != 0 || check_clients(tls, fault) != 0)
        return -1;
    if (tls->oldest > tls->newest)
        return fault_set(
            fault, "'min_version' is newer than 'max_version'; expected it older, or the same");
    int failed = web_tls_priorities(tls, &priorities, fault);
    text_free(&priorities);
    return failed;
}

static int read_tls(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct reading *reading = target;
    struct web_tls_config *tls = &reading->config.tls;
    reading->config.has_tls = true;
    if (yaml_bind(mapping, tls_rows, reading, fault) != 0)
        return -1;
    if (tls->client > WEB_CLIENT_REQUIRE_AND_VERIFY)
        tls->client = WEB_CLIENT_REQUIRE_ANY;
    tls->cert_file = file_beside(tls->cert_file, mapping->path, mapping->arena);
    tls->key_file = file_beside(tls->key_file, mapping->path, mapping->arena);
    tls->client_ca_file = file_beside(tls->client_ca_file, mapping->path, mapping->arena);
    return check_tls(tls, fault) == 0 ? 0 : yaml_at(mapping, "", fault);
}

static const struct yaml_row root_rows[] = {
    { .key = "tls_server_config",
      .type = YAML_MAPPING,
      .reader = read_tls,
      .expected = "a mapping" },
    { .key = "http_server_config",
      .type = YAML_MAPPING,
      .rows = http_rows,
      .expected = "a mapping" },
    { .key = "basic_auth_users",
      .type = YAML_ENTRIES,
      .entry = read_user,
      .expected = "a mapping of names to bcrypt hashes" },
    { .key = "rate_limit", .type = YAML_MAPPING, .rows = limit_rows, .expected = "a mapping" },
    { 0 },
};

/* HTTP/2 requires one of these. Other programs may share the file and would refuse it without, so
 * it is refused here too, although this server speaks HTTP/1.1. */
static bool suits_http2(const struct reading *reading)
{
    const struct word_list *ciphers = &reading->config.tls.ciphers;
    if (reading->http2 == 0 || ciphers->count == 0 || reading->config.tls.oldest == WEB_TLS13)
        return true;
    return word_list_has(ciphers, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256") ||
           word_list_has(ciphers, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
}

static int read_root(void *target, const struct yaml_node *root, struct fault *fault)
{
    struct reading *reading = target;
    if (yaml_bind(root, root_rows, reading, fault) != 0)
        return -1;
    reading->config.limit_ms = reading->interval == NULL ? 0 : read_interval(reading->interval);
    if (reading->http2 == 1)
        return yaml_refuse(
            root, "http_server_config", fault,
            "'http2' is 'true'; expected false, because this server speaks HTTP/1.1");
    if (!suits_http2(reading))
        return yaml_refuse(root, "tls_server_config", fault,
                           "'cipher_suites' lack what HTTP/2 needs; expected "
                           "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 among them, or 'http2: false'");
    return 0;
}

int web_config_read(const char *path, struct arena *arena, struct web_config *config,
                    struct fault *fault)
{
    struct reading reading = {
        .config.tls = { .oldest = WEB_TLS12, .newest = WEB_TLS13, .prefer_server = 1 },
        .http2 = -1, /* not given */
    };
    int failed = yaml_read(path, arena, read_root, &reading, fault);
    *config = reading.config;
    config->users = reading.users;
    return failed;
}
