/* SPDX-License-Identifier: MIT */
/* mirror.c - keeps the RRD files up to date with the ledger */
#include "mirror.h"

#include "../almanac/file.h"
#include "../almanac/hash.h"
#include "../almanac/rrd_store.h"
#include "checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK ".lock"

enum {
    RETRY_MS = 60000,
    CENSUS_MS = 600000, /* between two searches for missing files */
    TOLD_MOST = 10,     /* failures logged in a round */
    SETTLE_MS = 10000,  /* after the folder was gone: whoever removes it may still be at it */
};

struct job {
    const struct figure *figure; /* borrowed from the catalogue */
    int64_t series;
    const char *name; /* of the file */
    uint64_t words;   /* a hash of its last error; 0: none, or unknown */
};

struct mirror {
    struct ledger *ledger;
    const struct log *log;
    struct rrd_store *store;
    const char *directory; /* borrowed */
    char *checkpoint_path;
    int lock; /* -1: not held */
    struct checkpoint reached, aim;
    const struct catalogue *catalogue; /* of the current look */
    int64_t now;                       /* of the current look */
    bool looked;                       /* all files were looked for once */
    bool census;                       /* the current look searches for missing files */
    int64_t next_census;               /* steady milliseconds */
    bool seek_stale, seek_newer;       /* what the current look searches for */
    int64_t again;                     /* steady milliseconds: when to retry failed files */
    uint64_t last_words;               /* last error logged in this round; 0: none */
    size_t told;                       /* errors logged in this round */
    uint64_t checkpoint_words;         /* why the checkpoint could not be written; 0: it was */
    struct arena arena;                /* holds the jobs' names */
    struct job *jobs;
    size_t job_count, job_room, next_job, built, failed;
    struct timeline timeline;
    struct text name;
};

static void drop_lock(struct mirror *mirror)
{
    if (mirror->lock >= 0)
        close(mirror->lock);
    mirror->lock = -1;
}

/* Sets no fault if another process has the lock. */
static int take_lock(struct mirror *mirror, struct fault *fault)
{
    char *path = file_path(mirror->directory, LOCK);
    mirror->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    int result = mirror->lock < 0 ? -1 : flock(mirror->lock, LOCK_EX | LOCK_NB);
    if (result != 0 && (mirror->lock < 0 || errno != EWOULDBLOCK))
        fault_set(fault, "%s: cannot be locked: %s", path, strerror(errno));
    if (result != 0)
        drop_lock(mirror);
    free(path);
    return result;
}

struct mirror *mirror_open(const char *directory, struct ledger *ledger, const struct log *log,
                           struct fault *fault)
{
    struct mirror *mirror = array_new(1, sizeof *mirror);
    *mirror = (struct mirror){
        .ledger = ledger, .log = log, .directory = directory, .lock = -1, .again = INT64_MAX
    };
    mirror->checkpoint_path = file_path(directory, ".checkpoint");
    mirror->store = rrd_store_open(directory, fault);
    if (mirror->store == NULL || take_lock(mirror, fault) != 0) {
        mirror_close(mirror);
        return NULL;
    }
    rrd_store_clean(mirror->store);
    checkpoint_read(&mirror->reached, mirror->checkpoint_path);
    return mirror;
}

void mirror_close(struct mirror *mirror)
{
    if (mirror == NULL)
        return;
    drop_lock(mirror);
    rrd_store_close(mirror->store);
    checkpoint_free(&mirror->reached);
    checkpoint_free(&mirror->aim);
    timeline_free(&mirror->timeline);
    text_free(&mirror->name);
    arena_free(&mirror->arena);
    free(mirror->jobs);
    free(mirror->checkpoint_path);
    free(mirror);
}

static bool is_missing(const struct mirror *mirror, const char *name)
{
    struct stat about;
    char *path = file_path(mirror->directory, name);
    bool missing = stat(path, &about) != 0 || !S_ISREG(about.st_mode);
    free(path);
    return missing;
}

/* Handles removal of the folder, which takes the lock and the checkpoint's files with it. */
static int keep_place(struct mirror *mirror, struct fault *fault)
{
    if (mirror->lock >= 0 && !is_missing(mirror, LOCK))
        return 0;
    drop_lock(mirror);
    if (rrd_store_make(mirror->store, fault) != 0 || take_lock(mirror, fault) != 0)
        return fault_set(fault, "%s: another almanac-collector builds these files",
                         mirror->directory);
    log_write(mirror->log, LOG_LEVEL_WARN, "RRD folder was gone; it is built again", "path",
              mirror->directory, NULL);
    checkpoint_forget(&mirror->reached, NULL);
    mirror->next_census = clock_steady_ms(mirror->log->clock) + SETTLE_MS;
    return 0;
}

