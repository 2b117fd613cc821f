/* SPDX-License-Identifier: MIT */
/* wording_words.c - the tables of words in which numbers are reported */
#include "wording_words.h"

#include "observation.h"

#include <ctype.h>
#include <string.h>

enum {
    SAYS_NOTHING = COMPARATOR_EXACT,
    LESS = COMPARATOR_LESS,
    AT_MOST = COMPARATOR_LESS_OR_EQUAL,
    AT_LEAST = COMPARATOR_MORE_OR_EQUAL,
    MORE = COMPARATOR_MORE,
    ABOUT = COMPARATOR_ABOUT,
};

/* Of "fell below 3%" nobody can tell. */
#define WHERE_TO                                                                                   \
    "may be how far it fell, or where to; expected that said, like 下降不到3% or 降至3%以下"

const struct word wording_befores[] = {
    { "共", SAYS_NOTHING, NULL },
    { "共计", SAYS_NOTHING, NULL },
    { "共有", SAYS_NOTHING, NULL },
    { "合计", SAYS_NOTHING, NULL },
    { "总计", SAYS_NOTHING, NULL },
    { "已", SAYS_NOTHING, NULL },
    { "达", SAYS_NOTHING, NULL },
    { "达到", SAYS_NOTHING, NULL },
    { "了", SAYS_NOTHING, NULL },
    { "<", LESS, NULL },
    { "不到", LESS, NULL },
    { "不足", LESS, NULL },
    { "不满", LESS, NULL },
    { "不及", LESS, NULL },
    { "未达", LESS, NULL },
    { "未达到", LESS, NULL },
    { "未满", LESS, NULL },
    { "少于", LESS, NULL },
    { "低于", LESS, WHERE_TO },
    { "小于", LESS, NULL },
    { "less than", LESS, NULL },
    { "fewer than", LESS, NULL },
    { "lower than", LESS, WHERE_TO },
    { "under", LESS, WHERE_TO },
    { "below", LESS, WHERE_TO },
    { "<=", AT_MOST, NULL },
    { "≤", AT_MOST, NULL },
    { "≦", AT_MOST, NULL },
    { "不超", AT_MOST, NULL },
    { "不超过", AT_MOST, NULL },
    { "未超过", AT_MOST, NULL },
    { "不多于", AT_MOST, NULL },
    { "不高于", AT_MOST, WHERE_TO },
    { "不大于", AT_MOST, NULL },
    { "至多", AT_MOST, NULL },
    { "最多", AT_MOST, NULL },
    { "up to", AT_MOST, NULL },
    { "at most", AT_MOST, NULL },
    { "no more than", AT_MOST, NULL },
    { "not more than", AT_MOST, NULL },
    { "not exceeding", AT_MOST, NULL },
    { ">=", AT_LEAST, NULL },
    { "≥", AT_LEAST, NULL },
    { "≧", AT_LEAST, NULL },
    { "至少", AT_LEAST, NULL },
    { "最少", AT_LEAST, NULL },
    { "不少于", AT_LEAST, NULL },
    { "不低于", AT_LEAST, WHERE_TO },
    { "不小于", AT_LEAST, NULL },
    { "不下", AT_LEAST, NULL },
    { "不下于", AT_LEAST, NULL },
    { "at least", AT_LEAST, NULL },
    { "no less than", AT_LEAST, NULL },
    { "not less than", AT_LEAST, NULL },
    { "no fewer than", AT_LEAST, NULL },
    { "not fewer than", AT_LEAST, NULL },
    { "a minimum of", AT_LEAST, NULL },
    { ">", MORE, NULL },
    { "超", MORE, NULL },
    { "超过", MORE, NULL },
    { "超出", MORE, NULL },
    { "过", MORE, NULL },
    { "逾", MORE, NULL },
    { "突破", MORE, NULL },
    { "多于", MORE, NULL },
    { "高于", MORE, WHERE_TO },
    { "大于", MORE, NULL },
    { "more than", MORE, NULL },
    { "greater than", MORE, NULL },
    { "higher than", MORE, WHERE_TO },
    { "in excess of", MORE, NULL },
    { "exceeding", MORE, NULL },
    { "over", MORE, NULL },
    { "above", MORE, WHERE_TO },
    { "~", ABOUT, NULL },
    { "≈", ABOUT, NULL },
    { "约", ABOUT, NULL },
    { "约为", ABOUT, NULL },
    { "大约", ABOUT, NULL },
    { "大概", ABOUT, NULL },
    { "近", ABOUT, NULL },
    { "接近", ABOUT, NULL },
    { "将近", ABOUT, NULL },
    { "about", ABOUT, NULL },
    { "around", ABOUT, NULL },
    { "roughly", ABOUT, NULL },
    { "approximately", ABOUT, NULL },
    { "approx", ABOUT, NULL },
    { "approx.", ABOUT, NULL },
    { "circa", ABOUT, NULL },
    { "ca.", ABOUT, NULL },
    { "some", ABOUT, NULL },
    { "nearly", ABOUT, NULL },
    { "almost", ABOUT, NULL },
    { "close to", ABOUT, NULL },
    { NULL, 0, NULL },
};

