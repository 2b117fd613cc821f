/* SPDX-License-Identifier: MIT */
/* rendition.c - a snapshot's /metrics as prepared bytes, for each format and coding */
#include "rendition.h"

#include "../almanac/hash.h"
#include "metrics.h"
#include "shared_body.h"

#include <stdlib.h>
#include <string.h>

/* Series are written in blocks; a change of one series rewrites one block. The number of blocks is
 * limited, since a connection has little room for the addresses of its pieces. */
enum { BLOCK_LEAST = 512, BLOCKS_MOST = 32, SHARED_MOST = 4 << 20 };

/* A section's text for one block; immutable. */
struct piece {
    atomic_int holders;
    const char *opening, *closing; /* the page's current family before and after it */
    uint64_t hash;                 /* of the uncoded bytes */
    struct gzip_sum sum;
    size_t size;
    char bytes[];
};

struct blocks {
    size_t all, series, count; /* of all series, count blocks of so many, the last of fewer */
};

/* A page being written. */
struct making {
    struct snapshot *snapshot;
    enum accept_coding coding;
    struct blocks blocks;
    const struct rendition *before; /* of the previous snapshot, or NULL */
    const bool *same;               /* per block: its series equal those of that snapshot */
    struct exposition out;
    struct rendition *made;
};

void renditions_init(struct renditions *renditions)
{
    pthread_mutex_init(&renditions->making, NULL);
    pthread_mutex_init(&renditions->joining, NULL);
}

void renditions_free(struct renditions *renditions)
{
    for (int format = 0; format < EXPOSITION_FORMATS; format++)
        for (int coding = 0; coding < ACCEPT_CODINGS; coding++) {
            rendition_free(&renditions->made[format][coding]);
            shared_body_release(renditions->shared_bodies[format][coding]);
        }
    pthread_mutex_destroy(&renditions->making);
    pthread_mutex_destroy(&renditions->joining);
}

void rendition_free(struct rendition *rendition)
{
    for (size_t i = 0; i < rendition->count; i++)
        if (atomic_fetch_sub(&rendition->pieces[i]->holders, 1) == 1)
            free(rendition->pieces[i]);
    free(rendition->pieces);
    free(rendition->bytes);
    *rendition = (struct rendition){ 0 };
}

static struct blocks blocks_of(const struct snapshot *snapshot)
{
    size_t all = snapshot->series_count, series = (all + BLOCKS_MOST - 1) / BLOCKS_MOST;
    series = series < BLOCK_LEAST ? BLOCK_LEAST : series;
    return (struct blocks){ all, series, (all + series - 1) / series };
}

static size_t size_of(const struct blocks *blocks, size_t block)
{
    return block + 1 < blocks->count ? blocks->series : blocks->all - block * blocks->series;
}

/* Takes ownership of the piece. */
static void add_piece(struct rendition *rendition, struct piece *piece)
{
    rendition->pieces = array_reserve(rendition->pieces, &rendition->piece_room,
                                      rendition->count + 1, sizeof piece);
    rendition->pieces[rendition->count++] = piece;
    rendition->hash = hash_bytes(rendition->hash, &piece->hash, sizeof piece->hash);
    gzip_join(&rendition->sum, &piece->sum);
}

static void add_bytes(struct rendition *rendition, const char *bytes, size_t size)
{
    rendition->bytes = array_reserve(rendition->bytes, &rendition->byte_room,
                                     rendition->byte_count + 1, sizeof *rendition->bytes);
    rendition->bytes[rendition->byte_count++] = (struct reply_bytes){ bytes, size };
}

static void list_pieces(struct rendition *rendition)
{
    for (size_t i = 0; i < rendition->count; i++)
        if (rendition->pieces[i]->size > 0)
            add_bytes(rendition, rendition->pieces[i]->bytes, rendition->pieces[i]->size);
}

static void code(struct rendition *rendition, const struct text *page, enum accept_coding coding,
                 const char *opening, const char *closing)
{
    struct text coded = { 0 };
    struct gzip_sum sum = { 0 };
    if (coding == ACCEPT_GZIP && page->size > 0)
        gzip_piece(&coded, &sum, page->bytes, page->size);
    const struct text *bytes = coding == ACCEPT_GZIP ? &coded : page;
    struct piece *piece = array_new(1, sizeof *piece + bytes->size);
    *piece = (struct piece){ .opening = opening,
                             .closing = closing,
                             .hash = hash_bytes(HASH_EMPTY, page->bytes, page->size),
                             .sum = sum,
                             .size = bytes->size };
    atomic_init(&piece->holders, 1);
    if (bytes->size > 0)
        memcpy(piece->bytes, bytes->bytes, bytes->size);
    add_piece(rendition, piece);
    text_free(&coded);
}

