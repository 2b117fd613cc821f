/* SPDX-License-Identifier: MIT */
/* fetch.c - transfers under way: the only user of libcurl */
#include "fetch.h"

#include "../almanac/arena.h"
#include "../almanac/text.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct transfer {
    struct transfer *next;
    CURL *easy;
    struct curl_slist *headers;
    void *owner;
    int64_t timeout, body_size_limit;
    int64_t began;
    long status;  /* of HTTP; stays 0 for a file */
    bool running; /* curl has it; else it waits for its turn */
    struct text body;
    struct fault fault;
    char detail[CURL_ERROR_SIZE]; /* curl's own words */
};

struct fetcher {
    CURLM *multi;
    const struct clock *clock; /* borrowed */
    struct arena arena;
    const char *user_agent;
    struct transfer *transfers; /* in the order they were asked for */
    struct transfer *spare;
    size_t under_way, running;
};

struct fetcher *fetcher_open(const char *user_agent, const struct clock *clock, struct fault *fault)
{
    struct fetcher *fetcher = calloc(1, sizeof *fetcher);
    CURLM *multi = curl_global_init(CURL_GLOBAL_DEFAULT) == 0 ? curl_multi_init() : NULL;
    if (fetcher == NULL || multi == NULL) {
        fault_set(fault, "cannot set up libcurl");
        free(fetcher);
        return NULL;
    }
    fetcher->multi = multi;
    fetcher->clock = clock;
    fetcher->user_agent = arena_string(&fetcher->arena, user_agent);
    return fetcher;
}

/* Takes the transfer out of the list; its memory serves the next one. */
static void drop(struct fetcher *fetcher, struct transfer *transfer)
{
    struct transfer **link = &fetcher->transfers;
    while (*link != transfer)
        link = &(*link)->next;
    *link = transfer->next;
    fetcher->under_way--;
    if (transfer->running) {
        fetcher->running--;
        curl_multi_remove_handle(fetcher->multi, transfer->easy);
    }
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->headers);
    text_free(&transfer->body);
    transfer->next = fetcher->spare;
    fetcher->spare = transfer;
}

void fetcher_close(struct fetcher *fetcher)
{
    if (fetcher == NULL)
        return;
    while (fetcher->transfers != NULL)
        drop(fetcher, fetcher->transfers);
    curl_multi_cleanup(fetcher->multi);
    curl_global_cleanup();
    arena_free(&fetcher->arena);
    free(fetcher);
}

static struct transfer *add_transfer(struct fetcher *fetcher)
{
    struct transfer *transfer = fetcher->spare;
    if (transfer == NULL)
        transfer = arena_take(&fetcher->arena, 1, sizeof *transfer);
    else
        fetcher->spare = transfer->next;
    *transfer = (struct transfer){ 0 };
    struct transfer **link = &fetcher->transfers;
    while (*link != NULL)
        link = &(*link)->next;
    *link = transfer;
    fetcher->under_way++;
    return transfer;
}

static int refuse_size(struct transfer *transfer)
{
    return fault_set(&transfer->fault, "the body is larger than %lld bytes (body_size_limit)",
                     (long long)transfer->body_size_limit);
}

static size_t receive(char *bytes, size_t one, size_t size, void *owner)
{
    struct transfer *transfer = owner;
    (void)one;
    text_bytes(&transfer->body, bytes, size);
    if (!text_failed(&transfer->body))
        return size;
    refuse_size(transfer);
    return 0;
}

static void set_options(const struct fetcher *fetcher, struct transfer *transfer, const char *url)
{
    CURL *easy = transfer->easy;
    long timeout = (long)transfer->timeout;
    long connect = timeout < FETCH_CONNECT_SECONDS ? timeout : FETCH_CONNECT_SECONDS;
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https,file");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, (long)FETCH_REDIRECTS);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, fetcher->user_agent);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, timeout);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connect);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)transfer->body_size_limit);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    /* A name server that does not answer must not hold up the end of the program. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->detail);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
}

static void set_accept(struct transfer *transfer, const char *accept)
{
    struct text header = { 0 };
    if (accept == NULL)
        return;
    text_printf(&header, "Accept: %s", accept);
    transfer->headers = curl_slist_append(NULL, header.bytes);
    curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
    text_free(&header);
}

