/* SPDX-License-Identifier: MIT */
/* settings_sdmx.c - the meaning of a source's SDMX dataflow, from its mapping */
#include "dataflow.h"
#include "settings_parts.h"

struct sdmx_form {
    struct dataflow dataflow;
    const char *figure; /* a constant with a key of its own */
};

static const struct yaml_row sdmx_rows[] = {
    { .key = "dataflow",
      .offset = offsetof(struct sdmx_form, dataflow.id),
      .type = YAML_STRING,
      .expected = "a structure's id, like ESTAT:NAMQ(1.0)" },
    { .key = "figure",
      .offset = offsetof(struct sdmx_form, figure),
      .type = YAML_STRING,
      .expected = "the name of a figure" },
    { .key = "figure_dimension",
      .offset = offsetof(struct sdmx_form, dataflow.figure_dimension),
      .type = YAML_STRING,
      .expected = "the dimension that says which figure it is" },
    { .key = "figures",
      .offset = offsetof(struct sdmx_form, dataflow.figures),
      .type = YAML_ENTRIES,
      .entry = settings_add_term,
      .expected = "a mapping of its codes to figures" },
    { .key = "dimensions",
      .offset = offsetof(struct sdmx_form, dataflow.terms),
      .type = YAML_ENTRIES,
      .entry = settings_add_column,
      .expected = "a mapping of dimensions to labels" },
    { .key = "attributes",
      .offset = offsetof(struct sdmx_form, dataflow.terms),
      .type = YAML_ENTRIES,
      .entry = settings_add_column,
      .expected = "a mapping of attributes to fields and labels" },
    { .key = "fixed",
      .offset = offsetof(struct sdmx_form, dataflow.fixed),
      .type = YAML_ENTRIES,
      .entry = settings_add_term,
      .expected = "a mapping of dimensions and attributes to what they are" },
    { .key = "constants",
      .offset = offsetof(struct sdmx_form, dataflow.terms),
      .type = YAML_ENTRIES,
      .entry = settings_add_constant,
      .expected = "a mapping of fields and labels to what they are" },
    { .key = "statuses",
      .offset = offsetof(struct sdmx_form, dataflow.terms),
      .type = YAML_ENTRIES,
      .entry = settings_add_status,
      .expected = "a mapping of the source's codes of a status to an obs_status" },
    { .key = "missing",
      .offset = offsetof(struct sdmx_form, dataflow.terms),
      .type = YAML_ENTRIES,
      .entry = settings_add_missing,
      .expected = "a mapping of what stands for a value to an obs_status" },
    { 0 },
};

static int check_figure(const struct sdmx_form *form, const struct yaml_node *mapping,
                        struct fault *fault)
{
    static const char figure[] = "figure";
    const struct table_terms *terms = &form->dataflow.terms;
    const char *id = form->dataflow.figure_dimension;
    int ways = (form->figure != NULL) + (id != NULL) +
               (glossary_word(&terms->columns, figure) != NULL) +
               (glossary_find(&terms->constants, figure) != NULL);
    if (ways > 1)
        return yaml_refuse(mapping, id != NULL ? "figure_dimension" : figure, fault,
                           "the figure is given twice; expected either figure or figure_dimension");
    if (form->dataflow.figures.count > 0 && id == NULL)
        return yaml_refuse(
            mapping, "figures", fault,
            "'figures' has codes of no dimension; expected figure_dimension as well");
    if (id != NULL && glossary_find(&terms->columns, id) != NULL)
        return yaml_refuse(mapping, "figure_dimension", fault,
                           "'%s' is a dimension with a meaning already; expected another", id);
    return 0;
}

static int add_constant_figure(struct sdmx_form *form, const struct yaml_node *mapping,
                               struct fault *fault)
{
    const struct term term = { "figure", form->figure, yaml_line(mapping, "figure") };
    if (form->figure == NULL ||
        glossary_add(&form->dataflow.terms.constants, &term, mapping->arena, fault) == 0)
        return 0;
    return yaml_at(mapping, "figure", fault);
}

int settings_read_sdmx(void *target, const struct yaml_node *mapping, struct fault *fault)
{
    struct sdmx_form *form = arena_take(mapping->arena, 1, sizeof *form);
    if (yaml_bind(mapping, sdmx_rows, form, fault) != 0 ||
        check_figure(form, mapping, fault) != 0 || add_constant_figure(form, mapping, fault) != 0)
        return -1;
    ((struct form *)target)->dataflow = &form->dataflow;
    return 0;
}
