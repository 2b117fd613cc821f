/* SPDX-License-Identifier: MIT */
/* test_web_config.c - what a web configuration says is what is set, and what is wrong is told */
#include "../../almanac/web_config.h"
#include "../../almanac/web_tls.h"
#include "documents.h"
#include "scratch.h"

#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define DATA "tests/data/web-config"

static void must_read(const char *path, struct arena *arena, struct web_config *config)
{
    struct fault fault = { 0 };
    if (web_config_read(path, arena, config, &fault) != 0)
        fail_msg("%s", fault.text);
}

static void what_is_said_is_kept(void **state)
{
    struct arena arena = { 0 };
    struct web_config config;
    const struct web_tls_config *tls = &config.tls;
    (void)state;
    must_read(DATA "/good/everything.yml", &arena, &config);
    assert_true(config.has_tls);
    assert_string_equal(tls->cert_file, DATA "/good/server.crt");
    assert_string_equal(tls->key_file, "/etc/server.key");
    assert_string_equal(tls->client_ca_file, DATA "/good/ca/clients.pem");
    assert_null(tls->cert);
    assert_int_equal(tls->client, WEB_CLIENT_REQUIRE_AND_VERIFY);
    assert_int_equal(tls->client_sans.count, 2);
    assert_string_equal(tls->client_sans.items[1], "192.0.2.1");
    assert_int_equal(tls->oldest, 1);
    assert_int_equal(tls->newest, 2);
    assert_int_equal(tls->ciphers.count, 2);
    assert_int_equal(tls->prefer_server, 0);
    assert_string_equal(config.headers[1], "max-age=31536000; includeSubDomains");
    assert_string_equal(config.headers[3], "deny");
    assert_null(config.headers[0]);
    assert_int_equal(config.user_count, 2);
    assert_string_equal(config.users[1].name, "bob");
    assert_memory_equal(config.users[1].hash, "$2a$10$", 7);
    assert_int_equal(config.limit_ms, 100);
    assert_int_equal(config.limit_burst, 20);
    arena_free(&arena);
}

static void what_is_left_out_has_its_default(void **state)
{
    struct arena arena = { 0 };
    struct web_config config;
    (void)state;
    must_read(DATA "/good/tls.yml", &arena, &config);
    assert_true(config.has_tls);
    assert_int_equal(config.tls.oldest, 2);
    assert_int_equal(config.tls.newest, 3);
    assert_int_equal(config.tls.client, WEB_CLIENT_NONE);
    assert_int_equal(config.tls.prefer_server, 1);
    assert_int_equal(config.user_count, 0);
    assert_int_equal(config.limit_ms, 0);
    arena_free(&arena);
}

static void an_old_name_is_understood(void **state)
{
    struct arena arena = { 0 };
    struct web_config config;
    (void)state;
    must_read(DATA "/good/client_formerly.yml", &arena, &config);
    assert_int_equal(config.tls.client, WEB_CLIENT_REQUIRE_ANY);
    arena_free(&arena);
}

static void must_refuse(const char *path, const char *complaint)
{
    struct arena arena = { 0 };
    struct web_config config;
    struct fault fault = { 0 };
    if (web_config_read(path, &arena, &config, &fault) == 0)
        fail_msg("%s is not refused", path);
    assert_string_equal(fault.text, complaint);
    arena_free(&arena);
}

static void a_wrong_one_is_refused_with_its_place(void **state)
{
    (void)state;
    must_refuse_folder(DATA "/bad", "*.yml", 34, must_refuse);
}

/* --- Priorities */

#define RSA(rest)   "TLS_ECDHE_RSA_WITH_" rest
#define ECDSA(rest) "TLS_ECDHE_ECDSA_WITH_" rest

/* The list ends with NULL. */
static struct word_list strings_of(const char **items)
{
    struct word_list strings = { items, 0 };
    while (items[strings.count] != NULL)
        strings.count++;
    return strings;
}

