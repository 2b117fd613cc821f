/* SPDX-License-Identifier: MIT */
/* reduce_html.c - HTML without its tags, scripts and styles */
#include "entity.h"
#include "reduce.h"
#include "squeeze.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { NAME_MOST = 16 };

struct html {
    struct squeeze squeeze;
    const char *at, *end, *begin;
    bool row_begun; /* the row has a cell already */
};

enum meaning {
    INLINE,
    BREAK,     /* ends a line */
    PARAGRAPH, /* a paragraph of its own */
    ROW,       /* a row of a table */
    CELL,
    DROPPED, /* removed with its content */
    FOREIGN, /* also removed; may be self-closing: <svg/> */
};

static const struct element {
    const char *name;
    enum meaning meaning;
} elements[] = {
    { "address", PARAGRAPH },
    { "article", PARAGRAPH },
    { "aside", PARAGRAPH },
    { "blockquote", PARAGRAPH },
    { "body", PARAGRAPH },
    { "br", BREAK },
    { "caption", ROW },
    { "center", PARAGRAPH },
    { "dd", PARAGRAPH },
    { "details", PARAGRAPH },
    { "dialog", PARAGRAPH },
    { "dir", PARAGRAPH },
    { "div", PARAGRAPH },
    { "dl", PARAGRAPH },
    { "dt", PARAGRAPH },
    { "fieldset", PARAGRAPH },
    { "figcaption", PARAGRAPH },
    { "figure", PARAGRAPH },
    { "footer", PARAGRAPH },
    { "form", PARAGRAPH },
    { "h1", PARAGRAPH },
    { "h2", PARAGRAPH },
    { "h3", PARAGRAPH },
    { "h4", PARAGRAPH },
    { "h5", PARAGRAPH },
    { "h6", PARAGRAPH },
    { "header", PARAGRAPH },
    { "hgroup", PARAGRAPH },
    { "hr", PARAGRAPH },
    { "iframe", DROPPED },
    { "legend", PARAGRAPH },
    { "li", PARAGRAPH },
    { "main", PARAGRAPH },
    { "menu", PARAGRAPH },
    { "nav", PARAGRAPH },
    { "noembed", DROPPED },
    { "noframes", DROPPED },
    { "ol", PARAGRAPH },
    { "optgroup", PARAGRAPH },
    { "option", PARAGRAPH },
    { "p", PARAGRAPH },
    { "pre", PARAGRAPH },
    { "script", DROPPED },
    { "search", PARAGRAPH },
    { "section", PARAGRAPH },
    { "select", PARAGRAPH },
    { "style", DROPPED },
    { "summary", PARAGRAPH },
    { "svg", FOREIGN },
    { "table", ROW },
    { "tbody", ROW },
    { "td", CELL },
    { "template", DROPPED },
    { "textarea", DROPPED },
    { "tfoot", ROW },
    { "th", CELL },
    { "thead", ROW },
    { "title", DROPPED },
    { "tr", ROW },
    { "ul", PARAGRAPH },
};

static enum meaning meaning_of(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0)
            return elements[i].meaning;
    return INLINE;
}

/* Past the next '>', or the end. */
static const char *behind(const struct html *html, const char *at)
{
    const char *found = memchr(at, '>', (size_t)(html->end - at));
    return found == NULL ? html->end : found + 1;
}

/* Past the end of the comment, from its opening dashes, which may be those of "-->". To browsers
 * "--!>" ends it as well, with dashes of its own. */
static const char *behind_comment(const struct html *html, const char *opening)
{
    const char *at = opening;
    while ((at = memmem(at, (size_t)(html->end - at), "--", 2)) != NULL) {
        bool bang = at >= opening + 2 && at + 2 < html->end && at[2] == '!';
        const char *end = at + 2 + bang;
        if (end < html->end && *end == '>')
            return end + 1;
        at++;
    }
    return html->end;
}

