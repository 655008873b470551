#include "confine/zygote.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/format.h"
#include "confine/call_filter.h"
#include "confine/lockdown.h"
#include "confine/worker.h"

namespace gavah::confine {
namespace {

enum class Order : std::uint32_t { fork_worker, end_worker };

struct Request {
  Order order = Order::fork_worker;
  pid_t worker = 0;
  std::uint64_t cpu_seconds = 0;
};

struct Answer {
  pid_t worker = 0;
  int status = 0;  ///< as waitpid gives it, or an errno of the order
};

/// The first answer of a zygote.
struct Report {
  Protection protection;
  bool failed = false;
  std::array<char, 240> why{};
};

/// One request, with the descriptor that may come with it. False at the end of the stream.
bool receive_request(int control, Request& request, Descriptor& socket) {
  iovec bytes{&request, sizeof request};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> room{};
  msghdr message{};
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  message.msg_control = room.data();
  message.msg_controllen = room.size();
  ssize_t got = -1;
  do got = ::recvmsg(control, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
  while (got < 0 && errno == EINTR);
  if (got != sizeof request) return false;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_type == SCM_RIGHTS) {
    int number = -1;
    std::memcpy(&number, CMSG_DATA(header), sizeof number);
    socket = Descriptor(number);
  }
  return true;
}

bool send_request(int control, const Request& request, int socket) {
  Request copy = request;
  iovec bytes{&copy, sizeof copy};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> room{};
  msghdr message{};
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  if (socket >= 0) {
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &socket, sizeof socket);
  }
  ssize_t put = -1;
  do put = ::sendmsg(control, &message, MSG_NOSIGNAL);
  while (put < 0 && errno == EINTR);
  return put == sizeof copy;
}

template <class T>
bool receive_whole(int control, T& value) {
  ssize_t got = -1;
  do got = ::recv(control, &value, sizeof value, MSG_WAITALL);
  while (got < 0 && errno == EINTR);
  return got == sizeof value;
}

template <class T>
bool send_whole(int control, const T& value) {
  return ::send(control, &value, sizeof value, MSG_NOSIGNAL) == sizeof value;
}

/// The zygote itself, in its own process.
class Forge {
 public:
  Forge(int control, const std::vector<Task>& tasks, const Limits& limits)
      : control_(control), tasks_(tasks), limits_(limits) {}

  [[noreturn]] void run(Report report) {
    ::setsid();  // what is typed at the terminal is for the program alone
    for (const Task& task : tasks_) {
      if (task.warm_up != nullptr) task.warm_up();
    }
    auto filter = CallFilter::compile();
    const auto done =
        filter ? give_up_files(control_, report.protection) : Result<void>(std::unexpected(filter.error()));
    if (!done) {
      report.failed = true;
      const std::string why = done.error().sentence();
      why.copy(report.why.data(), report.why.size() - 1);
    }
    if (!send_whole(control_, report) || !done) ::_exit(1);
    filter_ = &*filter;
    Request request;
    Descriptor socket;
    while (receive_request(control_, request, socket)) {
      const Answer answer =
          request.order == Order::fork_worker ? fork_worker(request, std::move(socket)) : end_worker(request.worker);
      if (!send_whole(control_, answer)) break;
    }
    for (const pid_t worker : workers_) ::kill(worker, SIGKILL);
    ::_exit(0);
  }

 private:
  Answer fork_worker(const Request& request, Descriptor socket) {
    const pid_t worker = ::fork();
    if (worker < 0) return {0, errno};
    if (worker == 0) {
      ::close(control_);
      run_worker(std::move(socket), tasks_, {*filter_, limits_.memory_bytes, request.cpu_seconds});
    }
    workers_.push_back(worker);
    return {worker, 0};
  }

  Answer end_worker(pid_t worker) {
    if (std::erase(workers_, worker) == 0) return {0, ESRCH};
    ::kill(worker, SIGKILL);  // of one that is ending already, the reason why stays
    int status = 0;
    pid_t got = -1;
    do got = ::waitpid(worker, &status, 0);
    while (got < 0 && errno == EINTR);
    return {worker, status};
  }

  int control_;
  const std::vector<Task>& tasks_;
  const Limits& limits_;
  const CallFilter* filter_ = nullptr;
  std::vector<pid_t> workers_;
};

/// Never returns: becomes the zygote, or makes it and ends.
[[noreturn]] void become_zygote(int control, const std::vector<Task>& tasks, const Limits& limits) {
  Report report;
  report.protection = enter_namespaces();
  // The first process of a new process namespace is the zygote: with it, all workers end.
  const pid_t zygote = ::fork();
  if (zygote == 0) Forge(control, tasks, limits).run(report);
  ::_exit(zygote > 0 ? 0 : 1);
}

std::unexpected<Error> gone() { return fail(ErrorCode::unavailable, "the process that makes workers is gone"); }

}  // namespace

Result<Zygote> Zygote::start(const std::vector<Task>& tasks, const Limits& limits) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail(ErrorCode::unavailable, format("workers cannot be reached: {}", std::strerror(errno)));
  }
  Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  const pid_t child = ::fork();
  if (child < 0) return fail(ErrorCode::unavailable, format("no process can be made: {}", std::strerror(errno)));
  if (child == 0) {
    ours.close();
    become_zygote(theirs.get(), tasks, limits);
  }
  theirs.close();
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  Report report;
  if (!receive_whole(ours.get(), report)) return gone();
  report.why.back() = '\0';
  if (report.failed) return fail(ErrorCode::unavailable, report.why.data());
  return Zygote(std::move(ours), report.protection);
}

Result<pid_t> Zygote::fork_worker(Descriptor socket, std::uint64_t cpu_seconds) {
  const std::lock_guard lock(*mutex_);
  Answer answer;
  if (!send_request(control_.get(), {Order::fork_worker, 0, cpu_seconds}, socket.get()) ||
      !receive_whole(control_.get(), answer)) {
    return gone();
  }
  if (answer.worker == 0) {
    return fail(ErrorCode::unavailable, format("a worker cannot be made: {}", std::strerror(answer.status)));
  }
  return answer.worker;
}

Result<int> Zygote::end_worker(pid_t worker) {
  const std::lock_guard lock(*mutex_);
  Answer answer;
  if (!send_request(control_.get(), {Order::end_worker, worker, 0}, -1) || !receive_whole(control_.get(), answer)) {
    return gone();
  }
  return answer.status;
}

}  // namespace gavah::confine
