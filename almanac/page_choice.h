/* SPDX-License-Identifier: MIT */
/* page_choice.h - the families taken from a metrics page, and the meaning of their samples */
#ifndef ALMANAC_PAGE_CHOICE_H
#define ALMANAC_PAGE_CHOICE_H

#include "exposition.h"
#include "glossary.h"

struct page_choice {
    struct glossary families;  /* family to figure */
    struct glossary labels;    /* label to the figure's label; "": dropped */
    struct glossary constants; /* a figure's label to its value in every sample */
    char freq; /* of the period that contains a sample's time, as for period_write_around, or
                  PAGE_FIGURE_FREQ */
    enum exposition_format exposition; /* EXPOSITION_FORMATS: detected by the page's last line */
};
enum { PAGE_FIGURE_FREQ = '\0', PAGE_INSTANT = 'I' };

#endif
