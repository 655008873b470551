#include "confine/call_filter.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/format.h"
#include "confine/channel.h"
#include "confine/sanitized.h"

namespace gavah::confine {
namespace {

constexpr std::size_t kMaxProgramBytes = 64U << 10U;  // the kernel takes 4,096 instructions of 8 bytes

/// Work on memory, the socket, and the end. None takes a path, makes a descriptor, or reaches another process.
constexpr std::array kAllowed{
    SCMP_SYS(read),         SCMP_SYS(write),     SCMP_SYS(munmap),         SCMP_SYS(mremap),
    SCMP_SYS(brk),          SCMP_SYS(madvise),   SCMP_SYS(futex),          SCMP_SYS(exit),
    SCMP_SYS(exit_group),   SCMP_SYS(getpid),    SCMP_SYS(gettid),         SCMP_SYS(sched_yield),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(getrandom), SCMP_SYS(rt_sigprocmask), SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday), SCMP_SYS(poll),      SCMP_SYS(restart_syscall)};

/// What libraries ask in passing. Refused, so that a question is not the end of the item.
constexpr std::array kRefused{
    SCMP_SYS(open),       SCMP_SYS(openat),     SCMP_SYS(stat),         SCMP_SYS(fstat),
    SCMP_SYS(newfstatat), SCMP_SYS(lstat),      SCMP_SYS(statx),        SCMP_SYS(access),
    SCMP_SYS(faccessat),  SCMP_SYS(faccessat2), SCMP_SYS(readlink),     SCMP_SYS(close),
    SCMP_SYS(lseek),      SCMP_SYS(fcntl),      SCMP_SYS(ioctl),        SCMP_SYS(getcwd),
    SCMP_SYS(uname),      SCMP_SYS(sysinfo),    SCMP_SYS(rt_sigaction), SCMP_SYS(tgkill),
    SCMP_SYS(prlimit64),  SCMP_SYS(getrlimit),  SCMP_SYS(getrusage),    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getuid),     SCMP_SYS(geteuid),    SCMP_SYS(getgid),       SCMP_SYS(getegid)};

/// What the runtimes of sanitizers need besides; whether memory can be read they try with a pipe.
constexpr std::array kSanitizerCalls{SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigaction),    SCMP_SYS(prctl),
                                     SCMP_SYS(nanosleep),   SCMP_SYS(clock_nanosleep), SCMP_SYS(getrusage),
                                     SCMP_SYS(pipe),        SCMP_SYS(pipe2),           SCMP_SYS(close)};

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

int allow_when(scmp_filter_ctx filter, int call, const scmp_arg_cmp& condition) {
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &condition);
}

int add_conditional_rules(scmp_filter_ctx filter) {
  // No memory that can be run: code that a hostile file brings has nowhere to stand.
  const scmp_arg_cmp not_executable{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    if (const int done = allow_when(filter, call, not_executable); done != 0) return done;
  }
  // On the socket it has, to the one at its other end.
  return allow_when(filter, SCMP_SYS(sendto), {4, SCMP_CMP_EQ, 0, 0});
}

int add_rules(scmp_filter_ctx filter) {
  if (const int done = add_conditional_rules(filter); done != 0) return done;
  for (const int call : kAllowed) {
    if (const int done = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0); done != 0) return done;
  }
  for (const int call : kSanitizerCalls) {
    if (!kSanitized) break;
    if (const int done = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0); done != 0) return done;
  }
  for (const int call : kRefused) {
    if (kSanitized && std::ranges::find(kSanitizerCalls, call) != kSanitizerCalls.end()) continue;
    if (const int done = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0); done != 0) return done;
  }
  return 0;
}

std::unexpected<Error> filter_error(int number) {
  return fail(ErrorCode::unavailable, format("the list of allowed system calls cannot be made: {}",
                                             std::strerror(number < 0 ? -number : number)));
}

}  // namespace

Result<CallFilter> CallFilter::compile() {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release);
  if (!filter) return filter_error(EINVAL);
  if (const int done = add_rules(filter.get()); done != 0) return filter_error(done);
  const Descriptor file(::memfd_create("filter", MFD_CLOEXEC));
  if (file.get() < 0) return filter_error(errno);
  if (const int done = seccomp_export_bpf(filter.get(), file.get()); done != 0) return filter_error(done);
  CallFilter out;
  out.program_.resize(kMaxProgramBytes);
  const ssize_t size = ::pread(file.get(), out.program_.data(), out.program_.size(), 0);
  if (size <= 0 || static_cast<std::size_t>(size) % sizeof(sock_filter) != 0) return filter_error(EINVAL);
  out.program_.resize(static_cast<std::size_t>(size));
  return out;
}

int CallFilter::apply() const {
  sock_fprog program{};
  program.len = static_cast<unsigned short>(program_.size() / sizeof(sock_filter));
  program.filter = reinterpret_cast<sock_filter*>(const_cast<char*>(program_.data()));
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ? 0 : errno;
}

}  // namespace gavah::confine
