/* SPDX-License-Identifier: MIT */
/* child.c - runs another program on some bytes, within limits */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COMPLAINT = 4096, CANNOT_RUN = 127 };
enum { INPUT, OUTPUT, ERROR, PIPES };

struct run {
    const struct child *child;
    pid_t pid;
    int process;     /* readable when it has ended; -1: that is known */
    int ends[PIPES]; /* ours; -1: closed */
    size_t written;
    int64_t deadline; /* steady milliseconds */
    struct text *output;
    size_t output_before;
    struct text complaint;
};

/* From here to exec only async-signal-safe calls are allowed. */

static void limit(int resource, int64_t soft, int64_t hard)
{
    struct rlimit both = { (rlim_t)soft, (rlim_t)hard };
    setrlimit((__rlimit_resource_t)resource, &both);
}

/* Other calling conventions of the machine have their own system call numbers. */
#if defined __x86_64__
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
#define NATIVE_ARCH AUDIT_ARCH_RISCV64
#endif
#define X32_BIT 0x40000000

#define FORBID_IF(compare, number)                                                                 \
    BPF_JUMP(BPF_JMP | (compare) | BPF_K, (number), 0, 1),                                         \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

static void forbid_sockets(void)
{
    struct sock_filter rules[] = {
#ifdef NATIVE_ARCH
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
#endif
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        FORBID_IF(BPF_JGE, X32_BIT),
        FORBID_IF(BPF_JEQ, SYS_socket),
        FORBID_IF(BPF_JEQ, SYS_io_uring_setup),
#ifdef SYS_socketcall /* how some machines, i386 and s390x among them, ask for a socket, too */
        FORBID_IF(BPF_JEQ, SYS_socketcall),
#endif
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { sizeof rules / sizeof *rules, rules };
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static void become(const struct child *child, const int theirs[PIPES])
{
    static char *const nothing[] = { NULL };
    sigset_t none;
    sigemptyset(&none);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* of the thread that waits for it */
    for (int i = 0; i < PIPES; i++)
        dup2(theirs[i], i);
    close_range(PIPES, ~0U, 0);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    limit(RLIMIT_CPU, child->seconds, child->seconds + 1); /* SIGXCPU tells what it was */
    limit(RLIMIT_FSIZE, 0, 0);
    limit(RLIMIT_CORE, 0, 0);
    forbid_sockets();
    limit(RLIMIT_AS, child->memory, child->memory);
    execvpe(child->argv[0], (char *const *)(uintptr_t)child->argv, nothing);
    static const char words[] = "it cannot be run; is it installed?\n";
    if (write(ERROR, words, sizeof words - 1) > 0)
        _exit(CANNOT_RUN);
    _exit(CANNOT_RUN);
}

static void close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

/* theirs: the child's ends, which are closed here after the fork. */
static int start(struct run *run, struct fault *fault)
{
    int theirs[PIPES] = { -1, -1, -1 }, failed = 0;
    for (int i = 0; i < PIPES && !failed; i++) {
        int both[2];
        /* A socket, since a write to one without a reader can avoid SIGPIPE. */
        failed = i == INPUT ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both)
                            : pipe2(both, O_CLOEXEC);
        if (failed)
            break;
        run->ends[i] = both[0];
        theirs[i] = both[1];
        fcntl(run->ends[i], F_SETFL, O_NONBLOCK);
    }
    run->pid = failed ? -1 : fork();
    if (run->pid == 0)
        become(run->child, theirs);
    int error = errno;
    for (int i = 0; i < PIPES; i++)
        close_end(&theirs[i]);
    if (run->pid > 0) {
        setpgid(run->pid, run->pid); /* in parent and child, whichever is first */
        run->process = (int)syscall(SYS_pidfd_open, run->pid, 0);
        return 0;
    }
    return fault_set(fault, "cannot run %s: %s", run->child->argv[0], strerror(error));
}

static void feed(struct run *run)
{
    const struct child *child = run->child;
    ssize_t size = send(run->ends[INPUT], child->input + run->written,
                        child->input_size - run->written, MSG_NOSIGNAL);
    if (size > 0)
        run->written += (size_t)size;
    bool gone = size < 0 && errno != EAGAIN && errno != EINTR;
    if (gone || run->written == child->input_size)
        close_end(&run->ends[INPUT]);
}

static void listen_to(struct run *run, int which, struct text *text)
{
    char bytes[65536];
    ssize_t size = read(run->ends[which], bytes, sizeof bytes);
    if (size > 0)
        text_bytes(text, bytes, (size_t)size);
    else if (size == 0 || (errno != EAGAIN && errno != EINTR))
        close_end(&run->ends[which]);
}

static void hear_complaint(struct run *run)
{
    struct text more = { 0 };
    listen_to(run, ERROR, &more);
    size_t room = COMPLAINT - run->complaint.size;
    text_bytes(&run->complaint, more.size > 0 ? more.bytes : "",
               more.size < room ? more.size : room);
    text_free(&more);
}

/* 0 to continue, -1 with a fault if the child must be killed. */
static int attend(struct run *run, struct fault *fault)
{
    const struct child *child = run->child;
    int64_t left = run->deadline - clock_steady_ms(child->clock);
    struct pollfd wait[] = { { run->ends[INPUT], POLLOUT, 0 },
                             { run->ends[OUTPUT], POLLIN, 0 },
                             { run->ends[ERROR], POLLIN, 0 },
                             { run->process, POLLIN, 0 },
                             { child->interrupt, POLLIN, 0 } };
    if (left <= 0)
        return fault_set(fault, "it is not done within %lld s", (long long)child->seconds);
    if (poll(wait, sizeof wait / sizeof *wait, (int)left) <= 0)
        return 0;
    if (wait[INPUT].revents != 0)
        feed(run);
    if (wait[OUTPUT].revents != 0)
        listen_to(run, OUTPUT, run->output);
    if (wait[ERROR].revents != 0)
        hear_complaint(run);
    if (wait[PIPES].revents != 0)
        close_end(&run->process);
    if (run->output->size - run->output_before > (size_t)child->output)
        return fault_set(fault, "it says more than %lld bytes", (long long)child->output);
    return wait[PIPES + 1].revents == 0 ? 0 : fault_set(fault, "it was stopped before it was done");
}

/* Strips the program's name, with which most prefix their messages. */
static const char *complaint_of(const struct run *run)
{
    const char *words = run->complaint.size > 0 ? run->complaint.bytes : "";
    size_t name = strlen(run->child->argv[0]);
    bool named = strncmp(words, run->child->argv[0], name) == 0 && words[name] == ':';
    return named ? words + name + 1 + strspn(words + name + 1, " ") : words;
}

/* Describes the end in words. */
static int judge(struct run *run, int status, struct fault *fault)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        if (run->child->remarks != NULL && run->complaint.size > 0)
            text_bytes(run->child->remarks, run->complaint.bytes, run->complaint.size);
        return 0;
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return fault_set(fault, "it is not done within %lld s of the processor's time",
                         (long long)run->child->seconds);
    const char *words = complaint_of(run);
    if (words[0] != '\0')
        return fault_set(fault, "%.*s", (int)strcspn(words, "\n"), words);
    if (WIFSIGNALED(status))
        return fault_set(fault, "it was ended by signal %d (%s)", WTERMSIG(status),
                         strsignal(WTERMSIG(status)));
    return fault_set(fault, "it ended with status %d and no word", WEXITSTATUS(status));
}

