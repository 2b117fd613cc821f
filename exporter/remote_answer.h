/* SPDX-License-Identifier: MIT */
/* remote_answer.h - the response of remote read: protobuf in snappy, compressed while it grows */
#ifndef EXPORTER_REMOTE_ANSWER_H
#define EXPORTER_REMOTE_ANSWER_H

#include "../almanac/text.h"

#include <stdint.h>

enum { REMOTE_FRAGMENT = 64 << 10 }; /* bytes per block of compression */

/* A ReadResponse of exporter/remote.proto. Zero-initialise, then call in the order of the messages:
 * begin, (begin_query, (begin_series, label…, sample…, end_series)…, end_query)…, end; at the end
 * check whether the body failed. The caller may limit the body. Only compressed bytes are kept. */
struct remote_answer {
    struct text body;
    uint64_t plain; /* uncompressed bytes */
    struct remote_length {
        char *fragment; /* where the length is; NULL: in the body, at place */
        size_t place;
        uint64_t begun;
    } query, series; /* that are being written */
    size_t pending;
    char fragment[REMOTE_FRAGMENT];
};

void remote_answer_begin(struct remote_answer *answer);
void remote_answer_begin_query(struct remote_answer *answer);
void remote_answer_begin_series(struct remote_answer *answer);
void remote_answer_label(struct remote_answer *answer, const char *name, const char *value);
void remote_answer_sample(struct remote_answer *answer, int64_t ms, double value);
void remote_answer_end_series(struct remote_answer *answer);
void remote_answer_end_query(struct remote_answer *answer);
void remote_answer_end(struct remote_answer *answer);

#endif
