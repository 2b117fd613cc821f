/* SPDX-License-Identifier: MIT */
/* jq_program.h - a source's jq program, which makes observations of a JSON document */
#ifndef ALMANAC_JQ_PROGRAM_H
#define ALMANAC_JQ_PROGRAM_H

struct jq_program {
    const char *text;
};

#endif