/* Waits for the end, and ends any descendants before the pid can be reused. */
static int reap(const struct run *run)
{
    siginfo_t end;
    int status = 0;
    while (waitid(P_PID, (id_t)run->pid, &end, WEXITED | WNOWAIT) < 0 && errno == EINTR)
        ;
    kill(-run->pid, SIGKILL);
    while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

int child_run(const struct child *child, struct text *output, struct fault *fault)
{
    struct run run = { .child = child,
                       .process = -1,
                       .ends = { -1, -1, -1 },
                       .deadline = clock_steady_ms(child->clock) + child->seconds * 1000,
                       .output = output,
                       .output_before = output->size };
    struct fault ours = { 0 };
    int status = 0;
    int failed = start(&run, &ours);
    while (!failed && (run.ends[OUTPUT] >= 0 || run.ends[ERROR] >= 0 || run.process >= 0))
        failed = attend(&run, &ours);
    if (failed && run.pid > 0)
        kill(-run.pid, SIGKILL);
    if (run.pid > 0)
        status = reap(&run);
    close_end(&run.process);
    for (int i = 0; i < PIPES; i++)
        close_end(&run.ends[i]);
    if (!failed)
        failed = judge(&run, status, &ours);
    if (failed)
        fault_set(fault, "%s: %s", child->argv[0], ours.text);
    text_free(&run.complaint);
    return failed;
}
