#include "confine/worker.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/format.h"
#include "confine/lockdown.h"

namespace gavah::confine {
namespace {

constexpr std::uint64_t kPieceBytes = 256U << 10U;  // asked for at once: a page is one piece
constexpr std::uint64_t kMostAtOnce = 4U << 20U;    // of a long range, so that the caller holds no more of it

/// The item's bytes as the caller gives them. Remembers the last piece, because readers look at a head more than once.
class RemoteSource final : public ByteSource {
 public:
  RemoteSource(Channel& channel, std::uint64_t size, std::string_view head)
      : channel_(channel), size_(size), piece_(head) {}  // the head outlives the task

  std::uint64_t size() const override { return size_; }

  Result<std::string> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > size_) {
      return fail(ErrorCode::invalid_input, format("bytes {} to {} lie outside of the item", range.begin, range.end));
    }
    if (range.begin < begin_ || range.end > begin_ + piece_.size()) {
      if (range.size() > kPieceBytes) return read_long(range);
      const std::uint64_t end = std::min(size_, range.begin + kPieceBytes);
      GAVAH_ASSIGN(fetched_, fetch({range.begin, end}));
      piece_ = fetched_;
      begin_ = range.begin;
    }
    return std::string(
        piece_.substr(static_cast<std::size_t>(range.begin - begin_), static_cast<std::size_t>(range.size())));
  }

 private:
  Result<std::string> read_long(ByteRange range) const {
    std::string out;
    out.reserve(static_cast<std::size_t>(range.size()));
    for (std::uint64_t at = range.begin; at < range.end; at += kMostAtOnce) {
      GAVAH_ASSIGN(const std::string some, fetch({at, std::min(range.end, at + kMostAtOnce)}));
      out.append(some);
    }
    return out;
  }

  Result<std::string> fetch(ByteRange range) const {
    GAVAH_TRY(channel_.send(MessageKind::wanted, FlatWriter().number(range.begin).number(range.end).take()));
    GAVAH_TRY(channel_.flush());
    GAVAH_ASSIGN(Message answer, channel_.receive());
    if (answer.kind == MessageKind::no_bytes) return std::unexpected(error_from(answer.body));
    if (answer.kind != MessageKind::bytes || answer.body.size() != range.size()) {
      return fail(ErrorCode::unavailable, "the caller gave other bytes than were asked for");
    }
    return std::move(answer.body);
  }

  Channel& channel_;
  std::uint64_t size_;
  mutable std::string fetched_;
  mutable std::string_view piece_;
  mutable std::uint64_t begin_ = 0;
};

class Cell final : public Inside {
 public:
  Cell(Channel& channel, std::uint64_t size, std::string_view head) : channel_(channel), input_(channel, size, head) {}
  const ByteSource& input() const override { return input_; }
  Result<void> emit(std::string_view message) override { return channel_.send(MessageKind::emitted, message); }
  Result<void> flush() override { return channel_.flush(); }

 private:
  Channel& channel_;
  RemoteSource input_;
};

Result<void> do_task(Channel& channel, const std::vector<Task>& tasks, const Message& order) {
  FlatReader in(order.body);
  const std::uint64_t number = in.below(tasks.size());
  const std::uint64_t size = in.number();
  const std::string_view request = in.text();
  const std::string_view head = in.rest();
  if (order.kind != MessageKind::task || !in.ok()) return fail(ErrorCode::fatal, "an order without form");
  const auto done = [&] {
    Cell cell(channel, size, head);
    return tasks[number].run(request, cell);
  }();
  if (done) return channel.send(MessageKind::done, {});
  return channel.send(MessageKind::failed, error_bytes(done.error()));
}

bool confined_here = false;  // of this process; set once, before the first item

/// Says why, and ends: memory that gave out once is not to be trusted with the next item.
[[noreturn]] void give_up(Channel& channel, std::string_view why) {
  const bool said = channel.send(MessageKind::lost, why).has_value() && channel.flush().has_value();
  ::_exit(said ? 0 : 1);
}

}  // namespace

bool is_confined() { return confined_here; }

void run_worker(Descriptor socket, const std::vector<Task>& tasks, const Bounds& bounds) {
  close_all_but(socket.get());
  Channel channel(std::move(socket));
  int failed = limit_worker(bounds.memory_bytes, bounds.cpu_seconds);
  if (failed == 0) failed = bounds.filter.apply();
  if (failed != 0) give_up(channel, format("a reader cannot be confined: {}", std::strerror(failed)));
  confined_here = true;
  if (!channel.send(MessageKind::ready, {}) || !channel.flush()) ::_exit(1);
  for (;;) {
    const auto order = channel.receive();
    if (!order) ::_exit(0);
    try {
      if (!do_task(channel, tasks, *order) || !channel.flush()) ::_exit(1);
    } catch (const std::bad_alloc&) {
      give_up(channel, "reading it takes more memory than a reader may have");
    } catch (const std::exception& problem) {
      give_up(channel, format("the reader failed: {}", problem.what()));
    }
  }
}

}  // namespace gavah::confine
