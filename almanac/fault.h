/* SPDX-License-Identifier: MIT */
/* fault.h - why something failed, in words; the first cause wins */
#ifndef ALMANAC_FAULT_H
#define ALMANAC_FAULT_H

/* Zero-initialise before use. Nothing to free. text is UTF-8, empty while nothing failed,
 * with '?' for control characters and for what is not UTF-8. */
struct fault {
    char text[512];
};

/* Words the failure unless an earlier cause is there. Always returns -1. */
int fault_set(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts the place in front of the words already there: "conf.yaml:3: " + "…". Returns -1. */
int fault_at(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
