/* SPDX-License-Identifier: MIT */
/* choice.c - which families a scrape asks for: name[]=FAMILY and figure[]=FIGURE */
#include "choice.h"

#include <string.h>

bool choice_is_made(const struct request *request)
{
    return request_parameter(request, "name[]") != NULL ||
           request_parameter(request, "figure[]") != NULL;
}

/* Whether the parameter is given with this value, or not at all. met, where it is
 * not NULL, is told which it was. */
static bool leaves(const struct request *request, const char *parameter, const char *value,
                   bool *met)
{
    bool asked = false, found = false;
    for (size_t i = 0; i < request->parameter_count; i++) {
        if (strcmp(request->parameters[i].name, parameter) != 0)
            continue;
        asked = true;
        if (value == NULL || strcmp(request->parameters[i].value, value) != 0)
            continue;
        found = true;
        if (met != NULL)
            met[i] = true;
    }
    return found || !asked;
}

bool choice_has_family(struct choice *choice, const char *name)
{
    return choice == NULL || leaves(choice->request, "name[]", name, choice->met);
}

bool choice_has_figure(const struct choice *choice, const char *figure)
{
    return choice == NULL || leaves(choice->request, "figure[]", figure, NULL);
}
