#include "capture/web_archive.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <span>

#include "base/format.h"
#include "capture/inflate_whole.h"
#include "capture/inflated_source.h"
#include "capture/pass_over.h"

namespace gavah::capture {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b\x08";

/// After so many places that look like a member and are none, the rest is given up: each costs an inflating.
constexpr std::uint32_t kMaxFalseMembers = 1000;

/// Compressed bytes read at a time: few enough to stay in the nearer caches.
constexpr std::uint64_t kPieceBytes = kMebibyte;
/// With fewer than this left of a piece the next is read, from the same place: most members then lie whole in one, for
/// a page has about 20 kB.
constexpr std::uint64_t kLeastPieceBytes = 64 * 1024;
/// Members up to this are inflated at once.
constexpr std::uint64_t kMostPieceBytes = 4 * kMebibyte;

/// Members that are inflated before the first is read, so that their digests are worked out together.
constexpr std::uint64_t kBatchBytes = 12 * kMebibyte;
constexpr std::size_t kBatchMembers = 1024;

/// A view that moves forward over a source and reads each piece where the last one left off: nothing is moved.
class Pieces {
 public:
  explicit Pieces(const ByteSource& source) : source_(source), end_(source.size()) {}

  std::string_view view() const { return std::string_view(piece_).substr(consumed_); }
  std::uint64_t offset() const { return begin_ + consumed_; }
  std::uint64_t end() const { return end_; }
  bool is_last() const { return begin_ + piece_.size() == end_; }
  void consume(std::uint64_t count) {
    if (count <= view().size()) {
      consumed_ += static_cast<std::size_t>(count);
      return;
    }
    begin_ = offset() + count;
    consumed_ = 0;
    piece_.clear();
  }
  /// Sees to it that view() has `count` bytes, or all that are left.
  Result<void> see(std::uint64_t count) {
    if (view().size() >= count || is_last()) return {};
    const std::uint64_t at = offset();
    GAVAH_ASSIGN(piece_, source_.read({at, std::min(end_, at + std::max(count, kPieceBytes))}));
    begin_ = at;
    consumed_ = 0;
    return {};
  }

 private:
  const ByteSource& source_;
  std::uint64_t end_;
  std::uint64_t begin_ = 0;  // of piece_
  std::string piece_;
  std::size_t consumed_ = 0;
};

/// Reads a web archive that is cut into gzip members.
class MemberReader {
 public:
  MemberReader(const Document& document, ArchiveKind kind, Intake& intake)
      : document_(document),
        kind_(kind),
        intake_(intake),
        window_(document.bytes),
        room_(static_cast<char*>(std::aligned_alloc(kHugePageBytes, kRoomBytes))) {
    // The batch is read in sixteen places at once: small pages cost 3 % more. Where it is refused nothing is lost.
    if (room_ != nullptr) ::madvise(room_.get(), kRoomBytes, MADV_HUGEPAGE);
  }

  Result<void> read() {
    if (room_ == nullptr) return fail(ErrorCode::unavailable, "out of memory for inflating");
    for (;;) {
      GAVAH_TRY(gather());
      GAVAH_TRY(read_batch());
      GAVAH_ASSIGN(const bool found, find_member());
      if (!found) return {};
      if (window_.offset() == not_whole_at_) GAVAH_TRY(read_streamed());
    }
  }

 private:
  struct Member {
    ByteRange range;  // compressed
    std::string_view bytes;
  };
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  static constexpr std::uint64_t kHugePageBytes = 2 * kMebibyte;
  static constexpr std::uint64_t kRoomBytes = kBatchBytes + InflatedSource::kHeldBytes;

  std::string where() const { return where(window_.offset()); }
  std::string where(std::uint64_t begin) const {
    return inner_path(document_.path, format("gzip member at byte {}", begin));
  }

