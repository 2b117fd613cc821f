/* SPDX-License-Identifier: MIT */
/* settings_sdmx.c - the meaning of a source's SDMX dataflow, from its mapping */
#include "dataflow.h"
#include "naming.h"
#include "settings_parts.h"

#include <string.h>

struct sdmx_form {
    struct dataflow dataflow;
    struct arena *arena;
};

static int add_figure(void *target, const char *code, const char *figure, struct fault *fault)
{
    struct sdmx_form *form = target;
    return glossary_add(&form->dataflow.figures, code, figure, form->arena, fault);
}

static int add_column(void *target, const char *id, const char *name, struct fault *fault)
{
    struct sdmx_form *form = target;
    const char *other = glossary_word(&form->dataflow.columns, name);
    if (name[0] != '\0' && naming_check_column(name, fault) != 0)
        return -1;
    if (name[0] != '\0' && other != NULL)
        return fault_set(fault, "'%s' says %s already; expected it said once", other, name);
    return glossary_add(&form->dataflow.columns, id, name, form->arena, fault);
}

static int add_fixed(void *target, const char *id, const char *code, struct fault *fault)
{
    struct sdmx_form *form = target;
    return glossary_add(&form->dataflow.fixed, id, code, form->arena, fault);
}

#define DATAFLOW_FIELD(name) .key = #name, .offset = offsetof(struct sdmx_form, dataflow.name)

static const struct yaml_row sdmx_rows[] = {
    { .key = "dataflow",
      .offset = offsetof(struct sdmx_form, dataflow.id),
      .type = YAML_STRING,
      .expected = "a structure's id, like ESTAT:NAMQ(1.0)" },
    { DATAFLOW_FIELD(figure), .type = YAML_STRING, .expected = "the name of a figure" },
    { DATAFLOW_FIELD(figure_dimension), .type = YAML_STRING,
      .expected = "the dimension that says which figure it is" },
    { .key = "figures",
      .type = YAML_ENTRIES,
      .entry = add_figure,
      .expected = "a mapping of its codes to figures" },
    { .key = "dimensions",
      .type = YAML_ENTRIES,
      .entry = add_column,
      .expected = "a mapping of dimensions to labels" },
    { .key = "attributes",
      .type = YAML_ENTRIES,
      .entry = add_column,
      .expected = "a mapping of attributes to fields and labels" },
    { .key = "fixed",
      .type = YAML_ENTRIES,
      .entry = add_fixed,
      .expected = "a mapping of dimensions and attributes to what they are" },
};
static const struct yaml_table sdmx_table = { sdmx_rows, sizeof sdmx_rows / sizeof *sdmx_rows };

static int check_figure(const struct dataflow *dataflow, const struct yaml_node *mapping,
                        struct fault *fault)
{
    bool dimension = dataflow->figure_dimension != NULL, codes = dataflow->figures.count > 0;
    int ways = (dataflow->figure != NULL) + dimension +
               (glossary_word(&dataflow->columns, "figure") != NULL);
    if (ways > 1) {
        fault_set(fault, "the figure is given twice; expected either figure or figure_dimension");
        return yaml_at(mapping, dimension ? "figure_dimension" : "figure", fault);
    }
    if (codes && !dimension) {
        fault_set(fault, "'figures' has codes of no dimension; expected figure_dimension as well");
        return yaml_at(mapping, "figures", fault);
    }
    if (dimension && glossary_find(&dataflow->columns, dataflow->figure_dimension) != NULL) {
        fault_set(fault, "'%s' is a dimension with a meaning already; expected another",
                  dataflow->figure_dimension);
        return yaml_at(mapping, "figure_dimension", fault);
    }
    return 0;
}

int settings_read_sdmx(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct sdmx_form *form = arena_take(mapping->arena, 1, sizeof *form);
    form->arena = mapping->arena;
    if (yaml_bind(mapping, &sdmx_table, form, fault) != 0 ||
        check_figure(&form->dataflow, mapping, fault) != 0)
        return -1;
    form->dataflow.figure_line = yaml_line(mapping, "figure");
    settings_place_terms(&form->dataflow.figures, mapping, "figures");
    settings_place_terms(&form->dataflow.columns, mapping, "dimensions");
    settings_place_terms(&form->dataflow.columns, mapping, "attributes");
    ((struct form *)target)->dataflow = &form->dataflow;
    return 0;
}
