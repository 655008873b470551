#pragma once

#include <cstdint>
#include <optional>

#include "base/json.h"

namespace gavah {

/// Bytes [begin, end) of a report's text. Never of folded text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool overlaps(const Span& other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(const Span&, const Span&) = default;
  friend auto operator<=>(const Span&, const Span&) = default;
};

/// "[begin,end]"; an empty optional is null.
void write_span(JsonWriter& out, const std::optional<Span>& span);
/// Reads a span member; absent or null gives nothing; anything else than two ordered offsets is a complaint.
std::optional<Span> read_span(ObjectReader& in, const Json& object, std::string_view key);

}  // namespace gavah
