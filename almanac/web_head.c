/* SPDX-License-Identifier: MIT */
/* web_head.c - the header fields of a request */
#include "web_head.h"

#include "text.h"

#include <microhttpd.h>
#include <string.h>
#include <strings.h>

struct collection {
    const char *name, *first;
    struct text all; /* for repeated headers */
};

static enum MHD_Result collect(void *cls, enum MHD_ValueKind kind, const char *name,
                               const char *value)
{
    struct collection *collection = cls;
    (void)kind;
    if (value == NULL || strcasecmp(name, collection->name) != 0)
        return MHD_YES;
    if (collection->first == NULL) {
        collection->first = value;
        return MHD_YES;
    }
    if (collection->all.size == 0)
        text_put(&collection->all, collection->first);
    text_printf(&collection->all, ", %s", value);
    return MHD_YES;
}

const char *web_head_field(struct MHD_Connection *connection, const char *name, struct arena *arena)
{
    struct collection collection = { .name = name };
    MHD_get_connection_values(connection, MHD_HEADER_KIND, collect, &collection);
    const char *value = collection.first;
    if (collection.all.size > 0)
        value = arena_string(arena, collection.all.bytes);
    text_free(&collection.all);
    return value;
}

static enum MHD_Result look_for_body(void *cls, enum MHD_ValueKind kind, const char *name,
                                     const char *value)
{
    bool *has_body = cls;
    (void)kind;
    if (strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0 ||
        (strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0 && value != NULL &&
         strcmp(value, "0") != 0))
        *has_body = true;
    return MHD_YES;
}

bool web_head_has_body(struct MHD_Connection *connection)
{
    bool has_body = false;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, look_for_body, &has_body);
    return has_body;
}

void web_head_spell_basic(struct MHD_Connection *connection)
{
    static const char scheme[] = { 'B', 'a', 's', 'i', 'c' };
    const char *value =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION);
    if (value != NULL && strncasecmp(value, "Basic ", sizeof scheme + 1) == 0)
        memcpy((char *)(uintptr_t)value, scheme, sizeof scheme);
}
