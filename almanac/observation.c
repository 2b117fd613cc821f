/* SPDX-License-Identifier: MIT */
/* observation.c - one reported value of one series and period */
#include "observation.h"

#include <string.h>

static const char *const comparator_words[] = {
    [COMPARATOR_EXACT] = "",           [COMPARATOR_LESS] = "<", [COMPARATOR_LESS_OR_EQUAL] = "<=",
    [COMPARATOR_MORE_OR_EQUAL] = ">=", [COMPARATOR_MORE] = ">", [COMPARATOR_ABOUT] = "~",
};

bool comparator_read(const char *text, enum comparator *comparator)
{
    for (size_t i = 0; i < sizeof comparator_words / sizeof *comparator_words; i++)
        if (strcmp(text, comparator_words[i]) == 0) {
            *comparator = (enum comparator)i;
            return true;
        }
    return false;
}

const char *comparator_text(enum comparator comparator)
{
    return comparator_words[comparator];
}

/* SDMX CL_OBS_STATUS 2.x. */
enum status_value status_value(char status)
{
    switch (status) {
    case 'A': /* normal */
    case 'B': /* break in the series */
    case 'D': /* definition differs */
    case 'E': /* estimated */
    case 'F': /* forecast */
    case 'G': /* experimental */
    case 'I': /* imputed */
    case 'P': /* provisional */
    case 'U': /* low reliability */
    case 'V': /* unvalidated */
    case 'W': /* includes another category */ return STATUS_WITH_VALUE;
    case 'H': /* missing: holiday or weekend */
    case 'L': /* missing: not collected */
    case 'M': /* missing: cannot exist */
    case 'O': /* missing: no reason given */
    case 'Q': /* missing: suppressed */ return STATUS_WITHOUT_VALUE;
    case 'J': /* derogation */
    case 'K': /* included in another category */
    case 'N': /* not significant */
    case 'S': /* strike or other special event */ return STATUS_EITHER;
    default: return STATUS_UNKNOWN;
    }
}

int status_read(const char *text, char *status, struct fault *fault)
{
    *status = text[0];
    if (status_value(*status) != STATUS_UNKNOWN && text[1] == '\0')
        return 0;
    return fault_set(fault,
                     "'%s' is not known; expected one of A (normal), B, D, E, F (forecast), G, "
                     "I, P (provisional), U, V and W, without a value H, L, M, O and Q, with "
                     "or without one J, K, N and S (SDMX CL_OBS_STATUS)",
                     text);
}

bool statement_equal(const struct statement *a, const struct statement *b)
{
    return a->period.start == b->period.start && a->period.end == b->period.end &&
           a->missing == b->missing && a->comparator == b->comparator && a->status == b->status &&
           (a->missing || quantity_equal(&a->value, &b->value));
}
