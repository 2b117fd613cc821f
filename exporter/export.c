/* SPDX-License-Identifier: MIT */
/* export.c - the command that exports the ledger, or some figures, to standard output */
#include "export.h"

#include "../almanac/inquiry_answer.h"
#include "../almanac/inquiry_first.h"
#include "../almanac/least.h"
#include "openmetrics.h"

#include <stdio.h>
#include <string.h>

const char *const export_formats[] = {
    "openmetrics", "csv", "excel-csv", "sdmx-csv", "json", NULL
};
const struct format *const export_forms[] = {
    &openmetrics_format, &format_csv, &format_excel_csv, &format_sdmx_csv, &format_json,
};

int export_read_repeat(const char *text, int format, int64_t *repeat, struct fault *fault)
{
    bool never = text != NULL && strcmp(text, "0") == 0;
    *repeat = never ? 0 : duration_read(text == NULL ? "1d" : text);
    if (*repeat <= 0 && !never)
        return fault_set(fault, "'%s'; expected a duration like 1d or 6h, or 0", text);
    if (text != NULL && export_forms[format] != &openmetrics_format)
        return fault_set(fault, "goes with the format openmetrics alone");
    return 0;
}

static int answer(const struct inquiry *inquiry, const struct format *format, struct writer *writer,
                  struct fault *fault)
{
    struct inquiry_sum sum;
    if (inquiry_answer_print(inquiry, format, writer, stdout, &sum, fault) != 0)
        return -1;
    if (sum.undeclared > 0)
        fprintf(stderr, "%zu series are left out: the catalogue does not have their figures\n",
                sum.undeclared);
    return sum.rows > 0 ? 0 : inquiry_first_tell(inquiry, fault);
}

static int complain(const struct fault *fault, int status)
{
    fprintf(stderr, "%s\n", fault->text);
    return status;
}

static int read_repeat(const struct export_request *request, int64_t *repeat, struct fault *fault)
{
    int failed = export_read_repeat(request->repeat, request->format, repeat, fault);
    return failed == 0 ? 0 : fault_at(fault, "--repeat: ");
}

int export_run(const struct export_request *request, char **figures, int count)
{
    struct fault fault = { 0 };
    struct inquiry inquiry = { .catalogue = &request->settings->catalogue,
                               .figures = (const char *const *)figures,
                               .figure_count = (size_t)count,
                               .known_by = LEDGER_ALWAYS,
                               .history = true };
    struct writer writer = { .provenance = true };
    if (read_repeat(request, &writer.repeat, &fault) != 0 ||
        inquiry_read_as_of_flag(request->as_of, &inquiry, &fault) != 0 ||
        inquiry_check(&inquiry, &fault) != 0)
        return complain(&fault, 2);
    writer.now = least_of(request->now, inquiry.known_by);
    inquiry.ledger = ledger_open(request->ledger_path, LEDGER_READER, &fault);
    if (inquiry.ledger == NULL)
        return complain(&fault, 1);
    int result = answer(&inquiry, export_forms[request->format], &writer, &fault);
    ledger_close(inquiry.ledger);
    return result == 0 ? 0 : complain(&fault, 1);
}
