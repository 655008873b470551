#include "capture/zstd_frame.h"

#include <algorithm>
#include <charconv>

#include "base/byte_window.h"
#include "base/format.h"
#include "capture/inflated_source.h"
#include "capture/web_archive.h"

namespace gavah::capture {
namespace {

constexpr std::string_view kFrame = "\x28\xb5\x2f\xfd";
constexpr std::string_view kDictionaryFrame = "\x5d\x2a\x4d\x18";
constexpr std::size_t kSkippableHeadBytes = 8;  // a sign and a length of four bytes
/// After so many places that look like a frame and are none, the rest is given up: each costs an unpacking.
constexpr std::uint32_t kMaxFalseFrames = 1000;

/// RFC 8878, 3.1.2: sixteen signs, of which one is that of a dictionary.
bool is_skippable(std::string_view bytes) {
  return bytes.size() >= kSkippableHeadBytes && (bytes[0] & '\xF0') == '\x50' &&
         bytes.substr(1).starts_with("\x2a\x4d\x18");
}

std::uint64_t skippable_bytes(std::string_view head) {
  std::uint64_t size = 0;
  for (std::size_t i = kSkippableHeadBytes; i > 4; --i) size = size << 8U | static_cast<unsigned char>(head[i - 1]);
  return size;
}

class FrameReader {
 public:
  FrameReader(const Document& document, Intake& intake)
      : document_(document), intake_(intake), window_(document.bytes) {}

  Result<void> read() {
    GAVAH_TRY(take_dictionary());
    for (;;) {
      GAVAH_TRY(window_.grow_to(kSkippableHeadBytes));
      if (window_.view().empty()) return {};
      if (is_skippable(window_.view())) {
        const std::uint64_t left = window_.end() - window_.offset();
        window_.consume(std::min(left, kSkippableHeadBytes + skippable_bytes(window_.view())));
        continue;
      }
      if (!window_.view().starts_with(kFrame)) GAVAH_TRY(find_frame());
      if (!window_.view().empty()) GAVAH_TRY(read_frame());
    }
  }

 private:
  std::string where() const { return inner_path(document_.path, format("frame at byte {}", window_.offset())); }

  Result<void> take_dictionary() {
    GAVAH_TRY(window_.grow_to(kSkippableHeadBytes));
    if (!window_.view().starts_with(kDictionaryFrame) || !is_skippable(window_.view())) return {};
    const std::uint64_t size = skippable_bytes(window_.view());
    const ByteRange range{kSkippableHeadBytes, kSkippableHeadBytes + size};
    if (size > ZstdDictionary::kMaxBytes || range.end > window_.end()) {
      return fail(ErrorCode::invalid_input,
                  format("its dictionary is cut, or has more than {} bytes", ZstdDictionary::kMaxBytes));
    }
    GAVAH_ASSIGN(const std::string bytes, document_.bytes.read(range));
    dictionary_ = ZstdDictionary::of(bytes);
    if (!dictionary_) return fail(ErrorCode::invalid_input, "its dictionary is damaged: no frame can be unpacked");
    decoder_ = dictionary_decoder(range);
    window_.consume(range.end);
    return {};
  }

  const ZstdDictionary* dictionary() const { return dictionary_ ? &*dictionary_ : nullptr; }

  /// Moves to what looks like the next frame and begins with a record, or to the end.
  Result<void> find_frame() {
    const std::string begin = where();
    std::uint64_t skipped = 0;
    for (;;) {
      const std::string_view view = window_.view();
      const std::size_t at = view.find(kFrame);
      if (at == 0 && (skipped == 0 || begins_record(view))) break;
      const std::size_t dropped = at == 0                        ? 1
                                  : at != std::string_view::npos ? at
                                  : window_.is_last()            ? view.size()
                                                      : view.size() - std::min(view.size(), kFrame.size() - 1);
      skipped += dropped;
      window_.consume(dropped);
      if (window_.is_last() && window_.view().empty()) break;
      if (at == std::string_view::npos) GAVAH_TRY(window_.grow());
      if (false_frames_ > kMaxFalseFrames) {
        return fail(ErrorCode::invalid_input, format("more than {} zstd frames are damaged", kMaxFalseFrames));
      }
    }
    if (skipped > 0) intake_.add_problem("bytes", begin, format("{} bytes are no zstd frame", skipped));
    return {};
  }

  /// After damage, whether what looks like a frame begins with a record.
  bool begins_record(std::string_view view) {
    ++false_frames_;
    constexpr std::size_t kTriedBytes = 256 * 1024;  // a block has at most 128 KiB
    return zstd_begin(dictionary(), view.substr(0, kTriedBytes)).starts_with("WARC/");
  }

  /// The bytes of the frame here; all that are left when it does not end.
  Result<std::uint64_t> see_frame() {
    const std::uint64_t limit = intake_.limits().record_bytes() + intake_.limits().max_header_bytes;
    for (;;) {
      if (const auto size = zstd_frame_bytes(window_.view())) return *size;
      if (window_.is_last()) return window_.view().size();
      if (window_.view().size() > limit) {
        return fail(ErrorCode::invalid_input,
                    format("a frame has more than {} bytes: unpack the file with `zstd -d`", limit));
      }
      GAVAH_TRY(window_.grow_to(window_.view().size() * 2));
    }
  }

