/* SPDX-License-Identifier: MIT */
/* openapi.h - the description of the JSON API, as exporter/openapi.json has it */
#ifndef EXPORTER_OPENAPI_H
#define EXPORTER_OPENAPI_H

extern const char openapi_json[];

#endif
