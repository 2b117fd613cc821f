/* SPDX-License-Identifier: MIT */
/* rule_apply.c - applies a rule to a text: its matches become observations or refusals */
#include "rule.h"

#include "../almanac/period_words.h"
#include "../almanac/utf8.h"

#include <stdio.h>
#include <string.h>

enum { COMMENT_MOST = 1000, GROUP_MOST = 1024 };

/* A rule being applied to a text. */
struct run {
    const struct rule *rule;
    struct published *published;
    int64_t least, most; /* matches */
    struct batch *batch;
    struct pattern_span *spans; /* of the current match */
    struct found {
        char text[PERIOD_TEXT];
        size_t at;
    } period, year; /* by period_of and year_of; or the period of the current match */
};

/* at: a byte of the reduced text; PATTERN_UNSET: the whole text. */
__attribute__((format(printf, 4, 5))) static void refuse(struct run *run, int cause, size_t at,
                                                         const char *format, ...)
{
    char where[PUBLISHED_PLACE] = "";
    struct fault reason = { 0 };
    va_list args;
    va_start(args, format);
    fault_vset(&reason, format, args);
    va_end(args);
    if (at != PATTERN_UNSET)
        published_place(run->published, at, where);
    fault_at(&reason, "rule '%s'", run->rule->text->name);
    batch_refuse(run->batch, cause, where, reason.text);
}

static struct pattern_span trim(const char *text, struct pattern_span span)
{
    while (span.start < span.end && strchr(" \t\n", text[span.start]) != NULL)
        span.start++;
    while (span.end > span.start && strchr(" \t\n", text[span.end - 1]) != NULL)
        span.end--;
    return span;
}

static char *copy_span(struct run *run, struct pattern_span span, size_t most)
{
    const char *text = run->published->search.subject;
    span = trim(text, span);
    size_t size = span.end - span.start;
    return arena_copy(&run->batch->arena, text + span.start, size < most ? size : most);
}

/* The matched text on one line, cut to the length of a comment. */
static char *comment_of(struct run *run)
{
    char *words = copy_span(run, run->spans[0], COMMENT_MOST + 1);
    size_t size = strlen(words);
    for (size_t i = 0; i < size; i++)
        if (words[i] == '\n' || words[i] == '\t')
            words[i] = ' ';
    if (size <= COMMENT_MOST)
        return words;
    size_t whole = utf8_until(words, COMMENT_MOST - strlen("…"));
    strcpy(words + whole, "…");
    return words;
}

/* 9月份, or "September", with the year that stands elsewhere; the words leave it open. */
static bool read_in_year(const struct run *run, const char *words, char *period)
{
    return run->year.text[0] != '\0' && period_words_in_year(words, run->year.text, '\0', period);
}

static int read_period(struct run *run, struct pattern_span span, char *period)
{
    struct fault fault = { 0 };
    const char *words = copy_span(run, span, GROUP_MOST);
    const struct figure *figure =
        catalogue_find(run->batch->catalogue, run->rule->text->fields[REPORT_FIGURE]);
    char freq = figure == NULL ? '\0' : figure->freq;
    enum period_words_end end = period_words_read(words, freq, period, &fault);
    if (end == PERIOD_WORDS_READ || (end == PERIOD_WORDS_OPEN && read_in_year(run, words, period)))
        return 0;
    refuse(run, REPORT_TIME_PERIOD, span.start, ": time_period: %s", fault.text);
    return -1;
}

/* Reads a date in words as a day; the catalogue refuses anything else. */
static const char *read_date(struct run *run, const char *words)
{
    char day[PERIOD_TEXT];
    struct fault ignored = { 0 };
    return period_words_read(words, '\0', day, &ignored) == PERIOD_WORDS_READ
               ? arena_string(&run->batch->arena, day)
               : words;
}

/* Of several groups with the same name one takes part in a match. */
static struct pattern_span span_of(const struct run *run, const struct pattern *pattern,
                                   const char *name)
{
    for (size_t i = pattern_groups(pattern); i > 0; i--) {
        const char *own = pattern_group_name(pattern, i);
        if (own != NULL && strcmp(own, name) == 0 && run->spans[i].start != PATTERN_UNSET)
            return run->spans[i];
    }
    return (struct pattern_span){ PATTERN_UNSET, PATTERN_UNSET };
}

/* Limits a group's length: each match may contain the rest of the text. */
static int check_length(struct run *run, size_t number)
{
    struct pattern_span span = trim(run->published->search.subject, run->spans[number]);
    if (span.end - span.start <= GROUP_MOST)
        return 0;
    refuse(run, REFUSED_RULE, span.start, ": %s: has %zu bytes; expected at most %d",
           run->rule->groups[number - 1].name, span.end - span.start, GROUP_MOST);
    return -1;
}

