/* SPDX-License-Identifier: MIT */
/* process.h - the process_* families of this process, from /proc */
#ifndef EXPORTER_PROCESS_H
#define EXPORTER_PROCESS_H

#include "../almanac/text.h"

/* Families whose source cannot be read are left out. */
void process_write(struct text *page);

#endif
