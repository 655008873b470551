#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/byte_source.h"
#include "capture/content_coding.h"
#include "capture/intake.h"

namespace gavah::capture {

/// Words that the frames of one file may refer to (RFC 8878, 5). Any thread.
class ZstdDictionary {
 public:
  /// As a file keeps it: a dictionary in the form of zstd, or packed as a frame itself. Nothing when it is neither, or
  /// has more than kMaxBytes.
  static std::optional<ZstdDictionary> of(std::string_view bytes);
  /// Larger than any that is met: archives have 110 KiB, some 1 MiB.
  static constexpr std::uint64_t kMaxBytes = 8ULL * 1024 * 1024;

  struct State;
  const State& state() const { return *state_; }

 private:
  std::shared_ptr<const State> state_;
};

/// Frames, cut or damaged ones up to there. `dictionary` may be null.
Decoded decode_zstd_with(const ZstdDictionary* dictionary, std::string_view coded, std::uint64_t max_bytes);

/// The first 16 bytes of what is packed, or fewer; costs a block (128 KiB) at most, whatever the frame unpacks to.
std::string zstd_begin(const ZstdDictionary* dictionary, std::string_view coded);

/// How many bytes the frame takes that `coded` begins with; nothing when it does not end within, or is none.
std::optional<std::size_t> zstd_frame_bytes(std::string_view coded);

/// The decoder of a frame that needs a dictionary: "zstd 8-110000", where the dictionary lies in what the step before
/// gave.
std::string dictionary_decoder(ByteRange dictionary);
/// A zstd file: a web archive of a frame a record, with or without the dictionary before them (IIPC's "zstd WARC
/// format", 1.0), or one other document of at most 32 MiB.
Result<void> read_zstd(const Document& document, Intake& intake);

}  // namespace gavah::capture
