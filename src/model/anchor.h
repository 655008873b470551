#pragma once

#include <cstdint>
#include <variant>

#include "base/bytes.h"
#include "base/id.h"
#include "base/json.h"

namespace gavah {

/// Which part of a capture, counted from 0 in the order the reader found them.
using PartNumber = std::uint32_t;

/// Milliseconds [begin, end) of audio or video.
struct TimeRange {
  std::uint64_t begin_ms = 0;
  std::uint64_t end_ms = 0;
  friend auto operator<=>(const TimeRange&, const TimeRange&) = default;
};
/// A rectangle in pixels of one video frame or image (frame 0).
struct FrameBox {
  std::uint32_t frame = 0;
  std::uint32_t left = 0;
  std::uint32_t top = 0;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  friend auto operator<=>(const FrameBox&, const FrameBox&) = default;
};
/// A cell of a table, both counted from 0.
struct TableCell {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  friend auto operator<=>(const TableCell&, const TableCell&) = default;
};

/// Where something is: in the bytes that the part's chain ends with. Everything that must outlive a change of
/// extractor or codebook cites anchors.
struct Anchor {
  CaptureId capture;
  PartNumber part = 0;
  std::variant<ByteRange, TimeRange, FrameBox, TableCell> where = ByteRange{};
  friend bool operator==(const Anchor&, const Anchor&) = default;
  friend auto operator<=>(const Anchor&, const Anchor&) = default;
};

/// True when both lie in the same part and their byte ranges share a byte (other kinds: are equal).
[[nodiscard]] bool meets(const Anchor& a, const Anchor& b);

/// {"capture","part","bytes":[a,b]} or "time_ms", "box" ([frame,left,top,width,height]), "cell" ([row,column]).
void write_anchor(JsonWriter& out, const Anchor& anchor);
Result<Anchor> anchor_from_json(const Json& json);

}  // namespace gavah
