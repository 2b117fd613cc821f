/* SPDX-License-Identifier: MIT */
/* ledger_place.c - checks that the open file is still the ledger, whole and of this version */
#include "ledger_private.h"
#include "ledger_schema.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

/* SQLite's file format: the first bytes of a database, and the offset of its size. */
#define MAGIC "SQLite format 3"
enum { HEADER = 100, PAGE_SIZE_AT = 16, PAGE_COUNT_AT = 28 };

static int64_t read_number(const unsigned char *bytes, size_t size)
{
    int64_t number = 0;
    for (size_t i = 0; i < size; i++)
        number = number << 8 | bytes[i];
    return number;
}

/* Uses SQLite's descriptor: closing any other descriptor would release its locks on the file. */
static int read_header(struct ledger *ledger, unsigned char *header, struct fault *fault)
{
    struct sqlite3_file *file = NULL;
    sqlite3_file_control(ledger->db, NULL, SQLITE_FCNTL_FILE_POINTER, &file);
    int code = file == NULL ? SQLITE_CANTOPEN : file->pMethods->xRead(file, header, HEADER, 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) /* fills the rest with zeros */
        return fault_set(fault, "ledger %s: %s: %s", ledger->path, sqlite3_errstr(code),
                         strerror(errno));
    return 0;
}

static int64_t declared_size(const unsigned char *header)
{
    int64_t page_size = read_number(header + PAGE_SIZE_AT, 2);
    return read_number(header + PAGE_COUNT_AT, 4) * (page_size == 1 ? 65536 : page_size);
}

/* VACUUM also shrinks the file, and then its header agrees. The header alone is not enough: while a
 * checkpoint grows the file, the header is ahead of it. */
static int check_size(struct ledger *ledger, int64_t size, struct fault *fault)
{
    unsigned char header[HEADER];
    if (read_header(ledger, header, fault) != 0)
        return -1;
    bool begins = memcmp(header, MAGIC, sizeof MAGIC) == 0;
    int64_t whole = begins && size >= HEADER ? declared_size(header) : ledger->size;
    if (size < ledger->size && size < whole)
        return fault_set(fault, "ledger %s: the file is cut off: %lld bytes, of at least %lld",
                         ledger->path, (long long)size, (long long)whole);
    if (!begins)
        return fault_set(fault, "ledger %s: the file's beginning is overwritten", ledger->path);
    ledger->size = size;
    return 0;
}

int ledger_in_place(struct ledger *ledger, struct fault *fault)
{
    int moved = 0;
    sqlite3_file_control(ledger->db, NULL, SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved)
        return fault_set(fault, "ledger %s: the file has been moved, replaced or deleted",
                         ledger->path);
    struct stat file;
    if (stat(ledger->path, &file) != 0)
        return fault_set(fault, "ledger %s: %s", ledger->path, strerror(errno));
    return check_size(ledger, file.st_size, fault);
}

int64_t ledger_data_version(struct ledger *ledger, struct fault *fault)
{
    int64_t version = -1;
    struct sqlite3_stmt *row = ledger_statement(ledger, VERSION, fault);
    if (row == NULL || ledger_step_number(ledger, row, &version, fault) != 1)
        return -1;
    if (version == ledger->version)
        return version;
    if (ledger_schema_check(ledger->db, false, fault) != 0)
        return fault_at(fault, "ledger %s: ", ledger->path);
    ledger->version = version;
    return version;
}
