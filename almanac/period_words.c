/* SPDX-License-Identifier: MIT */
/* period_words.c - a period in Chinese or English prose */
#include "period_words.h"

#include "period_shape.h"
#include "wording_words.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_MOST = 256, TOKENS_MOST = 24 };

/* The tokens of period_shape.h. A word without a letter is ignored, but for one with a 1 or 2: it
 * says that all is a year. A "to" with a 1 is a sign, no word. */
static const struct word words[] = {
    { "年", 1, NULL },       { "年度", 2, NULL },     { "全年", 1, NULL },
    { "底", 0, NULL },       { "末", 0, NULL },       { "第", 0, NULL },
    { "截至", 0, NULL },     { "截止", 0, NULL },     { "截至到", 0, NULL },
    { "截止到", 0, NULL },   { "the", 0, NULL },      { "of", 0, NULL },
    { "in", 0, NULL },       { "at", 0, NULL },       { "as of", 0, NULL },
    { "end", 0, NULL },      { "end-", 0, NULL },     { "year", 1, NULL },
    { "m", 0, "M" },         { "w", 0, "w" },         { ",", 0, NULL },
    { "st", 0, NULL },       { "nd", 0, NULL },       { "rd", 0, NULL },
    { "th", 0, NULL },       { "月", 0, "m" },        { "月份", 0, "m" },
    { "日", 0, "d" },        { "号", 0, "d" },        { "季度", 0, "q" },
    { "q", 0, "q" },         { "quarter", 0, "q" },   { "上半年", 1, "H" },
    { "下半年", 2, "H" },    { "h", 0, "h" },         { "half", 0, "h" },
    { "前", 0, "f" },        { "个季度", 0, "k" },    { "quarters", 0, "k" },
    { "个月", 0, "x" },      { "months", 0, "x" },    { "自", 0, "a" },
    { "从", 0, "a" },        { "from", 0, "a" },      { "between", 0, "b" },
    { "and", 0, "&" },       { "-", 1, "-" },         { "–", 1, "-" },
    { "—", 1, "-" },         { "——", 1, "-" },        { "~", 1, "-" },
    { "至", 0, "-" },        { "到", 0, "-" },        { "to", 0, "-" },
    { "through", 0, "-" },   { ".", 0, "." },         { "/", 0, "/" },
    { "first", 1, "N" },     { "second", 2, "N" },    { "third", 3, "N" },
    { "fourth", 4, "N" },    { "two", 2, "N" },       { "three", 3, "N" },
    { "four", 4, "N" },      { "five", 5, "N" },      { "six", 6, "N" },
    { "seven", 7, "N" },     { "eight", 8, "N" },     { "nine", 9, "N" },
    { "ten", 10, "N" },      { "eleven", 11, "N" },   { "january", 1, "J" },
    { "february", 2, "J" },  { "march", 3, "J" },     { "april", 4, "J" },
    { "may", 5, "J" },       { "june", 6, "J" },      { "july", 7, "J" },
    { "august", 8, "J" },    { "september", 9, "J" }, { "october", 10, "J" },
    { "november", 11, "J" }, { "december", 12, "J" }, { "jan", 1, "J" },
    { "feb", 2, "J" },       { "mar", 3, "J" },       { "apr", 4, "J" },
    { "jun", 6, "J" },       { "jul", 7, "J" },       { "aug", 8, "J" },
    { "sep", 9, "J" },       { "sept", 9, "J" },      { "oct", 10, "J" },
    { "nov", 11, "J" },      { "dec", 12, "J" },      { NULL, 0, NULL },
};

#define COUNTS_BACK "counts from a day that it does not name"
#define NO_END      "says where it begins, but not where it ends"
#define FISCAL      "is not a year of the calendar"
#define INEXACT     "does not say exactly when"

