/* SPDX-License-Identifier: MIT */
/* legend_stage.h - a legend of series made of words, for the tests of the words on a graph */
#ifndef TESTS_LEGEND_STAGE_H
#define TESTS_LEGEND_STAGE_H

#include "../../exporter/axis.h"
#include "../../exporter/legend.h"
#include "course_stage.h"

enum { MOST = 4 };

static const char *names[] = { "area", "stage" };
static const struct figure platforms = {
    .name = "pilot_platforms", .title_en = "Pilot\nplatforms", .labels = names, .label_count = 2
};
static const struct figure paid = { .name = "paid_cny",
                                    .kind = FIGURE_FLOW,
                                    .unit = "cny",
                                    .title_en = "Paid",
                                    .title_zh = "补贴",
                                    .labels = names,
                                    .label_count = 2 };

struct words {
    struct label labels[MOST][2];
    struct snapshot_series series[MOST];
    const struct snapshot_series *asked[MOST];
    struct course courses[MOST];
    struct legend legend;
    struct arena arena;
    struct text line;
};

static inline struct words *begin(const struct figure *figure)
{
    static struct words words;
    words = (struct words){ .legend = {
                                .figure = figure, .now = day_of("2026"), .oldest = LEGEND_ALL } };
    static const struct axis ones = { .unit_word = "" };
    words.legend.axis = &ones;
    words.legend.series = words.asked;
    words.legend.courses = words.courses;
    return &words;
}

static inline void add(struct words *words, const char *area, const char *stage,
                       const char *const *said)
{
    size_t i = words->legend.count++;
    words->labels[i][0] = (struct label){ "area", area };
    words->labels[i][1] = (struct label){ "stage", stage };
    words->series[i] = (struct snapshot_series){ .figure = words->legend.figure,
                                                 .labels = words->labels[i],
                                                 .label_count = 2 };
    words->asked[i] = words->courses[i].series = &words->series[i];
    tell(&words->courses[i], words->legend.figure->kind, said);
    if (words->courses[i].timeline.segment_count > 0)
        words->series[i].first = words->courses[i].timeline.segments[0].from;
}

static inline void compare(struct words *words)
{
    if (words->legend.drawn == 0)
        words->legend.drawn = words->legend.count;
    legend_compare(&words->legend, &words->arena);
}

static inline void end(struct words *words)
{
    for (size_t i = 0; i < MOST; i++)
        course_free(&words->courses[i]);
    text_free(&words->line);
    arena_free(&words->arena);
}

static inline void must_say(struct words *words, size_t index, const char *expected)
{
    legend_series(&words->legend, index, &words->line);
    assert_string_equal(words->line.bytes, expected);
}

/* All notes, a line each. */
static inline void must_note(struct words *words, const char *expected)
{
    struct text notes = { 0 };
    text_put(&notes, "");
    for (size_t note = 0; note < LEGEND_NOTES; note++) {
        legend_note(&words->legend, note, &words->line);
        if (words->line.size > 0)
            text_printf(&notes, "%s\n", words->line.bytes);
    }
    assert_string_equal(notes.bytes, expected);
    text_free(&notes);
}

static inline void must_be_titled(struct words *words, const char *expected)
{
    legend_title(&words->legend, &words->line);
    assert_string_equal(words->line.bytes, expected);
}

#endif