/* Past the '>' of the tag, not of its attributes: <a title="a > b">. */
static const char *behind_tag(const struct html *html, const char *at, bool *closed)
{
    bool value = false;
    *closed = false;
    for (; at < html->end && *at != '>'; at++) {
        if (value && (*at == '"' || *at == '\'')) {
            at = memchr(at + 1, *at, (size_t)(html->end - at - 1));
            if (at == NULL)
                return html->end;
        }
        *closed = *at == '/';
        value = *at == '=' || (value && isspace((unsigned char)*at));
    }
    return at < html->end ? at + 1 : at;
}

static bool ends_name(const struct html *html, const char *at)
{
    return at == html->end || *at == '>' || *at == '/' || isspace((unsigned char)*at);
}

/* Skips to the end tag of the element. */
static const char *skip_content(const struct html *html, const char *at, const char *name)
{
    size_t length = strlen(name);
    while (at < html->end) {
        const char *tag = memmem(at, (size_t)(html->end - at), "</", 2);
        if (tag == NULL || (size_t)(html->end - tag) < length + 2)
            return html->end;
        if (strncasecmp(tag + 2, name, length) == 0 && ends_name(html, tag + 2 + length))
            return tag;
        at = tag + 2;
    }
    return html->end;
}

static void begin_cell(struct html *html)
{
    if (html->row_begun)
        squeeze_cell(&html->squeeze);
    html->row_begun = true;
}

static void lay_out(struct html *html, enum meaning meaning, bool begins)
{
    switch (meaning) {
    case BREAK: squeeze_gap(&html->squeeze, GAP_LINE); break;
    case PARAGRAPH: squeeze_gap(&html->squeeze, GAP_PARAGRAPH); break;
    case ROW:
        squeeze_gap(&html->squeeze, GAP_ROW);
        html->row_begun = false;
        break;
    case CELL:
        if (begins)
            begin_cell(html);
        break;
    case INLINE:
    case DROPPED:
    case FOREIGN: break;
    }
}

static void read_tag(struct html *html, const char *at, bool begins)
{
    char name[NAME_MOST + 1] = "";
    size_t length = 0;
    bool closed;
    for (; !ends_name(html, at); at++)
        if (length < NAME_MOST)
            name[length++] = (char)tolower((unsigned char)*at);
    html->at = behind_tag(html, at, &closed);
    enum meaning meaning = meaning_of(name);
    lay_out(html, meaning, begins);
    if (begins && (meaning == DROPPED || (meaning == FOREIGN && !closed)))
        html->at = skip_content(html, html->at, name);
}

/* Reads markup at a '<', which may be a literal. */
static bool read_markup(struct html *html)
{
    const char *at = html->at + 1;
    size_t size = (size_t)(html->end - at);
    bool ends = size > 0 && *at == '/';
    if (size >= 3 && memcmp(at, "!--", 3) == 0)
        html->at = behind_comment(html, at + 1);
    else if (size > ends && isalpha((unsigned char)at[ends]))
        read_tag(html, at + ends, !ends);
    else if (ends || (size > 0 && (*at == '!' || *at == '?')))
        html->at = behind(html, at);
    else
        return false;
    return true;
}

static bool read_entity(struct html *html)
{
    char character[ENTITY_BYTES];
    size_t length = entity_read(html->at, (size_t)(html->end - html->at), character);
    if (length > 0)
        squeeze_character(&html->squeeze, character, (size_t)(html->at - html->begin));
    html->at += length;
    return length > 0;
}

void reduce_html(const char *bytes, size_t size, struct reduced *reduced)
{
    struct html html = { { .out = reduced }, bytes, bytes + size, bytes, false };
    text_put(&reduced->text, "");
    while (html.at < html.end && !text_failed(&reduced->text)) {
        if ((*html.at == '<' && read_markup(&html)) || (*html.at == '&' && read_entity(&html)))
            continue;
        html.at += squeeze_character(&html.squeeze, html.at, (size_t)(html.at - html.begin));
    }
}
