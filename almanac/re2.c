/* SPDX-License-Identifier: MIT */
/* re2.c - translates RE2's regular expressions, as in Go, to PCRE2's */
#include "re2.h"

#include "utf8.h"

#include <stdbool.h>
#include <string.h>

/* PCRE2 counts only the points of possible backtracking. It does not count parts that may match
 * nothing (such a part is followed by a callout, or contains one) and single characters (a callout
 * follows every SELDOM of them). */
#define CALLOUT "(?C)"

enum { SELDOM = 64 }; /* characters between callouts */

struct reader {
    const char *at; /* the unread rest */
    struct text *out;
    struct fault *fault;
    size_t longest_class;
    size_t items, wide_ranges;
    bool any_case;   /* a (?i) was seen */
    bool repeatable; /* the previous item may be repeated */
    bool repeated;   /* it already is */
};

/* Group openings of PCRE2 that RE2 lacks. */
static const struct {
    const char *opening, *words;
} refused[] = {
    { "(*", "verbs" },           { "(?=", "look-around" },  { "(?!", "look-around" },
    { "(?<=", "look-around" },   { "(?<!", "look-around" }, { "(?>", "atomic groups" },
    { "(?|", "branch reset" },   { "(?#", "comments" },     { "(?(", "conditions" },
    { "(?C", "callouts" },       { "(?R", "recursion" },    { "(?&", "recursion" },
    { "(?+", "recursion" },      { "(?P>", "recursion" },   { "(?P=", "back-references" },
    { "(?'", "names in quotes" }
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_hex(char c)
{
    return c != '\0' && strchr("0123456789abcdefABCDEF", c) != NULL;
}

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool refuse(struct reader *reader, const char *words)
{
    fault_set(reader->fault, "RE2 has no %s", words);
    return false;
}

static bool copy(struct reader *reader, size_t size)
{
    text_bytes(reader->out, reader->at, size);
    reader->at += size;
    return true;
}

/* A literal byte; the continuation bytes of a character may come alone. */
static void put_literal(struct reader *reader, char c)
{
    if (!is_word(c) && (unsigned char)c < 0x80)
        text_char(reader->out, '\\');
    text_char(reader->out, c);
}

/* Nothing may be put into a character. */
static bool take_literal(struct reader *reader)
{
    do
        put_literal(reader, *reader->at++);
    while (utf8_continues(*reader->at));
    return true;
}

/*   \x41  \x{10FFFF}   */
static bool take_hex(struct reader *reader)
{
    const char *digits = reader->at + 2;
    bool braces = *digits == '{';
    size_t count = 0;
    digits += braces;
    while (is_hex(digits[count]) && (braces || count < 2))
        count++;
    if (braces ? count == 0 || digits[count] != '}' : count != 2)
        return refuse(reader, "'\\x' without two digits, or some in braces");
    text_printf(reader->out, "\\x{%.*s}", (int)count, digits);
    reader->at = digits + count + braces;
    return true;
}

/*   \0  \12  \123   */
static void take_octal(struct reader *reader)
{
    size_t count = 1;
    while (count < 3 && reader->at[1 + count] >= '0' && reader->at[1 + count] <= '7')
        count++;
    text_printf(reader->out, "\\o{%.*s}", (int)count, reader->at + 1);
    reader->at += 1 + count;
}

/* An escape for one character, inside or outside a class. */
static bool take_escaped(struct reader *reader)
{
    const char c = reader->at[1];
    if (c == 'x')
        return take_hex(reader);
    if (c == '0' || (c >= '1' && c <= '7' && reader->at[2] >= '0' && reader->at[2] <= '7')) {
        take_octal(reader);
    } else if (c == 'v') {
        text_put(reader->out, "\\x{0B}");
        reader->at += 2;
    } else if (c != '\0' && strchr("afnrt", c) != NULL) {
        copy(reader, 2);
    } else if (is_digit(c) || c == 'g' || c == 'k') {
        return refuse(reader, "back-references");
    } else if (c == '\0') {
        return refuse(reader, "'\\' at the end");
    } else if ((c != '_' && is_word(c)) || (unsigned char)c >= 0x80) {
        fault_set(reader->fault, "RE2 has no '\\%.*s'", (unsigned char)c < 0x80 ? 1 : 4,
                  reader->at + 1);
        return false;
    } else {
        put_literal(reader, c);
        reader->at += 2;
    }
    return true;
}

/*   \pL  \p{Greek}  \P{^Lu}   */
static bool take_property(struct reader *reader)
{
    size_t size = 3;
    if (reader->at[2] == '{') {
        size += reader->at[3] == '^';
        while (is_word(reader->at[size]))
            size++;
        if (reader->at[size++] != '}')
            return refuse(reader, "'\\p{' without a name and '}'");
    } else if (!is_word(reader->at[2])) {
        return refuse(reader, "'\\p' without a name");
    }
    return copy(reader, size);
}

/* Whether this is an escape for a character class. */
static bool is_kind(const char *at)
{
    return at[0] == '\\' && at[1] != '\0' && strchr("pPdDwWsS", at[1]) != NULL;
}

/* PCRE2's \s has one more character than RE2's. */
static bool take_kind(struct reader *reader, const char *space, const char *no_space)
{
    const char c = reader->at[1];
    if (c == 'p' || c == 'P')
        return take_property(reader);
    if (c != 's' && c != 'S')
        return copy(reader, 2);
    text_put(reader->out, c == 's' ? space : no_space);
    reader->at += 2;
    return true;
}

static bool is_posix(const char *at)
{
    return starts_with(at, "[:") && strstr(at + 2, ":]") != NULL;
}

/*   [:alpha:]  [:^alpha:]   */
static bool take_posix(struct reader *reader)
{
    size_t size = 2;
    while (is_word(reader->at[size]) || reader->at[size] == '^')
        size++;
    return starts_with(reader->at + size, ":]")
               ? copy(reader, size + 2)
               : refuse(reader, "such class between '[:' and ':]'");
}

static bool take_class_character(struct reader *reader)
{
    return *reader->at == '\\' ? take_escaped(reader) : take_literal(reader);
}

/* A character, or a range of two with '-'. */
static bool take_range(struct reader *reader)
{
    if (!take_class_character(reader))
        return false;
    if (reader->at[0] != '-' || reader->at[1] == ']' || reader->at[1] == '\0')
        return true;
    reader->wide_ranges += reader->at[1] == '\\' || (unsigned char)reader->at[1] >= 0x80;
    return copy(reader, 1) && take_class_character(reader);
}

static bool take_class_item(struct reader *reader)
{
    if (is_posix(reader->at))
        return take_posix(reader);
    if (is_kind(reader->at))
        return take_kind(reader, "\\t\\n\\f\\r ", "\\S\\x{0B}");
    return take_range(reader);
}

/*   [^]a-z\d[:alpha:]]   */
static bool take_class(struct reader *reader)
{
    size_t begin = reader->out->size;
    bool first = true;
    copy(reader, reader->at[1] == '^' ? 2 : 1);
    while (*reader->at != ']' || first) {
        if (*reader->at == '\0')
            return refuse(reader, "class without ']' behind it");
        if (!take_class_item(reader))
            return false;
        first = false;
    }
    if (reader->longest_class < reader->out->size - begin)
        reader->longest_class = reader->out->size - begin;
    reader->repeatable = true;
    return copy(reader, 1);
}

static void count_item(struct reader *reader)
{
    if (++reader->items % SELDOM == 0)
        text_put(reader->out, CALLOUT);
}

/*   \Q...\E   */
static void take_quoted(struct reader *reader)
{
    for (reader->at += 2; *reader->at != '\0'; put_literal(reader, *reader->at++)) {
        if (starts_with(reader->at, "\\E")) {
            reader->at += 2;
            return;
        }
        if (!utf8_continues(*reader->at))
            count_item(reader);
        reader->repeatable = true;
    }
}

/* An assertion, in a group, since PCRE2 does not repeat it bare. */
static bool take_assertion(struct reader *reader, size_t size)
{
    text_put(reader->out, "(?:");
    copy(reader, size);
    text_put(reader->out, CALLOUT ")");
    reader->repeatable = true;
    return true;
}

static bool take_backslash(struct reader *reader)
{
    const char c = reader->at[1];
    if (c == 'Q') {
        take_quoted(reader);
        return true;
    }
    reader->repeatable = true;
    if (c != '\0' && strchr("AzbB", c) != NULL)
        return take_assertion(reader, 2);
    if (is_kind(reader->at))
        return take_kind(reader, "[\\t\\n\\f\\r ]", "[^\\t\\n\\f\\r ]");
    return take_escaped(reader);
}

/*   (?i)  (?i-s:   */
static bool take_flags(struct reader *reader)
{
    size_t size = 2 + strspn(reader->at + 2, "imsU");
    if (reader->at[size] == '-') {
        size_t off = strspn(reader->at + size + 1, "imsU");
        size += off == 0 ? 0 : 1 + off;
    }
    if (reader->at[size] == '-' && is_digit(reader->at[size + 1]))
        return refuse(reader, "recursion");
    if (reader->at[size] != ')' && reader->at[size] != ':')
        return refuse(reader, is_digit(reader->at[2]) ? "recursion" : "such group after '(?'");
    reader->any_case |= memchr(reader->at, 'i', size) != NULL;
    bool opens = reader->at[size] == ':';
    copy(reader, size + 1);
    text_put(reader->out, opens ? CALLOUT : "");
    return true;
}

/*   (?P<name>  (?<name>   */
static bool take_name(struct reader *reader)
{
    size_t size = reader->at[2] == 'P' ? 4 : 3;
    while (is_word(reader->at[size]))
        size++;
    return reader->at[size] == '>' ? copy(reader, size + 1)
                                   : refuse(reader, "group's name without '>' behind it");
}

static bool take_opening(struct reader *reader)
{
    reader->repeatable = false;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (starts_with(reader->at, refused[i].opening))
            return refuse(reader, refused[i].words);
    if (starts_with(reader->at, "(?P<") || starts_with(reader->at, "(?<"))
        return take_name(reader);
    return reader->at[1] == '?' ? take_flags(reader) : copy(reader, 1);
}

/* Reads a number; false if there is none, or it has a leading zero. */
static bool read_count(const char **at, int *count)
{
    const char *digits = *at;
    for (*count = 0; is_digit(**at); (*at)++)
        *count = *count > RE2_REPEATS ? *count : *count * 10 + (**at - '0');
    return *at > digits && (digits[0] != '0' || *at == digits + 1);
}

/* The length of the repetition here: * + ? {2} {2,} {2,5}; 0: none. */
static size_t measure_repetition(const char *text, int *most)
{
    const char *at = text + 1;
    int least;
    *most = 0;
    if (*text != '\0' && strchr("*+?", *text) != NULL)
        return 1;
    if (*text != '{' || !read_count(&at, &least))
        return 0;
    *most = least;
    if (*at == ',' && *++at != '}') {
        if (!read_count(&at, most))
            return 0;
        *most = *most < least ? least : *most;
    }
    return *at == '}' ? (size_t)(at + 1 - text) : 0;
}

static bool take_repetition(struct reader *reader, size_t size, int most)
{
    if (reader->repeated)
        return refuse(reader,
                      *reader->at == '+' ? "possessive repetition" : "repetition of a repetition");
    if (!reader->repeatable)
        return refuse(reader, "repetition of nothing");
    if (most > RE2_REPEATS)
        return refuse(reader, "repetition of more than 1000 times");
    copy(reader, size);
    if (*reader->at == '?')
        copy(reader, 1);
    text_put(reader->out, CALLOUT);
    return true;
}

static bool take_other(struct reader *reader)
{
    const char c = *reader->at;
    switch (c) {
    case '(': return take_opening(reader);
    case '[': return take_class(reader);
    case '\\': return take_backslash(reader);
    case '^':
    case '$': return take_assertion(reader, 1);
    default: break;
    }
    reader->repeatable = c != '|';
    return c == '|' || c == ')' || c == '.' ? copy(reader, 1) : take_literal(reader);
}

static bool take(struct reader *reader)
{
    int most;
    size_t repetition = measure_repetition(reader->at, &most);
    if (repetition == 0)
        count_item(reader);
    bool goes_on = repetition > 0 ? take_repetition(reader, repetition, most) : take_other(reader);
    reader->repeated = repetition > 0;
    return goes_on;
}

int re2_translate(const char *text, struct re2 *re2, struct fault *fault)
{
    struct reader reader = { .at = text, .out = &re2->pcre, .fault = fault };
    while (*reader.at != '\0')
        if (!take(&reader))
            return -1;
    re2->longest_class = reader.longest_class;
    if (reader.any_case && reader.wide_ranges > RE2_WIDE_RANGES)
        return fault_set(fault, "it has (?i) and %zu ranges beyond ASCII; expected at most %d",
                         reader.wide_ranges, RE2_WIDE_RANGES);
    return 0;
}
