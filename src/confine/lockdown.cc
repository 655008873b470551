#include "confine/lockdown.h"

#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/format.h"
#include "confine/sanitized.h"

namespace gavah::confine {
namespace {

/// What Landlock is told to take away: Documentation/userspace-api/landlock.rst, struct landlock_ruleset_attr.
struct Rights {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scopes = 0;
};

constexpr long kCreateRuleset = 444;  // landlock_create_ruleset, on every architecture
constexpr long kRestrictSelf = 446;   // landlock_restrict_self
constexpr std::uint32_t kAskVersion = 1;
constexpr int kMaxOpenFiles = 16;

constexpr std::uint64_t low_bits(unsigned count) { return (std::uint64_t{1} << count) - 1; }

/// Every right that this version of Landlock knows; those of later versions are unknown here, and seccomp refuses them.
Rights rights_of(std::uint32_t abi) {
  Rights out;
  out.files = low_bits(13);
  if (abi >= 2) out.files = low_bits(14);   // moving files between folders
  if (abi >= 3) out.files = low_bits(15);   // cutting files
  if (abi >= 5) out.files = low_bits(16);   // ioctl on devices
  if (abi >= 4) out.network = low_bits(2);  // TCP: bind, connect
  if (abi >= 6) out.scopes = low_bits(2);   // abstract sockets and signals beyond the domain
  return out;
}

std::size_t attribute_bytes(std::uint32_t abi) { return abi >= 6 ? 24 : abi >= 4 ? 16 : 8; }

Result<std::uint32_t> restrict_files() {
  const long abi = ::syscall(kCreateRuleset, nullptr, 0, kAskVersion);
  if (abi < 1) {
    return fail(
        ErrorCode::unavailable,
        format("this system has no Landlock, which keeps a reader away from files ({}); Linux 5.13 or newer has it",
               std::strerror(errno)));
  }
  const auto version = static_cast<std::uint32_t>(abi);
  const Rights rights = rights_of(version);
  const long rules = ::syscall(kCreateRuleset, &rights, attribute_bytes(version), 0);
  if (rules < 0 || ::syscall(kRestrictSelf, rules, 0) != 0) {
    return fail(ErrorCode::unavailable, format("Landlock cannot be set up: {}", std::strerror(errno)));
  }
  ::close(static_cast<int>(rules));
  return version;
}

int set_limit(int resource, std::uint64_t value) {
  rlimit before{};
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &before) != 0) return errno;
  const rlim_t both = std::min<rlim_t>(value, before.rlim_max);
  const rlimit after{both, both};
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &after) == 0 ? 0 : errno;
}

/// No capability, in any set, so that being root is worth nothing.
int drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> none{};
  return ::syscall(SYS_capset, &header, none.data()) == 0 ? 0 : errno;
}

void empty_environment() {
  for (char** word = environ; word != nullptr && *word != nullptr; ++word) {
    volatile char* byte = *word;
    while (*byte != '\0') *byte++ = '\0';
  }
  ::clearenv();
}

}  // namespace

Protection enter_namespaces() {
  Protection out;
  if (::unshare(CLONE_NEWUSER) == 0) out.own_user_namespace = true;
  if (::unshare(CLONE_NEWNET) == 0) out.own_network_namespace = true;
  if (::unshare(CLONE_NEWIPC | CLONE_NEWPID) == 0) out.own_process_namespace = true;
  return out;
}

Result<void> give_up_files(int keep, Protection& protection) {
  close_all_but(keep);
  empty_environment();
  int failed = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : errno;
  if (failed == 0) failed = ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : errno;
  for (const auto& [resource, value] :
       {std::pair{RLIMIT_CORE, 0}, std::pair{RLIMIT_FSIZE, 0}, std::pair{RLIMIT_NOFILE, kMaxOpenFiles}}) {
    if (failed == 0) failed = set_limit(resource, static_cast<std::uint64_t>(value));
  }
  if (failed == 0) failed = drop_capabilities();
  if (failed != 0) {
    return fail(ErrorCode::unavailable, format("a reader cannot be limited: {}", std::strerror(failed)));
  }
  GAVAH_ASSIGN(protection.landlock_abi, restrict_files());
  return {};
}

int limit_worker(std::uint64_t memory_bytes, std::uint64_t cpu_seconds) {
  int failed = set_limit(RLIMIT_NPROC, 0);
  if (failed == 0) failed = set_limit(RLIMIT_CPU, cpu_seconds);
  if (failed == 0 && !kSanitized) failed = set_limit(RLIMIT_AS, memory_bytes);
  return failed;
}

void close_all_but(int keep) {
  const auto close_range = [](unsigned first, unsigned last) {
    if (first <= last && ::syscall(SYS_close_range, first, last, 0) != 0) {
      constexpr unsigned kMostDescriptors = 65'536;  // kernels before 5.9 have no close_range; Landlock needs 5.13
      for (unsigned i = first; i <= last && i < kMostDescriptors; ++i) ::close(static_cast<int>(i));
    }
  };
  const auto kept = static_cast<unsigned>(keep);
  if (kept > 0) close_range(0, kept - 1);
  close_range(kept + 1, ~0U);
}

}  // namespace gavah::confine
