/* SPDX-License-Identifier: MIT */
/* settings_transport.c - a source's headers, credentials and TLS files, from their mapping */
#include "file.h"
#include "settings_parts.h"

#include <string.h>
#include <strings.h>

struct transport_form {
    struct transport transport;
    struct settings_labels headers, header_files;
};

static bool is_token(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                 "!#$%&'*+-.^_`|~");
    return length > 0 && name[length] == '\0';
}

bool transport_names(const struct label *headers, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(headers[i].name, name) == 0)
            return true;
    return false;
}

static int add(struct transport_form *form, struct settings_labels *headers,
               const struct yaml_entry *entry, struct fault *fault)
{
    const char *name = entry->key, *value = entry->value;
    static const char *const ours[] = { "Authorization", "Host", "User-Agent", "Content-Length" };
    if (!is_token(name) || value[strcspn(value, "\r\n")] != '\0')
        return fault_set(fault, "'%s' is no header; expected a name and one line", name);
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strcasecmp(name, ours[i]) == 0)
            return fault_set(fault, "the header '%s' is not for here; expected another (see %s)",
                             name, i == 0 ? "basic_auth and authorization" : "url");
    if (transport_names(form->headers.items, form->headers.count, name) ||
        transport_names(form->header_files.items, form->header_files.count, name))
        return fault_set(fault, "the header '%s' is given twice; expected it once", name);
    return settings_add_label(headers, entry, fault);
}

static int add_header(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct transport_form *form = target;
    return add(form, &form->headers, entry, fault);
}

static int add_header_file(void *target, const struct yaml_entry *entry, struct fault *fault)
{
    struct transport_form *form = target;
    return add(form, &form->header_files, entry, fault);
}

/* RFC 7617, section 2. */
static int check_username(const char *name, struct fault *fault)
{
    if (strchr(name, ':') == NULL)
        return 0;
    return fault_set(fault,
                     "'%s' has a ':', behind which the password begins; expected a user's name "
                     "without",
                     name);
}

#define FIELD(name_, field) .key = name_, .offset = offsetof(struct transport_form, transport.field)

static const struct yaml_row basic_rows[] = {
    { FIELD("username", username), .type = YAML_STRING, .required = true, .check = check_username,
      .expected = "a user's name" },
    { FIELD("password_file", password_file), .type = YAML_STRING, .required = true,
      .expected = "the path of a file with the password" },
    { 0 },
};
static const struct yaml_row authorization_rows[] = {
    { FIELD("type", authorization_type), .type = YAML_STRING, .expected = "a scheme, like Bearer" },
    { FIELD("credentials_file", credentials_file), .type = YAML_STRING, .required = true,
      .expected = "the path of a file with the token" },
    { 0 },
};
static const struct yaml_row tls_rows[] = {
    { FIELD("ca_file", ca_file), .type = YAML_STRING,
      .expected = "the path of the certificates that are trusted" },
    { FIELD("cert_file", cert_file), .type = YAML_STRING, .expected = "the path of a certificate" },
    { FIELD("key_file", key_file), .type = YAML_STRING, .expected = "the path of its key" },
    { 0 },
};

static const struct yaml_row transport_rows[] = {
    { .key = "headers",
      .type = YAML_ENTRIES,
      .entry = add_header,
      .expected = "headers with their values" },
    { .key = "header_files",
      .type = YAML_ENTRIES,
      .entry = add_header_file,
      .expected = "headers with paths of files that hold their values" },
    { FIELD("post", post), .type = YAML_STRING,
      .expected = "what is posted, like a query in JSON" },
    { .key = "basic_auth",
      .type = YAML_MAPPING,
      .rows = basic_rows,
      .expected = "a mapping with username and password_file" },
    { .key = "authorization",
      .type = YAML_MAPPING,
      .rows = authorization_rows,
      .expected = "a mapping with type and credentials_file" },
    { .key = "tls_config",
      .type = YAML_MAPPING,
      .rows = tls_rows,
      .expected = "a mapping with ca_file, cert_file and key_file" },
    { 0 },
};

static int check(const struct transport *transport, const struct yaml_node *mapping,
                 struct fault *fault)
{
    if (transport->username != NULL && transport->credentials_file != NULL)
        return yaml_refuse(mapping, "authorization", fault,
                           "basic_auth and authorization exclude each other; expected one");
    if ((transport->cert_file == NULL) != (transport->key_file == NULL))
        return yaml_refuse(
            mapping, "tls_config", fault,
            "a certificate and its key go together; expected cert_file and key_file");
    return 0;
}

static void resolve(const char **path, const struct yaml_node *mapping)
{
    *path = file_beside(*path, mapping->path, mapping->arena);
}

int settings_read_transport(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct transport *transport = target;
    struct transport_form form = { 0 };
    int result = yaml_bind(mapping, transport_rows, &form, fault);
    *transport = form.transport;
    transport->headers = form.headers.items;
    transport->header_count = form.headers.count;
    for (size_t i = 0; i < form.header_files.count; i++)
        resolve(&form.header_files.items[i].value, mapping);
    transport->header_files = form.header_files.items;
    transport->header_file_count = form.header_files.count;
    resolve(&transport->password_file, mapping);
    resolve(&transport->credentials_file, mapping);
    resolve(&transport->ca_file, mapping);
    resolve(&transport->cert_file, mapping);
    resolve(&transport->key_file, mapping);
    if (transport->credentials_file != NULL && transport->authorization_type == NULL)
        transport->authorization_type = "Bearer";
    return result == 0 ? check(transport, mapping, fault) : -1;
}