const struct word wording_turns[] = {
    { "下降", -1, NULL },
    { "减少", -1, NULL },
    { "降低", -1, NULL },
    { "下跌", -1, NULL },
    { "回落", -1, NULL },
    { "缩减", -1, NULL },
    { "down", -1, NULL },
    { "down by", -1, NULL },
    { "decrease of", -1, NULL },
    { "a decrease of", -1, NULL },
    { "decreased by", -1, NULL },
    { "decline of", -1, NULL },
    { "a decline of", -1, NULL },
    { "declined by", -1, NULL },
    { "fell", -1, NULL },
    { "fell by", -1, NULL },
    { "增长", 1, NULL },
    { "增加", 1, NULL },
    { "上升", 1, NULL },
    { "提高", 1, NULL },
    { "上涨", 1, NULL },
    { "up", 1, NULL },
    { "up by", 1, NULL },
    { "growth of", 1, NULL },
    { "a growth of", 1, NULL },
    { "increase of", 1, NULL },
    { "an increase of", 1, NULL },
    { "increased by", 1, NULL },
    { "rose", 1, NULL },
    { "rose by", 1, NULL },
    { "降到", 0, NULL },
    { "降至", 0, NULL },
    { "跌至", 0, NULL },
    { "增至", 0, NULL },
    { "升至", 0, NULL },
    { "涨至", 0, NULL },
    { "down to", 0, NULL },
    { "fell to", 0, NULL },
    { "rose to", 0, NULL },
    { "decreased to", 0, NULL },
    { "declined to", 0, NULL },
    { "increased to", 0, NULL },
    { NULL, 0, NULL },
};

const struct word wording_levels[] = {
    { "到", 0, NULL },
    { "至", 0, NULL },
    { NULL, 0, NULL },
};

const struct word wording_bases[] = {
    { "同比", 0, NULL },
    { "环比", 0, NULL },
    { "比上年", 0, NULL },
    { NULL, 0, NULL },
};

const struct word wording_signs[] = {
    { "负", 0, NULL },
    { "minus", 0, NULL },
    { NULL, 0, NULL },
};

/* Some use 10余家 for ten too, and 160+ for 160: >= holds either way. */
const struct word wording_insides[] = {
    { "余", AT_LEAST, NULL },
    { "多", AT_LEAST, NULL },
    { "来", ABOUT, NULL },
    { NULL, 0, NULL },
};

const struct word wording_afters[] = {
    { "以上", AT_LEAST, NULL },
    { "及以上", AT_LEAST, NULL },
    { "或以上", AT_LEAST, NULL },
    { "+", AT_LEAST, NULL },
    { "plus", AT_LEAST, NULL },
    { "or more", AT_LEAST, NULL },
    { "or above", AT_LEAST, WHERE_TO },
    { "and more", AT_LEAST, NULL },
    { "and above", AT_LEAST, WHERE_TO },
    { "and over", AT_LEAST, NULL },
    { "以下", AT_MOST, NULL },
    { "及以下", AT_MOST, NULL },
    { "或以下", AT_MOST, NULL },
    { "以内", AT_MOST, NULL },
    { "之内", AT_MOST, NULL },
    { "or less", AT_MOST, NULL },
    { "or fewer", AT_MOST, NULL },
    { "or below", AT_MOST, WHERE_TO },
    { "and below", AT_MOST, WHERE_TO },
    { "左右", ABOUT, NULL },
    { "上下", ABOUT, NULL },
    { "or so", ABOUT, NULL },
    { NULL, 0, NULL },
};

