/* SPDX-License-Identifier: MIT */
/* choice.h - the families that a scrape asks for: name[]=FAMILY and figure[]=FIGURE */
#ifndef ALMANAC_CHOICE_H
#define ALMANAC_CHOICE_H

#include "exposition.h"
#include "route.h"

/* name[] selects families by name, with or without the _info or _total suffix of their samples;
 * figure[] selects figures and everything about them. With both, a family must satisfy both. */
struct choice {
    const struct request *request;
    bool met[REQUEST_PARAMETERS]; /* the name[] parameters for which a family exists */
};

bool choice_is_made(const struct request *request);

/* Call this for every family, before any other test whether it has a sample. A NULL choice selects
 * all families. */
bool choice_has_family(struct choice *choice, const char *name);
bool choice_has_figure(const struct choice *choice, const char *figure);
/* The same as choice_has_family, for a family that belongs to no figure. */
bool choice_has_own(struct choice *choice, const char *name);

/* Writes the sample of a family like that, without labels, if it is chosen. value "": there is
 * none. */
void choice_put(struct choice *choice, struct exposition *out, const struct family *family,
                const char *value);

#endif
