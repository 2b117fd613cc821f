/* SPDX-License-Identifier: MIT */
/* web_passwords.h - whether a user's password is right, and what is known of it already */
#ifndef ALMANAC_WEB_PASSWORDS_H
#define ALMANAC_WEB_PASSWORDS_H

#include "web_config.h"

struct web_passwords;

enum web_verdict { WEB_UNKNOWN, WEB_RIGHT, WEB_WRONG };

/* The users are borrowed. Safe from several threads. */
struct web_passwords *web_passwords_new(const struct web_user *users, size_t count,
                                        struct fault *fault);
void web_passwords_free(struct web_passwords *passwords);

/* At once: what an earlier check has found. */
enum web_verdict web_passwords_recall(struct web_passwords *passwords, const char *name,
                                      const char *password);

/* Takes as long as bcrypt does, for a user that there is not, too. Right verdicts are kept for each
 * user, the last of the wrong ones for all together. */
enum web_verdict web_passwords_check(struct web_passwords *passwords, const char *name,
                                     const char *password);

#endif
