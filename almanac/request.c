/* SPDX-License-Identifier: MIT */
/* request.c - a request's path, parameters and body; no sockets */
#include "request.h"

#include "accept.h"
#include "arena.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes %XX in place, and '+' as a space if asked. false if the result is not UTF-8. */
static bool decode(char *string, bool plus_is_space)
{
    char *out = string;
    for (const char *at = string; *at != '\0'; at++) {
        if (*at == '%') {
            int high = hex_digit(at[1]);
            int low = high < 0 ? -1 : hex_digit(at[2]);
            if (low < 0)
                return false;
            *out++ = (char)(high << 4 | low);
            at += 2;
        } else {
            *out++ = *at == '+' && plus_is_space ? ' ' : *at;
        }
    }
    *out = '\0';
    size_t size = (size_t)(out - string);
    return utf8_until(string, size) == size;
}

static bool may_be_repeated(const char *name)
{
    size_t size = strlen(name);
    return size >= 2 && strcmp(name + size - 2, "[]") == 0;
}

/* Reads "name=value". */
static bool read_parameter(struct request *request, char *pair, struct reply *reply)
{
    char *value = strchrnul(pair, '=');
    if (*value == '=')
        *value++ = '\0';
    if (!decode(pair, true))
        reply_words(reply, 400, "the name of a parameter is not percent-encoded UTF-8");
    else if (!decode(value, true))
        reply_words(reply, 400, "parameter '%s' is not percent-encoded UTF-8", pair);
    else if (!may_be_repeated(pair) && request_parameter(request, pair) != NULL)
        reply_words(reply, 400, "parameter '%s' is repeated; expected at most one", pair);
    else if (request->parameter_count == REQUEST_PARAMETERS)
        reply_words(reply, 400, "more than %d parameters", REQUEST_PARAMETERS);
    else {
        request->parameters[request->parameter_count++] = (struct parameter){ pair, value };
        return true;
    }
    return false;
}

char *request_written(const struct request *request, const char *at)
{
    char *written = request->written;
    for (const char *path = request->bytes; path < at; path++)
        written += *written == '%' ? 3 : 1;
    return written;
}

bool request_decode(char *part)
{
    return decode(part, false);
}

const char *request_behind_server(const char *target)
{
    static const char *const schemes[] = { "http://", "https://" };
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t size = strlen(schemes[i]);
        if (strncasecmp(target, schemes[i], size) == 0) {
            const char *path = target + size + strcspn(target + size, "/?");
            return *path == '\0' ? "/" : path;
        }
    }
    return target;
}

bool request_read(struct request *request, const char *target, struct reply *reply)
{
    target = request_behind_server(target);
    size_t size = strlen(target) + 1;
    *request = (struct request){ .path = "", .body = { .bytes = "" } };
    request->bytes = array_new(3, size); /* the parsed target; room for the tail; its raw path */
    memcpy(request->bytes, target, size);
    request->tail = request->bytes + size;
    char *query = request->bytes;
    char *path = strsep(&query, "?");
    request->written = strcpy(request->tail + size, path);
    if (!decode(path, false)) {
        reply_words(reply, 400, "the path is not percent-encoded UTF-8");
        return false;
    }
    request->path = path;
    char *pair;
    while ((pair = strsep(&query, "&")) != NULL)
        if (*pair != '\0' && !read_parameter(request, pair, reply))
            return false;
    return true;
}

void request_free(struct request *request)
{
    free(request->bytes);
    *request = (struct request){ 0 };
}

const char *request_parameter(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->parameter_count; i++)
        if (strcmp(request->parameters[i].name, name) == 0)
            return request->parameters[i].value;
    return NULL;
}

const char *request_header(const struct request *request, const char *name)
{
    return request->find_header == NULL ? NULL : request->find_header(request->message, name);
}

void request_finish(const struct request *request)
{
    request->finish(request->message);
}

void request_tag(const struct request *request, struct reply *reply, const char *etag)
{
    if (accept_has_etag(request_header(request, "If-None-Match"), etag))
        reply->status = 304;
    reply_header(reply, "ETag", etag);
}

bool request_strip(struct request *request, const char *prefix, struct reply *reply)
{
    size_t size = strlen(prefix);
    const char *path = request->path;
    if (strncmp(path, prefix, size) == 0) {
        request->path += size - 1;
        return true;
    }
    if (strcmp(path, "/") == 0 ||
        (strncmp(path, prefix, size - 1) == 0 && path[size - 1] == '\0')) {
        reply_words(reply, 302, "it is at %s", prefix);
        reply_header(reply, "Location", prefix);
    } else {
        reply_words(reply, 404, "there is nothing at '%s'", path);
    }
    return false;
}
