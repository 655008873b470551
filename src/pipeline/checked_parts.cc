#include "pipeline/checked_parts.h"

#include <algorithm>

#include "base/format.h"
#include "pipeline/flat_records.h"

namespace gavah::pipeline {
namespace {

using confine::FlatReader;
using confine::FlatWriter;

/// Parts that are checked together, and bytes of what was said of them (hints and addresses with it). A stream too long
/// for memory is unpacked from its start for each so many, so fewer would cost time.
constexpr std::size_t kPartsTogether = 32'768;
constexpr std::size_t kBytesTogether = 16 * capture::kMebibyte;

bool is_packed(const Part& part) { return !capture::is_plain(part.chain); }

}  // namespace

Result<void> check_inside(std::string_view request, confine::Inside& inside) {
  FlatReader in(request);
  capture::PartReader reader(inside.input());
  std::uint64_t count = 0;
  while (in.ok() && !in.at_end()) {
    const Part part = read_flat_part(in);
    if (in.ok()) GAVAH_TRY(reader.bytes(part));
    ++count;
  }
  if (!in.ok()) return fail(ErrorCode::invalid_input, "an order without form");
  FlatWriter answer;
  answer.number(count);
  return inside.emit(answer.str());
}

std::unexpected<Error> CheckedParts::refuse(std::string why) {
  is_false_ = true;
  return fail(ErrorCode::invalid_input, std::move(why));
}

Result<void> CheckedParts::hash(Part& part) {
  const capture::Limits limits;
  const std::uint64_t size_bytes = bytes_.size();
  const std::uint64_t most_bytes = std::max(limits.max_expanded_bytes, limits.max_inflate_ratio * size_bytes);
  hashed_bytes_ += std::min(part.size_bytes, size_bytes);
  if (hashed_bytes_ > most_bytes) return refuse("its reader gave the same bytes again and again");
  const auto found = capture::digest_of_plain(bytes_, part);
  const bool is_false = !found && found.error().code == ErrorCode::invalid_input;
  if (is_false)
    return refuse(format("its reader gave a part {} that is not there: {}", part.number, found.error().message));
  if (!found) return std::unexpected(found.error());
  part.digest = *found;
  return {};
}

Result<void> CheckedParts::take(Part part) {
  const bool packed = is_packed(part);
  if (!packed) GAVAH_TRY(hash(part));
  if (!packed && waiting_.empty()) return parts_.take(std::move(part));
  FlatWriter said;
  write_flat(said, part);
  const std::size_t said_bytes = said.str().size();
  const bool is_full = waiting_.size() == kPartsTogether || waiting_bytes_ + said_bytes > kBytesTogether;
  if (is_full) GAVAH_TRY(finish());
  waiting_bytes_ += said_bytes;
  if (packed) order_.raw(said.str());
  waiting_.push_back(std::move(part));
  return {};
}

Result<void> CheckedParts::check_packed() {
  const auto count = static_cast<std::uint64_t>(std::ranges::count_if(waiting_, is_packed));
  if (count == 0) return {};
  std::uint64_t checked = 0;
  const auto take = [&](std::string_view message) -> Result<void> {
    FlatReader in(message);
    checked = in.number();
    return in.at_end() ? Result<void>() : refuse("what checks its parts gave an answer without form");
  };
  const auto forget = [&] { checked = 0; };
  const auto outcome = workers_.run(kCheckTask, order_.str(), bytes_, {take, forget});
  // A file from outside is never "corrupt" by itself: that is the worker's word of a part.
  const bool is_word =
      !outcome && (outcome.error().code == ErrorCode::invalid_input || outcome.error().code == ErrorCode::corrupt);
  if (is_word) {
    return refuse(format("unpacked again, its bytes are not those that its reader gave: {}", outcome.error().message));
  }
  if (!outcome) return std::unexpected(outcome.error());
  if (outcome->lost) return refuse(format("its parts could not be checked: {}", *outcome->lost));
  return checked == count ? Result<void>() : refuse("what checks its parts left some out");
}

Result<void> CheckedParts::finish() {
  GAVAH_TRY(check_packed());
  for (Part& part : waiting_) GAVAH_TRY(parts_.take(std::move(part)));
  clear();
  return {};
}

void CheckedParts::clear() {
  waiting_.clear();
  waiting_bytes_ = 0;
  order_ = {};
}

Result<void> CheckedParts::forget() {
  clear();
  hashed_bytes_ = 0;
  is_false_ = false;
  return parts_.forget();
}

}  // namespace gavah::pipeline
