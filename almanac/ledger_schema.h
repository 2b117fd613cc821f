/* SPDX-License-Identifier: MIT */
/* ledger_schema.h - the ledger's tables, and the check that a file has them */
#ifndef ALMANAC_LEDGER_SCHEMA_H
#define ALMANAC_LEDGER_SCHEMA_H

#include "fault.h"

#include <stdbool.h>

#define LEDGER_SCHEMA_VERSION 1

struct sqlite3;

/* Checks that the database is a ledger of this version, or empty if it may be. 0, or -1 with a
 * fault that says what was found. */
int ledger_schema_check(struct sqlite3 *db, bool may_be_empty, struct fault *fault);
/* Turns an empty database into a ledger, and checks the result. */
int ledger_schema_make(struct sqlite3 *db, struct fault *fault);

#endif