const struct word wording_points[] = {
    { "点", 0, NULL },
    { NULL, 0, NULL },
};

const struct word wording_digits[] = {
    { "零", 0, NULL }, { "〇", 0, NULL }, { "一", 1, NULL }, { "壹", 1, NULL }, { "二", 2, NULL },
    { "两", 2, NULL }, { "贰", 2, NULL }, { "三", 3, NULL }, { "叁", 3, NULL }, { "四", 4, NULL },
    { "肆", 4, NULL }, { "五", 5, NULL }, { "伍", 5, NULL }, { "六", 6, NULL }, { "陆", 6, NULL },
    { "七", 7, NULL }, { "柒", 7, NULL }, { "八", 8, NULL }, { "捌", 8, NULL }, { "九", 9, NULL },
    { "玖", 9, NULL }, { NULL, 0, NULL },
};

const struct word wording_places[] = {
    { "十", 1, NULL }, { "拾", 1, NULL }, { "百", 2, NULL },      { "佰", 2, NULL },
    { "千", 3, NULL }, { "仟", 3, NULL }, { "hundred", 2, NULL }, { NULL, 0, NULL },
};

const struct word wording_multipliers[] = {
    { "万", 4, NULL },   { "亿", 8, NULL },        { "个亿", 8, NULL },    { "thousand", 3, NULL },
    { "k", 3, NULL },    { "million", 6, NULL },   { "mn", 6, NULL },      { "mln", 6, NULL },
    { "bn", 9, NULL },   { "bln", 9, NULL },       { "billion", 9, NULL }, { "tn", 12, NULL },
    { "trn", 12, NULL }, { "trillion", 12, NULL }, { NULL, 0, NULL },
};

const struct word wording_nothings[] = {
    { "-", 0, NULL },       { "--", 0, NULL },   { "—", 0, NULL },    { "——", 0, NULL },
    { "–", 0, NULL },       { "/", 0, NULL },    { "*", 0, NULL },    { ".", 0, NULL },
    { "..", 0, NULL },      { "...", 0, NULL },  { "…", 0, NULL },    { "……", 0, NULL },
    { "?", 0, NULL },       { "n/a", 0, NULL },  { "#n/a", 0, NULL }, { "na", 0, NULL },
    { "n.a.", 0, NULL },    { "nan", 0, NULL },  { "null", 0, NULL }, { "none", 0, NULL },
    { "无", 0, NULL },      { "暂无", 0, NULL }, { "不详", 0, NULL }, { "未知", 0, NULL },
    { "unknown", 0, NULL }, { NULL, 0, NULL },
};

#define RANGE   "may lead to a second number; expected one number, not a range"
#define SEVERAL "does not say how many; expected a number"
#define UNCHANGED                                                                                  \
    "says that nothing changed, not a number; expected one, like 0% where that is the change"
#define CURRENCY "is more than one currency's; expected one like CNY, 元, USD or 美元"
#define GROUPS                                                                                     \
    "stands where the source's style has none; expected one decimal point, and thousands in "      \
    "groups of three"

const struct word wording_refusals[] = {
    { "-", 0, RANGE },
    { "~", 0, RANGE },
    { "–", 0, RANGE },
    { "—", 0, RANGE },
    { "至", 0, RANGE },
    { "到", 0, RANGE },
    { "或", 0, RANGE },
    { "、", 0, RANGE },
    { "to", 0, RANGE },
    { "or", 0, RANGE },
    { "and", 0, RANGE },
    { "between", 0, RANGE },
    { "持平", 0, UNCHANGED },
    { "与上年持平", 0, UNCHANGED },
    { "几", 0, SEVERAL },
    { "数", 0, SEVERAL },
    { "多", 0, SEVERAL },
    { "上", 0, SEVERAL },
    { "若干", 0, SEVERAL },
    { "成百", 0, SEVERAL },
    { "成千", 0, SEVERAL },
    { "several", 0, SEVERAL },
    { "dozens", 0, SEVERAL },
    { "hundreds", 0, SEVERAL },
    { "thousands", 0, SEVERAL },
    { "millions", 0, SEVERAL },
    { "billions", 0, SEVERAL },
    { "$", 0, CURRENCY },
    { "¥", 0, CURRENCY },
    { "￥", 0, CURRENCY },
    { "dollars", 0, CURRENCY },
    { "dollar", 0, CURRENCY },
    { ",", 0, GROUPS },
    { ".", 0, GROUPS },
    { "分之", 0, "makes a fraction; expected a decimal, or one of 10, 100, 1000 or 10000" },
    { "半", 0, "is a fraction in words; expected a decimal like 0.5 or 50%" },
    { "兆", 0, "is a million to some and 万亿 to others; expected 万, 亿 or 万亿" },
    { "m", 0, "is a million to some and a thousand or metres to others; expected million" },
    { "b", 0, "is a billion to some and bytes to others; expected billion" },
    { "百分点", 0, "are a difference of ratios; expected a ratio like 5.6%" },
    { NULL, 0, NULL },
};

