/* SPDX-License-Identifier: MIT */
/* web_passwords.h - checks users' passwords and remembers the results */
#ifndef ALMANAC_WEB_PASSWORDS_H
#define ALMANAC_WEB_PASSWORDS_H

#include "web_config.h"

struct web_passwords;

enum web_verdict { WEB_UNKNOWN, WEB_RIGHT, WEB_WRONG };

/* The users are borrowed. Thread-safe. */
struct web_passwords *web_passwords_new(const struct web_user *users, size_t count,
                                        struct fault *fault);
void web_passwords_free(struct web_passwords *passwords);

/* The result of an earlier check; never blocks. */
enum web_verdict web_passwords_recall(struct web_passwords *passwords, const char *name,
                                      const char *password);

/* Takes as long as bcrypt, for an unknown user as long as for the first. Remembers right verdicts
 * per user, and the last wrong ones of all users together. */
enum web_verdict web_passwords_check(struct web_passwords *passwords, const char *name,
                                     const char *password);

#endif
