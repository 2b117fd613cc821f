/* SPDX-License-Identifier: MIT */
/* entity.c - HTML entities: "&hellip;", "&#8230;" or "&#x2026;" */
#include "entity.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { NO_CHARACTER = 0xFFFD, LATIN_FIRST = 0xA0, WINDOWS_FIRST = 0x80 };

/* U+00A0 to U+00FF. */
static const char *const latin[] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

static const struct {
    const char *name;
    uint32_t code;
    bool old; /* may lack the ';' */
} named[] = {
    { "amp", '&', true },        { "lt", '<', true },         { "gt", '>', true },
    { "quot", '"', true },       { "apos", '\'', false },     { "OElig", 0x152, false },
    { "oelig", 0x153, false },   { "Scaron", 0x160, false },  { "scaron", 0x161, false },
    { "Yuml", 0x178, false },    { "circ", 0x2C6, false },    { "tilde", 0x2DC, false },
    { "alpha", 0x3B1, false },   { "beta", 0x3B2, false },    { "gamma", 0x3B3, false },
    { "delta", 0x3B4, false },   { "mu", 0x3BC, false },      { "pi", 0x3C0, false },
    { "sigma", 0x3C3, false },   { "omega", 0x3C9, false },   { "Delta", 0x394, false },
    { "Sigma", 0x3A3, false },   { "Omega", 0x3A9, false },   { "ensp", 0x2002, false },
    { "emsp", 0x2003, false },   { "thinsp", 0x2009, false }, { "zwnj", 0x200C, false },
    { "zwj", 0x200D, false },    { "lrm", 0x200E, false },    { "rlm", 0x200F, false },
    { "ndash", 0x2013, false },  { "mdash", 0x2014, false },  { "lsquo", 0x2018, false },
    { "rsquo", 0x2019, false },  { "sbquo", 0x201A, false },  { "ldquo", 0x201C, false },
    { "rdquo", 0x201D, false },  { "bdquo", 0x201E, false },  { "dagger", 0x2020, false },
    { "Dagger", 0x2021, false }, { "bull", 0x2022, false },   { "hellip", 0x2026, false },
    { "permil", 0x2030, false }, { "prime", 0x2032, false },  { "Prime", 0x2033, false },
    { "lsaquo", 0x2039, false }, { "rsaquo", 0x203A, false }, { "oline", 0x203E, false },
    { "frasl", 0x2044, false },  { "euro", 0x20AC, false },   { "trade", 0x2122, false },
    { "larr", 0x2190, false },   { "uarr", 0x2191, false },   { "rarr", 0x2192, false },
    { "darr", 0x2193, false },   { "harr", 0x2194, false },   { "rArr", 0x21D2, false },
    { "minus", 0x2212, false },  { "radic", 0x221A, false },  { "infin", 0x221E, false },
    { "asymp", 0x2248, false },  { "ne", 0x2260, false },     { "equiv", 0x2261, false },
    { "le", 0x2264, false },     { "ge", 0x2265, false },     { "loz", 0x25CA, false },
};

/* U+0080 to U+009F. */
static const uint16_t windows[] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
};

static void write_character(uint32_t code, char *out)
{
    if (code >= WINDOWS_FIRST && code < LATIN_FIRST)
        code = windows[code - WINDOWS_FIRST];
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        code = NO_CHARACTER;
    int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = { 0, 0xC0, 0xE0, 0xF0 };
    *out++ = (char)(leads[more] | code >> (6 * more));
    while (more-- > 0)
        *out++ = (char)(0x80 | (code >> (6 * more) & 0x3F));
    *out = '\0';
}

static int digit_of(char c, int base)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c == '\0' ? NULL : strchr(digits, tolower((unsigned char)c));
    return found != NULL && found - digits < base ? (int)(found - digits) : -1;
}

/* Reads "#8230" or "#x2026" and returns its length; 0: no number. */
static size_t read_number(const char *bytes, size_t size, uint32_t *code)
{
    int base = size > 2 && (bytes[2] == 'x' || bytes[2] == 'X') ? 16 : 10;
    size_t first = base == 16 ? 3 : 2, at = first;
    for (*code = 0; at < size && digit_of(bytes[at], base) >= 0; at++)
        if (*code <= 0x10FFFF)
            *code = *code * (uint32_t)base + (uint32_t)digit_of(bytes[at], base);
    return at > first ? at : 0;
}

static bool is_name(const char *name, const char *bytes, size_t size)
{
    return strlen(name) == size && memcmp(name, bytes, size) == 0;
}

/* Whether the character exists; old: whether ';' is optional. */
static bool find_name(const char *bytes, size_t size, uint32_t *code, bool *old)
{
    for (uint32_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (is_name(latin[i], bytes, size)) {
            *code = LATIN_FIRST + i;
            *old = true;
            return true;
        }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (is_name(named[i].name, bytes, size)) {
            *code = named[i].code;
            *old = named[i].old;
            return true;
        }
    return false;
}

/* Reads "nbsp;" and returns its length, or that of the longest beginning that needs no ';', as in
 * "nbsp160"; 0: none. A name that ends with ';' is read whole or not at all. */
static size_t read_name(const char *bytes, size_t size, uint32_t *code)
{
    size_t end = 1;
    while (end < size && end < 16 && isalnum((unsigned char)bytes[end]))
        end++;
    bool old, closed = end < size && bytes[end] == ';';
    if (closed)
        return find_name(bytes + 1, end - 1, code, &old) ? end : 0;
    while (end > 1 && !(find_name(bytes + 1, end - 1, code, &old) && old))
        end--;
    return end > 1 ? end : 0;
}

size_t entity_read(const char *bytes, size_t size, char *out)
{
    uint32_t code = 0;
    bool number = size > 1 && bytes[1] == '#';
    size_t end = number ? read_number(bytes, size, &code) : read_name(bytes, size, &code);
    if (end == 0)
        return 0;
    write_character(code, out);
    return end + (end < size && bytes[end] == ';');
}
