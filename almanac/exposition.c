/* SPDX-License-Identifier: MIT */
/* exposition.c - the grammar of text format 0.0.4 and OpenMetrics 1.0; knows no figures */
#include "exposition.h"

#include "accept.h"

#include <string.h>

const char *const exposition_types[EXPOSITION_FORMATS] = {
    [EXPOSITION_TEXT] = "text/plain; version=0.0.4; charset=utf-8",
    [EXPOSITION_OPENMETRICS] = EXPOSITION_OPENMETRICS_TYPE,
};

enum exposition_format exposition_choose(const char *accept)
{
    int best = accept_best(accept, exposition_types, EXPOSITION_FORMATS);
    return best < 0 ? EXPOSITION_TEXT : (enum exposition_format)best;
}

/* All differences between the formats, except the type words below. */
static const struct {
    const char *help_special; /* characters escaped in HELP */
    bool whole_name;          /* a family's name keeps the suffix of its samples */
    bool units;
    const char *end;
} formats[EXPOSITION_FORMATS] = {
    [EXPOSITION_TEXT] = { "\\\n", true, false, "" },
    [EXPOSITION_OPENMETRICS] = { "\\\n\"", false, true, "# EOF\n" },
};

static const struct {
    const char *words[EXPOSITION_FORMATS];
    const char *ending; /* of a sample's name */
} types[] = {
    [FAMILY_GAUGE] = { { "gauge", "gauge" }, "" },
    [FAMILY_COUNTER] = { { "counter", "counter" }, "_total" },
    [FAMILY_INFO] = { { "gauge", "info" }, "_info" },
};

/* Escapes the characters of special with a backslash; a newline becomes "\n". */
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

/* "# HELP name words" */
static void write_line(struct exposition *out, const struct family *family, const char *keyword,
                       const char *words)
{
    size_t length = strlen(family->name);
    if (!formats[out->format].whole_name)
        length -= strlen(types[family->type].ending);
    text_put(&out->page, "# ");
    text_put(&out->page, keyword);
    text_char(&out->page, ' ');
    text_bytes(&out->page, family->name, length);
    text_char(&out->page, ' ');
    write_escaped(&out->page, words, formats[out->format].help_special);
    text_char(&out->page, '\n');
}

static void write_family(struct exposition *out, const struct family *family)
{
    write_line(out, family, "HELP", family->help);
    write_line(out, family, "TYPE", types[family->type].words[out->format]);
    if (family->unit != NULL && formats[out->format].units)
        write_line(out, family, "UNIT", family->unit);
}

void exposition_series(struct exposition *out, const struct family *family,
                       const struct label *labels, size_t label_count)
{
    struct text *page = &out->page;
    if (out->family == NULL || strcmp(out->family, family->name) != 0)
        write_family(out, family);
    out->family = family->name;
    text_put(page, family->name);
    for (size_t i = 0; i < label_count; i++) {
        text_char(page, i == 0 ? '{' : ',');
        text_put(page, labels[i].name);
        text_put(page, "=\"");
        write_escaped(page, labels[i].value, "\\\n\"");
        text_char(page, '"');
    }
    text_put(page, label_count == 0 ? " " : "} ");
}

void exposition_sample(struct exposition *out, const struct family *family,
                       const struct label *labels, size_t label_count, const char *value)
{
    exposition_series(out, family, labels, label_count);
    text_put(&out->page, value);
    text_char(&out->page, '\n');
}

void exposition_end(struct exposition *out)
{
    text_put(&out->page, formats[out->format].end);
}
