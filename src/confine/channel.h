#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah::confine {

/// A message is at most this long: the reports of one part, as text with its map.
inline constexpr std::uint32_t kMaxMessageBytes = 64U << 20U;

/// What travels between the caller and a worker.
enum class MessageKind : std::uint8_t {
  ready,     ///< worker: confined, waiting
  task,      ///< caller: number of the task, size of the input, request, first bytes of the input
  wanted,    ///< worker: a range of the input
  bytes,     ///< caller: the range
  no_bytes,  ///< caller: an error instead
  emitted,   ///< worker: a message for the sink
  done,      ///< worker: the task is done
  failed,    ///< worker: the task gave an error
  lost,      ///< worker: cannot go on, with a sentence; it ends
};
inline constexpr std::uint8_t kMessageKinds = 9;

struct Message {
  MessageKind kind = MessageKind::ready;
  std::string body;
};

/// Owns an open file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return number_; }
  int release();
  void close();

 private:
  int number_ = -1;
};

/// Framed messages over one end of a socket pair: 4 bytes of length, 1 byte of kind, the body. Neither end trusts a
/// length: a body grows only as its bytes come. One thread.
class Channel {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Channel(Descriptor socket);

  /// Puts a message in line; it leaves when the line is long or flush() is called. Its body is `body`, then `more`,
  /// which is not copied when it is long.
  Result<void> send(MessageKind kind, std::string_view body, std::string_view more = {});
  Result<void> flush();
  /// Waits for the next message; not_found at the end of the stream, unavailable when `waited` reaches `patience`,
  /// which counts only the time in which nothing came. invalid_input for a frame that is none.
  Result<Message> receive(Clock::duration patience, Clock::duration& waited);
  /// Without patience, for the worker's side.
  Result<Message> receive();

 private:
  Result<void> send_now(std::string_view bytes);
  Result<void> wait(Clock::duration patience, Clock::duration* waited);
  Result<std::size_t> read_some(std::span<char> room);
  Result<void> take(std::size_t size, std::string& out, Clock::duration patience, Clock::duration* waited);
  Result<Message> receive_within(Clock::duration patience, Clock::duration* waited);

  Descriptor socket_;
  std::string line_;
  std::string came_;  ///< room for what is read at once, of which [taken_, came_end_) is still to be taken
  std::size_t taken_ = 0;
  std::size_t came_end_ = 0;
};

/// An error as bytes, and back.
std::string error_bytes(const Error& error);
Error error_from(std::string_view bytes);

}  // namespace gavah::confine
