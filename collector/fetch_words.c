/* SPDX-License-Identifier: MIT */
/* fetch_words.c - describes how a transfer ended, and whether a retry may succeed */
#include "fetch_private.h"

#include <stdio.h>
#include <string.h>

void transfer_refuse_size(struct transfer *transfer)
{
    fault_set(&transfer->fault, "the body is larger than %lld bytes (body_size_limit)",
              (long long)transfer->body_size_limit);
}

static const struct {
    CURLcode code;
    const char *words; /* libcurl's message follows */
} failures[] = {
    { CURLE_UNSUPPORTED_PROTOCOL, "a protocol that is not spoken here" },
    { CURLE_COULDNT_RESOLVE_HOST, "no such host" },
    { CURLE_GOT_NOTHING, "the connection was closed without an answer" },
    { CURLE_WEIRD_SERVER_REPLY, "no HTTP answer" },
    { CURLE_PARTIAL_FILE, "the body ends early" },
    { CURLE_RECV_ERROR, "the connection broke" },
    { CURLE_SEND_ERROR, "the connection broke" },
    { CURLE_HTTP2, "the connection broke" },
    { CURLE_HTTP2_STREAM, "the connection broke" },
    { CURLE_PEER_FAILED_VERIFICATION, "the server's certificate does not hold" },
    { CURLE_SSL_CONNECT_ERROR, "no TLS connection" },
};

static void word_by_table(struct transfer *transfer, CURLcode code)
{
    const char *words = "cannot be fetched";
    const char *detail = transfer->detail[0] != '\0' ? transfer->detail : curl_easy_strerror(code);
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (failures[i].code == code)
            words = failures[i].words;
    fault_set(&transfer->fault, "%s: %s", words, detail);
}

/* "example.org:443", not the URL, which may contain a password. */
static void name_peer(CURL *easy, char *out, size_t size)
{
    char *text = NULL, *host = NULL, *port = NULL;
    CURLU *url = curl_url();
    curl_easy_getinfo(easy, CURLINFO_EFFECTIVE_URL, &text);
    curl_url_set(url, CURLUPART_URL, text, 0);
    curl_url_get(url, CURLUPART_HOST, &host, 0);
    curl_url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT);
    snprintf(out, size, "%s:%s", host == NULL ? "" : host, port == NULL ? "" : port);
    curl_free(host);
    curl_free(port);
    curl_url_cleanup(url);
}

static void word_refused_connect(struct transfer *transfer)
{
    char peer[280];
    long error = 0;
    name_peer(transfer->easy, peer, sizeof peer);
    curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &error);
    fault_set(&transfer->fault, "cannot connect to %s: %s", peer,
              error != 0 ? strerror((int)error) : transfer->detail);
}

static void word_timeout(struct transfer *transfer)
{
    char peer[280];
    curl_off_t connected = 0; /* microseconds until connected; 0: not yet */
    long long seconds = transfer->timeout;
    curl_easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
    if (connected > 0) {
        fault_set(&transfer->fault, "no whole answer within %lld s", seconds);
        return;
    }
    if (seconds > FETCH_CONNECT_SECONDS)
        seconds = FETCH_CONNECT_SECONDS;
    name_peer(transfer->easy, peer, sizeof peer);
    fault_set(&transfer->fault, "cannot connect to %s within %lld s", peer, seconds);
}

static const char *status_phrase(long status)
{
    static const struct {
        long status;
        const char *phrase;
    } phrases[] = {
        { 204, " No Content" },
        { 301, " Moved Permanently" },
        { 302, " Found" },
        { 304, " Not Modified" },
        { 307, " Temporary Redirect" },
        { 308, " Permanent Redirect" },
        { 400, " Bad Request" },
        { 401, " Unauthorized" },
        { 403, " Forbidden" },
        { 404, " Not Found" },
        { 410, " Gone" },
        { 429, " Too Many Requests" },
        { 500, " Internal Server Error" },
        { 502, " Bad Gateway" },
        { 503, " Service Unavailable" },
        { 504, " Gateway Timeout" },
    };
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return "";
}

static void word_status(struct transfer *transfer)
{
    long status = transfer->status;
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    transfer->status = status;
    if (status == 0 || status == 200 || (status == 304 && transfer->conditional))
        return;
    fault_set(&transfer->fault, "HTTP status %ld%s; expected 200%s", status, status_phrase(status),
              transfer->keeps_host && status / 100 == 3
                  ? " (with header_files no redirect is followed)"
                  : "");
}

/* To libcurl, a file that cannot be read on has ended. */
static void word_cut_file(struct transfer *transfer)
{
    curl_off_t whole = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &whole);
    if (transfer->status != 0 || (curl_off_t)transfer->body.size >= whole)
        return;
    transfer->broken = true;
    fault_set(&transfer->fault, "the file could only be read to byte %zu of %lld",
              transfer->body.size, (long long)whole);
}

void transfer_word_end(struct transfer *transfer, CURLcode code)
{
    if (transfer->fault.text[0] != '\0')
        return;
    switch (code) {
    case CURLE_OK:
        word_status(transfer);
        word_cut_file(transfer);
        break;
    case CURLE_HTTP_RETURNED_ERROR: word_status(transfer); break;
    case CURLE_OPERATION_TIMEDOUT: word_timeout(transfer); break;
    case CURLE_COULDNT_CONNECT: word_refused_connect(transfer); break;
    case CURLE_FILESIZE_EXCEEDED: /* detected before the status is checked */
        word_status(transfer);
        transfer_refuse_size(transfer);
        break;
    case CURLE_TOO_MANY_REDIRECTS:
        fault_set(&transfer->fault, "more than %d redirects", FETCH_REDIRECTS);
        break;
    default: word_by_table(transfer, code);
    }
}

/* Temporary failures: a network or server that is overloaded, restarting or down. */
bool transfer_may_pass(const struct transfer *transfer, CURLcode code)
{
    static const long statuses[] = { 408, 425, 429, 500, 502, 503, 504 };
    static const CURLcode codes[] = {
        CURLE_COULDNT_RESOLVE_PROXY,
        CURLE_COULDNT_RESOLVE_HOST,
        CURLE_COULDNT_CONNECT,
        CURLE_OPERATION_TIMEDOUT,
        CURLE_GOT_NOTHING,
        CURLE_PARTIAL_FILE,
        CURLE_RECV_ERROR,
        CURLE_SEND_ERROR,
        CURLE_HTTP2,
        CURLE_HTTP2_STREAM,
        CURLE_SSL_CONNECT_ERROR,
    };
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (transfer->status == statuses[i])
            return true;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (code == codes[i])
            return true;
    return transfer->broken;
}
