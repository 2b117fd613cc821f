/* SPDX-License-Identifier: MIT */
/* route.c - a table from requests to the functions that answer them; no sockets */
#include "route.h"

#include "utf8.h"

#include <string.h>

/*   pattern  /graph/ * .png
 *   path     /graph/name.png     before = 7, after = 4, the tail is the rest between */
static bool path_matches(const char *pattern, struct request *request)
{
    const char *star = strchr(pattern, '*'), *path = request->path;
    if (star == NULL)
        return strcmp(pattern, path) == 0;
    size_t before = (size_t)(star - pattern), after = strlen(star + 1), size = strlen(path);
    if (star[1] == '*') {
        if (size <= before || memcmp(path, pattern, before) != 0)
            return false;
        request->tail = request_written(request, path + before);
        return true;
    }
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

/* Whether "from,to,lang", or "GET, HEAD", contains the name. */
static bool list_has(const char *list, const char *name)
{
    size_t size = strlen(name);
    while (*list != '\0') {
        size_t length = strcspn(list, ",");
        if (length == size && memcmp(list, name, size) == 0)
            return true;
        list += length;
        list += strspn(list, ", ");
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
        else if (*at != ' ')
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

static void refuse_method(struct reply *reply, const struct request *request, const char *methods)
{
    const char *method = request->method;
    struct text words = { 0 };
    bool is_utf8 = method[utf8_until(method, strlen(method))] == '\0'; /* not checked before */
    text_printf(&words, "'%s' cannot be asked with %s; expected ", request->path,
                is_utf8 ? method : "that");
    write_list(&words, methods);
    text_char(&words, '\n');
    reply_text(reply, 405, REPLY_WORDS_TYPE, &words);
    reply_header(reply, "Allow", methods);
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
    const char *methods = route->methods == NULL ? "GET, HEAD" : route->methods;
    request->method = method;
    if (!list_has(methods, method)) {
        refuse_method(reply, request, methods);
        return NULL;
    }
    return takes_parameters(route, request, reply) ? route : NULL;
}
