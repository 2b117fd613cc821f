/* SPDX-License-Identifier: MIT */
/* spool.c - an answer written whole to an unnamed file before it is sent */
#include "spool.h"

#include "../almanac/envelope.h"
#include "../almanac/file.h"
#include "../almanac/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 64 << 10 };

struct spool {
    struct spools *spools;
    FILE *out;
    int descriptor;
    size_t size;
    uint64_t hash;
    int64_t until; /* on the steady clock */
    enum { GOOD, TOO_LARGE, TOO_MANY, TOO_LATE } limit;
    int error; /* errno of a write that failed */
    char etag[SPOOL_ETAG];
};

static void free_spool(void *owner)
{
    struct spool *spool = owner;
    atomic_fetch_sub(&spool->spools->bytes, spool->size);
    free(spool);
}

/* Whether this much more may be written. */
static bool have_room(struct spool *spool, size_t size)
{
    size_t all = atomic_fetch_add(&spool->spools->bytes, size) + size;
    spool->size += size;
    if (spool->size > spool->spools->limit)
        spool->limit = TOO_LARGE;
    else if (all > spool->spools->all_limit)
        spool->limit = TOO_MANY;
    return spool_goes_on(spool);
}

bool spool_goes_on(void *owner)
{
    struct spool *spool = owner;
    if (spool->limit == GOOD && clock_steady_ms(spool->spools->clock) > spool->until)
        spool->limit = TOO_LATE;
    return spool->limit == GOOD;
}

/* Called by stdio, which expects 0 on failure. */
static ssize_t take_bytes(void *cookie, const char *bytes, size_t size)
{
    struct spool *spool = cookie;
    if (!have_room(spool, size))
        return 0;
    spool->hash = hash_bytes(spool->hash, bytes, size);
    for (size_t done = 0; done < size;) {
        ssize_t written = write(spool->descriptor, bytes + done, size - done);
        if (written < 0 && errno != EINTR) {
            spool->error = errno;
            return 0;
        }
        done += written > 0 ? (size_t)written : 0;
    }
    return (ssize_t)size;
}

static int open_file(struct fault *fault)
{
    char *path = file_temporary();
    int descriptor = mkostemp(path, O_CLOEXEC);
    if (descriptor < 0)
        fault_set(fault, "cannot make a file for the answer in the folder of temporary files: %s",
                  strerror(errno));
    else
        unlink(path);
    free(path);
    return descriptor;
}

struct spool *spool_open(struct spools *spools, struct fault *fault)
{
    const cookie_io_functions_t functions = { .write = take_bytes };
    int descriptor = open_file(fault);
    if (descriptor < 0)
        return NULL;
    struct spool *spool = array_new(1, sizeof *spool);
    FILE *out = fopencookie(spool, "w", functions);
    if (out == NULL) {
        fault_set(fault, "out of memory");
        close(descriptor);
        free(spool);
        return NULL;
    }
    setvbuf(out, NULL, _IOFBF, BUFFER);
    *spool = (struct spool){ .spools = spools,
                             .out = out,
                             .descriptor = descriptor,
                             .hash = HASH_EMPTY,
                             .until = clock_steady_ms(spools->clock) + SPOOL_SECONDS * 1000 };
    return spool;
}

FILE *spool_out(struct spool *spool)
{
    return spool->out;
}

static void reply_limit(const struct spool *spool, struct reply *reply)
{
    if (spool->limit == TOO_LARGE)
        reply_words(reply, 422, "the answer is larger than %zu bytes; ask a narrower question",
                    spool->spools->limit);
    else if (spool->limit == TOO_LATE)
        reply_words(reply, 503, "the answer takes longer than %d s; ask a narrower question",
                    SPOOL_SECONDS);
    else
        reply_words(reply, 503, "too many answers are on their way; try again shortly");
}

void spool_etag(char *etag, uint64_t hash)
{
    snprintf(etag, SPOOL_ETAG, "\"%016" PRIx64 "\"", hash);
}

static void reply_spool(struct spool *spool, const struct request *request, struct reply *reply)
{
    spool_etag(spool->etag, spool->hash);
    reply_file(reply, ENVELOPE_TYPE, spool->descriptor, spool->size);
    reply->release = free_spool;
    reply->owner = spool;
    request_tag(request, reply, spool->etag);
}

void spool_reply(struct spool *spool, const struct fault *fault, const struct request *request,
                 struct reply *reply)
{
    bool failed = ferror(spool->out) != 0;
    failed |= fclose(spool->out) != 0;
    if (!failed && fault->text[0] == '\0') {
        reply_spool(spool, request, reply);
        return;
    }
    if (spool->limit != GOOD)
        reply_limit(spool, reply);
    else if (fault->text[0] != '\0')
        reply_words(reply, 503, "%s", fault->text);
    else
        reply_words(reply, 503, "cannot write the answer: %s", strerror(spool->error));
    close(spool->descriptor);
    free_spool(spool);
}
