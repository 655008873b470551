#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>

#include "base/check.h"
#include "base/format.h"
#include "confine/channel.h"
#include "confine/confine.h"
#include "confine/sanitized.h"
#include "confine/zygote.h"

namespace gavah::confine {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kHeadBytes = 256U << 10U;  // sent with the order: most items need no second message
/// CPU time of a worker's whole life, when its caller is no longer there to end it.
constexpr std::uint64_t kLifeSeconds = 600;

/// A live worker and the way to it.
struct Hand {
  pid_t number = 0;
  Channel channel;
  std::uint32_t items = 0;
  std::optional<std::uint64_t> task = {};  ///< the one that it does; none until it has done something
};

struct Job {
  std::uint64_t task = 0;
  std::string_view request;
  const ByteSource& input;
  const Taker& taker;
};

std::string how_it_ended(int status) {
  if (WIFSIGNALED(status)) {
    switch (WTERMSIG(status)) {
      case SIGSYS:
        return "reading it was stopped, because it did what no reader does (a forbidden system call)";
      case SIGXCPU:
        return "reading it takes more time than a reader may have";
      default:
        return format("the reader broke down over it (signal {})", WTERMSIG(status));
    }
  }
  return format("the reader broke down over it (status {})", WEXITSTATUS(status));
}

}  // namespace

std::string Protection::sentence() const {
  std::string out = format("seccomp, Landlock {}, limits", landlock_abi);
  if (own_user_namespace || own_network_namespace || own_process_namespace) out += ", namespaces of";
  if (own_user_namespace) out += " users";
  if (own_network_namespace) out += " network";
  if (own_process_namespace) out += " processes";
  return out;
}

struct Workers::State {
  State(std::vector<Task> all, const Limits& given, Zygote made)
      : tasks(std::move(all)), limits(given), zygote(std::move(made)) {}

  std::vector<Task> tasks;
  Limits limits;
  Zygote zygote;
  std::mutex mutex;
  std::vector<std::unique_ptr<Hand>> idle;

  /// What the caller waits for an item of that size.
  milliseconds patience(std::uint64_t size) const {
    const auto wait =
        milliseconds(limits.wait_ms) + milliseconds(size / std::max<std::uint64_t>(1, limits.bytes_a_second / 1000));
    return kSanitized ? wait * 10 : wait;
  }

  Result<std::unique_ptr<Hand>> make(std::uint64_t size);
  Result<std::unique_ptr<Hand>> lend(std::uint64_t task, std::uint64_t size);
  void take_back(std::unique_ptr<Hand> hand);
  Result<Outcome> attempt(const Job& job, std::unique_ptr<Hand> hand);
  /// Ends a worker; how it had ended, if it had.
  std::string end(const Hand& hand);
};

Result<std::unique_ptr<Hand>> Workers::State::make(std::uint64_t size) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail(ErrorCode::unavailable, format("a worker cannot be reached: {}", std::strerror(errno)));
  }
  Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience(size)).count();
  const std::uint64_t cpu_seconds = std::max<std::uint64_t>(kLifeSeconds, static_cast<std::uint64_t>(seconds));
  GAVAH_ASSIGN(const pid_t number, zygote.fork_worker(std::move(theirs), cpu_seconds));
  auto hand = std::make_unique<Hand>(number, Channel(std::move(ours)));
  Channel::Clock::duration waited{};
  const auto ready = hand->channel.receive(patience(0), waited);
  if (ready && ready->kind == MessageKind::ready) return hand;
  const std::string why = ready && ready->kind == MessageKind::lost ? ready->body : "it did not answer";
  end(*hand);
  return fail(ErrorCode::unavailable, format("a confined worker cannot be made: {}", why));
}

Result<std::unique_ptr<Hand>> Workers::State::lend(std::uint64_t task, std::uint64_t size) {
  // A long item gets a worker of its own, because processor time is counted over a life.
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience(size)).count();
  const bool is_long = static_cast<std::uint64_t>(seconds) * limits.items_a_worker > kLifeSeconds && size > kHeadBytes;
  if (!is_long) {
    const std::lock_guard lock(mutex);
    // What took a worker over in one task has no word in another.
    const auto found =
        std::find_if(idle.rbegin(), idle.rend(), [&](const auto& hand) { return hand->task.value_or(task) == task; });
    if (found != idle.rend()) {
      auto hand = std::move(*found);
      idle.erase(std::next(found).base());
      return hand;
    }
  }
  GAVAH_ASSIGN(auto hand, make(size));
  if (is_long) hand->items = limits.items_a_worker;
  return hand;
}

void Workers::State::take_back(std::unique_ptr<Hand> hand) {
  if (++hand->items >= limits.items_a_worker) {
    end(*hand);
    return;
  }
  const std::lock_guard lock(mutex);
  idle.push_back(std::move(hand));
}

std::string Workers::State::end(const Hand& hand) {
  const auto status = zygote.end_worker(hand.number);
  return status ? how_it_ended(*status) : status.error().message;
}

namespace {

/// One item, from the order to the end.
class Errand {
 public:
  Errand(Hand& hand, const ByteSource& input, const Taker& taker, const Limits& limits, milliseconds patience)
      : hand_(hand), input_(input), taker_(taker), limits_(limits), patience_(patience) {}

  /// Whether the worker can be used again.
  bool is_sound() const { return sound_; }
  /// Why it was lost, when it said so or the caller found out; empty when it just went away.
  const std::string& why() const { return why_; }
  Loss how() const { return why_.empty() ? Loss::broke_down : how_; }

