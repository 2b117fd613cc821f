/* SPDX-License-Identifier: MIT */
/* pattern.c - regular expressions, RE2's or PCRE2's, with bounded time and memory */
#include "pattern.h"

#include "arena.h"
#include "re2.h"

#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { LIGHT_CLASS = 64 }; /* bytes of a class; PCRE2 scans it for each character */

struct pattern {
    pcre2_code *code;
    pcre2_match_context *limits;
    int64_t weight; /* what a step costs */
};

static const uint32_t options[] = {
    [PATTERN_RE2_ANCHORED] = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UCP |
                             PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_CIRCUMFLEX | PCRE2_ANCHORED |
                             PCRE2_ENDANCHORED,
    [PATTERN_PCRE] = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT,
};

static pcre2_code *compile(const char *text, size_t size, uint32_t flags, struct fault *fault)
{
    int error;
    size_t place;
    char words[256];
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context != NULL)
        pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text, size, flags, &error, &place, context);
    pcre2_compile_context_free(context);
    if (code == NULL) {
        pcre2_get_error_message(error, (PCRE2_UCHAR *)words, sizeof words);
        fault_set(fault, (flags & PCRE2_AUTO_CALLOUT) != 0 ? "%s at byte %zu" : "%s", words, place);
    }
    return code;
}

/* A back-reference compares unbounded text without a step that could be counted. */
static pcre2_code *compile_pcre(const char *text, size_t size, uint32_t flags, struct fault *fault)
{
    uint32_t highest = 0;
    pcre2_code *code = compile(text, size, flags, fault);
    if (code != NULL)
        pcre2_pattern_info(code, PCRE2_INFO_BACKREFMAX, &highest);
    if (highest == 0)
        return code;
    fault_set(fault, "it has a back-reference; expected none");
    pcre2_code_free(code);
    return NULL;
}

static pcre2_code *compile_re2(const char *text, uint32_t flags, int64_t *weight,
                               struct fault *fault)
{
    struct re2 re2 = { 0 };
    struct text *pcre = &re2.pcre;
    pcre2_code *code = NULL;
    if (re2_translate(text, &re2, fault) == 0)
        code = compile(pcre->size == 0 ? "" : pcre->bytes, pcre->size, flags, fault);
    *weight += (int64_t)re2.longest_class / LIGHT_CLASS;
    text_free(pcre);
    return code;
}

static pcre2_code *compile_either(const char *text, enum pattern_flavour flavour, int64_t *weight,
                                  struct fault *fault)
{
    struct fault cause = { 0 };
    pcre2_code *code = NULL;
    size_t size = strlen(text);
    *weight = 1;
    if (size > PATTERN_LONGEST)
        fault_set(&cause, "it has more than %d bytes", PATTERN_LONGEST);
    else if (flavour == PATTERN_RE2_ANCHORED)
        code = compile_re2(text, options[flavour], weight, &cause);
    else
        code = compile_pcre(text, size, options[flavour], &cause);
    if (code == NULL)
        fault_set(fault, "'%.64s' is no regular expression: %s", text, cause.text);
    return code;
}

static pcre2_match_context *make_limits(int64_t weight)
{
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    if (limits != NULL) {
        pcre2_set_match_limit(limits, (uint32_t)(PATTERN_MATCH_LIMIT / weight));
        pcre2_set_heap_limit(limits, PATTERN_HEAP_LIMIT);
    }
    return limits;
}

struct pattern *pattern_compile(const char *text, enum pattern_flavour flavour, struct fault *fault)
{
    struct pattern *pattern = array_new(1, sizeof *pattern);
    pattern->code = compile_either(text, flavour, &pattern->weight, fault);
    pattern->limits = make_limits(pattern->weight);
    if (pattern->code != NULL && pattern->limits != NULL)
        return pattern;
    fault_set(fault, "out of memory");
    pattern_free(pattern);
    return NULL;
}

