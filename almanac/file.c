/* SPDX-License-Identifier: MIT */
/* file.c - reading, writing and replacing whole files */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int file_fault(struct fault *fault, const char *path)
{
    return fault_set(fault, "%s: %s", path, strerror(errno));
}

static int check_kind(const struct stat *about, const char *path, struct fault *fault)
{
    if (S_ISREG(about->st_mode))
        return 0;
    return fault_set(fault, "%s: %s; expected a regular file", path,
                     S_ISDIR(about->st_mode) ? "is a directory" : "is no regular file");
}

int file_check_kind(const char *path, struct fault *fault)
{
    struct stat about;
    return stat(path, &about) == 0 ? check_kind(&about, path, fault) : 0;
}

static int check(int fd, const char *path, size_t limit, struct fault *fault)
{
    struct stat about;
    if (fstat(fd, &about) != 0)
        return file_fault(fault, path);
    if (check_kind(&about, path, fault) != 0)
        return -1;
    if (limit != 0 && (size_t)about.st_size > limit)
        return fault_set(fault, "%s: has %lld bytes; expected at most %zu", path,
                         (long long)about.st_size, limit);
    return 0;
}

static int read_all(int fd, const char *path, struct text *text, struct fault *fault)
{
    char block[65536];
    ssize_t size;
    text_put(text, "");
    while ((size = read(fd, block, sizeof block)) != 0) {
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return file_fault(fault, path);
        text_bytes(text, block, (size_t)size);
    }
    return 0;
}

int file_read(const char *path, size_t limit, struct text *text, struct fault *fault)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* must not block on a FIFO */
    if (fd < 0)
        return file_fault(fault, path);
    int result = check(fd, path, limit, fault);
    if (result == 0)
        result = read_all(fd, path, text, fault);
    close(fd);
    return result;
}

static int write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        bytes += written;
        size -= (size_t)written;
    }
    return 0;
}

static int write_file(const char *path, const void *bytes, size_t size, bool sync,
                      struct fault *fault)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    int result = fd < 0 ? -1 : write_all(fd, bytes, size);
    if (result == 0 && sync)
        result = fsync(fd);
    if (result != 0)
        file_fault(fault, path);
    if (fd >= 0 && close(fd) != 0)
        result = file_fault(fault, path);
    return result;
}

int file_write(const char *path, const void *bytes, size_t size, struct fault *fault)
{
    return write_file(path, bytes, size, false, fault);
}

/* Syncs the folder, which holds the file's new name. Some file systems do not support this. */
static int sync_folder_of(const char *path, struct fault *fault)
{
    const char *slash = strrchr(path, '/');
    struct text folder = { 0 };
    text_bytes(&folder, slash == NULL ? "." : path, slash == NULL ? 1 : (size_t)(slash - path) + 1);
    int fd = open(folder.bytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL) ? 0 : file_fault(fault, path);
    if (fd >= 0)
        close(fd);
    text_free(&folder);
    return result;
}

int file_replace(const char *path, const void *bytes, size_t size, struct fault *fault)
{
    struct text beside = { 0 };
    text_printf(&beside, "%s.new", path);
    int result = write_file(beside.bytes, bytes, size, true, fault);
    if (result == 0 && rename(beside.bytes, path) != 0)
        result = file_fault(fault, path);
    if (result != 0)
        unlink(beside.bytes);
    text_free(&beside);
    return result == 0 ? sync_folder_of(path, fault) : -1;
}

int file_make_folder(const char *path, struct fault *fault)
{
    struct stat about;
    if (mkdir(path, 0755) == 0)
        return 0;
    if (errno != EEXIST)
        return fault_set(fault, "cannot make the folder %s: %s", path, strerror(errno));
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode)
               ? 0
               : fault_set(fault, "%s is no folder; expected one", path);
}

char *file_temporary(void)
{
    const char *folder = getenv("TMPDIR");
    return file_path(folder != NULL && *folder != '\0' ? folder : "/tmp", "almanac-XXXXXX");
}

char *file_path(const char *directory, const char *name)
{
    size_t size = strlen(directory) + strlen(name) + 2;
    char *path = array_new(size, 1);
    snprintf(path, size, "%s/%s", directory, name);
    return path;
}

const char *file_beside(const char *path, const char *stands_in, struct arena *arena)
{
    const char *slash = strrchr(stands_in, '/');
    if (path == NULL || path[0] == '/' || slash == NULL)
        return arena_string(arena, path);
    size_t folder = (size_t)(slash + 1 - stands_in);
    char *whole = arena_take(arena, folder + strlen(path) + 1, 1);
    memcpy(whole, stands_in, folder);
    strcpy(whole + folder, path);
    return whole;
}
