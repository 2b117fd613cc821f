/* SPDX-License-Identifier: MIT */
/* exposition.c - the grammar of Prometheus' text format 0.0.4; knows no figures */
#include "exposition.h"

#include <string.h>

/* Puts a backslash in front of the bytes of special, of which a newline becomes an n. */
static void write_escaped(struct text *page, const char *string, const char *special)
{
    for (const char *at = string; *at != '\0'; at++) {
        size_t plain = strcspn(at, special);
        text_bytes(page, at, plain);
        at += plain;
        if (*at == '\0')
            return;
        text_char(page, '\\');
        text_char(page, *at == '\n' ? 'n' : *at);
    }
}

void exposition_family(struct text *page, const char *name, const char *type, const char *help)
{
    text_put(page, "# HELP ");
    text_put(page, name);
    text_char(page, ' ');
    write_escaped(page, help, "\\\n");
    text_put(page, "\n# TYPE ");
    text_put(page, name);
    text_char(page, ' ');
    text_put(page, type);
    text_char(page, '\n');
}

void exposition_sample(struct text *page, const char *name, const struct label *labels,
                       size_t label_count, const char *value)
{
    text_put(page, name);
    for (size_t i = 0; i < label_count; i++) {
        text_char(page, i == 0 ? '{' : ',');
        text_put(page, labels[i].name);
        text_put(page, "=\"");
        write_escaped(page, labels[i].value, "\\\n\"");
        text_char(page, '"');
    }
    text_put(page, label_count == 0 ? " " : "} ");
    text_put(page, value);
    text_char(page, '\n');
}
