/* SPDX-License-Identifier: MIT */
/* yaml.c - strict YAML files, bound to structs by tables */
#include "yaml.h"

#include "file.h"
#include "utf8.h"
#include "yaml_file.h"

#include <yaml.h>

enum { FILE_MOST = 1000 * 1000, DEPTH_MOST = 16 };

static size_t line_of(const struct yaml_file *file, size_t offset)
{
    size_t line = 1;
    for (size_t i = 0; i < offset && i < file->bytes.size; i++)
        line += file->bytes.bytes[i] == '\n';
    return line;
}

static int read_bytes(struct yaml_file *file, struct fault *fault)
{
    if (file_read(file->path, FILE_MOST, &file->bytes, fault) != 0)
        return -1;
    size_t good = utf8_until(file->bytes.bytes, file->bytes.size);
    if (good < file->bytes.size)
        return fault_set(fault, "%s:%zu: a byte that is not UTF-8; expected UTF-8 text", file->path,
                         line_of(file, good));
    return 0;
}

static int complain_parser(const struct yaml_file *file, const yaml_parser_t *parser,
                           struct fault *fault)
{
    size_t line = parser->error == YAML_READER_ERROR ? line_of(file, parser->problem_offset)
                                                     : parser->problem_mark.line + 1;
    return fault_set(fault, "%s:%zu: %s; expected well-formed YAML", file->path, line,
                     parser->problem != NULL ? parser->problem : "out of memory");
}

/* The properties of a node besides its content. */
struct marks {
    const yaml_char_t *anchor, *tag;
};

static struct marks marks_of(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_ALIAS_EVENT: return (struct marks){ event->data.alias.anchor, NULL };
    case YAML_SCALAR_EVENT:
        return (struct marks){ event->data.scalar.anchor, event->data.scalar.tag };
    case YAML_SEQUENCE_START_EVENT:
        return (struct marks){ event->data.sequence_start.anchor, event->data.sequence_start.tag };
    case YAML_MAPPING_START_EVENT:
        return (struct marks){ event->data.mapping_start.anchor, event->data.mapping_start.tag };
    default: return (struct marks){ NULL, NULL };
    }
}

/* The number of documents and the depth so far. */
struct extent {
    int documents, depth;
};

static const char *refusal(const yaml_event_t *event, struct extent *extent)
{
    if (event->type == YAML_DOCUMENT_START_EVENT && extent->documents++ > 0)
        return "a second document; expected one";
    if (event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT)
        extent->depth++;
    if (event->type == YAML_SEQUENCE_END_EVENT || event->type == YAML_MAPPING_END_EVENT)
        extent->depth--;
    if (extent->depth > DEPTH_MOST)
        return "nested too deep; expected lists and mappings as they are described";
    if (marks_of(event).anchor != NULL)
        return "an anchor or alias; expected every value written out";
    if (marks_of(event).tag != NULL)
        return "a tag; expected values without tags";
    return NULL;
}

/* Refuses what the loaded document no longer shows, or what libyaml takes long to load. */
static int check_events(struct yaml_file *file, yaml_parser_t *parser, struct fault *fault)
{
    struct extent extent = { 0 };
    bool end = false;
    while (!end) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event))
            return complain_parser(file, parser, fault);
        const char *words = refusal(&event, &extent);
        size_t line = event.start_mark.line + 1;
        end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (words != NULL)
            return fault_set(fault, "%s:%zu: %s", file->path, line, words);
    }
    return 0;
}

/* On 0 the caller must delete the document. */
static int load_document(struct yaml_file *file, yaml_parser_t *parser, struct fault *fault)
{
    return yaml_parser_load(parser, file->document) ? 0 : complain_parser(file, parser, fault);
}

typedef int parser_user(struct yaml_file *file, yaml_parser_t *parser, struct fault *fault);

static int parse(struct yaml_file *file, parser_user *use, struct fault *fault)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        return fault_set(fault, "%s: out of memory", file->path);
    yaml_parser_set_input_string(&parser, (unsigned char *)file->bytes.bytes, file->bytes.size);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    int failed = use(file, &parser, fault);
    yaml_parser_delete(&parser);
    return failed;
}

static int read_root(struct yaml_file *file, yaml_reader *reader, void *target, struct fault *fault)
{
    const yaml_node_t *root = yaml_document_get_root_node(file->document);
    if (root == NULL)
        return fault_set(fault, "%s:1: the file is empty; expected 'key: value' lines", file->path);
    struct yaml_node mapping = yaml_node_at(file, 1);
    if (root->type != YAML_MAPPING_NODE)
        return fault_set(fault, "%s:%zu: the file is no mapping; expected 'key: value' lines",
                         file->path, mapping.line);
    return reader(target, &mapping, fault);
}

int yaml_read(const char *path, struct arena *arena, yaml_reader *reader, void *target,
              struct fault *fault)
{
    yaml_document_t document;
    struct yaml_file file = { .path = arena_string(arena, path),
                              .arena = arena,
                              .document = &document };
    int failed = read_bytes(&file, fault);
    if (failed == 0)
        failed = parse(&file, check_events, fault);
    if (failed == 0)
        failed = parse(&file, load_document, fault);
    if (failed == 0) {
        failed = read_root(&file, reader, target, fault);
        yaml_document_delete(&document);
    }
    text_free(&file.bytes);
    return failed;
}