void rendition_code(struct rendition *rendition, const struct text *page, enum accept_coding coding)
{
    *rendition = (struct rendition){ .hash = HASH_EMPTY };
    code(rendition, page, coding, NULL, NULL);
    list_pieces(rendition);
}

/* The previous page's piece, if it would be the same. Its family line depends on the page's current
 * family. */
static struct piece *find_piece(const struct making *making, size_t section, size_t block)
{
    if (making->same == NULL || !making->same[block])
        return NULL;
    struct piece *piece = making->before->pieces[section * making->blocks.count + block];
    return piece->opening == making->out.family ? piece : NULL;
}

static void make_block(struct making *making, size_t section, size_t block)
{
    const struct blocks *blocks = &making->blocks;
    struct exposition *out = &making->out;
    struct piece *piece = find_piece(making, section, block);
    if (piece != NULL) {
        atomic_fetch_add(&piece->holders, 1);
        out->family = piece->closing;
        add_piece(making->made, piece);
        return;
    }
    const char *opening = out->family;
    metrics_write_section(out, section, making->snapshot->series + block * blocks->series,
                          size_of(blocks, block), NULL);
    code(making->made, &out->page, making->coding, opening, out->family);
    text_clear(&out->page);
}

/* Keeps the pieces of a section together, so that each block has a fixed place. */
static void make(struct making *making)
{
    size_t sections = metrics_sections(making->snapshot);
    *making->made = (struct rendition){ .hash = HASH_EMPTY };
    for (size_t section = 0; section < sections; section++)
        for (size_t block = 0; block < making->blocks.count; block++)
            make_block(making, section, block);
    metrics_write_rest(&making->out, making->snapshot, NULL);
    code(making->made, &making->out.page, making->coding, NULL, NULL);
    list_pieces(making->made);
    text_free(&making->out.page);
}

/* before and same: see struct making. */
static const struct rendition *ready(struct snapshot *snapshot, enum exposition_format format,
                                     enum accept_coding coding, const struct rendition *before,
                                     const bool *same)
{
    struct renditions *renditions = &snapshot->renditions;
    struct rendition *made = &renditions->made[format][coding];
    atomic_bool *is_ready = &renditions->ready[format][coding];
    if (atomic_load(is_ready)) /* finished renditions do not wait for the mutex */
        return made;
    pthread_mutex_lock(&renditions->making);
    if (!atomic_load(is_ready)) {
        make(&(struct making){ .snapshot = snapshot,
                               .coding = coding,
                               .blocks = blocks_of(snapshot),
                               .before = before,
                               .same = same,
                               .out = { .format = format },
                               .made = made });
        atomic_store(is_ready, true);
    }
    pthread_mutex_unlock(&renditions->making);
    return made;
}

const struct rendition *rendition_of(struct snapshot *snapshot, enum exposition_format format,
                                     enum accept_coding coding)
{
    return ready(snapshot, format, coding, NULL, NULL);
}

struct shared_body *rendition_body(struct snapshot *snapshot, enum exposition_format format,
                                   enum accept_coding coding, const struct reply *reply)
{
    struct renditions *renditions = &snapshot->renditions;
    if (reply_size(reply) > SHARED_MOST)
        return NULL;
    pthread_mutex_lock(&renditions->joining);
    struct shared_body *body = shared_body_of(&renditions->shared_bodies[format][coding], reply);
    pthread_mutex_unlock(&renditions->joining);
    return body;
}

_Static_assert(sizeof(struct snapshot_series) ==
                   3 * sizeof(int64_t) + 5 * sizeof(void *) + sizeof(size_t),
               "what lies between the members would be compared, too");

/* Per block, whether its series are the same in both; NULL if the blocks differ. Both snapshots
 * exist, so equal addresses mean equal content. */
static bool *compare_blocks(const struct snapshot *snapshot, const struct snapshot *before)
{
    struct blocks blocks = blocks_of(snapshot);
    if (snapshot->series_count != before->series_count ||
        snapshot->figures_only != before->figures_only)
        return NULL;
    bool *same = array_new(blocks.count, sizeof *same);
    for (size_t block = 0; block < blocks.count; block++) {
        size_t first = block * blocks.series;
        same[block] = memcmp(&snapshot->series[first], &before->series[first],
                             size_of(&blocks, block) * sizeof *snapshot->series) == 0;
    }
    return same;
}

void renditions_prepare(struct snapshot *snapshot, const struct snapshot *before)
{
    bool *same = compare_blocks(snapshot, before);
    for (int format = 0; format < EXPOSITION_FORMATS; format++)
        for (int coding = 0; coding < ACCEPT_CODINGS; coding++)
            if (atomic_load(&before->renditions.ready[format][coding]))
                ready(snapshot, (enum exposition_format)format, (enum accept_coding)coding,
                      &before->renditions.made[format][coding], same);
    free(same);
}
