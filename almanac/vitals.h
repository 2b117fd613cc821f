/* SPDX-License-Identifier: MIT */
/* vitals.h - metrics common to both programs: build information, the status of sources */
#ifndef ALMANAC_VITALS_H
#define ALMANAC_VITALS_H

#include "choice.h"
#include "exposition.h"
#include "ledger_source.h"

/* The family is an info, named after the program. */
void vitals_write_build(struct exposition *out, struct choice *choice, const struct family *family);

/* almanac_source_up, …_last_success_timestamp_seconds, …_fetch_duration_seconds. */
void vitals_write_sources(struct exposition *out, struct choice *choice,
                          const struct source_state *states, size_t count);

#endif
