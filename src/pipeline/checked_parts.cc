#include "pipeline/checked_parts.h"

#include <algorithm>

#include "base/format.h"
#include "pipeline/flat_records.h"

namespace gavah::pipeline {
namespace {

using confine::FlatReader;
using confine::FlatWriter;

/// Parts that are checked together: 20 MB of them. A stream too long for memory is unpacked from its start for each
/// so many, so fewer would cost time.
constexpr std::size_t kPartsTogether = 32'768;

bool is_packed(const Part& part) { return !capture::is_plain(part.chain); }

}  // namespace

Result<void> check_inside(std::string_view request, confine::Inside& inside) {
  FlatReader in(request);
  capture::PartReader reader(inside.input());
  const std::uint64_t count = in.count();
  for (std::uint64_t i = 0; i < count; ++i) GAVAH_TRY(reader.bytes(read_flat_part(in)));
  if (!in.at_end()) return fail(ErrorCode::invalid_input, "an order without form");
  FlatWriter answer;
  answer.number(count);
  return inside.emit(answer.str());
}

std::unexpected<Error> CheckedParts::refuse(std::string why) {
  is_false_ = true;
  return fail(ErrorCode::invalid_input, std::move(why));
}

Result<void> CheckedParts::hash(Part& part) {
  const auto found = capture::plain_bytes(bytes_, part.chain);
  const bool is_elsewhere = !found && found.error().code == ErrorCode::invalid_input;
  if (is_elsewhere) return refuse(format("its reader gave a part {} that is not there", part.number));
  if (!found) return std::unexpected(found.error());
  if (found->size_bytes != part.size_bytes) return refuse(format("its reader gave part {} another size", part.number));
  part.digest = found->digest;
  return {};
}

Result<void> CheckedParts::take(Part part) {
  const bool packed = is_packed(part);
  if (!packed) GAVAH_TRY(hash(part));
  if (!packed && waiting_.empty()) return parts_.take(std::move(part));
  waiting_.push_back(std::move(part));
  return waiting_.size() < kPartsTogether ? Result<void>() : finish();
}

Result<void> CheckedParts::check_packed() {
  const auto count = static_cast<std::uint64_t>(std::ranges::count_if(waiting_, is_packed));
  if (count == 0) return {};
  FlatWriter order;
  order.number(count);
  for (const Part& part : waiting_) {
    if (is_packed(part)) write_flat(order, part);
  }
  std::uint64_t checked = 0;
  const auto take = [&](std::string_view message) -> Result<void> {
    FlatReader in(message);
    checked = in.number();
    return in.at_end() ? Result<void>() : refuse("what checks its parts gave an answer without form");
  };
  const auto forget = [&] { checked = 0; };
  const auto outcome = workers_.run(kCheckTask, order.str(), bytes_, {take, forget});
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
  waiting_.clear();
  return {};
}

Result<void> CheckedParts::forget() {
  waiting_.clear();
  is_false_ = false;
  return parts_.forget();
}

}  // namespace gavah::pipeline
