/* SPDX-License-Identifier: MIT */
/* reply.h - the answer to a request: a status and bytes; no sockets */
#ifndef ALMANAC_REPLY_H
#define ALMANAC_REPLY_H

#include "fault.h"
#include "text.h"

#include <stdatomic.h>

#define REPLY_WORDS_TYPE "text/plain; charset=utf-8"

enum { REPLY_HEADERS = 8 };

struct reply_bytes {
    const char *bytes;
    size_t size;
};

/* Zero-initialise. The body is head, parts and tail, concatenated; or a file; or a stream: head,
 * and then what next returns. If release is set, it is called with owner once everything has been
 * sent. */
struct reply {
    unsigned status;          /* HTTP status */
    const char *content_type; /* static */
    struct reply_header {
        const char *name, *value; /* valid until release */
    } headers[REPLY_HEADERS];     /* NULL-terminated unless full */
    struct reply_bytes head, tail;
    const struct reply_bytes *parts; /* valid until release */
    size_t part_count;
    struct {
        bool there;
        int descriptor; /* owned */
        size_t size;
    } file;
    /* Sets the next piece of a stream, which stays valid until it is called again: when the client
     * has taken all before, on the server's thread for streams. 1: there is more; 0: this is the
     * last; -1 with a fault: the answer is broken off. NULL: no stream. */
    int (*next)(void *owner, struct reply_bytes *piece, struct fault *fault);
    void (*release)(void *owner);
    void *owner;
};

/* A plain-text answer of one line; adds '\n'. */
void reply_words(struct reply *reply, unsigned status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Moves the text's bytes to the reply and empties the text. */
void reply_text(struct reply *reply, unsigned status, const char *content_type, struct text *text);

/* A 200. Moves the descriptor to the reply, which sends the first size bytes of its file and closes
 * it. */
void reply_file(struct reply *reply, const char *content_type, int descriptor, size_t size);

/* Adds a header; call it after the rest of the reply is set. */
void reply_header(struct reply *reply, const char *name, const char *value);

/* The size of head, parts and tail. */
size_t reply_size(const struct reply *reply);
/* Adds it to the count, until the reply is released. */
void reply_count(struct reply *reply, atomic_size_t *count);

void reply_release(struct reply *reply);

#endif
