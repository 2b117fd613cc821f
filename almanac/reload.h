/* SPDX-License-Identifier: MIT */
/* reload.h - the reading of the configuration again: who asks for it, and how it went */
#ifndef ALMANAC_RELOAD_H
#define ALMANAC_RELOAD_H

#include "choice.h"
#include "clock.h"
#include "exposition.h"

struct reload;

/* For a program whose configuration has just been read; the clock is borrowed. */
struct reload *reload_open(const struct clock *clock);
void reload_close(struct reload *reload); /* NULL is allowed */

/* The program's main thread calls these around each reading. refusal: why the running
 * configuration is kept; NULL: the new one is in force. */
void reload_begin(struct reload *reload);
void reload_end(struct reload *reload, const struct fault *refusal);

/* Sends SIGHUP to this process and waits for the end of a reading that began afterwards. 0; -1 with
 * its refusal; 1 with a fault if the program is starting or stopping. Not for the main thread. */
int reload_ask(struct reload *reload, struct fault *fault);
/* The main thread waits for SIGHUP from now on; before, and after the stop, nobody waits for it. */
void reload_start(struct reload *reload);
void reload_stop(struct reload *reload);

/* Whether the last reading was good, and when one last was: families named by the program. */
void reload_write(struct reload *reload, struct exposition *out, struct choice *choice,
                  const char *successful, const char *seconds);

#endif
