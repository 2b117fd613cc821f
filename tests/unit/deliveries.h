/* SPDX-License-Identifier: MIT */
/* deliveries.h - a small catalogue and wrong documents, for the tests of what decodes deliveries */
#ifndef TESTS_DELIVERIES_H
#define TESTS_DELIVERIES_H

#include "../../almanac/text.h"
#include "../../collector/decode.h"
#include "documents.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const int64_t today = 1733011200; /* 2024-12-01 */

static inline const struct catalogue *small_catalogue(void)
{
    static const char *stage[] = { "stage" }, *tier[] = { "tier" };
    static const struct figure figures[] = {
        { .name = "fund_size_cny", .unit = "cny", .due_days = -1 },
        { .name = "leading_clusters", .labels = tier, .label_count = 1, .due_days = -1 },
        { .name = "monthly_cny", .unit = "cny", .freq = 'M', .due_days = -1 },
        { .name = "pilot_platforms", .labels = stage, .label_count = 1, .due_days = -1 },
    };
    static const struct catalogue catalogue = { figures, sizeof figures / sizeof *figures };
    return &catalogue;
}

static const struct form plain_form;

static inline void decode_as(const struct form *form, decoder *decode, const char *bytes,
                             size_t size, struct batch *batch)
{
    batch_init(batch, small_catalogue(), form, today);
    decode(bytes, size, batch);
}

static inline void decode_bytes(decoder *decode, const char *bytes, size_t size,
                                struct batch *batch)
{
    decode_as(&plain_form, decode, bytes, size, batch);
}

/* As a user sees the refusals, one a line. */
static inline void write_refusals(struct text *out, const char *name, const struct batch *batch)
{
    for (size_t i = 0; i < batch->refused; i++)
        text_printf(out, "%s%s: %s\n", name, batch->refusals[i].place, batch->refusals[i].reason);
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
static inline void must_decode_as(const struct form *form, decoder *decode, const char *bytes,
                                  size_t size, const char *expected)
{
    struct batch batch;
    struct text said = { 0 };
    decode_as(form, decode, bytes, size, &batch);
    text_put(&said, "");
    for (size_t i = 0; i < batch.count; i++)
        write_said(&said, &batch_item(&batch, i)->observation);
    write_refusals(&said, "", &batch);
    assert_string_equal(said.bytes, expected);
    text_free(&said);
    batch_free(&batch);
}

/* complaint: all the refusals' lines. */
static inline void must_have_refused(const struct batch *batch, const char *complaint)
{
    struct text said = { 0 };
    text_put(&said, "");
    write_refusals(&said, "", batch);
    assert_string_equal(said.bytes, complaint);
    text_free(&said);
}

static inline struct batch must_take(decoder *decode, const char *document, size_t count)
{
    struct batch batch;
    decode_bytes(decode, document, strlen(document), &batch);
    must_have_refused(&batch, "");
    assert_int_equal(batch.count, count);
    return batch;
}

static inline void must_refuse_bytes(decoder *decode, const char *bytes, size_t size,
                                     const char *complaint)
{
    struct batch batch;
    decode_bytes(decode, bytes, size, &batch);
    must_have_refused(&batch, complaint);
    batch_free(&batch);
}

static inline void must_refuse(decoder *decode, const char *document, const char *complaint)
{
    must_refuse_bytes(decode, document, strlen(document), complaint);
}

/* Decodes tests/data/KIND/NAME.KIND, and compares with NAME.complaint beside it. */
static inline void must_refuse_document(const struct form *form, decoder *decode, const char *path)
{
    char expected_path[256];
    struct text document = { 0 }, expected = { 0 }, said = { 0 };
    struct batch batch;
    snprintf(expected_path, sizeof expected_path, "%.*s.complaint",
             (int)(strrchr(path, '.') - path), path);
    read_document(path, &document);
    read_document(expected_path, &expected);
    decode_as(form, decode, document.bytes, document.size, &batch);
    text_put(&said, "");
    write_refusals(&said, strrchr(path, '/') + 1, &batch);
    if (batch.refused == 0 || strcmp(said.bytes, expected.bytes) != 0)
        fail_msg("%s says:\n%sand should say:\n%s", path, said.bytes, expected.bytes);
    batch_free(&batch);
    text_free(&document);
    text_free(&expected);
    text_free(&said);
}

static inline void must_refuse_documents(decoder *decode, const char *pattern)
{
    glob_t found;
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        must_refuse_document(&plain_form, decode, found.gl_pathv[i]);
    globfree(&found);
}

#endif
