/* SPDX-License-Identifier: MIT */
/* choice.c - the families that a scrape asks for: name[]=FAMILY and figure[]=FIGURE */
#include "choice.h"

#include <string.h>

bool choice_is_made(const struct request *request)
{
    return request_parameter(request, "name[]") != NULL ||
           request_parameter(request, "figure[]") != NULL;
}

/* In OpenMetrics a family's name lacks the suffix of its samples' names. */
static bool is_called(const char *name, const char *word)
{
    static const char *const endings[] = { "", "_info", "_total" };
    size_t size = strlen(word);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strncmp(name, word, size) == 0 && strcmp(name + size, endings[i]) == 0)
            return true;
    return false;
}

/* Whether the parameter is absent, or given with this value. Marks the match in met, unless it is
 * NULL. */
static bool leaves(const struct request *request, const char *parameter, const char *value,
                   bool *met)
{
    bool asked = false, found = false;
    for (size_t i = 0; i < request->parameter_count; i++) {
        if (strcmp(request->parameters[i].name, parameter) != 0)
            continue;
        asked = true;
        if (!is_called(value, request->parameters[i].value))
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

bool choice_has_own(struct choice *choice, const char *name)
{
    return choice_has_family(choice, name) &&
           (choice == NULL || request_parameter(choice->request, "figure[]") == NULL);
}

void choice_put(struct choice *choice, struct exposition *out, const struct family *family,
                const char *value)
{
    if (choice_has_own(choice, family->name) && *value != '\0')
        exposition_sample(out, family, NULL, 0, value);
}
