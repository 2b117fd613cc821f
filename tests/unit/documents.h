/* SPDX-License-Identifier: MIT */
/* documents.h - the documents in tests/data, and the complaints beside the wrong ones */
#ifndef TESTS_DOCUMENTS_H
#define TESTS_DOCUMENTS_H

#include "../../almanac/file.h"

#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static inline void read_document(const char *path, struct text *out)
{
    struct fault fault = { 0 };
    text_put(out, "");
    if (file_read(path, 0, out, &fault) != 0)
        fail_msg("%s", fault.text);
}

/* A part of the suites of others, in ALMANAC_SUITES or beside this repository. Skips the test where
 * it is not there. */
static inline void find_suite(const char *part, char path[PATH_MAX])
{
    const char *suites = getenv("ALMANAC_SUITES");
    snprintf(path, PATH_MAX, "%s/%s", suites == NULL ? "../shared/suites" : suites, part);
    if (access(path, R_OK) == 0)
        return;
    print_message("# %s is not there\n", path);
    skip();
}

/* Whether NAME.EXTENSION, for all in the folder that match the pattern, is refused with what
 * NAME.complaint says. From the folder itself: complaints name files as a user there sees them. */
static inline void must_refuse_folder(const char *folder, const char *pattern, size_t least,
                                      void (*must_refuse)(const char *path, const char *complaint))
{
    glob_t files;
    int root = open(".", O_DIRECTORY | O_CLOEXEC);
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(glob(pattern, 0, NULL, &files), 0);
    assert_true(files.gl_pathc >= least);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        const char *path = files.gl_pathv[i];
        struct text complaint = { 0 };
        char beside[300];
        snprintf(beside, sizeof beside, "%.*s.complaint", (int)strcspn(path, "."), path);
        read_document(beside, &complaint);
        complaint.bytes[strcspn(complaint.bytes, "\n")] = '\0';
        must_refuse(path, complaint.bytes);
        text_free(&complaint);
    }
    globfree(&files);
    assert_int_equal(fchdir(root), 0);
    close(root);
}

#endif
