/* SPDX-License-Identifier: MIT */
/* log.h - the daemons' log: logfmt or JSON lines, one write per line */
#ifndef ALMANAC_LOG_H
#define ALMANAC_LOG_H

#include "clock.h"

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR };
enum log_format { LOG_FORMAT_LOGFMT, LOG_FORMAT_JSON };

struct log {
    int fd;
    enum log_level level; /* quieter ones are dropped */
    enum log_format format;
    const struct clock *clock; /* borrowed */
};

/* Writes ts, level, msg and the pairs: key, value, key, value, …, NULL. Every value is a string.
 * Thread-safe. */
void log_write(const struct log *log, enum log_level level, const char *message, ...)
    __attribute__((sentinel));

/* The words of --log.level and --log.format, in the order of the enums, NULL-terminated. */
extern const char *const log_level_words[], *const log_format_words[];

#endif
