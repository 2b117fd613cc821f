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

/* A failure may pass if a network or server may be overloaded, restarting or down. */
static const struct failure {
    CURLcode code;
    bool may_pass;
    const char *words; /* libcurl's message follows; NULL: as for any other, or of our own */
} failures[] = {
    { CURLE_UNSUPPORTED_PROTOCOL, false, "a protocol that is not spoken here" },
    { CURLE_COULDNT_RESOLVE_PROXY, true, NULL },
    { CURLE_COULDNT_RESOLVE_HOST, true, "no such host" },
    { CURLE_COULDNT_CONNECT, true, NULL },
    { CURLE_OPERATION_TIMEDOUT, true, NULL },
    { CURLE_GOT_NOTHING, true, "the connection was closed without an answer" },
    { CURLE_WEIRD_SERVER_REPLY, false, "no HTTP answer" },
    { CURLE_PARTIAL_FILE, true, "the body ends early" },
    { CURLE_RECV_ERROR, true, "the connection broke" },
    { CURLE_SEND_ERROR, true, "the connection broke" },
    { CURLE_HTTP2, true, "the connection broke" },
    { CURLE_HTTP2_STREAM, true, "the connection broke" },
    { CURLE_PEER_FAILED_VERIFICATION, false, "the server's certificate does not hold" },
    { CURLE_SSL_CONNECT_ERROR, true, "no TLS connection" },
};

static const struct status {
    long number;
    bool may_pass;
    const char *phrase;
} statuses[] = {
    { 204, false, " No Content" },
    { 301, false, " Moved Permanently" },
    { 302, false, " Found" },
    { 304, false, " Not Modified" },
    { 307, false, " Temporary Redirect" },
    { 308, false, " Permanent Redirect" },
    { 400, false, " Bad Request" },
    { 401, false, " Unauthorized" },
    { 403, false, " Forbidden" },
    { 404, false, " Not Found" },
    { 408, true, "" },
    { 410, false, " Gone" },
    { 425, true, "" },
    { 429, true, " Too Many Requests" },
    { 500, true, " Internal Server Error" },
    { 502, true, " Bad Gateway" },
    { 503, true, " Service Unavailable" },
    { 504, true, " Gateway Timeout" },
};

static struct failure failure_of(CURLcode code)
{
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (failures[i].code == code)
            return failures[i];
    return (struct failure){ code, false, NULL };
}

static struct status status_of(long number)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (statuses[i].number == number)
            return statuses[i];
    return (struct status){ number, false, "" };
}

bool transfer_may_pass(const struct transfer *transfer, CURLcode code)
{
    return transfer->broken || status_of(transfer->status).may_pass || failure_of(code).may_pass;
}

static void word_by_table(struct transfer *transfer, CURLcode code)
{
    const char *words = failure_of(code).words;
    const char *detail = transfer->detail[0] != '\0' ? transfer->detail : curl_easy_strerror(code);
    fault_set(&transfer->fault, "%s: %s", words != NULL ? words : "cannot be fetched", detail);
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

static void word_status(struct transfer *transfer)
{
    long status = transfer->status;
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    transfer->status = status;
    if (status == 0 || status == 200 || (status == 304 && transfer->conditional))
        return;
    fault_set(&transfer->fault, "HTTP status %ld%s; expected 200%s", status,
              status_of(status).phrase,
              transfer->keeps_host && status / 100 == 3
                  ? " (with header_files or post no redirect is followed)"
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
