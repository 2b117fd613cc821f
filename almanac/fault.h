/* SPDX-License-Identifier: MIT */
/* fault.h - why an operation failed, in words; the first cause wins */
#ifndef ALMANAC_FAULT_H
#define ALMANAC_FAULT_H

#include <stdarg.h>

/* Zero-initialise; nothing to free. text is UTF-8 and empty until something fails; '?' replaces
 * control characters and malformed UTF-8; what a precision ("%.60s") or the size leaves of a
 * character is left out. */
struct fault {
    char text[512];
};

/* Sets the text unless an earlier cause is set. Always returns -1. */
int fault_set(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));
int fault_vset(struct fault *fault, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Prefixes the text with the place: "conf.yaml:3: " + "…". Returns -1. */
int fault_at(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