  /// Done; or not, and then is_sound() tells the task's own error from a loss.
  Result<void> run(std::uint64_t task, std::string_view request) {
    GAVAH_TRY(send_order(task, request));
    for (;;) {
      auto message = hand_.channel.receive(patience_, waited_);
      if (!message) {
        if (message.error().code == ErrorCode::unavailable) why_ = "reading it takes more time than a reader may have";
        if (message.error().code == ErrorCode::invalid_input) why_ = "its reader gave an answer without form";
        return std::unexpected(message.error());
      }
      switch (message->kind) {
        case MessageKind::wanted:
          GAVAH_TRY(give(message->body));
          break;
        case MessageKind::emitted:
          GAVAH_TRY(take(message->body));
          break;
        case MessageKind::done:
          sound_ = true;
          return {};
        case MessageKind::failed:
          sound_ = true;
          return std::unexpected(error_from(message->body));
        case MessageKind::lost:
          why_ = std::move(message->body);
          how_ = Loss::broke_down;
          return fail(ErrorCode::invalid_input, "lost");
        default:
          why_ = "its reader gave an answer without form";
          return fail(ErrorCode::invalid_input, "lost");
      }
    }
  }

  /// What input or taker failed with.
  const std::optional<Error>& callers_error() const { return callers_error_; }

 private:
  Result<void> send_order(std::uint64_t task, std::string_view request) {
    const std::uint64_t head_bytes = std::min(kHeadBytes, input_.size());
    auto head = input_.read({0, head_bytes});
    if (!head) {
      callers_error_ = head.error();
      sound_ = true;
      return std::unexpected(head.error());
    }
    FlatWriter order;
    order.number(task).number(input_.size()).text(request);
    GAVAH_TRY(hand_.channel.send(MessageKind::task, order.str(), *head));
    return hand_.channel.flush();
  }

  Result<void> give(std::string_view body) {
    FlatReader in(body);
    const std::uint64_t begin = in.number();
    const std::uint64_t end = in.number();
    if (!in.at_end() || begin > end || end > input_.size() || end - begin > kMaxMessageBytes) {
      why_ = "its reader asked for what is not there";
      return fail(ErrorCode::invalid_input, "lost");
    }
    const auto bytes = input_.read({begin, end});
    if (!bytes) callers_error_ = bytes.error();
    GAVAH_TRY(bytes ? hand_.channel.send(MessageKind::bytes, {}, *bytes)
                    : hand_.channel.send(MessageKind::no_bytes, error_bytes(bytes.error())));
    return hand_.channel.flush();
  }

  Result<void> take(std::string_view message) {
    answered_ += message.size();
    if (answered_ > limits_.answer_bytes) {
      why_ = format("its reader answers with more than {} bytes", limits_.answer_bytes);
      return fail(ErrorCode::invalid_input, "lost");
    }
    auto taken = taker_.take(message);
    if (!taken) callers_error_ = taken.error();
    return taken;
  }

  Hand& hand_;
  const ByteSource& input_;
  const Taker& taker_;
  const Limits& limits_;
  milliseconds patience_;
  Channel::Clock::duration waited_{};
  std::uint64_t answered_ = 0;
  bool sound_ = false;
  std::string why_;
  Loss how_ = Loss::over_limits;
  std::optional<Error> callers_error_;
};

}  // namespace

Workers::Workers(std::unique_ptr<State> state) : state_(std::move(state)) {}

Workers::~Workers() = default;

Result<std::unique_ptr<Workers>> Workers::start(std::vector<Task> tasks, const Limits& limits) {
  constexpr std::string_view kAttempted = "confining what reads files from outside";
  GAVAH_ASSIGN_AS(Zygote zygote, Zygote::start(tasks, limits), std::string(kAttempted));
  std::unique_ptr<Workers> out(new Workers(std::make_unique<State>(std::move(tasks), limits, std::move(zygote))));
  // The first worker is made at once: that it is confined is known before anything is read.
  GAVAH_ASSIGN_AS(auto first, out->state_->make(0), std::string(kAttempted));
  out->state_->idle.push_back(std::move(first));
  return out;
}

const Protection& Workers::protection() const { return state_->zygote.protection(); }

Result<Outcome> Workers::State::attempt(const Job& job, std::unique_ptr<Hand> hand) {
  hand->task = job.task;
  Errand errand(*hand, job.input, job.taker, limits, patience(job.input.size()));
  auto done = errand.run(job.task, job.request);
  if (errand.is_sound()) {
    take_back(std::move(hand));
  } else {
    const std::string ended = end(*hand);
    if (!errand.callers_error()) return Outcome{errand.why().empty() ? ended : errand.why(), errand.how()};
  }
  // A disk that failed is not the item's fault, whatever the worker made of it.
  if (errand.callers_error()) return std::unexpected(*errand.callers_error());
  if (done) return Outcome{};
  Error error = done.error();
  // Only what we stored ourselves can be corrupt; a worker's word stops no batch.
  if (error.code != ErrorCode::corrupt) error.code = ErrorCode::invalid_input;
  return std::unexpected(std::move(error));
}

Result<Outcome> Workers::run(std::string_view task, std::string_view request, const ByteSource& input,
                             const Taker& taker) {
  const auto known = std::ranges::find(state_->tasks, task, &Task::name);
  GAVAH_CHECK(known != state_->tasks.end());
  const Job job{static_cast<std::uint64_t>(known - state_->tasks.begin()), request, input, taker};
  GAVAH_ASSIGN(auto hand, state_->lend(job.task, input.size()));
  const bool was_used = hand->items > 0 && hand->items < state_->limits.items_a_worker;
  GAVAH_ASSIGN(Outcome outcome, state_->attempt(job, std::move(hand)));
  if (!outcome.lost || !was_used) return outcome;
  if (taker.forget) taker.forget();
  GAVAH_ASSIGN(hand, state_->make(input.size()));
  return state_->attempt(job, std::move(hand));
}

}  // namespace gavah::confine
