#include "capture/chunked.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace gavah::capture {
namespace {

constexpr std::size_t kMaxSizeLineBytes = 4096;  // size and extensions; no server known sends extensions

struct ChunkHead {
  std::uint64_t size_bytes = 0;
  std::size_t data_begin = 0;
};

/// The size line at `at`: hexadecimal digits, optional extension, line end (a bare LF is taken too).
std::optional<ChunkHead> chunk_head(std::string_view coded, std::size_t at) {
  const std::size_t line_end = coded.substr(at, kMaxSizeLineBytes).find('\n');
  if (line_end == std::string_view::npos) return std::nullopt;
  const std::string_view line = coded.substr(at, line_end);
  ChunkHead head;
  const auto parsed = std::from_chars(line.data(), line.data() + line.size(), head.size_bytes, 16);
  if (parsed.ec != std::errc{}) return std::nullopt;
  const std::string_view rest = line.substr(static_cast<std::size_t>(parsed.ptr - line.data()));
  const std::size_t after = rest.find_first_not_of(" \t\r");
  if (after != std::string_view::npos && rest[after] != ';') return std::nullopt;
  head.data_begin = at + line_end + 1;
  return head;
}

}  // namespace

Decoded dechunk(std::string_view coded, std::uint64_t max_bytes) {
  Decoded out;
  std::size_t at = 0;
  while (const auto head = chunk_head(coded, at)) {
    if (head->size_bytes == 0) return out;
    const std::string_view rest = coded.substr(head->data_begin);
    const std::string_view data =
        rest.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(head->size_bytes, rest.size())));
    if (out.bytes.size() + data.size() > max_bytes) return {{}, Decoded::End::too_large};
    out.bytes.append(data);
    if (data.size() < head->size_bytes) break;
    at = head->data_begin + data.size();
    if (coded.substr(at).starts_with("\r\n")) {
      at += 2;
    } else if (coded.substr(at).starts_with("\n")) {
      at += 1;
    } else {
      break;
    }
  }
  out.end = Decoded::End::broken;
  return out;
}

}  // namespace gavah::capture
