/* SPDX-License-Identifier: MIT */
/* web_tls.c - TLS certificates, and the check of clients' certificates */
#include "web_tls.h"

#include "file.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/socket.h>

enum { PEM_MOST = 1000 * 1000 };

/* The cipher suites that Go considers secure; exchange NULL: a suite of TLS 1.3, which has none. */
static const struct suite {
    const char *name, *exchange, *cipher, *mac;
} suites[] = {
    { "TLS_AES_128_GCM_SHA256", NULL, "AES-128-GCM", "AEAD" },
    { "TLS_AES_256_GCM_SHA384", NULL, "AES-256-GCM", "AEAD" },
    { "TLS_CHACHA20_POLY1305_SHA256", NULL, "CHACHA20-POLY1305", "AEAD" },
    { "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA", "AES-128-CBC", "SHA1" },
    { "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA", "AES-256-CBC", "SHA1" },
    { "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA", "AES-128-GCM", "AEAD" },
    { "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA", "AES-256-GCM", "AEAD" },
    { "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-ECDSA", "CHACHA20-POLY1305", "AEAD" },
    { "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA", "AES-128-CBC", "SHA1" },
    { "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE-RSA", "AES-256-CBC", "SHA1" },
    { "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA", "AES-128-GCM", "AEAD" },
    { "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA", "AES-256-GCM", "AEAD" },
    { "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA", "CHACHA20-POLY1305", "AEAD" },
};
enum { SUITES = sizeof suites / sizeof *suites };

static const struct suite *find_suite(const char *name)
{
    for (size_t i = 0; i < SUITES; i++)
        if (strcmp(suites[i].name, name) == 0)
            return &suites[i];
    return NULL;
}

/* GnuTLS takes key exchanges and ciphers separately: whether it would offer the suite with
 * these. */
static bool comes_along(const struct suite *suite, const struct word_list *list)
{
    bool exchange = false, cipher = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct suite *listed = find_suite(list->items[i]);
        exchange = exchange ||
                   (listed->exchange != NULL && strcmp(listed->exchange, suite->exchange) == 0);
        cipher = cipher || strcmp(listed->cipher, suite->cipher) == 0;
    }
    return exchange && cipher && !word_list_has(list, suite->name);
}

static int check_suites(const struct web_tls_config *config, struct fault *fault)
{
    const struct word_list *list = &config->ciphers;
    for (size_t i = 0; i < list->count; i++)
        if (find_suite(list->items[i]) == NULL)
            return fault_set(
                fault,
                "'cipher_suites' has '%s', which is no suite known here; expected names as "
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                list->items[i]);
    for (size_t i = 0; i < SUITES; i++)
        if (config->oldest < WEB_TLS13 && suites[i].exchange != NULL &&
            comes_along(&suites[i], list))
            return fault_set(fault,
                             "'cipher_suites' lacks %s, which libmicrohttpd cannot leave out "
                             "beside the others; expected it there",
                             suites[i].name);
    return 0;
}

/* GnuTLS ignores repetitions. */
static void put_suites(struct text *priorities, const struct word_list *list)
{
    if (list->count == 0)
        return;
    text_put(priorities, ":-CIPHER-ALL:-MAC-ALL:-KX-ALL");
    for (size_t i = 0; i < list->count; i++) {
        const struct suite *suite = find_suite(list->items[i]);
        text_printf(priorities, ":+%s:+%s", suite->cipher, suite->mac);
        if (suite->exchange != NULL)
            text_printf(priorities, ":+%s", suite->exchange);
    }
}

static int put_curves(struct text *priorities, const struct word_list *list, struct fault *fault)
{
    static const char *const curves[][2] = {
        { "CurveP256", "SECP256R1" },
        { "CurveP384", "SECP384R1" },
        { "CurveP521", "SECP521R1" },
        { "X25519", "X25519" },
    };
    if (list->count > 0)
        text_put(priorities, ":-GROUP-ALL");
    for (size_t i = 0; i < list->count; i++) {
        size_t known = 0;
        while (known < 4 && strcmp(list->items[i], curves[known][0]) != 0)
            known++;
        if (known == 4)
            return fault_set(fault,
                             "'curve_preferences' has '%s'; expected CurveP256, CurveP384, "
                             "CurveP521 or X25519",
                             list->items[i]);
        text_printf(priorities, ":+GROUP-%s", curves[known][1]);
    }
    return 0;
}

/* Whether TLS 1.3 would have a cipher: it has none of the older kind. */
static bool suits_tls13(const struct word_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(find_suite(list->items[i])->mac, "AEAD") == 0)
            return true;
    return list->count == 0;
}

/* GnuTLS would choose TLS 1.3 before it looks for a cipher, and then find none. */
static int put_versions(struct text *priorities, const struct web_tls_config *config,
                        struct fault *fault)
{
    int newest = config->newest;
    if (newest == WEB_TLS13 && !suits_tls13(&config->ciphers))
        newest--;
    if (newest < config->oldest)
        return fault_set(fault, "'cipher_suites' has none for TLS 1.3, and 'min_version' is TLS13; "
                                "expected one like TLS_AES_128_GCM_SHA256");
    text_put(priorities, "NORMAL:-VERS-ALL");
    for (int version = newest; version >= config->oldest; version--)
        text_printf(priorities, ":+VERS-TLS1.%d", version);
    return 0;
}

