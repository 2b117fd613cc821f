/* SPDX-License-Identifier: MIT */
/* accept.c - content negotiation from request headers (RFC 9110, sections 12.5 and 13.1.2) */
#include "accept.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

struct piece {
    const char *at;
    size_t length;
};

struct parameter {
    struct piece name, value;
};

static void skip_space(const char **at)
{
    *at += strspn(*at, " \t");
}

static bool take_char(const char **at, char c)
{
    if (**at != c)
        return false;
    (*at)++;
    return true;
}

/* also: another character allowed in the token, or NUL. */
static bool take_token(const char **at, char also, struct piece *token)
{
    token->at = *at;
    while (**at != '\0' && (isalnum((unsigned char)**at) || **at == also ||
                            strchr("!#$%&'*+-.^_`|~", **at) != NULL))
        (*at)++;
    token->length = (size_t)(*at - token->at);
    return token->length > 0;
}

/* The text between the quotes. Backslashes are kept, since no offer has any. */
static bool take_quoted(const char **at, struct piece *value)
{
    if (!take_char(at, '"'))
        return false;
    value->at = *at;
    while (**at != '\0' && **at != '"')
        *at += **at == '\\' && (*at)[1] != '\0' ? 2 : 1;
    value->length = (size_t)(*at - value->at);
    return take_char(at, '"');
}

/* "name=value", or nothing, which is allowed between two ';' and leaves the name empty. */
static bool take_parameter(const char **at, struct parameter *parameter)
{
    *parameter = (struct parameter){ { *at, 0 }, { *at, 0 } };
    skip_space(at);
    if (!take_token(at, '\0', &parameter->name))
        return true;
    return take_char(at, '=') &&
           (take_token(at, '\0', &parameter->value) || take_quoted(at, &parameter->value));
}

/* Skips to the next ',' outside quotes. */
static void skip_element(const char **at)
{
    struct piece quoted;
    while (**at != '\0' && **at != ',')
        if (!take_quoted(at, &quoted) && **at != '\0')
            (*at)++;
    take_char(at, ',');
}

static bool same(struct piece a, struct piece b)
{
    return a.length == b.length && strncasecmp(a.at, b.at, a.length) == 0;
}

static bool is(struct piece piece, const char *word)
{
    return same(piece, (struct piece){ word, strlen(word) });
}

/* How specifically the range matches the offer's type; -1: not at all. */
static int compare_types(struct piece range, struct piece type)
{
    if (same(range, type))
        return 2;
    if (is(range, "*") || is(range, "*/*"))
        return 0;
    bool whole = range.length > 2 && memcmp(range.at + range.length - 2, "/*", 2) == 0;
    size_t major = range.length - 1; /* with the '/' */
    return whole && type.length > major && strncasecmp(range.at, type.at, major) == 0 ? 1 : -1;
}

/* 1: the offer has the parameter with this value; -1: with another value; 0: not at all. */
static int compare_parameter(const char *offer, const struct parameter *parameter)
{
    struct parameter own;
    while ((offer = strchr(offer, ';')) != NULL) {
        offer++;
        if (take_parameter(&offer, &own) && same(own.name, parameter->name))
            return same(own.value, parameter->value) ? 1 : -1;
    }
    return 0;
}

/* "0", "0.25", "1.000": at most three decimals, at most 1. */
static bool read_quality(struct piece value, int *quality)
{
    static const char digits[] = "0123456789";
    if (value.length < 1 || value.length > 5 || (value.length > 1 && value.at[1] != '.') ||
        value.at[0] < '0' || value.at[0] > '1')
        return false;
    *quality = 0;
    for (size_t i = 0; i < 5; i++) {
        const char *digit = i < value.length ? strchr(digits, value.at[i]) : digits;
        if (i == 1)
            continue;
        if (digit == NULL)
            return false;
        *quality = *quality * 10 + (int)(digit - digits);
    }
    return *quality <= 1000;
}

/* How a list element covers an offer. */
struct cover {
    int closeness; /* of types, then of parameters; below 0: not at all */
    int quality;
};

/*   text/plain ; version=0.0.4 ; q=0.5 ,      false: the element does not read */
static bool take_range(const char **at, const char *offer, struct cover *cover)
{
    struct piece range, type;
    struct parameter parameter;
    const char *words = offer;
    *cover = (struct cover){ -1, 1000 };
    skip_space(at);
    if (!take_token(at, '/', &range))
        return false;
    take_token(&words, '/', &type);
    int closeness = compare_types(range, type), agreement = 0;
    bool differs = closeness < 0;
    while (skip_space(at), take_char(at, ';')) {
        if (!take_parameter(at, &parameter))
            return false;
        if (is(parameter.name, "q")) {
            if (!read_quality(parameter.value, &cover->quality))
                return false;
            continue;
        }
        int agrees = compare_parameter(offer, &parameter);
        differs = differs || agrees < 0;
        agreement += agrees > 0;
    }
    cover->closeness = differs ? -1 : closeness * 100 + (agreement < 100 ? agreement : 99);
    return **at == ',' || **at == '\0';
}

int accept_quality(const char *value, const char *offer)
{
    struct cover best = { -1, -1 }, cover;
    const char *at = value == NULL ? "" : value;
    while (*at != '\0') {
        bool reads = take_range(&at, offer, &cover);
        bool closer = cover.closeness > best.closeness ||
                      (cover.closeness == best.closeness && cover.quality > best.quality);
        if (reads && cover.closeness >= 0 && closer)
            best = cover;
        skip_element(&at);
    }
    return best.quality;
}

int accept_best(const char *value, const char *const *offers, size_t count)
{
    int best = -1, most = 0;
    for (size_t i = 0; i < count; i++) {
        int quality = accept_quality(value, offers[i]);
        if (quality > most) {
            most = quality;
            best = (int)i;
        }
    }
    return best;
}

enum accept_coding accept_coding(const char *value)
{
    int gzip = accept_quality(value, "gzip"), identity = accept_quality(value, "identity");
    if (gzip > 0 && gzip >= identity)
        return ACCEPT_GZIP;
    return identity == 0 ? ACCEPT_NEITHER : ACCEPT_IDENTITY;
}

/* Between the quotes of an entity tag any character but '"' stands for itself (8.8.3). */
static bool take_etag(const char **at, struct piece *tag)
{
    if (strncmp(*at, "W/", 2) == 0)
        *at += 2;
    if (!take_char(at, '"'))
        return false;
    *tag = (struct piece){ *at, strcspn(*at, "\"") };
    *at += tag->length;
    return take_char(at, '"');
}

bool accept_has_etag(const char *value, const char *etag)
{
    struct piece wanted, tag;
    const char *at = value == NULL ? "" : value;
    if (!take_etag(&etag, &wanted))
        return false;
    skip_space(&at);
    if (strcmp(at, "*") == 0)
        return true;
    while (take_etag(&at, &tag)) {
        if (tag.length == wanted.length && memcmp(tag.at, wanted.at, tag.length) == 0)
            return true;
        at += strspn(at, " \t,");
    }
    return false;
}
