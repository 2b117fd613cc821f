/* SPDX-License-Identifier: MIT */
/* past_files.h - RRD files of what was known at an earlier time, for one graph */
#ifndef EXPORTER_PAST_FILES_H
#define EXPORTER_PAST_FILES_H

#include "course.h"

/* Makes a folder among the temporary files, with a file for each course, named and built as the
 * collector would have done at that time, but reaching back no more than this many seconds.
 * Returns its path, or NULL with a fault. */
char *past_files_make(const struct course *courses, size_t count, int64_t seconds, int64_t now,
                      struct fault *fault);

/* Removes and frees it. NULL is allowed. */
void past_files_remove(char *folder, const struct course *courses, size_t count);

#endif
