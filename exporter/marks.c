/* SPDX-License-Identifier: MIT */
/* marks.c - the marks beside a value, and their meaning in words */
#include "marks.h"

#include <string.h>

const struct mark marks[MARKS] = {
    { "<", "less than", "少于" },
    { "<=", "at most", "至多" },
    { ">=", "at least", "至少" },
    { ">", "more than", "超过" },
    { "~", "about", "约" },
    { "B", "break in the series", "序列中断" },
    { "D", "definition differs", "定义不同" },
    { "E", "estimated", "估计" },
    { "F", "forecast", "预测" },
    { "G", "experimental", "试验" },
    { "I", "imputed", "插补" },
    { "J", "derogation", "豁免" },
    { "K", "included in another category", "计入其他类别" },
    { "N", "not significant", "不显著" },
    { "P", "provisional", "暂定" },
    { "S", "special event", "特殊事件" },
    { "U", "low reliability", "可靠性低" },
    { "V", "unvalidated", "未经核实" },
    { "W", "includes another category", "含其他类别" },
};

uint32_t marks_of(const struct statement *statement)
{
    uint32_t set = 0;
    if (statement->comparator == COMPARATOR_EXACT && statement->status == 'A')
        return 0;
    for (size_t i = 0; i < MARKS; i++) {
        bool has = i < MARKS_COMPARATORS
                       ? strcmp(comparator_text(statement->comparator), marks[i].mark) == 0
                       : statement->status == marks[i].mark[0];
        set |= has ? UINT32_C(1) << i : 0;
    }
    return set;
}