int web_tls_priorities(const struct web_tls_config *config, struct text *priorities,
                       struct fault *fault)
{
    if (check_suites(config, fault) != 0 || put_versions(priorities, config, fault) != 0)
        return -1;
    put_suites(priorities, &config->ciphers);
    if (put_curves(priorities, &config->curves, fault) != 0)
        return -1;
    if (config->prefer_server)
        text_put(priorities, ":%SERVER_PRECEDENCE");
    return 0;
}

/* The PEM text, inline or from its file; NULL: neither. */
static int read_pem(const char *inlined, const char *path, struct arena *arena, const char **pem,
                    struct fault *fault)
{
    struct text bytes = { 0 };
    *pem = inlined;
    if (path == NULL)
        return 0;
    int failed = file_read(path, PEM_MOST, &bytes, fault);
    if (failed == 0 && memchr(bytes.bytes, '\0', bytes.size) != NULL)
        failed = fault_set(fault, "%s: has a zero byte; expected text in PEM", path);
    if (failed == 0)
        *pem = arena_string(arena, bytes.bytes);
    text_free(&bytes);
    return failed;
}

static gnutls_datum_t datum_of(const char *string)
{
    return (gnutls_datum_t){ (unsigned char *)(uintptr_t)string, (unsigned)strlen(string) };
}

static int hold_certificate(struct web_tls *tls, struct fault *fault)
{
    const struct web_tls_config *config = tls->config;
    gnutls_datum_t certificate = datum_of(tls->certificate), key = datum_of(tls->key);
    int error = gnutls_certificate_set_x509_key_mem(tls->credentials, &certificate, &key,
                                                    GNUTLS_X509_FMT_PEM);
    if (error >= 0)
        return 0;
    return fault_set(fault, "%s: no certificate in PEM that goes with the key in %s (%s)",
                     config->cert_file != NULL ? config->cert_file : "'cert'",
                     config->key_file != NULL ? config->key_file : "'key'", gnutls_strerror(error));
}

/* Of clients' authorities; pem NULL: there are none. */
static int hold_trust(struct web_tls *tls, const char *pem, struct fault *fault)
{
    const char *file = tls->config->client_ca_file;
    if (pem == NULL)
        return 0;
    gnutls_datum_t trust = datum_of(pem);
    if (gnutls_certificate_set_x509_trust_mem(tls->credentials, &trust, GNUTLS_X509_FMT_PEM) > 0)
        return 0;
    return fault_set(fault, "%s: has no certificate; expected at least one in PEM",
                     file != NULL ? file : "'client_ca'");
}

static int load_certificates(struct web_tls *tls, struct arena *arena, struct fault *fault)
{
    const struct web_tls_config *config = tls->config;
    const char *trust;
    if (read_pem(config->cert, config->cert_file, arena, &tls->certificate, fault) != 0 ||
        read_pem(config->key, config->key_file, arena, &tls->key, fault) != 0 ||
        read_pem(config->client_ca, config->client_ca_file, arena, &trust, fault) != 0)
        return -1;
    if (gnutls_certificate_allocate_credentials(&tls->credentials) < 0)
        return fault_set(fault, "cannot load certificates: out of memory");
    return hold_certificate(tls, fault) == 0 ? hold_trust(tls, trust, fault) : -1;
}

static int load_priorities(struct web_tls *tls, struct fault *fault)
{
    struct text priorities = { 0 };
    int failed = web_tls_priorities(tls->config, &priorities, fault);
    if (failed == 0 && gnutls_priority_init(&tls->priority, priorities.bytes, NULL) < 0)
        failed = fault_set(fault, "GnuTLS does not take the priorities %s", priorities.bytes);
    text_free(&priorities);
    return failed;
}

int web_tls_load(struct web_tls *tls, const struct web_tls_config *config, struct arena *arena,
                 struct fault *fault)
{
    *tls = (struct web_tls){ .config = config };
    return load_priorities(tls, fault) == 0 ? load_certificates(tls, arena, fault) : -1;
}

void web_tls_free(struct web_tls *tls)
{
    if (tls->credentials != NULL)
        gnutls_certificate_free_credentials(tls->credentials);
    if (tls->priority != NULL)
        gnutls_priority_deinit(tls->priority);
}

static bool is_signed_by_trusted(gnutls_session_t session)
{
    gnutls_typed_vdata_st purpose = { .type = GNUTLS_DT_KEY_PURPOSE_OID,
                                      .data =
                                          (unsigned char *)(uintptr_t)GNUTLS_KP_TLS_WWW_CLIENT };
    unsigned status;
    return gnutls_certificate_verify_peers(session, &purpose, 1, &status) == 0 && status == 0;
}

