/* SPDX-License-Identifier: MIT */
/* ledger_judge.c - what a report adds to the vintages of its series and period */
#include "ledger_judge.h"

#include "ledger_private.h"

#include <sqlite3.h>

/* What the existing vintages of a series and period mean for a report that may become the next. */
struct precedent {
    bool any, any_own;            /* whether vintages exist, and of the report's source */
    struct vintage in_force, own; /* own: the one in force if its source were the only one */
    bool said_before; /* the same statement and release, from no worse source, and nothing else of
                         that release by its own since */
    bool said_last;   /* the same statement, from its source, not released earlier */
    bool any_old;     /* whether there were any before this transaction that it has not repeated */
    int64_t recorded_last; /* the latest of those */
    int64_t known;         /* the one that is this very report; 0: none */
    bool any_new;          /* whether this transaction has added one */
    /* Of a history without times of record: */
    bool in_order;
    bool behind;  /* whether its source went on after what the history has repeated */
    bool repeats; /* whether the report was unchanged at some time before the source went on */
};

/* What was there before this transaction. A history that has repeated a vintage comes after it,
 * even if the clock had gone back. One that says no times of record repeats in its order. */
static void remember(const struct ledger *ledger, const struct vintage *vintage,
                     const struct vintage *next, struct precedent *precedent)
{
    bool released_alike = vintage->has_released == next->has_released &&
                          (!next->has_released || vintage->released == next->released);
    bool own = vintage->source == next->source;
    bool alike = own && statement_equal(&vintage->statement, &next->statement) && released_alike &&
                 (precedent->in_order || vintage->recorded == next->recorded);
    if (id_map_find(&ledger->met, (const char *)&vintage->id, sizeof vintage->id) != 0) {
        precedent->behind = precedent->repeats = false;
        precedent->known = precedent->in_order ? 0 : precedent->known;
        return;
    }
    precedent->behind |= own;
    if (precedent->known == 0 && alike)
        precedent->known = vintage->id;
    if (!precedent->any_old || vintage->recorded > precedent->recorded_last)
        precedent->recorded_last = vintage->recorded;
    precedent->any_old = true;
}

/* Call for each vintage in order of recording. Its effect depends on the one then in force:
 *
 *                                             it is in force   it is its source's last word
 *   it took over                              yes              yes
 *   it did not: the other source is better,   no               yes, unless that source had already
 *     or says the same                                         stated one that was released later
 *   it did not: it was released earlier       no               no
 */
static void weigh(struct ledger *ledger, const struct vintage *vintage, const struct vintage *next,
                  struct precedent *precedent)
{
    bool same = statement_equal(&vintage->statement, &next->statement);
    bool took_over = !precedent->any || ledger_takes_over(ledger, &precedent->in_force, vintage);
    bool own = vintage->source == next->source;
    bool released_alike =
        vintage->has_released && next->has_released && vintage->released == next->released;
    if (released_alike && (same ? !ledger_outranks(ledger, next, vintage) : own))
        precedent->said_before = same;
    if (own) {
        bool yields =
            precedent->any && !took_over && ledger_released_in_order(&precedent->in_force, vintage);
        bool newer = !precedent->any_own || ledger_released_in_order(&precedent->own, vintage);
        if (took_over || (yields && newer))
            precedent->said_last = same && !ledger_released_later(next, vintage);
        if (newer)
            ledger_succeed(ledger, &precedent->own, vintage);
        precedent->any_own = true;
    }
    if (took_over)
        ledger_succeed(ledger, &precedent->in_force, vintage);
    precedent->any = true;
}

static enum ledger_outcome effect(struct ledger *ledger, const struct precedent *precedent,
                                  const struct vintage *next)
{
    bool revises = precedent->any && ledger_takes_over(ledger, &precedent->in_force, next) &&
                   !statement_equal(&precedent->in_force.statement, &next->statement);
    return revises ? LEDGER_REVISED : LEDGER_RECORDED;
}

/* The first line that applies to the report decides:
 *
 *   there is no vintage of its series and period                        recorded
 *   the same statement with the same release exists, of no worse source,
 *     and its own has not taken it back                                 unchanged
 *   it is its source's last word already, and it would take over, or
 *     would not only because of a better source or because that says the
 *     same, and is no earlier release of that word                      unchanged
 *   it does not take over                                               recorded
 *   it takes over and repeats what is in force                          recorded
 *   it takes over and states something else                             revised
 *
 * So a source that agrees is recorded once. Otherwise its next repetition would pass for news, and
 * undo what has been corrected since.
 */
static enum ledger_outcome judge(struct ledger *ledger, const struct precedent *precedent,
                                 const struct vintage *next)
{
    if (!precedent->any)
        return LEDGER_RECORDED;
    if (precedent->said_before)
        return LEDGER_UNCHANGED;
    bool takes_over = ledger_takes_over(ledger, &precedent->in_force, next);
    bool yields = !takes_over && ledger_released_in_order(&precedent->in_force, next) &&
                  (!precedent->any_own || ledger_released_in_order(&precedent->own, next));
    return precedent->said_last && (takes_over || yields) ? LEDGER_UNCHANGED
                                                          : effect(ledger, precedent, next);
}

