/* SPDX-License-Identifier: MIT */
/* fetch_request.c - sets up a transfer: its request, trust and credentials */
#include "fetch_private.h"

#include "../almanac/arena.h"
#include "../almanac/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECRET_BYTES = 64 << 10 };

static size_t receive(char *bytes, size_t one, size_t size, void *owner)
{
    struct transfer *transfer = owner;
    (void)one;
    text_bytes(&transfer->body, bytes, size);
    if (!text_failed(&transfer->body))
        return size;
    transfer_refuse_size(transfer);
    return 0;
}

static void set_options(struct transfer *transfer, const char *url)
{
    CURL *easy = transfer->easy;
    long timeout = (long)transfer->timeout;
    long connect = timeout < FETCH_CONNECT_SECONDS ? timeout : FETCH_CONNECT_SECONDS;
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https,file");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, transfer->keeps_host ? 0L : 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, (long)FETCH_REDIRECTS);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "almanac-collector/" ALMANAC_VERSION);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, timeout);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connect);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)transfer->body_size_limit);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    /* An unresponsive name server must not delay the program's exit. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->detail);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
}

/* libcurl would read nothing from a directory, block everything on a FIFO, and not say why it
 * cannot open a file. */
static void check_file(const char *path, struct fault *fault)
{
    if (access(path, R_OK) != 0)
        fault_set(fault, "%s: %s", path, strerror(errno));
    else
        file_check_kind(path, fault);
}

static void check_url(const char *text, struct fault *fault)
{
    CURLU *url = curl_url();
    char *scheme = NULL, *path = NULL;
    CURLUcode code = curl_url_set(url, CURLUPART_URL, text, 0);
    if (code == CURLUE_OK)
        code = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0);
    if (code == CURLUE_OK)
        code = curl_url_get(url, CURLUPART_PATH, &path, CURLU_URLDECODE);
    if (code != CURLUE_OK)
        fault_set(fault, "not an address that can be fetched: %s", curl_url_strerror(code));
    else if (strcmp(scheme, "file") == 0)
        check_file(path, fault);
    curl_free(scheme);
    curl_free(path);
    curl_url_cleanup(url);
}

/* The first line of the file; the caller wipes and frees it. NULL with a fault. */
static char *read_secret(const char *path, struct fault *fault)
{
    struct text text = { 0 };
    char *secret = NULL;
    if (file_read(path, SECRET_BYTES, &text, fault) == 0) {
        size_t length = strcspn(text.bytes, "\r\n");
        if (strspn(text.bytes + length, "\r\n") + length != text.size || length == 0)
            fault_set(fault, "%s: expected one line that is not empty", path);
        else
            secret = memcpy(array_new(length + 1, 1), text.bytes, length);
        explicit_bzero(text.bytes, text.size);
    }
    text_free(&text);
    return secret;
}

static void forget(char *secret)
{
    if (secret != NULL)
        explicit_bzero(secret, strlen(secret));
    free(secret);
}

static void add_header(struct transfer *transfer, const char *name, const char *value)
{
    struct text line = { 0 };
    text_printf(&line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(transfer->headers, line.bytes);
    if (longer == NULL)
        fault_set(&transfer->fault, "out of memory");
    else
        transfer->headers = longer;
    text_free(&line);
}

static void add_secret_header(struct transfer *transfer, const struct label *header)
{
    char *secret = read_secret(header->value, &transfer->fault);
    if (secret != NULL)
        add_header(transfer, header->name, secret);
    forget(secret);
}

/* libcurl sends these to their host only. */
static void set_credentials(struct transfer *transfer, const struct transport *transport)
{
    const char *path =
        transport->username != NULL ? transport->password_file : transport->credentials_file;
    char *secret = path == NULL ? NULL : read_secret(path, &transfer->fault);
    if (secret == NULL)
        return;
    if (transport->username != NULL) {
        curl_easy_setopt(transfer->easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        curl_easy_setopt(transfer->easy, CURLOPT_USERNAME, transport->username);
        curl_easy_setopt(transfer->easy, CURLOPT_PASSWORD, secret);
    } else {
        struct text value = { 0 };
        text_printf(&value, "%s %s", transport->authorization_type, secret);
        add_header(transfer, "Authorization", value.bytes);
        text_free(&value);
    }
    forget(secret);
}

static void set_certificates(CURL *easy, const struct transport *transport)
{
    if (transport->ca_file != NULL)
        curl_easy_setopt(easy, CURLOPT_CAINFO, transport->ca_file);
    if (transport->cert_file != NULL) {
        curl_easy_setopt(easy, CURLOPT_SSLCERT, transport->cert_file);
        curl_easy_setopt(easy, CURLOPT_SSLKEY, transport->key_file);
    }
}

static bool says(const struct transport *transport, const char *name)
{
    return transport != NULL &&
           (transport_names(transport->headers, transport->header_count, name) ||
            transport_names(transport->header_files, transport->header_file_count, name));
}

/* libcurl would call it a form. */
static void set_post(struct transfer *transfer, const struct transport *transport)
{
    curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDSIZE, (long)strlen(transport->post));
    curl_easy_setopt(transfer->easy, CURLOPT_COPYPOSTFIELDS, transport->post);
    add_header(transfer, "Expect", "");
    if (!says(transport, "Content-Type"))
        add_header(transfer, "Content-Type", "application/json");
}

static void set_transport(struct transfer *transfer, const struct transport *transport)
{
    for (size_t i = 0; i < transport->header_count; i++)
        add_header(transfer, transport->headers[i].name, transport->headers[i].value);
    for (size_t i = 0; i < transport->header_file_count; i++)
        add_secret_header(transfer, &transport->header_files[i]);
    if (transport->post != NULL)
        set_post(transfer, transport);
    set_credentials(transfer, transport);
    set_certificates(transfer->easy, transport);
}

void transfer_ask(struct transfer *transfer, const struct fetch_request *request)
{
    const struct transport *transport = request->transport;
    transfer->keeps_host =
        transport != NULL && (transport->header_file_count > 0 || transport->post != NULL);
    transfer->conditional = request->etag != NULL || request->last_modified != NULL;
    check_url(request->url, &transfer->fault);
    set_options(transfer, request->url);
    if (!says(transport, "Accept-Encoding"))
        add_header(transfer, "Accept-Encoding", "gzip");
    if (request->accept != NULL && !says(transport, "Accept"))
        add_header(transfer, "Accept", request->accept);
    if (request->etag != NULL)
        add_header(transfer, "If-None-Match", request->etag);
    if (request->last_modified != NULL)
        add_header(transfer, "If-Modified-Since", request->last_modified);
    if (transport != NULL)
        set_transport(transfer, transport);
    curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
}
