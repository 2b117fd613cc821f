/* SPDX-License-Identifier: MIT */
/* api_figures.h - figures as JSON objects */
#ifndef EXPORTER_API_FIGURES_H
#define EXPORTER_API_FIGURES_H

#include "../almanac/figure.h"
#include "../almanac/text.h"

/* Leaves out what the catalogue does not declare. */
void api_figure_write(struct text *out, const struct figure *figure);

#endif
