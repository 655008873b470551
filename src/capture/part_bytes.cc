#include <algorithm>

#include "base/format.h"
#include "capture/capture.h"
#include "capture/content_coding.h"
#include "capture/http_message.h"
#include "capture/inflate_whole.h"
#include "capture/inflated_source.h"
#include "capture/intake.h"
#include "capture/zstd_frame.h"

namespace gavah::capture {
namespace {

/// Chains have at most nesting times two steps and a few codings; a longer one is none of ours.
constexpr std::size_t kMaxSteps = 32;

std::optional<Deflated> deflated_of(std::string_view decoder) {
  if (decoder == "gzip") return Deflated::gzip;
  if (decoder == "zip") return Deflated::raw;
  return std::nullopt;
}

/// Walks chains one after another and keeps what the next may share.
struct ChainWalker {
  struct Level {
    ChainStep step;
    std::unique_ptr<ByteSource> bytes;  // what the step gives
  };

  const ByteSource& capture;
  Limits limits;
  std::vector<Level> levels;  // of the part before; each looks into the one below
  std::optional<ZstdDictionary> dictionary;
  ByteRange dictionary_at;  // of the capture

  ChainWalker(const ByteSource& c, const Limits& l) : capture(c), limits(l) {}

  const ByteSource& top() const { return levels.empty() ? capture : *levels.back().bytes; }

  /// Members within memory at once by libdeflate, others as a stream that is read as far as the next step needs.
  Result<std::unique_ptr<ByteSource>> inflate(const ByteSource& below, const ChainStep& step, Deflated kind,
                                              const ChainStep* next) {
    if (step.range.size() <= InflatedSource::kHeldBytes) {
      GAVAH_ASSIGN(const std::string compressed, below.read(step.range));
      if (auto whole = inflate_whole(compressed, kind, InflatedSource::kHeldBytes)) {
        return std::unique_ptr<ByteSource>(std::make_unique<HeldSource>(std::move(whole->bytes)));
      }
    }
    if (next == nullptr) {
      InflateStream stream(below, step.range, kind);
      std::string out;
      GAVAH_TRY(stream.read(out, limits.max_part_bytes + 1));
      if (out.size() > limits.max_part_bytes)
        return fail(ErrorCode::invalid_input, "a step gives more than one part may have");
      return std::unique_ptr<ByteSource>(std::make_unique<HeldSource>(std::move(out)));
    }
    const std::uint64_t budget = std::max(limits.max_expanded_bytes, limits.max_inflate_ratio * capture.size());
    if (next->range.end > budget) return fail(ErrorCode::invalid_input, "a step reaches beyond what may be inflated");
    GAVAH_ASSIGN(const StreamMeasure measure, measure_stream(below, step.range, kind, budget));
    return std::unique_ptr<ByteSource>(
        std::make_unique<InflatedSource>(below, step.range, kind, std::min(measure.size_bytes, budget)));
  }

  /// A frame with the dictionary of its file. That of the capture itself is kept for the parts that follow.
  Result<std::unique_ptr<ByteSource>> unpack(const ByteSource& below, ByteRange range, std::string_view frame) {
    const bool is_kept = levels.empty() && dictionary && dictionary_at == range;
    if (!is_kept) {
      if (range.end > below.size() || range.size() > ZstdDictionary::kMaxBytes) {
        return fail(ErrorCode::invalid_input, "the dictionary of a step lies outside of what the step before gives");
      }
      GAVAH_ASSIGN(const std::string bytes, below.read(range));
      dictionary = ZstdDictionary::of(bytes);
      dictionary_at = levels.empty() ? range : ByteRange{};
      if (!dictionary) return fail(ErrorCode::corrupt, "the dictionary of a step is none");
    }
    Decoded decoded = decode_zstd_with(&*dictionary, frame, limits.max_part_bytes);
    if (decoded.end == Decoded::End::too_large) {
      return fail(ErrorCode::invalid_input, "a step gives more than one part may have");
    }
    return std::unique_ptr<ByteSource>(std::make_unique<HeldSource>(std::move(decoded.bytes)));
  }

  Result<std::unique_ptr<ByteSource>> walk_step(const ByteSource& below, const ChainStep& step, const ChainStep* next) {
    if (step.range.begin > step.range.end || step.range.end > below.size()) {
      return fail(ErrorCode::invalid_input, "a step of its chain lies outside of what the step before gives");
    }
    if (step.decoder == "none") {
      return std::unique_ptr<ByteSource>(std::make_unique<RangeSource>(below, step.range));
    }
    if (const auto kind = deflated_of(step.decoder)) return inflate(below, step, *kind, next);
    if (step.range.size() > limits.max_part_bytes + limits.max_header_bytes) {
      return fail(ErrorCode::invalid_input, "a step takes more bytes than one part may have");
    }
    GAVAH_ASSIGN(const std::string bytes, below.read(step.range));
    if (step.decoder == "http") {
      const std::size_t body = header_end(bytes);
      if (body == std::string::npos) return fail(ErrorCode::invalid_input, "there is no HTTP header");
      return std::unique_ptr<ByteSource>(std::make_unique<HeldSource>(bytes.substr(body)));
    }
    if (const auto where = dictionary_range(step.decoder)) return unpack(below, *where, bytes);
    GAVAH_ASSIGN(Decoded decoded, decode(step.decoder, bytes, limits.max_part_bytes));
    if (decoded.end == Decoded::End::too_large) {
      return fail(ErrorCode::invalid_input, "a step gives more than one part may have");
    }
    return std::unique_ptr<ByteSource>(std::make_unique<HeldSource>(std::move(decoded.bytes)));
  }

