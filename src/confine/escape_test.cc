// What a worker could do if a hostile file took it over: nothing, one system call after the other.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <set>

#include "base/format.h"
#include "confine/confine.h"
#include "confine/lockdown.h"
#include "confine/sanitized.h"

namespace gavah::confine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr long kLastCall = 470;  // beyond the newest of Linux 6.18

/// Makes the system call that the request names, with its six arguments (a text among them is a path), and tells what
/// came of it: "0" or more for done, the errno below zero else.
Result<void> run_call(std::string_view request, Inside& inside) {
  FlatReader in(request);
  const auto number = static_cast<long>(in.number());
  const std::string path(in.text());
  std::array<long, 6> words{};
  for (long& word : words) word = static_cast<long>(in.signed_number());
  for (long& word : words) {
    if (word == INT64_MIN) word = reinterpret_cast<long>(path.c_str());
  }
  errno = 0;
  const long got = ::syscall(number, words[0], words[1], words[2], words[3], words[4], words[5]);
  return inside.emit(FlatWriter().signed_number(got < 0 ? -errno : got).take());
}

constexpr std::int64_t kPath = INT64_MIN;

Workers& workers() {
  static const auto made = Workers::start({{"call", run_call}}, {.wait_ms = 2000});
  EXPECT_TRUE(made) << made.error().sentence();
  return **made;
}

/// What came of a call; nothing when the worker did not live to tell.
struct Attempt {
  std::optional<std::int64_t> gave;
  std::string lost;
  bool was_refused() const { return lost.find("forbidden system call") != std::string::npos || gave == -EACCES; }
};

Attempt attempt(long number, std::string_view path, std::array<std::int64_t, 6> words) {
  FlatWriter request;
  request.number(static_cast<std::uint64_t>(number)).text(path);
  for (const std::int64_t word : words) request.signed_number(word);
  Attempt out;
  const auto done = workers().run("call", request.str(), MemorySource(""),
                                  {[&](std::string_view message) -> Result<void> {
                                     FlatReader in(message);
                                     out.gave = in.signed_number();
                                     return {};
                                   },
                                   [&] { out.gave.reset(); }});
  EXPECT_TRUE(done) << done.error().sentence();
  if (done && done->lost) out.lost = *done->lost;
  return out;
}

TEST(Escape, EverySystemCallButThoseOnMemoryAndTheSocketIsRefused) {
  // With all arguments zero these do nothing, fail, or end the worker; none touches anything beyond it.
  const std::set<long> harmless{
      SYS_read,         SYS_write,     SYS_munmap,         SYS_mremap,         SYS_brk,    SYS_madvise,
      SYS_futex,        SYS_exit,      SYS_exit_group,     SYS_getpid,         SYS_gettid, SYS_mmap,
      SYS_rt_sigreturn, SYS_getrandom, SYS_rt_sigprocmask, SYS_mprotect,       SYS_sendto, SYS_clock_gettime,
      SYS_gettimeofday, SYS_poll,      SYS_sched_yield,    SYS_restart_syscall};
  const std::set<long> of_sanitizers{SYS_sigaltstack, SYS_rt_sigaction, SYS_prctl, SYS_nanosleep, SYS_clock_nanosleep,
                                     SYS_getrusage,   SYS_pipe,         SYS_pipe2, SYS_close};
  // Linux 6.14 and later let these two past every filter; outside of a debugger's trampoline they do nothing.
  constexpr long kUretprobe = 335;
  constexpr long kUprobe = 336;
  std::size_t refused = 0;
  for (long number = 0; number <= kLastCall; ++number) {
    if (number == kUretprobe || number == kUprobe || harmless.contains(number) ||
        (kSanitized && of_sanitizers.contains(number)))
      continue;
    const Attempt made = attempt(number, "", {});
    EXPECT_TRUE(made.was_refused()) << "call " << number << " gave " << made.gave.value_or(0) << " " << made.lost;
    if (made.was_refused()) ++refused;
  }
  EXPECT_GE(refused, 425U);
}

