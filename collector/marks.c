/* SPDX-License-Identifier: MIT */
/* marks.c - what a table puts behind a value: the sign of a footnote, or of a status */
#include "marks.h"

#include "../almanac/visible.h"

#include <string.h>

/* The longest mark at the end of the text, which has more; NULL: none. */
static const struct term *find_mark(const struct glossary *marks, const char *text, size_t size)
{
    const struct term *found = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < marks->count; i++) {
        size_t length = strlen(marks->terms[i].word);
        if (length <= longest || length >= size ||
            memcmp(text + size - length, marks->terms[i].word, length) != 0)
            continue;
        found = &marks->terms[i];
        longest = length;
    }
    return found;
}

void marks_cut(const struct glossary *marks, struct report *report, struct arena *arena)
{
    const char *value = report->fields[REPORT_OBS_VALUE], *status = "";
    const char *own = report->fields[REPORT_OBS_STATUS];
    const struct term *mark;
    size_t whole = value != NULL ? strlen(value) : 0, size = whole;
    while (size > 0 && (mark = find_mark(marks, value, size)) != NULL) {
        if (mark->meaning[0] != '\0' && status[0] != '\0' && strcmp(mark->meaning, status) != 0)
            return;
        status = mark->meaning[0] != '\0' ? mark->meaning : status;
        size = visible_end(value, size - strlen(mark->word));
    }
    if (size < whole)
        report->fields[REPORT_OBS_VALUE] = arena_copy(arena, value, size);
    if (status[0] != '\0' && (own == NULL || own[0] == '\0'))
        report->fields[REPORT_OBS_STATUS] = status;
}