/* curl would read nothing from a directory, and wait for a FIFO's writer with everything else. */
static void check_file(const char *path, struct fault *fault)
{
    struct stat status;
    if (stat(path, &status) != 0)
        fault_set(fault, "cannot read %s: %s", path, strerror(errno));
    else if (S_ISDIR(status.st_mode))
        fault_set(fault, "%s is a directory; expected a file", path);
    else if (!S_ISREG(status.st_mode))
        fault_set(fault, "%s is not a regular file", path);
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

void fetcher_start(struct fetcher *fetcher, const struct fetch_request *request)
{
    struct transfer *transfer = add_transfer(fetcher);
    transfer->owner = request->owner;
    transfer->timeout = request->timeout;
    transfer->body_size_limit = request->body_size_limit;
    transfer->body.limit = (size_t)request->body_size_limit;
    transfer->began = clock_steady_ms(fetcher->clock);
    transfer->easy = curl_easy_init();
    check_url(request->url, &transfer->fault);
    if (transfer->easy == NULL) {
        fault_set(&transfer->fault, "cannot set up a transfer");
        return;
    }
    set_options(fetcher, transfer, request->url);
    set_accept(transfer, request->accept);
}

size_t fetcher_under_way(const struct fetcher *fetcher)
{
    return fetcher->under_way;
}

/* Those beyond FETCH_AT_ONCE wait outside curl, whose timeouts would count the waiting. */
static void run_waiting(struct fetcher *fetcher)
{
    for (struct transfer *transfer = fetcher->transfers; transfer != NULL;
         transfer = transfer->next) {
        if (fetcher->running == FETCH_AT_ONCE)
            return;
        if (transfer->running || transfer->fault.text[0] != '\0')
            continue;
        transfer->began = clock_steady_ms(fetcher->clock);
        transfer->running = true;
        fetcher->running++;
        curl_multi_add_handle(fetcher->multi, transfer->easy);
    }
}

static const struct {
    CURLcode code;
    const char *words; /* curl's own follow */
} failures[] = {
    { CURLE_UNSUPPORTED_PROTOCOL, "a protocol that is not spoken here" },
    { CURLE_COULDNT_RESOLVE_HOST, "no such host" },
    { CURLE_GOT_NOTHING, "the connection was closed without an answer" },
    { CURLE_WEIRD_SERVER_REPLY, "no HTTP answer" },
    { CURLE_PARTIAL_FILE, "the body ends early" },
    { CURLE_RECV_ERROR, "the connection broke" },
    { CURLE_SEND_ERROR, "the connection broke" },
    { CURLE_BAD_CONTENT_ENCODING, "the body cannot be decompressed" },
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

/* "example.org:443", not the whole URL, which may hold a password. */
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
    curl_off_t connected = 0; /* microseconds until it was, 0 while it is not */
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
        { 304, " Not Modified" },
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
    if (status != 0 && status != 200)
        fault_set(&transfer->fault, "HTTP status %ld%s; expected 200", status,
                  status_phrase(status));
}

static void word_end(struct transfer *transfer, CURLcode code)
{
    if (transfer->fault.text[0] != '\0')
        return;
    switch (code) {
    case CURLE_OK:
    case CURLE_HTTP_RETURNED_ERROR: word_status(transfer); break;
    case CURLE_OPERATION_TIMEDOUT: word_timeout(transfer); break;
    case CURLE_COULDNT_CONNECT: word_refused_connect(transfer); break;
    case CURLE_FILESIZE_EXCEEDED: /* found out before the status is looked at */
        word_status(transfer);
        refuse_size(transfer);
        break;
    case CURLE_TOO_MANY_REDIRECTS:
        fault_set(&transfer->fault, "more than %d redirects", FETCH_REDIRECTS);
        break;
    default: word_by_table(transfer, code);
    }
}

static void end_transfer(struct fetcher *fetcher, struct transfer *transfer, CURLcode code,
                         fetch_done *done, void *context)
{
    int64_t duration_ms = clock_steady_ms(fetcher->clock) - transfer->began;
    word_end(transfer, code);
    struct fetch_result result = {
        .owner = transfer->owner,
        .body = transfer->body,
        .status = transfer->status,
        .duration_ms = duration_ms,
        .error = transfer->fault.text[0] == '\0' ? NULL : transfer->fault.text,
    };
    done(context, &result);
    transfer->body = result.body;
    drop(fetcher, transfer);
}

/* A transfer that never came to run because of its address, or NULL. */
static struct transfer *find_refused(const struct fetcher *fetcher)
{
    struct transfer *transfer = fetcher->transfers;
    while (transfer != NULL && (transfer->running || transfer->fault.text[0] == '\0'))
        transfer = transfer->next;
    return transfer;
}

static size_t end_transfers(struct fetcher *fetcher, fetch_done *done, void *context)
{
    size_t ended = 0;
    int left;
    for (struct transfer *refused; (refused = find_refused(fetcher)) != NULL; ended++)
        end_transfer(fetcher, refused, CURLE_OK, done, context);
    for (CURLMsg *message; (message = curl_multi_info_read(fetcher->multi, &left)) != NULL;
         ended++) {
        char *transfer;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        end_transfer(fetcher, (struct transfer *)(void *)transfer, message->data.result, done,
                     context);
    }
    return ended;
}

void fetcher_work(struct fetcher *fetcher, int timeout_ms, int wake_fd, fetch_done *done,
                  void *context)
{
    int64_t deadline = clock_steady_ms(fetcher->clock) + timeout_ms;
    struct curl_waitfd wake = { .fd = wake_fd, .events = CURL_WAIT_POLLIN };
    for (;;) {
        int running;
        run_waiting(fetcher);
        curl_multi_perform(fetcher->multi, &running);
        int64_t left = deadline - clock_steady_ms(fetcher->clock);
        if (end_transfers(fetcher, done, context) > 0 || wake.revents != 0 || left <= 0)
            return;
        curl_multi_poll(fetcher->multi, &wake, wake_fd >= 0, (int)left, NULL);
    }
}
