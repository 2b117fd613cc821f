/* SPDX-License-Identifier: MIT */
/* test_rendition.c - pages that are made once and shared */
#include "../../exporter/metrics.h"
#include "../../exporter/rendition.h"
#include "snapshot_stage.h"

#include <stdlib.h>
#include <zlib.h>

static const enum exposition_format formats[] = { EXPOSITION_TEXT, EXPOSITION_OPENMETRICS };

static void a_page_is_made_once(void **state)
{
    struct stage stage;
    (void)state;
    set_stage(&stage);
    for (size_t i = 0; i < 2; i++) {
        for (int coding = 0; coding < ACCEPT_CODINGS; coding++) {
            enum accept_coding accepted = (enum accept_coding)coding;
            assert_false(stage.snapshot.renditions.ready[i][coding]);
            const struct rendition *made = rendition_of(&stage.snapshot, formats[i], accepted);
            assert_ptr_equal(rendition_of(&stage.snapshot, formats[i], accepted), made);
        }
    }
    clear_stage(&stage);
}

static void the_plain_page_is_what_metrics_write(void **state)
{
    struct stage stage;
    (void)state;
    set_stage(&stage);
    for (size_t i = 0; i < 2; i++) {
        struct exposition out = { .format = formats[i] };
        metrics_write(&out, &stage.snapshot, NULL);
        const struct rendition *made = rendition_of(&stage.snapshot, formats[i], ACCEPT_IDENTITY);
        assert_string_equal(made->bytes.bytes, out.page.bytes);
        text_free(&out.page);
    }
    clear_stage(&stage);
}

static void the_compressed_page_holds_the_plain_one(void **state)
{
    struct stage stage;
    (void)state;
    set_stage(&stage);
    const struct rendition *plain = rendition_of(&stage.snapshot, EXPOSITION_TEXT, ACCEPT_IDENTITY);
    const struct rendition *coded = rendition_of(&stage.snapshot, EXPOSITION_TEXT, ACCEPT_GZIP);
    z_stream stream = { .next_in = (Bytef *)coded->bytes.bytes,
                        .avail_in = (uInt)coded->bytes.size };
    unsigned char *bytes = malloc(plain->bytes.size);
    stream.next_out = bytes;
    stream.avail_out = (uInt)plain->bytes.size;
    assert_int_equal(inflateInit2(&stream, 16 + MAX_WBITS), Z_OK);
    assert_int_equal(inflate(&stream, Z_SYNC_FLUSH), Z_OK);
    assert_int_equal(stream.avail_out, 0);
    assert_memory_equal(bytes, plain->bytes.bytes, plain->bytes.size);
    assert_true(coded->hash == plain->hash);
    inflateEnd(&stream);
    free(bytes);
    clear_stage(&stage);
}

static void another_value_is_another_hash(void **state)
{
    struct stage stages[2];
    (void)state;
    for (size_t i = 0; i < 2; i++)
        set_stage(&stages[i]);
    strcpy(stages[1].vintages[0].statement.value.text, "4.51");
    uint64_t hashes[2];
    for (size_t i = 0; i < 2; i++)
        hashes[i] = rendition_of(&stages[i].snapshot, EXPOSITION_TEXT, ACCEPT_IDENTITY)->hash;
    assert_true(hashes[0] != hashes[1]);
    for (size_t i = 0; i < 2; i++)
        clear_stage(&stages[i]);
}

static void what_was_asked_for_is_prepared_and_nothing_else(void **state)
{
    struct stage before, next;
    (void)state;
    set_stage(&before);
    set_stage(&next);
    rendition_of(&before.snapshot, EXPOSITION_OPENMETRICS, ACCEPT_GZIP);
    renditions_prepare(&next.snapshot, &before.snapshot);
    assert_true(next.snapshot.renditions.ready[EXPOSITION_OPENMETRICS][ACCEPT_GZIP]);
    assert_false(next.snapshot.renditions.ready[EXPOSITION_OPENMETRICS][ACCEPT_IDENTITY]);
    assert_false(next.snapshot.renditions.ready[EXPOSITION_TEXT][ACCEPT_GZIP]);
    assert_false(next.snapshot.renditions.ready[EXPOSITION_TEXT][ACCEPT_IDENTITY]);
    clear_stage(&before);
    clear_stage(&next);
}

static void *ask(void *snapshot)
{
    const struct rendition *made = rendition_of(snapshot, EXPOSITION_TEXT, ACCEPT_GZIP);
    assert_true(made->bytes.size > 0);
    return (void *)(uintptr_t)made->bytes.bytes;
}

static void all_who_ask_at_once_share_the_bytes(void **state)
{
    enum { THREADS = 8 };
    struct stage stage;
    pthread_t threads[THREADS];
    void *bytes[THREADS];
    (void)state;
    set_stage(&stage);
    for (size_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, ask, &stage.snapshot);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], &bytes[i]);
    for (size_t i = 1; i < THREADS; i++)
        assert_ptr_equal(bytes[i], bytes[0]);
    clear_stage(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_made_once),
        cmocka_unit_test(the_plain_page_is_what_metrics_write),
        cmocka_unit_test(the_compressed_page_holds_the_plain_one),
        cmocka_unit_test(another_value_is_another_hash),
        cmocka_unit_test(what_was_asked_for_is_prepared_and_nothing_else),
        cmocka_unit_test(all_who_ask_at_once_share_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