static int read_group(struct run *run, size_t number, struct report *report, struct label *labels)
{
    const struct rule_group *group = &run->rule->groups[number - 1];
    struct pattern_span span = run->spans[number];
    if (group->name == NULL || span.start == PATTERN_UNSET)
        return 0;
    if (check_length(run, number) != 0)
        return -1;
    if (group->field == REPORT_TIME_PERIOD) {
        report->fields[group->field] = run->period.text;
        return read_period(run, span, run->period.text);
    }
    const char *words = copy_span(run, span, GROUP_MOST);
    if (group->field == REPORT_FIELDS)
        labels[report->label_count++] = (struct label){ group->name, words };
    else
        report->fields[group->field] =
            group->field == REPORT_RELEASED ? read_date(run, words) : words;
    return 0;
}

static size_t place_of(const struct run *run, const char *field)
{
    if (run->rule->period_of != NULL && strcmp(field, report_field_names[REPORT_TIME_PERIOD]) == 0)
        return run->period.at;
    for (size_t i = 0; i < run->rule->group_count; i++) {
        const char *name = run->rule->groups[i].name;
        if (name != NULL && strcmp(name, field) == 0 && run->spans[i + 1].start != PATTERN_UNSET)
            return run->spans[i + 1].start;
    }
    return run->spans[0].start;
}

static void take(struct run *run)
{
    const struct rule *rule = run->rule;
    char where[PUBLISHED_PLACE];
    struct complaint complaint = { 0 };
    struct label *labels = arena_take(
        &run->batch->arena, rule->text->label_count + rule->group_count + 1, sizeof *labels);
    struct report report = rule_report(rule, labels);
    if (rule->period_of != NULL)
        report.fields[REPORT_TIME_PERIOD] = run->period.text;
    for (size_t i = 1; i <= rule->group_count; i++)
        if (read_group(run, i, &report, labels) != 0)
            return;
    report.fields[REPORT_COMMENT] = comment_of(run);
    if (report.fields[REPORT_REFERENCE] == NULL)
        report.fields[REPORT_REFERENCE] = run->batch->form->rules->reference;
    run->batch->mark = published_place(run->published, run->spans[0].start, where);
    if (batch_take(run->batch, &report, &complaint) == 0)
        return;
    refuse(run, complaint.field, place_of(run, complaint.name), ": %s: %s", complaint.name,
           complaint.fault.text);
}

/* Where to search on. */
struct cursor {
    size_t from;
    size_t empty; /* the place of the last match if it was empty, else PATTERN_UNSET */
};
static const struct cursor beginning = { 0, PATTERN_UNSET };

static size_t next_character(const struct pattern_search *search, size_t at)
{
    do
        at++;
    while (at < search->size && ((unsigned char)search->subject[at] & 0xC0) == 0x80);
    return at;
}

static bool is_empty(struct pattern_span span)
{
    return span.start == span.end;
}

/* An empty match is found again where it is; another may begin there, since \K empties matches that
 * did consume text. */
static enum pattern_end find_next(struct run *run, const struct pattern *pattern,
                                  struct cursor *cursor)
{
    struct pattern_search *search = &run->published->search;
    const struct pattern_span *match = &run->spans[0];
    enum pattern_end end = pattern_find(pattern, search, cursor->from, run->spans);
    if (end == PATTERN_HIT && is_empty(*match) && match->end == cursor->empty) {
        cursor->from = next_character(search, cursor->from);
        end = cursor->from > search->size ? PATTERN_MISS
                                          : pattern_find(pattern, search, cursor->from, run->spans);
    }
    if (end != PATTERN_HIT)
        return end;
    cursor->empty = is_empty(*match) ? match->end : PATTERN_UNSET;
    if (match->end > cursor->from)
        cursor->from = match->end;
    return end;
}

/* surplus: where the first match too many is; PATTERN_UNSET: there is none. */
static void refuse_count(struct run *run, int64_t count, size_t surplus)
{
    char expected[64], times[32] = "once";
    if (count > 1)
        snprintf(times, sizeof times, "%lld times", (long long)count);
    if (run->least == run->most)
        snprintf(expected, sizeof expected, "%lld", (long long)run->least);
    else
        snprintf(expected, sizeof expected, "%lld to %lld", (long long)run->least,
                 (long long)run->most);
    if (run->most == 0)
        refuse(run, REFUSED_RULE, surplus, " matches; expected that it does not");
    else if (count == 0)
        refuse(run, REFUSED_RULE, surplus, " matches nothing; expected %s", expected);
    else if (surplus == PATTERN_UNSET)
        refuse(run, REFUSED_RULE, surplus, " matches %s; expected %s", times, expected);
    else
        refuse(run, REFUSED_RULE, surplus, " matches %s, here once too often; expected %s", times,
               expected);
}