static const struct word refusals[] = {
    { "近", 0, COUNTS_BACK },     { "过去", 0, COUNTS_BACK },    { "去年", 0, COUNTS_BACK },
    { "今年", 0, COUNTS_BACK },   { "本年", 0, COUNTS_BACK },    { "上年", 0, COUNTS_BACK },
    { "明年", 0, COUNTS_BACK },   { "本月", 0, COUNTS_BACK },    { "上月", 0, COUNTS_BACK },
    { "本季度", 0, COUNTS_BACK }, { "目前", 0, COUNTS_BACK },    { "同期", 0, COUNTS_BACK },
    { "last", 0, COUNTS_BACK },   { "past", 0, COUNTS_BACK },    { "previous", 0, COUNTS_BACK },
    { "this", 0, COUNTS_BACK },   { "current", 0, COUNTS_BACK }, { "recent", 0, COUNTS_BACK },
    { "next", 0, COUNTS_BACK },   { "以来", 0, NO_END },         { "起", 0, NO_END },
    { "since", 0, NO_END },       { "fy", 0, FISCAL },           { "fiscal", 0, FISCAL },
    { "财年", 0, FISCAL },        { "财政", 0, FISCAL },         { "学年", 0, FISCAL },
    { "初", 0, INEXACT },         { "中", 0, INEXACT },          { "上旬", 0, INEXACT },
    { "中旬", 0, INEXACT },       { "下旬", 0, INEXACT },        { "early", 0, INEXACT },
    { "mid", 0, INEXACT },        { "late", 0, INEXACT },        { NULL, 0, NULL },
};

struct reading {
    const char *at;
    char tokens[TOKENS_MOST + 1];
    int numbers[TOKENS_MOST]; /* of the tokens with a number */
    size_t count, number_count;
    size_t digits;      /* of the last number that has some */
    bool says_year;     /* in a word */
    bool says_one_year; /* 年度, which may begin in any month */
    bool dash;          /* in place of "to" */
};

static bool put(struct reading *reading, char token, int number)
{
    if (reading->count == TOKENS_MOST)
        return false;
    reading->tokens[reading->count++] = token;
    if (strchr("YNJH", token) != NULL)
        reading->numbers[reading->number_count++] = number;
    return true;
}

static bool put_digits(struct reading *reading, size_t count)
{
    int number = 0;
    reading->digits = count;
    for (size_t i = 0; i < count; i++)
        number = number * 10 + *reading->at++ - '0';
    return put(reading, count == 4 ? 'Y' : 'N', number);
}

static bool put_part(struct reading *reading)
{
    return put(reading, 'c', 0) && put_digits(reading, 2);
}

/* Six digits are a month, and eight a day, only in these centuries: 110101 is a district. */
static bool take_digits(struct reading *reading)
{
    size_t count = strspn(reading->at, "0123456789");
    if ((count == 6 || count == 8) &&
        (strncmp(reading->at, "19", 2) == 0 || strncmp(reading->at, "20", 2) == 0))
        return put_digits(reading, 4) && put_part(reading) && (count == 6 || put_part(reading));
    return (count == 1 || count == 2 || count == 4) && put_digits(reading, count);
}

/* 二〇二四 digit by digit, 六, 十二 and 三十一; two adjacent digits may be two numbers. */
static bool take_numerals(struct reading *reading)
{
    const char *at = reading->at;
    const struct word *digit;
    int number = 0, count = 0;
    for (; count < 5 && (digit = wording_take(wording_digits, &at)) != NULL; count++)
        number = number * 10 + digit->value;
    const struct word *place = count <= 1 ? wording_take(wording_places, &at) : NULL;
    if (place != NULL && place->value != 1)
        return false;
    if (place != NULL) {
        digit = wording_take(wording_digits, &at);
        number = (count == 1 ? number : 1) * 10 + (digit != NULL ? digit->value : 0);
    } else if (count != 1 && count != 4) {
        return false;
    }
    reading->at = at;
    return put(reading, count == 4 ? 'Y' : 'N', number);
}

static bool take_word(struct reading *reading)
{
    const struct word *word = wording_take(words, &reading->at);
    if (word == NULL)
        return false;
    if (word->name != NULL && *word->name == 'J' && *reading->at == '.')
        reading->at++;
    reading->says_year |= word->name == NULL && word->value > 0;
    reading->says_one_year |= word->name == NULL && word->value == 2;
    reading->dash |= word->name != NULL && *word->name == '-' && word->value == 1;
    return word->name == NULL || put(reading, *word->name, word->value);
}

