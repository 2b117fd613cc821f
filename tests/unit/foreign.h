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

static inline void must_say(void **state, const char *source, const char *document,
                            const char *expected)
{
    must_decode_as(form_of(*state, source), decode_delivery, document, strlen(document), expected);
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
