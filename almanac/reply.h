/* SPDX-License-Identifier: MIT */
/* reply.h - an answer to a request: a status and bytes, no sockets */
#ifndef ALMANAC_REPLY_H
#define ALMANAC_REPLY_H

#include "text.h"

#define REPLY_WORDS_TYPE "text/plain; charset=utf-8"

enum { REPLY_HEADERS = 8 };

struct reply_bytes {
    const char *bytes;
    size_t size;
};

/* Zero-initialise. The body is head, parts and tail one after the other, or a file; release, when
 * set, is called with owner once all of it has been sent. */
struct reply {
    unsigned status;          /* of HTTP */
    const char *content_type; /* static */
    struct reply_header {
        const char *name, *value; /* they last until the release */
    } headers[REPLY_HEADERS];     /* NULL behind the last, if there is room */
    struct reply_bytes head, tail;
    const struct reply_bytes *parts; /* they last until the release */
    size_t part_count;
    struct {
        bool there;
        int descriptor; /* owned */
        size_t size;
    } file;
    void (*release)(void *owner);
    void *owner;
};

/* A plain-text answer of one line, '\n' added. */
void reply_words(struct reply *reply, unsigned status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Hands the text's bytes over to the reply, the text is empty again. 500 if the text failed. */
void reply_text(struct reply *reply, unsigned status, const char *content_type, struct text *text);

/* Hands the descriptor over to the reply: from the beginning of its file size bytes are sent, and
 * it is closed. */
void reply_file(struct reply *reply, unsigned status, const char *content_type, int descriptor,
                size_t size);

/* One more header, once the rest of the reply stands. */
void reply_header(struct reply *reply, const char *name, const char *value);

void reply_release(struct reply *reply);

#endif