static bool take_tokens(struct reading *reading)
{
    reading->at = wording_skip(reading->at);
    while (*reading->at != '\0') {
        if (!take_digits(reading) && !take_numerals(reading) && !take_word(reading))
            return false;
        reading->at = wording_skip(reading->at);
    }
    return true;
}

/* "from" needs a "to". */
static const char *tokens_of(const struct reading *reading)
{
    bool from = reading->tokens[0] == 'a' && strchr(reading->tokens, '-') != NULL;
    return reading->tokens + from;
}

/* Whether the number may be the last digits of the next year: 2023/24, 2024/5. */
static bool ends_in_next(const struct reading *reading)
{
    int next = reading->numbers[0] + 1;
    return reading->numbers[1] == next % (reading->digits == 2 ? 100 : 10);
}

/* Or of some later year: 2010/12. */
static bool ends_later(const struct reading *reading)
{
    bool later = reading->digits == 2 && reading->numbers[1] > reading->numbers[0] % 100;
    return later || ends_in_next(reading);
}

/* 2024/6 or 202406. */
static bool is_bare(const struct reading *reading)
{
    return strcmp(reading->tokens, "Y/N") == 0 || strcmp(reading->tokens, "YcN") == 0;
}

/* 2024.6, which may be any number if no months are expected. */
static bool is_decimal(const struct reading *reading)
{
    return strcmp(reading->tokens, "Y.N") == 0;
}

/* Whether a year and a number are no month: a word says that all is a year, or months are not
 * expected. */
static bool is_no_month(const struct reading *reading, char freq)
{
    bool decimal = is_decimal(reading);
    return (decimal && freq != 'M') || ((decimal || is_bare(reading)) && reading->says_year);
}

enum { OTHER_MOST = 64 };

/* What a year and a number may mean other than a month, of a figure of this rhythm; "": nothing. */
static void write_other(const struct reading *reading, char freq, char *out)
{
    int year = reading->numbers[0], number = reading->numbers[1];
    bool slash = reading->tokens[1] == '/';
    out[0] = '\0';
    if (is_decimal(reading) && number == 1 && reading->digits == 1)
        snprintf(out, OTHER_MOST, "the month %04d-10, cut by a spreadsheet", year);
    if (freq == 'M' || !is_bare(reading))
        return;
    if (freq == 'W')
        snprintf(out, OTHER_MOST, "the week %04d-W%02d", year, number);
    else if (freq == 'Q' && number <= 4)
        snprintf(out, OTHER_MOST, "the quarter %04d-Q%d", year, number);
    else if (freq == 'S' && number <= 2)
        snprintf(out, OTHER_MOST, "the half-year %04d-S%d", year, number);
    else if (slash && ends_in_next(reading))
        snprintf(out, OTHER_MOST, "a year like %04d-07-01/P1Y", year);
    else if (slash && ends_later(reading))
        snprintf(out, OTHER_MOST, "the years %04d/%04d", year, year - year % 100 + number);
    else if (!slash && year % 100 >= 1 && year % 100 <= 12)
        snprintf(out, OTHER_MOST, "the day 20%02d-%02d-%02d", year / 100, year % 100, number);
}

static bool is_of_two_years(const struct reading *reading)
{
    return (strcmp(reading->tokens, "Y/N") == 0 || strcmp(reading->tokens, "Y-N") == 0) &&
           (reading->numbers[1] > 12 || reading->says_year) && ends_later(reading);
}

/* 2023-2024 and 2023-2024年度, but neither 2023-2024年 nor "2023 to 2024". */
static bool may_be_one_year(const struct reading *reading)
{
    bool slash = strcmp(reading->tokens, "Y/Y") == 0;
    bool dash = strcmp(reading->tokens, "Y-Y") == 0 && reading->dash &&
                (reading->says_one_year || !reading->says_year);
    return (slash || dash) && reading->numbers[1] == reading->numbers[0] + 1;
}

