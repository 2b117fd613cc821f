/* SPDX-License-Identifier: MIT */
/* missing.c - reports without a value: what stands for one, and the status that says why */
#include "missing.h"

bool missing_is_excluded(const struct report *report)
{
    const char *status = report->fields[REPORT_OBS_STATUS];
    return status != NULL && status[0] != '\0' && status[1] == '\0' &&
           status_value(status[0]) == STATUS_WITH_VALUE;
}

void missing_set(struct report *report, const char *status)
{
    const char *own = report->fields[REPORT_OBS_STATUS];
    report->fields[REPORT_OBS_VALUE] = "";
    if (own == NULL || own[0] == '\0' || missing_is_excluded(report))
        report->fields[REPORT_OBS_STATUS] = status;
}

enum missing_end missing_read(const struct glossary *words, struct report *report)
{
    const char *value = report->fields[REPORT_OBS_VALUE];
    const char *status = value != NULL ? glossary_find(words, value) : NULL;
    if (status == NULL)
        return MISSING_NOT;
    if (status[0] == '\0')
        return MISSING_PASSED_OVER;
    missing_set(report, status);
    return MISSING_SET;
}
