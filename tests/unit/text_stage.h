/* SPDX-License-Identifier: MIT */
/* text_stage.h - a few rules over the small catalogue, for the tests of what reads text */
#ifndef TESTS_TEXT_STAGE_H
#define TESTS_TEXT_STAGE_H

#include "../../almanac/text_rules.h"
#include "../../almanac/wording.h"
#include "../../collector/published.h"
#include "deliveries.h"

static const struct label built = { "stage", "built" };

static const struct text_rule small_rules[] = {
    { .name = "built",
      .match = "已建成(?<value>.{1,12}?)[家个].{0,6}平台",
      .period_of = "截至(?<time_period>[\\d年月]+)",
      .least = 1,
      .most = 1,
      .fields = { [REPORT_FIGURE] = "pilot_platforms" },
      .labels = &built,
      .label_count = 1 },
    { .name = "stages",
      .match = "(?<stage>\\w+) platforms in (?<time_period>[^:]+?): (?<value>[^;.]*?)"
               "(?:, published (?<released>[^;.]*))?(?=[;.]|$)",
      .least = 0,
      .most = 3,
      .fields = { [REPORT_FIGURE] = "pilot_platforms",
                  [REPORT_OBS_STATUS] = "P",
                  [REPORT_REFERENCE] = "Bulletin 7" } },
    { .name = "fund",
      .match = "基金规模(?:为(?<value>.{0,20}?元))?[，。]",
      .least = 0,
      .most = 1000,
      .fields = { [REPORT_FIGURE] = "fund_size_cny", [REPORT_TIME_PERIOD] = "2024-06" } },
};
static const struct text_rules small_text = { .reference = "https://example.org/reply",
                                              .rules = small_rules,
                                              .count = sizeof small_rules / sizeof *small_rules };
static const struct text_rules small_page = { .html = true,
                                              .reference = "https://example.org/reply",
                                              .rules = small_rules,
                                              .count = sizeof small_rules / sizeof *small_rules };

static const struct wording_style plain_words;

static inline void decode_with(const struct text_rules *rules, const char *bytes, size_t size,
                               struct batch *batch)
{
    static const struct form form = { .format = FORM_TEXT, .wording = &plain_words };
    struct form *whole = arena_take(&batch->arena, 1, sizeof *whole);
    *whole = form;
    whole->rules = rules;
    batch->form = whole;
    decode_text(bytes, size, batch);
}

/* decoders, as the helpers of deliveries.h take them. */
static inline void decode_small_text(const char *bytes, size_t size, struct batch *batch)
{
    decode_with(&small_text, bytes, size, batch);
}

static inline void decode_small_page(const char *bytes, size_t size, struct batch *batch)
{
    decode_with(&small_page, bytes, size, batch);
}

#endif