static enum period_words_end complain(const struct reading *reading, const char *text,
                                      struct fault *fault)
{
    static const char expected[] =
        "expected one like 2024年6月, 2024年上半年, 2021—2023年, June 2024 or "
        "2024-06-30";
    const struct word *word = wording_find(refusals, wording_skip(reading->at));
    bool whole = *reading->at == '\0' && (reading->number_count > 0 || reading->says_year);
    if (word != NULL)
        fault_set(fault, "'%.60s' is no period: '%s' %s; %s", text, word->text, word->name,
                  expected);
    else if (whole && strchr(reading->tokens, 'Y') == NULL)
        fault_set(fault, "'%.60s' is no period: it does not say which year; %s", text, expected);
    else if (whole && may_be_one_year(reading))
        fault_set(
            fault,
            "'%.60s' may be the years %04d/%04d or a year like %04d-07-01/P1Y; expected one of "
            "these",
            text, reading->numbers[0], reading->numbers[1], reading->numbers[0]);
    else if (whole && is_of_two_years(reading))
        fault_set(fault,
                  "'%.60s' is no year of the calendar; expected its first day and its length, like "
                  "2023-07-01/P1Y",
                  text);
    else {
        fault_set(fault, "'%.60s' is no period; %s", text, expected);
        return PERIOD_WORDS_UNKNOWN;
    }
    return PERIOD_WORDS_OPEN;
}

/* SDMX's syntax, or a moment with a blank in place of its T. */
static bool read_plain(const char *text, char *out)
{
    struct fault ignored = { 0 };
    struct period period;
    if (strlen(text) >= PERIOD_TEXT)
        return false;
    strcpy(out, text);
    if (strlen(text) > 10 && text[10] == ' ' && text[4] == '-')
        out[10] = 'T';
    return period_read(out, &period, &ignored) == 0;
}

enum period_words_end period_words_read(const char *text, char freq, char *out, struct fault *fault)
{
    char folded[TEXT_MOST], other[OTHER_MOST];
    struct fault ignored = { 0 };
    struct period period;
    struct reading reading = { .at = folded };
    if (read_plain(text, out))
        return PERIOD_WORDS_READ;
    if (!wording_fold(text, folded, sizeof folded)) {
        fault_set(fault, "'%.20s…' is too long for a period; expected at most %d bytes", text,
                  TEXT_MOST - 1);
        return PERIOD_WORDS_UNKNOWN;
    }
    if (!take_tokens(&reading) || is_no_month(&reading, freq) || may_be_one_year(&reading) ||
        !period_shape_write(tokens_of(&reading), reading.numbers, out) ||
        period_read(out, &period, &ignored) != 0)
        return complain(&reading, text, fault);
    write_other(&reading, freq, other);
    if (other[0] == '\0')
        return PERIOD_WORDS_READ;
    fault_set(fault, "'%.60s' may be %s or %s; expected one of these", text, out, other);
    return PERIOD_WORDS_OPEN;
}

static bool read_joined(const char *first, const char *between, const char *last, char freq,
                        char *out)
{
    char joined[TEXT_MOST];
    struct fault ignored = { 0 };
    int length = snprintf(joined, sizeof joined, "%s%s%s", first, between, last);
    return length < (int)sizeof joined &&
           period_words_read(joined, freq, out, &ignored) == PERIOD_WORDS_READ;
}

/* A year that is no plain one, like FY24, is not compared. */
static bool is_in_year(const char *period, const char *year)
{
    return strspn(year, "0123456789") != 4 || strncmp(period, year, 4) == 0;
}

bool period_words_in_year(const char *text, const char *year, char freq, char *out)
{
    size_t number = strspn(text, "0123456789");
    if (text[0] == '\0')
        return false;
    if (text[number] == '\0' && number <= 2)
        return freq == 'M' && read_joined(year, "/", text, freq, out);
    if (read_joined(text, "", "", freq, out))
        return is_in_year(out, year);
    return read_joined(year, "年", text, freq, out) || read_joined(text, " ", year, freq, out);
}
