/* SPDX-License-Identifier: MIT */
/* file.h - reading, writing and replacing whole files */
#ifndef ALMANAC_FILE_H
#define ALMANAC_FILE_H

#include "arena.h"
#include "fault.h"
#include "text.h"

/* Appends the content of a regular file of at most limit bytes (0: no limit) to the text, which
 * is "" for an empty file. Returns 0, or -1 with a fault that names the file. */
int file_read(const char *path, size_t limit, struct text *text, struct fault *fault);

/* -1 with a fault if the path is something other than a regular file. */
int file_check_kind(const char *path, struct fault *fault);

/* Sets the content of the file to the bytes. */
int file_write(const char *path, const void *bytes, size_t size, struct fault *fault);

/* Replaces the file atomically: writes a new one beside it and renames it over. It is on disk when
 * 0 is returned. */
int file_replace(const char *path, const void *bytes, size_t size, struct fault *fault);

/* Makes the folder if it is missing; its parent must exist. */
int file_make_folder(const char *path, struct fault *fault);

/* "$TMPDIR/almanac-XXXXXX", or in /tmp, for mkstemp or mkdtemp; the caller passes it to free(). */
char *file_temporary(void);

/* "directory/name"; the caller passes it to free(). */
char *file_path(const char *directory, const char *name);

/* The path relative to the folder of the file that names it; it lives in the arena. NULL stays
 * NULL. */
const char *file_beside(const char *path, const char *stands_in, struct arena *arena);

#endif
