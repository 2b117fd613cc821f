/* SPDX-License-Identifier: MIT */
/* page_choice.h - which families of a metrics page are taken, and what their samples say */
#ifndef ALMANAC_PAGE_CHOICE_H
#define ALMANAC_PAGE_CHOICE_H

#include "exposition.h"
#include "glossary.h"

struct page_choice {
    struct glossary families;  /* of the page: the figure */
    struct glossary labels;    /* of the page: the figure's label; "": it is dropped */
    struct glossary constants; /* a figure's label: what it is in every sample */
    char freq; /* of the period that a sample's time is in, as period_write_around has it, or
                  PAGE_FIGURE_FREQ */
    enum exposition_format exposition; /* EXPOSITION_FORMATS: as the page's last line tells */
};
enum { PAGE_FIGURE_FREQ = '\0', PAGE_INSTANT = 'I' };

#endif
