/* SPDX-License-Identifier: MIT */
/* remote_answer.h - what a Prometheus is answered by remote read: protobuf in snappy, as it grows
 */
#ifndef EXPORTER_REMOTE_ANSWER_H
#define EXPORTER_REMOTE_ANSWER_H

#include "../almanac/text.h"

enum { REMOTE_FRAGMENT = 64 << 10 }; /* bytes that snappy compresses together */

/* A ReadResponse of exporter/remote.proto. Zero-initialise, then by the messages' order: begin,
 * (begin_query, (begin_series, label…, sample…, end_series)…, end_query)…, end; and ask whether the
 * body failed, which may have a limit. Only the compressed bytes are held. */
struct remote_answer {
    struct text body;
    uint64_t plain; /* bytes before snappy */
    struct remote_length {
        char *fragment; /* where the length stands; NULL: at this place in the body */
        size_t place;
        uint64_t begun;
    } query, series;
    bool in_series;
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
