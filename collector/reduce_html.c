/* SPDX-License-Identifier: MIT */
/* reduce_html.c - HTML without its tags, scripts and styles */
#include "entity.h"
#include "reduce.h"
#include "squeeze.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { NAME_MOST = 16 };

struct page {
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
static const char *behind(const struct page *page, const char *at)
{
    const char *found = memchr(at, '>', (size_t)(page->end - at));
    return found == NULL ? page->end : found + 1;
}

/* Past the end of the comment, from its opening dashes, which may be those of "-->". To browsers
 * "--!>" ends it as well, with dashes of its own. */
static const char *behind_comment(const struct page *page, const char *opening)
{
    const char *at = opening;
    while ((at = memmem(at, (size_t)(page->end - at), "--", 2)) != NULL) {
        bool bang = at >= opening + 2 && at + 2 < page->end && at[2] == '!';
        const char *end = at + 2 + bang;
        if (end < page->end && *end == '>')
            return end + 1;
        at++;
    }
    return page->end;
}

/* Past the '>' of the tag, not of its attributes: <a title="a > b">. */
static const char *behind_tag(const struct page *page, const char *at, bool *closed)
{
    bool value = false;
    *closed = false;
    for (; at < page->end && *at != '>'; at++) {
        if (value && (*at == '"' || *at == '\'')) {
            at = memchr(at + 1, *at, (size_t)(page->end - at - 1));
            if (at == NULL)
                return page->end;
        }
        *closed = *at == '/';
        value = *at == '=' || (value && isspace((unsigned char)*at));
    }
    return at < page->end ? at + 1 : at;
}

static bool ends_name(const struct page *page, const char *at)
{
    return at == page->end || *at == '>' || *at == '/' || isspace((unsigned char)*at);
}

/* Skips to the end tag of the element. */
static const char *skip_content(const struct page *page, const char *at, const char *name)
{
    size_t length = strlen(name);
    while (at < page->end) {
        const char *tag = memmem(at, (size_t)(page->end - at), "</", 2);
        if (tag == NULL || (size_t)(page->end - tag) < length + 2)
            return page->end;
        if (strncasecmp(tag + 2, name, length) == 0 && ends_name(page, tag + 2 + length))
            return tag;
        at = tag + 2;
    }
    return page->end;
}

static void begin_cell(struct page *page)
{
    if (page->row_begun)
        squeeze_cell(&page->squeeze);
    page->row_begun = true;
}

static void lay_out(struct page *page, enum meaning meaning, bool begins)
{
    switch (meaning) {
    case BREAK: squeeze_gap(&page->squeeze, GAP_LINE); break;
    case PARAGRAPH: squeeze_gap(&page->squeeze, GAP_PARAGRAPH); break;
    case ROW:
        squeeze_gap(&page->squeeze, GAP_ROW);
        page->row_begun = false;
        break;
    case CELL:
        if (begins)
            begin_cell(page);
        break;
    case INLINE:
    case DROPPED:
    case FOREIGN: break;
    }
}

static void read_tag(struct page *page, const char *at, bool begins)
{
    char name[NAME_MOST + 1] = "";
    size_t length = 0;
    bool closed;
    for (; !ends_name(page, at); at++)
        if (length < NAME_MOST)
            name[length++] = (char)tolower((unsigned char)*at);
    page->at = behind_tag(page, at, &closed);
    enum meaning meaning = meaning_of(name);
    lay_out(page, meaning, begins);
    if (begins && (meaning == DROPPED || (meaning == FOREIGN && !closed)))
        page->at = skip_content(page, page->at, name);
}

/* Reads markup at a '<', which may be a literal. */
static bool read_markup(struct page *page)
{
    const char *at = page->at + 1;
    size_t size = (size_t)(page->end - at);
    bool ends = size > 0 && *at == '/';
    if (size >= 3 && memcmp(at, "!--", 3) == 0)
        page->at = behind_comment(page, at + 1);
    else if (size > ends && isalpha((unsigned char)at[ends]))
        read_tag(page, at + ends, !ends);
    else if (ends || (size > 0 && (*at == '!' || *at == '?')))
        page->at = behind(page, at);
    else
        return false;
    return true;
}

static bool read_entity(struct page *page)
{
    char character[ENTITY_BYTES];
    size_t length = entity_read(page->at, (size_t)(page->end - page->at), character);
    if (length > 0)
        squeeze_character(&page->squeeze, character, (size_t)(page->at - page->begin));
    page->at += length;
    return length > 0;
}

void reduce_html(const char *bytes, size_t size, struct reduced *reduced)
{
    struct page page = { { .out = reduced }, bytes, bytes + size, bytes, false };
    text_put(&reduced->text, "");
    while (page.at < page.end && !text_failed(&reduced->text)) {
        if ((*page.at == '<' && read_markup(&page)) || (*page.at == '&' && read_entity(&page)))
            continue;
        page.at += squeeze_character(&page.squeeze, page.at, (size_t)(page.at - page.begin));
    }
}
