/* SPDX-License-Identifier: MIT */
/* fetch_encoding.c - decodes a body's Content-Encoding */
#include "fetch_private.h"

#include "../almanac/gzip.h"

#include <strings.h>

/* Inflates here, since libcurl would accept a truncated stream as complete. */
static void inflate_body(struct transfer *transfer)
{
    struct text whole = { .limit = (size_t)transfer->body_size_limit };
    struct fault cause = { 0 };
    text_put(&whole, "");
    transfer->broken = gzip_inflate(&whole, transfer->body.bytes, transfer->body.size, &cause) != 0;
    if (transfer->broken)
        fault_set(&transfer->fault, "the body cannot be decompressed: %s", cause.text);
    else if (text_failed(&whole))
        transfer_refuse_size(transfer);
    text_free(&transfer->body);
    transfer->body = whole;
}

void transfer_decode(struct transfer *transfer)
{
    struct curl_header *header;
    for (size_t i = 0; transfer->fault.text[0] == '\0' && transfer->status != 304 &&
                       curl_easy_header(transfer->easy, "Content-Encoding", i, CURLH_HEADER, -1,
                                        &header) == CURLHE_OK;
         i++) {
        const char *name = header->value;
        if (strcasecmp(name, "gzip") == 0 || strcasecmp(name, "x-gzip") == 0)
            inflate_body(transfer);
        else if (name[0] != '\0' && strcasecmp(name, "identity") != 0)
            fault_set(&transfer->fault, "the body is encoded as '%.60s'; expected gzip or nothing",
                      name);
    }
}
