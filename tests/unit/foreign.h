/* SPDX-License-Identifier: MIT */
/* foreign.h - documents of others, and what they say in the words of ours */
#ifndef TESTS_FOREIGN_H
#define TESTS_FOREIGN_H

#include "../../almanac/settings.h"
#include "deliveries.h"

/* The form of a source of tests/data/foreign.yaml, which is up to the first '-' of the name. */
static inline const struct form *form_of(const struct settings *settings, const char *name)
{
    size_t length = strcspn(name, "-");
    for (size_t i = 0; i < settings->source_count; i++)
        if (strlen(settings->sources[i].name) == length &&
            memcmp(settings->sources[i].name, name, length) == 0)
            return &settings->sources[i].form;
    fail_msg("foreign.yaml has no source for %s", name);
    return NULL;
}

static inline int load_foreign(void **state)
{
    struct fault fault = { 0 };
    *state = settings_load("tests/data/foreign.yaml", &fault);
    if (*state == NULL)
        print_error("%s\n", fault.text);
    return *state == NULL ? -1 : 0;
}

static inline int free_foreign(void **state)
{
    settings_free(*state);
    return 0;
}

/* One line: figure value… period value comparator status released reference comment. */
static inline void write_said(struct text *out, const struct observation *said)
{
    const struct statement *statement = &said->statement;
    text_put(out, said->figure->name);
    for (size_t i = 0; i < said->figure->label_count; i++)
        text_printf(out, " %s", said->label_values[i]);
    text_printf(out, " %s %s%s %c", statement->period.text, comparator_text(statement->comparator),
                statement->missing ? "-" : statement->value.text, statement->status);
    if (said->has_released)
        text_printf(out, " @%lld", (long long)said->released);
    if (said->reference != NULL)
        text_printf(out, " [%s]", said->reference);
    if (said->comment != NULL)
        text_printf(out, " \"%s\"", said->comment);
    text_char(out, '\n');
}

/* What is taken, a line each, and then what is refused. */
static inline void must_say_bytes(const struct form *form, const char *bytes, size_t size,
                                  const char *expected)
{
    struct batch batch;
    struct text said = { 0 };
    batch_init(&batch, small_catalogue(), form, today);
    decode_delivery(bytes, size, &batch);
    text_put(&said, "");
    for (size_t i = 0; i < batch.count; i++)
        write_said(&said, &batch_item(&batch, i)->observation);
    write_refusals(&said, "", &batch);
    assert_string_equal(said.bytes, expected);
    text_free(&said);
    batch_free(&batch);
}

static inline void must_say(void **state, const char *source, const char *document,
                            const char *expected)
{
    must_say_bytes(form_of(*state, source), document, strlen(document), expected);
}

/* Each document of the folder in the form of its source. */
static inline void must_refuse_foreign(void **state, decoder *decode, const char *pattern)
{
    glob_t found;
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i];
        must_refuse_document(form_of(*state, strrchr(path, '/') + 1), decode, path);
    }
    globfree(&found);
}

#endif