void pattern_free(struct pattern *pattern)
{
    if (pattern == NULL)
        return;
    pcre2_code_free(pattern->code);
    pcre2_match_context_free(pattern->limits);
    free(pattern);
}

size_t pattern_groups(const struct pattern *pattern)
{
    uint32_t count = 0;
    pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &count);
    return count;
}

bool pattern_has_group(const struct pattern *pattern, const char *name)
{
    int number = pcre2_substring_number_from_name(pattern->code, (PCRE2_SPTR)name);
    return number > 0 || number == PCRE2_ERROR_NOUNIQUESUBSTRING;
}

const char *pattern_group_name(const struct pattern *pattern, size_t group)
{
    /* Rows of a two-byte number and a name. */
    const unsigned char *row;
    uint32_t count, size;
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &row);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    for (; count > 0; count--, row += size)
        if ((size_t)(row[0] << 8 | row[1]) == group)
            return (const char *)row + 2;
    return NULL;
}

static void copy_spans(pcre2_match_data *match, size_t count, struct pattern_span *spans)
{
    const size_t *ends = pcre2_get_ovector_pointer(match);
    for (size_t i = 0; i < count; i++)
        spans[i] = (struct pattern_span){ ends[2 * i], ends[2 * i + 1] };
    if (spans[0].start > spans[0].end) /* by \K in a group that a look-around calls */
        spans[0].start = spans[0].end;
}

/* A search, and the position of its last step in the subject. */
struct effort {
    struct pattern_search *search;
    size_t at;
    int64_t weight;
    int64_t asks; /* call goes_on when this much is left */
};

static int count_step(pcre2_callout_block *block, void *context)
{
    struct effort *effort = context;
    struct pattern_search *search = effort->search;
    size_t at = block->current_position;
    size_t gone = at > effort->at ? at - effort->at : effort->at - at;
    search->left -= (1 + (int64_t)gone) * effort->weight;
    effort->at = at;
    if (search->patience != NULL && search->left <= effort->asks) {
        effort->asks = search->left - PATTERN_BREATH;
        if (!search->patience->goes_on(search->patience->owner))
            search->left = 0;
    }
    return search->left > 0 ? 0 : PCRE2_ERROR_CALLOUT;
}

static int run(const struct pattern *pattern, struct effort *effort, pcre2_match_data *match)
{
    pcre2_match_context *limits = pcre2_match_context_copy(pattern->limits);
    if (limits == NULL)
        return PCRE2_ERROR_NOMEMORY;
    effort->weight = pattern->weight;
    effort->asks = effort->search->left - PATTERN_BREATH;
    pcre2_set_callout(limits, count_step, effort);
    int count = pcre2_match(pattern->code, (PCRE2_SPTR)effort->search->subject,
                            effort->search->size, effort->at, PCRE2_NO_UTF_CHECK, match, limits);
    pcre2_match_context_free(limits);
    return count;
}

enum pattern_end pattern_find(const struct pattern *pattern, struct pattern_search *search,
                              size_t from, struct pattern_span *spans)
{
    struct effort effort = { .search = search, .at = from };
    size_t groups = spans == NULL ? 0 : pattern_groups(pattern);
    pcre2_match_data *match = pcre2_match_data_create((uint32_t)groups + 1, NULL);
    if (match == NULL)
        return PATTERN_LIMIT;
    int count = run(pattern, &effort, match);
    if (count >= 0 && spans != NULL)
        copy_spans(match, groups + 1, spans);
    pcre2_match_data_free(match);
    return count == PCRE2_ERROR_NOMATCH ? PATTERN_MISS : count >= 0 ? PATTERN_HIT : PATTERN_LIMIT;
}

enum pattern_end pattern_match(const struct pattern *pattern,
                               const struct pattern_patience *patience, const char *subject,
                               size_t size)
{
    struct pattern_search search = { subject, size, PATTERN_EFFORT, patience };
    return pattern_find(pattern, &search, 0, NULL);
}