static const struct {
    int oldest, newest;
    const char *ciphers[4], *curves[3], *words;
} priority_cases[] = {
    { 2, 3, { NULL }, { NULL }, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
    { 0, 0, { NULL }, { NULL }, "NORMAL:-VERS-ALL:+VERS-TLS1.0" },
    { 3,
      3,
      { NULL },
      { "CurveP521", "X25519" },
      "NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL:+GROUP-SECP521R1:+GROUP-X25519" },
    { 3,
      3,
      { NULL },
      { "CurveP257" },
      "'curve_preferences' has 'CurveP257'; expected CurveP256, CurveP384, CurveP521 or "
      "X25519" },
    { 2,
      2,
      { RSA("AES_256_GCM_SHA384"), RSA("AES_128_CBC_SHA") },
      { NULL },
      "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:-MAC-ALL:-KX-ALL"
      ":+AES-256-GCM:+AEAD:+ECDHE-RSA:+AES-128-CBC:+SHA1:+ECDHE-RSA" },
    { 2,
      3,
      { "TLS_AES_128_GCM_SHA256" },
      { NULL },
      "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:-MAC-ALL:-KX-ALL"
      ":+AES-128-GCM:+AEAD" },
    { 2,
      3,
      { RSA("AES_128_CBC_SHA") },
      { NULL },
      "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:-MAC-ALL:-KX-ALL"
      ":+AES-128-CBC:+SHA1:+ECDHE-RSA" },
    { 3,
      3,
      { RSA("AES_128_CBC_SHA") },
      { NULL },
      "'cipher_suites' has none for TLS 1.3, and 'min_version' is TLS13; expected one like "
      "TLS_AES_128_GCM_SHA256" },
    { 2,
      3,
      { RSA("AES_256_GCM_SHA2048") },
      { NULL },
      "'cipher_suites' has 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA2048', which is no suite known "
      "here; expected "
      "names as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" },
    { 2,
      3,
      { RSA("AES_256_GCM_SHA384"), ECDSA("AES_128_GCM_SHA256") },
      { NULL },
      "'cipher_suites' lacks TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, which libmicrohttpd "
      "cannot leave out beside the others; expected it there" },
    { 3,
      3,
      { "TLS_AES_128_GCM_SHA256", ECDSA("AES_256_GCM_SHA384") },
      { NULL },
      "NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:-MAC-ALL:-KX-ALL"
      ":+AES-128-GCM:+AEAD:+AES-256-GCM:+AEAD:+ECDHE-ECDSA" },
    { 2,
      3,
      { "TLS_AES_128_GCM_SHA256", ECDSA("AES_256_GCM_SHA384") },
      { NULL },
      "'cipher_suites' lacks TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, which libmicrohttpd "
      "cannot leave out beside the others; expected it there" },
};

static void versions_ciphers_and_curves_become_priorities(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof priority_cases / sizeof *priority_cases; i++) {
        const char *ciphers[4], *curves[3];
        memcpy(ciphers, priority_cases[i].ciphers, sizeof ciphers);
        memcpy(curves, priority_cases[i].curves, sizeof curves);
        const struct web_tls_config config = { .oldest = priority_cases[i].oldest,
                                               .newest = priority_cases[i].newest,
                                               .ciphers = strings_of(ciphers),
                                               .curves = strings_of(curves) };
        struct text priorities = { 0 };
        struct fault fault = { 0 };
        int failed = web_tls_priorities(&config, &priorities, &fault);
        assert_string_equal(failed == 0 ? priorities.bytes : fault.text, priority_cases[i].words);
        text_free(&priorities);
    }
}

/* --- Certificates, and the files that others wrote */

/* A folder with server.crt, server.key, client_selfsigned.pem and client2_selfsigned.pem. */
static int make_certificates(void **state)
{
    char folder[SCRATCH_PATH], command[SCRATCH_PATH + 512];
    make_scratch("web-config", folder);
    snprintf(
        command, sizeof command,
        "cd '%s' && for name in server other; do openssl req -x509 -newkey ec -pkeyopt "
        "ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=$name -keyout $name.key -out "
        "$name.crt 2>/dev/null || exit 1; done; cp server.crt client_selfsigned.pem && cp "
        "server.crt client2_selfsigned.pem && cp server.crt half.crt && truncate -s +9 half.crt",
        folder);
    *state = strdup(folder);
    return system(command) == 0 ? 0 : -1;
}

static int remove_certificates(void **state)
{
    remove_scratch(*state);
    free(*state);
    return 0;
}

/* Both steps: the file, then the certificates that it names. */
static int load(const char *path, struct fault *fault)
{
    struct arena arena = { 0 };
    struct web_config config;
    struct web_tls tls = { 0 };
    int failed = web_config_read(path, &arena, &config, fault);
    if (failed == 0 && config.has_tls)
        failed = web_tls_load(&tls, &config.tls, &arena, fault);
    web_tls_free(&tls);
    arena_free(&arena);
    return failed;
}

static void write_file(const char *path, const char *words)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(words, file);
    fclose(file);
}

