#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace gavah {

/// Leads offsets of converted text back to the bytes it was converted from. A run says that from `text_begin` on each
/// character takes `text_unit` bytes of text and `source_unit` bytes of source; a run of 1:1 is copied.
class OffsetMap {
 public:
  struct Run {
    std::uint32_t text_begin = 0;
    std::uint32_t source_begin = 0;
    std::uint8_t text_unit = 1;
    std::uint8_t source_unit = 1;
  };

  /// Everything copied, shifted by `source_begin` (a byte order mark that was left out).
  static OffsetMap identity(std::uint32_t source_begin = 0);
  /// The runs of one text, ordered, the first at 0.
  explicit OffsetMap(std::vector<Run> runs) : runs_(std::move(runs)) {}

  bool is_identity() const { return runs_.size() == 1 && runs_[0].text_unit == 1 && runs_[0].source_unit == 1; }
  /// The bytes of the source that text bytes [begin, end) came from, whole characters; begin < end <= text size.
  ByteRange source_of(std::uint32_t begin, std::uint32_t end) const;
  /// Cuts text bytes [begin, end) into stretches that are copied byte for byte, or are one character each, and calls
  /// `take(text_begin, text_end, source range)` for each in order.
  template <class Take>
  void for_each_piece(std::uint32_t begin, std::uint32_t end, Take take) const;

 private:
  std::size_t run_at(std::uint32_t text_offset) const;
  std::vector<Run> runs_;
};

/// Text in UTF-8, always well formed, with the way back to the bytes.
struct Transcoded {
  std::string text;
  OffsetMap map = OffsetMap::identity();
  std::string charset;  ///< which it was read as: "utf-8", "windows-1256", …
};

/// Reads `bytes` (below 2 GiB) as `charset` (any name ICU knows, WHATWG's reading of "latin1" as windows-1252). A byte
/// order mark wins over the name and is left out. Ill-formed stretches become U+FFFD, each mapped to its bytes. Unknown
/// names: invalid_input.
Result<Transcoded> transcode(std::string_view bytes, std::string_view charset);

/// Which charset the bytes are in. In this order: byte order mark; valid UTF-8 with at least one multi-byte sequence;
/// what the container `declared` (HTTP header, may be empty); what the bytes declare (<meta charset>, XML declaration,
/// in the first 4096 bytes); ASCII is "utf-8"; windows-1256 when the high bytes read as Arabic or Persian words; else
/// windows-1252. A declaration of UTF-8 that most high bytes contradict is passed over.
std::string detect_charset(std::string_view bytes, std::string_view declared);

/// transcode() as detect_charset() says; never fails.
Transcoded to_utf8(std::string_view bytes, std::string_view declared);

/// to_utf8() without a copy: nothing where the bytes are that text as they stand, and their map the identity.
std::optional<Transcoded> to_other_utf8(std::string_view bytes, std::string_view declared);

template <class Take>
void OffsetMap::for_each_piece(std::uint32_t begin, std::uint32_t end, Take take) const {
  for (std::size_t i = run_at(begin); begin < end; ++i) {
    const Run& run = runs_[i];
    const std::uint32_t stop = i + 1 < runs_.size() && runs_[i + 1].text_begin < end ? runs_[i + 1].text_begin : end;
    const auto source_at = [&](std::uint32_t offset) {
      return static_cast<std::uint64_t>(run.source_begin) + (offset - run.text_begin) / run.text_unit * run.source_unit;
    };
    if (run.text_unit == 1 && run.source_unit == 1) {
      take(begin, stop, ByteRange{source_at(begin), source_at(stop)});
      begin = stop;
    }
    while (begin < stop) {
      const std::uint32_t past = begin - (begin - run.text_begin) % run.text_unit + run.text_unit;
      const std::uint64_t source = source_at(begin);
      take(begin, past < stop ? past : stop, ByteRange{source, source + run.source_unit});
      begin = past < stop ? past : stop;
    }
  }
}

}  // namespace gavah
