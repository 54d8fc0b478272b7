/* Failing disks for tests: the N-th call that changes something below a folder fails, or kills the process.

   Loaded with LD_PRELOAD. Nothing happens until `fault_arm` is called. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char below[4096];
static long left = -1;  /* calls until the fault; below 0: none */
static long seen;       /* calls that would have counted */
static int wanted;      /* the error, or 0 for a kill */
static int lasting;     /* whether all calls after it fail, too */

void fault_arm(const char *folder, long at, int error, int stays) {
    strncpy(below, folder, sizeof below - 1);
    left = at, wanted = error, lasting = stays, seen = 0;
}

long fault_seen(void) { return seen; }

static int concerns(const char *path) { return below[0] && path && strncmp(path, below, strlen(below)) == 0; }

static int concerns_fd(int fd) {
    char link[64], path[4096];
    if (!below[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return concerns(path);
}

static int strikes(int concerned) {
    if (!concerned) return 0;
    seen++;
    if (left < 0) return 0;
    if (left > 0) return left--, 0;
    if (!wanted) kill(getpid(), SIGKILL);
    if (!lasting) left = -1;
    errno = wanted;
    return 1;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t n) { REAL(write); return strikes(concerns_fd(fd)) ? -1 : real(fd, data, n); }
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { REAL(pwrite); return strikes(concerns_fd(fd)) ? -1 : real(fd, data, n, at); }
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) { REAL(pwrite64); return strikes(concerns_fd(fd)) ? -1 : real(fd, data, n, at); }
int fsync(int fd) { REAL(fsync); return strikes(concerns_fd(fd)) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return strikes(concerns_fd(fd)) ? -1 : real(fd); }
int ftruncate(int fd, off_t n) { REAL(ftruncate); return strikes(concerns_fd(fd)) ? -1 : real(fd, n); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); return strikes(concerns_fd(fd)) ? -1 : real(fd, n); }
int rename(const char *a, const char *b) { REAL(rename); return strikes(concerns(b)) ? -1 : real(a, b); }
int unlink(const char *path) { REAL(unlink); return strikes(concerns(path)) ? -1 : real(path); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir); return strikes(concerns(path)) ? -1 : real(path, mode); }
int rmdir(const char *path) { REAL(rmdir); return strikes(concerns(path)) ? -1 : real(path); }

static int made(int flags) { return flags & (O_CREAT | O_TRUNC); }
int open(const char *path, int flags, ...) {
    REAL(open);
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more);
    return made(flags) && strikes(concerns(path)) ? -1 : real(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    REAL(open64);
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more);
    return made(flags) && strikes(concerns(path)) ? -1 : real(path, flags, mode);
}
