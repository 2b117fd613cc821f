/* SPDX-License-Identifier: MIT */
/* ledger_schema.h - the ledger's tables, and whether a file has them */
#ifndef ALMANAC_LEDGER_SCHEMA_H
#define ALMANAC_LEDGER_SCHEMA_H

#include "fault.h"

#include <stdbool.h>

enum { LEDGER_SCHEMA_VERSION = 1 };

struct sqlite3;

/* Checks that the database is a ledger of this version; makes one of an empty database where
 * create is set. Returns 0, or -1 with what was found. */
int ledger_schema_check(struct sqlite3 *db, bool create, struct fault *fault);

#endif