static enum pattern_end next_match(struct run *run, const struct pattern *pattern,
                                   struct cursor *cursor)
{
    enum pattern_end end = find_next(run, pattern, cursor);
    if (end == PATTERN_LIMIT)
        refuse(run, REFUSED_RULE, PATTERN_UNSET,
               " is given up after too many steps; expected patterns that soon match or "
               "fail, and a text for which they are meant");
    if (end != PATTERN_HIT || ++run->published->matches <= PUBLISHED_MATCHES)
        return end;
    refuse(run, REFUSED_RULE, PATTERN_UNSET, " is given up; expected at most %d matches in a text",
           PUBLISHED_MATCHES);
    return PATTERN_LIMIT;
}

/* What a rule finds elsewhere in the text, once for all its matches. */
struct elsewhere {
    const char *key, *group, *what;
    int (*read)(struct run *run, struct pattern_span span, char *out);
};

static int read_year(struct run *run, struct pattern_span span, char *year)
{
    struct fault ignored = { 0 };
    const char *words = copy_span(run, span, GROUP_MOST);
    if (period_words_read(words, '\0', year, &ignored) == PERIOD_WORDS_READ && strlen(year) == 4)
        return 0;
    refuse(run, REFUSED_RULE, span.start,
           ": year_of finds '%.60s'; expected a year, like 2024 or 二〇二四", words);
    return -1;
}

static const struct elsewhere elsewhere_period = { "period_of", "time_period", "period",
                                                   read_period };
static const struct elsewhere elsewhere_year = { "year_of", "year", "year", read_year };

/* All matches must agree. 0, or -1: refused. */
static int take_elsewhere(struct run *run, const struct elsewhere *elsewhere,
                          struct pattern_span span, struct found *found)
{
    char text[PERIOD_TEXT];
    if (span.start == PATTERN_UNSET)
        return 0;
    if (elsewhere->read(run, span, text) != 0)
        return -1;
    if (found->text[0] == '\0') {
        strcpy(found->text, text);
        found->at = span.start;
    }
    if (strcmp(found->text, text) == 0)
        return 0;
    refuse(run, REFUSED_RULE, span.start, ": %s finds %s, and here %s; expected one %s",
           elsewhere->key, found->text, text, elsewhere->what);
    return -1;
}

/* pattern NULL: there is nothing to find. */
static enum pattern_end find_elsewhere(struct run *run, const struct pattern *pattern,
                                       const struct elsewhere *elsewhere, struct found *found)
{
    struct cursor cursor = beginning;
    enum pattern_end end;
    if (pattern == NULL)
        return PATTERN_HIT;
    run->spans = arena_take(&run->batch->arena, pattern_groups(pattern) + 1, sizeof *run->spans);
    while ((end = next_match(run, pattern, &cursor)) == PATTERN_HIT)
        if (take_elsewhere(run, elsewhere, span_of(run, pattern, elsewhere->group), found) != 0)
            return PATTERN_MISS;
    if (end == PATTERN_LIMIT)
        return PATTERN_LIMIT;
    if (found->text[0] != '\0')
        return PATTERN_HIT;
    refuse(run, REFUSED_RULE, PATTERN_UNSET,
           ": %s matches nothing; expected the %s of what the rule finds", elsewhere->key,
           elsewhere->what);
    return PATTERN_MISS;
}

static enum pattern_end take_matches(struct run *run)
{
    struct batch *batch = run->batch;
    struct cursor cursor = beginning;
    size_t surplus = PATTERN_UNSET, taken = batch->count, refused = batch->refused;
    int64_t count = 0;
    enum pattern_end end = PATTERN_HIT;
    run->spans = arena_take(&batch->arena, run->rule->group_count + 1, sizeof *run->spans);
    while (!batch_is_full(batch) &&
           (end = next_match(run, run->rule->match, &cursor)) == PATTERN_HIT) {
        if (++count <= run->most)
            take(run);
        else if (surplus == PATTERN_UNSET)
            surplus = run->spans[0].start;
    }
    if (end == PATTERN_MISS && (count < run->least || count > run->most)) {
        batch_take_back(batch, taken, refused);
        refuse_count(run, count, surplus);
    }
    return end;
}

bool rule_apply(const struct rule *rule, struct published *published, int64_t least, int64_t most,
                struct batch *batch)
{
    struct run run = {
        .rule = rule, .published = published, .least = least, .most = most, .batch = batch
    };
    enum pattern_end end = find_elsewhere(&run, rule->year_of, &elsewhere_year, &run.year);
    if (end == PATTERN_HIT)
        end = find_elsewhere(&run, rule->period_of, &elsewhere_period, &run.period);
    if (end == PATTERN_HIT)
        end = take_matches(&run);
    return end != PATTERN_LIMIT && !batch_is_full(batch);
}
