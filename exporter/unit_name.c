/* SPDX-License-Identifier: MIT */
/* unit_name.c - units in the words of a language */
#include "unit_name.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *unit, *chinese;
} names[] = {
    { "cny", "元" },   { "usd", "美元" }, { "hkd", "港元" },   { "eur", "欧元" },
    { "jpy", "日元" }, { "gbp", "英镑" }, { "ratio", "比率" }, { "square_meters", "平方米" },
};

const char *unit_name(const char *unit, bool chinese)
{
    for (size_t i = 0; i < sizeof names / sizeof *names && chinese; i++)
        if (strcmp(names[i].unit, unit) == 0)
            return names[i].chinese;
    return unit;
}
