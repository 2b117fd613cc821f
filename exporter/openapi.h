/* SPDX-License-Identifier: MIT */
/* openapi.h - the text of exporter/openapi.json, which describes the JSON API */
#ifndef EXPORTER_OPENAPI_H
#define EXPORTER_OPENAPI_H

extern const char openapi_json[];

#endif
