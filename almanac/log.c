/* SPDX-License-Identifier: MIT */
/* log.c - the daemons' log: logfmt or JSON lines, one write per line */
#include "log.h"

#include "civil.h"
#include "text.h"
#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *const log_level_words[] = { "debug", "info", "warn", "error", NULL };
const char *const log_format_words[] = { "logfmt", "json", NULL };

enum { TIME_ROOM = 64 };

static void write_time(char *out, const struct clock *clock)
{
    int64_t now = clock_wall_ms(clock);
    struct civil_moment utc = civil_at(now / 1000);
    snprintf(out, TIME_ROOM, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc.year, utc.month, utc.day,
             utc.hour, utc.minute, utc.second, (int)(now % 1000));
}

/* logfmt quotes only values that would not read back as one word. */
static bool is_plain(const char *value)
{
    size_t size = strlen(value), at = 0;
    while (at < size && (unsigned char)value[at] > ' ' && !utf8_is_c1(value + at) &&
           strchr("=\"\\\x7F", value[at]) == NULL)
        at++;
    return size > 0 && at == size && utf8_until(value, size) == size;
}

static void write_pair(struct text *line, enum log_format format, const char *key,
                       const char *value)
{
    if (line->size > 0)
        text_put(line, format == LOG_FORMAT_JSON ? "," : " ");
    if (format == LOG_FORMAT_JSON) {
        text_json(line, key);
        text_char(line, ':');
        text_json(line, value);
    } else {
        text_printf(line, "%s=", key);
        if (is_plain(value))
            text_put(line, value);
        else
            text_json(line, value);
    }
}

void log_write(const struct log *log, enum log_level level, const char *message, ...)
{
    if (level < log->level)
        return;
    char stamp[TIME_ROOM];
    struct text line = { 0 }, whole = { 0 };
    write_time(stamp, log->clock);
    write_pair(&line, log->format, "ts", stamp);
    write_pair(&line, log->format, "level", log_level_words[level]);
    write_pair(&line, log->format, "msg", message);
    va_list args;
    va_start(args, message);
    const char *key;
    while ((key = va_arg(args, const char *)) != NULL)
        write_pair(&line, log->format, key, va_arg(args, const char *));
    va_end(args);
    text_printf(&whole, log->format == LOG_FORMAT_JSON ? "{%s}\n" : "%s\n", line.bytes);
    ssize_t written = write(log->fd, whole.bytes, whole.size);
    (void)written; /* there is nowhere to report a failure */
    text_free(&line);
    text_free(&whole);
}
