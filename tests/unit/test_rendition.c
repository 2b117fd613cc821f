/* SPDX-License-Identifier: MIT */
/* test_rendition.c - pages that are made once and shared */
#include "../../exporter/metrics.h"
#include "../../exporter/rendition.h"
#include "../../exporter/shared_body.h"
#include "snapshot_stage.h"

#include <stdlib.h>

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
        struct text page = bytes_of(made);
        assert_string_equal(page.bytes, out.page.bytes);
        text_free(&page);
        text_free(&out.page);
    }
    clear_stage(&stage);
}

static void must_hold_the_same(const struct rendition *plain, const struct rendition *coded)
{
    struct text page = bytes_of(plain), pieces = bytes_of(coded), member = { 0 }, whole = { 0 };
    struct fault fault = { 0 };
    text_bytes(&member, gzip_beginning, GZIP_BEGINNING);
    text_bytes(&member, pieces.bytes, pieces.size);
    gzip_end(&member, &coded->sum, "", 0);
    assert_int_equal(gzip_inflate(&whole, member.bytes, member.size, &fault), 0);
    assert_string_equal(whole.bytes, page.bytes);
    assert_true(coded->hash == plain->hash);
    text_free(&page);
    text_free(&pieces);
    text_free(&member);
    text_free(&whole);
}

static void what_is_small_goes_out_in_one_run_that_is_shared(void **state)
{
    struct stage stage;
    (void)state;
    set_stage(&stage);
    static char end[5 << 20];
    const struct rendition *made = rendition_of(&stage.snapshot, EXPOSITION_TEXT, ACCEPT_IDENTITY);
    struct reply reply = { .parts = made->bytes, .part_count = made->byte_count };
    struct shared_body *one =
        rendition_body(&stage.snapshot, EXPOSITION_TEXT, ACCEPT_IDENTITY, &reply);
    assert_non_null(one);
    assert_ptr_equal(rendition_body(&stage.snapshot, EXPOSITION_TEXT, ACCEPT_IDENTITY, &reply),
                     one);
    reply.tail = (struct reply_bytes){ end, sizeof end };
    assert_null(rendition_body(&stage.snapshot, EXPOSITION_TEXT, ACCEPT_IDENTITY, &reply));
    shared_body_release(one);
    shared_body_release(one);
    clear_stage(&stage);
}

static void the_compressed_page_holds_the_plain_one(void **state)
{
    struct stage stage;
    (void)state;
    set_stage(&stage);
    must_hold_the_same(rendition_of(&stage.snapshot, EXPOSITION_TEXT, ACCEPT_IDENTITY),
                       rendition_of(&stage.snapshot, EXPOSITION_TEXT, ACCEPT_GZIP));
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

/* Series of two figures, in several blocks. */
enum { MANY = 2000 };
struct crowd {
    struct stage stage;
    struct snapshot_series series[MANY];
};

static struct crowd *make_crowd(void)
{
    struct crowd *crowd = calloc(1, sizeof *crowd);
    set_stage(&crowd->stage);
    for (size_t i = 0; i < MANY; i++) {
        crowd->series[i] = crowd->stage.series[i < MANY / 3 ? 0 : 1];
        crowd->series[i].id = (int64_t)i + 1;
    }
    crowd->stage.snapshot.series = crowd->series;
    crowd->stage.snapshot.series_count = MANY;
    return crowd;
}

static void free_crowd(struct crowd *crowd)
{
    clear_stage(&crowd->stage);
    free(crowd);
}

/* How many pieces of the page the next has in common with it, which is as if it was made alone. */
static size_t shared(struct crowd *before, struct crowd *next)
{
    struct crowd *alone = make_crowd();
    memcpy(alone->series, next->series, sizeof next->series);
    size_t count = 0;
    for (int coding = 0; coding < ACCEPT_CODINGS; coding++)
        rendition_of(&before->stage.snapshot, EXPOSITION_TEXT, (enum accept_coding)coding);
    renditions_prepare(&next->stage.snapshot, &before->stage.snapshot);
    const struct rendition *was = before->stage.snapshot.renditions.made[EXPOSITION_TEXT];
    const struct rendition *made = next->stage.snapshot.renditions.made[EXPOSITION_TEXT];
    struct text page = bytes_of(&made[ACCEPT_IDENTITY]);
    struct text expected =
        bytes_of(rendition_of(&alone->stage.snapshot, EXPOSITION_TEXT, ACCEPT_IDENTITY));
    assert_string_equal(page.bytes, expected.bytes);
    must_hold_the_same(&made[ACCEPT_IDENTITY], &made[ACCEPT_GZIP]);
    for (size_t i = 0; i < made->count; i++)
        count += made[ACCEPT_IDENTITY].pieces[i] == was[ACCEPT_IDENTITY].pieces[i];
    text_free(&page);
    text_free(&expected);
    free_crowd(alone);
    return count;
}

static void only_the_blocks_of_series_that_changed_are_written_anew(void **state)
{
    static const size_t changes[] = { 0, 511, 512, 700, 1024, 1999 };
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct crowd *before = make_crowd(), *next = make_crowd();
        size_t sections = metrics_sections(&next->stage.snapshot);
        memcpy(next->series, before->series, sizeof next->series);
        next->series[changes[i]].newest = &next->stage.vintages[2].statement;
        next->series[changes[i]].vintage = &next->stage.vintages[2];
        assert_int_equal(shared(before, next), sections * 3); /* of four blocks */
        free_crowd(before);
        free_crowd(next);
    }
}

/* The first of a family brings its HELP: without it, the next does. */
static void a_family_line_moves_on_when_its_series_is_withdrawn(void **state)
{
    (void)state;
    struct crowd *before = make_crowd(), *next = make_crowd();
    memcpy(next->series, before->series, sizeof next->series);
    for (size_t i = 0; i < 512; i++) {
        next->series[i].newest = NULL;
        next->series[i].vintage = NULL;
    }
    assert_true(shared(before, next) < metrics_sections(&next->stage.snapshot) * 3);
    free_crowd(before);
    free_crowd(next);
}

static void another_number_of_series_is_another_page(void **state)
{
    (void)state;
    struct crowd *before = make_crowd(), *next = make_crowd();
    before->stage.snapshot.series_count = MANY - 1;
    assert_int_equal(shared(before, next), 0);
    free_crowd(before);
    free_crowd(next);
}

static void *ask(void *snapshot)
{
    const struct rendition *made = rendition_of(snapshot, EXPOSITION_TEXT, ACCEPT_GZIP);
    assert_true(made->count > 0);
    return made->pieces[0];
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
        cmocka_unit_test(what_is_small_goes_out_in_one_run_that_is_shared),
        cmocka_unit_test(the_compressed_page_holds_the_plain_one),
        cmocka_unit_test(another_value_is_another_hash),
        cmocka_unit_test(what_was_asked_for_is_prepared_and_nothing_else),
        cmocka_unit_test(only_the_blocks_of_series_that_changed_are_written_anew),
        cmocka_unit_test(a_family_line_moves_on_when_its_series_is_withdrawn),
        cmocka_unit_test(another_number_of_series_is_another_page),
        cmocka_unit_test(all_who_ask_at_once_share_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
