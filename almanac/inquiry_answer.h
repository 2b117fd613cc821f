/* SPDX-License-Identifier: MIT */
/* inquiry_answer.h - the answer to a query of the ledger, written piece by piece */
#ifndef ALMANAC_INQUIRY_ANSWER_H
#define ALMANAC_INQUIRY_ANSWER_H

#include "format.h"
#include "inquiry.h"

#include <stdio.h>

struct inquiry_answer;

/* Begins the answer: ordered by figure, labels, period and order of record, and as of one moment of
 * the ledger, which only grows: so no transaction is open between two pieces, however late the next
 * is asked for. A format that sets in_force gets only the vintages in force. All arguments are
 * borrowed; the writer's labels are set. NULL with a fault. */
struct inquiry_answer *inquiry_answer_begin(const struct inquiry *inquiry,
                                            const struct format *format, struct writer *writer,
                                            struct fault *fault);

struct inquiry_sum {
    size_t undeclared; /* series left out because the catalogue lacks their figure */
    size_t rows;       /* so far */
};
struct inquiry_sum inquiry_answer_sum(const struct inquiry_answer *answer);

/* Appends about FORMAT_PIECE bytes to the writer's output, or what is left. 1: there is more; 0:
 * the answer is complete; -1 with a fault. */
int inquiry_answer_next(struct inquiry_answer *answer, struct fault *fault);

/* Also frees what the writer holds. NULL is allowed. */
void inquiry_answer_end(struct inquiry_answer *answer);

/* Writes a whole answer to the stream, and sets *sum. 0, or -1 with a fault. */
int inquiry_answer_print(const struct inquiry *inquiry, const struct format *format,
                         struct writer *writer, FILE *out, struct inquiry_sum *sum,
                         struct fault *fault);

#endif
