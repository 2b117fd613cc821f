/* SPDX-License-Identifier: MIT */
/* course_stage.h - courses made of words, for the tests of what is drawn and written of them */
#ifndef TESTS_COURSE_STAGE_H
#define TESTS_COURSE_STAGE_H

#include "../../exporter/course.h"
#include "said.h"

#define SAID(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Over all time but what comes after 2030. */
static inline void tell(struct course *course, enum figure_kind kind, const char *const *said)
{
    for (; *said != NULL; said++) {
        struct statement statement = statement_of(*said);
        timeline_add(&course->timeline, &statement);
        course->valued = course->valued || !statement.missing;
    }
    timeline_settle(&course->timeline, kind);
    course_cut(course, day_of("1970"), day_of("2030"));
}

#endif