/* A name of the certificate as text; false if the list cannot contain its kind. */
static bool read_name(int kind, const char *bytes, size_t size, char *name, size_t room)
{
    if (kind == GNUTLS_SAN_IPADDRESS && (size == 4 || size == 16))
        return inet_ntop(size == 4 ? AF_INET : AF_INET6, bytes, name, (socklen_t)room) != NULL;
    if ((kind != GNUTLS_SAN_DNSNAME && kind != GNUTLS_SAN_RFC822NAME && kind != GNUTLS_SAN_URI) ||
        size >= room || memchr(bytes, '\0', size) != NULL)
        return false;
    memcpy(name, bytes, size);
    name[size] = '\0';
    return true;
}

static bool has_allowed_name(gnutls_x509_crt_t certificate, const struct word_list *allowed)
{
    char bytes[1024], name[1025];
    int kind = 0;
    for (unsigned i = 0; kind != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE; i++) {
        size_t size = sizeof bytes;
        kind = gnutls_x509_crt_get_subject_alt_name(certificate, i, bytes, &size, NULL);
        if (kind >= 0 && read_name(kind, bytes, size, name, sizeof name) &&
            word_list_has(allowed, name))
            return true;
    }
    return false;
}

static bool is_allowed(const gnutls_datum_t *peer, const struct word_list *allowed)
{
    gnutls_x509_crt_t certificate;
    if (allowed->count == 0)
        return true;
    if (gnutls_x509_crt_init(&certificate) < 0)
        return false;
    bool found = gnutls_x509_crt_import(certificate, peer, GNUTLS_X509_FMT_DER) >= 0 &&
                 has_allowed_name(certificate, allowed);
    gnutls_x509_crt_deinit(certificate);
    return found;
}

/* Called in the handshake; any result but 0 ends the connection. */
static int check_client(gnutls_session_t session)
{
    const struct web_tls *tls = gnutls_session_get_ptr(session);
    const struct web_tls_config *config = tls->config;
    unsigned count = 0;
    const gnutls_datum_t *peer = gnutls_certificate_get_peers(session, &count);
    bool verified = config->client == WEB_CLIENT_VERIFY_IF_GIVEN ||
                    config->client == WEB_CLIENT_REQUIRE_AND_VERIFY;
    if (peer == NULL || count == 0) /* if one is required, GnuTLS refuses */
        return 0;
    if (verified && !is_signed_by_trusted(session))
        return GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR;
    return is_allowed(peer, &config->client_sans) ? 0 : GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR;
}

static ssize_t pull(gnutls_transport_ptr_t transport, void *bytes, size_t size)
{
    return recv((int)(intptr_t)transport, bytes, size, 0);
}

/* What is not read before the socket is closed would reset the connection, and the answer be lost.
 */
static void answer_plain(int socket)
{
    static const char answer[] =
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
        "this port speaks HTTPS; expected https://\n";
    char rest[8192];
    send(socket, answer, sizeof answer - 1, MSG_DONTWAIT | MSG_NOSIGNAL);
    for (int i = 0; i < 8 && recv(socket, rest, sizeof rest, MSG_DONTWAIT) > 0; i++)
        ;
}

/* The handshake fails of a request in plain HTTP, and closes without a word. */
static ssize_t pull_first(gnutls_transport_ptr_t transport, void *bytes, size_t size)
{
    static const char *const plain[] = { "GET /", "HEAD ", "POST ", "PUT /", "DELET", "OPTIO" };
    ssize_t got = pull(transport, bytes, size);
    for (size_t i = 0; got >= 5 && i < sizeof plain / sizeof *plain; i++)
        if (memcmp(bytes, plain[i], 5) == 0)
            answer_plain((int)(intptr_t)transport);
    return got;
}

/* Called when the client has said hello; what follows is not looked at. */
static int pull_the_rest(gnutls_session_t session, unsigned type, unsigned when, unsigned incoming,
                         const gnutls_datum_t *message)
{
    (void)type, (void)when, (void)incoming, (void)message;
    gnutls_transport_set_pull_function(session, pull);
    return 0;
}

void web_tls_guard(const struct web_tls *tls, void *session)
{
    static const gnutls_certificate_request_t requests[] = {
        [WEB_CLIENT_NONE] = GNUTLS_CERT_IGNORE,
        [WEB_CLIENT_REQUEST] = GNUTLS_CERT_REQUEST,
        [WEB_CLIENT_REQUIRE_ANY] = GNUTLS_CERT_REQUIRE,
        [WEB_CLIENT_VERIFY_IF_GIVEN] = GNUTLS_CERT_REQUEST,
        [WEB_CLIENT_REQUIRE_AND_VERIFY] = GNUTLS_CERT_REQUIRE,
    };
    gnutls_session_set_ptr(session, (void *)(uintptr_t)tls);
    gnutls_priority_set(session, tls->priority);
    gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, tls->credentials);
    gnutls_certificate_server_set_request(session, requests[tls->config->client]);
    gnutls_session_set_verify_function(session, check_client);
    gnutls_transport_set_pull_function(session, pull_first);
    gnutls_handshake_set_hook_function(session, GNUTLS_HANDSHAKE_CLIENT_HELLO, GNUTLS_HOOK_POST,
                                       pull_the_rest);
}
