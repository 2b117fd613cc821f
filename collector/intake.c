/* SPDX-License-Identifier: MIT */
/* intake.c - the queue of deliveries from any thread to the ledger's writer */
#include "intake.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static const char stopping[] = "the collector is stopping; nothing of it is recorded";

struct intake {
    pthread_mutex_t mutex;
    struct delivery *first, **end; /* the waiting deliveries */
    size_t waiting;
    bool stopped;
    struct settings *settings; /* a share, or NULL */
    int fd;
};

struct intake *intake_open(struct fault *fault)
{
    int fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (fd < 0) {
        fault_set(fault, "cannot make an eventfd: %s", strerror(errno));
        return NULL;
    }
    struct intake *intake = array_new(1, sizeof *intake);
    *intake = (struct intake){ .fd = fd };
    intake->end = &intake->first;
    pthread_mutex_init(&intake->mutex, NULL);
    return intake;
}

void intake_close(struct intake *intake)
{
    if (intake == NULL)
        return;
    close(intake->fd);
    settings_free(intake->settings);
    pthread_mutex_destroy(&intake->mutex);
    free(intake);
}

void intake_configure(struct intake *intake, struct settings *settings)
{
    pthread_mutex_lock(&intake->mutex);
    settings_free(intake->settings);
    intake->settings = settings_share(settings);
    pthread_mutex_unlock(&intake->mutex);
}

struct settings *intake_settings(struct intake *intake)
{
    pthread_mutex_lock(&intake->mutex);
    struct settings *settings = settings_share(intake->settings);
    pthread_mutex_unlock(&intake->mutex);
    return settings;
}

bool intake_put(struct intake *intake, struct delivery *delivery)
{
    pthread_mutex_lock(&intake->mutex);
    bool room = delivery->yields || intake->waiting < INTAKE_WAITING;
    if (intake->stopped)
        fault_set(&delivery->fault, "%s", stopping);
    else if (!room)
        fault_set(&delivery->fault, "too many reports wait to be recorded; try again shortly");
    bool taken = !intake->stopped && room;
    delivery->turned_away = !taken;
    if (taken) {
        delivery->next = NULL;
        *intake->end = delivery;
        intake->end = &delivery->next;
        intake->waiting++;
    }
    pthread_mutex_unlock(&intake->mutex);
    if (taken)
        eventfd_write(intake->fd, 1); /* where the counter is full, it is readable, too */
    return taken;
}

int intake_fd(const struct intake *intake)
{
    return intake->fd;
}

size_t intake_waiting(struct intake *intake)
{
    pthread_mutex_lock(&intake->mutex);
    size_t waiting = intake->waiting;
    pthread_mutex_unlock(&intake->mutex);
    return waiting;
}

static struct delivery *take_all(struct intake *intake, bool stop)
{
    eventfd_t count;
    pthread_mutex_lock(&intake->mutex);
    struct delivery *first = intake->first;
    intake->first = NULL;
    intake->end = &intake->first;
    intake->waiting = 0;
    intake->stopped |= stop;
    eventfd_read(intake->fd, &count);
    pthread_mutex_unlock(&intake->mutex);
    return first;
}

static void give_back(struct intake *intake, struct delivery *first)
{
    while (first != NULL) {
        struct delivery *delivery = first;
        first = first->next;
        delivery_wait(delivery, SIZE_MAX); /* the reader uses it until then */
        bool again = delivery->gave_way && delivery->fault.text[0] == '\0';
        delivery->gave_way = false;
        if (!again || !intake_put(intake, delivery))
            delivery->done(delivery);
    }
}

struct recording intake_record(struct intake *intake, struct ledger *ledger, int interrupt)
{
    struct delivery *first = take_all(intake, false);
    struct recording recording = record_deliveries(ledger, first, interrupt);
    give_back(intake, first);
    return recording;
}

void intake_stop(struct intake *intake)
{
    struct delivery *first = take_all(intake, true);
    for (struct delivery *delivery = first; delivery != NULL; delivery = delivery->next)
        fault_set(&delivery->fault, "%s", stopping);
    give_back(intake, first);
}
