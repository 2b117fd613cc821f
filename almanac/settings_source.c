/* SPDX-License-Identifier: MIT */
/* settings_source.c - one source of the configuration, from its mapping */
#include "period.h"
#include "settings_parts.h"
#include "text.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { YEAR = 365 * PERIOD_DAY };

#define URL_EXPECTED "an http://, https:// or file: URL"

/* It becomes a label's value and the name of a source on the command line. */
static int check_source_name(const char *name, struct fault *fault)
{
    size_t length =
        strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
    if (name[length] == '\0' && length <= 128)
        return 0;
    return fault_set(fault,
                     "'%s' is not a source's name; expected at most 128 letters, digits, "
                     "'_', '-' and '.'",
                     name);
}

struct source_form {
    struct source_settings source;
    int format;
};

static const char *const formats[] = { "json", "csv", NULL };

#define SOURCE_FIELD(name) .key = #name, .offset = offsetof(struct source_form, source.name)

static const struct yaml_row source_rows[] = {
    { SOURCE_FIELD(name), .type = YAML_STRING, .required = true, .check = check_source_name,
      .expected = "a name of its own" },
    { SOURCE_FIELD(url), .type = YAML_STRING, .required = true, .expected = URL_EXPECTED },
    { .key = "format",
      .offset = offsetof(struct source_form, format),
      .type = YAML_WORD,
      .words = formats,
      .expected = "json or csv" },
    { SOURCE_FIELD(every), .type = YAML_DURATION, .least = 1, .most = YEAR,
      .expected = "a duration from 1s to 1y, like 15m or 1h" },
    { SOURCE_FIELD(timeout), .type = YAML_DURATION, .least = 1, .most = 3600,
      .expected = "a duration from 1s to 1h, like 30s" },
    { SOURCE_FIELD(body_size_limit), .type = YAML_SIZE, .least = 1, .most = 1000 * 1000 * 1000,
      .expected = "a size from 1B to 1GB, like 512KiB or 10MB" },
};
static const struct yaml_table source_table = { source_rows,
                                                sizeof source_rows / sizeof *source_rows };

/* A web address is handed to libcurl as it stands. */
static bool is_web_url(const char *url)
{
    const char *host = strncasecmp(url, "http://", 7) == 0    ? url + 7
                       : strncasecmp(url, "https://", 8) == 0 ? url + 8
                                                              : "";
    if (*host == '\0' || strchr("/?#:", *host) != NULL)
        return false;
    for (const char *c = url; *c != '\0'; c++)
        if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7F)
            return false;
    return true;
}

/* escapes: whether "%41" means 'A' already, as in a URL, or four letters of a folder's name. */
static void put_path(struct text *url, const char *path, bool escapes)
{
    for (const unsigned char *c = (const unsigned char *)path; *c != '\0'; c++) {
        bool escaped = escapes && *c == '%' && isxdigit(c[1]) && isxdigit(c[2]);
        if (escaped || (*c < 0x80 && (isalnum(*c) || strchr("/-._~!$&'()*+,;=:@", *c) != NULL)))
            text_char(url, (char)*c);
        else
            text_printf(url, "%%%02X", *c);
    }
}

/* The folder of the configuration, absolute, with a '/' at its end. */
static bool put_folder(struct text *url, const char *configuration)
{
    const char *slash = strrchr(configuration, '/');
    struct text folder = { 0 };
    text_bytes(&folder, configuration, slash != NULL ? (size_t)(slash - configuration) : 0);
    text_put(&folder, slash != NULL ? "/" : ".");
    char *absolute = realpath(folder.bytes, NULL);
    if (absolute != NULL) {
        put_path(url, absolute, false);
        if (strcmp(absolute, "/") != 0)
            text_char(url, '/');
    }
    text_free(&folder);
    free(absolute);
    return absolute != NULL;
}

/* file:PATH, file:/PATH or file:///PATH as file:///PATH; NULL for anything else. */
static const char *file_url(const char *url, const char *configuration, struct arena *arena)
{
    if (strncasecmp(url, "file:", 5) != 0)
        return NULL;
    const char *path = url + 5;
    if (strncmp(path, "//", 2) == 0)
        path += 2;
    if (*path == '\0' || (path != url + 5 && *path != '/'))
        return NULL;
    struct text whole = { 0 };
    text_put(&whole, "file://");
    bool good = *path == '/' || put_folder(&whole, configuration);
    put_path(&whole, path, true);
    const char *copy = good ? arena_string(arena, whole.bytes) : NULL;
    text_free(&whole);
    return copy;
}

const struct source_settings *settings_read_source(const struct yaml_node *mapping,
                                                   struct arena *arena, struct fault *fault)
{
    struct source_form *form = arena_take(arena, 1, sizeof *form);
    struct source_settings *source = &form->source;
    source->every = 3600;
    source->timeout = 30;
    source->body_size_limit = 10 * 1000 * 1000;
    if (yaml_bind(mapping, &source_table, form, fault) != 0)
        return NULL;
    source->format = formats[form->format];
    if (is_web_url(source->url))
        return source;
    const char *url = file_url(source->url, mapping->path, arena);
    if (url == NULL) {
        fault_set(fault, "'url' is '%s'; expected " URL_EXPECTED, source->url);
        yaml_at(mapping, "url", fault);
        return NULL;
    }
    source->url = url;
    return source;
}
