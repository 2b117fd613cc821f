/* SPDX-License-Identifier: MIT */
/* fetch_private.h - what the fetcher's own files share: one transfer */
#ifndef COLLECTOR_FETCH_PRIVATE_H
#define COLLECTOR_FETCH_PRIVATE_H

#include "fetch.h"

#include <curl/curl.h>

struct transfer {
    struct transfer *next;
    CURL *easy;
    struct curl_slist *headers;
    void *owner;
    int64_t timeout, body_size_limit;
    int64_t began;
    long status;      /* of HTTP; stays 0 for a file */
    bool conditional; /* a 304 is welcome */
    bool keeps_host;  /* redirects are not followed: what is sent along is for this host only */
    bool running;     /* curl has it; else it waits for its turn */
    bool broken;      /* what came is not what the server meant to send */
    struct text body;
    struct fault fault;
    char detail[CURL_ERROR_SIZE]; /* curl's own words */
};

/* Sets up what curl is to ask for; a fault of the transfer where it cannot be. */
void transfer_ask(struct transfer *transfer, const struct fetch_request *request,
                  const char *user_agent);

/* Says in words how it ended, if it did not end well. */
void transfer_word_end(struct transfer *transfer, CURLcode code);
void transfer_refuse_size(struct transfer *transfer);

/* Makes a body that came gzipped what it was; else it has a fault. */
void transfer_decode(struct transfer *transfer);

/* Whether another attempt may end better. */
bool transfer_may_pass(const struct transfer *transfer, CURLcode code);

#endif
