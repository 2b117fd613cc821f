/* SPDX-License-Identifier: MIT */
/* web_passwords.c - checks users' passwords and remembers the results */
#include "web_passwords.h"

#include <crypt.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { DIGEST = 32, WRONG_KEPT = 64 };

/* A hash of a name and a password, keyed with a secret of this process. */
struct digest {
    unsigned char bytes[DIGEST];
};

/* The hash of a password that nobody has, so that the check of an unknown user takes as long. */
static const char dummy[] = "$2y$10$BANPvVTUAnP/VKK2QTqyAOsg/fR9sWJkguqkkfsuQ9ZMJLKGLMnZy";
enum { COST = 4, COST_DIGITS = 2 }; /* where the hash has its cost */

struct web_passwords {
    const struct web_user *users; /* borrowed */
    size_t count;
    char dummy[sizeof dummy]; /* at the cost of the first user's hash */
    unsigned char key[DIGEST];
    pthread_mutex_t mutex;           /* guards what follows */
    struct digest wrong[WRONG_KEPT]; /* a ring */
    size_t wrong_count;
    struct known {
        bool known;
        struct digest right;
    } known[]; /* one per user */
};

struct web_passwords *web_passwords_new(const struct web_user *users, size_t count,
                                        struct fault *fault)
{
    struct web_passwords *passwords =
        array_new(1, sizeof *passwords + count * sizeof *passwords->known);
    if (getrandom(passwords->key, DIGEST, 0) != DIGEST) {
        fault_set(fault, "cannot keep passwords: no random numbers");
        free(passwords);
        return NULL;
    }
    passwords->users = users;
    passwords->count = count;
    memcpy(passwords->dummy, dummy, sizeof dummy);
    if (count > 0)
        memcpy(passwords->dummy + COST, users[0].hash + COST, COST_DIGITS);
    pthread_mutex_init(&passwords->mutex, NULL);
    return passwords;
}

void web_passwords_free(struct web_passwords *passwords)
{
    if (passwords == NULL)
        return;
    pthread_mutex_destroy(&passwords->mutex);
    free(passwords);
}

/* false: it cannot be made. The name's NUL keeps "a" "bc" and "ab" "c" apart. */
static bool digest_of(const struct web_passwords *passwords, const char *name, const char *password,
                      struct digest *digest)
{
    gnutls_hmac_hd_t hmac;
    if (gnutls_hmac_init(&hmac, GNUTLS_MAC_SHA256, passwords->key, DIGEST) < 0)
        return false;
    bool made = gnutls_hmac(hmac, name, strlen(name) + 1) == 0 &&
                gnutls_hmac(hmac, password, strlen(password)) == 0;
    gnutls_hmac_deinit(hmac, digest->bytes);
    return made;
}

static bool same(const struct digest *a, const struct digest *b)
{
    return gnutls_memcmp(a->bytes, b->bytes, DIGEST) == 0;
}

/* The user's index, or count. */
static size_t find_user(const struct web_passwords *passwords, const char *name)
{
    size_t i = 0;
    while (i < passwords->count && strcmp(passwords->users[i].name, name) != 0)
        i++;
    return i;
}

static enum web_verdict recall(struct web_passwords *passwords, size_t user,
                               const struct digest *digest)
{
    enum web_verdict verdict = WEB_UNKNOWN;
    pthread_mutex_lock(&passwords->mutex);
    size_t kept = passwords->wrong_count < WRONG_KEPT ? passwords->wrong_count : WRONG_KEPT;
    if (user < passwords->count && passwords->known[user].known &&
        same(&passwords->known[user].right, digest))
        verdict = WEB_RIGHT;
    for (size_t i = 0; i < kept && verdict == WEB_UNKNOWN; i++)
        if (same(&passwords->wrong[i], digest))
            verdict = WEB_WRONG;
    pthread_mutex_unlock(&passwords->mutex);
    return verdict;
}

static void keep(struct web_passwords *passwords, size_t user, const struct digest *digest,
                 enum web_verdict verdict)
{
    pthread_mutex_lock(&passwords->mutex);
    if (verdict == WEB_RIGHT)
        passwords->known[user] = (struct known){ true, *digest };
    else
        passwords->wrong[passwords->wrong_count++ % WRONG_KEPT] = *digest;
    pthread_mutex_unlock(&passwords->mutex);
}

static bool matches(const char *password, const char *hash)
{
    struct crypt_data *room = array_new(1, sizeof *room); /* 32 KB, too much for a thread's stack */
    const char *computed = crypt_rn(password, hash, room, sizeof *room);
    size_t length = strlen(hash);
    bool match = computed != NULL && strlen(computed) == length &&
                 gnutls_memcmp(computed, hash, length) == 0;
    explicit_bzero(room, sizeof *room);
    free(room);
    return match;
}

enum web_verdict web_passwords_recall(struct web_passwords *passwords, const char *name,
                                      const char *password)
{
    struct digest digest;
    if (!digest_of(passwords, name, password, &digest))
        return WEB_WRONG;
    return recall(passwords, find_user(passwords, name), &digest);
}

enum web_verdict web_passwords_check(struct web_passwords *passwords, const char *name,
                                     const char *password)
{
    struct digest digest;
    size_t user = find_user(passwords, name);
    if (!digest_of(passwords, name, password, &digest))
        return WEB_WRONG;
    enum web_verdict verdict = recall(passwords, user, &digest);
    if (verdict != WEB_UNKNOWN)
        return verdict;
    bool exists = user < passwords->count;
    bool match = matches(password, exists ? passwords->users[user].hash : passwords->dummy);
    verdict = exists && match ? WEB_RIGHT : WEB_WRONG;
    keep(passwords, user, &digest, verdict);
    return verdict;
}
