/* SPDX-License-Identifier: MIT */
/* source_url.c - a source's URL, made absolute */
#include "source_url.h"

#include "text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A web address is passed to libcurl unchanged. */
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

/* escapes: whether "%41" is already an escaped 'A', as in a URL, or three characters of a folder's
 * name. */
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

/* The absolute folder of a file, with a final '/'. */
static bool put_folder(struct text *url, const char *stands_in)
{
    const char *slash = strrchr(stands_in, '/');
    struct text folder = { 0 };
    text_bytes(&folder, stands_in, slash != NULL ? (size_t)(slash - stands_in) : 0);
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

/* The text after "file:" or "file://", or NULL. */
static const char *file_path_of(const char *url)
{
    if (strncasecmp(url, "file:", 5) != 0)
        return NULL;
    const char *path = url + 5;
    if (strncmp(path, "//", 2) == 0)
        return path[2] == '/' ? path + 2 : NULL;
    return *path != '\0' ? path : NULL;
}

const char *source_url(const char *url, const char *stands_in, struct arena *arena,
                       struct fault *fault)
{
    if (is_web_url(url))
        return arena_string(arena, url);
    const char *path = file_path_of(url);
    struct text whole = { 0 };
    text_put(&whole, "file://");
    if (path == NULL || (*path != '/' && !put_folder(&whole, stands_in))) {
        text_free(&whole);
        fault_set(fault, "'%s' is not a URL to fetch; expected http://…, https://… or file:PATH",
                  url);
        return NULL;
    }
    put_path(&whole, path, true);
    const char *result = arena_string(arena, whole.bytes);
    text_free(&whole);
    return result;
}

const char *source_url_public(const char *url, struct arena *arena)
{
    const char *host = strstr(url, "://");
    char *copy = arena_string(arena, url);
    if (host == NULL)
        return copy;
    host += 3;
    const char *end = host + strcspn(host, "/?#"), *at = end;
    while (at > host && at[-1] != '@')
        at--;
    memmove(copy + (host - url), copy + (at - url), strlen(at) + 1);
    return copy;
}
