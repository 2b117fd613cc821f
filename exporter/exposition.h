/* SPDX-License-Identifier: MIT */
/* exposition.h - the grammar of Prometheus' text format 0.0.4; knows no figures */
#ifndef EXPORTER_EXPOSITION_H
#define EXPORTER_EXPOSITION_H

#include "../almanac/figure.h"
#include "../almanac/text.h"

#define EXPOSITION_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* # HELP and # TYPE. In HELP '\' and newline are escaped, in label values also '"'. */
void exposition_family(struct text *page, const char *name, const char *type, const char *help);
void exposition_sample(struct text *page, const char *name, const struct label *labels,
                       size_t label_count, const char *value);

#endif
