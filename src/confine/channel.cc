#include "confine/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "base/format.h"
#include "confine/flat.h"

namespace gavah::confine {
namespace {

constexpr std::size_t kLineBytes = 128U << 10U;  // a system call for so many bytes, not for each small message
constexpr std::size_t kReadBytes = 256U << 10U;  // taken from the socket at once
constexpr std::size_t kLongBytes = 16U << 10U;   // worth a system call of its own, to be copied once less
constexpr std::size_t kHeaderBytes = 5;          // length and kind
constexpr std::uint64_t kMaxContexts = 16;       // lines of what was being attempted

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = other.release();
  }
  return *this;
}

Descriptor::~Descriptor() { close(); }

int Descriptor::release() { return std::exchange(number_, -1); }

void Descriptor::close() {
  if (number_ >= 0) ::close(release());
}

Channel::Channel(Descriptor socket) : socket_(std::move(socket)), came_(kReadBytes, '\0') {}

Result<void> Channel::send(MessageKind kind, std::string_view body, std::string_view more) {
  if (body.size() + more.size() > kMaxMessageBytes) return fail(ErrorCode::invalid_input, "the answer is too large");
  const auto size = static_cast<std::uint32_t>(body.size() + more.size());
  std::array<char, kHeaderBytes> header{};
  std::memcpy(header.data(), &size, sizeof size);
  header[4] = static_cast<char>(kind);
  line_.append(header.data(), header.size());
  line_.append(body);
  if (more.size() < kLongBytes) {
    line_.append(more);
    return line_.size() < kLineBytes ? Result<void>() : flush();
  }
  GAVAH_TRY(flush());
  return send_now(more);
}

Result<void> Channel::flush() {
  GAVAH_TRY(send_now(line_));
  line_.clear();
  if (line_.capacity() > 4 * kLineBytes) line_.shrink_to_fit();
  return {};
}

Result<void> Channel::send_now(std::string_view rest) {
  while (!rest.empty()) {
    const ssize_t put = ::send(socket_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return fail(ErrorCode::not_found, "the other end is gone");
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

Result<void> Channel::wait(Clock::duration patience, Clock::duration* waited) {
  if (waited == nullptr) return {};
  const auto begin = Clock::now();
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(patience - *waited).count();
  pollfd readable{socket_.get(), POLLIN, 0};
  const int ready = ::poll(&readable, 1, static_cast<int>(std::max<std::int64_t>(0, left)));
  *waited += Clock::now() - begin;
  if (ready == 0 || *waited >= patience) return fail(ErrorCode::unavailable, "no answer in time");
  return {};  // when interrupted, reading blocks for a moment or says what is wrong
}

Result<std::size_t> Channel::read_some(std::span<char> room) {
  ssize_t got = -1;
  do got = ::read(socket_.get(), room.data(), room.size());
  while (got < 0 && errno == EINTR);
  if (got <= 0) return fail(ErrorCode::not_found, "the other end is gone");
  return static_cast<std::size_t>(got);
}

Result<void> Channel::take(std::size_t size, std::string& out, Clock::duration patience, Clock::duration* waited) {
  out.assign(came_, taken_, std::min(size, came_end_ - taken_));
  taken_ += out.size();
  while (out.size() < size) {
    GAVAH_TRY(wait(patience, waited));
    const std::size_t left = size - out.size();
    if (left < kLongBytes) {
      GAVAH_ASSIGN(came_end_, read_some(came_));
      taken_ = std::min(left, came_end_);
      out.append(came_, 0, taken_);
      continue;
    }
    // Long bodies are read where they shall be; their room grows as they come, whatever length was claimed.
    const std::size_t before = out.size();
    const std::size_t room = std::min(left, std::max(kReadBytes, before));
    Result<std::size_t> got = 0;
    // The size that libstdc++ 12 hands on may be twice what was asked for: what follows is the next message's.
    out.resize_and_overwrite(before + room, [&](char* bytes, std::size_t) {
      got = read_some({bytes + before, room});
      return before + got.value_or(0);
    });
    if (!got) return std::unexpected(got.error());
  }
  return {};
}

Result<Message> Channel::receive_within(Clock::duration patience, Clock::duration* waited) {
  std::string header;
  GAVAH_TRY(take(kHeaderBytes, header, patience, waited));
  std::uint32_t size = 0;
  std::memcpy(&size, header.data(), sizeof size);
  const auto kind = static_cast<std::uint8_t>(header[4]);
  if (size > kMaxMessageBytes || kind >= kMessageKinds) return fail(ErrorCode::invalid_input, "the answer has no form");
  Message out{static_cast<MessageKind>(kind), {}};
  GAVAH_TRY(take(size, out.body, patience, waited));
  return out;
}

Result<Message> Channel::receive(Clock::duration patience, Clock::duration& waited) {
  return receive_within(patience, &waited);
}

Result<Message> Channel::receive() { return receive_within({}, nullptr); }

std::string error_bytes(const Error& error) {
  FlatWriter out;
  out.number(static_cast<std::uint64_t>(error.code)).text(error.message);
  out.number(std::min<std::uint64_t>(kMaxContexts, error.context.size()));
  for (std::size_t i = 0; i < error.context.size() && i < kMaxContexts; ++i) out.text(error.context[i]);
  return out.take();
}

Error error_from(std::string_view bytes) {
  FlatReader in(bytes);
  Error out;
  out.code = static_cast<ErrorCode>(in.below(static_cast<std::uint64_t>(ErrorCode::fatal) + 1));
  out.message = in.text();
  const std::uint64_t contexts = in.count();
  for (std::uint64_t i = 0; i < contexts && i < kMaxContexts; ++i) out.context.emplace_back(in.text());
  if (!in.at_end()) return {ErrorCode::invalid_input, "the error that was given has no form", {}};
  return out;
}

}  // namespace gavah::confine
