/* SPDX-License-Identifier: MIT */
/* style.c - the style of a graph's lines: colours, widths and dashes */
#include "style.h"

enum { COLOURS = 10, TURN = 10, DASH = 6, GAP = 4 };

/* Distinguishable for colour-blind people: Okabe and Ito's without its yellow, and three of
 * Tol's. */
static const char *const palette[COLOURS] = {
    "0072b2", "d55e00", "009e73", "cc79a7", "e69f00",
    "56b4e9", "000000", "882255", "999933", "332288",
};

/* The state of the choice. */
struct choosing {
    const struct course *courses;
    size_t count;
    size_t slots[STYLES]; /* per course: its colour, + COLOURS if dashed */
    size_t heads[STYLES]; /* per course: the first that equals it, or itself */
};

static size_t place_of(int64_t id, const struct snapshot_series *all, size_t count)
{
    size_t place = 0;
    for (size_t i = 0; i < count; i++)
        place += all[i].id < id;
    return place;
}

static size_t free_slot(const bool *taken, size_t wanted)
{
    for (size_t i = 0; i < STYLES; i++) {
        size_t slot = (wanted + i) % COLOURS + i / COLOURS * COLOURS;
        if (!taken[slot])
            return slot;
    }
    return wanted;
}

/* The oldest after the one with this id; count: none. */
static size_t next_oldest(const struct choosing *choosing, int64_t id)
{
    size_t next = choosing->count;
    for (size_t i = 0; i < choosing->count; i++) {
        int64_t other = choosing->courses[i].series->id;
        if (other > id && (next == choosing->count || other < choosing->courses[next].series->id))
            next = i;
    }
    return next;
}

static void choose_slots(struct choosing *choosing, const struct snapshot_series *all,
                         size_t all_count)
{
    bool taken[STYLES] = { false };
    size_t next;
    for (int64_t id = INT64_MIN; (next = next_oldest(choosing, id)) < choosing->count;) {
        id = choosing->courses[next].series->id;
        size_t slot = free_slot(taken, place_of(id, all, all_count) % COLOURS);
        taken[slot] = true;
        choosing->slots[next] = slot;
    }
}

static void choose_heads(struct choosing *choosing)
{
    for (size_t i = 0; i < choosing->count; i++) {
        size_t head = 0;
        while (head < i && (choosing->heads[head] != head ||
                            !course_equals(&choosing->courses[head], &choosing->courses[i])))
            head++;
        choosing->heads[i] = head;
    }
}

int styles_width(size_t above)
{
    return 2 + 3 * (int)(above < STYLES_WIDENED ? above : STYLES_WIDENED);
}

/* Dashes let a solid line below them be seen. */
static void note_above(const struct choosing *choosing, size_t head, struct style *style)
{
    for (size_t i = head + 1; i < choosing->count; i++)
        if (choosing->heads[i] == i &&
            (choosing->slots[i] < COLOURS || choosing->slots[head] >= COLOURS) &&
            course_touches(&choosing->courses[head], &choosing->courses[i]))
            style->above[style->above_count++] = i;
}

static struct style style_of(const struct choosing *choosing, size_t course)
{
    size_t slot = choosing->slots[course];
    struct style style = { .colour = palette[slot % COLOURS], .course = course };
    if (slot >= COLOURS) { /* another line, undashed, has the same colour */
        style.on = DASH;
        style.off = GAP;
    }
    return style;
}

/* The first is solid; the others lie on it and alternate. */
static void take_turns(struct style *styles, int count)
{
    for (int i = 0; i < count && count > 1; i++) {
        styles[i].on = i == 0 ? 0 : TURN;
        styles[i].off = (count - 1) * TURN;
        styles[i].offset = (count - i) * TURN;
    }
}

void styles_choose(struct style *styles, const struct course *courses, size_t count,
                   const struct snapshot_series *all, size_t all_count)
{
    struct choosing choosing = { .courses = courses, .count = count };
    choose_slots(&choosing, all, all_count);
    choose_heads(&choosing);
    size_t written = 0;
    for (size_t head = 0; head < count; head++) {
        if (choosing.heads[head] != head)
            continue;
        size_t first = written;
        for (size_t i = head; i < count; i++)
            if (choosing.heads[i] == head)
                styles[written++] = style_of(&choosing, i);
        for (size_t i = first; i < written; i++)
            note_above(&choosing, head, &styles[i]);
        take_turns(&styles[first], (int)(written - first));
    }
}
