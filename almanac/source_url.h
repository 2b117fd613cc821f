/* SPDX-License-Identifier: MIT */
/* source_url.h - a source's URL, made absolute */
#ifndef ALMANAC_SOURCE_URL_H
#define ALMANAC_SOURCE_URL_H

#include "arena.h"
#include "fault.h"

/* http:// and https:// stay unchanged. file:PATH (relative to the folder of the file that contains
 * it), file:/PATH and file:///PATH become file:///PATH, percent-encoded as needed. The result lives
 * in the arena. NULL with a fault for anything else. */
const char *source_url(const char *url, const char *stands_in, struct arena *arena,
                       struct fault *fault);

/* The URL without any user name and password. */
const char *source_url_public(const char *url, struct arena *arena);

#endif