static int read_precedent(struct ledger *ledger, const struct vintage *next,
                          struct precedent *precedent, struct fault *fault)
{
    const struct period *period = &next->statement.period;
    struct sqlite3_stmt *row = ledger_statement(ledger, VINTAGES_OF_PERIOD, fault);
    if (row == NULL)
        return -1;
    sqlite3_bind_int64(row, 1, next->series);
    sqlite3_bind_int64(row, 2, period->start);
    sqlite3_bind_int64(row, 3, period->end);
    int more;
    struct vintage vintage;
    while ((more = ledger_step(ledger, row, fault)) > 0 &&
           ledger_read_vintage(ledger, row, &vintage, fault) == 0) {
        if (vintage.id <= ledger->old_newest)
            remember(ledger, &vintage, next, precedent);
        else
            precedent->any_new = true;
        weigh(ledger, &vintage, next, precedent);
        if (precedent->in_order && !precedent->behind)
            precedent->repeats |= judge(ledger, precedent, next) == LEDGER_UNCHANGED;
    }
    sqlite3_reset(row);
    return more == 0 ? 0 : -1;
}

/* A series that is new in this transaction has only the periods appended since, so a period after
 * all of them has no vintages. A dropped delivery only causes a needless lookup. */
static bool lies_behind_all(struct ledger *ledger, const struct vintage *next)
{
    const struct period *period = &next->statement.period;
    if (next->series <= ledger->old_series)
        return false;
    size_t index = (size_t)(next->series - ledger->old_series - 1);
    ledger->new_ends =
        array_reserve(ledger->new_ends, &ledger->new_room, index + 1, sizeof *ledger->new_ends);
    while (ledger->new_count <= index)
        ledger->new_ends[ledger->new_count++] = INT64_MIN;
    bool behind = period->start >= ledger->new_ends[index];
    if (period->end > ledger->new_ends[index])
        ledger->new_ends[index] = period->end;
    return behind;
}

static int refuse_earlier(const struct precedent *precedent, const struct vintage *next,
                          struct fault *fault)
{
    char then[PERIOD_TIME], last[PERIOD_TIME];
    period_write_time(next->recorded, then);
    period_write_time(precedent->recorded_last, last);
    fault_set(fault,
              "was recorded %s, but the ledger has a report of this period that was recorded %s; "
              "expected a history that goes on from there",
              then, last);
    return 1;
}

static void meet(struct ledger *ledger, const struct precedent *precedent)
{
    id_map_add(&ledger->met, (const char *)&precedent->known, sizeof precedent->known, 1);
}

/* Of a history without times of record: once it has said something else, it says all anew. */
static enum ledger_outcome judge_in_order(struct ledger *ledger, const struct precedent *precedent,
                                          const struct vintage *next)
{
    if (precedent->any_new || (precedent->known == 0 && !precedent->repeats))
        return judge(ledger, precedent, next);
    if (!precedent->repeats)
        meet(ledger, precedent);
    return LEDGER_UNCHANGED;
}

/* Returns 1, with a fault, for one that may not be appended. */
static int judge_history(struct ledger *ledger, const struct precedent *precedent,
                         const struct vintage *next, enum ledger_outcome *outcome,
                         struct fault *fault)
{
    if (precedent->known == 0) {
        if (precedent->any_old && next->recorded < precedent->recorded_last)
            return refuse_earlier(precedent, next, fault);
        *outcome = effect(ledger, precedent, next);
        return 0;
    }
    meet(ledger, precedent);
    *outcome = LEDGER_UNCHANGED;
    return 0;
}

bool ledger_is_gap_ahead(const struct ledger *ledger, const struct observation *observation)
{
    const struct statement *statement = &observation->statement;
    return observation->source == NULL && statement->missing &&
           !period_has_begun(&statement->period, ledger->recorded);
}

/* A slip of the pen, or a table's cell of a year to come: it would end a stock. */
static int refuse_gap_ahead(const struct vintage *next, struct fault *fault)
{
    fault_set(fault,
              "the period '%s' begins in the future, and there is no forecast of it to withdraw; "
              "expected a period that has begun",
              next->statement.period.text);
    return 1;
}

int ledger_judge(struct ledger *ledger, const struct observation *observation,
                 const struct vintage *next, enum ledger_outcome *outcome, struct fault *fault)
{
    bool history = observation->source != NULL;
    struct precedent precedent = { .in_order = ledger->in_order && !history };
    if (!lies_behind_all(ledger, next) && read_precedent(ledger, next, &precedent, fault) != 0)
        return -1;
    if (history)
        return judge_history(ledger, &precedent, next, outcome, fault);
    if (!precedent.any && ledger_is_gap_ahead(ledger, observation))
        return refuse_gap_ahead(next, fault);
    *outcome = precedent.in_order ? judge_in_order(ledger, &precedent, next)
                                  : judge(ledger, &precedent, next);
    return 0;
}
