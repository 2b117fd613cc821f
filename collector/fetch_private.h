/* SPDX-License-Identifier: MIT */
/* fetch_private.h - one transfer, for the fetcher's own files */
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
    long status;      /* HTTP status; stays 0 for a file */
    bool conditional; /* a 304 is valid */
    bool keeps_host;  /* redirects are not followed: what is sent is for this host only */
    bool running;     /* in libcurl; otherwise it waits */
    bool broken;      /* the body is not what the server meant to send */
    struct text body;
    struct fault fault;
    char detail[CURL_ERROR_SIZE]; /* libcurl's message */
};

/* Configures libcurl for the request; sets the transfer's fault if that fails. */
void transfer_ask(struct transfer *transfer, const struct fetch_request *request);

/* Describes an unsuccessful end in words. */
void transfer_word_end(struct transfer *transfer, CURLcode code);
void transfer_refuse_size(struct transfer *transfer);

/* Inflates a gzipped body, or sets the fault. */
void transfer_decode(struct transfer *transfer);

/* Whether a retry may succeed. */
bool transfer_may_pass(const struct transfer *transfer, CURLcode code);

#endif
