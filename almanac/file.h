/* SPDX-License-Identifier: MIT */
/* file.h - whole files, in and out */
#ifndef ALMANAC_FILE_H
#define ALMANAC_FILE_H

#include "fault.h"
#include "text.h"

/* Reads a regular file of at most limit bytes (0: no limit) behind what the text holds.
 * Returns 0, or -1 with a fault that names the file. */
int file_read(const char *path, size_t limit, struct text *text, struct fault *fault);

/* Puts the bytes in the file's place: written beside it, on disk, then renamed over. */
int file_replace(const char *path, const void *bytes, size_t size, struct fault *fault);

/* "directory/name", to be passed to free(). */
char *file_path(const char *directory, const char *name);

#endif
