/* SPDX-License-Identifier: MIT */
/* ledger_preference.c - which of two vintages takes over: by preference and release */
#include "ledger_private.h"

#include <sqlite3.h>
#include <string.h>

void ledger_prefer(struct ledger *ledger, const struct catalogue *catalogue)
{
    ledger->preferred = catalogue != NULL ? *catalogue : (struct catalogue){ 0 };
    ledger->ranked_series = 0;
    ledger->has_preferences = false;
    for (size_t i = 0; i < ledger->preferred.count; i++)
        ledger->has_preferences |= ledger->preferred.figures[i].preference_count > 0;
}

/* The text that the query returns for this id, valid until the statement is reset; NULL: none. */
static const char *text_of(struct ledger *ledger, enum ledger_query query, int64_t id,
                           struct sqlite3_stmt **row)
{
    struct fault fault = { 0 }; /* the calling walk will itself find that the ledger fails */
    *row = ledger_statement(ledger, query, &fault);
    if (*row == NULL)
        return NULL;
    sqlite3_bind_int64(*row, 1, id);
    return sqlite3_step(*row) == SQLITE_ROW ? (const char *)sqlite3_column_text(*row, 0) : NULL;
}

static const struct figure *figure_of(struct ledger *ledger, int64_t series)
{
    struct sqlite3_stmt *row;
    if (ledger->ranked_series == series)
        return ledger->ranked_figure;
    const char *name = text_of(ledger, FIGURE_OF_SERIES, series, &row);
    ledger->ranked_figure = name == NULL ? NULL : catalogue_find(&ledger->preferred, name);
    ledger->ranked_series = name == NULL ? 0 : series;
    sqlite3_reset(row);
    return ledger->ranked_figure;
}

/* 0 is the best; all sources that the figure does not list come last. */
static size_t rank(struct ledger *ledger, const struct vintage *vintage)
{
    const struct figure *figure = figure_of(ledger, vintage->series);
    struct sqlite3_stmt *row;
    size_t place = 0;
    if (figure == NULL || figure->preference_count == 0)
        return 0;
    const char *source = text_of(ledger, NAME_OF_SOURCE, vintage->source, &row);
    while (place < figure->preference_count &&
           (source == NULL || strcmp(figure->preference[place], source) != 0))
        place++;
    sqlite3_reset(row);
    return place;
}

bool ledger_released_in_order(const struct vintage *before, const struct vintage *next)
{
    return !before->has_latest || !next->has_released || next->released >= before->latest;
}

bool ledger_released_later(const struct vintage *next, const struct vintage *before)
{
    return next->has_released && (!before->has_latest || next->released > before->latest);
}

bool ledger_outranks(struct ledger *ledger, const struct vintage *next,
                     const struct vintage *before)
{
    return ledger->has_preferences && before->source != next->source &&
           rank(ledger, next) < rank(ledger, before);
}

bool ledger_takes_over(struct ledger *ledger, const struct vintage *before,
                       const struct vintage *next)
{
    if (ledger->has_preferences && before->source != next->source) {
        size_t old = rank(ledger, before), new = rank(ledger, next);
        if (old != new)
            return new < old;
    }
    return statement_equal(&before->statement, &next->statement)
               ? ledger_released_later(next, before)
               : ledger_released_in_order(before, next);
}

/* Nobody knows when what has no release was released, but it came after what it took over from: a
 * backfill of releases before that must not undo it. */
void ledger_succeed(struct ledger *ledger, struct vintage *in_force, const struct vintage *next)
{
    struct vintage before = *in_force;
    *in_force = *next;
    if (next->has_latest || !before.has_latest || !ledger_same_period(&before, next) ||
        ledger_outranks(ledger, next, &before))
        return;
    in_force->has_latest = true;
    in_force->latest = before.latest;
}