static void add_job(struct mirror *mirror, const struct figure *figure, int64_t series)
{
    mirror->jobs =
        array_reserve(mirror->jobs, &mirror->job_room, mirror->job_count + 1, sizeof *mirror->jobs);
    struct lack *lack = checkpoint_lack(&mirror->reached, series);
    if (lack != NULL)
        lack->tried = true;
    mirror->jobs[mirror->job_count++] =
        (struct job){ figure, series, arena_string(&mirror->arena, mirror->name.bytes),
                      lack == NULL ? 0 : lack->words };
}

static bool is_stale(const struct mirror *mirror, const struct figure *figure, int64_t series)
{
    return checkpoint_lack(&mirror->reached, series) != NULL ||
           !checkpoint_has(&mirror->reached, figure, mirror->now) ||
           (mirror->census && is_missing(mirror, mirror->name.bytes));
}

static void consider(struct mirror *mirror, const struct series *series, bool newer)
{
    const struct figure *figure = catalogue_find(mirror->catalogue, series->figure);
    if (figure == NULL)
        return;
    text_clear(&mirror->name);
    rrd_store_name(&mirror->name, series->figure, series->labels, series->label_count, series->id);
    bool stale = mirror->seek_stale && is_stale(mirror, figure, series->id);
    if (newer ? !stale : stale) /* each once */
        add_job(mirror, figure, series->id);
}

static int consider_stale(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    consider(owner, series, false);
    return 0;
}

static int consider_newer(void *owner, const struct series *series, struct fault *fault)
{
    (void)fault;
    consider(owner, series, true);
    return 0;
}

static void begin_round(struct mirror *mirror)
{
    arena_clear(&mirror->arena);
    mirror->job_count = mirror->next_job = 0;
    mirror->last_words = 0;
    mirror->told = 0;
    for (size_t i = 0; i < mirror->reached.lack_count; i++)
        mirror->reached.lacks[i].tried = false;
}

static uint64_t words_of(const struct fault *fault)
{
    return hash_bytes(HASH_EMPTY, fault->text, strlen(fault->text));
}

/* One cause may fail all files, with the same words, such as a full disk, or with a path in each.
 */
static void report_failure(struct mirror *mirror, const struct job *job, const struct fault *fault)
{
    uint64_t words = words_of(fault);
    if (words != job->words && words != mirror->last_words && mirror->told < TOLD_MOST) {
        mirror->told++;
        log_write(mirror->log, LOG_LEVEL_ERROR, "RRD file not built", "err", fault->text, NULL);
        mirror->last_words = words;
    }
    checkpoint_add_lack(&mirror->aim, job->series, words);
    mirror->failed++;
}

/* Writes the checkpoint only after the files it describes are synced, so that it is true after a
 * crash. */
static void put_down(struct mirror *mirror)
{
    struct fault fault = { 0 };
    uint64_t before = mirror->checkpoint_words;
    mirror->checkpoint_words = 0;
    if (syncfs(mirror->lock) != 0)
        fault_set(&fault, "%s: %s", mirror->directory, strerror(errno));
    else if (checkpoint_write(&mirror->reached, mirror->checkpoint_path, &fault) == 0)
        return;
    mirror->checkpoint_words = words_of(&fault);
    if (mirror->checkpoint_words != before)
        log_write(mirror->log, LOG_LEVEL_ERROR,
                  "checkpoint of the RRD files not written; a restart builds them again", "err",
                  fault.text, NULL);
}

/* A round for stale files has retried all lacking files that are declared. */
static void end_round(struct mirror *mirror)
{
    struct checkpoint before = mirror->reached;
    for (size_t i = 0; !mirror->seek_stale && i < before.lack_count; i++)
        if (!before.lacks[i].tried)
            checkpoint_add_lack(&mirror->aim, before.lacks[i].series, before.lacks[i].words);
    checkpoint_settle(&mirror->aim);
    mirror->reached = mirror->aim;
    mirror->aim = before; /* reuses its memory */
    put_down(mirror);
    if (mirror->reached.lack_count == 0 && mirror->checkpoint_words == 0)
        mirror->again = INT64_MAX;
    else if (mirror->seek_stale || mirror->again == INT64_MAX)
        mirror->again = clock_steady_ms(mirror->log->clock) + RETRY_MS;
}