static const struct word folds[] = {
    { "\t", 0, "\n" },    { "\r", 0, "\n" },    { "\u00A0", 0, " " }, { "\u2007", 0, " " },
    { "\u2009", 0, " " }, { "\u202F", 0, " " }, { "\u3000", 0, " " }, { "\u2212", 0, "-" },
    { "億", 0, "亿" },    { "萬", 0, "万" },    { "兩", 0, "两" },    { "參", 0, "叁" },
    { "貳", 0, "贰" },    { "陸", 0, "陆" },    { "點", 0, "点" },    { "餘", 0, "余" },
    { "來", 0, "来" },    { "約", 0, "约" },    { "過", 0, "过" },    { "達", 0, "达" },
    { "總", 0, "总" },    { "計", 0, "计" },    { "將", 0, "将" },    { "滿", 0, "满" },
    { "於", 0, "于" },    { "個", 0, "个" },    { "項", 0, "项" },    { "組", 0, "组" },
    { "間", 0, "间" },    { "種", 0, "种" },    { "類", 0, "类" },    { "幣", 0, "币" },
    { "圓", 0, "圆" },    { "幾", 0, "几" },    { "數", 0, "数" },    { "減", 0, "减" },
    { "縮", 0, "缩" },    { "長", 0, "长" },    { "漲", 0, "涨" },    { "負", 0, "负" },
    { "環", 0, "环" },    { "與", 0, "与" },    { "頃", 0, "顷" },    { "戶", 0, "户" },
    { NULL, 0, NULL },
};

static bool begins_with(const char *text, const char *word, size_t length)
{
    return strncmp(text, word, length) == 0 &&
           !(isalpha((unsigned char)word[length - 1]) && isalpha((unsigned char)text[length]));
}

const struct word *wording_find(const struct word *table, const char *text)
{
    const struct word *found = NULL;
    size_t longest = 0;
    for (; table->text != NULL; table++) {
        size_t length = strlen(table->text);
        if (length > longest && begins_with(text, table->text, length)) {
            found = table;
            longest = length;
        }
    }
    return found;
}

const char *wording_skip(const char *text)
{
    return text + strspn(text, " \n");
}

const struct word *wording_take(const struct word *table, const char **at)
{
    const struct word *word = wording_find(table, wording_skip(*at));
    if (word != NULL)
        *at = wording_skip(*at) + strlen(word->text);
    return word;
}

/* The ASCII equivalent of U+FF01 to U+FF5E; '\0' for other characters. */
static char narrow(const char *text)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (strncmp(text, "\xEF\xBC", 2) == 0 && bytes[2] >= 0x81 && bytes[2] <= 0xBF)
        return (char)(bytes[2] - 0x60);
    if (strncmp(text, "\xEF\xBD", 2) == 0 && bytes[2] >= 0x80 && bytes[2] <= 0x9E)
        return (char)(bytes[2] - 0x20);
    return '\0';
}

bool wording_fold(const char *text, char *out, size_t room)
{
    while (*text != '\0') {
        const struct word *fold = wording_find(folds, text);
        char one[2] = { narrow(text), '\0' };
        size_t read = fold != NULL ? strlen(fold->text) : one[0] != '\0' ? 3 : 1;
        if (one[0] == '\0')
            one[0] = *text;
        one[0] = (char)tolower((unsigned char)one[0]);
        const char *plain = fold != NULL ? fold->name : one;
        size_t size = strlen(plain);
        if (size >= room)
            return false;
        memcpy(out, plain, size);
        out += size;
        room -= size;
        text += read;
    }
    *out = '\0';
    return true;
}
