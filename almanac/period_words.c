/* SPDX-License-Identifier: MIT */
/* period_words.c - a period in Chinese or English prose */
#include "period_words.h"

#include "wording_words.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_MOST = 256, TOKENS_MOST = 24 };

/* A text becomes a row of tokens, one letter each. These tokens have a number:
 *   Y a year   N a number of one or two digits   J a month by its name   H 上半年, 下半年
 * and these have none:
 *   m 月   d 日   q a quarter   h "half"   k quarters, counted   x months, counted   f 前
 *   a "from"   b "between"   & "and"   - "to"   . /  as they are   c between the digits of 202406
 * A word without a letter is ignored, but for one with a 1: it says that all is a year. */
static const struct word words[] = {
    { "年", 1, NULL },      { "年度", 1, NULL },     { "全年", 1, NULL },
    { "底", 0, NULL },      { "末", 0, NULL },       { "第", 0, NULL },
    { "截至", 0, NULL },    { "截止", 0, NULL },     { "截至到", 0, NULL },
    { "截止到", 0, NULL },  { "the", 0, NULL },      { "of", 0, NULL },
    { "in", 0, NULL },      { "at", 0, NULL },       { "as of", 0, NULL },
    { "end", 0, NULL },     { "end-", 0, NULL },     { "year", 1, NULL },
    { ",", 0, NULL },       { "st", 0, NULL },       { "nd", 0, NULL },
    { "rd", 0, NULL },      { "th", 0, NULL },       { "月", 0, "m" },
    { "月份", 0, "m" },     { "日", 0, "d" },        { "号", 0, "d" },
    { "季度", 0, "q" },     { "q", 0, "q" },         { "quarter", 0, "q" },
    { "上半年", 1, "H" },   { "下半年", 2, "H" },    { "h", 0, "h" },
    { "half", 0, "h" },     { "前", 0, "f" },        { "个季度", 0, "k" },
    { "quarters", 0, "k" }, { "个月", 0, "x" },      { "months", 0, "x" },
    { "自", 0, "a" },       { "从", 0, "a" },        { "from", 0, "a" },
    { "between", 0, "b" },  { "and", 0, "&" },       { "-", 0, "-" },
    { "–", 0, "-" },        { "—", 0, "-" },         { "——", 0, "-" },
    { "~", 0, "-" },        { "至", 0, "-" },        { "到", 0, "-" },
    { "to", 0, "-" },       { "through", 0, "-" },   { ".", 0, "." },
    { "/", 0, "/" },        { "first", 1, "N" },     { "second", 2, "N" },
    { "third", 3, "N" },    { "fourth", 4, "N" },    { "two", 2, "N" },
    { "three", 3, "N" },    { "four", 4, "N" },      { "five", 5, "N" },
    { "six", 6, "N" },      { "seven", 7, "N" },     { "eight", 8, "N" },
    { "nine", 9, "N" },     { "ten", 10, "N" },      { "eleven", 11, "N" },
    { "january", 1, "J" },  { "february", 2, "J" },  { "march", 3, "J" },
    { "april", 4, "J" },    { "may", 5, "J" },       { "june", 6, "J" },
    { "july", 7, "J" },     { "august", 8, "J" },    { "september", 9, "J" },
    { "october", 10, "J" }, { "november", 11, "J" }, { "december", 12, "J" },
    { "jan", 1, "J" },      { "feb", 2, "J" },       { "mar", 3, "J" },
    { "apr", 4, "J" },      { "jun", 6, "J" },       { "jul", 7, "J" },
    { "aug", 8, "J" },      { "sep", 9, "J" },       { "sept", 9, "J" },
    { "oct", 10, "J" },     { "nov", 11, "J" },      { "dec", 12, "J" },
    { NULL, 0, NULL },
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

/* The roles of a number: of the period or of its first part, in capitals of its last part; ONE must
 * be 1, as in "the first nine months". */
static const char roles[] = "ymdqhnYMDQ1";
enum role {
    YEAR,
    MONTH,
    DAY,
    QUARTER,
    HALF,
    COUNT,
    LAST_YEAR,
    LAST_MONTH,
    LAST_DAY,
    LAST_QUARTER,
    ONE,
    ROLES
};

struct parts {
    int of[ROLES]; /* 0: not given */
};

typedef void part_writer(const struct parts *parts, char *out);

static void write_year(const struct parts *parts, char *out)
{
    snprintf(out, PERIOD_TEXT, "%04d", parts->of[YEAR]);
}

static void write_years(const struct parts *parts, char *out)
{
    snprintf(out, PERIOD_TEXT, "%04d/%04d", parts->of[YEAR], parts->of[LAST_YEAR]);
}

static void write_half(const struct parts *parts, char *out)
{
    snprintf(out, PERIOD_TEXT, "%04d-S%d", parts->of[YEAR], parts->of[HALF]);
}

static void write_quarter(const struct parts *parts, char *out)
{
    snprintf(out, PERIOD_TEXT, "%04d-Q%d", parts->of[YEAR], parts->of[QUARTER]);
}

static void write_month(const struct parts *parts, char *out)
{
    snprintf(out, PERIOD_TEXT, "%04d-%02d", parts->of[YEAR], parts->of[MONTH]);
}

static void write_day(const struct parts *parts, char *out)
{
    snprintf(out, PERIOD_TEXT, "%04d-%02d-%02d", parts->of[YEAR], parts->of[MONTH], parts->of[DAY]);
}

/* A span that runs backwards, or past the end of a year, becomes text that is no period. */
static void write_span(int year, int month, int months, char *out)
{
    snprintf(out, PERIOD_TEXT, "%04d-%02d-01/P%dM", year, month, months);
}

static void write_months(const struct parts *parts, char *out)
{
    int last_year = parts->of[LAST_YEAR] > 0 ? parts->of[LAST_YEAR] : parts->of[YEAR];
    int last = parts->of[LAST_MONTH] <= 12 ? parts->of[LAST_MONTH] : -1;
    int months = (last_year - parts->of[YEAR]) * 12 + last - parts->of[MONTH] + 1;
    write_span(parts->of[YEAR], parts->of[MONTH], last > 0 ? months : -1, out);
}

static void write_first_months(const struct parts *parts, char *out)
{
    int count = parts->of[COUNT];
    write_span(parts->of[YEAR], 1, count <= 12 ? count : -1, out);
}

static void write_first_quarters(const struct parts *parts, char *out)
{
    int count = parts->of[COUNT];
    write_span(parts->of[YEAR], 1, count <= 4 ? 3 * count : -1, out);
}

static void write_quarters(const struct parts *parts, char *out)
{
    int first = parts->of[QUARTER], last = parts->of[LAST_QUARTER];
    write_span(parts->of[YEAR], 3 * first - 2, last <= 4 ? 3 * (last - first + 1) : -1, out);
}

static void write_days(const struct parts *parts, char *out)
{
    struct parts end = *parts;
    struct period first, last;
    struct fault ignored = { 0 };
    for (enum role role = YEAR; role <= DAY; role++)
        if (parts->of[LAST_YEAR + role] > 0)
            end.of[role] = parts->of[LAST_YEAR + role];
    write_day(&end, out);
    int failed = period_read(out, &last, &ignored);
    write_day(parts, out);
    failed |= period_read(out, &first, &ignored);
    size_t size = strlen(out);
    long long days = failed ? -1 : (long long)((last.end - first.start) / PERIOD_DAY);
    snprintf(out + size, PERIOD_TEXT - size, "/P%lldD", days);
}

/* The rows of tokens that form a period, and the roles of their numbers, in order. */
static const struct {
    const char *tokens, *roles;
    part_writer *write;
} shapes[] = {
    { "Y", "y", write_year },
    { "Y-Y", "yY", write_years },
    { "bY&Y", "yY", write_years },
    { "YH", "yh", write_half },
    { "YhN", "yh", write_half },
    { "hNY", "hy", write_half },
    { "NhY", "hy", write_half },
    { "YNq", "yq", write_quarter },
    { "YqN", "yq", write_quarter },
    { "qNY", "qy", write_quarter },
    { "NqY", "qy", write_quarter },
    { "YN-Nq", "yqQ", write_quarters },
    { "YNq-Nq", "yqQ", write_quarters },
    { "YfNq", "yn", write_first_quarters },
    { "YfNk", "yn", write_first_quarters },
    { "NNkY", "1ny", write_first_quarters },
    { "YfNx", "yn", write_first_months },
    { "NNxY", "1ny", write_first_months },
    { "YNm", "ym", write_month },
    { "JY", "my", write_month },
    { "Y/N", "ym", write_month },
    { "Y.N", "ym", write_month },
    { "YcN", "ym", write_month },
    { "YN-Nm", "ymM", write_months },
    { "YNm-Nm", "ymM", write_months },
    { "YNm-YNm", "ymYM", write_months },
    { "J-JY", "mMy", write_months },
    { "JY-JY", "myMY", write_months },
    { "YNmNd", "ymd", write_day },
    { "Y-N-N", "ymd", write_day },
    { "Y.N.N", "ymd", write_day },
    { "Y/N/N", "ymd", write_day },
    { "NJY", "dmy", write_day },
    { "JNY", "mdy", write_day },
    { "YNmNd-Nd", "ymdD", write_days },
    { "YNmNd-NmNd", "ymdMD", write_days },
    { "YNmNd-YNmNd", "ymdYMD", write_days },
    { "N-NJY", "dDmy", write_days },
    { "NJ-NJY", "dmDMy", write_days },
    { "NJY-NJY", "dmyDMY", write_days },
    { "JN-NY", "mdDy", write_days },
    { "JN-JNY", "mdMDy", write_days },
};

struct reading {
    const char *at;
    char tokens[TOKENS_MOST + 1];
    int numbers[TOKENS_MOST]; /* of the tokens with a number */
    size_t count, number_count;
    size_t digits;  /* of the last number that has some */
    bool says_year; /* in a word */
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

/* Six digits are a month only in these centuries: 110101 is a district. */
static bool take_digits(struct reading *reading)
{
    size_t count = strspn(reading->at, "0123456789");
    if (count == 6 && (strncmp(reading->at, "19", 2) == 0 || strncmp(reading->at, "20", 2) == 0))
        return put_digits(reading, 4) && put(reading, 'c', 0) && put_digits(reading, 2);
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
    reading->says_year |= word->name == NULL && word->value == 1;
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

static bool write_shape(const struct reading *reading, char *out)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct parts parts = { { 0 } };
        if (strcmp(shapes[i].tokens, tokens_of(reading)) != 0)
            continue;
        for (size_t k = 0; shapes[i].roles[k] != '\0'; k++) {
            if (reading->numbers[k] == 0)
                return false;
            parts.of[strchr(roles, shapes[i].roles[k]) - roles] = reading->numbers[k];
        }
        shapes[i].write(&parts, out);
        return parts.of[ONE] <= 1;
    }
    return false;
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

enum period_words_end period_words_read(const char *text, char freq, char *out, struct fault *fault)
{
    char folded[TEXT_MOST], other[OTHER_MOST];
    struct fault ignored = { 0 };
    struct period period;
    struct reading reading = { .at = folded };
    if (period_read(text, &period, &ignored) == 0) {
        strcpy(out, text);
        return PERIOD_WORDS_READ;
    }
    if (!wording_fold(text, folded, sizeof folded)) {
        fault_set(fault, "'%.20s…' is too long for a period; expected at most %d bytes", text,
                  TEXT_MOST - 1);
        return PERIOD_WORDS_UNKNOWN;
    }
    if (!take_tokens(&reading) || is_no_month(&reading, freq) || !write_shape(&reading, out) ||
        period_read(out, &period, &ignored) != 0)
        return complain(&reading, text, fault);
    write_other(&reading, freq, other);
    if (other[0] == '\0')
        return PERIOD_WORDS_READ;
    fault_set(fault, "'%.60s' may be %s or %s; expected one of these", text, out, other);
    return PERIOD_WORDS_OPEN;
}