static void certificates_are_looked_into(void **state)
{
    static const struct {
        const char *certificate, *key, *rest, *words;
    } cases[] = {
        { "server.crt", "server.key", "", "" },
        { "none.crt", "server.key", "", "none.crt: No such file or directory" },
        { "server.crt", "server.crt", "",
          "server.crt: no certificate in PEM that goes with the key in server.crt (" },
        { "server.key", "server.key", "",
          "server.key: no certificate in PEM that goes with the key in server.key (" },
        { "server.crt", "other.key", "",
          "server.crt: no certificate in PEM that goes with the key in other.key (" },
        { "server.crt", "server.key",
          ", client_auth_type: RequestClientCert, client_ca_file: server.crt", "" },
        { "server.crt", "server.key",
          ", client_auth_type: RequestClientCert, client_ca_file: /dev/null",
          "/dev/null: is no regular file; expected a regular file" },
        { "server.crt", "server.key",
          ", client_auth_type: RequestClientCert, client_ca_file: server.key",
          "server.key: has no certificate; expected at least one in PEM" },
        { "half.crt", "server.key", "", "half.crt: has a zero byte; expected text in PEM" },
    };
    int root = open(".", O_DIRECTORY | O_CLOEXEC);
    assert_int_equal(chdir(*state), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[500];
        struct fault fault = { 0 };
        snprintf(words, sizeof words, "tls_server_config: {cert_file: %s, key_file: %s%s}\n",
                 cases[i].certificate, cases[i].key, cases[i].rest);
        write_file("case.yml", words);
        load("case.yml", &fault);
        char *why = strchr(fault.text, '('); /* GnuTLS' own words */
        if (why != NULL)
            why[1] = '\0';
        assert_string_equal(fault.text, cases[i].words);
    }
    assert_int_equal(fchdir(root), 0);
    close(root);
}

/* What of the Prometheus family's own files is not as their names say, and why. */
static const struct exception {
    const char *file, *complaint;
} exceptions[] = {
    /* The same bytes as web_config_auth_clientCAs_missing.bad.yml. */
    { "web_config_noAuth.good.blocking.yml",
      "web_config_noAuth.good.blocking.yml:2: 'client_auth_type' is RequireAndVerifyClientCert and "
      "no certificate could pass; expected a 'client_ca_file', too" },
    /* It is a client that this one refuses. */
    { "web_config_auth_client_san.bad.yaml", "" },
    /* Without .good. or .bad. in their names. */
    { "web_config_empty.yml",
      "web_config_empty.yml:1: the file is empty; expected 'key: value' lines" },
    { "web_config_junk.yml",
      "web_config_junk.yml:1: the file is no mapping; expected 'key: value' lines" },
    { "web_config_junk_key.yml",
      "web_config_junk_key.yml:2: unknown key 'cert_filse'; expected cert, key, client_ca, "
      "cert_file, key_file, client_ca_file, client_auth_type, client_allowed_sans, min_version, "
      "max_version, cipher_suites, curve_preferences, prefer_server_cipher_suites" },
    { "web_config_rate_limiter_nonblocking.yaml", "" },
    { "web_config_rate_limiter_one_second.yaml", "" },
};

static const char *exception_of(const char *file)
{
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
        if (strcmp(exceptions[i].file, file) == 0)
            return exceptions[i].complaint;
    return NULL;
}

static void must_be_as_named(const char *file)
{
    struct fault fault = { 0 };
    const char *exception = exception_of(file);
    load(file, &fault);
    if (exception != NULL)
        assert_string_equal(fault.text, exception);
    else if (strstr(file, ".good.") != NULL && fault.text[0] != '\0')
        fail_msg("refused: %s", fault.text);
    else if (strstr(file, ".good.") == NULL && fault.text[0] == '\0')
        fail_msg("%s is not refused", file);
}

static void the_files_of_the_prometheus_family_are_as_their_names_say(void **state)
{
    char suite[PATH_MAX], command[2 * PATH_MAX + 64];
    glob_t files;
    find_suite("web-config", suite);
    int root = open(".", O_DIRECTORY | O_CLOEXEC);
    snprintf(command, sizeof command, "cp '%s'/* '%s'", suite, (char *)*state);
    assert_int_equal(system(command), 0);
    assert_int_equal(chdir(*state), 0);
    assert_int_equal(glob("*_config_*.y*ml", 0, NULL, &files), 0);
    assert_true(files.gl_pathc > 30);
    for (size_t i = 0; i < files.gl_pathc; i++)
        must_be_as_named(files.gl_pathv[i]);
    globfree(&files);
    assert_int_equal(fchdir(root), 0);
    close(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_is_kept),
        cmocka_unit_test(what_is_left_out_has_its_default),
        cmocka_unit_test(an_old_name_is_understood),
        cmocka_unit_test(a_wrong_one_is_refused_with_its_place),
        cmocka_unit_test(versions_ciphers_and_curves_become_priorities),
        cmocka_unit_test(certificates_are_looked_into),
        cmocka_unit_test(the_files_of_the_prometheus_family_are_as_their_names_say),
    };
    return cmocka_run_group_tests(tests, make_certificates, remove_certificates);
}
