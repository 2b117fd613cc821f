/* SPDX-License-Identifier: MIT */
/* ledger_series.c - the rows of series and sources, added when an observation needs them */
#include "ledger_append.h"
#include "ledger_private.h"

#include <sqlite3.h>
#include <string.h>

/* 1: *id is set, 0: no row, -1 with a fault. */
static int run(struct ledger *ledger, enum ledger_query query, const char *first,
               const char *second, int64_t *id, struct fault *fault)
{
    struct sqlite3_stmt *statement = ledger_statement(ledger, query, fault);
    if (statement == NULL)
        return -1;
    sqlite3_bind_text(statement, 1, first, -1, SQLITE_STATIC);
    if (second != NULL)
        sqlite3_bind_text(statement, 2, second, -1, SQLITE_STATIC);
    return ledger_step_number(ledger, statement, id, fault);
}

/* The id of the row with these one or two texts, added if missing; -1 with a fault. */
static int64_t find_or_add(struct ledger *ledger, enum ledger_query find, enum ledger_query add,
                           const char *first, const char *second, bool *added, struct fault *fault)
{
    int64_t id = -1;
    int found = run(ledger, find, first, second, &id, fault);
    *added = found == 0;
    if (found == 0 && run(ledger, add, first, second, &id, fault) == 0)
        id = sqlite3_last_insert_rowid(ledger->db);
    return id;
}

int64_t ledger_source_id(struct ledger *ledger, const char *name, struct fault *fault)
{
    bool added;
    return find_or_add(ledger, FIND_SOURCE, ADD_SOURCE, name, NULL, &added, fault);
}

/* The figure and the label values, each with its NUL. */
static void write_key(const struct observation *observation, struct text *key)
{
    const struct figure *figure = observation->figure;
    text_clear(key);
    text_bytes(key, figure->name, strlen(figure->name) + 1);
    for (size_t i = 0; i < figure->label_count; i++)
        text_bytes(key, observation->label_values[i], strlen(observation->label_values[i]) + 1);
}

static void write_labels(const struct observation *observation, struct text *labels)
{
    const struct figure *figure = observation->figure;
    text_clear(labels);
    for (size_t i = 0; i < figure->label_count; i++) {
        text_char(labels, i == 0 ? '{' : ',');
        text_json(labels, figure->labels[i]);
        text_char(labels, ':');
        text_json(labels, observation->label_values[i]);
    }
    text_put(labels, figure->label_count == 0 ? "{}" : "}");
}

/* Notes whether the figure had series before this transaction: that is asked once. */
static int note_begun(struct ledger *ledger, const char *figure, struct fault *fault)
{
    enum { HAD_NONE = 1, HAD_SOME };
    size_t size = strlen(figure);
    int64_t had = id_map_find(&ledger->old_figures, figure, size);
    if (had == 0) {
        struct sqlite3_stmt *statement = ledger_statement(ledger, HAD_SERIES, fault);
        if (statement == NULL)
            return -1;
        sqlite3_bind_text(statement, 1, figure, -1, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 2, ledger->old_series);
        int found = ledger_step_number(ledger, statement, &had, fault);
        if (found < 0)
            return -1;
        had = found == 1 ? HAD_SOME : HAD_NONE;
        id_map_add(&ledger->old_figures, figure, size, had);
    }
    ledger->began = had == HAD_SOME;
    return 0;
}

int64_t ledger_series_id(struct ledger *ledger, const struct observation *observation,
                         struct fault *fault)
{
    const char *figure = observation->figure->name;
    struct text *key = &ledger->key, *labels = &ledger->labels;
    bool added;
    ledger->began = false;
    write_key(observation, key);
    int64_t id = id_map_find(&ledger->series, key->bytes, key->size);
    if (id != 0)
        return id;
    write_labels(observation, labels);
    id = find_or_add(ledger, FIND_SERIES, ADD_SERIES, figure, labels->bytes, &added, fault);
    if (id < 0 || (added && note_begun(ledger, figure, fault) != 0))
        return -1;
    id_map_add(&ledger->series, key->bytes, key->size, id);
    return id;
}

bool ledger_began_series(const struct ledger *ledger)
{
    return ledger->began;
}
