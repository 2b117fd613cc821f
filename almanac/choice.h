/* SPDX-License-Identifier: MIT */
/* choice.h - which families a scrape asks for: name[]=FAMILY and figure[]=FIGURE */
#ifndef ALMANAC_CHOICE_H
#define ALMANAC_CHOICE_H

#include "route.h"

/* name[] leaves the families of these names, with or without the _info or _total that their samples
 * end in; figure[] leaves these figures, and what is said of each of them; both together what both
 * leave. */
struct choice {
    const struct request *request;
    bool met[REQUEST_PARAMETERS]; /* the families among the parameters that there are */
};

bool choice_is_made(const struct request *request);

/* Ask of every family, whatever else it depends on whether it has a sample. The choice NULL is all
 * of them. */
bool choice_has_family(struct choice *choice, const char *name);
/* figure NULL: of what belongs to no figure. */
bool choice_has_figure(const struct choice *choice, const char *figure);

#endif
