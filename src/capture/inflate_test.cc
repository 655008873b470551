#include <gtest/gtest.h>
#include <zlib.h>

#include <random>

#include "capture/inflate_whole.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using namespace std::string_literals;

std::string noise(std::size_t size) {
  std::mt19937 random(11);
  std::string out(size, '\0');
  for (char& c : out) c = static_cast<char>(random() & 0xFFU);
  return out;
}

TEST(Crc32, AgreesWithZlibAtEveryLengthAndStart) {
  const std::string bytes = noise(5000);
  for (std::size_t size = 0; size <= bytes.size(); size += size < 1300 ? 1 : 257) {
    const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
    EXPECT_EQ(crc32_of(0, {bytes.data(), size}), crc32(0, data, static_cast<uInt>(size))) << size;
    EXPECT_EQ(crc32_of(0x12345678, {bytes.data(), size}), crc32(0x12345678, data, static_cast<uInt>(size))) << size;
  }
}

TEST(InflateWhole, AMemberWithNameCommentExtraAndHeaderSumIsRead) {
  const std::string plain = gzipped("words");
  const std::string member = plain.substr(0, 3) + "\x1e"s + plain.substr(4, 6) + "\x03\0abc"s + "name\0"s +
                             "comment\0"s + "\x12\x34"s + plain.substr(10);
  const auto whole = inflate_whole(member + "more", Deflated::gzip, 100);
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->bytes, "words");
  EXPECT_EQ(whole->compressed_bytes, member.size());
}

TEST(InflateWhole, EveryCutAndEveryDamagedTrailerByteIsNotWhole) {
  const std::string member = gzipped(noise(3000));
  for (std::size_t size = 0; size < member.size(); ++size) {
    EXPECT_FALSE(inflate_whole(member.substr(0, size), Deflated::gzip, 10'000)) << size;
  }
  for (std::size_t i = 1; i <= 8; ++i) {
    std::string damaged = member;
    damaged[damaged.size() - i] = static_cast<char>(damaged[damaged.size() - i] ^ 1);
    EXPECT_FALSE(inflate_whole(damaged, Deflated::gzip, 10'000)) << i;
  }
}

}  // namespace
}  // namespace gavah::capture
