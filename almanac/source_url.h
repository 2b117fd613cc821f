/* SPDX-License-Identifier: MIT */
/* source_url.h - where a source is fetched from, as a URL that needs no context */
#ifndef ALMANAC_SOURCE_URL_H
#define ALMANAC_SOURCE_URL_H

#include "arena.h"
#include "fault.h"

/* http:// and https:// stay as they are; file:PATH, relative to the folder of the file it stands
 * in, file:/PATH and file:///PATH become file:///PATH, percent-encoded where it needs to be.
 * The result lives in the arena. NULL with a fault for anything else. */
const char *source_url(const char *url, const char *stands_in, struct arena *arena,
                       struct fault *fault);

/* The URL without the name and password that it may have in front of the host. */
const char *source_url_public(const char *url, struct arena *arena);

#endif
