/* SPDX-License-Identifier: MIT */
/* exposition.h - the grammar of text 0.0.4 and OpenMetrics 1.0; knows no figures */
#ifndef ALMANAC_EXPOSITION_H
#define ALMANAC_EXPOSITION_H

#include "figure.h"
#include "text.h"

enum exposition_format { EXPOSITION_TEXT, EXPOSITION_OPENMETRICS, EXPOSITION_FORMATS };
extern const char *const exposition_types[EXPOSITION_FORMATS]; /* media types */

/* By an Accept header, or NULL. Who wants neither is sent the older one, as by other exporters. */
enum exposition_format exposition_choose(const char *accept);

/* An info's sample is a 1 that labels things. */
enum family_type { FAMILY_GAUGE, FAMILY_COUNTER, FAMILY_INFO };

struct family {
    const char *name; /* of its samples: a counter's ends in _total, an info's in _info */
    enum family_type type;
    const char *unit; /* with which the name ends, but for a _total; NULL: none */
    const char *help;
};

/* A page in the making: zero-initialise but for the format; the text is the caller's. */
struct exposition {
    enum exposition_format format;
    struct text page;
    const char *family; /* the name of the last one */
};

/* A sample; in front of a family's first, the family. Those of a family come together. */
void exposition_sample(struct exposition *out, const struct family *family,
                       const struct label *labels, size_t label_count, const char *value);
/* The same up to the value, for who has more to say than that: a time behind it. */
void exposition_series(struct exposition *out, const struct family *family,
                       const struct label *labels, size_t label_count);
void exposition_end(struct exposition *out);

#endif
