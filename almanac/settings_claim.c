/* SPDX-License-Identifier: MIT */
/* settings_claim.c - what a source's configuration says of its rows, whatever their format */
#include "settings_claim.h"

#include "csv_mapping.h"
#include "dataflow.h"
#include "page_choice.h"

#include <string.h>

static const struct glossary *figures_of(const struct csv_mapping *csv)
{
    const struct table_terms *terms = &csv->terms;
    if (csv->wide_as != NULL && strcmp(csv->wide_as, "figure") == 0)
        return &csv->wide;
    for (size_t i = 0; i < terms->coded_count; i++)
        if (strcmp(terms->coded[i].says, "figure") == 0)
            return &terms->coded[i].codes;
    return NULL;
}

static struct settings_claim claim_of_csv(const struct csv_mapping *csv)
{
    return (struct settings_claim){ .part = "csv",
                                    .figures = figures_of(csv),
                                    .columns = &csv->terms.columns,
                                    .constants = &csv->terms.constants,
                                    .as = csv->wide_as,
                                    .as_line = csv->wide_as_line,
                                    .wide = &csv->wide,
                                    .year_apart = csv->year_of != NULL,
                                    .terms = &csv->terms };
}

static struct settings_claim claim_of_dataflow(const struct dataflow *dataflow)
{
    return (struct settings_claim){ .part = "sdmx",
                                    .figures =
                                        dataflow->figures.count > 0 ? &dataflow->figures : NULL,
                                    .columns = &dataflow->terms.columns,
                                    .constants = &dataflow->terms.constants,
                                    .terms = &dataflow->terms };
}

static struct settings_claim claim_of_page(const struct page_choice *page)
{
    return (struct settings_claim){ .part = "metrics",
                                    .figures = &page->families,
                                    .columns = &page->labels,
                                    .constants = &page->constants };
}

bool settings_claim_of(const struct form *form, struct settings_claim *claim)
{
    if (form->csv != NULL)
        *claim = claim_of_csv(form->csv);
    else if (form->dataflow != NULL)
        *claim = claim_of_dataflow(form->dataflow);
    else if (form->page != NULL)
        *claim = claim_of_page(form->page);
    return form->csv != NULL || form->dataflow != NULL || form->page != NULL;
}
