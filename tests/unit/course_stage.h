/* SPDX-License-Identifier: MIT */
/* course_stage.h - courses made of words, for the tests of what is drawn and written of them */
#ifndef TESTS_COURSE_STAGE_H
#define TESTS_COURSE_STAGE_H

#include "../../exporter/course.h"
#include "said.h"

/* Over all time but what comes after 2030. */
static inline void tell(struct course *course, enum figure_kind kind, const char *const *said)
{
    tell_timeline(&course->timeline, kind, said);
    for (size_t i = 0; i < course->timeline.statement_count; i++)
        course->valued = course->valued || !course->timeline.statements[i].missing;
    course_cut(course, day_of("1970"), day_of("2030"));
}

#endif
