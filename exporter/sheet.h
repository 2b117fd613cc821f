/* SPDX-License-Identifier: MIT */
/* sheet.h - a reply's body in one run of bytes, shared by those who are sent the same */
#ifndef EXPORTER_SHEET_H
#define EXPORTER_SHEET_H

#include "../almanac/reply.h"

#include <stdatomic.h>

struct sheet {
    atomic_int holders;
    size_t size;
    char bytes[];
};

/* Of replies with the same head and parts: the newest sheet again if it ends with the reply's tail,
 * otherwise a new one, which then is the newest. To be passed to sheet_release, as the newest is in
 * the end. One thread at a time. NULL when out of memory. */
struct sheet *sheet_of(struct sheet **newest, const struct reply *reply);

/* From any thread; NULL is nothing. */
void sheet_release(struct sheet *sheet);

/* Of head, parts and tail. */
size_t sheet_size(const struct reply *reply);

#endif
