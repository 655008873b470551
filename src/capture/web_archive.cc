#include "capture/web_archive.h"

#include <algorithm>

#include "base/byte_window.h"
#include "base/format.h"
#include "capture/inflate_whole.h"
#include "capture/inflated_source.h"

namespace gavah::capture {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b\x08";

/// Compressed bytes looked at for a whole member: pages have about 20 kB, so that nearly all go through libdeflate.
constexpr std::uint64_t kLookAheadBytes = 4 * kMebibyte;

/// After so many places that look like a member and are none, the rest is given up: each costs an inflating.
constexpr std::uint32_t kMaxFalseMembers = 1000;

/// Reads a web archive that is cut into gzip members.
class MemberReader {
 public:
  MemberReader(const Document& document, ArchiveKind kind, Intake& intake)
      : document_(document), kind_(kind), intake_(intake), window_(document.bytes) {}

  Result<void> read() {
    for (;;) {
      GAVAH_ASSIGN(const bool found, find_member());
      if (!found) return {};
      const std::uint64_t allowed = std::min(InflatedSource::kHeldBytes, intake_.inflated_left());
      if (auto whole = inflate_whole(window_.view(), Deflated::gzip, allowed)) {
        GAVAH_TRY(read_whole(*std::move(whole)));
      } else {
        GAVAH_TRY(read_streamed());
      }
    }
  }

 private:
  std::string where() const { return inner_path(document_.path, format("gzip member at byte {}", window_.offset())); }

  /// Moves to the next member; false at the end.
  Result<bool> find_member() {
    std::uint64_t skipped = 0;
    const std::string begin = where();
    for (;;) {
      if (false_members_ > kMaxFalseMembers) {
        return fail(ErrorCode::invalid_input, format("more than {} gzip members are damaged", kMaxFalseMembers));
      }
      GAVAH_TRY(window_.grow_to(kLookAheadBytes));
      const std::string_view view = window_.view();
      const std::size_t at = view.find(kGzipMagic);
      if (at == 0 && (skipped == 0 || begins_record())) break;
      if (view.size() < kGzipMagic.size()) {
        // Padding of zeros is no loss.
        if (view.find_first_not_of('\0') != std::string_view::npos) skipped += view.size();
        window_.consume(view.size());
        break;
      }
      const std::size_t dropped = at == 0                        ? 1
                                  : at == std::string_view::npos ? view.size() - (kGzipMagic.size() - 1)
                                                                 : at;
      if (view.substr(0, dropped).find_first_not_of('\0') != std::string_view::npos) skipped += dropped;
      window_.consume(dropped);
    }
    if (skipped > 0) intake_.add_problem("bytes", begin, format("{} bytes are no gzip member", skipped));
    return !window_.view().empty();
  }

  /// After damage, whether what looks like a member begins with a record; any three bytes may look like one.
  bool begins_record() {
    ++false_members_;
    InflateStream stream(document_.bytes, {window_.offset(), window_.end()}, Deflated::gzip);
    std::string begin;
    if (!stream.read(begin, 16)) return false;
    return kind_ == ArchiveKind::warc ? begin.starts_with("WARC/") : begin.starts_with("http");
  }

  Result<void> read_records(const ByteSource& bytes, ByteRange member) {
    const Document inner{bytes, chain_to(document_, member, "gzip"), document_.path, {}, document_.nesting + 1};
    auto done = kind_ == ArchiveKind::warc ? read_warc_records(inner, intake_) : read_arc_records(inner, intake_);
    if (done || !intake_.owns(done.error()) || intake_.inflated_left() == 0) return done;
    intake_.add_problem("member", where(), done.error().sentence());
    return {};
  }

  Result<void> read_whole(Inflated whole) {
    GAVAH_TRY(intake_.spend_inflated(whole.bytes.size()));
    const ByteRange member{window_.offset(), window_.offset() + whole.compressed_bytes};
    GAVAH_TRY(read_records(HeldSource(std::move(whole.bytes)), member));
    window_.consume(whole.compressed_bytes);
    return {};
  }

  /// A member that is large, cut or damaged.
  Result<void> read_streamed() {
    const ByteRange rest{window_.offset(), window_.end()};
    GAVAH_ASSIGN(const StreamMeasure measure,
                 measure_stream(document_.bytes, rest, Deflated::gzip, intake_.inflated_left()));
    GAVAH_TRY(intake_.spend_inflated(measure.size_bytes));
    if (measure.end != InflateStream::End::whole) {
      ++false_members_;
      intake_.add_flaw(
          "member", where(),
          measure.end == InflateStream::End::cut ? "it is cut: read up to there" : "it is damaged: read up to there");
    }
    const ByteRange member{rest.begin, rest.begin + measure.compressed_bytes};
    GAVAH_TRY(read_records(InflatedSource(document_.bytes, member, Deflated::gzip, measure.size_bytes), member));
    // Damage tells nothing of where the next member begins: the search starts behind this one's first byte.
    window_.consume(measure.end == InflateStream::End::damaged ? 1 : measure.compressed_bytes);
    return {};
  }

  const Document& document_;
  ArchiveKind kind_;
  Intake& intake_;
  ByteWindow window_;
  std::uint32_t false_members_ = 0;
};

}  // namespace

Result<void> read_web_archive(const Document& document, ArchiveKind kind, Intake& intake) {
  intake.set_format(document, kind == ArchiveKind::warc ? "warc" : "arc");
  GAVAH_ASSIGN(const std::string magic,
               document.bytes.read({0, std::min<std::uint64_t>(document.bytes.size(), kGzipMagic.size())}));
  if (magic == kGzipMagic) return MemberReader(document, kind, intake).read();
  return kind == ArchiveKind::warc ? read_warc_records(document, intake) : read_arc_records(document, intake);
}

}  // namespace gavah::capture
