/* SPDX-License-Identifier: MIT */
/* file.h - whole files, in and out */
#ifndef ALMANAC_FILE_H
#define ALMANAC_FILE_H

#include "fault.h"
#include "text.h"

/* Reads a regular file of at most limit bytes (0: no limit) behind what the text holds.
 * Returns 0, or -1 with a fault that names the file. */
int file_read(const char *path, size_t limit, struct text *text, struct fault *fault);

/* -1 with a fault where something else than a regular file is. */
int file_check_kind(const char *path, struct fault *fault);

/* Makes the bytes all that the file has. */
int file_write(const char *path, const void *bytes, size_t size, struct fault *fault);

/* The same in one step, on disk when it returns 0: written beside it, then renamed over. */
int file_replace(const char *path, const void *bytes, size_t size, struct fault *fault);

/* Makes the folder where there is none; the one it is in must be there. */
int file_make_folder(const char *path, struct fault *fault);

/* "directory/name", to be passed to free(). */
char *file_path(const char *directory, const char *name);

#endif
