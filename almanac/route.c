/* SPDX-License-Identifier: MIT */
/* route.c - which handler answers a request: a table, no sockets */
#include "route.h"

#include <stdlib.h>
#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undoes the %XX in place, and '+' where it stands for a space. false if that is not UTF-8. */
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
    return text_utf8_until(string, size) == size;
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

bool request_read(struct request *request, const char *target, struct reply *reply)
{
    size_t size = strlen(target) + 1;
    *request = (struct request){ .path = "", .body = { .bytes = "" } };
    request->bytes = calloc(2, size); /* twice: behind the target there is room for the tail */
    if (request->bytes == NULL) {
        reply_words(reply, 500, "out of memory");
        return false;
    }
    memcpy(request->bytes, target, size);
    request->tail = request->bytes + size;
    char *query = request->bytes;
    char *path = strsep(&query, "?");
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

/*   pattern  /graph/ * .png
 *   path     /graph/name.png     before = 7, after = 4, the tail is what is left between */
static bool path_matches(const char *pattern, struct request *request)
{
    const char *star = strchr(pattern, '*'), *path = request->path;
    if (star == NULL)
        return strcmp(pattern, path) == 0;
    size_t before = (size_t)(star - pattern), after = strlen(star + 1), size = strlen(path);
    if (size <= before + after || memcmp(path, pattern, before) != 0 ||
        memcmp(path + size - after, star + 1, after) != 0)
        return false;
    size_t left = size - before - after;
    if (memchr(path + before, '/', left) != NULL)
        return false;
    memcpy(request->tail, path + before, left);
    request->tail[left] = '\0';
    return true;
}

/* Whether "from,to,lang" has the name. */
static bool list_has(const char *list, const char *name)
{
    size_t size = strlen(name);
    while (*list != '\0') {
        size_t length = strcspn(list, ",");
        if (length == size && memcmp(list, name, size) == 0)
            return true;
        list += length + (list[length] == ',');
    }
    return false;
}

/* "from,to,lang" as "from, to or lang". */
static void write_list(struct text *words, const char *list)
{
    const char *last = strrchr(list, ',');
    for (const char *at = list; *at != '\0'; at++)
        if (*at == ',')
            text_put(words, at == last ? " or " : ", ");
        else
            text_char(words, *at);
}

static void refuse_parameter(struct reply *reply, const char *name, const char *expected)
{
    struct text words = { 0 };
    text_printf(&words, "unknown parameter '%s'; expected ", name);
    write_list(&words, *expected == '\0' ? "none" : expected);
    text_char(&words, '\n');
    reply_text(reply, 400, REPLY_WORDS_TYPE, &words);
}

static bool takes_parameters(const struct route *route, const struct request *request,
                             struct reply *reply)
{
    const char *names = route->parameters == NULL ? "" : route->parameters;
    for (size_t i = 0; i < request->parameter_count; i++) {
        if (!list_has(names, request->parameters[i].name)) {
            refuse_parameter(reply, request->parameters[i].name, names);
            return false;
        }
    }
    return true;
}

static void refuse_method(struct reply *reply, const struct request *request, const char *method,
                          const char *methods)
{
    struct text words = { 0 };
    text_printf(&words, "'%s' cannot be asked with %s; expected ", request->path, method);
    write_list(&words, methods == NULL ? "GET,HEAD" : methods);
    text_char(&words, '\n');
    reply_text(reply, 405, REPLY_WORDS_TYPE, &words);
    reply_header(reply, "Allow", methods == NULL ? "GET, HEAD" : methods);
}

const struct route *route_find(const struct route *routes, size_t count, const char *method,
                               struct request *request, struct reply *reply)
{
    const struct route *route = routes;
    while (route < routes + count && !path_matches(route->path, request))
        route++;
    if (route == routes + count) {
        reply_words(reply, 404, "there is nothing at '%s'", request->path);
        return NULL;
    }
    if (!list_has(route->methods == NULL ? "GET,HEAD" : route->methods, method)) {
        refuse_method(reply, request, method, route->methods);
        return NULL;
    }
    return takes_parameters(route, request, reply) ? route : NULL;
}
