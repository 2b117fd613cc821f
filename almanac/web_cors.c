/* SPDX-License-Identifier: MIT */
/* web_cors.c - CORS: which other sites may read answers; none may change anything */
#include "web_cors.h"

#include "utf8.h"

#include <microhttpd.h>
#include <string.h>

static const char *find_origin(struct MHD_Connection *connection)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ORIGIN);
}

/* NULL: none given, or not allowed. */
static const char *allowed_origin(const struct pattern *origins, struct MHD_Connection *connection)
{
    const char *origin = find_origin(connection);
    if (origin == NULL || origins == NULL)
        return NULL;
    size_t size = strlen(origin);
    bool fits = utf8_until(origin, size) == size &&
                pattern_match(origins, NULL, origin, size) == PATTERN_HIT;
    return fits ? origin : NULL;
}

bool web_cors_asks(const struct pattern *origins, struct MHD_Connection *connection,
                   const char *method)
{
    return strcmp(method, MHD_HTTP_METHOD_OPTIONS) == 0 &&
           MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                       MHD_HTTP_HEADER_ACCESS_CONTROL_REQUEST_METHOD) != NULL &&
           allowed_origin(origins, connection) != NULL;
}

bool web_cors_forbids(struct MHD_Connection *connection, const char *method)
{
    static const char *const harmless[] = { MHD_HTTP_METHOD_GET, MHD_HTTP_METHOD_HEAD,
                                            MHD_HTTP_METHOD_OPTIONS };
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (strcmp(method, harmless[i]) == 0)
            return false;
    return find_origin(connection) != NULL;
}

void web_cors_answer(const struct pattern *origins, struct MHD_Connection *connection,
                     struct MHD_Response *response)
{
    static const char *const headers[][2] = {
        { MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS" },
        { MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_HEADERS,
          "Accept, Authorization, Content-Type, If-None-Match, Origin" },
        { MHD_HTTP_HEADER_ACCESS_CONTROL_EXPOSE_HEADERS, "Date, ETag" },
    };
    if (origins == NULL)
        return;
    const char *origin = allowed_origin(origins, connection);
    MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ORIGIN);
    if (origin == NULL)
        return;
    MHD_add_response_header(response, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
}
