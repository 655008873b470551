#include "confine/channel.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <thread>

namespace gavah::confine {
namespace {

std::string body_of(std::size_t number) { return std::string(1 + number * 7919 % 150'000, static_cast<char>(number)); }

TEST(Channel, ABodyEndsWhereItsLengthSaysHoweverTheBytesCome) {
  constexpr std::size_t kMessages = 2000;
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  Channel in{Descriptor(ends[0])};
  std::thread sender([socket = ends[1]] {
    Channel out{Descriptor(socket)};
    for (std::size_t i = 0; i < kMessages; ++i) {
      if (!out.send(MessageKind::emitted, body_of(i))) return;
    }
    EXPECT_TRUE(out.flush());
  });
  std::size_t right = 0;
  for (std::size_t i = 0; i < kMessages; ++i) {
    const auto message = in.receive();
    if (!message || message->kind != MessageKind::emitted || message->body != body_of(i)) break;
    ++right;
  }
  in = Channel{Descriptor()};  // a sender that waits for room is let go
  sender.join();
  EXPECT_EQ(right, kMessages);
}

}  // namespace
}  // namespace gavah::confine