  /// Drops the levels that this chain does not share. The last step is never shared: what it gives is the part.
  void keep_shared(const std::vector<ChainStep>& chain) {
    std::size_t shared = 0;
    while (shared < levels.size() && shared + 1 < chain.size() && levels[shared].step == chain[shared]) ++shared;
    while (levels.size() > shared) levels.pop_back();
  }

  Result<void> walk(const std::vector<ChainStep>& chain) {
    if (chain.empty() || chain.size() > kMaxSteps) {
      return fail(ErrorCode::invalid_input, format("a chain of {} steps", chain.size()));
    }
    keep_shared(chain);
    for (std::size_t i = levels.size(); i < chain.size(); ++i) {
      const ChainStep* next = i + 1 < chain.size() ? &chain[i + 1] : nullptr;
      GAVAH_ASSIGN_AS(auto source, walk_step(top(), chain[i], next), format("step {} ({})", i, chain[i].decoder));
      levels.push_back({chain[i], std::move(source)});
    }
    return {};
  }

  Result<std::string> bytes(const Part& part) {
    GAVAH_TRY_AS(walk(part.chain), format("part {}", part.number));
    if (top().size() != part.size_bytes) {
      return fail(ErrorCode::corrupt,
                  format("part {} has {} bytes, not the {} it had", part.number, top().size(), part.size_bytes));
    }
    GAVAH_ASSIGN(std::string out, top().read({0, top().size()}));
    if (sha256(out) != part.digest) {
      return fail(ErrorCode::corrupt, format("the bytes of part {} are not what they were", part.number));
    }
    return out;
  }
};

}  // namespace

struct PartReader::State {
  ChainWalker walker;
};

PartReader::PartReader(const ByteSource& capture, const Limits& limits)
    : state_(std::make_unique<State>(ChainWalker(capture, limits))) {}
PartReader::~PartReader() = default;

Result<std::string> PartReader::bytes(const Part& part) { return state_->walker.bytes(part); }

Result<std::string> part_bytes(const ByteSource& capture, const Part& part, const Limits& limits) {
  return PartReader(capture, limits).bytes(part);
}

namespace {

/// Most headers have some hundred bytes; a record's rest is read for those that have more.
Result<std::uint64_t> http_header_bytes(const ByteSource& capture, ByteRange record) {
  constexpr std::uint64_t kHeadBytes = 16U << 10U;
  for (const std::uint64_t size : {std::min(record.size(), kHeadBytes), record.size()}) {
    if (size > Limits{}.max_part_bytes) break;
    GAVAH_ASSIGN(const std::string head, capture.read({record.begin, record.begin + size}));
    const std::size_t end = header_end(head);
    if (end != std::string::npos) return end;
  }
  return fail(ErrorCode::invalid_input, "there is no HTTP header");
}

}  // namespace

bool is_plain(const std::vector<ChainStep>& chain) {
  return !chain.empty() && std::ranges::all_of(chain, [](const ChainStep& step) {
    return step.decoder == "none" || step.decoder == "http";
  });
}

Result<Digest> digest_of_plain(const ByteSource& capture, const Part& part) {
  constexpr std::uint64_t kPieceBytes = kMebibyte;
  ByteRange at{0, capture.size()};
  const std::vector<ChainStep>& chain = part.chain;
  if (!is_plain(chain) || chain.size() > kMaxSteps) return fail(ErrorCode::invalid_input, "its chain is not plain");
  for (const ChainStep& step : chain) {
    if (step.range.begin > step.range.end || step.range.end > at.size()) {
      return fail(ErrorCode::invalid_input, "a step of its chain lies outside of what the step before gives");
    }
    at = {at.begin + step.range.begin, at.begin + step.range.end};
    if (step.decoder != "http") continue;
    GAVAH_ASSIGN(const std::uint64_t header_bytes, http_header_bytes(capture, at));
    at.begin += header_bytes;
  }
  if (at.size() != part.size_bytes) return fail(ErrorCode::invalid_input, "it has another size");
  Sha256 hash;
  for (std::uint64_t begin = at.begin; begin < at.end; begin += kPieceBytes) {
    GAVAH_ASSIGN(const std::string piece, capture.read({begin, std::min(at.end, begin + kPieceBytes)}));
    hash.update(piece);
  }
  return hash.finish();
}

Result<std::string> chain_bytes(const ByteSource& capture, const std::vector<ChainStep>& chain, const Limits& limits) {
  ChainWalker walker(capture, limits);
  GAVAH_TRY(walker.walk(chain));
  return walker.top().read({0, walker.top().size()});
}

}  // namespace gavah::capture