TEST(Escape, NoPathCanBeOpened) {
  const std::vector<std::string> paths{"/",
                                       ".",
                                       "..",
                                       "/etc/passwd",
                                       "/etc/shadow",
                                       "/etc/hosts",
                                       "/proc/self/mem",
                                       "/proc/self/environ",
                                       "/proc/self/maps",
                                       "/proc/self/fd/0",
                                       "/proc/1/environ",
                                       "/proc/1/root/etc/passwd",
                                       "/proc/self/root/etc/passwd",
                                       "/proc/self/cwd",
                                       "/proc/sys/kernel/core_pattern",
                                       "/dev/null",
                                       "/dev/zero",
                                       "/dev/mem",
                                       "/dev/kmsg",
                                       "/dev/tty",
                                       "/dev/shm/x",
                                       "/dev/shm",
                                       "/tmp",
                                       "/tmp/x",
                                       "/var/tmp/x",
                                       "/run/x",
                                       "/sys",
                                       "/sys/kernel",
                                       "/root/.ssh/id_ed25519",
                                       "/home",
                                       "/usr/lib",
                                       "/lib64",
                                       "/bin/sh",
                                       "/usr/bin/env",
                                       "/var/run/docker.sock",
                                       "/etc/ssl/openssl.cnf",
                                       "/etc/localtime",
                                       "/usr/share/zoneinfo/UTC",
                                       "/boot",
                                       "/mnt",
                                       "/media",
                                       "/srv",
                                       "/opt",
                                       "keys/log",
                                       "../keys/log",
                                       "ledger.sqlite",
                                       "/etc/../etc/passwd",
                                       "//etc/passwd",
                                       "\xff\xfe",
                                       "/proc/self/exe"};
  ASSERT_GE(paths.size(), 50U);
  for (const std::string& path : paths) {
    for (const std::int64_t flags : {O_RDONLY, O_RDWR | O_CREAT, O_PATH, O_TMPFILE | O_RDWR}) {
      EXPECT_TRUE(attempt(SYS_openat, path, {AT_FDCWD, kPath, flags, 0600, 0, 0}).was_refused())
          << path << " " << flags;
    }
    EXPECT_TRUE(attempt(SYS_open, path, {kPath, O_RDONLY, 0, 0, 0, 0}).was_refused()) << path;
    EXPECT_TRUE(attempt(SYS_access, path, {kPath, 0, 0, 0, 0, 0}).was_refused()) << path;
  }
  EXPECT_TRUE(attempt(SYS_execve, "/bin/sh", {kPath, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_unlink, "/tmp/x", {kPath, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_openat2, "/tmp/x", {AT_FDCWD, kPath, 0, 0, 0, 0}).was_refused());
}

TEST(Escape, NoSocketCanBeMade) {
  for (int family = 0; family < 46; ++family) {
    for (const std::int64_t type : {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET}) {
      if (type != SOCK_STREAM && family > 3) continue;
      EXPECT_TRUE(attempt(SYS_socket, "", {family, type, 0, 0, 0, 0}).was_refused()) << family;
    }
  }
}

TEST(Escape, NoProcessCanBeMadeReachedOrTraced) {
  EXPECT_TRUE(attempt(SYS_clone, "", {SIGCHLD, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_clone, "", {CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_kill, "", {::getpid(), 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_kill, "", {-1, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_tgkill, "", {::getppid(), ::getppid(), 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_ptrace, "", {16, ::getpid(), 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_process_vm_readv, "", {::getpid(), 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_pidfd_open, "", {::getpid(), 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_prlimit64, "", {::getpid(), 7, 0, 0, 0, 0}).was_refused());
}

TEST(Escape, NoMemoryCanBeRun) {
  constexpr std::int64_t kPage = 4096;
  EXPECT_TRUE(
      attempt(SYS_mmap, "", {0, kPage, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_mprotect, "", {0, kPage, PROT_READ | PROT_WRITE | PROT_EXEC, 0, 0, 0}).was_refused());
}

TEST(Escape, NothingIsSentToAnAddress) {
  EXPECT_TRUE(attempt(SYS_sendto, "address", {0, kPath, 1, 0, kPath, 16}).was_refused());
  EXPECT_TRUE(attempt(SYS_sendmsg, "", {0, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_memfd_create, "x", {kPath, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_io_uring_setup, "", {8, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_bpf, "", {0, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_userfaultfd, "", {0, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_add_key, "user", {kPath, kPath, kPath, 4, -1, 0}).was_refused());
}

/// Runs `tries` in a process that Landlock alone confines, and gives how many of them it did.
int done_under_landlock(const std::function<int()>& tries) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) ::_exit(100);
    Protection protection;
    ::_exit(give_up_files(ends[0], protection) ? tries() : 101);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 102;
}

TEST(Escape, LandlockAloneKeepsFilesClosed) {
  EXPECT_EQ(done_under_landlock([] {
              int opened = 0;
              for (const char* path : {"/", "/etc/passwd", "/proc/self/maps", "/dev/null", "/tmp", "/usr/bin/env"}) {
                opened += ::open(path, O_RDONLY) >= 0 ? 1 : 0;
              }
              opened += ::open("/tmp/gavah-escape", O_RDWR | O_CREAT, 0600) >= 0 ? 1 : 0;
              opened += ::mkdir("/tmp/gavah-escape-folder", 0700) == 0 ? 1 : 0;
              return opened;
            }),
            0);
}

/// What start() says in a process in which one system call does not exist.
std::string start_without(std::uint32_t call) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    std::array<sock_filter, 4> program{sock_filter{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
                                       sock_filter{BPF_JMP | BPF_JEQ | BPF_K, 0, 1, call},
                                       sock_filter{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | ENOSYS},
                                       sock_filter{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}};
    const sock_fprog filter{program.size(), program.data()};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
    const auto made = Workers::start({{"call", run_call}});
    const std::string said = made ? "started" : made.error().sentence();
    ::_exit(::write(ends[1], said.data(), said.size()) > 0 ? 0 : 1);
  }
  ::close(ends[1]);
  std::string said(500, '\0');
  const ssize_t got = ::read(ends[0], said.data(), said.size());
  said.resize(static_cast<std::size_t>(std::max<ssize_t>(0, got)));
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return said;
}

TEST(Escape, WithoutLandlockOrSeccompNothingStarts) {
  EXPECT_THAT(start_without(444), HasSubstr("no Landlock"));
  EXPECT_THAT(start_without(446), HasSubstr("Landlock cannot be set up"));
  EXPECT_THAT(start_without(SYS_seccomp), HasSubstr("cannot be"));
  EXPECT_THAT(start_without(SYS_prlimit64), Not(HasSubstr("started")));
  EXPECT_EQ(start_without(SYS_unshare), "started");
}

TEST(Escape, WithoutNamespacesTheRestHolds) {
  // As in a container that forbids them: what is tried above is refused by seccomp and Landlock, not by namespaces.
  const Protection& protection = workers().protection();
  EXPECT_THAT(protection.sentence(), HasSubstr("seccomp, Landlock"));
  EXPECT_TRUE(attempt(SYS_unshare, "", {CLONE_NEWUSER, 0, 0, 0, 0, 0}).was_refused());
  EXPECT_TRUE(attempt(SYS_setns, "", {0, 0, 0, 0, 0, 0}).was_refused());
}

}  // namespace
}  // namespace gavah::confine