  Result<void> read_frame() {
    GAVAH_ASSIGN(const std::uint64_t size, see_frame());
    const std::uint64_t max_bytes =
        std::min(intake_.limits().record_bytes() + intake_.limits().max_header_bytes, intake_.inflated_left());
    Decoded decoded =
        decode_zstd_with(dictionary(), window_.view().substr(0, static_cast<std::size_t>(size)), max_bytes);
    if (decoded.end == Decoded::End::too_large) {
      GAVAH_TRY(intake_.spend_inflated(max_bytes + 1));
      intake_.add_problem("frame", where(), format("it unpacks to more than {} bytes", max_bytes));
      window_.consume(size);
      return {};
    }
    GAVAH_TRY(intake_.spend_inflated(decoded.bytes.size()));
    const ByteRange frame{window_.offset(), window_.offset() + size};
    const bool is_broken = decoded.end == Decoded::End::broken;
    if (is_broken) {
      ++false_frames_;
      intake_.add_flaw("frame", where(), "it is cut or damaged: read up to there");
    }
    GAVAH_TRY(read_records(std::move(decoded.bytes), frame));
    // Damage tells nothing of where the next frame begins: the search starts behind this one's first byte.
    window_.consume(is_broken ? 1 : size);
    if (is_broken) GAVAH_TRY(find_frame());
    return {};
  }

  Result<void> read_records(std::string bytes, ByteRange frame) {
    const HeldSource held(std::move(bytes));
    const Document inner{.bytes = held,
                         .chain = chain_to(document_, frame, decoder_),
                         .path = document_.path,
                         .name = {},
                         .nesting = document_.nesting + 1,
                         .access = Access::anywhere};
    auto done = read_warc_records(inner, intake_);
    if (done || !intake_.owns(done.error()) || intake_.inflated_left() == 0) return done;
    intake_.add_problem("frame", where(), done.error().sentence());
    return {};
  }

  const Document& document_;
  Intake& intake_;
  ByteWindow window_;
  std::optional<ZstdDictionary> dictionary_;
  std::string decoder_ = "zstd";
  std::uint32_t false_frames_ = 0;
};

/// Something else than a web archive: unpacked whole, if it is small.
Result<void> read_small(const Document& document, Intake& intake) {
  const ByteRange all{0, document.bytes.size()};
  if (all.size() > InflatedSource::kHeldBytes) {
    return fail(ErrorCode::invalid_input, "a large zstd file that is no web archive: unpack it with `zstd -d`");
  }
  GAVAH_ASSIGN(const std::string coded, document.bytes.read(all));
  const std::uint64_t max_bytes = std::min(InflatedSource::kHeldBytes, intake.inflated_left());
  Decoded decoded = decode_zstd(coded, max_bytes);
  if (decoded.end == Decoded::End::too_large) {
    return fail(ErrorCode::invalid_input,
                format("it unpacks to more than {} bytes, and is no web archive: unpack it with `zstd -d`", max_bytes));
  }
  if (decoded.bytes.empty()) return fail(ErrorCode::invalid_input, "it begins like zstd, but nothing can be unpacked");
  GAVAH_TRY(intake.spend_inflated(decoded.bytes.size()));
  const HeldSource held(std::move(decoded.bytes));
  std::string name =
      document.name.ends_with(".zst") ? document.name.substr(0, document.name.size() - 4) : document.name;
  GAVAH_TRY(read_document({held, chain_to(document, all, "zstd"), document.path, std::move(name), document.nesting + 1},
                          intake));
  if (decoded.end != Decoded::End::whole) {
    intake.add_flaw("zstd", document.path, "the compressed data is cut or damaged: read up to there");
  }
  return {};
}

}  // namespace

std::string dictionary_decoder(ByteRange dictionary) { return format("zstd {}-{}", dictionary.begin, dictionary.end); }

std::optional<ByteRange> dictionary_range(std::string_view decoder) {
  constexpr std::string_view kName = "zstd ";
  if (!decoder.starts_with(kName)) return std::nullopt;
  const char* const end = decoder.data() + decoder.size();
  ByteRange out;
  const auto first = std::from_chars(decoder.data() + kName.size(), end, out.begin);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '-') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, out.end);
  if (second.ec != std::errc{} || second.ptr != end || out.end < out.begin) return std::nullopt;
  return out;
}

Result<void> read_zstd(const Document& document, Intake& intake) {
  const std::uint64_t head_bytes = std::min<std::uint64_t>(document.bytes.size(), ByteWindow::kStepBytes);
  GAVAH_ASSIGN(const std::string head, document.bytes.read({0, head_bytes}));
  const bool has_dictionary = head.starts_with(kDictionaryFrame);
  if (!has_dictionary && !zstd_begin(nullptr, head).starts_with("WARC/")) return read_small(document, intake);
  intake.set_format(document, "warc");
  auto done = FrameReader(document, intake).read();
  intake.digests_ahead().clear();
  return done;
}

}  // namespace gavah::capture
