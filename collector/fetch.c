/* SPDX-License-Identifier: MIT */
/* fetch.c - fetches URLs; only its own files use libcurl */
#include "fetch_private.h"

#include "../almanac/arena.h"

#include <stdlib.h>
#include <string.h>

struct fetcher {
    CURLM *multi;
    const struct clock *clock; /* borrowed */
    fetch_done *done;
    void *context;
    struct transfer *transfers; /* in the order of their requests */
    size_t under_way, running;
};

struct fetcher *fetcher_open(const struct clock *clock, fetch_done *done, void *context,
                             struct fault *fault)
{
    CURLM *multi = curl_global_init(CURL_GLOBAL_DEFAULT) == 0 ? curl_multi_init() : NULL;
    if (multi == NULL) {
        fault_set(fault, "cannot set up libcurl");
        return NULL;
    }
    struct fetcher *fetcher = array_new(1, sizeof *fetcher);
    *fetcher = (struct fetcher){ .multi = multi, .clock = clock, .done = done, .context = context };
    return fetcher;
}

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
    free(transfer);
}

void fetcher_close(struct fetcher *fetcher)
{
    if (fetcher == NULL)
        return;
    while (fetcher->transfers != NULL)
        drop(fetcher, fetcher->transfers);
    curl_multi_cleanup(fetcher->multi);
    curl_global_cleanup();
    free(fetcher);
}

static struct transfer *add_transfer(struct fetcher *fetcher)
{
    struct transfer *transfer = array_new(1, sizeof *transfer), **link = &fetcher->transfers;
    while (*link != NULL)
        link = &(*link)->next;
    *link = transfer;
    fetcher->under_way++;
    return transfer;
}

void fetcher_start(struct fetcher *fetcher, const struct fetch_request *request)
{
    struct transfer *transfer = add_transfer(fetcher);
    transfer->owner = request->owner;
    transfer->timeout = request->timeout;
    transfer->body_size_limit = request->body_size_limit;
    transfer->body.limit = (size_t)request->body_size_limit;
    text_put(&transfer->body, "");
    transfer->began = clock_steady_ms(fetcher->clock);
    transfer->easy = curl_easy_init();
    if (transfer->easy == NULL)
        fault_set(&transfer->fault, "cannot set up a transfer");
    else
        transfer_ask(transfer, request);
}

size_t fetcher_under_way(const struct fetcher *fetcher)
{
    return fetcher->under_way;
}

/* Transfers beyond FETCH_AT_ONCE wait outside libcurl, whose timeouts would include the wait. */
static void run_waiting(struct fetcher *fetcher)
{
    for (struct transfer *transfer = fetcher->transfers; transfer != NULL;
         transfer = transfer->next) {
        if (fetcher->running == FETCH_AT_ONCE)
            return;
        if (transfer->running || transfer->fault.text[0] != '\0')
            continue;
        transfer->began = clock_steady_ms(fetcher->clock);
        transfer->running = curl_multi_add_handle(fetcher->multi, transfer->easy) == CURLM_OK;
        fetcher->running += transfer->running;
        if (!transfer->running)
            fault_set(&transfer->fault, "cannot set up a transfer");
    }
}

/* The header's value, owned by libcurl until the transfer ends, or NULL. */
static const char *header_of(const struct transfer *transfer, const char *name)
{
    struct curl_header *header;
    return curl_easy_header(transfer->easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK
               ? header->value
               : NULL;
}

/* Reads numbers itself, since libcurl limits them; leaves dates to libcurl. */
static int64_t retry_after_of(const struct transfer *transfer)
{
    const char *value = header_of(transfer, "Retry-After");
    curl_off_t seconds = 0;
    if (value != NULL && value[0] != '\0' && value[strspn(value, "0123456789")] == '\0')
        return strtoll(value, NULL, 10);
    curl_easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &seconds);
    return seconds;
}

static void end_transfer(struct fetcher *fetcher, struct transfer *transfer, CURLcode code)
{
    int64_t duration_ms = clock_steady_ms(fetcher->clock) - transfer->began;
    transfer_word_end(transfer, code);
    transfer_decode(transfer);
    struct fetch_result result = {
        .owner = transfer->owner,
        .body = transfer->body,
        .status = transfer->status,
        .duration_ms = duration_ms,
        .retry_after = retry_after_of(transfer),
        .etag = header_of(transfer, "ETag"),
        .last_modified = header_of(transfer, "Last-Modified"),
        .may_pass = transfer_may_pass(transfer, code),
        .error = transfer->fault.text[0] == '\0' ? NULL : transfer->fault.text,
    };
    fetcher->done(fetcher->context, &result);
    transfer->body = result.body;
    drop(fetcher, transfer);
}

/* A transfer that could not start, or NULL. */
static struct transfer *find_refused(const struct fetcher *fetcher)
{
    struct transfer *transfer = fetcher->transfers;
    while (transfer != NULL && (transfer->running || transfer->fault.text[0] == '\0'))
        transfer = transfer->next;
    return transfer;
}

static size_t end_transfers(struct fetcher *fetcher)
{
    size_t ended = 0;
    int left;
    for (struct transfer *refused; (refused = find_refused(fetcher)) != NULL; ended++)
        end_transfer(fetcher, refused, CURLE_OK);
    for (CURLMsg *message; (message = curl_multi_info_read(fetcher->multi, &left)) != NULL;
         ended++) {
        char *transfer;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        end_transfer(fetcher, (struct transfer *)(void *)transfer, message->data.result);
    }
    return ended;
}

void fetcher_work(struct fetcher *fetcher, int timeout_ms, int wake_fd)
{
    int64_t deadline = clock_steady_ms(fetcher->clock) + timeout_ms;
    struct curl_waitfd wake = { .fd = wake_fd, .events = CURL_WAIT_POLLIN };
    for (;;) {
        int running;
        run_waiting(fetcher);
        curl_multi_perform(fetcher->multi, &running);
        int64_t left = deadline - clock_steady_ms(fetcher->clock);
        if (end_transfers(fetcher) > 0 || wake.revents != 0 || left <= 0)
            return;
        curl_multi_poll(fetcher->multi, &wake, wake_fd >= 0, (int)left, NULL);
    }
}
