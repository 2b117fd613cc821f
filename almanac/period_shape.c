/* SPDX-License-Identifier: MIT */
/* period_shape.c - what a row of words and numbers says of a period */
#include "period_shape.h"

#include "period.h"

#include <stdio.h>
#include <string.h>

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

static void write_week(const struct parts *parts, char *out)
{
    snprintf(out, PERIOD_TEXT, "%04d-W%02d", parts->of[YEAR], parts->of[COUNT]);
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
    { "Y-hN", "yh", write_half },
    { "hNY", "hy", write_half },
    { "NhY", "hy", write_half },
    { "YNq", "yq", write_quarter },
    { "YqN", "yq", write_quarter },
    { "qNY", "qy", write_quarter },
    { "qN-Y", "qy", write_quarter },
    { "NqY", "qy", write_quarter },
    { "YN-Nq", "yqQ", write_quarters },
    { "YNq-Nq", "yqQ", write_quarters },
    { "YfNq", "yn", write_first_quarters },
    { "YfNk", "yn", write_first_quarters },
    { "NNkY", "1ny", write_first_quarters },
    { "YfNx", "yn", write_first_months },
    { "NNxY", "1ny", write_first_months },
    { "YNm", "ym", write_month },
    { "YMN", "ym", write_month },
    { "JY", "my", write_month },
    { "J-Y", "my", write_month },
    { "YJ", "ym", write_month },
    { "Y-J", "ym", write_month },
    { "Y/N", "ym", write_month },
    { "Y.N", "ym", write_month },
    { "YcN", "ym", write_month },
    { "YN-Nm", "ymM", write_months },
    { "YNm-Nm", "ymM", write_months },
    { "YNm-YNm", "ymYM", write_months },
    { "J-JY", "mMy", write_months },
    { "JY-JY", "myMY", write_months },
    { "YwN", "yn", write_week },
    { "YNmNd", "ymd", write_day },
    { "Y-N-N", "ymd", write_day },
    { "Y.N.N", "ymd", write_day },
    { "Y/N/N", "ymd", write_day },
    { "YcNcN", "ymd", write_day },
    { "NJY", "dmy", write_day },
    { "N-J-Y", "dmy", write_day },
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

bool period_shape_write(const char *tokens, const int *numbers, char *out)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct parts parts = { { 0 } };
        if (strcmp(shapes[i].tokens, tokens) != 0)
            continue;
        for (size_t k = 0; shapes[i].roles[k] != '\0'; k++) {
            if (numbers[k] == 0)
                return false;
            parts.of[strchr(roles, shapes[i].roles[k]) - roles] = numbers[k];
        }
        shapes[i].write(&parts, out);
        return parts.of[ONE] <= 1;
    }
    return false;
}