  /// Inflates the members that follow one another from here, until the batch is full or one is not whole.
  Result<void> gather() {
    while (used_ < kBatchBytes && batch_.size() < kBatchMembers) {
      GAVAH_TRY(window_.see(kLeastPieceBytes));
      if (!window_.view().starts_with(kGzipMagic)) return {};
      const std::uint64_t room = std::min(kRoomBytes - used_, intake_.inflated_left());
      const std::span<char> to(room_.get() + used_,
                               static_cast<std::size_t>(std::min(room, InflatedSource::kHeldBytes)));
      auto whole = inflate_whole_into(window_.view(), Deflated::gzip, to);
      if (!whole && !window_.is_last() && window_.view().size() < kMostPieceBytes) {
        GAVAH_TRY(window_.see(kMostPieceBytes));
        whole = inflate_whole_into(window_.view(), Deflated::gzip, to);
      }
      if (!whole) {
        not_whole_at_ = window_.offset();
        return {};
      }
      GAVAH_TRY(intake_.spend_inflated(whole->size_bytes));
      batch_.push_back({{window_.offset(), window_.offset() + whole->compressed_bytes},
                        {to.data(), static_cast<std::size_t>(whole->size_bytes)}});
      used_ += whole->size_bytes;
      window_.consume(whole->compressed_bytes);
    }
    return {};
  }

  Result<void> read_batch() {
    DigestsAhead& ahead = intake_.digests_ahead();
    if (kind_ == ArchiveKind::warc && batch_.size() > 1) {
      const bool has_digests = intake_.options().part_digests != PartDigests::left_to_caller;
      const PartDigests documents = has_digests ? PartDigests::computed : PartDigests::left_to_caller;
      for (const Member& member : batch_) ahead.plan_records(member.bytes, documents);
      ahead.work();
    }
    for (const Member& member : batch_) {
      GAVAH_TRY(read_records(MemorySource(member.bytes), member.bytes, member.range));
    }
    ahead.clear();
    batch_.clear();
    used_ = 0;
    return {};
  }

  /// Moves to the next member; false at the end.
  Result<bool> find_member() {
    std::uint64_t skipped = 0;
    const std::string begin = where();
    for (;;) {
      if (false_members_ > kMaxFalseMembers) {
        return fail(ErrorCode::invalid_input, format("more than {} gzip members are damaged", kMaxFalseMembers));
      }
      GAVAH_TRY(window_.see(kLeastPieceBytes));
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

  /// `held` are the bytes where all are in memory.
  Result<void> read_records(const ByteSource& bytes, std::string_view held, ByteRange member) {
    const Document inner{.bytes = bytes,
                         .chain = chain_to(document_, member, "gzip"),
                         .path = document_.path,
                         .name = {},
                         .nesting = document_.nesting + 1,
                         .access = Access::anywhere,
                         .held = held};
    auto done = kind_ == ArchiveKind::warc ? read_warc_records(inner, intake_) : read_arc_records(inner, intake_);
    if (done || !intake_.owns(done.error()) || intake_.inflated_left() == 0) return done;
    intake_.add_problem("member", where(member.begin), done.error().sentence());
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
    GAVAH_TRY(read_records(InflatedSource(document_.bytes, member, Deflated::gzip, measure.size_bytes), {}, member));
    // Damage tells nothing of where the next member begins: the search starts behind this one's first byte.
    window_.consume(measure.end == InflateStream::End::damaged ? 1 : measure.compressed_bytes);
    return {};
  }

  const Document& document_;
  ArchiveKind kind_;
  Intake& intake_;
  Pieces window_;
  std::unique_ptr<char, Free> room_;  // what the batch's members look into; only what is written to costs memory
  std::uint64_t used_ = 0;
  std::vector<Member> batch_;
  std::uint64_t not_whole_at_ = UINT64_MAX;  // where the last member begins that could not be inflated at once
  std::uint32_t false_members_ = 0;
};

}  // namespace

Result<bool> is_passed_over(const Document& document, ByteRange range, Intake& intake) {
  std::string place = format("byte {}", range.begin);
  if (!document.chain.empty()) place += format(" of what lies at byte {}", document.chain.back().range.begin);
  place += format(", {} bytes", range.size());
  return is_passed_over("record", place, document, intake);
}

Result<void> read_web_archive(const Document& document, ArchiveKind kind, Intake& intake) {
  intake.set_format(document, kind == ArchiveKind::warc ? "warc" : "arc");
  GAVAH_ASSIGN(const std::string magic,
               document.bytes.read({0, std::min<std::uint64_t>(document.bytes.size(), kGzipMagic.size())}));
  if (magic == kGzipMagic) {
    auto done = MemberReader(document, kind, intake).read();
    intake.digests_ahead().clear();
    return done;
  }
  return kind == ArchiveKind::warc ? read_warc_records(document, intake) : read_arc_records(document, intake);
}

}  // namespace gavah::capture