static int seek(struct mirror *mirror, struct fault *fault)
{
    struct ledger *ledger = mirror->ledger;
    if (mirror->seek_stale && ledger_each_series(ledger, 0, consider_stale, mirror, fault) != 0)
        return -1;
    if (mirror->seek_newer &&
        ledger_each_series(ledger, mirror->reached.through, consider_newer, mirror, fault) != 0)
        return -1;
    return 0;
}

/* Aims at the newest observation. Forgets the files if another ledger than this one has the one
 * that they were built through. */
static int aim_at_newest(struct mirror *mirror, struct fault *fault)
{
    struct checkpoint *reached = &mirror->reached, *aim = &mirror->aim;
    uint64_t mark = reached->mark;
    aim->through = ledger_newest(mirror->ledger, fault);
    if (aim->through < 0 ||
        (!mirror->looked && /* while it is open, it stays the same ledger */
         ledger_mark(mirror->ledger, reached->through, &mark, fault) != 0) ||
        ledger_mark(mirror->ledger, aim->through, &aim->mark, fault) != 0)
        return -1;
    if (mark == reached->mark)
        return 0;
    if (reached->mark != 0)
        log_write(mirror->log, LOG_LEVEL_WARN, "another ledger; its RRD files are built again",
                  "path", mirror->directory, NULL);
    checkpoint_forget(reached, NULL);
    return 0;
}

int mirror_look(struct mirror *mirror, const struct catalogue *catalogue, struct fault *fault)
{
    if (mirror_behind(mirror) > 0)
        return 0;
    if (keep_place(mirror, fault) != 0)
        return -1;
    if (aim_at_newest(mirror, fault) != 0)
        return -1;
    begin_round(mirror);
    mirror->catalogue = catalogue;
    mirror->now = clock_seconds(mirror->log->clock);
    checkpoint_of(&mirror->aim, catalogue, mirror->now);
    mirror->seek_newer = mirror->aim.through != mirror->reached.through;
    int64_t steady = clock_steady_ms(mirror->log->clock);
    mirror->census = !mirror->looked || steady >= mirror->next_census;
    mirror->seek_stale = mirror->census ||
                         !checkpoint_same_figures(&mirror->reached, &mirror->aim) ||
                         steady >= mirror->again;
    if (seek(mirror, fault) != 0) {
        begin_round(mirror);
        return -1;
    }
    if (mirror->census)
        mirror->next_census = steady + CENSUS_MS;
    mirror->looked = true;
    if (mirror->job_count == 0 && (mirror->seek_newer || mirror->seek_stale))
        end_round(mirror);
    return 0;
}

void mirror_drop(struct mirror *mirror)
{
    if (mirror_behind(mirror) > 0)
        mirror->looked = false;
    begin_round(mirror);
}

void mirror_forget(struct mirror *mirror, const char *figure)
{
    checkpoint_forget(&mirror->reached, figure);
}

static int build(struct mirror *mirror, const struct job *job, struct fault *fault)
{
    struct timeline *timeline = &mirror->timeline;
    if (ledger_read_timeline(mirror->ledger, job->series, job->figure->kind, timeline, fault) != 0)
        return -1;
    return rrd_store_write(mirror->store, job->name, job->figure, timeline, mirror->now, fault);
}

void mirror_work(struct mirror *mirror, int64_t budget_ms)
{
    if (mirror_behind(mirror) == 0)
        return;
    int64_t end = clock_steady_ms(mirror->log->clock) + budget_ms;
    do {
        struct fault fault = { 0 };
        const struct job *job = &mirror->jobs[mirror->next_job++];
        if (build(mirror, job, &fault) == 0)
            mirror->built++;
        else
            report_failure(mirror, job, &fault);
    } while (mirror_behind(mirror) > 0 && clock_steady_ms(mirror->log->clock) < end);
    if (mirror_behind(mirror) == 0)
        end_round(mirror);
}

size_t mirror_behind(const struct mirror *mirror)
{
    return mirror->job_count - mirror->next_job;
}

struct mirror_tally mirror_tally(const struct mirror *mirror)
{
    return (struct mirror_tally){ .behind = mirror_behind(mirror),
                                  .lacking = mirror->reached.lack_count,
                                  .built = mirror->built,
                                  .failed = mirror->failed,
                                  .put_down = mirror->checkpoint_words == 0 };
}
