/* SPDX-License-Identifier: MIT */
/* api_figures.h - figures as JSON objects, as the catalogue declares them */
#ifndef EXPORTER_API_FIGURES_H
#define EXPORTER_API_FIGURES_H

#include "../almanac/figure.h"
#include "../almanac/text.h"

/* What is not declared is left out. */
void api_figure_write(struct text *out, const struct figure *figure);

#endif
