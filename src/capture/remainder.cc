#include <algorithm>

#include "base/format.h"
#include "capture/capture.h"
#include "capture/zstd_frame.h"

namespace gavah::capture {
namespace {

/// Steps that only cut, before the first that decodes, are one: a WARC that is stored in a zip begins where it begins.
std::vector<ChainStep> joined(std::vector<ChainStep> chain) {
  std::size_t cuts = 0;
  while (cuts + 1 < chain.size() && chain[cuts].decoder == "none") {
    const std::uint64_t begin = chain[cuts].range.begin;
    chain[cuts + 1].range.begin += begin;
    chain[cuts + 1].range.end += begin;
    ++cuts;
  }
  chain.erase(chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(cuts));
  return chain;
}

bool are_apart(ByteRange a, ByteRange b) { return a.end <= b.begin || b.end <= a.begin; }

bool share_bytes(const std::vector<ChainStep>& a, const std::vector<ChainStep>& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (are_apart(a[i].range, b[i].range)) return false;
    if (a[i] != b[i]) return true;
  }
  return true;
}

/// In order, those that touch as one.
std::vector<ByteRange> merged(std::vector<ByteRange> ranges) {
  std::ranges::sort(ranges);
  std::vector<ByteRange> out;
  for (const ByteRange& range : ranges) {
    if (out.empty() || out.back().end < range.begin) {
      out.push_back(range);
    } else {
      out.back().end = std::max(out.back().end, range.end);
    }
  }
  return out;
}

bool holds(std::span<const PartNumber> ascending, PartNumber number) {
  return std::ranges::binary_search(ascending, number);
}

}  // namespace

std::vector<PartNumber> parts_together(std::span<const Part> parts, std::span<const PartNumber> asked) {
  std::vector<std::vector<ChainStep>> chains;
  for (const Part& part : parts) {
    if (std::ranges::find(asked, part.number) != asked.end()) chains.push_back(joined(part.chain));
  }
  std::vector<PartNumber> out;
  for (const Part& part : parts) {
    const auto chain = joined(part.chain);
    if (std::ranges::any_of(chains, [&](const auto& other) { return share_bytes(chain, other); })) {
      out.push_back(part.number);
    }
  }
  std::ranges::sort(out);
  return out;
}

struct Remainder::State {
  /// Neighbouring bytes of what stays.
  struct Piece {
    std::uint64_t at = 0;        ///< where they lie now
    ByteRange from;              ///< where they lay in the capture; of a decoded part [0, its size)
    const Part* part = nullptr;  ///< set: what its chain gives
  };

  const ByteSource& capture;
  std::vector<Part> before;  ///< the parts that stay, with their chains through the capture
  std::vector<Part> after;
  std::vector<Piece> pieces;  ///< ascending by `at`, without gaps
  std::uint64_t size_bytes = 0;
  PartReader reader;
  const Part* read_part = nullptr;
  std::string read_bytes;

  State(const ByteSource& c, const Limits& limits) : capture(c), reader(c, limits) {}

  void add(ByteRange from, const Part* part) {
    if (from.size() == 0) return;
    pieces.push_back({size_bytes, from, part});
    size_bytes += from.size();
  }

  /// Where bytes of the capture that stay as they are lie now.
  ByteRange moved(ByteRange range) const {
    const auto past =
        std::ranges::upper_bound(pieces, range.begin, {}, [](const Piece& each) { return each.from.begin; });
    if (past == pieces.begin()) return {0, 0};  // nothing lies there, of a range without bytes
    const Piece& piece = *(past - 1);
    const std::uint64_t begin = std::min(piece.at + (range.begin - piece.from.begin), size_bytes);
    return {begin, begin + range.size()};
  }

  Result<void> fill(std::vector<ByteRange> gone_ranges) {
    const std::vector<ByteRange> gone = merged(std::move(gone_ranges));
    std::vector<ByteRange> outer;
    std::vector<bool> is_whole;
    for (const Part& part : before) {
      if (part.chain.empty()) return fail(ErrorCode::invalid_input, format("part {} has no chain", part.number));
      const ByteRange range = joined(part.chain).front().range;
      const auto next = std::ranges::lower_bound(gone, range.end, {}, &ByteRange::begin);
      // A dictionary is made from all that was packed with it: it goes, and what needed it is unpacked.
      const bool needs_dictionary = std::ranges::any_of(
          part.chain, [](const ChainStep& step) { return dictionary_range(step.decoder).has_value(); });
      is_whole.push_back(!needs_dictionary && (next == gone.begin() || are_apart(range, *(next - 1))));
      if (is_whole.back() && range.size() > 0) outer.push_back(range);
    }
    for (const ByteRange& range : merged(std::move(outer))) add(range, nullptr);
    after = before;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (is_whole[i]) {
        after[i].chain = joined(before[i].chain);
        after[i].chain.front().range = moved(after[i].chain.front().range);
      }
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (is_whole[i]) continue;
      after[i].chain = {{ByteRange{size_bytes, size_bytes + before[i].size_bytes}, "none"}};
      add({0, before[i].size_bytes}, &before[i]);
    }
    return {};
  }

  Result<std::string> read(const Piece& piece, ByteRange inside) {
    if (piece.part == nullptr) {
      return capture.read({piece.from.begin + inside.begin, piece.from.begin + inside.end});
    }
    if (read_part != piece.part) {
      read_part = nullptr;
      GAVAH_ASSIGN(read_bytes, reader.bytes(*piece.part));
      read_part = piece.part;
    }
    return read_bytes.substr(inside.begin, inside.size());
  }
};

Remainder::Remainder(std::unique_ptr<State> state) : state_(std::move(state)) {}
Remainder::Remainder(Remainder&&) noexcept = default;
Remainder::~Remainder() = default;

Result<Remainder> Remainder::of(const ByteSource& capture, std::span<const Part> parts,
                                std::span<const PartNumber> gone, const Limits& limits) {
  auto state = std::make_unique<State>(capture, limits);
  std::vector<ByteRange> gone_ranges;
  for (const Part& part : parts) {
    if (!holds(gone, part.number)) {
      state->before.push_back(part);
    } else if (!part.chain.empty()) {
      gone_ranges.push_back(joined(part.chain).front().range);
    }
  }
  GAVAH_TRY(state->fill(gone_ranges));
  return Remainder(std::move(state));
}

const std::vector<Part>& Remainder::parts() const { return state_->after; }
std::uint64_t Remainder::size() const { return state_->size_bytes; }

Result<std::string> Remainder::read(ByteRange range) const {
  if (range.begin > range.end || range.end > size()) return fail(ErrorCode::invalid_input, "a range beyond the end");
  std::string out;
  auto piece = std::ranges::upper_bound(state_->pieces, range.begin, {}, &State::Piece::at);
  if (piece != state_->pieces.begin()) --piece;
  for (; piece != state_->pieces.end() && piece->at < range.end; ++piece) {
    const std::uint64_t begin = std::max(range.begin, piece->at);
    const std::uint64_t end = std::min(range.end, piece->at + piece->from.size());
    if (begin >= end) continue;
    GAVAH_ASSIGN(const std::string bytes, state_->read(*piece, {begin - piece->at, end - piece->at}));
    out += bytes;
  }
  return out;
}

}  // namespace gavah::capture
